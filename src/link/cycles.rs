//! Procedures that call, or require, each other.

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;
use rustc_hash::FxHashMap;

use crate::model::{
    Code, Diagnostic, Linker, LinkerKind, Prerequisite, Severity, Standing, Target, Unit, UnitNo,
    Via,
};

/// SW105: procedures call or require each other in a loop.
const LOOP: Code = Code(105);

/// Reports every loop of calls and requirements once, at its first linker.
pub(super) fn report(units: &[Unit<Target>], diagnostics: &mut Vec<Diagnostic>) {
    let page_units = pages(units);
    let mut graph: DiGraphMap<u32, ()> = DiGraphMap::new();
    for unit in units {
        let asked = Standing::of(&unit.prerequisites);
        for linker in &unit.linkers {
            if let Target::Unit(to) = &linker.target
                && comes_back(&asked, linker)
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
    let loops = kosaraju_scc(&graph).into_iter();
    let mut loops: Vec<Vec<u32>> = loops.filter(|members| members.len() > 1).collect();
    let mut of: FxHashMap<u32, usize> = FxHashMap::default();
    for (i, members) in loops.iter_mut().enumerate() {
        members.sort_unstable();
        of.extend(members.iter().map(|page| (*page, i)));
    }
    let mut said = vec![false; loops.len()];
    for unit in units {
        let page = page_units[unit.page.index()];
        let Some(i) = of.get(&page).copied().filter(|i| !said[*i]) else {
            continue;
        };
        let goes_round = |to: UnitNo| {
            let other = page_units[units[to.index()].page.index()];
            other != page && of.get(&other) == Some(&i)
        };
        let asked = Standing::of(&unit.prerequisites);
        let stated = unit
            .linkers
            .iter()
            .find(|l| comes_back(&asked, l) && l.target.unit().is_some_and(goes_round));
        if let Some(linker) = stated {
            said[i] = true;
            diagnostics.push(describe(units, &loops[i], unit, linker));
        }
    }
}

/// Is the target done, or asked for, before the unit goes on? What is asked for in some case only, or is one of
/// several, need not be.
fn comes_back(asked: &Standing<'_, Target>, linker: &Linker<Target>) -> bool {
    match linker.kind {
        LinkerKind::Call => true,
        LinkerKind::Requires => linker.via != Via::Remark && is_asked_of_all(asked, linker),
        _ => false,
    }
}

/// Does the prerequisite that a linker stands in ask everybody?
fn is_asked_of_all(asked: &Standing<'_, Target>, linker: &Linker<Target>) -> bool {
    let around = || asked.around(linker.span);
    linker.condition.is_none() && around().is_none_or(Prerequisite::is_asked_of_all)
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

fn describe(
    units: &[Unit<Target>],
    members: &[u32],
    unit: &Unit<Target>,
    linker: &Linker<Target>,
) -> Diagnostic {
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
    diagnostic
}
