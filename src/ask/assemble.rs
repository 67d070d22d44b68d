//! A procedure as one thing: what must be so first, its steps in order, its branches, what comes
//! after.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{
    Condition, Kind, Library, Linker, LinkerKind, Prerequisite, Target, Unit, UnitNo, Unreadable,
};

/// Deeper nesting than this is left to the walk.
const MAX_DEPTH: usize = 12;
/// More steps than this are left to the walk.
const MAX_STEPS: usize = 400;

/// A procedure, assembled.
#[derive(Clone, Debug)]
pub struct Procedure {
    /// Its unit.
    pub no: UnitNo,
    /// The unit itself.
    pub unit: Arc<Unit<Target>>,
    /// The step that was asked for, where it was one of the procedure's.
    pub asked: Option<UnitNo>,
    /// What must be so first.
    pub prerequisites: Vec<Prerequisite<Target>>,
    /// The steps, in the order in which they are done; a branch's steps stand under its condition.
    pub steps: Vec<Step>,
    /// What the author suggests for afterwards.
    pub follow_ups: Vec<Linker<Target>>,
    /// Were steps left out because there are too many, or they are nested too deep?
    pub cut: bool,
}

impl Procedure {
    /// The step that was asked for.
    pub fn asked(&self) -> Option<&Step> {
        let mut steps = self.steps.iter();
        steps.find(|step| Some(step.no) == self.asked)
    }
}

/// A step of a procedure.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its unit.
    pub no: UnitNo,
    /// The unit itself.
    pub unit: Arc<Unit<Target>>,
    /// Its number in the procedure: `2`, `2.1`. What is only told has none.
    pub number: String,
    /// How deep it is nested; 0 for the procedure's own steps.
    pub depth: usize,
    /// When it is done; `None` for always.
    pub condition: Option<Condition>,
    /// Is it one of several ways of which one is enough?
    pub option: bool,
    /// Is it the first of them?
    pub first: bool,
    /// Do cases hang under it?
    pub cases: bool,
    /// Where the text says to go from here.
    pub goes: Vec<Linker<Target>>,
    /// The number of an earlier step that says the same: its text is not shown twice.
    pub same_as: Option<String>,
}

impl Step {
    /// What must be so first, where it is a procedure of its own.
    pub fn prerequisites(&self) -> &[Prerequisite<Target>] {
        match self.unit.kind {
            Kind::Procedure => &self.unit.prerequisites,
            _ => &[],
        }
    }
}

/// Assembles what answers with a unit: for a step, the procedure that it is a step of.
///
/// # Errors
/// A unit cannot be read.
pub fn answering(
    library: &dyn Library,
    no: UnitNo,
    unit: &Unit<Target>,
) -> Result<Procedure, Unreadable> {
    if let Some(holder) = holder(library, unit)? {
        let procedure = assemble(library, holder)?;
        if procedure.steps.iter().any(|step| step.no == no) {
            return Ok(Procedure {
                asked: Some(no),
                ..procedure
            });
        }
    }
    assemble(library, no)
}

/// The procedure that holds a step which no heading names.
fn holder(library: &dyn Library, step: &Unit<Target>) -> Result<Option<UnitNo>, Unreadable> {
    let mut above = (step.kind == Kind::Step && step.id.is_nested())
        .then_some(step.place.parent)
        .flatten();
    while let Some(no) = above.filter(|no| library.sees(*no)) {
        let holder = library.unit(no)?;
        if holder.kind == Kind::Procedure {
            return Ok(Some(no));
        }
        above = holder.place.parent.filter(|parent| *parent < no);
    }
    Ok(None)
}

/// Assembles the procedure that a unit stands for. A step stands for itself and its parts.
///
/// # Errors
/// A unit cannot be read.
pub fn assemble(library: &dyn Library, no: UnitNo) -> Result<Procedure, Unreadable> {
    let unit = library.unit(no)?;
    let mut assembly = Assembly {
        library,
        steps: Vec::new(),
        seen: BTreeSet::from([no]),
        choices: BTreeSet::new(),
        shown: BTreeMap::new(),
        cut: false,
    };
    assembly.below(no, &unit, "", 0)?;
    let follow_ups = unit
        .linkers
        .iter()
        .filter(|l| l.kind == LinkerKind::FollowUp)
        .cloned()
        .collect();
    Ok(Procedure {
        no,
        asked: None,
        prerequisites: unit.prerequisites.clone(),
        steps: assembly.steps,
        follow_ups,
        cut: assembly.cut,
        unit,
    })
}

/// A unit that was shown, and its number.
type Shown = (UnitNo, Arc<Unit<Target>>);

struct Assembly<'a> {
    library: &'a dyn Library,
    steps: Vec<Step>,
    seen: BTreeSet<UnitNo>,
    /// The choices of which a way was shown, by the unit that decides.
    choices: BTreeSet<(UnitNo, Option<u16>)>,
    /// The numbers of steps, by the text that each says.
    shown: BTreeMap<UnitNo, String>,
    cut: bool,
}

impl Assembly<'_> {
    /// What hangs under a unit, each with what hangs under it, in the order of the text.
    fn below(
        &mut self,
        no: UnitNo,
        unit: &Unit<Target>,
        prefix: &str,
        depth: usize,
    ) -> Result<(), Unreadable> {
        let mut count = 0;
        for linker in self.held(unit, Beside::No) {
            let Some((part, shown)) = self.numbered(no, linker, prefix, depth, &mut count)? else {
                continue;
            };
            for way in self.held(&shown, Beside::Yes) {
                self.numbered(part, way, prefix, depth, &mut count)?;
            }
        }
        Ok(())
    }

    /// What hangs under a unit: within it, or beside it.
    fn held<'u>(&self, unit: &'u Unit<Target>, beside: Beside) -> Vec<&'u Linker<Target>> {
        let placed = |l: &&Linker<Target>| self.beside(unit, l) == beside;
        let linkers = unit.linkers.iter().filter(|l| self.holds(unit, l));
        let mut held: Vec<&Linker<Target>> = linkers.filter(placed).collect();
        held.sort_by_key(|l| (l.span.file, l.span.start));
        held
    }

    /// Sections that are ways to go on behind a section hang under it, and stand beside it.
    fn beside(&self, unit: &Unit<Target>, linker: &Linker<Target>) -> Beside {
        let section = |u: &Unit<Target>| !u.id.is_nested();
        let level = |way: Arc<Unit<Target>>| way.path.len() == unit.path.len() && section(&way);
        let read = |no: UnitNo| self.library.unit(no).ok();
        let way = || linker.target.unit().and_then(read);
        match linker.kind == LinkerKind::Option && section(unit) && way().is_some_and(level) {
            true => Beside::Yes,
            false => Beside::No,
        }
    }

    /// The target of a linker as the next step of its level, unless it was shown; what then hangs beside it
    /// is of this level too.
    fn numbered(
        &mut self,
        from: UnitNo,
        linker: &Linker<Target>,
        prefix: &str,
        depth: usize,
        count: &mut usize,
    ) -> Result<Option<Shown>, Unreadable> {
        let Some(no) = linker.target.unit().filter(|no| self.seen.insert(*no)) else {
            return Ok(None);
        };
        if depth >= MAX_DEPTH || self.steps.len() >= MAX_STEPS {
            self.cut = true;
            return Ok(None);
        }
        let unit = self.library.unit(no)?;
        let told = unit.told && linker.kind == LinkerKind::Part;
        *count += usize::from(!told);
        let number = match (told, prefix) {
            (true, _) => String::new(),
            (false, "") => count.to_string(),
            (false, _) => format!("{prefix}.{count}"),
        };
        self.step(from, (no, &unit), linker, number, depth)?;
        Ok(Some((no, unit)))
    }

    /// Is the target of a linker a part of what the unit does, and not somewhere else?
    fn holds(&self, unit: &Unit<Target>, linker: &Linker<Target>) -> bool {
        match linker.kind {
            LinkerKind::Part | LinkerKind::Option => true,
            LinkerKind::Branch => {
                let inside = |no| {
                    self.library
                        .unit(no)
                        .is_ok_and(|u| u.place.parent.is_some() && u.page == unit.page)
                };
                linker.via == crate::model::Via::Order && linker.target.unit().is_some_and(inside)
            }
            _ => false,
        }
    }

    fn step(
        &mut self,
        from: UnitNo,
        (no, unit): (UnitNo, &Arc<Unit<Target>>),
        linker: &Linker<Target>,
        number: String,
        depth: usize,
    ) -> Result<(), Unreadable> {
        let text = original(unit).unwrap_or(no);
        let same_as = self.shown.get(&text).cloned();
        if !number.is_empty() {
            self.shown.entry(text).or_insert_with(|| number.clone());
        }
        let goes = unit
            .linkers
            .iter()
            .filter(|l| leads_away(l))
            .cloned()
            .collect();
        let option = linker.kind == LinkerKind::Option;
        self.steps.push(Step {
            no,
            unit: unit.clone(),
            number: number.clone(),
            depth,
            condition: linker.condition.as_deref().cloned(),
            cases: unit
                .linkers
                .iter()
                .any(|l| l.kind == LinkerKind::Branch && self.holds(unit, l)),
            option,
            first: option && self.choices.insert((from, linker.decision)),
            goes,
            same_as: same_as.clone(),
        });
        // What a step holds that says the same is the same too.
        if same_as.is_none() {
            self.below(no, unit, &number, depth + 1)?;
        }
        Ok(())
    }
}

/// Does what hangs under a unit stand beside it in the text?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    No,
    Yes,
}

/// The first unit that says the same.
fn original(unit: &Unit<Target>) -> Option<UnitNo> {
    let same = unit.linkers.iter().find(|l| l.kind == LinkerKind::Same);
    same.and_then(|l| l.target.unit())
}

/// Does the text itself say to go somewhere else?
fn leads_away(linker: &Linker<Target>) -> bool {
    use crate::model::Via;
    matches!(
        linker.kind,
        LinkerKind::Next | LinkerKind::Branch | LinkerKind::Call
    ) && linker.via != Via::Order
        && linker.via != Via::Inferred
}
