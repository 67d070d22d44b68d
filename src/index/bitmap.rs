//! Sets of small numbers: which postings of a block.

use super::bits::{Reader, word};

/// A set of numbers below 128: the lower half, then the upper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bitmap([u64; 2]);

/// The bits below the `i`th of a half.
fn below(i: usize) -> u64 {
    if i < 64 { (1 << i) - 1 } else { u64::MAX }
}

impl Bitmap {
    /// All numbers below `count`.
    pub(super) fn full(count: usize) -> Self {
        Bitmap([below(count), below(count.saturating_sub(64))])
    }

    pub(super) fn insert(&mut self, i: usize) {
        self.0[i / 64 % 2] |= 1 << (i % 64);
    }

    pub(super) fn contains(self, i: usize) -> bool {
        self.0[i / 64 % 2] >> (i % 64) & 1 == 1
    }

    /// How many numbers are in it.
    pub(super) fn len(self) -> usize {
        (self.0[0].count_ones() + self.0[1].count_ones()) as usize
    }

    /// How many numbers below `i` are in it.
    pub(super) fn rank(self, i: usize) -> usize {
        if i < 64 {
            return (self.0[0] & below(i)).count_ones() as usize;
        }
        (self.0[0].count_ones() + (self.0[1] & below(i - 64)).count_ones()) as usize
    }

    /// Calls `take` with every number, ascending.
    #[inline]
    pub(super) fn each(self, mut take: impl FnMut(usize)) {
        for (from, half) in [(0, self.0[0]), (64, self.0[1])] {
            let mut bits = half;
            while bits != 0 {
                take(from + bits.trailing_zeros() as usize);
                bits &= bits - 1;
            }
        }
    }

    /// Appends it, as many bytes as numbers below `count` need.
    pub(super) fn write(self, count: usize, out: &mut Vec<u8>) {
        let bytes = self.0.into_iter().flat_map(u64::to_le_bytes);
        out.extend(bytes.take(count.div_ceil(8)));
    }

    /// Reads it back.
    pub(super) fn read(count: usize, from: &mut Reader<'_>) -> Option<Self> {
        let bytes = from.bytes(count.div_ceil(8))?;
        let Bitmap([lower, upper]) = Bitmap::full(count);
        Some(Bitmap([word(bytes, 0) & lower, word(bytes, 8) & upper]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sets_come_back(numbers in prop::collection::btree_set(0usize..128, 0..128), more in 0usize..9) {
            let count = (numbers.last().map_or(0, |n| n + 1) + more).min(128);
            let mut set = Bitmap::default();
            numbers.iter().for_each(|n| set.insert(*n));
            let mut bytes = Vec::new();
            set.write(count, &mut bytes);
            prop_assert_eq!(Bitmap::read(count, &mut Reader(&bytes)), Some(set));
            let mut back = Vec::new();
            set.each(|n| back.push(n));
            prop_assert_eq!(back, numbers.iter().copied().collect::<Vec<_>>());
            prop_assert_eq!(Bitmap::full(count).len(), count);
            for i in 0..128 {
                prop_assert_eq!(set.rank(i), numbers.range(..i).count());
                prop_assert_eq!(set.contains(i), numbers.contains(&i));
            }
        }
    }
}
