//! The words of a language, as symbols.

use hashbrown::HashTable;
use serde::{Deserialize, Serialize};

use super::tokens::Sym;

/// What a word is, beside its spelling. A word may be several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Trait {
    Function = 1,
    Determiner = 2,
    Article = 4,
    Subject = 8,
    Stop = 16,
}

/// Every word that a lexicon knows.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(from = "Spelled", into = "Spelled")]
pub(super) struct Words {
    spelled: Vec<Box<str>>,
    traits: Vec<u8>,
    /// Places in `spelled`, by the hash of the word.
    table: HashTable<u32>,
    longest: usize,
}

/// The words as they are stored.
#[derive(Clone, Serialize, Deserialize)]
struct Spelled {
    spelled: Vec<Box<str>>,
    traits: Vec<u8>,
}

impl From<Spelled> for Words {
    fn from(stored: Spelled) -> Self {
        let mut words = Words {
            table: HashTable::with_capacity(stored.spelled.len()),
            ..Words::default()
        };
        for (i, word) in stored.spelled.into_iter().enumerate() {
            let sym = words.intern(&word);
            if let Some(own) = words.traits.get_mut(sym.0 as usize - 1) {
                *own |= stored.traits.get(i).copied().unwrap_or_default();
            }
        }
        words
    }
}

impl From<Words> for Spelled {
    fn from(words: Words) -> Self {
        Spelled {
            spelled: words.spelled,
            traits: words.traits,
        }
    }
}

impl Words {
    /// The symbol of a word, whatever its case.
    pub(super) fn find(&self, word: &str) -> Sym {
        if word.len() > self.longest {
            return Sym::UNKNOWN;
        }
        if word.is_ascii() {
            return self.found(hash(word), |w| w.eq_ignore_ascii_case(word));
        }
        let plain = normal(word);
        self.found(hash(&plain), |w| w == plain)
    }

    fn found(&self, hash: u64, is: impl Fn(&str) -> bool) -> Sym {
        let place = self.table.find(hash, |i| is(&self.spelled[*i as usize]));
        place.map_or(Sym::UNKNOWN, |i| Sym(i + 1))
    }

    /// The symbol of a word, which is added where it is new.
    pub(super) fn intern(&mut self, word: &str) -> Sym {
        let plain = normal(word);
        let known = self.found(hash(&plain), |w| w == plain);
        if known != Sym::UNKNOWN {
            return known;
        }
        let place = self.spelled.len() as u32;
        // A word in another case, or with a typographic apostrophe, can be longer than it is here.
        self.longest = self.longest.max(plain.len() * 2);
        let spelled = &mut self.spelled;
        self.table
            .insert_unique(hash(&plain), place, |i| hash(&spelled[*i as usize]));
        spelled.push(plain.into_boxed_str());
        self.traits.push(0);
        Sym(place + 1)
    }

    /// Says what a word is.
    pub(super) fn mark(&mut self, word: &str, what: Trait) {
        let sym = self.intern(word);
        self.traits[sym.0 as usize - 1] |= what as u8;
    }

    /// Is the word what is asked?
    pub(super) fn is(&self, sym: Sym, what: Trait) -> bool {
        let own = (sym.0 as usize)
            .checked_sub(1)
            .and_then(|i| self.traits.get(i));
        own.is_some_and(|t| t & what as u8 != 0)
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.spelled.len()
    }
}

/// Lower case, with typographic apostrophes made plain.
fn normal(word: &str) -> String {
    let chars = word.chars().map(|c| if c == '’' { '\'' } else { c });
    chars.flat_map(char::to_lowercase).collect()
}

/// Of the word in lower case. Words are short: byte by byte is fast enough.
fn hash(word: &str) -> u64 {
    let fold = |h: u64, b: u8| {
        (h.rotate_left(5) ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x517c_c1b7_2722_0a95)
    };
    word.bytes().fold(0, fold)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case_and_survive_storage() {
        let mut words = Words::default();
        words.mark("don't", Trait::Stop);
        let straße = words.intern("Straße");
        let bytes = postcard::to_stdvec(&words).expect("encodes");
        let back: Words = postcard::from_bytes(&bytes).expect("decodes");
        for words in [&words, &back] {
            assert_eq!(words.find("STRAßE"), straße);
            assert_eq!(words.find("straße"), straße);
            assert!(words.is(words.find("Don’t"), Trait::Stop));
            assert_eq!(words.find("unheard"), Sym::UNKNOWN);
            assert!(!words.is(Sym::UNKNOWN, Trait::Stop));
        }
    }
}
