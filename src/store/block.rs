//! Blocks: a run of items, encoded one by one and compressed together.
//!
//! ```text
//! items u32 | raw u32 | zstd frame of: (end of each item, u32) × items | items
//! ```
//!
//! Numbers are little-endian; an end counts from the first item's first byte. The ends let one item
//! be decoded without its neighbours. Items are encoded by postcard, whose wire format is specified
//! and stable (<https://postcard.jamesmunns.com/wire-format>).

use std::io;
use std::mem::take;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::StoreError;
use super::flaw::Flaw;

/// A block that would have more bytes than this is two, unless it is a single item: reading a small
/// item costs no large neighbours.
const MOST_BYTES: usize = 256 << 10;
const LEVEL: i32 = 1;
const PREFIX: usize = 8;

/// Makes blocks. Each thread has one, because a compressor is dear to make.
#[derive(Default)]
pub(super) struct Packer {
    compressor: Option<zstd::bulk::Compressor<'static>>,
    /// Room for the ends of items, and for the items.
    ends: Vec<u8>,
    body: Vec<u8>,
}

/// A packed block.
pub(super) struct Packed {
    /// How many items are in it.
    pub(super) items: u32,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

impl Packer {
    /// Packs `items` into one block or, if they are large, several.
    pub(super) fn pack<T: Serialize>(&mut self, items: &[T]) -> Result<Vec<Packed>, StoreError> {
        let mut blocks = Vec::new();
        let (mut ends, mut body) = (take(&mut self.ends), take(&mut self.body));
        for item in items {
            let start = body.len();
            body = postcard::to_extend(item, body).map_err(|e| unfit(&e))?;
            if start > 0 && body.len() > MOST_BYTES {
                let item = body.split_off(start);
                blocks.push(self.close(&mut ends, &mut body)?);
                body = item;
            }
            let end = u32::try_from(body.len()).map_err(|e| unfit(&e))?;
            ends.extend(end.to_le_bytes());
        }
        if !ends.is_empty() {
            blocks.push(self.close(&mut ends, &mut body)?);
        }
        (self.ends, self.body) = (ends, body);
        Ok(blocks)
    }

    fn close(&mut self, ends: &mut Vec<u8>, body: &mut Vec<u8>) -> Result<Packed, StoreError> {
        let items = (ends.len() / 4) as u32;
        ends.append(body);
        let raw = u32::try_from(ends.len()).map_err(|e| unfit(&e))?;
        let frame = self.compress(ends).map_err(|e| unfit(&e))?;
        ends.clear();
        let bytes = [&items.to_le_bytes()[..], &raw.to_le_bytes(), &frame].concat();
        Ok(Packed { items, bytes })
    }

    fn compress(&mut self, raw: &[u8]) -> io::Result<Vec<u8>> {
        let mut compressor = match self.compressor.take() {
            Some(compressor) => compressor,
            None => zstd::bulk::Compressor::new(LEVEL)?,
        };
        let frame = compressor.compress(raw);
        self.compressor = Some(compressor);
        frame
    }
}

fn unfit(cause: &dyn std::error::Error) -> StoreError {
    StoreError::Unfit(format!("an item cannot be encoded ({cause})"))
}

/// An unpacked block, whose items can be decoded.
pub(super) struct Block {
    items: usize,
    raw: Vec<u8>,
}

impl Block {
    /// How many items the block in `bytes` says it has.
    pub(super) fn items_of(bytes: &[u8]) -> Option<u32> {
        u32_at(bytes, 0)
    }

    /// Unpacks `bytes`; `None` if they are not a block.
    ///
    /// Nothing is believed: zstd reserves memory fallibly, and fills as much as there is.
    fn parse(bytes: &[u8]) -> Option<Block> {
        let items = u32_at(bytes, 0)? as usize;
        let length = u32_at(bytes, 4)? as usize;
        let raw = zstd::bulk::decompress(bytes.get(PREFIX..)?, length).ok()?;
        let whole = raw.len() == length && items.checked_mul(4)? <= length;
        whole.then_some(Block { items, raw })
    }

    /// Unpacks `bytes`.
    pub(super) fn unpack(bytes: &[u8], what: &'static str) -> Result<Block, Flaw> {
        Block::parse(bytes).ok_or_else(|| Flaw::Garbled(format!("a block of {what}s")))
    }

    /// Decodes the item at `at`, counted from the block's first.
    pub(super) fn item<T: DeserializeOwned>(
        &self,
        at: usize,
        what: &'static str,
    ) -> Result<T, Flaw> {
        self.slice(at)
            .and_then(|bytes| postcard::take_from_bytes(bytes).ok())
            .and_then(|(item, rest)| rest.is_empty().then_some(item))
            .ok_or_else(|| Flaw::Garbled(format!("a {what}")))
    }

    fn slice(&self, at: usize) -> Option<&[u8]> {
        let body = self.raw.get(self.items * 4..)?;
        let start = match at.checked_sub(1) {
            Some(before) => u32_at(&self.raw, before * 4)?,
            None => 0,
        };
        let end = (at < self.items).then(|| u32_at(&self.raw, at * 4))??;
        body.get(start as usize..end as usize)
    }

    /// Bytes it holds in memory.
    pub(super) fn size(&self) -> usize {
        self.raw.len()
    }
}

/// The little-endian number at `at`, if `bytes` reach that far.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// The little-endian number at `at`, if `bytes` reach that far.
pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}
