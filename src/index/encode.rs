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
    columns: [Column; FIELDS],
}

/// What some postings have in one field.
#[derive(Default)]
struct Column {
    /// Which of the postings have the term in it.
    having: Bitmap,
    /// How often each of those has it.
    counts: Vec<u32>,
    /// The smallest length of the field among those.
    shortest: u16,
}

impl Columns {
    fn clear(&mut self) {
        self.units.clear();
        for field in std::mem::take(&mut self.fields).iter() {
            self.columns[field].having = Bitmap::default();
            self.columns[field].counts.clear();
        }
    }

    fn add(&mut self, count: Count, lengths: &[Lengths]) {
        let unit = count.unit();
        if self.units.last() != Some(&unit) {
            self.units.push(unit);
        }
        let (row, field) = (self.units.len() - 1, count.field());
        let Some(column) = self.columns.get_mut(field) else {
            return;
        };
        // Several texts may be of one field.
        if let Some(last) = column
            .counts
            .last_mut()
            .filter(|_| column.having.contains(row))
        {
            *last = (*last + count.times()).min(MOST);
            return;
        }
        let length = lengths.get(unit as usize).map_or(0, |l| l[field]);
        column.shortest = match column.counts.is_empty() {
            true => length,
            false => column.shortest.min(length),
        };
        column.having.insert(row);
        column.counts.push(count.times());
        self.fields.insert(field);
    }

    fn bounds(&self) -> Bounds {
        let mut bounds = Bounds::default();
        for field in self.fields.iter() {
            let column = &self.columns[field];
            let counts = column.counts.iter().copied();
            let most = counts.clone().max().unwrap_or(0);
            bounds.fields.insert(field);
            bounds.most[field] = most;
            bounds.shortest[field] = column.shortest;
            if column.counts.len() == self.units.len() {
                bounds.full.insert(field);
            }
            if counts.min() == Some(most) {
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
            let column = &self.columns[field];
            if !bounds.full.contains(field) {
                column.having.write(self.units.len(), out);
            }
            if !bounds.uniform.contains(field) {
                let less = column.counts.iter().map(|n| n - 1);
                pack(out, less, width(bounds.most[field] - 1));
            }
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
            chunk
                .iter()
                .for_each(|c| self.columns.add(*c, self.lengths));
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
        let bounds = self.columns.bounds();
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
