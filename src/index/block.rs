//! Reading a block of a posting list in place, no more of it than is needed: bounds, then units, then
//! counts.

use super::bitmap::Bitmap;
use super::bits::{Reader, packed_len, pick, unpack, width};
use super::bounds::Bounds;
use super::encode::BLOCK;
use super::field::{FIELDS, FieldSet};

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

impl<'a> Block<'a> {
    /// The block at the front of `bytes`, of so many units, of which none is below `after`.
    pub(super) fn open(bytes: &'a [u8], count: usize, after: u32) -> Option<Self> {
        let mut rest = Reader(bytes);
        let bounds = Bounds::read(&mut rest)?;
        Some(Block {
            bounds,
            count,
            after,
            rest,
        })
    }

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

    /// The fields in which the `i`th posting has the term, and how often.
    #[inline]
    pub(super) fn having(&self, i: usize) -> impl Iterator<Item = (usize, u32)> {
        let having = self.columns().filter(move |(_, c)| c.present.contains(i));
        having.map(move |(field, column)| (field, column.get(i)))
    }

    /// By field: how often the `i`th posting has the term.
    pub(super) fn row(&self, i: usize) -> [u32; FIELDS] {
        let mut row = [0; FIELDS];
        self.having(i).for_each(|(field, count)| row[field] = count);
        row
    }
}

impl Column<'_> {
    /// The count of the `i`th posting, which has the term there.
    fn get(&self, i: usize) -> u32 {
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
