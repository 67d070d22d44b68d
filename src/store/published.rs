//! A published file as it is read: its parts, each checked when it is first used.

use std::sync::OnceLock;

use xxhash_rust::xxh3::xxh3_64;

use super::bytes::Bytes;
use super::flaw::Flaw;
use super::header::{self, Entry};
use super::section::Part;

/// A file whose header and table are sound.
pub(super) struct PublishedFile {
    bytes: Bytes,
    parts: Vec<(Entry, OnceLock<bool>)>,
}

impl PublishedFile {
    /// Checks the header and the table, and nothing else.
    pub(super) fn open(bytes: Bytes) -> Result<Self, Flaw> {
        let parts = header::read(&bytes)?
            .into_iter()
            .map(|entry| (entry, OnceLock::new()))
            .collect();
        Ok(PublishedFile { bytes, parts })
    }

    /// Size in bytes.
    pub(super) fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// The bytes of a part. Its checksum is computed the first time and remembered.
    pub(super) fn part(&self, part: Part) -> Result<&[u8], Flaw> {
        let (entry, sound) = self.entry(part)?;
        let bytes = self.slice(part, entry)?;
        if *sound.get_or_init(|| xxh3_64(bytes) == entry.sum) {
            return Ok(bytes);
        }
        Err(Flaw::Damaged(format!("its part `{}`", part.name())))
    }

    /// The bytes of a part whose pieces have checksums of their own.
    pub(super) fn unchecked(&self, part: Part) -> Result<&[u8], Flaw> {
        let (entry, _) = self.entry(part)?;
        self.slice(part, entry)
    }

    /// Checks every part, also those that this program does not know.
    pub(super) fn check_all(&self) -> Result<(), Flaw> {
        for (entry, _) in &self.parts {
            let sum = self.bytes.get(entry.range.clone()).map(xxh3_64);
            if sum != Some(entry.sum) {
                let name = String::from_utf8_lossy(&entry.name);
                let name = name.trim_end_matches('\0');
                return Err(Flaw::Damaged(format!("its part `{name}`")));
            }
        }
        Ok(())
    }

    fn entry(&self, part: Part) -> Result<&(Entry, OnceLock<bool>), Flaw> {
        let name = header::padded(part.name());
        self.parts
            .iter()
            .find(|(entry, _)| entry.name == name)
            .ok_or(Flaw::Absent(part.name()))
    }

    fn slice(&self, part: Part, entry: &Entry) -> Result<&[u8], Flaw> {
        self.bytes
            .get(entry.range.clone())
            .ok_or(Flaw::Absent(part.name()))
    }
}
