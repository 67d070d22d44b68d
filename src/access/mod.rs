//! What a caller may see: a library without the units that it may not.
//!
//! A hidden unit does not exist: nothing leads to it, no name finds it, and what is told about the
//! others is told as if it had never been there.

use std::sync::Arc;

use crate::ask::Cards;
use crate::model::{
    FileId, Library, Linker, Prerequisite, Source, SourceFile, Span, Target, Unit, UnitId, UnitNo,
    Unreadable,
};

/// A library as holders of some labels see it.
pub struct Restricted<'a> {
    library: &'a dyn Library,
    cards: &'a Cards<'a>,
    held: &'a [String],
}

impl<'a> Restricted<'a> {
    /// What holders of these labels see.
    pub fn new(library: &'a dyn Library, cards: &'a Cards<'a>, held: &'a [String]) -> Self {
        Restricted {
            library,
            cards,
            held,
        }
    }

    fn leads_on(&self, target: &Target) -> bool {
        target.unit().is_none_or(|no| self.sees(no))
    }
}

impl Library for Restricted<'_> {
    fn len(&self) -> u32 {
        self.library.len()
    }

    fn sees(&self, no: UnitNo) -> bool {
        self.cards.visible(no, self.held)
    }

    fn unit(&self, no: UnitNo) -> Result<Arc<Unit<Target>>, Unreadable> {
        let unit = self.library.unit(no)?;
        let whole = |l: &Linker<Target>| self.leads_on(&l.target);
        let known = |p: &Prerequisite<Target>| p.target.as_ref().is_none_or(|t| self.leads_on(t));
        if unit.linkers.iter().all(whole) && unit.prerequisites.iter().all(known) {
            return Ok(unit);
        }
        let mut unit = (*unit).clone();
        unit.linkers.retain(whole);
        for prerequisite in &mut unit.prerequisites {
            prerequisite.target = prerequisite.target.take().filter(|t| self.leads_on(t));
        }
        Ok(Arc::new(unit))
    }

    fn find(&self, id: &UnitId) -> Result<Option<UnitNo>, Unreadable> {
        Ok(self.library.find(id)?.filter(|no| self.sees(*no)))
    }

    fn source(&self, span: Span) -> Result<Source, Unreadable> {
        self.library.source(span)
    }

    fn file_count(&self) -> u32 {
        self.library.file_count()
    }

    fn file(&self, id: FileId) -> Result<Arc<SourceFile>, Unreadable> {
        self.library.file(id)
    }
}
