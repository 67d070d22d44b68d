//! Finding the published file of a store.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::building::FILE;
use super::bytes::Bytes;
use super::error::StoreError;
use super::flaw::Flaw;
use super::generation::{self, Generation};
use super::shelf::{Origin, Shelf};

/// How often a reader starts again because a compile has ended since.
const ATTEMPTS: usize = 100;

/// Opens the store in `dir` for reading. Needs no permission to write, and waits for nobody.
///
/// # Errors
/// There is no store; it was written in another format; or its header is damaged.
pub fn open(dir: &Path) -> Result<Shelf, StoreError> {
    let mut gone = None;
    for _ in 0..ATTEMPTS {
        let current = generation::current(dir)?;
        let generation = current.ok_or_else(|| StoreError::Missing(dir.to_owned()))?;
        match map(dir, generation) {
            Ok(bytes) => return shelf(dir, generation, bytes),
            // The generation was current, and is gone: a compile has put the next one in place,
            // unless it is still the current one.
            Err(e) if e.kind() == ErrorKind::NotFound && gone != current => gone = current,
            Err(e) => return Err(unmapped(&path(dir, generation), e)),
        }
    }
    Err(StoreError::InUse(dir.to_owned()))
}

fn unmapped(path: &Path, cause: io::Error) -> StoreError {
    match cause.kind() {
        ErrorKind::NotFound => Flaw::Gone.at(&path.display().to_string()).into(),
        _ => StoreError::io("read", path)(cause),
    }
}

fn path(dir: &Path, generation: Generation) -> PathBuf {
    generation.folder(dir).join(FILE)
}

fn map(dir: &Path, generation: Generation) -> io::Result<Bytes> {
    Bytes::map(&File::open(path(dir, generation))?)
}

fn shelf(dir: &Path, generation: Generation, bytes: Bytes) -> Result<Shelf, StoreError> {
    let origin = Origin {
        path: path(dir, generation),
        generation,
    };
    Ok(Shelf::open(bytes, Some(origin))?)
}
