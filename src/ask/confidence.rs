//! From evidence to an outcome.
//!
//! Two logistic regressions: does the set have an answer at all, and is the first unit the right
//! one? The first was fitted on questions asked at home and of sets that do not have the answer, each
//! pair of questions and set counting alike (`cargo bench --bench fit`), with large sets among the others,
//! where something always fits a little. Both weigh the published documentation more than a plain fit does.
//! Questions that have hardly a word of the pages count among those asked at home, or a word that a set has
//! nowhere would speak against it as much as it does where people ask in the words of their pages. How near
//! the nearest header has to be depends most on how many there are: the largest of many chance values is
//! larger. The second was fitted on those asked at home.

use super::Outcome;
use super::evidence::Evidence;

/// What the evidence counts for the set having an answer: a constant, and [`Evidence::values`]. The
/// constants are a little above what was fitted: who asks a set mostly asks what it can answer.
const BY_WORDS: (f64, [f64; 7]) = (-2.87, [4.3, 0.54, 1.65, 0.38, -0.55, 0.9, -1.2]);
/// The same where there are vectors, and how near the nearest header is.
const WITH_VECTORS: (f64, [f64; 7], f64) = (-0.22, [2.0, 0.1, 1.4, 0.25, -1.5, 1.0, -0.8], 15.4);
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
        |weights: [f64; 7]| -> f64 { e.values().iter().zip(weights).map(|(v, w)| v * w).sum() };
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
            unheard: 0.0,
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

    /// The thing that is asked about is in the header, and its verb is another one.
    const LITTLE: Evidence = Evidence {
        score: 4.6,
        nearest: None,
        covered: 0.4,
        named: 0.4,
        unheard: 0.0,
        asked: 1.6,
        brevity: 0.3,
        header: 0.45,
        best_header: 0.45,
        ahead: 0.2,
        stands_out: 3.5,
        size: 6.2,
    };

    #[test]
    fn a_little_is_enough_unless_the_rest_was_never_heard_of() {
        assert_eq!(outcome(&LITTLE).0, Outcome::Answered);
        let unheard = Evidence {
            unheard: 0.6,
            ..LITTLE
        };
        assert_eq!(outcome(&unheard).0, Outcome::NoMatch);
    }

    #[test]
    fn what_is_named_tells_more_than_what_is_mentioned() {
        let mentioned = Evidence {
            named: 0.0,
            ..LITTLE
        };
        assert!(outcome(&mentioned).1 < outcome(&LITTLE).1);
        assert_eq!(outcome(&mentioned).0, Outcome::NoMatch);
    }
}
