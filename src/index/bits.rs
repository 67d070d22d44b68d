//! Numbers as bytes: varints and packed columns. Every read is checked.

/// Appends a number in groups of seven bits, lowest first (LEB128).
pub(super) fn put_varint(out: &mut Vec<u8>, mut n: u32) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// How many bits the number needs.
pub(super) fn width(n: u32) -> u32 {
    u32::BITS - n.leading_zeros()
}

/// How many bytes a column takes.
pub(super) fn packed_len(count: usize, width: u32) -> usize {
    (count * width as usize).div_ceil(8)
}

/// Appends a column of numbers, each `width` bits (at most 32), lowest first.
pub(super) fn pack(out: &mut Vec<u8>, numbers: &[u32], width: u32) {
    let mut held = 0u64;
    let mut bits = 0;
    for n in numbers {
        held |= u64::from(*n) << bits;
        bits += width;
        while bits >= 8 {
            out.push(held as u8);
            held >>= 8;
            bits -= 8;
        }
    }
    if bits > 0 {
        out.push(held as u8);
    }
}

/// Reads a column into `out`. Bytes that are not there read as zero.
pub(super) fn unpack(bytes: &[u8], width: u32, out: &mut [u32]) {
    if width == 0 {
        return out.fill(0);
    }
    let mask = mask(width);
    let mut bit = 0;
    // So many numbers are whole in eight bytes, wherever in the first byte they begin.
    for numbers in out.chunks_mut(57 / width as usize) {
        let mut held = word(bytes, bit / 8) >> (bit % 8);
        for n in numbers.iter_mut() {
            *n = held as u32 & mask;
            held >>= width;
        }
        bit += numbers.len() * width as usize;
    }
}

/// The `i`th number of a column.
pub(super) fn pick(bytes: &[u8], width: u32, i: usize) -> u32 {
    let bit = i * width as usize;
    (word(bytes, bit / 8) >> (bit % 8)) as u32 & mask(width)
}

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

fn mask(width: u32) -> u32 {
    ((1u64 << width.min(32)) - 1) as u32
}

/// Eight bytes from `at` on.
#[inline]
fn word(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk::<8>() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => rest
            .iter()
            .rev()
            .fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// Reads numbers off the front of some bytes.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn varint(&mut self) -> Option<u32> {
        let mut n = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            n |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(n);
            }
        }
        None
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        let (first, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*first))
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        let (first, rest) = self.0.split_first_chunk::<8>()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*first))
    }

    pub(super) fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (first, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn columns_come_back(numbers in prop::collection::vec(any::<u32>(), 0..300), cut in 0u32..32) {
            let numbers: Vec<u32> = numbers.into_iter().map(|n| n >> cut).collect();
            let w = numbers.iter().copied().map(width).max().unwrap_or(0);
            let mut bytes = Vec::new();
            pack(&mut bytes, &numbers, w);
            prop_assert_eq!(bytes.len(), packed_len(numbers.len(), w));
            let mut back = vec![0; numbers.len()];
            unpack(&bytes, w, &mut back);
            prop_assert_eq!(&back, &numbers);
            for (i, n) in numbers.iter().enumerate() {
                prop_assert_eq!(pick(&bytes, w, i), *n);
            }
        }

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

        #[test]
        fn varints_come_back(n in any::<u32>()) {
            let mut bytes = Vec::new();
            put_varint(&mut bytes, n);
            prop_assert_eq!(Reader(&bytes).varint(), Some(n));
            bytes.pop();
            prop_assert_eq!(Reader(&bytes).varint(), None);
        }
    }
}
