//! Looking units up in the posting list of one term.

use super::block::{BlockCounts, Unread};
use super::encode::BLOCK;
use super::list::List;
use crate::model::UnitNo;

/// A posting list that units are looked up in. The block of the last one stays read: looking up
/// ascending units reads each block once.
pub(super) struct Walk<'q> {
    list: List<'q>,
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

    /// The posting of a unit: the counts of its block, and its place there.
    pub(super) fn find(&mut self, unit: UnitNo) -> Option<(&BlockCounts<'q>, usize)> {
        let block = self.list.seek(unit.0);
        if self.block != Some(block) {
            self.block = None;
            let (count, unread) = self.list.block(block)?.read(&mut self.units)?;
            (self.count, self.unread) = (count, Some(unread));
            self.block = Some(block);
        }
        let at = self.units.get(..self.count)?.binary_search(&unit.0).ok()?;
        if let Some(unread) = self.unread.take() {
            unread.read_into(&mut self.counts)?;
        }
        Some((&self.counts, at))
    }
}
