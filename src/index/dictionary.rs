//! The terms of an index, each with its number. The only module that names `fst` and
//! `levenshtein_automata`.
//!
//! A finite-state map keeps terms in a third of their bytes and is searched by automata, which is
//! how misspelled words are found.

use std::sync::OnceLock;

use fst::{Automaton, IntoStreamer, Map, MapBuilder, Streamer};
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};

use super::analyze::LONGEST_TERM;

/// How far a term may be from another: characters that are missing, too many, others, or have
/// changed places with the next (Damerau, 1964; the automata are those of Schulz and Mihov, "Fast
/// String Correction with Levenshtein Automata", 2002).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edits {
    /// At most one of these.
    One,
    /// At most two.
    Two,
}

impl Edits {
    fn number(self) -> u8 {
        match self {
            Edits::One => 1,
            Edits::Two => 2,
        }
    }

    /// What automata for so many edits are built from. It is the same for all terms.
    fn builder(self) -> &'static LevenshteinAutomatonBuilder {
        static ONE: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
        static TWO: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
        let kept = match self {
            Edits::One => &ONE,
            Edits::Two => &TWO,
        };
        kept.get_or_init(|| LevenshteinAutomatonBuilder::new(self.number(), true))
    }
}

/// Why a dictionary cannot be used.
pub(super) type BadDictionary = fst::Error;

/// A dictionary, in place.
#[derive(Clone)]
pub(super) struct Dictionary<'a>(Map<&'a [u8]>);

/// Writes a dictionary: the terms, which are sorted and differ, are numbered from zero.
pub(super) fn write<'t>(terms: impl Iterator<Item = &'t str>) -> Vec<u8> {
    let mut builder = MapBuilder::memory();
    for (number, term) in terms.enumerate() {
        let added = builder.insert(term, number as u64);
        debug_assert!(added.is_ok(), "terms are sorted and differ: {added:?}");
    }
    builder.into_inner().unwrap_or_default()
}

impl<'a> Dictionary<'a> {
    /// Opens a dictionary. Its checksum is computed: the map that is read trusts its own bytes.
    ///
    /// # Errors
    /// The bytes are no dictionary, or not those that were written.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, BadDictionary> {
        let map = Map::new(bytes)?;
        map.as_fst().verify()?;
        Ok(Dictionary(map))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn number(&self, term: &str) -> Option<u64> {
        self.0.get(term)
    }

    /// Calls `take` with every term so near to `term`: its number, and how many edits it takes. In
    /// the order of the terms. Nothing is near what is longer than a term can be.
    pub(super) fn near(&self, term: &str, edits: Edits, mut take: impl FnMut(&str, u64, u8)) {
        if term.len() > LONGEST_TERM {
            return;
        }
        let automaton = Spelled(edits.builder().build_dfa(term));
        let mut found = self.0.search_with_state(&automaton).into_stream();
        while let Some((term, number, state)) = found.next() {
            if let (Ok(term), Some(edits)) = (std::str::from_utf8(term), automaton.edits(state)) {
                take(term, number, edits);
            }
        }
    }
}

/// The automaton of a word and its misspellings.
struct Spelled(DFA);

impl Spelled {
    fn edits(&self, state: u32) -> Option<u8> {
        match self.0.distance(state) {
            Distance::Exact(edits) => Some(edits),
            Distance::AtLeast(_) => None,
        }
    }
}

impl Automaton for Spelled {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        self.edits(*state).is_some()
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_terms_are_found() {
        let bytes = write(["cluster", "knöten", "kubectl", "kubelet"].into_iter());
        let dictionary = Dictionary::open(&bytes).expect("dictionary");
        assert_eq!(dictionary.number("kubectl"), Some(2));
        assert_eq!(dictionary.number("kube"), None);
        let near = |term: &str, edits| {
            let mut near = Vec::new();
            dictionary.near(term, edits, |t, n, e| near.push((t.to_owned(), n, e)));
            near
        };
        assert_eq!(near("kubeclt", Edits::One), [("kubectl".to_owned(), 2, 1)]);
        let both = [("kubectl".to_owned(), 2, 1), ("kubelet".to_owned(), 3, 2)];
        assert_eq!(near("kubeclt", Edits::Two), both);
        assert_eq!(near("knoten", Edits::One), [("knöten".to_owned(), 1, 1)]);
        assert_eq!(near(&"kubectl".repeat(1000), Edits::Two), []);
    }

    #[test]
    fn other_bytes_are_refused() {
        let mut bytes = write(["cluster"].into_iter());
        bytes[20] ^= 1;
        assert!(Dictionary::open(&bytes).is_err());
        assert!(Dictionary::open(&[0; 40]).is_err());
        assert!(Dictionary::open(&[]).is_err());
    }
}
