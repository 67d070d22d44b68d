//! A compiled set, whole and as it is read back.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Diagnostic, Leads, Source, SourceFile, Span, Target, Unit, UnitId, UnitNo};

/// What linking gives: every file and every unit of a set.
#[derive(Clone, Debug, Default)]
pub struct CompiledSet {
    /// The files, in the order of their [`super::FileId`]s, which is that of their paths.
    pub files: Vec<SourceFile>,
    /// The units, in the order of their [`UnitNo`]s: by page, then in document order.
    pub units: Vec<Unit<Target>>,
    /// Where units lead of which not everyone sees every target. The units themselves are those of a
    /// caller who sees everything.
    pub leads: BTreeMap<UnitNo, Leads>,
    /// What was found, by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

/// A compiled set as later stages read it, wherever it is kept.
///
/// *Deliberately absent:* any way to change it.
pub trait Library: Sync {
    /// How many units there are. Their numbers are `0..len()`.
    fn len(&self) -> u32;

    /// Is there nothing in it?
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Does the unit exist for whoever asks? Its number is taken either way.
    fn sees(&self, _no: UnitNo) -> bool {
        true
    }

    /// A unit by its number, which must be below `len()`.
    ///
    /// # Errors
    /// The place where it is kept cannot be read, or its checksum is wrong.
    fn unit(&self, no: UnitNo) -> Result<Arc<Unit<Target>>, Unreadable>;

    /// The unit with this public name.
    ///
    /// # Errors
    /// As [`Library::unit`].
    fn find(&self, id: &UnitId) -> Result<Option<UnitNo>, Unreadable>;

    /// A span as the public interface prints it.
    ///
    /// # Errors
    /// As [`Library::unit`].
    fn source(&self, span: Span) -> Result<Source, Unreadable>;

    /// How many source files there are. Their numbers are `0..file_count()`.
    fn file_count(&self) -> u32;

    /// A source file by its number.
    ///
    /// # Errors
    /// As [`Library::unit`].
    fn file(&self, id: super::FileId) -> Result<Arc<SourceFile>, Unreadable>;
}

impl<L: Library + ?Sized> Library for &L {
    fn len(&self) -> u32 {
        (**self).len()
    }
    fn sees(&self, no: UnitNo) -> bool {
        (**self).sees(no)
    }
    fn unit(&self, no: UnitNo) -> Result<Arc<Unit<Target>>, Unreadable> {
        (**self).unit(no)
    }
    fn find(&self, id: &UnitId) -> Result<Option<UnitNo>, Unreadable> {
        (**self).find(id)
    }
    fn source(&self, span: Span) -> Result<Source, Unreadable> {
        (**self).source(span)
    }
    fn file_count(&self) -> u32 {
        (**self).file_count()
    }
    fn file(&self, id: super::FileId) -> Result<Arc<SourceFile>, Unreadable> {
        (**self).file(id)
    }
}

/// A compiled set that cannot be read back: says where it is kept, what is wrong and what to do.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{place}: {problem}; {help}")]
pub struct Unreadable {
    /// The file or store.
    pub place: String,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub help: String,
}
