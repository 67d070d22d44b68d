//! The words of a language, as symbols.

use rustc_hash::{FxBuildHasher, FxHashMap};
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
    Kind = 32,
}

/// Every word that a lexicon knows.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(from = "Spelled", into = "Spelled")]
pub(super) struct Words {
    spelled: Vec<Box<str>>,
    traits: Vec<u8>,
    /// The symbols of ASCII words of up to sixteen bytes, which almost all are, as numbers.
    short: FxHashMap<u128, Sym>,
    /// The symbols of all others.
    long: FxHashMap<Box<str>, Sym>,
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
            short: FxHashMap::with_capacity_and_hasher(stored.spelled.len(), FxBuildHasher),
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
        let found = match number(word) {
            Some(number) => self.short.get(&number),
            None => self.of_plain(&normal(word)),
        };
        found.copied().unwrap_or(Sym::UNKNOWN)
    }

    fn of_plain(&self, plain: &str) -> Option<&Sym> {
        match number(plain) {
            Some(number) => self.short.get(&number),
            None => self.long.get(plain),
        }
    }

    /// The symbol of a word, which is added where it is new.
    pub(super) fn intern(&mut self, word: &str) -> Sym {
        let plain = normal(word);
        if let Some(known) = self.of_plain(&plain) {
            return *known;
        }
        // A word in another case, or with a typographic apostrophe, can be longer than it is here.
        self.longest = self.longest.max(plain.len() * 2);
        let plain = plain.into_boxed_str();
        self.spelled.push(plain.clone());
        self.traits.push(0);
        let sym = Sym(self.spelled.len() as u32);
        match number(&plain) {
            Some(number) => self.short.insert(number, sym),
            None => self.long.insert(plain, sym),
        };
        sym
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

/// The lower case of an ASCII word of up to sixteen bytes as a number. No word has a zero byte, so no
/// two are the same number.
fn number(word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes
        .get_mut(..word.len())?
        .copy_from_slice(word.as_bytes());
    bytes.make_ascii_lowercase();
    bytes.is_ascii().then(|| u128::from_le_bytes(bytes))
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
