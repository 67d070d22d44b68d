//! What a unit holds before the walk leaves it, in order.

use crate::model::{Linker, LinkerKind, Target, Unit, Via};

/// One thing to pass at a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way<'u> {
    /// Into the first part.
    Parts(&'u Linker<Target>),
    /// A procedure to do.
    Call(&'u Linker<Target>),
    /// One of several linkers, by its number.
    Decision(u16, Vec<&'u Linker<Target>>),
}

impl Way<'_> {
    /// Where it stands in the text. What was concluded and not said comes last.
    fn place(&self) -> (bool, u32) {
        let first = match self {
            Way::Parts(l) | Way::Call(l) => l,
            Way::Decision(_, linkers) => match linkers.first() {
                Some(first) => first,
                None => return (true, u32::MAX),
            },
        };
        (first.via == Via::Inferred, first.span.start)
    }

    /// How two ways at the same place are ordered.
    fn rank(&self) -> u8 {
        match self {
            Way::Parts(_) => 0,
            Way::Call(_) => 1,
            Way::Decision(..) => 2,
        }
    }
}

/// The ways of a unit in the order of the text.
pub(super) fn ways(unit: &Unit<Target>) -> Vec<Way<'_>> {
    let mut ways: Vec<Way<'_>> = Vec::new();
    if let Some(part) = unit.linkers.iter().find(|l| l.kind == LinkerKind::Part) {
        ways.push(Way::Parts(part));
    }
    for linker in &unit.linkers {
        match (linker.kind, linker.decision) {
            (LinkerKind::Branch | LinkerKind::Option | LinkerKind::Call, Some(number)) => {
                add_to_decision(&mut ways, number, linker);
            }
            (LinkerKind::Call, None) => ways.push(Way::Call(linker)),
            _ => {}
        }
    }
    ways.sort_by_key(|w| (w.place(), w.rank()));
    ways
}

fn add_to_decision<'u>(ways: &mut Vec<Way<'u>>, number: u16, linker: &'u Linker<Target>) {
    let open = ways.iter_mut().find_map(|w| match w {
        Way::Decision(n, linkers) if *n == number => Some(linkers),
        _ => None,
    });
    match open {
        Some(linkers) => linkers.push(linker),
        None => ways.push(Way::Decision(number, vec![linker])),
    }
}

/// The index of the way behind this decision.
pub(super) fn behind_decision(unit: &Unit<Target>, number: u16) -> usize {
    let ways = ways(unit);
    ways.iter()
        .position(|w| matches!(w, Way::Decision(n, _) if *n == number))
        .map_or(ways.len(), |i| i + 1)
}

/// The index of the way behind the parts.
pub(super) fn behind_parts(unit: &Unit<Target>) -> usize {
    let ways = ways(unit);
    ways.iter()
        .position(|w| matches!(w, Way::Parts(_)))
        .map_or(0, |i| i + 1)
}

/// The linker to what comes after a unit.
pub(super) fn next_of(unit: &Unit<Target>) -> Option<&Linker<Target>> {
    unit.linkers.iter().find(|l| l.kind == LinkerKind::Next)
}
