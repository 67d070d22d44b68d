//! Which units fit a question, and how sure that is.
//!
//! A unit's score has three parts: BM25F over its fields; what its page gives it and it gives its
//! page, since a page answers through its sections and a section stands on its page; and how far
//! question and header cover each other, by the information of their words. The weights were chosen
//! on the development half of a set of stated customer intents.

use std::collections::BTreeMap;

use super::cards::Cards;
use super::reading::Reading;
use crate::grammar::Lexicon;
use crate::index::{Analyzer, Field, Index, Prepared, View, Weights, idf};
use crate::model::{Kind, Library, UnitNo, Unreadable};

/// How many units of the first pass are looked at again.
const CANDIDATES: usize = 300;
/// How many of those have their headers read.
const READ: usize = 40;
/// What the best section of a page adds to it.
const CHILD: f64 = 0.3;
/// What a page adds to its sections.
const PAGE: f64 = 0.1;
/// What the mutual coverage of question and header is worth at most.
const COVERAGE: f64 = 10.0;
/// What a section counts beside a page.
const SECTION: f64 = 0.9;
/// What a step counts beside a page: asked for is most often what it belongs to.
const STEP: f64 = 0.6;

/// A unit and how well it fits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    pub(super) unit: UnitNo,
    pub(super) score: f64,
    /// How far question and header cover each other, 0 to 1.
    pub(super) coverage: f64,
}

/// The ranking of a question, and the evidence for its first unit.
pub(super) struct Ranking {
    pub(super) units: Vec<Ranked>,
    pub(super) evidence: Evidence,
}

/// How well the first unit fits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence {
    /// The share of the question's information that the unit has in any field.
    pub(super) covered: f64,
    /// The share that it has outside of its text.
    pub(super) named: f64,
    /// How far question and header cover each other.
    pub(super) header: f64,
    /// How far ahead of the next page it is.
    pub(super) margin: f64,
}

/// Everything that ranking looks at.
pub(super) struct Shelf<'a> {
    pub(super) library: &'a dyn Library,
    pub(super) index: &'a Index<'a>,
    pub(super) view: &'a View,
    pub(super) cards: &'a Cards<'a>,
    pub(super) lexicon: &'a Lexicon,
}

impl Shelf<'_> {
    /// Ranks the units for a question.
    pub(super) fn rank(&self, reading: &Reading) -> Result<Ranking, Unreadable> {
        let weights = Weights::default();
        let prepared = Prepared::new(self.index, &reading.query, &weights, self.view);
        let mut units = self.first_pass(&prepared);
        units.truncate(READ);
        let informations = Information::of(self, reading);
        for ranked in &mut units {
            let header = &self.library.unit(ranked.unit)?.header;
            ranked.coverage = informations.coverage(header);
            ranked.score += self.worth(ranked.unit) * COVERAGE * ranked.coverage;
        }
        sort(&mut units);
        let evidence = self.evidence(&units, &prepared, &informations);
        Ok(Ranking { units, evidence })
    }

    /// Ranks by the index alone.
    fn first_pass(&self, prepared: &Prepared<'_>) -> Vec<Ranked> {
        let hits = prepared.search(CANDIDATES);
        let mut own: BTreeMap<UnitNo, f64> = BTreeMap::new();
        let mut best_below: BTreeMap<UnitNo, f64> = BTreeMap::new();
        for hit in &hits {
            own.insert(hit.unit, hit.score);
            let page = self.cards.page(hit.unit);
            if self.view.sees(page) {
                own.entry(page).or_insert_with(|| prepared.score(page));
            }
            if page != hit.unit {
                let best = best_below.entry(page).or_default();
                *best = best.max(hit.score);
            }
        }
        let scored = own.iter().map(|(unit, score)| {
            let page = self.cards.page(*unit);
            let score = if page == *unit {
                score + CHILD * best_below.get(unit).copied().unwrap_or_default()
            } else {
                self.worth(*unit) * score + PAGE * own.get(&page).copied().unwrap_or_default()
            };
            Ranked {
                unit: *unit,
                score,
                coverage: 0.0,
            }
        });
        let mut units: Vec<Ranked> = scored.collect();
        sort(&mut units);
        units
    }

    /// What a unit counts beside a page.
    fn worth(&self, unit: UnitNo) -> f64 {
        match self.cards.kind(unit) {
            _ if self.cards.page(unit) == unit => 1.0,
            Kind::Step => STEP,
            _ => SECTION,
        }
    }

    fn evidence(
        &self,
        units: &[Ranked],
        prepared: &Prepared<'_>,
        informations: &Information<'_>,
    ) -> Evidence {
        let Some(first) = units.first() else {
            return Evidence::default();
        };
        let page = self.cards.page(first.unit);
        let second = units.iter().find(|u| self.cards.page(u.unit) != page);
        let (mut covered, mut named) = (0.0, 0.0);
        for part in prepared.explain(first.unit) {
            let Some(information) = informations.wish.get(part.term.as_str()) else {
                continue;
            };
            covered += information;
            let outside = |f: Field| {
                matches!(
                    f,
                    Field::Header | Field::Summary | Field::Path | Field::Parts
                )
            };
            if part.fields.iter().any(|share| outside(share.field)) {
                named += information;
            }
        }
        let whole = informations.total.max(f64::MIN_POSITIVE);
        let next = second.map_or(0.0, |s| s.score);
        Evidence {
            covered: covered / whole,
            named: named / whole,
            header: first.coverage,
            margin: if first.score > 0.0 {
                (first.score - next) / first.score
            } else {
                0.0
            },
        }
    }
}

/// Best first; ties by number.
fn sort(units: &mut [Ranked]) {
    units.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.unit.cmp(&b.unit)));
}

/// How much each word of a question tells: its inverse document frequency.
struct Information<'a> {
    shelf: &'a Shelf<'a>,
    analyzer: Analyzer<'a>,
    wish: BTreeMap<&'a str, f64>,
    total: f64,
}

impl<'a> Information<'a> {
    fn of(shelf: &'a Shelf<'a>, reading: &'a Reading) -> Self {
        let wish: BTreeMap<&str, f64> = reading
            .wish
            .keys()
            .map(|t| (t.as_str(), shelf.information(t)))
            .collect();
        Information {
            shelf,
            analyzer: Analyzer::new(shelf.lexicon),
            total: wish.values().sum(),
            wish,
        }
    }

    /// How far question and header cover each other: the mean of the share of the question's
    /// information that the header has and the share of the header's that the question has.
    fn coverage(&self, header: &str) -> f64 {
        let terms: BTreeMap<String, ()> = self
            .analyzer
            .terms(header)
            .into_iter()
            .map(|t| (t.text, ()))
            .collect();
        let (mut both, mut whole) = (0.0, 0.0);
        for term in terms.keys() {
            match self.wish.get(term.as_str()) {
                Some(information) => {
                    both += information;
                    whole += information;
                }
                None => whole += self.shelf.information(term),
            }
        }
        if whole <= 0.0 || self.total <= 0.0 {
            return 0.0;
        }
        (both / self.total + both / whole) / 2.0
    }
}

impl Shelf<'_> {
    fn information(&self, term: &str) -> f64 {
        f64::from(idf(self.view.len(), self.index.df(term, self.view)))
    }
}
