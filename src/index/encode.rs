//! Writing a posting list.
//!
//! ```text
//! list    df, then, where there are more than 128 postings, bounds and skips; then blocks
//! skips   for each block: its last unit, and its end counted from the first block (u32 each)
//! block   bounds; units; for each field: which postings have it, a bit each, unless it is full;
//!         the counts of those, each less by one and as wide as the largest, unless it is uniform
//! units   the first, counted from one past the block before; for more than one posting: the width
//!         (one byte) and, so wide, for each of the others how many units it leaves out
//! bounds  see [`super::bounds`]
//! ```
//!
//! Numbers are varints where nothing else is said. A block has 128 postings, the last one the rest.
//! Counts are columns, so that a block is read field by field: most fields are in few of its
//! postings, and most counts are one or two bits.

use super::bitmap::Bitmap;
use super::bits::{pack, put_varint, width};
use super::bounds::Bounds;
use super::field::{FIELDS, FieldSet};
use super::tally::{Count, Lengths, MOST};

/// Postings in a block.
pub(super) const BLOCK: usize = 128;

/// Some postings of a term, in columns.
#[derive(Default)]
struct Columns {
    units: Vec<u32>,
    /// The fields whose column has something.
    fields: FieldSet,
    counts: [Vec<u32>; FIELDS],
}

impl Columns {
    fn clear(&mut self) {
        self.units.clear();
        for field in std::mem::take(&mut self.fields).iter() {
            self.counts[field].clear();
        }
    }

    fn add(&mut self, count: Count) {
        if self.units.last() != Some(&count.unit()) {
            self.units.push(count.unit());
        }
        let row = self.units.len();
        if let Some(column) = self.counts.get_mut(count.field()) {
            self.fields.insert(count.field());
            column.resize(row, 0);
            column[row - 1] = (column[row - 1] + count.times()).min(MOST);
        }
    }

    /// Makes all columns that have something as long as the units.
    fn level(&mut self) {
        let rows = self.units.len();
        for field in self.fields.iter() {
            self.counts[field].resize(rows, 0);
        }
    }

    fn bounds(&self, lengths: &[Lengths]) -> Bounds {
        let mut bounds = Bounds::default();
        for field in self.fields.iter() {
            let column = &self.counts[field];
            let (mut having, mut most, mut least, mut shortest) = (0, 0, MOST, u16::MAX);
            for (unit, count) in self.units.iter().zip(column).filter(|(_, n)| **n > 0) {
                let length = lengths.get(*unit as usize).map_or(0, |l| l[field]);
                having += 1;
                most = most.max(*count);
                least = least.min(*count);
                shortest = shortest.min(length);
            }
            bounds.fields.insert(field);
            bounds.most[field] = most;
            bounds.shortest[field] = shortest;
            if having == column.len() {
                bounds.full.insert(field);
            }
            if most == least {
                bounds.uniform.insert(field);
            }
        }
        bounds
    }

    fn write(&self, after: u32, bounds: &Bounds, out: &mut Vec<u8>) {
        bounds.write(out);
        put_varint(out, self.units.first().map_or(0, |first| first - after));
        let gaps = self.units.windows(2).map(|w| w[1] - w[0] - 1);
        if let Some(wide) = gaps.clone().map(width).max() {
            out.push(wide as u8);
            pack(out, gaps, wide);
        }
        for field in bounds.fields.iter() {
            self.write_counts(field, bounds, out);
        }
    }

    fn write_counts(&self, field: usize, bounds: &Bounds, out: &mut Vec<u8>) {
        let column = &self.counts[field];
        let having = column.iter().enumerate().filter(|(_, n)| **n > 0);
        if !bounds.full.contains(field) {
            let mut present = Bitmap::default();
            having.clone().for_each(|(i, _)| present.insert(i));
            present.write(column.len(), out);
        }
        if !bounds.uniform.contains(field) {
            let less = having.map(|(_, n)| n - 1);
            pack(out, less, width(bounds.most[field] - 1));
        }
    }
}

/// Writes posting lists one after the other.
pub(super) struct Encoder<'a> {
    lengths: &'a [Lengths],
    columns: Columns,
    skips: Vec<u8>,
    blocks: Vec<u8>,
    whole: Bounds,
}

impl<'a> Encoder<'a> {
    pub(super) fn new(lengths: &'a [Lengths]) -> Self {
        Encoder {
            lengths,
            columns: Columns::default(),
            skips: Vec::new(),
            blocks: Vec::new(),
            whole: Bounds::default(),
        }
    }

    /// Appends the list of a term whose counts are sorted.
    pub(super) fn list(&mut self, counts: &[Count], out: &mut Vec<u8>) {
        self.skips.clear();
        self.blocks.clear();
        self.whole = Bounds::default();
        let (mut df, mut after) = (0, 0);
        for chunk in counts.chunk_by(|a, b| a.unit() == b.unit()) {
            chunk.iter().for_each(|c| self.columns.add(*c));
            df += 1;
            if self.columns.units.len() == BLOCK {
                after = self.block(after);
            }
        }
        if !self.columns.units.is_empty() {
            self.block(after);
        }
        put_varint(out, df);
        if df > BLOCK as u32 {
            self.whole.write(out);
            out.append(&mut self.skips);
        }
        out.append(&mut self.blocks);
    }

    /// Writes a block and gives one past its last unit.
    fn block(&mut self, after: u32) -> u32 {
        self.columns.level();
        let bounds = self.columns.bounds(self.lengths);
        self.whole.widen(&bounds);
        self.columns.write(after, &bounds, &mut self.blocks);
        let last = self.columns.units.last().copied().unwrap_or(0);
        self.skips.extend_from_slice(&last.to_le_bytes());
        self.skips
            .extend_from_slice(&(self.blocks.len() as u32).to_le_bytes());
        self.columns.clear();
        last + 1
    }
}
