//! Posting lists that were read as a whole and weighed, kept for the next question.
//!
//! Most of what a search costs is reading postings, and questions to one set have most of their words in
//! common. A list that was read once is kept, with what its postings gain before the term's own worth
//! is counted in, which differs from question to question.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use super::block::BlockCounts;
use super::bm25f::Formula;
use super::encode::BLOCK;
use super::field::FieldSet;
use super::list::List;
use super::prepared::Found;
use super::section::{Index, length};
use super::walk::Walk;
use super::weights::Weights;

/// So many postings are kept at most, at ten bytes each.
const MOST_KEPT: usize = 4 << 20;

/// A posting list that was read and weighed.
#[derive(Default)]
pub(super) struct Decoded {
    /// Its units, ascending.
    pub(super) units: Vec<u32>,
    /// Of each, tf' after it saturates.
    pub(super) saturated: Vec<f32>,
    /// Of each, the fields that have the term.
    pub(super) fields: Vec<FieldSet>,
}

impl Decoded {
    /// Reads a list. What cannot be read of it is left out.
    pub(super) fn of(list: List<'_>, index: &Index<'_>, formula: &Formula) -> Self {
        let mut decoded = Decoded::default();
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
            decoded.units.extend(units.iter().take(count));
            decoded.saturated.extend(saturated.iter().take(count));
            decoded.fields.extend(fields.iter().take(count));
        }
        decoded
    }

    /// The `i`th posting.
    pub(super) fn found(&self, i: usize) -> Found {
        Found {
            saturated: self.saturated.get(i).copied().unwrap_or_default(),
            fields: self.fields.get(i).copied().unwrap_or_default(),
        }
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

/// The lists that are kept for one view.
#[derive(Default)]
pub(super) struct Kept(Mutex<Lists>);

#[derive(Default)]
struct Lists {
    by_term: FxHashMap<Box<str>, Arc<Decoded>>,
    /// The weights that they were weighed with.
    weights: Option<Weights>,
    postings: usize,
}

impl Kept {
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
        lists.postings += list.units.len();
        lists.by_term.insert(term.into(), Arc::clone(&list));
        list
    }

    /// The lists, as far as they were weighed so.
    fn lists(&self, weights: &Weights) -> MutexGuard<'_, Lists> {
        let mut lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
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
