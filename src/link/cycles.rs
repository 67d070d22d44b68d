//! Procedures that call, or require, each other.

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;

use crate::model::{Code, Diagnostic, LinkerKind, Severity, Target, Unit, UnitNo};

/// SW105: procedures call or require each other in a loop.
const LOOP: Code = Code(105);

/// Reports every loop of calls and requirements once, at its first linker.
pub(super) fn report(units: &[Unit<Target>], diagnostics: &mut Vec<Diagnostic>) {
    let page_units = pages(units);
    let mut graph: DiGraphMap<u32, ()> = DiGraphMap::new();
    for unit in units {
        for linker in &unit.linkers {
            if let (LinkerKind::Call | LinkerKind::Requires, Target::Unit(to)) =
                (linker.kind, &linker.target)
            {
                let (a, b) = (
                    page_units[unit.page.index()],
                    page_units[units[to.index()].page.index()],
                );
                if a != b {
                    graph.add_edge(a, b, ());
                }
            }
        }
    }
    for mut members in tarjan_scc(&graph) {
        if members.len() > 1 {
            members.sort_unstable();
            diagnostics.extend(describe(units, &members));
        }
    }
}

/// The number of the first unit of every page.
fn pages(units: &[Unit<Target>]) -> Vec<u32> {
    let mut first = Vec::new();
    for (i, unit) in units.iter().enumerate() {
        if unit.page.index() >= first.len() {
            first.resize(unit.page.index() + 1, i as u32);
        }
    }
    first
}

fn describe(units: &[Unit<Target>], members: &[u32]) -> Option<Diagnostic> {
    let page = |no: UnitNo| units[no.index()].page;
    let inside = |no: UnitNo| members.iter().any(|m| page(UnitNo(*m)) == page(no));
    let stated = units
        .iter()
        .filter(|u| members.iter().any(|m| page(UnitNo(*m)) == u.page))
        .find_map(|u| {
            let linker = u.linkers.iter().find(|l| {
                matches!(l.kind, LinkerKind::Call | LinkerKind::Requires)
                    && l.target
                        .unit()
                        .is_some_and(|to| inside(to) && page(to) != u.page)
            })?;
            Some((u, linker))
        });
    let (unit, linker) = stated?;
    let names: Vec<String> = members
        .iter()
        .map(|m| format!("`{}`", units[*m as usize].header))
        .collect();
    let mut diagnostic = Diagnostic::at(
        LOOP,
        Severity::Note,
        linker.span,
        format!("these send the reader to each other: {}", names.join(", ")),
        "a walk goes back to the one that is already open instead of going round; say in one of them when to stop",
    );
    diagnostic.unit = Some(unit.id.clone());
    Some(diagnostic)
}
