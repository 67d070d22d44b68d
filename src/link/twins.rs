//! Steps that say the same in several places: all point to the first of them.

use rustc_hash::FxHashMap;

use crate::model::{Linker, LinkerKind, Target, Unit, UnitNo, Via};

/// Joins units of one fingerprint by `same` linkers, each to the first.
pub(super) fn join(units: &mut [Unit<Target>], fingerprints: impl Iterator<Item = Option<u128>>) {
    let mut first: FxHashMap<u128, UnitNo> = FxHashMap::default();
    for (no, print) in fingerprints.enumerate() {
        let Some(print) = print else { continue };
        let this = UnitNo(no as u32);
        let original = *first.entry(print).or_insert(this);
        // Labels would tell a caller of a text that is not for it.
        let unit = &units[no];
        if original == this || units[original.index()].labels != unit.labels {
            continue;
        }
        let span = unit.span;
        units[no].linkers.push(Linker {
            kind: LinkerKind::Same,
            target: Target::Unit(original),
            via: Via::Inferred,
            condition: None,
            decision: None,
            span,
        });
    }
}
