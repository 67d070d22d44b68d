//! The terms of an index, each with its number. The only module that names `fst`.
//!
//! A finite-state map keeps terms in a third of their bytes and is searched by automata, which is
//! how misspelled words are found.

use fst::automaton::{Automaton, Levenshtein};
use fst::{IntoStreamer, Map, MapBuilder, Streamer};

use super::analyze::LONGEST_TERM;

/// How far a term may be from another: insertions, deletions and substitutions of characters. Two
/// characters that changed places are two of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edits {
    /// At most one.
    One = 1,
    /// At most two.
    Two = 2,
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

    /// Calls `take` with every term so near to `term`, in the order of the terms. None where the
    /// automaton would be too large, which it is for terms far longer than words.
    pub(super) fn near(&self, term: &str, edits: Edits, take: impl FnMut(&str, u64)) {
        if term.len() > LONGEST_TERM {
            return;
        }
        if let Ok(automaton) = Levenshtein::new(term, edits as u32) {
            self.search(&automaton, take);
        }
    }

    fn search(&self, automaton: impl Automaton, mut take: impl FnMut(&str, u64)) {
        let mut found = self.0.search(automaton).into_stream();
        while let Some((term, number)) = found.next() {
            if let Ok(term) = std::str::from_utf8(term) {
                take(term, number);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_terms_are_found() {
        let bytes = write(["cluster", "kubectl", "kubelet"].into_iter());
        let dictionary = Dictionary::open(&bytes).expect("dictionary");
        assert_eq!(dictionary.number("kubectl"), Some(1));
        assert_eq!(dictionary.number("kube"), None);
        let mut near = Vec::new();
        dictionary.near("kubeclt", Edits::Two, |t, n| near.push((t.to_owned(), n)));
        assert_eq!(near, [("kubectl".to_owned(), 1), ("kubelet".to_owned(), 2)]);
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
