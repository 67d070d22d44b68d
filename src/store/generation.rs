//! Which generation of a store is current.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::flaw::Flaw;

const CURRENT: &str = "CURRENT";
const PREFIX: &str = "generation-";

/// One compile that was put in place: they count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation(pub u64);

impl fmt::Display for Generation {
    /// The name of its folder.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}", self.0)
    }
}

impl Generation {
    /// The generation whose folder has this name.
    pub(super) fn named(name: &str) -> Option<Generation> {
        let digits = name.strip_prefix(PREFIX)?;
        let generation = Generation(digits.parse().ok()?);
        (generation.to_string() == name).then_some(generation)
    }

    /// Its folder in the store `dir`.
    pub(super) fn folder(self, dir: &Path) -> PathBuf {
        dir.join(self.to_string())
    }
}

/// The current generation of the store `dir`; `None` where there is none.
pub(super) fn current(dir: &Path) -> Result<Option<Generation>, StoreError> {
    let path = dir.join(CURRENT);
    match fs::read(&path) {
        Ok(bytes) => std::str::from_utf8(&bytes)
            .ok()
            .and_then(|text| Generation::named(text.trim_end()))
            .map(Some)
            .ok_or_else(|| Flaw::Lost.at(&path.display().to_string()).into()),
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(e) => Err(StoreError::io("read", &path)(e)),
    }
}

/// Makes `generation` the current one, in one step.
pub(super) fn make_current(dir: &Path, generation: Generation) -> Result<(), StoreError> {
    let (path, new) = (dir.join(CURRENT), dir.join("CURRENT.tmp"));
    write_through(&new, &format!("{generation}\n"))
        .and_then(|()| fs::rename(&new, &path))
        .map_err(StoreError::io("write", &path))
}

fn write_through(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Makes renames in `dir` survive a loss of power. Windows has no such call and needs none.
pub(super) fn sync_folder(dir: &Path) -> Result<(), StoreError> {
    if cfg!(windows) {
        return Ok(());
    }
    File::open(dir)
        .and_then(|folder| folder.sync_all())
        .map_err(StoreError::io("write", dir))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_exact_name_is_a_generation() {
        assert_eq!(Generation::named("generation-12"), Some(Generation(12)));
        for name in [
            "generation-",
            "generation-012",
            "generation-+1",
            "12",
            "building-1",
        ] {
            assert_eq!(Generation::named(name), None, "{name}");
        }
    }

    #[test]
    fn the_current_generation_is_replaced() -> Result<(), Box<dyn std::error::Error>> {
        let dir = tempfile::tempdir()?;
        assert_eq!(current(dir.path())?, None);
        for n in [1, 2] {
            make_current(dir.path(), Generation(n))?;
            assert_eq!(current(dir.path())?, Some(Generation(n)));
        }
        fs::write(dir.path().join(CURRENT), b"MANIFEST-000001\n\xff")?;
        let message = current(dir.path()).expect_err("a name").to_string();
        assert!(message.contains("CURRENT: it names no generation; run"));
        Ok(())
    }
}
