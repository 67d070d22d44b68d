//! The words of a language, as symbols.

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};

use super::packed;
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
    Genre = 64,
    Light = 128,
}

/// Every word that a lexicon knows.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(from = "Spelled", into = "Spelled")]
pub(super) struct Words {
    stored: Spelled,
    /// The symbols of ASCII words of up to sixteen bytes, which almost all are, as numbers.
    short: FxHashMap<u128, Sym>,
    /// The symbols of all others.
    long: FxHashMap<Box<str>, Sym>,
    /// Bytes of the longest.
    longest: usize,
}

/// The words as they are stored, in the order of their symbols.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Spelled {
    /// One behind the other.
    text: String,
    /// Where each ends in it.
    #[serde(with = "packed")]
    ends: Vec<u32>,
    #[serde(with = "packed")]
    traits: Vec<u8>,
}

impl From<Spelled> for Words {
    fn from(stored: Spelled) -> Self {
        let mut words = Words {
            short: FxHashMap::with_capacity_and_hasher(stored.traits.len(), FxBuildHasher),
            ..Words::default()
        };
        let mut from = 0;
        for (sym, end) in (1..).map(Sym).zip(&stored.ends) {
            let end = *end as usize;
            words.place(stored.text.get(from..end).unwrap_or_default(), sym);
            from = end;
        }
        Words { stored, ..words }
    }
}

impl From<Words> for Spelled {
    fn from(words: Words) -> Self {
        words.stored
    }
}

impl Words {
    /// The symbol of a word, whatever its case.
    pub(super) fn find(&self, word: &str) -> Sym {
        let found = match number(word) {
            Some(number) => self.short.get(&number),
            None if self.is_too_long(word) => None,
            None => self.of_plain(&normal(word)),
        };
        found.copied().unwrap_or(Sym::UNKNOWN)
    }

    /// In another case, or with a typographic apostrophe, a word can be longer than it is here; one
    /// in ASCII cannot.
    fn is_too_long(&self, word: &str) -> bool {
        word.len() > 2 * self.longest || (word.len() > self.longest && word.is_ascii())
    }

    fn of_plain(&self, plain: &str) -> Option<&Sym> {
        match number(plain) {
            Some(number) => self.short.get(&number),
            None => self.long.get(plain),
        }
    }

    /// The symbol of a word, which is added where it is new.
    pub(super) fn intern(&mut self, word: &str) -> Sym {
        // Most words of a pack come again and again.
        if let Some(known) = number(word).and_then(|n| self.short.get(&n)) {
            return *known;
        }
        let plain = normal(word);
        if let Some(known) = self.of_plain(&plain) {
            return *known;
        }
        self.add(&plain)
    }

    /// Adds a word that is new, as [`normal`] spells it.
    fn add(&mut self, plain: &str) -> Sym {
        self.stored.text.push_str(plain);
        self.stored.ends.push(self.stored.text.len() as u32);
        self.stored.traits.push(0);
        let sym = Sym(self.len() as u32);
        self.place(plain, sym);
        sym
    }

    /// Makes a word be found.
    fn place(&mut self, plain: &str, sym: Sym) {
        self.longest = self.longest.max(plain.len());
        match number(plain) {
            Some(number) => self.short.insert(number, sym),
            None => self.long.insert(plain.into(), sym),
        };
    }

    /// Says what a word is.
    pub(super) fn mark(&mut self, word: &str, what: Trait) {
        let sym = self.intern(word);
        self.stored.traits[sym.0 as usize - 1] |= what as u8;
    }

    /// Is the word what is asked?
    pub(super) fn is(&self, sym: Sym, what: Trait) -> bool {
        let own = (sym.0 as usize)
            .checked_sub(1)
            .and_then(|i| self.stored.traits.get(i));
        own.is_some_and(|t| t & what as u8 != 0)
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.stored.traits.len()
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
    let packed = packed(word.as_bytes())?;
    let each = |byte: u8| u128::from_le_bytes([byte; 16]);
    if packed & each(0x80) != 0 {
        return None;
    }
    // All bytes at once: the highest bit of one that is below 0x80 is set by what is added to it.
    let (from_a, behind_z) = (packed + each(0x80 - b'A'), packed + each(0x7f - b'Z'));
    let capitals = from_a & !behind_z & each(0x80);
    Some(packed | capitals >> 2)
}

/// Up to sixteen bytes as a number. It is put together from the first ones and the last ones, which
/// may be partly the same.
fn packed(bytes: &[u8]) -> Option<u128> {
    if bytes.len() > 16 {
        return None;
    }
    let at_end = |last: u64, size: usize| u128::from(last) << (8 * (bytes.len() - size));
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let first = u64::from_le_bytes(*first);
        return Some(u128::from(first) | at_end(u64::from_le_bytes(*last), 8));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let first = u32::from_le_bytes(*first);
        return Some(u128::from(first) | at_end(u32::from_le_bytes(*last).into(), 4));
    }
    let low_to_high = bytes.iter().rev();
    Some(low_to_high.fold(0, |number, byte| number << 8 | u128::from(*byte)))
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

    #[test]
    fn a_word_of_any_length_is_its_bytes() {
        let word = "abcdefghijklmnopq";
        for length in 0..=16 {
            let bytes: u128 = word
                .bytes()
                .take(length)
                .enumerate()
                .fold(0, |n, (i, b)| n | u128::from(b) << (8 * i));
            assert_eq!(number(&word[..length]), Some(bytes));
        }
        assert_eq!(number(word), None);
        for byte in 1..=127u8 {
            let word = char::from(byte).to_string().repeat(3);
            assert_eq!(number(&word), number(&word.to_ascii_lowercase()));
        }
    }
}
