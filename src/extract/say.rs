//! Which steps may say what another does, and what those say.
//!
//! Two steps that say the same have the same code, to the letter. Code is told without reading a word, and
//! half of all steps have some that no other has: what they say is not read.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::twins::{code, said};
use super::{Extracted, Said};
use crate::grammar::{Grammar, Lexicon};
use crate::model::{Kind, Mention, Unit, UnitNo};

/// Reads what each step says, with what it holds, where another may say the same. Other units than steps
/// repeat each other on purpose: an overview says what its pages say.
pub fn say(pages: &mut [Extracted], grammar: &Grammar) {
    let codes: Vec<Vec<Option<u64>>> = pages.par_iter().map(codes).collect();
    let mut having: FxHashMap<u64, u32> = FxHashMap::default();
    for code in codes.iter().flatten().flatten() {
        *having.entry(*code).or_default() += 1;
    }
    pages.par_iter_mut().zip(&codes).for_each(|(page, codes)| {
        let shared = |code: &Option<u64>| code.is_some_and(|code| having[&code] > 1);
        let shared: Vec<bool> = codes.iter().map(shared).collect();
        let lexicon = grammar.language(&page.language);
        page.said = lexicon.map_or_else(Vec::new, |lexicon| read(page, &shared, lexicon));
    });
}

/// The steps of a page, where something is done in one of those around it. Facts with the same words can be
/// told of two things.
fn steps(page: &Extracted) -> impl Iterator<Item = Option<&Unit<Mention>>> {
    let mut doing = vec![false; page.units.len()];
    for (container, does) in page.containers.iter().zip(&page.doing) {
        if let Some(container) = container {
            doing[container.index()] |= does;
        }
    }
    let units = page.units.iter().zip(&page.containers);
    units.map(move |(unit, container)| {
        let doing = container.is_none_or(|container| doing[container.index()]);
        (unit.kind == Kind::Step && doing).then_some(unit)
    })
}

/// The code of each step, with that of what it holds, as a number.
fn codes(page: &Extracted) -> Vec<Option<u64>> {
    let own = |step: Option<&Unit<Mention>>| code(&step?.body);
    let mut all: Vec<Option<u64>> = steps(page).map(own).collect();
    with_parts(&mut all, &page.containers, |outer, inner| {
        Some(outer.rotate_left(7) ^ inner)
    });
    all
}

/// What these steps say.
fn read(page: &Extracted, wanted: &[bool], lexicon: &Lexicon) -> Vec<Option<Said>> {
    // What a step holds is part of what it says.
    let mut needed = wanted.to_vec();
    for (no, container) in page.containers.iter().enumerate() {
        needed[no] |= container.is_some_and(|c| needed[c.index()]);
    }
    let own = |(step, needed): (Option<&Unit<Mention>>, &bool)| {
        let said = |step: &Unit<Mention>| said(&step.body, lexicon);
        step.filter(|_| *needed).and_then(said)
    };
    let mut all: Vec<Option<Said>> = steps(page).zip(&needed).map(own).collect();
    with_parts(&mut all, &page.containers, |outer, inner| outer.with(inner));
    let telling = all.into_iter().zip(wanted);
    telling
        .map(|(said, wanted)| said.filter(|said| *wanted && said.is_telling()))
        .collect()
}

/// Puts what parts have behind what their containers have: nothing, where one of them has nothing.
/// Containers come before what they hold.
fn with_parts<T>(
    all: &mut [Option<T>],
    containers: &[Option<UnitNo>],
    with: impl Fn(T, &T) -> Option<T>,
) {
    for no in (0..all.len()).rev() {
        let Some(container) = containers[no].map(UnitNo::index) else {
            continue;
        };
        let outer = all[container].take();
        all[container] = match (outer, &all[no]) {
            (Some(outer), Some(inner)) => with(outer, inner),
            _ => None,
        };
    }
}
