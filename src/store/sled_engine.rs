//! Records in sled. No other module names sled.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use sled::{Config, Db, Mode};

use super::error::StoreError;
use super::records::{Records, Table, Visit};

/// A sled database in a folder of its own. Every key begins with a byte for its table.
///
/// sled 0.34 flushes when it is dropped, and after a failed write, as on a full disk, that flush
/// waits for ever. So a database that was not flushed is left open until the process ends, with its
/// file emptied so that the disk has its space back.
pub(super) struct SledRecords {
    db: Db,
    folder: PathBuf,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Something was written since the last flush.
    Written,
    /// Everything is on the disk.
    Flushed,
}

impl SledRecords {
    /// Opens the database in `folder`, or makes an empty one. One process can have it open.
    ///
    /// Settings: the blocks are compressed already; a generation is written once and flushed once.
    pub(super) fn open(folder: &Path) -> Result<Self, StoreError> {
        let config = Config::new()
            .path(folder)
            .mode(Mode::HighThroughput)
            .flush_every_ms(None)
            .use_compression(false);
        let mut records = SledRecords {
            db: config.open().map_err(failed("open", folder))?,
            folder: folder.to_owned(),
            state: State::Written,
        };
        // sled starts its threads at the first flush, and those that are there wait for the others
        // without sleeping. Nothing else is done yet that they could hold up.
        records.flush()?;
        Ok(records)
    }
}

impl Drop for SledRecords {
    fn drop(&mut self) {
        if self.state == State::Written {
            std::mem::forget(self.db.clone());
            let file = File::options().write(true).open(self.folder.join("db"));
            let _ = file.and_then(|file| file.set_len(0));
        }
    }
}

impl Records for SledRecords {
    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        self.state = State::Written;
        self.db
            .insert(full_key(table, key), value)
            .map(drop)
            .map_err(failed("write", &self.folder))
    }

    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let value = self.db.get(full_key(table, key));
        let value = value.map_err(failed("read", &self.folder))?;
        Ok(value.map(|v| v.to_vec()))
    }

    fn scan(&self, table: Table, visit: &mut Visit<'_>) -> Result<(), StoreError> {
        for record in self.db.scan_prefix([tag(table)]) {
            let (key, value) = record.map_err(failed("read", &self.folder))?;
            visit(key.get(1..).unwrap_or_default(), &value)?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        self.db.flush().map_err(failed("write", &self.folder))?;
        self.state = State::Flushed;
        Ok(())
    }
}

fn full_key(table: Table, key: &[u8]) -> Vec<u8> {
    [&[tag(table)], key].concat()
}

fn tag(table: Table) -> u8 {
    match table {
        Table::Info => b'i',
        Table::Files => b'f',
        Table::Units => b'u',
        Table::Diagnostics => b'd',
    }
}

fn failed(action: &'static str, folder: &Path) -> impl FnOnce(sled::Error) -> StoreError {
    move |error| match error {
        sled::Error::Io(cause) => StoreError::io(action, folder)(plain(cause)),
        other => StoreError::Engine {
            action,
            place: folder.display().to_string(),
            cause: Box::new(other),
        },
    }
}

/// sled repeats an error that an earlier call has met as the debug text of that error.
fn plain(cause: io::Error) -> io::Error {
    match cause.kind() {
        ErrorKind::Other => cause,
        _ if cause.raw_os_error().is_some() => cause,
        kind => kind.into(),
    }
}
