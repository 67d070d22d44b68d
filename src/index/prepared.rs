//! A query made ready for an index, some weights and a view.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::block::BlockCounts;
use super::bm25f::{Formula, Gain, Score, grains, idf, points};
use super::decoded::Decoded;
use super::field::{FIELDS, FieldSet};
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
    /// The lists of the terms that count, where all were read as a whole.
    pub(super) lists: Option<Vec<Option<Arc<Decoded>>>>,
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

/// A posting: how often each field has the term.
pub(super) type Row = [u32; FIELDS];

/// A posting that was looked up.
#[derive(Clone, Copy)]
pub(super) struct Found {
    /// tf' after it saturates.
    pub(super) saturated: f32,
    /// The fields that have the term.
    pub(super) fields: FieldSet,
}

/// A query whose terms have no more postings has their lists read as a whole, unless it is of the first
/// question.
const FEW: u32 = 1 << 17;
/// Scores below this many points are added up in 32 bits.
const NARROW: f32 = 4096.0;

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

    /// How many postings there are to read.
    fn postings(&self) -> u32 {
        self.list.map_or(0, |list| list.df)
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
        let terms: Vec<PreparedTerm<'q>> = merged
            .into_iter()
            .map(|(text, weight)| PreparedTerm::new(text, weight, index, view))
            .collect();
        let formula = Formula::new(weights, view);
        let few = view.kept.pays()
            && terms.iter().map(PreparedTerm::postings).sum::<u32>() <= FEW
            && terms.iter().map(PreparedTerm::worth).sum::<f32>() < NARROW;
        let read = |term: &PreparedTerm<'q>| {
            let list = term.list?;
            let read = || Decoded::of(list, index, &formula);
            Some(view.kept.list(&term.text, weights, read))
        };
        Prepared {
            index,
            view,
            formula,
            lists: few.then(|| terms.iter().map(read).collect()),
            terms,
        }
    }

    /// Gives a weight to the terms without one that some units have, but no more than `most` visible ones.
    pub fn weigh_rare(&mut self, most: u32, weight: f32) {
        let rare =
            |term: &&mut PreparedTerm<'q>| term.weight == 0.0 && (1..=most).contains(&term.df);
        let terms = self.terms.iter_mut().filter(rare);
        terms.for_each(|term| term.weight = usable(weight));
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
        self.look_up(units, |i, place, found| {
            let gain = grains(self.terms[place].worth() * found.saturated);
            scores[i] += Score::from(gain);
        });
        scores.into_iter().map(points).collect()
    }

    /// Calls `take` with each term of each visible unit: the place of the unit, that of the term in
    /// [`Prepared::terms`], and what is there. The units are ascending; it goes term by term, unit by
    /// unit.
    pub(super) fn look_up(&self, units: &[UnitNo], mut take: impl FnMut(usize, usize, Found)) {
        let seen = units
            .iter()
            .enumerate()
            .filter(|(_, u)| self.view.sees(**u));
        let seen: Vec<(usize, UnitNo)> = seen.map(|(i, u)| (i, *u)).collect();
        for (place, term) in self.terms.iter().enumerate() {
            let list = self
                .lists
                .as_ref()
                .and_then(|lists| lists.get(place)?.as_deref());
            if let Some(list) = list {
                let mut from = 0;
                for (i, unit) in &seen {
                    if let Some(found) = list.seek(*unit, &mut from) {
                        take(*i, place, found);
                    }
                }
            } else if let Some(mut walk) = term.walk() {
                for (i, unit) in &seen {
                    if let Some((counts, at)) = walk.find(*unit) {
                        take(*i, place, self.found(counts, at, *unit));
                    }
                }
            }
        }
    }

    /// Is it known without reading postings that a unit lacks a term?
    pub(super) fn lacks(&self, place: usize, unit: UnitNo) -> bool {
        let list = self.lists.as_ref().and_then(|lists| lists.get(place));
        list.is_some_and(|list| !list.as_ref().is_some_and(|list| list.has(unit)))
    }

    fn found(&self, counts: &BlockCounts<'_>, at: usize, unit: UnitNo) -> Found {
        let length = |field| self.index.length_at(field, unit.0);
        let frequency = self.formula.frequency(counts.having(at), length);
        let mut fields = FieldSet::default();
        counts
            .having(at)
            .for_each(|(field, _)| fields.insert(field));
        Found {
            saturated: self.formula.saturated(frequency),
            fields,
        }
    }

    /// What a term adds to the score of a unit whose fields have it so often.
    pub(super) fn gain(&self, term: &PreparedTerm<'_>, unit: UnitNo, row: &Row) -> Gain {
        let length = |field| self.index.length_at(field, unit.0);
        let frequency = self
            .formula
            .frequency(row.iter().copied().enumerate(), length);
        self.formula.gain(term.worth(), frequency)
    }
}
