//! What is asked of the linkers of a unit again and again: a unit may have as many as its page has lines.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::model::{Linker, LinkerKind, Mention, UnitNo};

/// So few linkers are compared one by one.
const FEW: usize = 64;

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
    /// The first of the linkers with a hash, once there are many; of as many as `hashed`.
    places: FxHashMap<u64, usize>,
    hashed: usize,
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
        let same = |l: &Linker<Mention>| {
            l.kind == linker.kind
                && l.target == linker.target
                && l.condition == linker.condition
                && l.via == linker.via
        };
        if linkers.len() <= FEW {
            return linkers.iter().any(same);
        }
        for (place, linker) in linkers.iter().enumerate().skip(self.hashed) {
            self.places.entry(hash(linker)).or_insert(place);
        }
        self.hashed = linkers.len();
        let met = self.places.get(&hash(linker));
        met.is_some_and(|place| same(&linkers[*place]) || linkers.iter().any(same))
    }
}

fn hash(linker: &Linker<Mention>) -> u64 {
    let Linker {
        kind,
        target,
        condition,
        via,
        ..
    } = linker;
    FxBuildHasher.hash_one((kind, target, condition, via))
}
