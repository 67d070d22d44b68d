//! Counting the terms of texts.

use super::field::{FIELDS, Field};
use super::vocabulary::LocalTerm;
use crate::model::UnitNo;

/// How often one field of one unit has a term: unit, field and count in one number, so that counts
/// of a term sort by unit, then field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count(u64);

const FIELD_BITS: u32 = 4;
const COUNT_BITS: u32 = 28;

/// A term that is there more often is counted so often.
pub(super) const MOST: u32 = (1 << COUNT_BITS) - 1;

impl Count {
    fn once(unit: UnitNo, field: Field) -> Self {
        let place = u64::from(unit.0) << FIELD_BITS | field.index() as u64;
        Count(place << COUNT_BITS | 1)
    }

    /// Unit and field.
    pub(super) fn place(self) -> u64 {
        self.0 >> COUNT_BITS
    }

    pub(super) fn unit(self) -> u32 {
        (self.0 >> (FIELD_BITS + COUNT_BITS)) as u32
    }

    pub(super) fn field(self) -> usize {
        (self.0 >> COUNT_BITS) as usize & ((1 << FIELD_BITS) - 1)
    }

    pub(super) fn times(self) -> u32 {
        self.0 as u32 & MOST
    }

    fn add_one(&mut self) {
        if self.times() < MOST {
            self.0 += 1;
        }
    }
}

/// What a unit has of terms, about: for so many there is room from the beginning. Room that is not
/// used costs nothing; growing copies everything.
const TERMS_OF_A_UNIT: usize = 64;

/// What one thread has counted.
pub(super) struct Tally {
    /// The term of each count.
    terms: Vec<LocalTerm>,
    counts: Vec<Count>,
    /// By term: the text it was last seen in, and its count there.
    last: Vec<Seen>,
    text: u32,
}

#[derive(Clone, Copy, Default)]
struct Seen {
    text: u32,
    count: u32,
}

/// Counts by term.
pub(super) struct Counts {
    counts: Vec<Count>,
    starts: Vec<u32>,
}

impl Tally {
    /// Nothing yet, and room for the terms of so many units.
    pub(super) fn for_units(units: usize) -> Self {
        let room = units * TERMS_OF_A_UNIT;
        Tally {
            terms: Vec::with_capacity(room),
            counts: Vec::with_capacity(room),
            last: Vec::new(),
            text: 0,
        }
    }

    /// A text begins.
    pub(super) fn begin(&mut self) {
        self.text += 1;
    }

    /// The text, which is of this field, has the term.
    pub(super) fn add(&mut self, term: LocalTerm, unit: UnitNo, field: Field) {
        let at = term as usize;
        if at >= self.last.len() {
            self.last.resize(at + 1, Seen::default());
        }
        let seen = &mut self.last[at];
        if seen.text == self.text {
            self.counts[seen.count as usize].add_one();
            return;
        }
        *seen = Seen {
            text: self.text,
            count: self.counts.len() as u32,
        };
        self.terms.push(term);
        self.counts.push(Count::once(unit, field));
    }

    /// How many counts there are.
    pub(super) fn len(&self) -> usize {
        self.counts.len()
    }

    /// Everything that was counted, by term, put in order by so many threads; the counts of a term in the
    /// order they were made.
    pub(super) fn by_term(self, threads: usize) -> Counts {
        let mut starts = vec![0u32; self.last.len() + 1];
        for term in &self.terms {
            starts[*term as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut counts = vec![Count::default(); self.counts.len()];
        self.place(&starts, 0, &mut counts, threads);
        Counts { counts, starts }
    }

    /// Puts the counts of the terms from `first` on where they begin: `starts` has that of each, and
    /// one past the last. So many threads share the terms, and each looks at all counts.
    fn place(&self, starts: &[u32], first: usize, counts: &mut [Count], threads: usize) {
        let terms = starts.len() - 1;
        if threads > 1 && terms > 1 {
            let middle = starts[0] + counts.len() as u32 / 2;
            let half = starts.partition_point(|s| *s < middle).clamp(1, terms - 1);
            let (left, right) = counts.split_at_mut((starts[half] - starts[0]) as usize);
            rayon::join(
                || self.place(&starts[..=half], first, left, threads / 2),
                || self.place(&starts[half..], first + half, right, threads - threads / 2),
            );
            return;
        }
        let mut next: Vec<u32> = starts.iter().map(|s| s - starts[0]).collect();
        for (term, count) in self.terms.iter().zip(&self.counts) {
            let Some(at) = (*term as usize).checked_sub(first).filter(|t| *t < terms) else {
                continue;
            };
            counts[next[at] as usize] = *count;
            next[at] += 1;
        }
    }
}

impl Counts {
    pub(super) fn of(&self, term: LocalTerm) -> &[Count] {
        let at = |i: usize| self.starts.get(i).map_or(0, |s| *s as usize);
        self.counts
            .get(at(term as usize)..at(term as usize + 1))
            .unwrap_or_default()
    }
}

/// The number of terms in each field of a unit, up to 65,535.
pub(super) type Lengths = [u16; FIELDS];
