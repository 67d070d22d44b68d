//! Words that were cut elsewhere, looked up among the phrases that tell what is said.

use super::lexicon::Lexicon;
use super::role::Role;
use super::tokens::{Match, Sym, Token, TokenKind};

/// A row of words, and the phrases in it that tell whether two rows say the same.
pub struct Spoken<'l> {
    lexicon: &'l Lexicon,
    tokens: Vec<Token>,
    found: Vec<Match>,
}

impl<'l> Spoken<'l> {
    /// Says nothing: "please".
    pub const IGNORED: Role = Role::named("same.ignored");
    /// Opens a clause: "then".
    pub const OPENING: Role = Role::named("same.opening");
    /// Is said for another: "make sure".
    pub const SYNONYM: Role = Role::named("same.synonym");
    /// Opens what could as well stand at the end of its sentence.
    pub const MOVABLE: Role = Role::named("same.movable");
    /// Negates.
    pub const NOT: Role = Role::named("negation.not");

    /// The roles whose phrases are looked up.
    pub(super) const ROLES: [Role; 5] = [
        Self::IGNORED,
        Self::OPENING,
        Self::SYNONYM,
        Self::MOVABLE,
        Self::NOT,
    ];

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
            self.lexicon.spoken_at(&self.tokens, word, &mut self.found);
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
