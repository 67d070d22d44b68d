//! What a step says, in a form in which two that say the same can be told from all others.

use std::fmt::Write;

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// Longer texts are not steps.
pub(super) const MAX_BYTES: usize = 8 * 1024;
/// Shorter texts say the same by chance.
const MIN_WORDS: usize = 4;
/// Ends every word.
const END: char = '\u{1f}';
/// Begins a piece of code, so that it is never the same as a word.
const CODE: char = '`';
/// Stands where a part of the step begins: what it says is not what its only part says.
const PART: char = '\u{1d}';

/// What a step says: its words, without those that say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The words, each with its end mark.
    text: String,
    /// Sentences that begin with a phrase which could as well stand at their end.
    moves: Vec<Move>,
    /// Numbers, signs, code and negations, in their order.
    fixed: u64,
    words: usize,
}

/// "If it is red, stop the pump": where the phrase begins and ends, and where the sentence ends, as
/// bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Move {
    start: usize,
    middle: usize,
    end: usize,
}

impl Said {
    /// Nothing yet, and room for so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Said {
            text: String::with_capacity(bytes),
            ..Said::default()
        }
    }

    /// Adds a word. A word that negates is one that no other may stand for.
    pub(super) fn word(&mut self, word: &str, negates: bool) {
        self.push(word);
        if negates || word.starts_with('-') {
            return self.fix(word);
        }
        // Most words are letters.
        if word.bytes().all(|b| b.is_ascii_lowercase()) {
            return;
        }
        let is_sign = |c: char| !c.is_alphabetic() && !matches!(c, '-' | '\'' | '’');
        if word.contains(is_sign) {
            let signs: String = word.chars().filter(|c| is_sign(*c)).collect();
            self.fix(&signs);
        }
    }

    /// Adds what stands for every phrase of one meaning.
    pub(super) fn meaning(&mut self, number: u32) {
        // Writing to a text cannot fail.
        let _ = write!(self.text, "={number}{END}");
        self.words += 1;
    }

    /// Adds a piece of code, which counts as it is.
    pub(super) fn code(&mut self, code: &str) {
        self.text.push(CODE);
        self.push(code);
        self.fix(code);
    }

    /// Counts words that say nothing.
    pub(super) fn skip(&mut self, words: usize) {
        self.words += words;
    }

    fn push(&mut self, word: &str) {
        self.text.push_str(word);
        self.text.push(END);
        self.words += 1;
    }

    fn fix(&mut self, text: &str) {
        self.fixed = (self.fixed ^ xxh3_64(text.as_bytes())).rotate_left(5);
    }

    /// How many bytes there are so far.
    pub(super) fn here(&self) -> usize {
        self.text.len()
    }

    /// Says that a sentence from `start` to here begins with a phrase up to `middle` that could be moved.
    pub(super) fn movable(&mut self, start: usize, middle: usize) {
        let end = self.here();
        self.moves.push(Move { start, middle, end });
    }

    /// This, and what a part of the step says. `None` where it gets too long.
    pub(super) fn with(mut self, part: &Said) -> Option<Said> {
        if self.text.len() + part.text.len() > MAX_BYTES {
            return None;
        }
        self.text.extend([PART, END]);
        let base = self.here();
        self.text.push_str(&part.text);
        self.moves.extend(part.moves.iter().map(|m| Move {
            start: m.start + base,
            middle: m.middle + base,
            end: m.end + base,
        }));
        self.fixed = self.fixed.rotate_left(7) ^ part.fixed;
        self.words += part.words;
        Some(self)
    }

    /// Is it long enough to say something of its own?
    pub(super) fn is_telling(&self) -> bool {
        self.words >= MIN_WORDS
    }

    /// A number that texts of the same words share.
    pub fn fingerprint(&self) -> u128 {
        xxh3_128(self.text.as_bytes())
    }

    /// A number that differs wherever a number, a sign, a negation or code does.
    pub fn fixed(&self) -> u64 {
        self.fixed
    }

    /// How many letters of ASCII it has: as many as every other that says the same.
    pub fn letters(&self) -> usize {
        let letters = self.text.bytes().filter(u8::is_ascii_alphabetic);
        letters.count()
    }

    /// Its words in one text, for [`Said::words_of`].
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words of such a text.
    pub fn words_of(text: &str) -> impl Iterator<Item = &str> {
        text.split_terminator(END)
    }

    /// The words in an order of their own: every phrase that could be moved stands at the end of its
    /// sentence, and words are run together ("log in", "login"). Two steps say the same where these
    /// are the same.
    pub fn settled(&self) -> String {
        let mut out = String::with_capacity(self.text.len());
        let mut at = 0;
        for m in &self.moves {
            for range in [at..m.start, m.middle..m.end, m.start..m.middle] {
                out.push_str(&self.text[range]);
            }
            at = m.end;
        }
        out.push_str(&self.text[at..]);
        joined(&out)
    }
}

/// The text with its words run together. Code, and digits beside digits, stay apart.
fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut words = Said::words_of(text).peekable();
    while let Some(word) = words.next() {
        if word.starts_with(CODE) {
            out.extend([END]);
            out.push_str(word);
            out.push(END);
            continue;
        }
        let plain = !word.starts_with('-') && word.chars().all(|c| c.is_alphabetic() || c == '-');
        out.extend(word.chars().filter(|c| !plain || *c != '-'));
        let next = words.peek().and_then(|n| n.chars().next());
        let apart = |c: Option<char>| c.is_some_and(|c| !c.is_alphabetic());
        if apart(word.chars().last()) && apart(next) {
            out.push(END);
        }
    }
    out
}
