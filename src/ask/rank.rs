//! Which units fit a question.
//!
//! BM25F finds candidates. Then each is looked at together with its page, since a page answers
//! through its sections and a section stands on its page: how well both score, how far question and
//! header cover each other by the information of their words, what the unit has of the question at
//! all, and what the author's summary of the page has.
//!
//! The weights of these are those of a multinomial logistic regression over the pages that a
//! question could be answered by (the top-one case of ListNet, Cao et al., 2007), fitted on the
//! stated customer intents of one documentation set. Fitted on random halves of the questions, they
//! do as well on the other halves; and they were checked on sets that they were not fitted on.

use std::collections::BTreeMap;

use super::cards::Cards;
use super::reading::Reading;
use crate::index::{Field, Prepared, View};
use crate::model::{Kind, UnitNo};

/// How many units BM25F gives.
const FOUND: usize = 300;
/// How many of those are looked at again.
const CANDIDATES: usize = 60;
/// In the choice of candidates, what the best section of a page adds to it.
const CHILD: f64 = 0.3;
/// In the choice of candidates, what a page adds to its sections.
const PAGE: f64 = 0.1;
/// What a section counts beside a page.
const SECTION: f64 = 0.88;
/// What a step counts beside a page: asked for is most often what it belongs to.
const STEP: f64 = 0.6;

/// The unit's own BM25F score, as a share of the best one.
const OWN: f64 = 3.1;
/// For a page, that of its best section.
const BEST_SECTION: f64 = 2.0;
/// For anything on a page, that of the page.
const ITS_PAGE: f64 = 0.6;
/// The share of the question's information that the header has.
const ASKED: f64 = 2.3;
/// The share of the header's information that the question has.
const HEADER: f64 = 2.95;
/// The share of the question's information that the unit has anywhere.
const ANYWHERE: f64 = 1.3;
/// The share of the question's information that the summary of the page has.
const SUMMARY: f64 = 2.45;
/// Ten words of the header, of which more than twenty count as twenty.
const TEN_WORDS: f64 = -0.8;

/// What a word of a header tells that is not in the question, as a share of what a word tells that
/// one unit has. So no header has to be read.
const OTHER_WORD: f64 = 0.45;

/// What the signals are called, in the order in which they are added up.
pub(super) const SIGNALS: [&str; 7] = [
    "bm25f", "beside", "asked", "header", "anywhere", "summary", "length",
];

/// The ranking of a question: what could answer it, the best first.
pub(super) struct Ranking {
    pub(super) candidates: Vec<Candidate>,
    pub(super) wish: Wish,
}

/// Everything that ranking looks at.
pub(super) struct Shelf<'a> {
    pub(super) view: &'a View,
    pub(super) cards: &'a Cards<'a>,
}

/// A unit that could answer.
pub(super) struct Candidate {
    pub(super) unit: UnitNo,
    pub(super) page: UnitNo,
    pub(super) score: f64,
    /// What each signal gave to the score.
    pub(super) signals: [f64; SIGNALS.len()],
    /// The terms of the wish that it has, by their places in the query.
    pub(super) found: Vec<usize>,
    /// Those that its header, its path, its parts or its summary has.
    pub(super) named: Vec<usize>,
    /// The share of the question's information that the header has.
    pub(super) asked: f64,
    /// The share of the header's information that the question has.
    pub(super) header: f64,
    /// The share of the question's information that the author's summary has.
    summary: f64,
    /// Words of the header.
    words: f64,
}

impl Shelf<'_> {
    /// Ranks the units for a question.
    pub(super) fn rank(&self, reading: &Reading, prepared: &Prepared<'_>) -> Ranking {
        let wish = Wish::of(reading, prepared, self.view);
        let scores = self.scores(prepared);
        let mut candidates: Vec<Candidate> = self
            .first_pass(&scores)
            .map(|unit| self.candidate(unit, prepared, &wish))
            .collect();
        // Most pages are candidates too; the others are looked at once each.
        let pages = candidates.iter().filter(|c| c.page == c.unit);
        let mut summaries: BTreeMap<UnitNo, f64> = pages.map(|c| (c.page, c.summary)).collect();
        for candidate in &mut candidates {
            let of_page = || self.candidate(candidate.page, prepared, &wish).summary;
            let summary = *summaries.entry(candidate.page).or_insert_with(of_page);
            let anywhere = wish.share(&candidate.found);
            let (own, beside) = scores.worth(candidate);
            let signals = [
                own,
                beside,
                ASKED * candidate.asked,
                HEADER * candidate.header,
                ANYWHERE * anywhere,
                SUMMARY * summary,
                TEN_WORDS * candidate.words.min(20.0) / 10.0,
            ];
            candidate.signals = signals.map(|gave| self.worth(candidate.unit) * gave);
            candidate.score = candidate.signals.iter().sum();
        }
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.unit.cmp(&b.unit)));
        Ranking { candidates, wish }
    }

    /// The BM25F scores of the units that were found, and of their pages.
    fn scores(&self, prepared: &Prepared<'_>) -> Scores {
        let mut scores = Scores::default();
        for hit in prepared.search(FOUND) {
            scores.own.insert(hit.unit, hit.score);
            scores.best = scores.best.max(hit.score);
            let page = self.cards.page(hit.unit);
            if self.view.sees(page) {
                let of_page = || prepared.score(page);
                scores.own.entry(page).or_insert_with(of_page);
            }
            if page != hit.unit {
                let best = scores.best_below.entry(page).or_default();
                *best = best.max(hit.score);
            }
        }
        scores
    }

    /// The units that are worth a second look, by their scores alone.
    fn first_pass(&self, scores: &Scores) -> impl Iterator<Item = UnitNo> + use<> {
        let scored = scores.own.iter().map(|(unit, score)| {
            let page = self.cards.page(*unit);
            let score = if page == *unit {
                score + CHILD * scores.below(page)
            } else {
                self.worth(*unit) * score + PAGE * scores.of(page)
            };
            (*unit, score)
        });
        let mut units: Vec<(UnitNo, f64)> = scored.collect();
        units.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        units.truncate(CANDIDATES);
        units.into_iter().map(|(unit, _)| unit)
    }

    /// What a unit counts beside a page.
    fn worth(&self, unit: UnitNo) -> f64 {
        match self.cards.kind(unit) {
            _ if self.cards.page(unit) == unit => 1.0,
            Kind::Step if self.cards.nested(unit) => STEP,
            _ => SECTION,
        }
    }

    fn candidate(&self, unit: UnitNo, prepared: &Prepared<'_>, wish: &Wish) -> Candidate {
        let (mut found, mut named, mut header, mut summary) = Default::default();
        let put = |list: &mut Vec<usize>, term| match list.last() {
            Some(last) if *last == term => {}
            _ => list.push(term),
        };
        prepared.found_in(unit, |term, field| {
            if wish.information[term] <= 0.0 {
                return;
            }
            put(&mut found, term);
            match field {
                Field::Header => put(&mut header, term),
                Field::Summary => put(&mut summary, term),
                _ => {}
            }
            if matches!(
                field,
                Field::Header | Field::Summary | Field::Path | Field::Parts
            ) {
                put(&mut named, term);
            }
        });
        let words = f64::from(prepared.length(unit, Field::Header));
        let shared = wish.sum(&header);
        let others = (words - header.len() as f64).max(0.0) * wish.other_word;
        Candidate {
            unit,
            page: self.cards.page(unit),
            score: 0.0,
            signals: [0.0; SIGNALS.len()],
            asked: wish.share(&header),
            header: shared / (shared + others).max(f64::MIN_POSITIVE),
            summary: wish.share(&summary),
            found,
            named,
            words,
        }
    }
}

/// BM25F scores.
#[derive(Default)]
struct Scores {
    own: BTreeMap<UnitNo, f64>,
    /// By page, that of its best unit.
    best_below: BTreeMap<UnitNo, f64>,
    best: f64,
}

impl Scores {
    fn of(&self, unit: UnitNo) -> f64 {
        self.own.get(&unit).copied().unwrap_or_default()
    }

    fn below(&self, page: UnitNo) -> f64 {
        self.best_below.get(&page).copied().unwrap_or_default()
    }

    /// What the score of a unit is worth, and that of what stands beside it on its page.
    fn worth(&self, candidate: &Candidate) -> (f64, f64) {
        let beside = match candidate.page {
            page if page == candidate.unit => BEST_SECTION * self.below(page),
            page => ITS_PAGE * self.of(page),
        };
        let best = self.best.max(f64::MIN_POSITIVE);
        (OWN * self.of(candidate.unit) / best, beside / best)
    }
}

/// How much each word of the wish tells: its inverse document frequency.
pub(super) struct Wish {
    /// By term of the query; 0 for what is not part of the wish.
    information: Vec<f64>,
    /// Of all words.
    pub(super) total: f64,
    /// How many words there are.
    pub(super) words: usize,
    /// What a word tells that one unit has.
    pub(super) rare: f64,
    other_word: f64,
}

impl Wish {
    fn of(reading: &Reading, prepared: &Prepared<'_>, view: &View) -> Self {
        let wish = reading.wish();
        let terms = prepared.terms().iter();
        let information: Vec<f64> = terms
            .map(|term| match wish.contains_key(term.text.as_str()) {
                true => f64::from(term.idf),
                false => 0.0,
            })
            .collect();
        let rare = (1.0 + f64::from(view.len())).ln();
        Wish {
            total: information.iter().sum(),
            words: wish.len(),
            information,
            rare,
            other_word: OTHER_WORD * rare,
        }
    }

    /// The information of some terms.
    pub(super) fn sum(&self, terms: &[usize]) -> f64 {
        terms.iter().map(|term| self.information[*term]).sum()
    }

    /// Their share of all information.
    pub(super) fn share(&self, terms: &[usize]) -> f64 {
        self.sum(terms) / self.total.max(f64::MIN_POSITIVE)
    }
}
