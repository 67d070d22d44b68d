//! What is expected against what came.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use similar::TextDiff;

use super::case::{Case, root};

/// Whether cases hold.
pub(crate) struct Verdicts {
    failures: String,
    blessing: bool,
    /// Cases whose result is known to be wrong, and why.
    known_wrong: BTreeMap<String, String>,
}

impl Default for Verdicts {
    fn default() -> Self {
        Verdicts {
            failures: String::new(),
            blessing: std::env::var_os("STEPWELL_BLESS").is_some_and(|v| v == "1"),
            known_wrong: known_wrong(),
        }
    }
}

impl Verdicts {
    /// Holds what came of a case against its expectation, or makes it the expectation.
    pub(crate) fn hold(&mut self, case: &Case, shown: &str) {
        let written = fs::read_to_string(&case.expected).ok();
        let (comment, expected) = written.as_deref().map(split).unwrap_or_default();
        let holds = written.is_some() && expected == shown;
        match self.known_wrong.get(&case.name) {
            Some(_) if holds => self.fail(
                case,
                "is right now: take it off tests/cases/known-wrong.txt\n",
            ),
            Some(_) => {}
            None if holds => {}
            None if self.blessing => {
                fs::write(&case.expected, format!("{comment}{shown}")).expect("a file to write");
            }
            None if written.is_none() => self.fail(
                case,
                "has no expectation: write it, or look at what STEPWELL_BLESS=1 writes\n",
            ),
            None => self.fail(case, &difference(expected, shown)),
        }
    }

    fn fail(&mut self, case: &Case, why: &str) {
        writeln!(self.failures, "── {} ──\n{why}", case.name).expect("a string takes all");
    }

    /// Fails the test if a case did not hold.
    pub(crate) fn report(self) {
        assert!(self.failures.is_empty(), "\n{}", self.failures);
    }
}

/// The lines for people at the head of an expectation, and the expectation.
fn split(written: &str) -> (&str, &str) {
    let lines = written.split_inclusive('\n');
    let comment = lines.take_while(|line| line.starts_with('#'));
    written.split_at(comment.map(str::len).sum())
}

fn difference(expected: &str, shown: &str) -> String {
    let diff = TextDiff::from_lines(expected, shown);
    let mut unified = diff.unified_diff();
    unified
        .context_radius(3)
        .header("expected", "came")
        .to_string()
}

/// The cases in `known-wrong.txt`: a name and a reason a line.
fn known_wrong() -> BTreeMap<String, String> {
    let listed = fs::read_to_string(root().join("known-wrong.txt")).unwrap_or_default();
    let lines = listed
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'));
    let mut known = BTreeMap::new();
    for line in lines {
        let (name, reason) = line.split_once(' ').unwrap_or((line, ""));
        known.insert(name.to_owned(), reason.trim().to_owned());
    }
    known
}

/// Every name on the list of what is known to be wrong is a case, and says why.
#[test]
fn known_wrong_names_cases() {
    use super::case::Stage;
    let stages = [Stage::Parse, Stage::Extract, Stage::Link];
    let names: Vec<String> = stages
        .into_iter()
        .flat_map(Case::all)
        .map(|case| case.name)
        .collect();
    for (name, reason) in known_wrong() {
        assert!(names.contains(&name), "{name} is no case");
        assert!(!reason.is_empty(), "{name} does not say what is wrong");
    }
}
