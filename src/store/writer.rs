//! Writing a store: the lock, the new generation, and putting it in place.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::model::CompiledSet;

use super::building::{self, Building};
use super::error::StoreError;
use super::generation::{self, Generation};
use super::info::SetInfo;
use super::keep::{Extra, Parcel, add_extras};
use super::keeper::{Engine, Keeper};
use super::sled_engine::SledRecords;

/// Its presence is what tells a store, even an empty one, from any other folder.
const LOCK: &str = "stepwell.lock";

/// How often the lock is tried, and how long is waited in between. A process that another one starts has
/// the files of that one open for a moment, and with them a lock that was given up meanwhile.
const PATIENCE: usize = 20;
const A_MOMENT: Duration = Duration::from_millis(20);

/// The right to write a store. No other process has it until this is dropped.
#[derive(Debug)]
pub struct Writer {
    dir: PathBuf,
    _lock: File,
}

/// A generation that was begun. Dropped, it leaves no trace.
pub struct Draft<'w> {
    // Closed before the folder is removed.
    keeper: Keeper,
    building: Building<'w>,
    writer: &'w Writer,
}

/// A generation that is being written. Dropped, it leaves no trace.
pub struct Written<'w>(Draft<'w>);

/// A generation that was put in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// Which.
    pub generation: Generation,
    /// Size of the published file.
    pub bytes: u64,
}

/// Claims the store in `dir` for writing, and makes it if there is none.
///
/// # Errors
/// Another process is writing it; or `dir` holds something else, is a file, or cannot be written.
pub fn claim(dir: &Path) -> Result<Writer, StoreError> {
    make_folder(dir)?;
    let found = look(dir)?;
    let writer = Writer {
        dir: dir.to_owned(),
        _lock: lock(dir)?,
    };
    match found {
        Found::Empty => keep_out_of_git(dir)?,
        Found::Store => writer.sweep(),
    }
    Ok(writer)
}

fn make_folder(dir: &Path) -> Result<(), StoreError> {
    match fs::create_dir_all(dir) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == ErrorKind::AlreadyExists => {
            Err(StoreError::NotAFolder(dir.to_owned()))
        }
        Err(e) => Err(StoreError::io("make", dir)(e)),
    }
}

enum Found {
    Empty,
    Store,
}

/// What is in `dir`? An error if it is something else.
fn look(dir: &Path) -> Result<Found, StoreError> {
    let named = matches!(generation::current(dir), Ok(Some(_)));
    if named || dir.join(LOCK).exists() {
        return Ok(Found::Store);
    }
    let mut entries = fs::read_dir(dir).map_err(StoreError::io("read", dir))?;
    match entries.next() {
        Some(_) => Err(StoreError::Occupied(dir.to_owned())),
        None => Ok(Found::Empty),
    }
}

fn lock(dir: &Path) -> Result<File, StoreError> {
    let path = dir.join(LOCK);
    let lock = File::options()
        .create(true)
        .write(true)
        .truncate(false)
        .open(&path)
        .map_err(StoreError::io("write", &path))?;
    for patience in (0..PATIENCE).rev() {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) if patience > 0 => thread::sleep(A_MOMENT),
            Err(TryLockError::WouldBlock) => break,
            Err(TryLockError::Error(e)) => return Err(StoreError::io("lock", &path)(e)),
        }
    }
    Err(StoreError::InUse(dir.to_owned()))
}

fn keep_out_of_git(dir: &Path) -> Result<(), StoreError> {
    let path = dir.join(".gitignore");
    fs::write(&path, "*\n").map_err(StoreError::io("write", &path))
}

impl Writer {
    /// Begins the next generation, which is not in place before it is published.
    ///
    /// # Errors
    /// The disk is full or cannot be written. The store is as it was.
    pub fn begin(&self) -> Result<Draft<'_>, StoreError> {
        self.begin_through(Arc::new(|folder: &Path| {
            Ok(Box::new(SledRecords::open(folder)?) as _)
        }))
    }

    /// Begins the next generation with any engine.
    pub(super) fn begin_through(&self, engine: Arc<Engine>) -> Result<Draft<'_>, StoreError> {
        let building = Building::begin(&self.dir)?;
        Ok(Draft {
            keeper: Keeper::open(engine, building.records(), building.file())?,
            building,
            writer: self,
        })
    }

    fn current(&self) -> Option<Generation> {
        generation::current(&self.dir).ok().flatten()
    }

    /// One more than any generation that is there, current or left over.
    fn next(&self) -> Result<Generation, StoreError> {
        let entries = fs::read_dir(&self.dir).map_err(StoreError::io("read", &self.dir))?;
        let last = entries
            .flatten()
            .filter_map(|entry| Generation::named(entry.file_name().to_str()?))
            .chain(self.current())
            .max();
        Ok(Generation(last.map_or(0, |g| g.0).saturating_add(1)))
    }

    /// Removes what other compiles left: older generations, and those that never were put in place.
    /// What cannot be removed, such as a file that is mapped on Windows, stays for the next sweep.
    fn sweep(&self) {
        let current = self.current();
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let old = Generation::named(name).is_some_and(|g| current.is_some_and(|c| c != g));
            if old || Building::is_name(name) {
                remove(&entry.path());
            }
        }
    }
}

/// Removes a generation, as far as it can be removed. The system takes its time for each of the two large
/// files, so each has a thread.
fn remove(folder: &Path) {
    let _ = rayon::join(
        || fs::remove_file(folder.join(building::FILE)),
        || fs::remove_dir_all(folder.join(building::RECORDS)),
    );
    let _ = fs::remove_dir_all(folder);
}

impl<'w> Draft<'w> {
    /// Writes a set. What other stages make of it, at the same time on other threads if they like, is
    /// still to come.
    ///
    /// # Errors
    /// Two units have one id. The store is as it was.
    pub fn write(self, set: &CompiledSet, info: &SetInfo) -> Result<Written<'w>, StoreError> {
        Ok(self.put(Parcel::pack(set, info)?))
    }

    pub(super) fn put(mut self, parcel: Parcel) -> Written<'w> {
        self.keeper.hand_over(parcel);
        Written(self)
    }
}

impl Written<'_> {
    /// Completes the generation and puts it in place of the current one, which readers that have it
    /// open keep.
    ///
    /// # Errors
    /// The disk is full or cannot be written, or a section is there twice. The store is as it was.
    pub fn publish(self, extras: &[Extra]) -> Result<Published, StoreError> {
        let Draft {
            keeper,
            building,
            writer,
        } = self.0;
        let nothing = || StoreError::Unfit("nothing was handed over".to_owned());
        let mut sheet = keeper.close()?.ok_or_else(nothing)?;
        add_extras(&mut sheet, extras)?;
        let (out, bytes) = sheet.finish()?;
        let written = out.get_ref().sync_all();
        written.map_err(StoreError::io("write", &building.file()))?;
        drop(out);
        let generation = writer.next()?;
        building.put_in_place(generation)?;
        writer.sweep();
        Ok(Published { generation, bytes })
    }
}
