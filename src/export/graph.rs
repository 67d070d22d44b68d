//! What a drawing shows: units, and the linkers between them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::label;
use crate::model::{FileId, Library, Linker, LinkerKind, Target, Unit, UnitNo, Unreadable};

/// Units, what they would search for, and the linkers between them. Addresses outside of the set
/// are left out: they lead nowhere that a reader of the drawing could follow.
pub(super) struct Graph {
    /// In the order of the export.
    pub(super) units: Vec<Arc<Unit<Target>>>,
    /// The texts of targets that are found by search.
    pub(super) queries: Vec<String>,
    /// In the order of their units and of their place in them; each once.
    pub(super) edges: Vec<Edge>,
    /// The units of each page, by its path.
    pub(super) pages: BTreeMap<String, Vec<usize>>,
}

/// A linker that is drawn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    /// An index into the units.
    pub(super) from: usize,
    pub(super) to: End,
    pub(super) kind: LinkerKind,
    /// When it applies, or what it is; empty for a plain step onwards.
    pub(super) label: String,
}

/// What an edge leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    /// An index into the units.
    Unit(usize),
    /// An index into the queries.
    Query(usize),
}

impl Graph {
    /// The graph of these units.
    pub(super) fn of(library: &dyn Library, numbers: Vec<UnitNo>) -> Result<Self, Unreadable> {
        let units = numbers.iter().map(|no| library.unit(*no));
        let units: Vec<_> = units.collect::<Result<_, _>>()?;
        let places = numbers.iter().enumerate().map(|(at, no)| (*no, at));
        let mut ends = Ends {
            units: places.collect(),
            queries: Vec::new(),
        };
        let pages = pages(library, &units)?;
        let edges = edges(&units, &mut ends);
        Ok(Graph {
            units,
            queries: ends.queries,
            edges,
            pages,
        })
    }
}

fn pages(
    library: &dyn Library,
    units: &[Arc<Unit<Target>>],
) -> Result<BTreeMap<String, Vec<usize>>, Unreadable> {
    let mut by_file: BTreeMap<FileId, Vec<usize>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        by_file.entry(unit.page).or_default().push(at);
    }
    let named = by_file.into_iter().map(|(file, units)| {
        let file = library.file(file)?;
        Ok((file.path.clone(), units))
    });
    named.collect()
}

fn edges(units: &[Arc<Unit<Target>>], ends: &mut Ends) -> Vec<Edge> {
    let mut drawn = BTreeSet::new();
    let mut edges = Vec::new();
    for (from, unit) in units.iter().enumerate() {
        for linker in &unit.linkers {
            let Some(to) = ends.of(&linker.target) else {
                continue;
            };
            let edge = Edge {
                from,
                to,
                kind: linker.kind,
                label: label(linker),
            };
            if drawn.insert(edge.clone()) {
                edges.push(edge);
            }
        }
    }
    edges
}

fn label(linker: &Linker<Target>) -> String {
    let condition = linker.condition.as_deref().map(label::condition);
    let plain = matches!(
        linker.kind,
        LinkerKind::Part | LinkerKind::Next | LinkerKind::Branch
    );
    match (condition, plain) {
        (Some(condition), true) => condition,
        (Some(condition), false) => format!("{}, {condition}", words(linker.kind)),
        (None, true) => String::new(),
        (None, false) => words(linker.kind),
    }
}

fn words(kind: LinkerKind) -> String {
    kind.name().replace('_', " ")
}

/// Where linkers can end in this drawing.
struct Ends {
    units: FxHashMap<UnitNo, usize>,
    queries: Vec<String>,
}

impl Ends {
    fn of(&mut self, target: &Target) -> Option<End> {
        match target {
            Target::Unit(no) => self.units.get(no).map(|at| End::Unit(*at)),
            Target::Query(text) => Some(End::Query(self.query(text))),
            Target::Url(_) => None,
        }
    }

    fn query(&mut self, text: &str) -> usize {
        match self.queries.iter().position(|q| q == text) {
            Some(at) => at,
            None => {
                self.queries.push(text.to_owned());
                self.queries.len() - 1
            }
        }
    }
}
