//! Racks: many items of one kind, in blocks, found by number.
//!
//! A rack is two parts of the file. One has the blocks, each as [`super::block`] packs it. The other
//! is the directory:
//!
//! ```text
//! items u32 | blocks × (first item u32 | end u64 | xxh3 u64)
//! ```
//!
//! An end counts from the start of the first block. The directory is searched where it lies; it is
//! never decoded as a whole.

use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::xxh3_64;

use super::block::{Block, u32_at, u64_at};
use super::flaw::Flaw;
use super::published::PublishedFile;
use super::section::{Part, RackKind};

const PREFIX: usize = 4;
const ENTRY: usize = 20;

/// The directory of a rack that is being written.
#[derive(Default)]
pub(super) struct Directory {
    entries: Vec<u8>,
    items: u32,
    end: u64,
}

impl Directory {
    /// Adds a block; `None` if it is none or there are too many.
    pub(super) fn add(&mut self, block: &[u8]) -> Option<()> {
        let first = self.items;
        self.items = first.checked_add(Block::items_of(block)?)?;
        self.end += block.len() as u64;
        self.entries.extend(first.to_le_bytes());
        self.entries.extend(self.end.to_le_bytes());
        self.entries.extend(xxh3_64(block).to_le_bytes());
        Some(())
    }

    /// The number that the next item will have.
    pub(super) fn items(&self) -> u32 {
        self.items
    }

    /// The part.
    pub(super) fn bytes(&self) -> Vec<u8> {
        [&self.items.to_le_bytes()[..], &self.entries].concat()
    }
}

/// A rack of a published file.
pub(super) struct Rack<'a> {
    what: &'static str,
    items: u32,
    entries: &'a [u8],
    blocks: &'a [u8],
}

/// Where an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Which block.
    pub(super) block: usize,
    /// Which item of that block.
    pub(super) at: usize,
}

impl<'a> Rack<'a> {
    /// A rack of `file`, whose directory is checked when it is first used.
    pub(super) fn of(file: &'a PublishedFile, kind: RackKind) -> Result<Self, Flaw> {
        let directory = file.part(Part::Directory(kind))?;
        let garbled = || Flaw::Garbled(format!("its part `{}`", Part::Directory(kind).name()));
        Ok(Rack {
            what: kind.item(),
            items: u32_at(directory, 0).ok_or_else(garbled)?,
            entries: directory.get(PREFIX..).ok_or_else(garbled)?,
            blocks: file.unchecked(Part::Blocks(kind))?,
        })
    }

    /// How many items there are.
    pub(super) fn items(&self) -> u32 {
        self.items
    }

    /// Where the item `number` is.
    pub(super) fn find(&self, number: u32) -> Result<Spot, Flaw> {
        if number >= self.items {
            return Err(Flaw::Beyond {
                what: self.what,
                number,
                len: self.items,
            });
        }
        let (mut low, mut high) = (0, self.entries.len() / ENTRY);
        while high - low > 1 {
            let middle = low.midpoint(high);
            match self.first(middle) {
                Some(first) if first <= number => low = middle,
                _ => high = middle,
            }
        }
        let first = self.first(low).filter(|first| *first <= number);
        let at = first.map(|first| (number - first) as usize);
        at.map(|at| Spot { block: low, at })
            .ok_or_else(|| self.garbled())
    }

    /// Checks a block and unpacks it.
    pub(super) fn block(&self, block: usize) -> Result<Block, Flaw> {
        let (bytes, sum) = self.packed(block).ok_or_else(|| self.garbled())?;
        if xxh3_64(bytes) != sum {
            return Err(Flaw::Damaged(format!("a block of {}s", self.what)));
        }
        Block::unpack(bytes, self.what)
    }

    /// Decodes all items in order.
    pub(super) fn for_each<T: DeserializeOwned>(
        &self,
        visit: &mut dyn FnMut(T) -> Result<(), Flaw>,
    ) -> Result<(), Flaw> {
        let mut unpacked: Option<(usize, Block)> = None;
        for number in 0..self.items {
            let spot = self.find(number)?;
            let block = match unpacked.take() {
                Some((n, block)) if n == spot.block => block,
                _ => self.block(spot.block)?,
            };
            visit(block.item(spot.at, self.what)?)?;
            unpacked = Some((spot.block, block));
        }
        Ok(())
    }

    fn packed(&self, block: usize) -> Option<(&'a [u8], u64)> {
        let entry = block.checked_mul(ENTRY)?;
        let start = match block {
            0 => 0,
            _ => u64_at(self.entries, entry - ENTRY + 4)?,
        };
        let end = u64_at(self.entries, entry + 4)?;
        let bytes = self.blocks.get(start as usize..end as usize)?;
        Some((bytes, u64_at(self.entries, entry + 12)?))
    }

    fn first(&self, block: usize) -> Option<u32> {
        u32_at(self.entries, block * ENTRY)
    }

    fn garbled(&self) -> Flaw {
        Flaw::Garbled(format!("the directory of {}s", self.what))
    }
}
