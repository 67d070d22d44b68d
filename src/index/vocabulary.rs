//! The terms that one thread has met, and what each word it has seen became.
//!
//! A word is spelled out, looked up in the pack and stemmed once; from then on it is one lookup.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::analyze::{Analyzer, Meaning, spell};
use super::parts::cut;
use super::runs::Runs;
use crate::grammar::Lexicon;

/// Longer runs are read each time they are met: they are hardly met twice.
const LONGEST_KNOWN: usize = 256;

/// A term, by its place in the list of one thread.
pub(super) type LocalTerm = u32;

/// How many runs are looked for before all others. So many stay near the processor.
const RECENT: usize = 1 << RECENT_BITS;
const RECENT_BITS: u32 = 10;

/// A run of up to sixteen bytes as a number: its two halves.
type Short = (u64, u64);

/// The terms that a run became. This is small because every run of a set is looked up among them.
#[derive(Clone, Copy, Default)]
struct Known {
    /// The term, where it is the only one and has a meaning of its own. Else the place of the first
    /// in [`Vocabulary::expansions`], where those with a meaning of their own come first.
    at: u32,
    /// How many have a meaning of their own.
    own: u16,
    /// How many there are.
    all: u16,
}

/// What the runs of one language became.
struct Language<'l> {
    lexicon: &'l Lexicon,
    analyzer: Analyzer<'l>,
    /// Runs of up to sixteen bytes, which almost all are.
    short: FxHashMap<Short, Known>,
    /// Those that were met last, each in the one place where it can be: most of a text are few words.
    recent: Box<[(Short, Known); RECENT]>,
    long: FxHashMap<Box<str>, Known>,
    /// The terms of titles, which are read again with what stands below and above: where they are in
    /// [`Vocabulary::expansions`].
    titles: FxHashMap<Box<str>, Range<usize>>,
    /// Words as they are spelled out, which many runs have in common.
    words: FxHashMap<Box<str>, (LocalTerm, Meaning)>,
    spelled: String,
}

/// The terms that one thread has met.
#[derive(Default)]
pub(super) struct Vocabulary<'l> {
    languages: Vec<Language<'l>>,
    terms: Terms,
    expansions: Vec<LocalTerm>,
}

/// Terms by number and number by term.
#[derive(Default)]
struct Terms(FxHashMap<Box<str>, LocalTerm>);

impl Terms {
    fn number(&mut self, term: &str) -> LocalTerm {
        if let Some(number) = self.0.get(term) {
            return *number;
        }
        let number = self.0.len() as LocalTerm;
        self.0.insert(term.into(), number);
        number
    }
}

impl<'l> Vocabulary<'l> {
    /// Calls `take` with every term of a text.
    pub(super) fn read(
        &mut self,
        lexicon: &'l Lexicon,
        text: &str,
        mut take: impl FnMut(LocalTerm),
    ) {
        let language = self.language(lexicon);
        let mut found = false;
        for run in Runs::new(text) {
            let known = self.known(language, text, run);
            found |= known.own > 0;
            if known.is_term() {
                take(known.at);
            } else {
                self.expanded(known.at, known.own).for_each(&mut take);
            }
        }
        if found {
            return;
        }
        for run in Runs::new(text) {
            let known = self.known(language, text, run);
            self.expanded(known.at, known.all).for_each(&mut take);
        }
    }

    /// [`Self::read`], for a text that is likely to come again.
    pub(super) fn read_title(
        &mut self,
        lexicon: &'l Lexicon,
        title: &str,
        take: impl FnMut(LocalTerm),
    ) {
        let language = self.language(lexicon);
        let known = self.languages[language].titles.get(title).cloned();
        let terms = known.unwrap_or_else(|| {
            let mut terms = Vec::new();
            self.read(lexicon, title, |term| terms.push(term));
            let at = self.expansions.len();
            self.expansions.append(&mut terms);
            let terms = at..self.expansions.len();
            let titles = &mut self.languages[language].titles;
            titles.insert(title.into(), terms.clone());
            terms
        });
        self.expansions[terms].iter().copied().for_each(take);
    }

    /// Every term with its number, in no order.
    pub(super) fn into_terms(self) -> impl Iterator<Item = (Box<str>, LocalTerm)> {
        self.terms.0.into_iter()
    }

    fn expanded(&self, at: u32, count: u16) -> impl Iterator<Item = LocalTerm> {
        let range = at as usize..at as usize + usize::from(count);
        let terms = self.expansions.get(range).unwrap_or_default();
        terms.iter().copied()
    }

    fn language(&mut self, lexicon: &'l Lexicon) -> usize {
        let known = |l: &Language<'l>| std::ptr::eq(l.lexicon, lexicon);
        self.languages.iter().position(known).unwrap_or_else(|| {
            self.languages.push(Language {
                lexicon,
                analyzer: Analyzer::new(lexicon),
                short: FxHashMap::default(),
                recent: Box::new([Default::default(); RECENT]),
                long: FxHashMap::default(),
                titles: FxHashMap::default(),
                words: FxHashMap::default(),
                spelled: String::new(),
            });
            self.languages.len() - 1
        })
    }

    #[inline]
    fn known(&mut self, language: usize, text: &str, run: Range<usize>) -> Known {
        let short = number(text.as_bytes(), &run);
        let language = &mut self.languages[language];
        let known = match short {
            Some(run) => {
                let (last, known) = &mut language.recent[place(run)];
                if *last == run {
                    return *known;
                }
                let found = language.short.get(&run);
                if let Some(found) = found {
                    (*last, *known) = (run, *found);
                }
                found
            }
            None => language.long.get(&text[run.clone()]),
        };
        if let Some(known) = known {
            return *known;
        }
        let known = language.expand(&text[run.clone()], &mut self.terms, &mut self.expansions);
        if let Some(run) = short {
            language.short.insert(run, known);
        } else if run.len() <= LONGEST_KNOWN {
            language.long.insert(text[run].into(), known);
        }
        known
    }
}

/// The place of a run among those that were met last.
#[inline]
fn place(run: Short) -> usize {
    // Fibonacci hashing: Knuth, "The Art of Computer Programming", volume 3, 6.4.
    let mixed = (run.0 ^ run.1.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> (u64::BITS - RECENT_BITS)) as usize
}

/// A run of up to sixteen bytes as a number. No run has a zero byte, so no two are the same number.
#[inline]
fn number(text: &[u8], run: &Range<usize>) -> Option<Short> {
    let length = run.len();
    if length > 16 {
        return None;
    }
    let bytes = match text.get(run.start..).and_then(|rest| rest.first_chunk()) {
        Some(bytes) => *bytes,
        None => {
            let mut bytes = [0; 16];
            bytes
                .get_mut(..length)?
                .copy_from_slice(text.get(run.clone())?);
            bytes
        }
    };
    let unused = 128 - 8 * length as u32;
    let number = u128::from_le_bytes(bytes).checked_shl(unused)?;
    Some((number as u64, (number >> 64) as u64))
}

impl Known {
    /// Is it one term that has a meaning of its own?
    fn is_term(self) -> bool {
        (self.own, self.all) == (1, 1)
    }
}

impl Language<'_> {
    /// Reads a run. Its terms are appended to `expansions` unless there is one that has a meaning of
    /// its own.
    fn expand(&mut self, run: &str, terms: &mut Terms, expansions: &mut Vec<LocalTerm>) -> Known {
        let at = expansions.len();
        let mut empty = Vec::new();
        cut(run, |part, _| match self.word(&run[part], terms) {
            (number, Meaning::Own) => expansions.push(number),
            (number, Meaning::None) => empty.push(number),
        });
        let own = expansions.len() - at;
        expansions.append(&mut empty);
        let mut known = Known {
            at: at as u32,
            own: own as u16,
            all: (expansions.len() - at) as u16,
        };
        if known.is_term() {
            known.at = expansions.pop().unwrap_or_default();
        }
        known
    }

    fn word(&mut self, word: &str, terms: &mut Terms) -> (LocalTerm, Meaning) {
        spell(word, &mut self.spelled);
        if let Some(known) = self.words.get(self.spelled.as_str()) {
            return *known;
        }
        let (term, meaning) = self.analyzer.term(&self.spelled);
        let word = (terms.number(&term), meaning);
        self.words.insert(self.spelled.as_str().into(), word);
        word
    }
}
