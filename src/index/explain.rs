//! Why a unit scores what it scores.

use super::bm25f::points;
use super::field::{FIELDS, Field};
use super::prepared::{Prepared, PreparedTerm, Row};
use crate::model::UnitNo;

/// What a term of the query adds to the score of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// The term.
    pub term: String,
    /// How much the term tells.
    pub idf: f32,
    /// What it adds. The gains of a unit add up to its score.
    pub gain: f64,
    /// The fields that have the term, in the order of [`Field::ALL`].
    pub fields: Vec<Share>,
}

/// The part of a field in a gain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The field.
    pub field: Field,
    /// How often it has the term.
    pub count: u32,
    /// Its part of the gain, by its part of the weighted frequency that saturated.
    pub gain: f64,
}

impl Prepared<'_> {
    /// Calls `take` with each term of visible units, which are ascending: the place of the unit, that of
    /// the term in [`Prepared::terms`], and each field that has it. For each unit the terms come in
    /// their order.
    pub fn found_in(&self, units: &[UnitNo], mut take: impl FnMut(usize, usize, Field)) {
        self.look_up(units, |unit, term, found| {
            let having = Field::ALL.into_iter();
            let having = having.filter(|f| found.fields.contains(f.index()));
            having.for_each(|field| take(unit, term, field));
        });
    }

    /// How many terms a field of a unit has.
    pub fn length(&self, unit: UnitNo, field: Field) -> u16 {
        self.index.length_at(field.index(), unit.0)
    }

    /// What each term adds to the score of a unit, in the order of the query; terms that the unit
    /// does not have are left out. Nothing for a unit that is not visible.
    pub fn explain(&self, unit: UnitNo) -> Vec<Contribution> {
        self.explain_all(&[unit]).pop().unwrap_or_default()
    }

    /// [`Self::explain`] for each of some units, in any order. Each list is gone through once.
    pub fn explain_all(&self, units: &[UnitNo]) -> Vec<Vec<Contribution>> {
        let mut all: Vec<Vec<Contribution>> = units.iter().map(|_| Vec::new()).collect();
        let mut ascending: Vec<usize> = (0..units.len()).collect();
        ascending.retain(|i| self.view.sees(units[*i]));
        ascending.sort_by_key(|i| units[*i]);
        for (place, term) in self.terms.iter().enumerate() {
            let mut walk = None;
            for i in &ascending {
                let unit = units[*i];
                if self.lacks(place, unit) {
                    continue;
                }
                let Some(walk) = walk.get_or_insert_with(|| term.walk()) else {
                    break;
                };
                if let Some((counts, at)) = walk.find(unit) {
                    all[*i].push(self.contribution(term, unit, &counts.row(at)));
                }
            }
        }
        all
    }

    fn contribution(&self, term: &PreparedTerm<'_>, unit: UnitNo, row: &Row) -> Contribution {
        let gain = points(self.gain(term, unit, row).into());
        let part = |field: usize| {
            let mut alone = [0; FIELDS];
            alone[field] = row[field];
            let frequency = self.formula.frequency(alone.into_iter().enumerate(), |f| {
                self.index.length_at(f, unit.0)
            });
            f64::from(frequency)
        };
        let whole: f64 = (0..FIELDS).map(part).sum();
        let share = |field: Field| Share {
            field,
            count: row[field.index()],
            gain: if whole > 0.0 {
                gain * part(field.index()) / whole
            } else {
                0.0
            },
        };
        let having = Field::ALL.into_iter().filter(|f| row[f.index()] > 0);
        Contribution {
            term: term.text.clone(),
            idf: term.idf,
            gain,
            fields: having.map(share).collect(),
        }
    }
}
