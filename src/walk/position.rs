//! Where a walk is, and where it goes on.

use std::collections::BTreeMap;

use super::Reason;
use super::ways::{Way, behind_decision, behind_parts, next_of, ways};
use crate::model::{
    Facts, Kind, Library, Linker, LinkerKind, Role, Target, Unit, UnitNo, Unreadable,
};

/// Where a walk is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// The unit.
    pub(super) unit: UnitNo,
    /// How many of its ways were passed.
    pub(super) way: usize,
    /// The procedure of the walk, then the calls that are open, innermost last.
    pub(super) frames: Vec<Frame>,
}

/// A procedure that is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// Document order never leads out of it.
    pub(super) scope: UnitNo,
    /// Where to go on behind it: the unit that called, and how many of its ways are passed then.
    pub(super) caller: Option<(UnitNo, usize)>,
}

/// Where a move led.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Moved {
    /// There.
    To(Position),
    /// Out of the walk.
    End(Reason),
}

/// What is known when an option has to be chosen without asking.
pub(super) struct Known<'a> {
    pub(super) options: &'a BTreeMap<String, String>,
    pub(super) facts: &'a Facts,
}

/// The procedure that a unit belongs to: for a step the nearest around it, or the outermost unit; a
/// section of another kind stands for itself.
pub(super) fn procedure_of(library: &dyn Library, unit: UnitNo) -> Result<UnitNo, Unreadable> {
    let mut at = unit;
    loop {
        let here = library.unit(at)?;
        match here.place.parent {
            Some(parent) if here.kind == Kind::Step => at = parent,
            _ => return Ok(at),
        }
    }
}

impl Position {
    /// On by what has no condition; at a decision, none of it holds.
    pub(super) fn on(&self, library: &dyn Library, known: &Known<'_>) -> Result<Moved, Unreadable> {
        let unit = library.unit(self.unit)?;
        let ways = ways(&unit);
        match ways.get(self.way) {
            Some(Way::Parts(part)) => self.enter(library, part),
            Some(Way::Call(call)) => self.enter(library, call),
            Some(Way::Decision(_, linkers)) => match default(library, linkers, known)? {
                Some(linker) => self.enter(library, linker),
                None => self.resume(library, self.unit, self.way + 1, Past::Nothing),
            },
            None => self.leave(library, &unit, Past::Nothing),
        }
    }

    /// Along a linker that was chosen.
    pub(super) fn along(
        &self,
        library: &dyn Library,
        linker: &Linker<Target>,
        target: UnitNo,
    ) -> Result<Moved, Unreadable> {
        match linker.kind {
            LinkerKind::Call => self.call(library, target, self.way_behind(library, linker)?),
            // What is required is done first; then the unit itself begins.
            LinkerKind::Requires => self.call(library, target, self.way),
            LinkerKind::Part => Ok(Moved::To(self.at(target))),
            _ => self.jump(library, target),
        }
    }

    fn enter(&self, library: &dyn Library, linker: &Linker<Target>) -> Result<Moved, Unreadable> {
        match linker.target.unit() {
            Some(target) => self.along(library, linker, target),
            // A procedure outside of the set is done elsewhere.
            None => self.resume(library, self.unit, self.way + 1, Past::Nothing),
        }
    }

    /// The index of the way behind a call.
    fn way_behind(
        &self,
        library: &dyn Library,
        linker: &Linker<Target>,
    ) -> Result<usize, Unreadable> {
        let unit = library.unit(self.unit)?;
        let found = ways(&unit).iter().position(|w| match w {
            Way::Call(l) => *l == linker,
            Way::Decision(_, linkers) => linkers.contains(&linker),
            Way::Parts(_) => false,
        });
        Ok(found.map_or(self.way, |i| i + 1))
    }

    fn at(&self, unit: UnitNo) -> Position {
        Position {
            unit,
            way: 0,
            frames: self.frames.clone(),
        }
    }

    /// To a unit, which may lie outside of the procedure: then its own procedure bounds the walk.
    fn jump(&self, library: &dyn Library, target: UnitNo) -> Result<Moved, Unreadable> {
        let mut to = self.at(target);
        if let Some(frame) = to.frames.last_mut()
            && !is_inside(library, target, frame.scope)?
        {
            frame.scope = procedure_of(library, target)?;
        }
        Ok(Moved::To(to))
    }

    /// Into another procedure, to come back behind way `way` of this unit.
    fn call(&self, library: &dyn Library, target: UnitNo, way: usize) -> Result<Moved, Unreadable> {
        let mut to = self.at(target);
        if let Some(open) = to.frames.iter().position(|f| f.scope == target) {
            to.frames.truncate(open + 1);
            return Ok(Moved::To(to));
        }
        // Deeper than any reader follows: a chain of calls this long is a loop through its callers.
        if to.frames.len() >= MAX_CALLS {
            return self.resume(library, self.unit, way, Past::Choice);
        }
        to.frames.push(Frame {
            scope: target,
            caller: Some((self.unit, way)),
        });
        Ok(Moved::To(to))
    }

    /// On at a unit whose first `way` ways are passed.
    fn resume(
        &self,
        library: &dyn Library,
        unit: UnitNo,
        way: usize,
        past: Past,
    ) -> Result<Moved, Unreadable> {
        let here = library.unit(unit)?;
        let position = Position {
            unit,
            way,
            frames: self.frames.clone(),
        };
        let left = ways(&here);
        match left.get(way) {
            // A question has to be asked; everything else goes on by itself.
            Some(Way::Decision(..)) => Ok(Moved::To(position)),
            Some(Way::Parts(linker) | Way::Call(linker)) => position.enter(library, linker),
            None => position.leave(library, &here, past),
        }
    }

    /// Behind everything that a unit holds.
    fn leave(
        &self,
        library: &dyn Library,
        unit: &Unit<Target>,
        past: Past,
    ) -> Result<Moved, Unreadable> {
        if let (Some(ending), Past::Nothing) = (unit.ends, past) {
            return self.finish(library, Reason::Ends(ending));
        }
        if let Some(next) = next_of(unit) {
            let stated = next.via != crate::model::Via::Order;
            if let Some(target) = next
                .target
                .unit()
                .filter(|_| stated || Some(self.unit) != self.scope())
            {
                return self.jump(library, target);
            }
        }
        self.up(library, unit)
    }

    fn scope(&self) -> Option<UnitNo> {
        self.frames.last().map(|f| f.scope)
    }

    /// To what follows in the unit above.
    fn up(&self, library: &dyn Library, unit: &Unit<Target>) -> Result<Moved, Unreadable> {
        if Some(self.unit) == self.scope() {
            return self.finish(library, Reason::Complete);
        }
        let Some(parent) = unit.place.parent else {
            return self.finish(library, Reason::Complete);
        };
        let above = library.unit(parent)?;
        match unit.place.role {
            Role::Part => self.resume(library, parent, behind_parts(&above), Past::Nothing),
            Role::Choice(number) => self.resume(
                library,
                parent,
                behind_decision(&above, number),
                Past::Choice,
            ),
            Role::Root | Role::Aside => self.finish(library, Reason::Complete),
        }
    }

    /// Out of the current call, or out of the walk.
    fn finish(&self, library: &dyn Library, reason: Reason) -> Result<Moved, Unreadable> {
        let mut frames = self.frames.clone();
        match frames.pop().and_then(|f| f.caller) {
            Some((unit, way)) => {
                let position = Position { unit, way, frames };
                let there = position.resume(library, unit, way, Past::Choice)?;
                // Where nothing is left to do behind the call, its end is the end.
                Ok(match there {
                    Moved::End(Reason::Complete) => Moved::End(reason),
                    there => there,
                })
            }
            None => Ok(Moved::End(reason)),
        }
    }
}

/// A call that would open more procedures than this goes on instead.
const MAX_CALLS: usize = 64;

/// What was done last at a unit that is being left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Past {
    /// Nothing that answers whether to stop: where the author stops, the walk does.
    Nothing,
    /// A branch or a call was taken: the author's stop is the other side of it.
    Choice,
}

/// The linker of a decision that is taken without asking: the "otherwise", an option that is known,
/// or the first option.
fn default<'u>(
    library: &dyn Library,
    linkers: &[&'u Linker<Target>],
    known: &Known<'_>,
) -> Result<Option<&'u Linker<Target>>, Unreadable> {
    if let Some(otherwise) = linkers
        .iter()
        .find(|l| l.condition.as_ref().is_some_and(|c| c.otherwise))
    {
        return Ok(Some(otherwise));
    }
    let mut first = None;
    for linker in linkers
        .iter()
        .filter(|l| l.kind == LinkerKind::Option && l.condition.is_none())
    {
        let Some(target) = linker.target.unit() else {
            continue;
        };
        let applies = &library.unit(target)?.applies;
        if known.rules_out(applies) {
            continue;
        }
        if known.picks(applies) {
            return Ok(Some(linker));
        }
        first = first.or(Some(*linker));
    }
    Ok(first)
}

impl Known<'_> {
    fn value(&self, key: &str) -> Option<&str> {
        self.facts
            .value(key)
            .or_else(|| self.options.get(key).map(String::as_str))
    }

    /// Does a variant apply by what is known?
    fn picks(&self, applies: &BTreeMap<String, Vec<String>>) -> bool {
        applies.iter().any(|(key, values)| {
            self.value(key)
                .is_some_and(|v| values.iter().any(|x| x.eq_ignore_ascii_case(v)))
        })
    }

    /// Is a variant for something else than what is so?
    pub(super) fn rules_out(&self, applies: &BTreeMap<String, Vec<String>>) -> bool {
        applies.iter().any(|(key, values)| {
            self.facts.value(key).is_some_and(|v| {
                !values.is_empty() && !values.iter().any(|x| x.eq_ignore_ascii_case(v))
            })
        })
    }
}

/// Does a unit hang under another, or is it the same?
fn is_inside(library: &dyn Library, unit: UnitNo, outer: UnitNo) -> Result<bool, Unreadable> {
    let mut at = Some(unit);
    while let Some(no) = at {
        if no == outer {
            return Ok(true);
        }
        at = library.unit(no)?.place.parent;
    }
    Ok(false)
}
