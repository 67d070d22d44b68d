//! Stage 5: a compiled set, kept, and given back to many readers at once.
//!
//! There is one truth and one copy of it. The truth are the compiler's [`Records`], which an engine
//! keeps (sled, so far). From them, and what other stages make of the same set, [`publish`] writes one
//! immutable, checksummed file, which readers map into memory. A reader never opens the engine, takes
//! no lock and writes nothing, so any number of processes may read while another compiles, from a
//! read-only disk too.
//!
//! ```text
//! .stepwell/
//!   CURRENT                       the name of the current generation; replaced by a rename
//!   generation-7/records/         the records
//!   generation-7/units.stepwell   the published file; its layout is in `header.rs`
//!   stepwell.lock                 locked by the process that writes
//!   .gitignore
//! ```
//!
//! A compile writes a folder `building-…`, renames it to the next generation, renames the new
//! `CURRENT` over the old one, and only then removes the generation before. Killed or failing at any
//! point, it leaves the store as it was. It always begins with an empty database, so that nobody
//! waits for sled to open a large one.
//!
//! Checksums are verified when a part is first used: those of the header and the table when a store
//! is opened, that of a block when one of its items is read. [`Shelf::verify`] checks everything.
//!
//! *Deliberately absent:* what is in the sections that other stages store; whether a store is stale
//! (that takes the sources); any way to change a generation.

mod block;
mod building;
mod bytes;
mod cache;
mod error;
mod flaw;
mod generation;
mod header;
mod ids;
mod info;
mod keep;
mod keeper;
mod memory_engine;
mod open;
mod published;
mod rack;
mod records;
#[cfg(test)]
mod samples;
mod section;
mod sheet;
mod shelf;
mod sled_engine;
#[cfg(test)]
mod tests;
mod verify;
mod writer;

use std::io::Cursor;
use std::path::Path;

use crate::model::CompiledSet;

pub use error::StoreError;
pub use generation::Generation;
pub use info::{Audience, Counts, SetInfo};
pub use keep::Extra;
pub use open::open;
pub use records::{Records, Table, Visit};
pub use section::Section;
pub use shelf::Shelf;
pub use writer::{Draft, Published, Writer, Written, claim};

/// Keeps a set in the store in `dir`, as its next generation.
///
/// # Errors
/// As [`claim`], [`Draft::write`] and [`Written::publish`]. The store is as it was.
pub fn publish(
    dir: &Path,
    set: &CompiledSet,
    info: &SetInfo,
    extras: &[Extra],
) -> Result<Published, StoreError> {
    let writer = claim(dir)?;
    writer.begin()?.write(set, info)?.publish(extras)
}

/// The set as a reader sees it, without a disk: the bytes are those of a published file.
///
/// # Errors
/// Two units have one id, or a section is there twice.
pub fn in_memory(set: &CompiledSet, info: &SetInfo, extras: &[Extra]) -> Result<Shelf, StoreError> {
    let bytes = published_bytes(set, info, extras)?;
    Ok(Shelf::open(bytes::Bytes::Owned(bytes), None)?)
}

fn published_bytes(
    set: &CompiledSet,
    info: &SetInfo,
    extras: &[Extra],
) -> Result<Vec<u8>, StoreError> {
    let mut records = memory_engine::MemoryRecords::default();
    let parcel = keep::Parcel::pack(set, info)?;
    parcel.put(&mut records)?;
    let memory = Path::new("memory");
    let mut sheet = parcel.begin(&records, Cursor::new(Vec::new()), memory)?;
    keep::add_extras(&mut sheet, extras)?;
    let (out, _) = sheet.finish()?;
    Ok(out.into_inner())
}
