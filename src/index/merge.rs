//! The terms of all threads as one sorted list.

use std::borrow::Cow;
use std::cmp::Ordering;

use rayon::prelude::*;

use super::builder::Worker;
use super::tally::Count;
use super::vocabulary::LocalTerm;

/// The terms of all threads, sorted, each with what every thread counted for it.
pub(super) struct Merged<'w> {
    workers: &'w [Worker],
    /// Sorted by term, then worker.
    entries: Vec<Entry<'w>>,
    /// Where the entries of each term begin, and one past the last entry.
    starts: Vec<usize>,
}

/// A term of one thread.
struct Entry<'w> {
    /// The first bytes of the term, which order most of them.
    head: u64,
    term: &'w str,
    worker: u32,
    number: LocalTerm,
}

impl Entry<'_> {
    fn order(&self, other: &Self) -> Ordering {
        self.head
            .cmp(&other.head)
            .then_with(|| self.term.cmp(other.term))
            .then_with(|| self.worker.cmp(&other.worker))
    }
}

/// The first eight bytes as a number that orders as they do.
fn head(term: &str) -> u64 {
    let mut head = [0; 8];
    head.iter_mut().zip(term.bytes()).for_each(|(h, b)| *h = b);
    u64::from_be_bytes(head)
}

impl<'w> Merged<'w> {
    pub(super) fn new(workers: &'w [Worker]) -> Self {
        let mut entries = Vec::with_capacity(workers.iter().map(|w| w.terms.len()).sum());
        for (worker, found) in workers.iter().enumerate() {
            entries.extend(found.terms.iter().map(|(term, number)| Entry {
                head: head(term),
                term,
                worker: worker as u32,
                number: *number,
            }));
        }
        entries.par_sort_unstable_by(Entry::order);
        let begins = |i: &usize| match i.checked_sub(1).and_then(|before| entries.get(before)) {
            Some(before) => entries.get(*i).is_none_or(|e| e.term != before.term),
            None => true,
        };
        let starts = (0..=entries.len()).filter(begins).collect();
        Merged {
            workers,
            entries,
            starts,
        }
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The terms, sorted.
    pub(super) fn terms(&self) -> impl Iterator<Item = &'w str> + '_ {
        (0..self.len()).filter_map(|i| self.entries_of(i).first().map(|e| e.term))
    }

    /// What was counted for a term, sorted.
    pub(super) fn counts(&self, term: usize) -> Cow<'_, [Count]> {
        let of = |e: &Entry<'_>| {
            let worker = self.workers.get(e.worker as usize);
            worker.map_or(&[][..], |w| w.counts.of(e.number))
        };
        match self.entries_of(term) {
            [one] if of(one).is_sorted_by_key(|c| c.place()) => Cow::Borrowed(of(one)),
            several => {
                let mut counts: Vec<Count> = several.iter().flat_map(of).copied().collect();
                counts.sort_by_key(|c| c.place());
                Cow::Owned(counts)
            }
        }
    }

    fn entries_of(&self, term: usize) -> &[Entry<'w>] {
        match (self.starts.get(term), self.starts.get(term + 1)) {
            (Some(a), Some(b)) => self.entries.get(*a..*b).unwrap_or_default(),
            _ => &[],
        }
    }
}
