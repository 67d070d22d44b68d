//! How long does it take to find the steps that say the same among 100,000?
//!
//! `cargo bench --bench same` compiles steps of four kinds and prints how many say the same as an
//! earlier one, and how long linking took: finding them is most of it.

#![allow(
    clippy::print_stdout,
    missing_docs,
    reason = "a program whose output is its purpose"
)]

use std::sync::Mutex;
use std::time::Instant;

use stepwell::grammar::{Grammar, PACKS};
use stepwell::model::{LinkerKind, SourceText};
use stepwell::parse::{Dialects, Texts};
use stepwell::pipeline::{Observer, Reading, Stage, compile_observed};

const PAGES: usize = 1_000;
const STEPS: usize = 100;

const VERBS: [&str; 8] = [
    "Restart", "Inspect", "Drain", "Replace", "Label", "Clean", "Move", "Record",
];
const PLACES: [&str; 6] = [
    "on the primary host",
    "before the shift ends",
    "in the control room",
    "with the long wrench",
    "for every customer",
    "under the main panel",
];

/// A kind of step: its name, and its text by its number.
type Kind = (&'static str, fn(usize) -> String);

const KINDS: [Kind; 4] = [
    ("no two alike", |n| {
        let (verb, place) = (VERBS[n % 8], PLACES[n % 6]);
        format!("{verb} the {} {} {place}.", word(n), word(n * 7 + 3))
    }),
    ("each repeated nearly ten times", |n| {
        let (verb, place) = (VERBS[n / 10 % 8], PLACES[n / 10 % 6]);
        let thing = word(n / 10);
        match n % 3 {
            0 => format!("{verb} the {thing} {place}."),
            1 => format!("Then {verb} your {thing} {place}"),
            _ => format!("If it is red, {verb} the {thing} {place}."),
        }
    }),
    ("a number apart", |n| {
        format!("Close valve {n} and wait until the lamp is green.")
    }),
    ("a word apart", |n| {
        format!(
            "Close the {} valve and wait until the lamp is green.",
            word(n)
        )
    }),
];

/// A made-up word: letters only.
fn word(mut n: usize) -> String {
    let mut word = String::new();
    for _ in 0..4 {
        word.extend([b"bdfgklmn"[n % 8], b"aeio"[n / 8 % 4]].map(char::from));
        n /= 32;
    }
    word
}

/// When the linking began.
#[derive(Default)]
struct Linking(Mutex<Option<Instant>>);

impl Observer for Linking {
    fn begin(&self, stage: Stage, _: usize) {
        if let (Stage::Link, Ok(mut began)) = (stage, self.0.lock()) {
            *began = Some(Instant::now());
        }
    }

    fn step(&self) {}
}

fn main() {
    let grammar = Grammar::load(&PACKS).expect("a part of the program");
    let folder = PACKS.get_dir("dialects").expect("a part of the program");
    let dialects = Dialects::load(folder, Texts::Pages).expect("a part of the program");
    let reading = Reading {
        grammar: &grammar,
        dialects: &dialects,
        dialect: None,
        language: None,
        rewrite: &|_| None,
        exists: &|_| false,
    };
    println!(
        "{} steps  {:32} {:>8} {:>9}",
        PAGES * STEPS,
        "",
        "same",
        "link"
    );
    for (name, step) in KINDS {
        let texts = texts(step);
        let linking = Linking::default();
        let set = compile_observed(&texts, &reading, &linking);
        let took = linking.0.lock().ok().and_then(|t| t.map(|t| t.elapsed()));
        let linkers = set.units.iter().flat_map(|u| &u.linkers);
        let same = linkers.filter(|l| l.kind == LinkerKind::Same).count();
        let took = took.unwrap_or_default();
        println!(
            "              {name:32} {same:>8} {:>7.0} ms",
            took.as_secs_f64() * 1e3
        );
    }
}

fn texts(step: fn(usize) -> String) -> Vec<SourceText> {
    let page = |page: usize| {
        let steps = (page * STEPS..(page + 1) * STEPS).map(|n| format!("1. {}\n", step(n)));
        SourceText {
            path: format!("{page:04}.md"),
            text: format!(
                "# Do the work of page {page}\n\n{}",
                steps.collect::<String>()
            ),
            labels: Vec::new(),
        }
    };
    (0..PAGES).map(page).collect()
}
