//! What the set calls by two names: an abbreviation, and what it stands for.
//!
//! Whoever may see no unit that spells an abbreviation out does not know what it stands for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fields::lexicon_of;
use crate::grammar::{Grammar, Sym};
use crate::index::{Analyzer, Form, View};
use crate::model::{Unit, UnitNo};

const NUMBER: usize = 4;
/// An abbreviation that stands for more than this says nothing.
const MOST: usize = 3;

/// Names that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the names of the set are damaged")]
pub struct BadNames;

/// The names of a set, read in place: the number of names, where each ends, and the names, ordered by
/// their terms.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names<'a> {
    ends: &'a [u8],
    names: &'a [u8],
}

/// A name, and another for the same.
#[derive(Debug, Serialize, Deserialize)]
struct Name<'a> {
    /// Its terms, with a space between them.
    called: &'a str,
    /// Those of the other.
    otherwise: &'a str,
    /// How it has to be written, if it is a word of the language otherwise: "PIN". Else empty.
    written: &'a str,
    /// Units that say so: of those that the same callers may see, the first, and how many there are.
    said: Vec<(u32, u32)>,
}

/// What one name is called otherwise, and by whom.
#[derive(Default)]
struct Said<'u> {
    written: &'u str,
    by: BTreeMap<&'u [String], (u32, u32)>,
}

/// Writes the names that units spell out, which are in the order of their numbers.
pub fn write<T>(units: &[Unit<T>], grammar: &Grammar) -> Vec<u8> {
    let mut names: BTreeMap<(String, String), Said<'_>> = BTreeMap::new();
    for (no, unit) in (0..).zip(units) {
        let lexicon = lexicon_of(grammar, &unit.language);
        let analyzer = Analyzer::new(lexicon);
        for spelled in &unit.abbreviations {
            let (short, long) = (
                terms(&spelled.short, &analyzer),
                terms(&spelled.long, &analyzer),
            );
            let is_word = lexicon.symbol(&spelled.short.to_lowercase()) != Sym::UNKNOWN;
            let written = if is_word { spelled.short.as_str() } else { "" };
            let ways = [(short.clone(), long.clone(), written), (long, short, "")];
            for (called, otherwise, written) in ways {
                if called.is_empty() || otherwise.is_empty() || called == otherwise {
                    continue;
                }
                let said = names.entry((called, otherwise)).or_default();
                said.written = written;
                said.by.entry(&unit.labels).or_insert((no, 0)).1 += 1;
            }
        }
    }
    let (mut ends, mut bytes) = (Vec::new(), Vec::new());
    for ((called, otherwise), said) in &names {
        let name = Name {
            called,
            otherwise,
            written: said.written,
            said: said.by.values().copied().collect(),
        };
        bytes.extend(postcard::to_stdvec(&name).unwrap_or_default());
        ends.extend((bytes.len() as u32).to_le_bytes());
    }
    let count = names.len() as u32;
    [&count.to_le_bytes()[..], &ends, &bytes].concat()
}

/// The words of a name as they are looked up.
fn terms(name: &str, analyzer: &Analyzer<'_>) -> String {
    let terms = analyzer.terms(name).into_iter();
    let words = terms.filter(|t| t.form == Form::Word).map(|t| t.text);
    words.collect::<Vec<_>>().join(" ")
}

impl<'a> Names<'a> {
    /// Reads names in place.
    ///
    /// # Errors
    /// Bytes that are none.
    pub fn open(bytes: &'a [u8]) -> Result<Self, BadNames> {
        let (count, rest) = bytes.split_first_chunk().ok_or(BadNames)?;
        let count = u32::from_le_bytes(*count) as usize;
        let length = count.checked_mul(NUMBER).ok_or(BadNames)?;
        let (ends, names) = rest.split_at_checked(length).ok_or(BadNames)?;
        let read = Names { ends, names };
        let end = count.checked_sub(1).map_or(Some(0), |last| read.end(last));
        match end == Some(names.len()) {
            true => Ok(read),
            false => Err(BadNames),
        }
    }

    /// Does a name begin with these terms?
    pub(super) fn begin(&self, terms: &str) -> bool {
        let first = self.called(self.first(terms));
        first.is_some_and(|name| name.starts_with(terms))
    }

    /// What is called so is also called, for those who see what says it: the terms of each other name,
    /// most often said first.
    pub(super) fn others(&self, called: &str, view: &View, said: &str) -> Vec<&'a str> {
        let first = self.first(called);
        let names = (first..self.len()).map_while(|at| self.name(at));
        let names = names.take_while(|name| name.called == called);
        let times = |name: &Name<'_>| -> u32 {
            let seen = name
                .said
                .iter()
                .filter(|(unit, _)| view.sees(UnitNo(*unit)));
            seen.map(|(_, count)| count).sum()
        };
        let names = names.filter(|name| name.written.is_empty() || has_word(said, name.written));
        let mut names: Vec<(u32, &str)> = names.map(|n| (times(&n), n.otherwise)).collect();
        names.retain(|(times, _)| *times > 0);
        names.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        names.truncate(MOST);
        names.into_iter().map(|(_, other)| other).collect()
    }

    /// The place of the first name that is not before this.
    fn first(&self, called: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.called(middle).is_some_and(|name| name < called) {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        low
    }

    fn len(&self) -> usize {
        self.ends.len() / NUMBER
    }

    fn end(&self, at: usize) -> Option<usize> {
        let bytes = self.ends.get(at * NUMBER..)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes) as usize)
    }

    fn bytes(&self, at: usize) -> Option<&'a [u8]> {
        let start = at
            .checked_sub(1)
            .map_or(Some(0), |before| self.end(before))?;
        self.names.get(start..self.end(at)?)
    }

    fn called(&self, at: usize) -> Option<&'a str> {
        let (called, _) = postcard::take_from_bytes(self.bytes(at)?).ok()?;
        Some(called)
    }

    fn name(&self, at: usize) -> Option<Name<'a>> {
        postcard::from_bytes(self.bytes(at)?).ok()
    }
}

/// Does a text have a word, written like this?
pub(super) fn has_word(text: &str, word: &str) -> bool {
    let inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(word).any(|(at, _)| {
        let behind = &text[at + word.len()..];
        !inner(text[..at].chars().next_back()) && !inner(behind.chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_names_are_refused() {
        for bytes in [
            &[][..],
            &[1, 0, 0, 0],
            &[0, 0, 0, 0, 9],
            &[1, 0, 0, 0, 4, 0, 0, 0],
            &[0xff; 12],
        ] {
            assert_eq!(Names::open(bytes).err(), Some(BadNames), "{bytes:?}");
        }
        assert!(Names::open(&[0; 4]).is_ok());
        // A name that cannot be read is none.
        let names = Names::open(&[1, 0, 0, 0, 2, 0, 0, 0, 9, 9]).expect("one name");
        assert!(!names.begin("pump"));
    }

    #[test]
    fn a_word_is_not_a_part_of_another() {
        assert!(has_word("Change the PIN.", "PIN"));
        assert!(!has_word("Change the PINs.", "PIN"));
        assert!(!has_word("change the pin", "PIN"));
    }
}
