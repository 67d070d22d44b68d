//! How far a compile is, for people: a bar while it runs, and with `-v` how long each stage took.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::args::Global;
use crate::pipeline::{Observer, Stage};
use crate::terminal::Progress;

/// The stages of a compile that is under way.
pub(super) struct Stages {
    progress: Progress,
    begun: Mutex<Vec<(Stage, Instant)>>,
}

impl Stages {
    /// Nothing has begun.
    pub(super) fn new(global: &Global) -> Self {
        let progress = if global.quiet {
            Progress::silent()
        } else {
            Progress::on_terminal()
        };
        Stages {
            progress,
            begun: Mutex::default(),
        }
    }

    /// The stage that has begun turns out to have so many steps.
    pub(super) fn extend(&self, steps: usize) {
        let begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((stage, _)) = begun.last() {
            self.progress.begin(doing(*stage), steps);
        }
    }

    /// `read 12 ms, parse 30 ms`, up to now.
    pub(super) fn times(&self) -> String {
        let begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let ends = begun.iter().skip(1).map(|(_, at)| *at);
        let ends = ends.chain(std::iter::once(Instant::now()));
        let times = begun
            .iter()
            .zip(ends)
            .map(|((stage, begin), end)| format!("{} {}", verb(*stage), shown(end - *begin)));
        times.collect::<Vec<_>>().join(", ")
    }
}

impl Observer for Stages {
    fn begin(&self, stage: Stage, steps: usize) {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        begun.push((stage, Instant::now()));
        self.progress.begin(doing(stage), steps);
    }

    fn step(&self) {
        self.progress.add(1);
    }
}

/// `8.1 ms`, `2.41 s`
pub(super) fn shown(time: Duration) -> String {
    match time.as_secs_f64() {
        s if s < 1.0 => format!("{:.1} ms", s * 1e3),
        s => format!("{s:.2} s"),
    }
}

fn doing(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "Reading",
        Stage::Parse => "Parsing",
        Stage::Extract => "Compiling",
        Stage::Link => "Linking",
        Stage::Embed => "Embedding",
        Stage::Index => "Indexing",
        Stage::Write => "Writing",
    }
}

fn verb(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "read",
        Stage::Parse => "parse",
        Stage::Extract => "extract",
        Stage::Link => "link",
        Stage::Embed => "embed",
        Stage::Index => "index",
        Stage::Write => "write",
    }
}
