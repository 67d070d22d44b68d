//! Which units are exported.

use std::collections::VecDeque;

use super::ExportError;
use crate::model::{Library, UnitId, UnitNo, Unreadable};

/// How far a part of the graph reaches where nothing says otherwise.
pub const DEFAULT_DEPTH: u32 = 2;

/// Which units are exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    All,
    /// A unit and what is near it.
    Around {
        /// The unit.
        unit: UnitId,
        /// How many linkers may lie between it and another unit; followed in both directions.
        depth: u32,
    },
}

/// The units in the scope, in the order of the export: by file, place in the file, and id.
pub(super) fn select(library: &dyn Library, scope: &Scope) -> Result<Vec<UnitNo>, ExportError> {
    let units = match scope {
        Scope::All => seen(library).collect(),
        Scope::Around { unit, depth } => {
            let no = library.find(unit)?;
            let no = no.ok_or_else(|| ExportError::NoSuchUnit(unit.clone()))?;
            near(&neighbours(library)?, no, *depth)
        }
    };
    Ok(ordered(library, units)?)
}

/// Files are numbered in the order of their paths, so that their numbers order them too.
fn ordered(library: &dyn Library, units: Vec<UnitNo>) -> Result<Vec<UnitNo>, Unreadable> {
    let place = |no: UnitNo| {
        let unit = library.unit(no)?;
        Ok((
            unit.span.file,
            unit.span.start,
            unit.span.end,
            unit.id.clone(),
            no,
        ))
    };
    let mut places: Vec<_> = units.into_iter().map(place).collect::<Result<_, _>>()?;
    places.sort_unstable();
    Ok(places.into_iter().map(|(.., no)| no).collect())
}

fn seen(library: &dyn Library) -> impl Iterator<Item = UnitNo> {
    (0..library.len())
        .map(UnitNo)
        .filter(|no| library.sees(*no))
}

/// The units at both ends of the linkers of every unit.
fn neighbours(library: &dyn Library) -> Result<Vec<Vec<UnitNo>>, Unreadable> {
    let mut near = vec![Vec::new(); library.len() as usize];
    for from in seen(library) {
        let unit = library.unit(from)?;
        for to in unit.linkers.iter().filter_map(|l| l.target.unit()) {
            for (here, there) in [(from, to), (to, from)] {
                if let Some(list) = near.get_mut(here.index()) {
                    list.push(there);
                }
            }
        }
    }
    Ok(near)
}

/// The units within `depth` linkers of `start`.
fn near(neighbours: &[Vec<UnitNo>], start: UnitNo, depth: u32) -> Vec<UnitNo> {
    let mut reached = vec![false; neighbours.len()];
    let mut found = Vec::new();
    let mut queue = VecDeque::from([(start, 0)]);
    while let Some((no, distance)) = queue.pop_front() {
        let Some(new) = reached.get_mut(no.index()).filter(|seen| !**seen) else {
            continue;
        };
        *new = true;
        found.push(no);
        if distance < depth {
            let next = &neighbours[no.index()];
            queue.extend(next.iter().map(|n| (*n, distance + 1)));
        }
    }
    found
}
