//! What a caller may see: a library without the units that it may not.
//!
//! A hidden unit does not exist: nothing leads to it, no name finds it, and what is told about the
//! others is told as if it had never been there. Where the author's words lead to a hidden page,
//! they lead to what they would lead to without it.

mod spoken;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::ask::Cards;
use crate::link::{distinct, settle};
use crate::model::{
    FileId, Leads, Library, Linker, LinkerKind, Source, SourceFile, Span, Target, Unit, UnitId,
    UnitNo, Unreadable, Via,
};

pub use spoken::Spoken;

/// A library as holders of some labels see it.
pub struct Restricted<'a> {
    library: &'a dyn Library,
    cards: &'a Cards<'a>,
    leads: &'a BTreeMap<UnitNo, Leads>,
    held: &'a [String],
}

impl<'a> Restricted<'a> {
    /// What holders of these labels see. `leads` says where units lead of which not everyone sees
    /// every target, as linking found it.
    pub fn new(
        library: &'a dyn Library,
        cards: &'a Cards<'a>,
        leads: &'a BTreeMap<UnitNo, Leads>,
        held: &'a [String],
    ) -> Self {
        Restricted {
            library,
            cards,
            leads,
            held,
        }
    }

    fn leads_on(&self, target: &Target) -> bool {
        target.unit().is_none_or(|no| self.sees(no))
    }

    /// Makes a unit lead where it leads for the caller.
    fn lead(&self, unit: &mut Unit<Target>, leads: &Leads) {
        let named = leads.linkers.iter();
        let named = named.filter_map(|linker| linker.of(self.held)?.clone());
        let twins = unit.linkers.drain(..);
        let twins: Vec<_> = twins.filter(|l| l.kind == LinkerKind::Same).collect();
        unit.linkers = distinct(named);
        unit.linkers.extend(twins);
        settle(&mut unit.linkers);
        for (prerequisite, target) in unit.prerequisites.iter_mut().zip(&leads.prerequisites) {
            prerequisite.target = target.of(self.held).cloned().flatten();
        }
    }

    /// A linker as it is for the caller: document order goes on behind what is hidden.
    fn passed(&self, mut linker: Linker<Target>) -> Result<Option<Linker<Target>>, Unreadable> {
        while let Target::Unit(no) = linker.target
            && !self.sees(no)
        {
            let hidden = self.library.unit(no)?;
            let on = |l: &&Linker<Target>| in_order(l) && l.target.unit().is_some_and(|to| to > no);
            match hidden.linkers.iter().find(on) {
                Some(next) if in_order(&linker) => linker.target = next.target.clone(),
                _ => return Ok(None),
            }
        }
        Ok(Some(linker))
    }
}

/// Does it lead to what comes next in the text?
fn in_order(linker: &Linker<Target>) -> bool {
    linker.kind == LinkerKind::Next && linker.via == Via::Order
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
        let leads = self.leads.get(&no);
        let mut targets = unit.linkers.iter().map(|l| &l.target);
        let mut asked = unit.prerequisites.iter().filter_map(|p| p.target.as_ref());
        let open = targets.all(|t| self.leads_on(t)) && asked.all(|t| self.leads_on(t));
        if open && leads.is_none() {
            return Ok(unit);
        }
        let mut unit = (*unit).clone();
        if let Some(leads) = leads {
            self.lead(&mut unit, leads);
        }
        let linkers = std::mem::take(&mut unit.linkers);
        for linker in linkers {
            unit.linkers.extend(self.passed(linker)?);
        }
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
