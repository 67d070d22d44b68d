//! A generation that is being written.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::generation::{self, Generation};

/// The name of the published file in the folder of its generation.
pub(super) const FILE: &str = "units.stepwell";
/// The name of the folder of its records, beside that.
pub(super) const RECORDS: &str = "records";
const PREFIX: &str = "building-";

/// The folder that a generation is written in. Removed when dropped, unless it was put in place.
pub(super) struct Building<'a> {
    store: &'a Path,
    folder: PathBuf,
    in_place: bool,
}

impl<'a> Building<'a> {
    /// An empty folder in `store`, whose lock the caller has.
    pub(super) fn begin(store: &'a Path) -> Result<Self, StoreError> {
        let folder = store.join(format!("{PREFIX}{}", std::process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(StoreError::io("remove", &folder))?;
        }
        fs::create_dir(&folder).map_err(StoreError::io("make", &folder))?;
        Ok(Building {
            store,
            folder,
            in_place: false,
        })
    }

    /// Is this the name of such a folder?
    pub(super) fn is_name(name: &str) -> bool {
        name.starts_with(PREFIX)
    }

    /// Where the engine keeps its records.
    pub(super) fn records(&self) -> PathBuf {
        self.folder.join(RECORDS)
    }

    /// Where the published file is written.
    pub(super) fn file(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    /// Names the folder after its generation and makes that the current one. Returns when this
    /// would survive a loss of power.
    pub(super) fn put_in_place(mut self, generation: Generation) -> Result<(), StoreError> {
        generation::sync_folder(&self.folder)?;
        let folder = generation.folder(self.store);
        fs::rename(&self.folder, &folder).map_err(StoreError::io("make", &folder))?;
        self.folder = folder;
        generation::sync_folder(self.store)?;
        generation::make_current(self.store, generation)?;
        self.in_place = true;
        generation::sync_folder(self.store)
    }
}

impl Drop for Building<'_> {
    fn drop(&mut self) {
        if !self.in_place {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}
