//! Words that were cut elsewhere, looked up in a lexicon.

use super::lexicon::Lexicon;
use super::role::Role;
use super::tokens::{Match, Sym, Token, TokenKind};

/// A row of words, and the phrases of a lexicon in it.
pub struct Spoken<'l> {
    lexicon: &'l Lexicon,
    tokens: Vec<Token>,
    found: Vec<Match>,
}

impl<'l> Spoken<'l> {
    /// No words yet, and room for so many.
    pub fn new(lexicon: &'l Lexicon, words: usize) -> Self {
        Spoken {
            lexicon,
            tokens: Vec::with_capacity(words),
            found: Vec::new(),
        }
    }

    /// Adds a word.
    pub fn word(&mut self, word: &str) {
        let sym = self.lexicon.symbol(word);
        let digits = word.bytes().all(|b| b.is_ascii_digit());
        let kind = if digits {
            TokenKind::Number
        } else {
            TokenKind::Word
        };
        self.push(word.len(), sym, kind);
    }

    /// Adds something that no phrase has.
    pub fn code(&mut self, code: &str) {
        self.push(code.len(), Sym::UNKNOWN, TokenKind::Code);
    }

    fn push(&mut self, length: usize, sym: Sym, kind: TokenKind) {
        let start = self.tokens.last().map_or(0, |t| t.end);
        self.tokens.push(Token {
            start,
            end: start + length as u32,
            sym,
            kind,
        });
    }

    /// Looks up the phrases that begin at a word.
    pub fn look(&mut self, word: usize) {
        self.found.clear();
        if word < self.tokens.len() {
            self.lexicon.phrases_at(&self.tokens, word, &mut self.found);
        }
    }

    /// The longest phrase of a role at the word that was looked up: one past its last word, and the
    /// number of its entry.
    pub fn longest(&self, role: Role) -> Option<(usize, u32)> {
        let found = self.found.iter().filter(|m| m.role == role);
        found
            .max_by_key(|m| (m.end, std::cmp::Reverse(m.entry)))
            .map(|m| (m.end as usize, m.entry))
    }

    /// Is a word the base form of a verb?
    pub fn is_command(&self, word: usize) -> bool {
        let entries = self
            .tokens
            .get(word)
            .map_or(&[][..], |t| self.lexicon.whole(t.sym));
        entries.iter().any(|e| {
            let entry = self.lexicon.entry(*e);
            entry.role() == Role::named("verb.form") && entry.says("form", "base")
        })
    }
}
