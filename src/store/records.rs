//! What the store asks of an engine that keeps records.

use super::error::StoreError;

/// Keeps the compiler's records, which are the truth that a published file is written from.
///
/// An engine keeps bytes under keys and gives them back in the order of the keys. It is used by one
/// writer at a time.
///
/// *Deliberately absent:* transactions, since records of a generation are written once and the
/// generation is put in place as a whole; and reading by several processes, which is what the
/// published file is for.
pub trait Records {
    /// Keeps `value` under `key`, in the place of what was kept there.
    ///
    /// # Errors
    /// The engine cannot write.
    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<(), StoreError>;

    /// What is kept under `key`.
    ///
    /// # Errors
    /// The engine cannot read.
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// Visits all records of `table` in the order of their keys.
    ///
    /// # Errors
    /// The engine cannot read, or the first error of `visit`, which ends the scan.
    fn scan(&self, table: Table, visit: &mut Visit<'_>) -> Result<(), StoreError>;

    /// Returns once everything that was put would survive a loss of power.
    ///
    /// # Errors
    /// The engine cannot write.
    fn flush(&mut self) -> Result<(), StoreError>;
}

/// What is done with a record, its key first.
pub type Visit<'a> = dyn FnMut(&[u8], &[u8]) -> Result<(), StoreError> + 'a;

/// The kinds of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// What the set is.
    Info,
    /// Blocks of source files, by the number of their first.
    Files,
    /// Blocks of units, by the number of their first.
    Units,
    /// Blocks of diagnostics, by the number of their first.
    Diagnostics,
}
