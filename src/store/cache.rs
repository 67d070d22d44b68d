//! The blocks that were unpacked last.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::block::Block;

/// How many blocks are remembered. A page's units share one or two; an answer reads few pages, but the
/// questions of a day read many.
const MOST: usize = 768;
/// How many bytes they may have together.
const MOST_BYTES: usize = 24 << 20;

/// Remembers the blocks that were used last. Any number of threads may use it at once.
#[derive(Default)]
pub(super) struct BlockCache(Mutex<VecDeque<(usize, Arc<Block>)>>);

impl BlockCache {
    /// The block `number`, made by `make` if it is not remembered. Two threads that want the same
    /// new block may both make it, which is cheaper than waiting.
    pub(super) fn get<E>(
        &self,
        number: usize,
        make: impl FnOnce() -> Result<Block, E>,
    ) -> Result<Arc<Block>, E> {
        if let Some(block) = self.remembered(number) {
            return Ok(block);
        }
        let block = Arc::new(make()?);
        self.remember(number, &block);
        Ok(block)
    }

    fn remembered(&self, number: usize) -> Option<Arc<Block>> {
        let mut blocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = blocks.iter().position(|(n, _)| *n == number)?;
        let found = blocks.remove(at)?;
        let block = Arc::clone(&found.1);
        blocks.push_front(found);
        Some(block)
    }

    fn remember(&self, number: usize, block: &Arc<Block>) {
        let mut blocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        blocks.push_front((number, Arc::clone(block)));
        let mut bytes: usize = blocks.iter().map(|(_, b)| b.size()).sum();
        while blocks.len() > MOST || (bytes > MOST_BYTES && blocks.len() > 1) {
            bytes -= blocks.pop_back().map_or(0, |(_, b)| b.size());
        }
    }
}
