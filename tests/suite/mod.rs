//! The case files: `tests/cases/<stage>/<name>.md`, and what is expected of it in
//! `<name>.expected` beside it.
//!
//! | stage | what is compared |
//! |---|---|
//! | `parse` | the blocks of one file, each with its byte range ([`blocks`]) |
//! | `extract` | the units of one file ([`units`]) |
//! | `link` | the units of a folder of files, and what was found in them |
//! | `same` | pairs of steps that say the same or do not ([`same`]) |
//!
//! Adding a case is adding a file. `STEPWELL_BLESS=1 cargo test --test main` writes what the code
//! gives into the expectations; a case without one fails. Lines that begin with `#` at the head of an
//! expectation are for people: they are neither compared nor overwritten. `STEPWELL_CASE=hugo` looks
//! only at cases with that in their name.
//!
//! `tests/cases/known-wrong.txt` names the cases whose expectation is right and whose result is
//! not. They must fail, so that whoever mends the code also takes the name off the list.

mod blocks;
mod case;
mod quote;
mod same;
mod units;
mod verdict;

pub(crate) use case::{Case, Stage};
use verdict::Verdicts;

#[test]
fn parse_cases() {
    hold(Stage::Parse);
}

#[test]
fn extract_cases() {
    hold(Stage::Extract);
}

#[test]
fn link_cases() {
    hold(Stage::Link);
}

/// Holds every case of a stage against its expectation.
fn hold(stage: Stage) {
    let mut verdicts = Verdicts::default();
    for case in Case::all(stage) {
        let shown = show(&case);
        verdicts.hold(&case, &shown);
    }
    verdicts.report();
}

/// What the code makes of a case, as text.
fn show(case: &Case) -> String {
    match case.stage {
        Stage::Parse => blocks::show(&case.texts[0], case),
        Stage::Extract | Stage::Link => units::show(case),
    }
}

/// What stood in a file that is removed is gone, even if another file says the same.
#[test]
fn a_removed_twin_leaves_no_trace() {
    let twins = Case::all(Stage::Link).into_iter();
    let twins = twins.filter(|c| c.name == "link/hard-15-same-text-in-two-files");
    for mut case in twins {
        let gone = case.texts.remove(0).path;
        let (before, after) = (show(&Case::named(&case.name)), show(&case));
        assert!(before.contains(&gone), "both are there at first");
        assert!(!after.contains(&gone), "{after}");
        let rest = &case.texts[0].path;
        let of_rest = |shown: &str| shown.matches(rest.as_str()).count();
        assert_eq!(of_rest(&before), of_rest(&after), "the other one stays");
    }
}

/// The same input gives the same units, whatever the threads do.
#[test]
fn cases_compile_twice_to_the_same() {
    for stage in [Stage::Extract, Stage::Link] {
        for case in Case::all(stage) {
            assert_eq!(show(&case), show(&case), "{}", case.name);
        }
    }
}
