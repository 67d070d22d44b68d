//! Reading a posting list in place. How it is written is told in [`super::encode`].
//!
//! Nothing is trusted: a count, a width or an offset that is wrong gives fewer or other postings.

use super::bits::{Bitmap, Reader, packed_len, pick, unpack, width};
use super::bounds::Bounds;
use super::encode::BLOCK;
use super::field::{FIELDS, FieldSet};

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

/// Some postings, of which nothing but the bounds has been read.
#[derive(Clone, Copy)]
pub(super) struct Block<'a> {
    /// Bounds for what is in it.
    pub(super) bounds: Bounds,
    count: usize,
    after: u32,
    rest: Reader<'a>,
}

/// The counts of a block, unread.
#[derive(Clone, Copy)]
pub(super) struct Unread<'a> {
    bounds: Bounds,
    count: usize,
    rest: Reader<'a>,
}

/// The counts of a block.
#[derive(Clone, Copy, Default)]
pub(super) struct BlockCounts<'a> {
    fields: FieldSet,
    columns: [Column<'a>; FIELDS],
}

/// How often a field has the term.
#[derive(Clone, Copy, Default)]
pub(super) struct Column<'a> {
    /// The postings that have it there.
    present: Bitmap,
    times: Times<'a>,
}

/// The counts of the postings that have it.
#[derive(Clone, Copy)]
enum Times<'a> {
    /// All the same.
    Uniform(u32),
    /// Packed, each less by one and so many bits wide.
    Packed(&'a [u8], u32),
}

impl Default for Times<'_> {
    fn default() -> Self {
        Times::Uniform(0)
    }
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
        let mut rest = Reader(self.blocks.get(start..)?);
        Some(Block {
            bounds: Bounds::read(&mut rest)?,
            count: (self.df as usize).saturating_sub(block * BLOCK).min(BLOCK),
            after: self.first(block),
            rest,
        })
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

impl<'a> Block<'a> {
    /// Reads the units into the front of `units`; gives how many there are, and their counts.
    pub(super) fn read(mut self, units: &mut [u32; BLOCK]) -> Option<(usize, Unread<'a>)> {
        let first = self.after.wrapping_add(self.rest.varint()?);
        let (head, others) = units.get_mut(..self.count)?.split_first_mut()?;
        *head = first;
        if !others.is_empty() {
            let width = u32::from(self.rest.byte()?.min(32));
            let start = self.rest.0;
            self.rest.bytes(packed_len(others.len(), width))?;
            unpack(start, width, others);
            let mut last = first;
            for unit in others {
                last = last.wrapping_add(*unit).wrapping_add(1);
                *unit = last;
            }
        }
        let unread = Unread {
            bounds: self.bounds,
            count: self.count,
            rest: self.rest,
        };
        Some((self.count, unread))
    }
}

impl<'a> Unread<'a> {
    pub(super) fn read(self) -> Option<BlockCounts<'a>> {
        let mut counts = BlockCounts::default();
        self.read_into(&mut counts)?;
        Some(counts)
    }

    /// Reads them over others, which takes no time for fields that the block does not have.
    pub(super) fn read_into(mut self, counts: &mut BlockCounts<'a>) -> Option<()> {
        counts.fields = FieldSet::default();
        for field in self.bounds.fields.iter() {
            *counts.columns.get_mut(field)? = self.column(field)?;
            counts.fields.insert(field);
        }
        Some(())
    }

    fn column(&mut self, field: usize) -> Option<Column<'a>> {
        let most = self.bounds.most[field];
        let present = if self.bounds.full.contains(field) {
            Bitmap::full(self.count)
        } else {
            Bitmap::read(self.count, &mut self.rest)?
        };
        let times = if self.bounds.uniform.contains(field) {
            Times::Uniform(most)
        } else {
            let width = width(most.saturating_sub(1));
            let start = self.rest.0;
            self.rest.bytes(packed_len(present.len(), width))?;
            Times::Packed(start, width)
        };
        Some(Column { present, times })
    }
}

impl<'a> BlockCounts<'a> {
    /// The fields that have the term, each with its column.
    pub(super) fn columns(&self) -> impl Iterator<Item = (usize, &Column<'a>)> {
        self.fields
            .iter()
            .map(|field| (field, &self.columns[field]))
    }

    /// By field: how often the `i`th posting has the term.
    pub(super) fn row(&self, i: usize) -> [u32; FIELDS] {
        let mut row = [0; FIELDS];
        self.columns()
            .for_each(|(field, column)| row[field] = column.get(i));
        row
    }
}

impl Column<'_> {
    /// The `i`th count.
    fn get(&self, i: usize) -> u32 {
        if !self.present.contains(i) {
            return 0;
        }
        match self.times {
            Times::Uniform(count) => count,
            Times::Packed(bytes, width) => 1 + pick(bytes, width, self.present.rank(i)),
        }
    }

    /// Calls `take` with each posting that has the term, and how often.
    #[inline]
    pub(super) fn each(&self, mut take: impl FnMut(usize, u32)) {
        match self.times {
            Times::Uniform(count) => self.present.each(|i| take(i, count)),
            Times::Packed(bytes, width) => {
                let mut less = [0; BLOCK];
                let having = self.present.len();
                unpack(bytes, width, less.get_mut(..having).unwrap_or_default());
                let mut less = less.iter();
                self.present
                    .each(|i| take(i, less.next().map_or(1, |n| n.saturating_add(1))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::encode::Encoder;
    use crate::index::field::Field;
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
            let mut tally = Tally::default();
            for (unit, counts) in &postings {
                for (field, count) in Field::ALL.into_iter().zip(counts) {
                    tally.begin();
                    (0..*count).for_each(|_| tally.add(0, UnitNo(*unit), field));
                }
            }
            let lengths = vec![Lengths::default(); 3000];
            let mut bytes = Vec::new();
            Encoder::new(&lengths).list(tally.by_term().of(0), &mut bytes);
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
