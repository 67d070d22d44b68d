//! What speaks for the first unit of a ranking.

use std::collections::BTreeSet;

use super::rank::{Candidate, Wish};

/// A share of a score above this one is as good as this one.
const FAR_AHEAD: f64 = 0.3;
/// The place of the page that the first one is held against.
const FAR: usize = 10;

/// How well the first unit fits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence {
    /// Its score by words alone.
    pub score: f64,
    /// How near the nearest header is, where there are vectors.
    pub nearest: Option<f64>,
    /// The share of the question's information that its page has.
    pub covered: f64,
    /// The share that the page has outside of its text.
    pub named: f64,
    /// The share in words that no unit has, and that nothing is known to stand for.
    pub unheard: f64,
    /// The information of the question, in words that one unit has; at most 4.
    pub asked: f64,
    /// One by the number of words of the question.
    pub brevity: f64,
    /// How far question and header cover each other: the harmonic mean of both shares.
    pub header: f64,
    /// The same of the header on the page that does so best.
    pub best_header: f64,
    /// How far ahead of the next page it is, as a share of its score; at most 0.3.
    pub ahead: f64,
    /// How far its score is above that of the tenth page. Where a set is about something else, all pages have
    /// as much, and as little, of what is asked.
    pub stands_out: f64,
    /// The natural logarithm of the number of units: of more there is always one that fits a little better.
    pub size: f64,
}

impl Evidence {
    /// What [`Evidence::values`] are.
    pub const NAMES: [&'static str; 7] = [
        "best_header",
        "score",
        "covered_asked",
        "stands_out",
        "size",
        "named_asked",
        "unheard",
    ];

    /// What tells whether a set has an answer: how well headers fit, how well the first unit does, how much
    /// of what the question tells the page has, how far it stands out, as far as no header says enough,
    /// how many units there are to choose from, how much of it is named and not only mentioned, up to a
    /// word that one unit has, and how much the set has never heard of.
    pub fn values(&self) -> [f64; 7] {
        [
            self.best_header,
            self.score,
            self.covered * self.asked,
            self.stands_out * (1.0 - self.best_header),
            self.size,
            self.named * self.asked.min(1.0),
            self.unheard,
        ]
    }

    /// Of candidates, the best first.
    pub(super) fn of(candidates: &[&Candidate], wish: &Wish, vectors: bool) -> Self {
        // What leads to something says nothing of whether the set has what is asked.
        let mut candidates = candidates.to_vec();
        candidates.sort_by(|a, b| a.before(b, Candidate::own_score));
        let Some(first) = candidates.first().filter(|_| wish.words > 0) else {
            return Evidence::default();
        };
        let page = || candidates.iter().filter(|c| c.page == first.page);
        let union = |terms: fn(&Candidate) -> &[usize]| {
            let all: BTreeSet<usize> = page().flat_map(|c| terms(c).iter().copied()).collect();
            all.into_iter().collect::<Vec<_>>()
        };
        let best_header = page().map(|c| c.fits).fold(0.0, f64::max);
        let mut seen = BTreeSet::new();
        let pages = candidates.iter().filter(|c| seen.insert(c.page));
        let pages: Vec<f64> = pages.take(FAR).map(|c| c.own_score()).collect();
        let of = |place: usize| pages.get(place - 1).copied().unwrap_or_default();
        let (found, named) = (union(|c| &c.found), union(|c| &c.named));
        let covered = wish.told(&found);
        // That there is such a sort of text says nothing.
        let told = covered / wish.told_with_genre(&found).max(f64::MIN_POSITIVE);
        Evidence {
            score: told * first.by_words,
            nearest: vectors.then(|| {
                let all = candidates.iter().map(|c| c.signals.nearness());
                all.fold(0.0, f64::max)
            }),
            covered,
            named: wish.told(&named),
            unheard: wish.unheard(),
            asked: (wish.heavy_total / wish.rare).min(4.0),
            brevity: 1.0 / wish.words as f64,
            header: first.fits,
            best_header,
            ahead: ((first.own_score() - of(2)) / first.own_score().max(f64::MIN_POSITIVE))
                .min(FAR_AHEAD),
            stands_out: told * (first.own_score() - of(FAR)),
            size: wish.rare,
        }
    }
}
