//! Posting lists that were read as a whole and weighed, kept for the next question.
//!
//! Most of what a search costs is reading postings, and questions to one set have most of their words in
//! common. A list that was read once is kept, with what its postings gain before the term's own worth
//! is counted in, which differs from question to question.

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use super::block::BlockCounts;
use super::bm25f::{Formula, Gain, grains};
use super::encode::BLOCK;
use super::field::FieldSet;
use super::list::List;
use super::prepared::Found;
use super::section::{Index, length};
use super::walk::Walk;
use super::weights::Weights;
use crate::model::UnitNo;

/// So many postings are kept at most, at ten bytes each.
const MOST_KEPT: usize = 4 << 20;

/// A posting list that was read and weighed.
pub(super) struct Decoded {
    /// Its units, ascending; `None` where it is kept by unit, with nothing for those that it lacks.
    units: Option<Vec<u32>>,
    /// Of each, tf' after it saturates.
    saturated: Vec<f32>,
    /// Of each, the fields that have the term.
    fields: Vec<FieldSet>,
}

impl Decoded {
    /// Reads a list. What cannot be read of it is left out.
    ///
    /// One that most units are on is kept by unit: then adding it up needs no places, which is what vector
    /// units do best, and looking a unit up needs no search. Questions spend most of their postings on such
    /// lists.
    pub(super) fn of(list: List<'_>, index: &Index<'_>, formula: &Formula) -> Self {
        let all = index.units() as usize;
        let by_unit = list.df as usize > all / 2;
        let most = list.blocks() * BLOCK;
        let mut decoded = match by_unit {
            true => Decoded {
                units: None,
                saturated: vec![0.0; all],
                fields: vec![FieldSet::default(); all],
            },
            false => Decoded {
                units: Some(Vec::with_capacity(most)),
                saturated: Vec::with_capacity(most),
                fields: Vec::with_capacity(most),
            },
        };
        let mut walk = Walk::new(list);
        for block in 0..list.blocks() {
            if walk.load(block).is_none() {
                continue;
            }
            let count = walk.units().len();
            let (units, counts) = walk.postings();
            let frequencies = frequencies(counts, units, index, formula);
            let mut fields = [FieldSet::default(); BLOCK];
            for (field, column) in counts.columns() {
                column.each(|i, _| fields[i % BLOCK].insert(field));
            }
            let saturated = frequencies.map(|f| formula.saturated(f));
            decoded.take(&units[..count], &saturated[..count], &fields[..count]);
        }
        decoded
    }

    /// Takes up the postings of a block.
    fn take(&mut self, units: &[u32], saturated: &[f32], fields: &[FieldSet]) {
        if let Some(known) = &mut self.units {
            known.extend_from_slice(units);
            self.saturated.extend_from_slice(saturated);
            self.fields.extend_from_slice(fields);
            return;
        }
        for ((unit, saturated), fields) in units.iter().zip(saturated).zip(fields) {
            let place = *unit as usize;
            if let (Some(s), Some(f)) = (self.saturated.get_mut(place), self.fields.get_mut(place))
            {
                (*s, *f) = (*saturated, *fields);
            }
        }
    }

    /// Adds what each posting gains to the score of its unit.
    pub(super) fn add_to(&self, scores: &mut [Gain], worth: f32) {
        let gain = |saturated: &f32| grains(worth * saturated);
        match &self.units {
            None => {
                let all = scores.iter_mut().zip(&self.saturated);
                all.for_each(|(score, saturated)| *score = score.wrapping_add(gain(saturated)));
            }
            Some(units) => {
                for (unit, saturated) in units.iter().zip(&self.saturated) {
                    if let Some(score) = scores.get_mut(*unit as usize) {
                        *score = score.wrapping_add(gain(saturated));
                    }
                }
            }
        }
    }

    /// The posting of a unit, which is not before the one that was looked up last; `from` is where that one
    /// was found.
    pub(super) fn seek(&self, unit: UnitNo, from: &mut usize) -> Option<Found> {
        let place = match &self.units {
            None => unit.index(),
            Some(units) => {
                let rest = units.get(*from..).unwrap_or_default();
                *from += rest.partition_point(|u| *u < unit.0);
                *from
            }
        };
        let here = self
            .units
            .as_ref()
            .is_none_or(|units| units.get(place) == Some(&unit.0));
        let fields = self
            .fields
            .get(place)
            .filter(|fields| here && !fields.is_empty())?;
        Some(Found {
            saturated: self.saturated[place],
            fields: *fields,
        })
    }

    /// Has it a unit?
    pub(super) fn has(&self, unit: UnitNo) -> bool {
        self.seek(unit, &mut 0).is_some()
    }

    /// For how many postings it takes room.
    fn len(&self) -> usize {
        self.saturated.len()
    }
}

/// The tf' of the postings of a block, field by field: few have the term in more than one.
pub(super) fn frequencies(
    counts: &BlockCounts<'_>,
    units: &[u32; BLOCK],
    index: &Index<'_>,
    formula: &Formula,
) -> [f32; BLOCK] {
    let mut frequencies = [0f32; BLOCK];
    for (field, column) in counts.columns().filter(|(f, _)| formula.counts(*f)) {
        let lengths = index.lengths(field);
        column.each(|i, count| {
            let length = length(lengths, units[i % BLOCK]);
            frequencies[i % BLOCK] += formula.part(field, count, length);
        });
    }
    frequencies
}

/// So many queries are made ready for a question at most. Reading whole lists for the first one would not
/// pay: a process that answers no other would use none of them again.
const FIRST: u32 = 2;

/// The lists that are kept for one view.
#[derive(Default)]
pub(super) struct Kept {
    lists: Mutex<Lists>,
    /// How many queries were made ready.
    queries: AtomicU32,
}

#[derive(Default)]
struct Lists {
    by_term: FxHashMap<Box<str>, Arc<Decoded>>,
    /// The weights that they were weighed with.
    weights: Option<Weights>,
    postings: usize,
}

impl Kept {
    /// Does it pay to read whole lists for a query that is made ready now?
    pub(super) fn pays(&self) -> bool {
        self.queries.fetch_add(1, Ordering::Relaxed) >= FIRST
    }

    /// The list of a term, which `read` reads where it is not kept.
    pub(super) fn list(
        &self,
        term: &str,
        weights: &Weights,
        read: impl FnOnce() -> Decoded,
    ) -> Arc<Decoded> {
        if let Some(list) = self.lists(weights).by_term.get(term) {
            return Arc::clone(list);
        }
        // Others are not kept waiting while this one reads.
        let list = Arc::new(read());
        let mut lists = self.lists(weights);
        lists.postings += list.len();
        lists.by_term.insert(term.into(), Arc::clone(&list));
        list
    }

    /// The lists, as far as they were weighed so.
    fn lists(&self, weights: &Weights) -> MutexGuard<'_, Lists> {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        if lists.weights != Some(*weights) || lists.postings > MOST_KEPT {
            *lists = Lists {
                weights: Some(*weights),
                ..Lists::default()
            };
        }
        lists
    }
}

/// A copy begins with nothing.
impl Clone for Kept {
    fn clone(&self) -> Self {
        Kept::default()
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}
