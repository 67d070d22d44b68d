//! What every engine that keeps records must do.

use std::fs;
use std::path::Path;

use super::*;
use crate::store::memory_engine::MemoryRecords;
use crate::store::sled_engine::SledRecords;

type Pairs = Vec<(Vec<u8>, Vec<u8>)>;

fn contents(records: &dyn Records, table: Table) -> Result<Pairs, StoreError> {
    let mut found = Vec::new();
    records.scan(table, &mut |key, value| {
        found.push((key.to_vec(), value.to_vec()));
        Ok(())
    })?;
    Ok(found)
}

fn keeps_records(records: &mut dyn Records) -> Outcome {
    for n in (0..300u32).rev() {
        records.put(Table::Units, &n.to_be_bytes(), &n.to_le_bytes())?;
    }
    records.put(Table::Units, &7u32.to_be_bytes(), b"again")?;
    records.put(Table::Diagnostics, b"", b"")?;
    records.flush()?;
    let units = contents(records, Table::Units)?;
    let keys: Vec<u8> = units.iter().flat_map(|(key, _)| key.clone()).collect();
    assert_eq!(
        keys,
        (0..300).flat_map(u32::to_be_bytes).collect::<Vec<u8>>()
    );
    assert_eq!(units[7].1, b"again");
    assert_eq!(contents(records, Table::Diagnostics)?, [(vec![], vec![])]);
    assert_eq!(contents(records, Table::Files)?, []);
    assert_eq!(
        records.get(Table::Units, &7u32.to_be_bytes())?,
        Some(b"again".to_vec())
    );
    assert_eq!(records.get(Table::Files, &7u32.to_be_bytes())?, None);
    Ok(())
}

#[test]
fn both_engines_keep_records_alike() -> Outcome {
    let dir = tempfile::tempdir()?;
    keeps_records(&mut MemoryRecords::default())?;
    keeps_records(&mut SledRecords::open(&dir.path().join("records"))?)
}

#[test]
fn an_error_of_the_visitor_ends_a_scan() -> Outcome {
    let dir = tempfile::tempdir()?;
    let sled = SledRecords::open(&dir.path().join("records"))?;
    for mut records in [
        Box::new(MemoryRecords::default()) as Box<dyn Records>,
        Box::new(sled),
    ] {
        records.put(Table::Info, b"a", b"")?;
        records.put(Table::Info, b"b", b"")?;
        let mut visited = 0;
        let result = records.scan(Table::Info, &mut |_, _| {
            visited += 1;
            Err(StoreError::Unfit("seen enough".into()))
        });
        assert!(matches!(result, Err(StoreError::Unfit(_))));
        assert_eq!(visited, 1);
    }
    Ok(())
}

/// The records are the truth: what a published file has of the set can be written from them again.
#[test]
fn a_published_file_can_be_written_from_the_records_that_were_kept() -> Outcome {
    let dir = tempfile::tempdir()?;
    let set = samples::set(300);
    publish(dir.path(), &set, &info(), &extras())?;
    let records = SledRecords::open(&dir.path().join("generation-1/records"))?;
    let parcel = keep::Parcel::pack(&set, &info())?;
    let mut again = parcel.begin(&records, Cursor::new(Vec::new()), Path::new("memory"))?;
    keep::add_extras(&mut again, &extras())?;
    let published = fs::read(dir.path().join("generation-1/units.stepwell"))?;
    assert!(again.finish()?.0.into_inner() == published);
    Ok(())
}
