//! Records in memory, for a set that is used once and not kept.

use std::collections::BTreeMap;

use super::error::StoreError;
use super::records::{Records, Table, Visit};

/// Records that end with the process.
#[derive(Default)]
pub(super) struct MemoryRecords(BTreeMap<Table, BTreeMap<Vec<u8>, Vec<u8>>>);

impl Records for MemoryRecords {
    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        let records = self.0.entry(table).or_default();
        records.insert(key.to_vec(), value.to_vec());
        Ok(())
    }

    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.0.get(&table).and_then(|r| r.get(key)).cloned())
    }

    fn scan(&self, table: Table, visit: &mut Visit<'_>) -> Result<(), StoreError> {
        let records = self.0.get(&table).into_iter().flatten();
        for (key, value) in records {
            visit(key, value)?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
}
