//! What the JSON of a unit needs to know about the rest of its set.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{
    DiagnosticJson, LinkerJson, PageJson, PrerequisiteJson, SourceJson, TargetJson, UnitJson,
    source::Placed,
};
use crate::model::{
    Diagnostic, FileId, Library, Linker, Prerequisite, Span, Target, Unit, UnitNo, Unreadable, Via,
};

/// Turns what is in a [`Library`] into its JSON, and remembers what it looked up: the id of every
/// unit that was linked to, and the line table of every file.
///
/// One for each answer or export; it is not shared between threads.
pub struct Lookup<'a> {
    library: &'a dyn Library,
    ids: RefCell<FxHashMap<UnitNo, Rc<str>>>,
    files: RefCell<FxHashMap<FileId, Rc<Placed>>>,
}

impl<'a> Lookup<'a> {
    /// Knows nothing yet.
    pub fn new(library: &'a dyn Library) -> Self {
        Lookup {
            library,
            ids: RefCell::default(),
            files: RefCell::default(),
        }
    }

    /// The public name of a unit.
    ///
    /// # Errors
    /// The set cannot be read.
    pub fn id(&self, no: UnitNo) -> Result<Rc<str>, Unreadable> {
        if let Some(id) = self.ids.borrow().get(&no) {
            return Ok(Rc::clone(id));
        }
        let unit = self.library.unit(no)?;
        Ok(self.remember(no, &unit))
    }

    /// Remembers the name of a unit that was read for another reason.
    pub fn remember(&self, no: UnitNo, unit: &Unit<Target>) -> Rc<str> {
        let mut ids = self.ids.borrow_mut();
        let id = ids.entry(no).or_insert_with(|| unit.id.0.as_str().into());
        Rc::clone(id)
    }

    /// A whole unit.
    ///
    /// # Errors
    /// The set cannot be read.
    pub fn unit<'u>(&self, unit: &'u Unit<Target>) -> Result<UnitJson<'u>, Unreadable> {
        let prerequisites = unit.prerequisites.iter().map(|p| self.prerequisite(p));
        let linkers = unit.linkers.iter().map(|l| self.linker(l));
        Ok(UnitJson {
            id: &unit.id.0,
            kind: unit.kind.name(),
            header: &unit.header,
            intent: &unit.intent,
            path: &unit.path,
            prerequisites: prerequisites.collect::<Result<_, _>>()?,
            body: &unit.body,
            inserts: &unit.inserts,
            linkers: linkers.collect::<Result<_, _>>()?,
            ends: unit.ends.map(|e| e.name()),
            told: unit.told,
            abbreviations: &unit.abbreviations,
            labels: &unit.labels,
            applies: &unit.applies,
            language: &unit.language,
            page: PageJson(self.file(unit.page)?),
            source: self.source(unit.span)?,
        })
    }

    /// One linker of a unit.
    ///
    /// # Errors
    /// The set cannot be read.
    pub fn linker<'u>(&self, linker: &'u Linker<Target>) -> Result<LinkerJson<'u>, Unreadable> {
        Ok(LinkerJson {
            kind: linker.kind.name(),
            target: self.target(&linker.target)?,
            via: linker.via.name(),
            source: self.source(linker.span)?,
            remark: linker.via == Via::Remark,
            condition: linker.condition.as_deref().map(Into::into),
            decision: linker.decision,
        })
    }

    /// One prerequisite of a unit.
    ///
    /// # Errors
    /// The set cannot be read.
    pub fn prerequisite<'u>(
        &self,
        prerequisite: &'u Prerequisite<Target>,
    ) -> Result<PrerequisiteJson<'u>, Unreadable> {
        let target = prerequisite.target.as_ref().map(|t| self.target(t));
        Ok(PrerequisiteJson {
            text: &prerequisite.text,
            kind: prerequisite.kind,
            constraint: prerequisite.constraint.as_ref(),
            target: target.transpose()?,
            remark: prerequisite.remark,
            condition: prerequisite.condition.as_deref().map(Into::into),
            one_of: prerequisite.one_of,
            source: self.source(prerequisite.span)?,
        })
    }

    /// Where something leads.
    ///
    /// # Errors
    /// The set cannot be read.
    pub fn target<'u>(&self, target: &'u Target) -> Result<TargetJson<'u>, Unreadable> {
        Ok(match target {
            Target::Unit(no) => TargetJson::Unit(self.id(*no)?),
            Target::Query(text) => TargetJson::Query(text),
            Target::Url(url) => TargetJson::Url(url),
        })
    }

    /// What the target of a linker is for: its header; for one outside of the set, its address.
    ///
    /// # Errors
    /// The set cannot be read.
    pub fn header(&self, target: &Target) -> Result<String, Unreadable> {
        Ok(match target {
            Target::Unit(no) => self.library.unit(*no)?.header.clone(),
            Target::Query(text) | Target::Url(text) => text.clone(),
        })
    }

    /// Where something stands.
    ///
    /// # Errors
    /// The set cannot be read.
    pub fn source(&self, span: Span) -> Result<SourceJson, Unreadable> {
        Ok(SourceJson::new(self.file(span.file)?, span))
    }

    /// A finding.
    ///
    /// # Errors
    /// The set cannot be read.
    pub fn diagnostic<'d>(
        &self,
        finding: &'d Diagnostic,
    ) -> Result<DiagnosticJson<'d>, Unreadable> {
        let source = finding.span.map(|span| self.source(span)).transpose()?;
        Ok(DiagnosticJson::new(finding, source))
    }

    fn file(&self, id: FileId) -> Result<Rc<Placed>, Unreadable> {
        if let Some(file) = self.files.borrow().get(&id) {
            return Ok(Rc::clone(file));
        }
        let file = Rc::new(Placed::new(self.library.file(id)?));
        self.files.borrow_mut().insert(id, Rc::clone(&file));
        Ok(file)
    }
}
