//! Reading a store.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use serde::de::DeserializeOwned;

use crate::model::{
    Diagnostic, FileId, Library, Source, SourceFile, Sources, Span, Target, Unit, UnitId, UnitNo,
    Unreadable,
};

use super::bytes::Bytes;
use super::cache::BlockCache;
use super::flaw::Flaw;
use super::generation::Generation;
use super::ids;
use super::info::{Counts, Front, SetInfo};
use super::published::PublishedFile;
use super::rack::Rack;
use super::section::{Part, RackKind, Section};

/// A published set, open for reading by any number of threads.
///
/// Nothing is decoded before it is asked for. Other processes may read and write the store at the
/// same time; this keeps the generation it was opened with.
///
/// *Deliberately absent:* the records, and with them any way to change the set.
pub struct Shelf {
    pub(super) file: PublishedFile,
    front: Front,
    origin: Option<Origin>,
    units: BlockCache,
    files: RwLock<BTreeMap<FileId, KnownFile>>,
}

/// Where a published file lies.
pub(super) struct Origin {
    pub(super) path: PathBuf,
    pub(super) generation: Generation,
}

/// A file that was decoded.
#[derive(Clone)]
struct KnownFile {
    file: Arc<SourceFile>,
    /// The same file alone, under the number 0, with its lines expanded.
    lines: Arc<Sources>,
}

impl Shelf {
    /// Opens a published file; `origin` is `None` for one that was never written.
    pub(super) fn open(bytes: Bytes, origin: Option<Origin>) -> Result<Self, Unreadable> {
        let at = |flaw: Flaw| flaw.at(&place(origin.as_ref()));
        let file = PublishedFile::open(bytes).map_err(at)?;
        let front = read_front(&file).map_err(at)?;
        Ok(Shelf {
            file,
            front,
            origin,
            units: BlockCache::default(),
            files: RwLock::default(),
        })
    }

    /// How the set was compiled.
    pub fn info(&self) -> &SetInfo {
        &self.front.set
    }

    /// How much is in it.
    pub fn counts(&self) -> &Counts {
        &self.front.counts
    }

    /// Which generation of its store this is; `None` for a set in memory.
    pub fn generation(&self) -> Option<Generation> {
        self.origin.as_ref().map(|o| o.generation)
    }

    /// The published file; `None` for a set in memory.
    pub fn path(&self) -> Option<&Path> {
        self.origin.as_ref().map(|o| o.path.as_path())
    }

    /// Size of the published file in bytes.
    pub fn size(&self) -> u64 {
        self.file.size()
    }

    /// What another stage stored.
    ///
    /// # Errors
    /// It is not there, or its checksum, which is computed when it is first asked for, is wrong.
    pub fn section(&self, section: Section) -> Result<&[u8], Unreadable> {
        self.file.part(Part::Extra(section)).map_err(self.here())
    }

    /// What another stage stored if it had something to store.
    ///
    /// # Errors
    /// As [`Shelf::section`], for one that is there.
    pub fn section_if_any(&self, section: Section) -> Result<Option<&[u8]>, Unreadable> {
        match self.file.part(Part::Extra(section)) {
            Err(Flaw::Absent(_)) => Ok(None),
            found => found.map(Some).map_err(self.here()),
        }
    }

    /// What was found in the sources, by file and place.
    ///
    /// # Errors
    /// They cannot be read, or their checksum is wrong.
    pub fn diagnostics(&self) -> Result<Vec<Diagnostic>, Unreadable> {
        self.all(RackKind::Diagnostics).map_err(self.here())
    }

    /// Reads and checks everything.
    ///
    /// # Errors
    /// The first thing that is not as it was written.
    pub fn verify(&self) -> Result<(), Unreadable> {
        super::verify::verify(self).map_err(self.here())
    }

    /// All items of a rack.
    pub(super) fn all<T: DeserializeOwned>(&self, kind: RackKind) -> Result<Vec<T>, Flaw> {
        let rack = Rack::of(&self.file, kind)?;
        let mut items = Vec::new();
        rack.for_each(&mut |item| {
            items.push(item);
            Ok(())
        })?;
        Ok(items)
    }

    fn read_unit(&self, no: UnitNo) -> Result<Unit<Target>, Flaw> {
        let rack = Rack::of(&self.file, RackKind::Units)?;
        let spot = rack.find(no.0)?;
        let block = self.units.get(spot.block, || rack.block(spot.block))?;
        block.item(spot.at, RackKind::Units.item())
    }

    /// The number of the unit `id`.
    pub(super) fn number(&self, id: &UnitId) -> Result<Option<UnitNo>, Flaw> {
        for no in ids::candidates(self.file.part(Part::Ids)?, id) {
            if self.read_unit(no)?.id == *id {
                return Ok(Some(no));
            }
        }
        Ok(None)
    }

    fn known_file(&self, id: FileId) -> Result<KnownFile, Flaw> {
        let known = self.files.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = known.get(&id) {
            return Ok(file.clone());
        }
        drop(known);
        let rack = Rack::of(&self.file, RackKind::Files)?;
        let spot = rack.find(id.0)?;
        let file: SourceFile = rack
            .block(spot.block)?
            .item(spot.at, RackKind::Files.item())?;
        let file = KnownFile {
            lines: Arc::new(Sources::new(vec![file.clone()])),
            file: Arc::new(file),
        };
        let mut known = self.files.write().unwrap_or_else(PoisonError::into_inner);
        Ok(known.entry(id).or_insert(file).clone())
    }

    /// Says of a flaw that it is in this store; for `map_err`.
    fn here(&self) -> impl Fn(Flaw) -> Unreadable {
        |flaw| flaw.at(&place(self.origin.as_ref()))
    }
}

impl Library for Shelf {
    fn len(&self) -> u32 {
        self.front.counts.units
    }

    fn unit(&self, no: UnitNo) -> Result<Arc<Unit<Target>>, Unreadable> {
        self.read_unit(no).map(Arc::new).map_err(self.here())
    }

    fn find(&self, id: &UnitId) -> Result<Option<UnitNo>, Unreadable> {
        self.number(id).map_err(self.here())
    }

    fn source(&self, span: Span) -> Result<Source, Unreadable> {
        let known = self.known_file(span.file).map_err(self.here())?;
        Ok(known.lines.source(Span {
            file: FileId(0),
            ..span
        }))
    }

    fn file_count(&self) -> u32 {
        self.front.counts.files
    }

    fn file(&self, id: FileId) -> Result<Arc<SourceFile>, Unreadable> {
        let known = self.known_file(id).map_err(self.here())?;
        Ok(known.file)
    }
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelf")
            .field("path", &self.path())
            .field("counts", self.counts())
            .finish_non_exhaustive()
    }
}

fn read_front(file: &PublishedFile) -> Result<Front, Flaw> {
    let garbled = |_| Flaw::Garbled(format!("its part `{}`", Part::Info.name()));
    serde_json::from_slice(file.part(Part::Info)?).map_err(garbled)
}

fn place(origin: Option<&Origin>) -> String {
    match origin {
        Some(origin) => origin.path.display().to_string(),
        None => "the set in memory".to_owned(),
    }
}
