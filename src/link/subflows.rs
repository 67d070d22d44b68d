//! Sections that are done where the text calls them in some case, and not in the order of the page: "If they
//! have forgotten the name, use the Find Name subflow." What stands behind the last step that everybody does
//! is then not for everybody.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Ends;
use crate::extract::Extracted;
use crate::model::{Kind, Linker, LinkerKind, Role, Target, UnitNo, Via};

/// Takes document order past the sections of a page that it calls before them, and only in some case.
pub(super) fn pass(page: &Extracted, base: u32, ends: &mut [Ends]) {
    let called = Calls::of(page, base, ends).in_some_case();
    // From the last on, so that what is behind one that is called too is known.
    let mut passed: FxHashMap<usize, Option<usize>> = FxHashMap::default();
    for to in called.iter().rev() {
        let behind =
            next(base, ends, *to).map(|next| passed.get(&next).copied().unwrap_or(Some(next)));
        passed.insert(*to, behind.flatten());
    }
    if passed.is_empty() {
        return;
    }
    let units = page.units.len();
    for end in ends {
        end.linkers.retain_mut(|linker| {
            let to = local(linker, base, units).filter(|_| is_order(linker));
            match to.and_then(|to| passed.get(&to)) {
                Some(Some(behind)) => {
                    linker.target = Target::Unit(UnitNo(base + *behind as u32));
                    true
                }
                Some(None) => false,
                None => true,
            }
        });
    }
}

/// What leads to the sections of a page.
struct Calls<'a> {
    page: &'a Extracted,
    base: u32,
    ends: &'a [Ends],
    /// The units that a branch leads to. One of several ways is no case.
    branches: FxHashSet<usize>,
}

impl<'a> Calls<'a> {
    fn of(page: &'a Extracted, base: u32, ends: &'a [Ends]) -> Self {
        let linkers = ends.iter().flat_map(|end| &end.linkers);
        let branches = linkers.filter(|l| l.kind == LinkerKind::Branch);
        let branches = branches
            .filter_map(|l| local(l, base, ends.len()))
            .collect();
        Calls {
            page,
            base,
            ends,
            branches,
        }
    }

    /// The sections that are called only in some case.
    fn in_some_case(&self) -> BTreeSet<usize> {
        let mut called = self.led_to(LinkerKind::Call);
        // Nothing else is behind the last sections that are only pointed at.
        for to in self.led_to(LinkerKind::See).into_iter().rev() {
            let does = self.page.units[to].kind == Kind::Procedure;
            let next = next(self.base, self.ends, to);
            if does && next.is_none_or(|next| called.contains(&next)) {
                called.insert(to);
            }
        }
        called
    }

    /// The sections that units before them call, or point at, in some case. What a section calls that is itself
    /// called only so is so, too: the calls of it stand before those in it.
    fn led_to(&self, kind: LinkerKind) -> BTreeSet<usize> {
        let mut led = BTreeSet::new();
        for (unit, end) in self.ends.iter().enumerate() {
            for linker in end.linkers.iter().filter(|l| l.kind == kind) {
                let to = local(linker, self.base, self.ends.len()).filter(|to| *to > unit);
                let section = |to: &usize| {
                    self.page.titled[*to] && self.page.units[*to].place.role == Role::Part
                };
                let cased = |section| kind == LinkerKind::Call && led.contains(&section);
                let in_case = linker.condition.is_some() || self.in_case(unit, cased);
                led.extend(to.filter(section).filter(|_| in_case));
            }
        }
        led
    }

    /// Is a unit reached only in some case, within its section? `cased`: is that section?
    fn in_case(&self, mut unit: usize, cased: impl Fn(usize) -> bool) -> bool {
        loop {
            let place = &self.page.units[unit].place;
            let Some(parent) = place.parent.map(UnitNo::index) else {
                return false;
            };
            match place.role {
                Role::Choice(_) => return self.branches.contains(&unit),
                Role::Part if !self.page.titled[unit] => unit = parent,
                _ => return cased(unit),
            }
        }
    }
}

/// The unit that document order leads to from here.
fn next(base: u32, ends: &[Ends], unit: usize) -> Option<usize> {
    let next = ends[unit].linkers.iter().find(|l| is_order(l))?;
    local(next, base, ends.len())
}

fn is_order(linker: &Linker<Target>) -> bool {
    linker.kind == LinkerKind::Next && linker.via == Via::Order
}

/// The unit of the page that a linker leads to.
fn local(linker: &Linker<Target>, base: u32, units: usize) -> Option<usize> {
    let to = linker.target.unit()?.0.checked_sub(base)? as usize;
    (to < units).then_some(to)
}
