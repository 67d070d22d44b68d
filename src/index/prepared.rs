//! A query made ready for an index, some weights and a view.

use rustc_hash::FxHashMap;

use super::bm25f::{Formula, Gain, Score, idf, points};
use super::field::FIELDS;
use super::list::List;
use super::postings;
use super::query::Query;
use super::section::Index;
use super::view::View;
use super::walk::Walk;
use super::weights::{Weights, usable};
use crate::model::UnitNo;

/// A query whose terms have been looked up: it searches, scores and explains.
#[derive(Clone)]
pub struct Prepared<'q> {
    pub(super) index: &'q Index<'q>,
    pub(super) view: &'q View,
    pub(super) formula: Formula,
    pub(super) terms: Vec<PreparedTerm<'q>>,
}

/// A term of a query, looked up.
#[derive(Clone)]
pub struct PreparedTerm<'q> {
    /// The term.
    pub text: String,
    /// What it counts in the query.
    pub weight: f32,
    /// How many visible units have it.
    pub df: u32,
    /// How much it tells: `ln(1 + (N - df + 0.5) / (df + 0.5))` over the visible units. A term that
    /// no unit has tells most.
    pub idf: f32,
    /// `None` where no visible unit has it.
    pub(super) list: Option<List<'q>>,
}

/// A posting that was looked up: how often each field has the term.
pub(super) type Row = [u32; FIELDS];

impl<'q> PreparedTerm<'q> {
    fn new(text: &str, weight: f32, index: &Index<'q>, view: &View) -> Self {
        let list = index.list(text);
        let df = list.map_or(0, |l| postings::df(&l, view));
        PreparedTerm {
            text: text.to_owned(),
            weight: usable(weight),
            df,
            idf: idf(view.len(), df),
            list: list.filter(|_| df > 0),
        }
    }

    /// What it is worth where it is beyond doubt.
    pub(super) fn worth(&self) -> f32 {
        self.weight * self.idf
    }

    /// A walk through the units that have it.
    pub(super) fn walk(&self) -> Option<Walk<'q>> {
        self.list.map(Walk::new)
    }
}

impl<'q> Prepared<'q> {
    /// Looks up the terms of a query. A term that is in it several times is one whose weight is the
    /// sum.
    pub fn new(index: &'q Index<'q>, query: &Query, weights: &Weights, view: &'q View) -> Self {
        let mut places: FxHashMap<&str, usize> = FxHashMap::default();
        let mut merged: Vec<(&str, f32)> = Vec::new();
        for term in &query.terms {
            let place = *places.entry(&term.text).or_insert(merged.len());
            match merged.get_mut(place) {
                Some((_, weight)) => *weight += usable(term.weight),
                None => merged.push((&term.text, usable(term.weight))),
            }
        }
        let terms = merged
            .into_iter()
            .map(|(text, weight)| PreparedTerm::new(text, weight, index, view))
            .collect();
        Prepared {
            index,
            view,
            formula: Formula::new(weights, view),
            terms,
        }
    }

    /// The terms that were looked up, each once, in the order of the query. Those that no visible
    /// unit has are among them.
    pub fn terms(&self) -> &[PreparedTerm<'q>] {
        &self.terms
    }

    /// What a unit would score that had every term beyond doubt. No unit scores more.
    pub fn most(&self) -> f64 {
        self.terms.iter().map(|t| f64::from(t.worth())).sum()
    }

    /// The scores of units, which are ascending; zero for one that is not visible or has none of the
    /// terms.
    pub fn scores(&self, units: &[UnitNo]) -> Vec<f64> {
        let mut scores: Vec<Score> = vec![0; units.len()];
        self.rows(units, |i, place, row| {
            let gain = self.gain(&self.terms[place], units[i], row);
            scores[i] += Score::from(gain);
        });
        scores.into_iter().map(points).collect()
    }

    /// Calls `take` with each term of each visible unit: the place of the unit, that of the term in
    /// [`Prepared::terms`], and how often its fields have it. The units are ascending, so that each block
    /// is read once; term by term, unit by unit.
    pub(super) fn rows(&self, units: &[UnitNo], mut take: impl FnMut(usize, usize, &Row)) {
        for (place, term) in self.terms.iter().enumerate() {
            let Some(mut walk) = term.walk() else {
                continue;
            };
            for (i, unit) in units.iter().enumerate() {
                if self.view.sees(*unit)
                    && let Some(row) = walk.row(*unit)
                {
                    take(i, place, &row);
                }
            }
        }
    }

    /// What a term adds to the score of a unit whose fields have it so often.
    pub(super) fn gain(&self, term: &PreparedTerm<'_>, unit: UnitNo, row: &Row) -> Gain {
        let length = |field| self.index.length_at(field, unit.0);
        let frequency = self.formula.frequency(row, length);
        self.formula.gain(term.worth(), frequency)
    }
}
