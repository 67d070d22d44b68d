//! Writing that does not succeed.

use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::store::keep::Parcel;
use crate::store::memory_engine::MemoryRecords;

#[test]
fn what_cannot_be_stored_is_refused_before_anything_is_written() -> Outcome {
    let dir = tempfile::tempdir()?;
    let mut set = samples::set(10);
    set.units[7].id = set.units[3].id.clone();
    let twice = publish(dir.path(), &set, &info(), &[]).expect_err("two names");
    assert!(
        twice.to_string().contains("ops/page-0.md#task/3"),
        "{twice}"
    );
    let extras = [extras(), extras()].concat();
    assert!(publish(dir.path(), &samples::set(10), &info(), &extras).is_err());
    assert!(matches!(open(dir.path()), Err(StoreError::Missing(_))));
    Ok(())
}

/// Records that fail at the put or flush with this number.
struct Failing {
    records: MemoryRecords,
    left: Cell<usize>,
}

impl Failing {
    fn count(&self) -> Result<(), StoreError> {
        match self.left.get().checked_sub(1) {
            Some(left) => self.left.set(left),
            None => {
                let full = std::io::ErrorKind::StorageFull.into();
                return Err(StoreError::io("write", Path::new("records"))(full));
            }
        }
        Ok(())
    }
}

impl Records for Failing {
    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        self.count()?;
        self.records.put(table, key, value)
    }
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.count()?;
        self.records.get(table, key)
    }
    fn scan(&self, table: Table, visit: &mut Visit<'_>) -> Result<(), StoreError> {
        self.count()?;
        self.records.scan(table, visit)
    }
    fn flush(&mut self) -> Result<(), StoreError> {
        self.count()
    }
}

fn names(dir: &Path) -> std::io::Result<Vec<String>> {
    let entries: Result<Vec<_>, _> = fs::read_dir(dir)?.collect();
    let name = |e: fs::DirEntry| e.file_name().to_string_lossy().into_owned();
    let mut names: Vec<String> = entries?.into_iter().map(name).collect();
    names.sort();
    Ok(names)
}

#[test]
fn a_failure_at_any_point_leaves_the_store_as_it_was() -> Outcome {
    let dir = tempfile::tempdir()?;
    let (old, new) = (samples::set(5), samples::set(400));
    publish(dir.path(), &old, &info(), &[])?;
    let before = names(dir.path())?;
    let writer = claim(dir.path())?;
    let (info, extras) = (info(), extras());
    let mut failures = 0;
    loop {
        let engine = move |_: &Path| -> Result<Box<dyn Records>, StoreError> {
            Ok(Box::new(Failing {
                records: MemoryRecords::default(),
                left: Cell::new(failures),
            }))
        };
        let draft = writer.begin_through(Arc::new(engine))?;
        let parcel = Parcel::pack(&new, &info)?;
        let Err(error) = draft.put(parcel).publish(&extras) else {
            break;
        };
        assert!(error.to_string().contains("free some space"), "{error}");
        assert_eq!(names(dir.path())?, before);
        assert_holds(&open(dir.path())?, &old, &[])?;
        failures += 1;
    }
    assert!(failures > 10, "{failures}");
    assert_holds(&open(dir.path())?, &new, &extras)
}

#[test]
fn a_generation_that_cannot_be_made_current_is_taken_back() -> Outcome {
    let dir = tempfile::tempdir()?;
    let set = samples::set(5);
    publish(dir.path(), &set, &info(), &[])?;
    // A folder where the new `CURRENT` would be written.
    fs::create_dir(dir.path().join("CURRENT.tmp"))?;
    let error = publish(dir.path(), &samples::set(9), &info(), &[]).expect_err("a folder");
    assert!(error.to_string().contains("CURRENT"), "{error}");
    assert!(!dir.path().join("generation-2").exists());
    assert_holds(&open(dir.path())?, &set, &[])
}

#[test]
fn leftovers_are_swept() -> Outcome {
    let dir = tempfile::tempdir()?;
    publish(dir.path(), &samples::set(5), &info(), &[])?;
    for name in ["building-1", "generation-7/records", "generation-0"] {
        fs::create_dir_all(dir.path().join(name))?;
    }
    fs::write(dir.path().join("building-1/records"), "half")?;
    fs::write(dir.path().join("notes.txt"), "mine")?;
    let published = publish(dir.path(), &samples::set(6), &info(), &[])?;
    assert_eq!(
        names(dir.path())?,
        [
            ".gitignore".to_owned(),
            "CURRENT".to_owned(),
            published.generation.to_string(),
            "notes.txt".to_owned(),
            "stepwell.lock".to_owned()
        ]
    );
    Ok(())
}
