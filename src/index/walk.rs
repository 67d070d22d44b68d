//! Going through the blocks of a posting list.

use super::block::{BlockCounts, Unread};
use super::encode::BLOCK;
use super::list::List;
use crate::model::UnitNo;

/// A posting list of which one block is read. It stays read until another is: whoever goes upwards
/// reads each block once, and its counts only where they are needed.
pub(super) struct Walk<'q> {
    pub(super) list: List<'q>,
    block: Option<usize>,
    /// The units of the block, of which there are `count`.
    units: [u32; BLOCK],
    count: usize,
    unread: Option<Unread<'q>>,
    /// Their counts, once `unread` is none.
    counts: BlockCounts<'q>,
}

impl<'q> Walk<'q> {
    pub(super) fn new(list: List<'q>) -> Self {
        Walk {
            list,
            block: None,
            units: [0; BLOCK],
            count: 0,
            unread: None,
            counts: BlockCounts::default(),
        }
    }

    /// Reads a block.
    pub(super) fn load(&mut self, block: usize) -> Option<()> {
        if self.block != Some(block) {
            self.block = None;
            let (count, unread) = self.list.block(block)?.read(&mut self.units)?;
            (self.count, self.unread) = (count, Some(unread));
            self.block = Some(block);
        }
        Some(())
    }

    /// The block that is read.
    pub(super) fn block(&self) -> Option<usize> {
        self.block
    }

    /// Its units, ascending.
    pub(super) fn units(&self) -> &[u32] {
        self.units.get(..self.count).unwrap_or_default()
    }

    /// Its units, of which those behind [`Walk::units`] are none, and their counts. Counts that cannot be
    /// read are left out.
    pub(super) fn postings(&mut self) -> (&[u32; BLOCK], &BlockCounts<'q>) {
        if let Some(unread) = self.unread.take() {
            let _ = unread.read_into(&mut self.counts);
        }
        (&self.units, &self.counts)
    }

    /// The posting of a unit: the counts of its block, and its place there.
    pub(super) fn find(&mut self, unit: UnitNo) -> Option<(&BlockCounts<'q>, usize)> {
        self.load(self.list.seek(unit.0))?;
        let at = self.units().binary_search(&unit.0).ok()?;
        Some((self.postings().1, at))
    }
}
