//! Writing a published file, part by part.

use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::Xxh3;

use super::error::StoreError;
use super::header::{self, Entry, HEADER, padded};
use super::keep::INFO_KEY;
use super::rack::Directory;
use super::records::{Records, Table};
use super::section::{Part, RackKind};

/// A published file that is being written.
pub(super) struct Sheet<W> {
    out: W,
    /// Where it is, for when it cannot be written.
    place: PathBuf,
    at: usize,
    entries: Vec<Entry>,
    sum: Xxh3,
}

impl<W: Write + Seek> Sheet<W> {
    /// Begins a file in `out`, which is empty, with what is in `records`. Blocks are copied as they were
    /// packed.
    pub(super) fn of(records: &dyn Records, out: W, place: &Path) -> Result<Self, StoreError> {
        let mut sheet = Sheet {
            out,
            place: place.to_owned(),
            at: 0,
            entries: Vec::new(),
            sum: Xxh3::new(),
        };
        sheet.put(&[0; HEADER])?;
        let info = records.get(Table::Info, INFO_KEY)?;
        sheet.part(Part::Info, &info.unwrap_or_default())?;
        for kind in RackKind::ALL {
            sheet.rack(records, kind)?;
        }
        Ok(sheet)
    }

    /// Adds a part.
    pub(super) fn part(&mut self, part: Part, bytes: &[u8]) -> Result<(), StoreError> {
        self.begin(part);
        self.put(bytes)
    }

    /// Hands what was written so far to the system, and lends what it is written to.
    pub(super) fn flushed(&mut self) -> Result<&W, StoreError> {
        self.out.flush().map_err(|e| self.failed(e))?;
        Ok(&self.out)
    }

    /// Completes the file and gives its size.
    pub(super) fn finish(mut self) -> Result<(W, u64), StoreError> {
        self.close();
        let (header, table) = header::write(&self.entries, self.at as u64);
        let written = self
            .out
            .write_all(&table)
            .and_then(|()| self.out.seek(SeekFrom::Start(0)))
            .and_then(|_| self.out.write_all(&header))
            .and_then(|()| self.out.flush());
        written.map_err(|e| self.failed(e))?;
        Ok((self.out, (self.at + table.len()) as u64))
    }

    fn failed(&self, cause: io::Error) -> StoreError {
        StoreError::io("write", &self.place)(cause)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.out.write_all(bytes).map_err(|e| self.failed(e))?;
        self.sum.update(bytes);
        self.at += bytes.len();
        Ok(())
    }

    /// Ends the part that is being written and begins the next.
    fn begin(&mut self, part: Part) {
        self.close();
        self.entries.push(Entry {
            name: padded(part.name()),
            range: self.at..self.at,
            sum: 0,
        });
        self.sum.reset();
    }

    fn close(&mut self) {
        if let Some(entry) = self.entries.last_mut() {
            entry.range.end = self.at;
            entry.sum = self.sum.digest();
        }
    }

    fn rack(&mut self, records: &dyn Records, kind: RackKind) -> Result<(), StoreError> {
        self.begin(Part::Blocks(kind));
        let mut directory = Directory::default();
        records.scan(kind.table(), &mut |key, block| {
            let follows = key == directory.items().to_be_bytes();
            if !follows || directory.add(block).is_none() {
                let what = format!("the records of {}s are not in sequence", kind.item());
                return Err(StoreError::Unfit(what));
            }
            self.put(block)
        })?;
        self.part(Part::Directory(kind), &directory.bytes())
    }
}
