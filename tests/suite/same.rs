//! Pairs of steps, labelled by hand: `tests/cases/same/*.toml`.
//!
//! A false join is a failure; a missing one costs a reader nothing, so nine in ten are enough.

use std::fs;

use serde::Deserialize;
use stepwell::config::Config;
use stepwell::model::{LinkerKind, SourceText};

use super::case::root;
use crate::compiled::compile;

/// As many pairs as there have to be.
const PAIRS: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pairs {
    pair: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    same: bool,
    why: String,
    a: String,
    b: String,
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "how many are joined is worth seeing, and which are not"
)]
fn labelled_pairs_are_joined_or_kept_apart() {
    let pairs = pairs();
    assert!(pairs.len() >= PAIRS, "{} pairs", pairs.len());
    let apart: Vec<&Pair> = pairs.iter().filter(|p| !p.same).collect();
    let false_joins: Vec<&str> = wrong(&apart);
    assert!(false_joins.is_empty(), "joined: {false_joins:#?}");
    let same: Vec<&Pair> = pairs.iter().filter(|p| p.same).collect();
    let missed = wrong(&same);
    println!("{} of {} joined", same.len() - missed.len(), same.len());
    println!("missed: {missed:#?}");
    assert!(missed.len() * 10 <= same.len(), "missed: {missed:#?}");
}

fn pairs() -> Vec<Pair> {
    let files = fs::read_dir(root().join("same")).expect("a folder of pairs");
    let texts = files.map(|f| fs::read_to_string(f.expect("a file").path()).expect("UTF-8"));
    let read = texts.map(|t| toml::from_str::<Pairs>(&t).expect("pairs"));
    read.flat_map(|p| p.pair).collect()
}

/// What is wrong about the pairs that are not as they are labelled.
fn wrong<'p>(pairs: &[&'p Pair]) -> Vec<&'p str> {
    let wrong = pairs.iter().filter(|p| joined(p) != p.same);
    wrong.map(|p| p.why.as_str()).collect()
}

/// Are the two steps joined, each on a page of its own?
fn joined(pair: &Pair) -> bool {
    let set = compile(
        &[page("a.md", &pair.a), page("b.md", &pair.b)],
        &Config::default(),
    );
    let same = |kind| kind == LinkerKind::Same;
    set.units
        .iter()
        .flat_map(|u| &u.linkers)
        .any(|l| same(l.kind))
}

fn page(path: &str, step: &str) -> SourceText {
    let step = step
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .trim_start_matches(')');
    let step = step.trim().replace('\n', "\n   ");
    SourceText {
        path: path.to_owned(),
        text: format!("# Do the work of {path}\n\n1. {step}\n2. Go home.\n"),
        labels: Vec::new(),
    }
}
