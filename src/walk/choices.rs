//! The linkers that can be taken at a stop.

use std::collections::BTreeMap;

use super::position::{Known, Moved};
use super::ways::{Way, next_of, ways};
use super::{Stop, Walk};
use crate::model::{Library, Linker, LinkerKind, Polarity, Prerequisite, Target, Unit, Unreadable};

/// A linker that can be taken now.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The linker.
    pub linker: Linker<Target>,
    /// What the target is for; for a target outside of the set, its address or query.
    pub header: String,
}

/// Is a prerequisite met?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrerequisiteState {
    /// The person said so, or a fact implies it.
    Met,
    /// A fact rules it out.
    Unmet,
    /// Nobody said.
    Unknown,
}

impl PrerequisiteState {
    /// The name in the public interface.
    pub fn name(self) -> &'static str {
        match self {
            PrerequisiteState::Met => "met",
            PrerequisiteState::Unmet => "unmet",
            PrerequisiteState::Unknown => "unknown",
        }
    }
}

impl Walk {
    /// The unit the walk is at, and what can be done there.
    pub(super) fn stop(&self, library: &dyn Library) -> Result<Stop, Unreadable> {
        let unit = library.unit(self.at.unit)?;
        let prerequisites: Vec<_> = unit
            .prerequisites
            .iter()
            .map(|p| (p.clone(), self.state(p)))
            .collect();
        let mut choices = Vec::new();
        for linker in self.open_linkers(&unit) {
            if self.offers(library, linker, &prerequisites)? {
                let header = header(library, &linker.target)?;
                choices.push(Choice {
                    linker: linker.clone(),
                    header,
                });
            }
        }
        Ok(Stop {
            onward: self.onward(library)?,
            no: self.at.unit,
            depth: self.at.frames.len().saturating_sub(1),
            choices,
            prerequisites,
            unit,
        })
    }

    /// What the walk comes to where nothing is chosen here.
    fn onward(&self, library: &dyn Library) -> Result<Option<String>, Unreadable> {
        let there = match self.at.on(library, &self.known())? {
            Moved::To(there) => there.unit,
            Moved::End(_) => return Ok(None),
        };
        Ok(Some(library.unit(there)?.header.clone()))
    }

    /// The linkers of a unit that its next way opens, and those that are always there, in the order
    /// of the text.
    fn open_linkers<'u>(&self, unit: &'u Unit<Target>) -> Vec<&'u Linker<Target>> {
        let ways = ways(unit);
        let mut open: Vec<&Linker<Target>> = match ways.get(self.at.way) {
            Some(Way::Parts(linker) | Way::Call(linker)) => vec![linker],
            Some(Way::Decision(_, linkers)) => linkers.clone(),
            None => Vec::new(),
        };
        let last = self.at.way + 1 >= ways.len();
        let asks = matches!(ways.get(self.at.way), Some(Way::Decision(..)) | None);
        // Past the last decision lies what comes next, unless the author stops there.
        if last && asks && (unit.ends.is_none()) {
            open.extend(next_of(unit));
        }
        // What a choice leads to is not offered a second time beside it.
        let taken: Vec<Target> = open.iter().map(|l| l.target.clone()).collect();
        let beside = |l: &&Linker<Target>| match l.kind {
            LinkerKind::Requires => self.at.way == 0,
            LinkerKind::See => l.target.unit().is_some() && !taken.contains(&l.target),
            LinkerKind::Defines => l.target.unit().is_some(),
            _ => false,
        };
        open.extend(unit.linkers.iter().filter(beside));
        open.sort_by_key(|l| unit.linkers.iter().position(|x| std::ptr::eq(x, *l)));
        open
    }

    /// Is a linker worth offering: not a variant that facts rule out, nor a requirement that is met?
    fn offers(
        &self,
        library: &dyn Library,
        linker: &Linker<Target>,
        prerequisites: &[(Prerequisite<Target>, PrerequisiteState)],
    ) -> Result<bool, Unreadable> {
        match (linker.kind, linker.target.unit()) {
            (LinkerKind::Option, Some(target)) => {
                let nothing = BTreeMap::new();
                let known = Known {
                    options: &nothing,
                    facts: &self.facts,
                };
                Ok(!known.rules_out(&library.unit(target)?.applies))
            }
            (LinkerKind::Requires, _) => Ok(!prerequisites.iter().any(|(p, state)| {
                let asks = p.target.as_ref() == Some(&linker.target);
                asks && (*state == PrerequisiteState::Met || self.is_unneeded(p, prerequisites))
            })),
            _ => Ok(true),
        }
    }

    /// Is a prerequisite for a case that facts rule out, or is another met of those of which one is enough?
    fn is_unneeded(
        &self,
        prerequisite: &Prerequisite<Target>,
        all: &[(Prerequisite<Target>, PrerequisiteState)],
    ) -> bool {
        let condition = prerequisite.condition.as_ref();
        let ruled_out = || {
            let (test, polarity) = (condition?.test.as_ref()?, condition?.polarity);
            let holds = self.facts.decide(test)?;
            Some(holds != (polarity == Polarity::Yes))
        };
        let other_way = || {
            all.iter().any(|(other, state)| {
                let way = other.one_of == prerequisite.one_of;
                way && *state == PrerequisiteState::Met
            })
        };
        ruled_out() == Some(true) || prerequisite.one_of.is_some() && other_way()
    }

    fn state(&self, prerequisite: &Prerequisite<Target>) -> PrerequisiteState {
        if self.met.contains(&prerequisite.text) {
            return PrerequisiteState::Met;
        }
        let decided = prerequisite
            .constraint
            .as_ref()
            .and_then(|c| self.facts.decide(c));
        match decided {
            Some(true) => PrerequisiteState::Met,
            Some(false) => PrerequisiteState::Unmet,
            None => PrerequisiteState::Unknown,
        }
    }
}

fn header(library: &dyn Library, target: &Target) -> Result<String, Unreadable> {
    Ok(match target {
        Target::Unit(no) => library.unit(*no)?.header.clone(),
        Target::Query(text) | Target::Url(text) => text.clone(),
    })
}
