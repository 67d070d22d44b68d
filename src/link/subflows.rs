//! Sections that are done where the text calls them in some case, and not in the order of the page: "If they
//! have forgotten the name, use the Find Name subflow." What stands behind the last step that everybody does
//! is then not for everybody.

use std::collections::BTreeSet;

use super::Ends;
use crate::extract::Extracted;
use crate::model::{Kind, Linker, LinkerKind, Role, Target, UnitNo, Via};

/// Takes document order past the sections of a page that it calls before them, and only in some case.
pub(super) fn pass(page: &Extracted, base: u32, ends: &mut [Ends]) {
    let mut called = led_to(LinkerKind::Call, page, base, ends);
    // Nothing else is behind the last sections that are only pointed at.
    for to in led_to(LinkerKind::See, page, base, ends).into_iter().rev() {
        let next = ends[to].linkers.iter().find(|l| is_order(l));
        let next = next.and_then(|next| local(next, base, ends.len()));
        let does = page.units[to].kind == Kind::Procedure;
        if does && next.is_none_or(|next| called.contains(&next)) {
            called.insert(to);
        }
    }
    if called.is_empty() {
        return;
    }
    let behind = |mut to: usize| loop {
        if !called.contains(&to) {
            return Some(to);
        }
        let next = ends[to].linkers.iter().find(|l| is_order(l))?;
        to = local(next, base, ends.len())?;
    };
    let passed: Vec<_> = called.iter().map(|to| (*to, behind(*to))).collect();
    for end in ends {
        end.linkers.retain_mut(|linker| {
            let to = local(linker, base, page.units.len()).filter(|_| is_order(linker));
            let Some((_, behind)) = to.and_then(|to| passed.iter().find(|(c, _)| *c == to)) else {
                return true;
            };
            if let Some(behind) = behind {
                linker.target = Target::Unit(UnitNo(base + *behind as u32));
            }
            behind.is_some()
        });
    }
}

/// The sections that units before them call, or point at, in some case.
fn led_to(kind: LinkerKind, page: &Extracted, base: u32, ends: &[Ends]) -> BTreeSet<usize> {
    let mut called = BTreeSet::new();
    for (unit, end) in ends.iter().enumerate() {
        for linker in end.linkers.iter().filter(|l| l.kind == kind) {
            let to = local(linker, base, page.units.len()).filter(|to| *to > unit);
            let section = |to: &usize| {
                let place = &page.units[*to].place;
                page.titled[*to] && place.role == Role::Part
            };
            let in_case = || linker.condition.is_some() || in_case(page, base, ends, unit);
            called.extend(to.filter(section).filter(|_| in_case()));
        }
    }
    called
}

/// Is a unit reached only in some case, within its section? One of several ways is no case.
fn in_case(page: &Extracted, base: u32, ends: &[Ends], mut unit: usize) -> bool {
    loop {
        let place = &page.units[unit].place;
        let Some(parent) = place.parent.map(UnitNo::index) else {
            return false;
        };
        match place.role {
            Role::Choice(_) => {
                let mut leading = ends[parent].linkers.iter();
                let leads = |l: &&Linker<Target>| local(l, base, ends.len()) == Some(unit);
                return leading
                    .find(leads)
                    .is_some_and(|l| l.kind == LinkerKind::Branch);
            }
            Role::Part if !page.titled[unit] => unit = parent,
            _ => return false,
        }
    }
}

fn is_order(linker: &Linker<Target>) -> bool {
    linker.kind == LinkerKind::Next && linker.via == Via::Order
}

/// The unit of the page that a linker leads to.
fn local(linker: &Linker<Target>, base: u32, units: usize) -> Option<usize> {
    let to = linker.target.unit()?.0.checked_sub(base)? as usize;
    (to < units).then_some(to)
}
