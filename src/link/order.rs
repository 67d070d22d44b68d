//! Where the text says how to go on, document order does not.

use std::collections::hash_map::Entry;
use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::model::{Linker, LinkerKind, Target, Via};

/// Takes document order away from a unit that says where to go, and puts its linkers in the order of
/// the text.
pub fn settle(linkers: &mut Vec<Linker<Target>>) {
    let says = |l: &Linker<Target>| l.kind == LinkerKind::Next && l.via != Via::Order;
    if linkers.iter().any(says) {
        linkers.retain(|l| l.kind != LinkerKind::Next || l.via != Via::Order);
    }
    // Of several places to go on to without a condition, the first is meant.
    let mut seen = false;
    linkers.retain(|l| l.kind != LinkerKind::Next || !std::mem::replace(&mut seen, true));
    linkers.sort_by_key(|l| (l.span.file, l.span.start));
}

/// So many linkers are compared each with each.
const FEW: usize = 64;

/// Each linker once: of those that lead to the same in the same way, the first.
pub fn distinct(linkers: impl Iterator<Item = Linker<Target>>) -> Vec<Linker<Target>> {
    let mut kept: Vec<Linker<Target>> = Vec::with_capacity(linkers.size_hint().0);
    let many = linkers.size_hint().1.is_none_or(|most| most > FEW);
    let mut places = FxHashMap::default();
    for linker in linkers {
        let same = |l: &Linker<Target>| {
            l.kind == linker.kind && l.target == linker.target && l.condition == linker.condition
        };
        let way = || FxBuildHasher.hash_one((linker.kind, &linker.target, &linker.condition));
        let met = match many.then(|| places.entry(way())) {
            Some(Entry::Vacant(place)) => {
                place.insert(kept.len());
                false
            }
            Some(Entry::Occupied(place)) => same(&kept[*place.get()]) || kept.iter().any(same),
            None => kept.iter().any(same),
        };
        if !met {
            kept.push(linker);
        }
    }
    kept
}
