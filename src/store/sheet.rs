//! From records to a published file.

use std::io::{self, Seek, SeekFrom, Write};

use xxhash_rust::xxh3::Xxh3;

use super::error::StoreError;
use super::header::{self, Entry, HEADER, padded};
use super::keep::INFO_KEY;
use super::rack::Directory;
use super::records::{Records, Table};
use super::section::{Part, RackKind};

/// Writes what is in `records` to `out`, which is empty; `failed` says where that is when it fails.
/// Blocks are copied as they were packed.
pub(super) fn write<W: Write + Seek>(
    records: &dyn Records,
    out: W,
    failed: &dyn Fn(io::Error) -> StoreError,
) -> Result<(W, u64), StoreError> {
    let mut sheet = Sheet {
        out,
        at: 0,
        entries: Vec::new(),
        sum: Xxh3::new(),
        failed,
    };
    sheet.put(&[0; HEADER])?;
    sheet.info(records)?;
    for kind in RackKind::ALL {
        sheet.rack(records, kind)?;
    }
    sheet.pieces(records)?;
    sheet.finish()
}

/// A file that is being written.
struct Sheet<'a, W> {
    out: W,
    at: usize,
    entries: Vec<Entry>,
    sum: Xxh3,
    failed: &'a dyn Fn(io::Error) -> StoreError,
}

impl<W: Write + Seek> Sheet<'_, W> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.out.write_all(bytes).map_err(self.failed)?;
        self.sum.update(bytes);
        self.at += bytes.len();
        Ok(())
    }

    /// Ends the part that is being written and begins the part `name`.
    fn begin(&mut self, name: [u8; 8]) {
        self.close();
        self.entries.push(Entry {
            name,
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

    fn info(&mut self, records: &dyn Records) -> Result<(), StoreError> {
        self.begin(padded(Part::Info.name()));
        let info = records.get(Table::Info, INFO_KEY)?;
        self.put(&info.unwrap_or_default())
    }

    fn rack(&mut self, records: &dyn Records, kind: RackKind) -> Result<(), StoreError> {
        self.begin(padded(Part::Blocks(kind).name()));
        let mut directory = Directory::default();
        records.scan(kind.table(), &mut |key, block| {
            let follows = key == directory.items().to_be_bytes();
            if !follows || directory.add(block).is_none() {
                let what = format!("the records of {}s are not in sequence", kind.item());
                return Err(StoreError::Unfit(what));
            }
            self.put(block)
        })?;
        self.begin(padded(Part::Directory(kind).name()));
        self.put(&directory.bytes())
    }

    fn pieces(&mut self, records: &dyn Records) -> Result<(), StoreError> {
        let mut current = None;
        records.scan(Table::Sections, &mut |key, piece| {
            let name = key.first_chunk::<8>().copied();
            if name != current {
                self.begin(name.unwrap_or_default());
                current = name;
            }
            self.put(piece)
        })
    }

    fn finish(mut self) -> Result<(W, u64), StoreError> {
        self.close();
        let (header, table) = header::write(&self.entries, self.at as u64);
        self.out.write_all(&table).map_err(self.failed)?;
        self.out.seek(SeekFrom::Start(0)).map_err(self.failed)?;
        self.out.write_all(&header).map_err(self.failed)?;
        self.out.flush().map_err(self.failed)?;
        Ok((self.out, (self.at + table.len()) as u64))
    }
}
