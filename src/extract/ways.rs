//! What is asked of the linkers of a unit again and again: a unit may have as many as its page has lines.

use std::hash::{BuildHasher, Hash};

use rustc_hash::FxBuildHasher;

use crate::model::{Alike, Linker, LinkerKind, Mention, UnitNo};

/// Where the linkers of a unit stand among each other.
#[derive(Debug, Default)]
pub(super) struct Ways {
    /// Where the text goes on.
    pub(super) next: Option<UnitNo>,
    /// The linkers that are of a later decision than all before them, each with its decision.
    later: Vec<(u16, usize)>,
    /// The last linker that is of a decision.
    pub(super) decided: Option<usize>,
    /// The last linker under a condition.
    pub(super) conditional: Option<usize>,
    alike: Alike,
}

impl Ways {
    /// What stands among these.
    pub(super) fn of(linkers: &[Linker<Mention>]) -> Self {
        let mut ways = Ways::default();
        for (place, linker) in linkers.iter().enumerate() {
            ways.note(place, linker);
        }
        ways
    }

    /// Notes a linker behind all others.
    pub(super) fn note(&mut self, place: usize, linker: &Linker<Mention>) {
        if let (LinkerKind::Next, Mention::Local(next)) = (linker.kind, &linker.target) {
            self.next.get_or_insert(*next);
        }
        if linker.condition.is_some() {
            self.conditional = Some(place);
        }
        if let Some(decision) = linker.decision {
            self.decided = Some(place);
            if self.later.last().is_none_or(|(last, _)| *last < decision) {
                self.later.push((decision, place));
            }
        }
    }

    /// The number of the last decision.
    pub(super) fn last_decision(&self) -> Option<u16> {
        self.later.last().map(|(decision, _)| *decision)
    }

    /// The first linker that is of a later decision than this one; of any, where there is none.
    pub(super) fn after(&self, decision: Option<u16>) -> Option<usize> {
        let before = |(other, _): &(u16, usize)| decision.is_some_and(|d| *other <= d);
        let at = self.later.partition_point(before);
        self.later.get(at).map(|(_, place)| *place)
    }

    /// Is there one among the linkers that leads to the same, in the same way?
    pub(super) fn has(&mut self, linkers: &[Linker<Mention>], linker: &Linker<Mention>) -> bool {
        let same = |a: &Linker<Mention>, b: &Linker<Mention>| way(a) == way(b);
        let hash = |l: &Linker<Mention>| FxBuildHasher.hash_one(way(l));
        self.alike.has(linkers, linker, same, hash)
    }
}

/// Where a linker leads, and how.
fn way(linker: &Linker<Mention>) -> impl Eq + Hash {
    (linker.kind, &linker.target, &linker.condition, linker.via)
}
