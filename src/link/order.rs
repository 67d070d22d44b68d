//! Where the text says how to go on, document order does not.

use std::hash::{BuildHasher, Hash};

use rustc_hash::FxBuildHasher;

use crate::model::{Alike, Linker, LinkerKind, Target, Via};

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

/// Each linker once: of those that lead to the same in the same way, the first.
pub fn distinct(linkers: impl Iterator<Item = Linker<Target>>) -> Vec<Linker<Target>> {
    let mut kept: Vec<Linker<Target>> = Vec::with_capacity(linkers.size_hint().0);
    let same = |a: &Linker<Target>, b: &Linker<Target>| way(a) == way(b);
    let hash = |l: &Linker<Target>| FxBuildHasher.hash_one(way(l));
    let mut alike = Alike::default();
    for linker in linkers {
        if !alike.has(&kept, &linker, same, hash) {
            kept.push(linker);
        }
    }
    kept
}

/// Where a linker leads, and when.
fn way(linker: &Linker<Target>) -> impl Eq + Hash {
    (linker.kind, &linker.target, &linker.condition)
}
