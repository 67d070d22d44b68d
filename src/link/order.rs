//! Where the text says how to go on, document order does not.

use crate::model::{Linker, LinkerKind, Target, Unit, Via};

/// Takes document order away from units that say where to go, and makes decisions dense.
pub(super) fn settle(units: &mut [Unit<Target>]) {
    for unit in units {
        let says = |l: &Linker<Target>| l.kind == LinkerKind::Next && l.via != Via::Order;
        if unit.linkers.iter().any(says) {
            unit.linkers
                .retain(|l| l.kind != LinkerKind::Next || l.via != Via::Order);
        }
        // Of several places to go on to without a condition, the first is meant.
        let mut seen = false;
        unit.linkers
            .retain(|l| l.kind != LinkerKind::Next || !std::mem::replace(&mut seen, true));
        unit.linkers.sort_by_key(|l| (l.span.file, l.span.start));
    }
}
