//! The terms of a set in their order, each with what every thread counted for it.

use std::borrow::Cow;
use std::cmp::Ordering;

use rayon::prelude::*;

use super::builder::Worker;
use super::tally::Count;
use super::terms::Met;

/// The terms, sorted.
pub(super) struct Merged<'w> {
    workers: &'w [Worker],
    terms: Vec<Term>,
}

struct Term {
    /// The first bytes of the term, which order most of them.
    head: u64,
    text: Box<str>,
    number: Met,
}

impl Term {
    fn order(&self, other: &Self) -> Ordering {
        let order = self.head.cmp(&other.head);
        order.then_with(|| self.text.cmp(&other.text))
    }
}

/// The first eight bytes as a number that orders as they do.
fn head(term: &str) -> u64 {
    let mut head = [0; 8];
    head.iter_mut().zip(term.bytes()).for_each(|(h, b)| *h = b);
    u64::from_be_bytes(head)
}

impl<'w> Merged<'w> {
    /// Each term that there is, and what the threads counted.
    pub(super) fn new(terms: Vec<(Box<str>, Met)>, workers: &'w [Worker]) -> Self {
        let term = |(text, number): (Box<str>, Met)| Term {
            head: head(&text),
            text,
            number,
        };
        let mut terms: Vec<Term> = terms.into_iter().map(term).collect();
        terms.par_sort_unstable_by(Term::order);
        Merged { workers, terms }
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    /// The terms, sorted.
    pub(super) fn terms(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().map(|term| &*term.text)
    }

    /// What was counted for a term, sorted.
    pub(super) fn counts(&self, term: usize) -> Cow<'_, [Count]> {
        let number = self.terms[term].number;
        let counted = self.workers.iter().map(|w| w.counts.of(number));
        let mut counted = counted.filter(|counts| !counts.is_empty());
        match (counted.next(), counted.next()) {
            (Some(one), None) if one.is_sorted_by_key(|c| c.place()) => Cow::Borrowed(one),
            (first, second) => {
                let several = first.into_iter().chain(second).chain(counted);
                let mut counts: Vec<Count> = several.flatten().copied().collect();
                counts.sort_by_key(|c| c.place());
                Cow::Owned(counts)
            }
        }
    }
}
