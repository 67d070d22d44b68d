//! The terms that any thread has met.
//!
//! Threads share what a word is looked up as: one that was spelled out, looked up in the pack and
//! stemmed by one thread is read by no other. Which thread meets a term first gives its number, so a
//! number means nothing but which term it is.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;

use super::analyze::{Analyzer, Meaning};
use crate::grammar::Lexicon;

/// A term, by the number that it got when it was met first.
pub(super) type Met = u32;

/// Threads that look for different words seldom wait for each other.
const SHARDS: usize = 1 << SHARD_BITS;
const SHARD_BITS: u32 = 4;

/// What is known of texts, by any thread.
struct Shared<T>([Mutex<FxHashMap<Box<str>, T>>; SHARDS]);

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Shared(std::array::from_fn(|_| Mutex::default()))
    }
}

impl<T: Copy> Shared<T> {
    /// What is known of a text; `make` tells where nothing is.
    fn get(&self, text: &str, make: impl FnOnce() -> T) -> T {
        let hash = FxBuildHasher.hash_one(text);
        let shard = &self.0[(hash >> (u64::BITS - SHARD_BITS)) as usize];
        let mut known = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(text) {
            return *known;
        }
        let made = make();
        known.insert(text.into(), made);
        made
    }

    fn into_all(self) -> impl Iterator<Item = (Box<str>, T)> {
        let shards = self.0.into_iter();
        shards.flat_map(|shard| shard.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The terms of all threads.
#[derive(Default)]
pub(super) struct Terms<'l> {
    numbers: Shared<Met>,
    next: AtomicU32,
    languages: RwLock<Vec<Arc<Words<'l>>>>,
}

/// The words of one language as they are spelled out, which many runs have in common.
pub(super) struct Words<'l> {
    pub(super) lexicon: &'l Lexicon,
    analyzer: Analyzer<'l>,
    known: Shared<(Met, Meaning)>,
}

impl<'l> Terms<'l> {
    /// The words of a language.
    pub(super) fn words(&self, lexicon: &'l Lexicon) -> Arc<Words<'l>> {
        let of = |all: &[Arc<Words<'l>>]| {
            let found = all
                .iter()
                .find(|words| std::ptr::eq(words.lexicon, lexicon));
            found.map(Arc::clone)
        };
        let known = of(&self
            .languages
            .read()
            .unwrap_or_else(PoisonError::into_inner));
        known.unwrap_or_else(|| {
            let mut all = self
                .languages
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            // Another thread may have been here.
            of(&all).unwrap_or_else(|| {
                all.push(Arc::new(Words {
                    lexicon,
                    analyzer: Analyzer::new(lexicon),
                    known: Shared::default(),
                }));
                Arc::clone(&all[all.len() - 1])
            })
        })
    }

    /// What a word is looked up as that is spelled out.
    pub(super) fn term(&self, words: &Words<'l>, spelled: &str) -> (Met, Meaning) {
        words.known.get(spelled, || {
            let (term, meaning) = words.analyzer.term(spelled);
            let number = || self.next.fetch_add(1, Ordering::Relaxed);
            (self.numbers.get(&term, number), meaning)
        })
    }

    /// Every term with its number, in no order.
    pub(super) fn into_all(self) -> Vec<(Box<str>, Met)> {
        self.numbers.into_all().collect()
    }
}
