//! The blocks that were unpacked last.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;
use rustc_hash::FxBuildHasher;

use super::block::Block;

/// How many blocks are remembered. A page's units share one or two; an answer reads few pages, but the
/// questions of a day read many.
const MOST: usize = 768;
/// How many bytes they may have together.
const MOST_BYTES: usize = 24 << 20;

/// Remembers the blocks that were used last. Any number of threads may use it at once.
pub(super) struct BlockCache(Mutex<Blocks>);

struct Blocks {
    last: LruCache<usize, Arc<Block>, FxBuildHasher>,
    bytes: usize,
}

impl Default for BlockCache {
    fn default() -> Self {
        BlockCache(Mutex::new(Blocks {
            last: LruCache::unbounded_with_hasher(FxBuildHasher),
            bytes: 0,
        }))
    }
}

impl BlockCache {
    /// The block `number`, made by `make` if it is not remembered. Two threads that want the same
    /// new block may both make it, which is cheaper than waiting.
    pub(super) fn get<E>(
        &self,
        number: usize,
        make: impl FnOnce() -> Result<Block, E>,
    ) -> Result<Arc<Block>, E> {
        if let Some(block) = self.blocks().last.get(&number) {
            return Ok(Arc::clone(block));
        }
        let block = Arc::new(make()?);
        self.blocks().remember(number, Arc::clone(&block));
        Ok(block)
    }

    fn blocks(&self) -> MutexGuard<'_, Blocks> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Blocks {
    fn remember(&mut self, number: usize, block: Arc<Block>) {
        self.bytes += block.size();
        if let Some(before) = self.last.put(number, block) {
            self.bytes -= before.size();
        }
        while self.last.len() > MOST || (self.bytes > MOST_BYTES && self.last.len() > 1) {
            self.bytes -= self.last.pop_lru().map_or(0, |(_, b)| b.size());
        }
    }
}
