//! From evidence to an outcome.
//!
//! Two logistic regressions: does the set have an answer at all, and is the first unit the right
//! one? The first was fitted on questions asked at home and of sets that do not have the answer, each
//! pair of questions and set counting alike (`cargo bench --bench fit`), with large sets among the others,
//! where something always fits a little. By words it is between what is fitted to all sets and what is
//! fitted to published documentation alone, with vectors what is fitted to all. How near the nearest header
//! has to be depends most on how many there are: the largest of many chance values is larger. The second
//! was fitted on those asked at home.

use super::Outcome;
use super::evidence::Evidence;

/// What the evidence counts for the set having an answer: a constant, and [`Evidence::values`]. The
/// constants are a little above what was fitted: who asks a set mostly asks what it can answer.
const BY_WORDS: (f64, [f64; 5]) = (-7.1, [6.15, 0.49, 2.12, 0.58, -0.18]);
/// The same where there are vectors, and how near the nearest header is.
const WITH_VECTORS: (f64, [f64; 5], f64) = (-0.6, [3.2, 0.0, 1.05, 0.25, -1.37], 15.6);
/// Below this, the set has no answer.
const AT_HOME: f64 = 0.5;
/// Closer to the next page than this share of the score, two pages fit alike.
const ALIKE: f64 = 0.02;
/// The same of a question of one word, which can mean anything that has it.
const ALIKE_IN_BRIEF: f64 = 0.1;

/// What came of a question, and how sure that is.
pub(super) fn outcome(evidence: &Evidence) -> (Outcome, f64) {
    let e = evidence;
    let sum =
        |weights: [f64; 5]| -> f64 { e.values().iter().zip(weights).map(|(v, w)| v * w).sum() };
    let words = BY_WORDS.0 + sum(BY_WORDS.1);
    let near = |near: f64| WITH_VECTORS.0 + sum(WITH_VECTORS.1) + WITH_VECTORS.2 * near;
    let home = logistic(e.nearest.map_or(words, near));
    let right = logistic(0.6 + 1.05 * e.header - 3.2 * e.covered + 2.7 * e.named + 10.0 * e.ahead);
    let confidence = home * right;
    match () {
        () if home < AT_HOME => (Outcome::NoMatch, confidence),
        () if e.ahead < alike(e) => (Outcome::Ambiguous, confidence),
        () => (Outcome::Answered, confidence),
    }
}

/// How close two pages are that fit alike: closer, the more words the question has, or the more of
/// the header it says.
fn alike(evidence: &Evidence) -> f64 {
    let open = (3.0 * (1.0 - evidence.header)).clamp(0.0, 1.0);
    ALIKE + (ALIKE_IN_BRIEF - ALIKE) * open * evidence.brevity.powi(3)
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_common_is_no_match_and_everything_is_an_answer() {
        let none = Evidence::default();
        assert_eq!(outcome(&none).0, Outcome::NoMatch);
        let all = Evidence {
            score: 12.0,
            nearest: None,
            covered: 1.0,
            named: 1.0,
            asked: 1.0,
            brevity: 0.3,
            header: 0.9,
            best_header: 0.9,
            ahead: 0.3,
            stands_out: 4.0,
            size: 6.0,
        };
        let (found, confidence) = outcome(&all);
        assert_eq!(found, Outcome::Answered);
        assert!(confidence > 0.85, "{confidence}");
        let twins = Evidence { ahead: 0.0, ..all };
        assert_eq!(outcome(&twins).0, Outcome::Ambiguous);
    }
}
