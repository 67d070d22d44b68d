//! A query made ready for an index, some weights and a view.

use rustc_hash::FxHashMap;

use super::bm25f::{Formula, Gain, Score, idf, points};
use super::encode::BLOCK;
use super::field::FIELDS;
use super::list::List;
use super::postings;
use super::query::Query;
use super::section::Index;
use super::view::View;
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

    /// How often each field of the unit has it.
    pub(super) fn row(&self, unit: UnitNo) -> Option<Row> {
        let list = self.list?;
        let mut units = [0; BLOCK];
        let (count, unread) = list.block(list.seek(unit.0))?.read(&mut units)?;
        let at = units.get(..count)?.binary_search(&unit.0).ok()?;
        Some(unread.read()?.row(at))
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

    /// The score of one unit; zero where it is not visible or has none of the terms.
    pub fn score(&self, unit: UnitNo) -> f64 {
        if !self.view.sees(unit) {
            return 0.0;
        }
        let gains = self.terms.iter().filter_map(|term| {
            let gain = self.gain(term, unit, &term.row(unit)?);
            Some(Score::from(gain))
        });
        points(gains.sum())
    }

    /// What a term adds to the score of a unit whose fields have it so often.
    pub(super) fn gain(&self, term: &PreparedTerm<'_>, unit: UnitNo, row: &Row) -> Gain {
        let length = |field| self.index.length_at(field, unit.0);
        let frequency = self.formula.frequency(row, length);
        self.formula.gain(term.worth(), frequency)
    }
}
