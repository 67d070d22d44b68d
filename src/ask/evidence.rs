//! What speaks for the first unit of a ranking.

use std::collections::BTreeSet;

use super::rank::{Candidate, Wish};

/// A share of a score above this one is as good as this one.
const FAR_AHEAD: f64 = 0.3;

/// How well the first unit fits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence {
    /// Its score.
    pub(super) score: f64,
    /// The share of the question's information that its page has.
    pub(super) covered: f64,
    /// The share that the page has outside of its text.
    pub(super) named: f64,
    /// The information of that share, in words that one unit has; at most 3.
    pub(super) told: f64,
    /// The information of the question, in words that one unit has; at most 4.
    pub(super) asked: f64,
    /// One by the number of words of the question.
    pub(super) brevity: f64,
    /// How far question and header cover each other: the harmonic mean of both shares.
    pub(super) header: f64,
    /// The same of the header on the page that does so best.
    pub(super) best_header: f64,
    /// How far ahead of the next page it is, as a share of its score; at most 0.3.
    pub(super) ahead: f64,
}

impl Evidence {
    /// Of candidates, the best first.
    pub(super) fn of(candidates: &[&Candidate], wish: &Wish) -> Self {
        let Some(first) = candidates.first().filter(|_| wish.words > 0) else {
            return Evidence::default();
        };
        let page = || candidates.iter().filter(|c| c.page == first.page);
        let union = |terms: fn(&Candidate) -> &[usize]| {
            let all: BTreeSet<usize> = page().flat_map(|c| terms(c).iter().copied()).collect();
            all.into_iter().collect::<Vec<_>>()
        };
        let named = union(|c| &c.named);
        let best = page().max_by(|a, b| (a.asked + a.header).total_cmp(&(b.asked + b.header)));
        let second = candidates.iter().find(|c| c.page != first.page);
        let behind = second.map_or(0.0, |c| c.score);
        Evidence {
            score: first.score,
            covered: wish.share(&union(|c| &c.found)),
            named: wish.share(&named),
            told: (wish.sum(&named) / wish.rare).min(3.0),
            asked: (wish.total / wish.rare).min(4.0),
            brevity: 1.0 / wish.words as f64,
            header: both(first),
            best_header: best.map_or(0.0, |c| both(c)),
            ahead: ((first.score - behind) / first.score.max(f64::MIN_POSITIVE)).min(FAR_AHEAD),
        }
    }
}

/// The harmonic mean of how far question and header cover each other.
fn both(candidate: &Candidate) -> f64 {
    let sum = candidate.asked + candidate.header;
    2.0 * candidate.asked * candidate.header / sum.max(f64::MIN_POSITIVE)
}
