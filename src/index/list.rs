//! Reading a posting list in place. How it is written is told in [`super::encode`].
//!
//! Nothing is trusted: a count, a width or an offset that is wrong gives fewer or other postings.

use super::bits::Reader;
use super::block::Block;
use super::bounds::Bounds;
use super::encode::BLOCK;

/// The posting list of a term.
#[derive(Clone, Copy)]
pub(super) struct List<'a> {
    /// How many units have the term.
    pub(super) df: u32,
    /// Bounds for the whole list, where it has several blocks.
    pub(super) bounds: Option<Bounds>,
    /// Empty where there is only one block.
    skips: &'a [[u8; 8]],
    /// The blocks, and whatever follows the list.
    blocks: &'a [u8],
}

impl<'a> List<'a> {
    /// The list at the front of `bytes`.
    pub(super) fn read(bytes: &'a [u8]) -> Option<List<'a>> {
        let mut from = Reader(bytes);
        let df = from.varint().filter(|df| *df > 0)?;
        if df as usize <= BLOCK {
            return Some(List {
                df,
                bounds: None,
                skips: &[],
                blocks: from.0,
            });
        }
        let bounds = Bounds::read(&mut from)?;
        let skips = from.bytes((df as usize).div_ceil(BLOCK).checked_mul(8)?)?;
        Some(List {
            df,
            bounds: Some(bounds),
            skips: skips.as_chunks().0,
            blocks: from.0,
        })
    }

    /// How many blocks there are: at least one.
    pub(super) fn blocks(&self) -> usize {
        self.skips.len().max(1)
    }

    /// No unit of the block is above this one.
    pub(super) fn last(&self, block: usize) -> u32 {
        self.skip(block).map_or(u32::MAX, |(last, _)| last)
    }

    /// No unit of the block is below this one.
    pub(super) fn first(&self, block: usize) -> u32 {
        self.before(block)
            .map_or(0, |(last, _)| last.saturating_add(1))
    }

    /// The first block that may have the unit or one above it.
    pub(super) fn seek(&self, unit: u32) -> usize {
        self.skips.partition_point(|skip| split(skip).0 < unit)
    }

    /// A block, its bounds read.
    pub(super) fn block(&self, block: usize) -> Option<Block<'a>> {
        let start = self.before(block).map_or(0, |(_, end)| end as usize);
        let count = (self.df as usize).saturating_sub(block * BLOCK).min(BLOCK);
        Block::open(self.blocks.get(start..)?, count, self.first(block))
    }

    fn skip(&self, block: usize) -> Option<(u32, u32)> {
        self.skips.get(block).map(split)
    }

    fn before(&self, block: usize) -> Option<(u32, u32)> {
        self.skip(block.checked_sub(1)?)
    }
}

/// The last unit of a block, and its end.
fn split(skip: &[u8; 8]) -> (u32, u32) {
    let both = u64::from_le_bytes(*skip);
    (both as u32, (both >> 32) as u32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::encode::Encoder;
    use crate::index::field::{FIELDS, Field};
    use crate::index::tally::{Lengths, Tally};
    use crate::model::UnitNo;

    fn read_all(list: &List<'_>) -> Vec<(u32, [u32; FIELDS])> {
        let mut all = Vec::new();
        for block in 0..list.blocks() {
            let mut units = [0; BLOCK];
            let read = list.block(block).and_then(|b| b.read(&mut units));
            let (count, unread) = read.expect("block");
            let counts = unread.read().expect("counts");
            all.extend((0..count).map(|i| (units[i], counts.row(i))));
            assert!(list.first(block) <= units[0] && units[count - 1] <= list.last(block));
        }
        all
    }

    /// Units with the fields that have the term and how often.
    fn postings() -> impl Strategy<Value = Vec<(u32, [u32; FIELDS])>> {
        let counts =
            prop::array::uniform9(prop_oneof![8 => Just(0u32), 2 => 1..4u32, 1 => 1..300u32]);
        prop::collection::btree_map(0u32..3000, counts, 1..500).prop_map(|units| {
            units
                .into_iter()
                .map(|(unit, mut counts)| {
                    counts[8] += u32::from(counts == [0; FIELDS]);
                    (unit, counts)
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn a_list_comes_back(postings in postings()) {
            let mut tally = Tally::for_units(postings.len());
            for (unit, counts) in &postings {
                for (field, count) in Field::ALL.into_iter().zip(counts) {
                    tally.begin();
                    (0..*count).for_each(|_| tally.add(0, UnitNo(*unit), field));
                }
            }
            let lengths = vec![Lengths::default(); 3000];
            let mut bytes = Vec::new();
            Encoder::new(&lengths).list(tally.by_term(1).of(0), &mut bytes);
            let list = List::read(&bytes).expect("list");
            prop_assert_eq!(list.df as usize, postings.len());
            prop_assert_eq!(read_all(&list), postings.clone());
            for (unit, _) in postings {
                let block = list.seek(unit).min(list.blocks() - 1);
                prop_assert!(list.first(block) <= unit && unit <= list.last(block));
            }
        }
    }
}
