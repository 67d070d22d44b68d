//! From evidence to an outcome.
//!
//! Two logistic models: does the set have an answer at all, and is the first unit the right one?
//! Both were fitted on questions asked at home and questions of another set.

use super::Outcome;
use super::rank::Evidence;

/// Below this, the set has no answer.
const AT_HOME: f64 = 0.3;
/// Closer to the next page than this, two pages fit alike.
const ALIKE: f64 = 0.01;

/// What came of a question, and how sure that is.
pub(super) fn outcome(evidence: &Evidence) -> (Outcome, f64) {
    let Evidence {
        covered,
        named,
        header,
        margin,
    } = *evidence;
    let ahead = margin.min(0.3);
    let home = logistic(-4.7 + 5.1 * covered + 2.0 * named + 1.4 * header + ahead);
    let right = logistic(-0.8 + 1.8 * named + 0.8 * header + 5.9 * ahead);
    let confidence = home * right;
    match () {
        () if home < AT_HOME => (Outcome::NoMatch, confidence),
        () if margin < ALIKE => (Outcome::Ambiguous, confidence),
        () => (Outcome::Answered, confidence),
    }
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
            covered: 1.0,
            named: 1.0,
            header: 0.9,
            margin: 0.3,
        };
        let (found, confidence) = outcome(&all);
        assert_eq!(found, Outcome::Answered);
        assert!(confidence > 0.85, "{confidence}");
        let twins = Evidence { margin: 0.0, ..all };
        assert_eq!(outcome(&twins).0, Outcome::Ambiguous);
    }
}
