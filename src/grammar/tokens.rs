//! A text as words of a language, cut into sentences, with every phrase of the pack found in it.

use std::ops::{Deref, Range};
use std::rc::Rc;

use super::lexicon::Lexicon;
use super::role::{Role, Roles};
use crate::model::ascii::small_end;
use crate::model::{Inline, MarkKind};

/// A word of a lexicon. `Sym::UNKNOWN` for words it does not have.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct Sym(pub(super) u32);

impl Sym {
    /// A word that no phrase of the pack has.
    pub const UNKNOWN: Sym = Sym(0);
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word.
    Word,
    /// Digits, with points or commas among them.
    Number,
    /// A piece of inline code, whatever is in it, or a value that only the site knows: `{name}`.
    Code,
    /// One character of punctuation.
    Punct(char),
}

/// Arrows to the right, which all say the same.
pub const ARROWS: [char; 6] = ['→', '➜', '➔', '➡', '⇒', '⟶'];

/// A sign, with one arrow for all.
fn plain(sign: char) -> char {
    match ARROWS.contains(&sign) {
        true => ARROWS[0],
        false => sign,
    }
}

/// A token, with its range of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Which word it is.
    pub sym: Sym,
    /// What it is.
    pub kind: TokenKind,
}

/// A phrase found: tokens `start..end` are a phrase of `entry`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// The entry of the lexicon.
    pub entry: u32,
    /// The role of the entry.
    pub role: Role,
}

/// A text read against a lexicon.
#[derive(Clone)]
pub struct Tokens<'a> {
    /// The lexicon.
    pub lexicon: &'a Lexicon,
    /// The text.
    pub text: &'a str,
    cut: Rc<Cut>,
}

/// A text cut into words and sentences, with the phrases found in it; without the text.
#[derive(Debug)]
pub struct Cut {
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Token ranges of its sentences.
    pub sentences: Vec<Range<usize>>,
    matches: Vec<Match>,
    /// `matches[at[i]..at[i + 1]]` begin at token `i`.
    at: Vec<u32>,
    /// The roles of all matches. Most texts have no phrase of most roles.
    roles: Roles,
}

impl Deref for Tokens<'_> {
    type Target = Cut;

    fn deref(&self) -> &Cut {
        &self.cut
    }
}

impl<'a> Tokens<'a> {
    /// Reads plain text.
    pub fn plain(text: &'a str, lexicon: &'a Lexicon) -> Self {
        Self::new(text, &[], lexicon)
    }

    /// Reads a block's text; a piece of inline code is one token.
    pub fn inline(inline: &'a Inline, lexicon: &'a Lexicon) -> Self {
        let code: Vec<Range<usize>> = inline
            .marks
            .iter()
            .filter(|m| m.kind == MarkKind::Code && m.end > m.start)
            .map(|m| m.start as usize..m.end as usize)
            .collect();
        Self::new(&inline.text, &code, lexicon)
    }

    /// A text that was cut before, by the same lexicon.
    pub fn of(text: &'a str, cut: Rc<Cut>, lexicon: &'a Lexicon) -> Self {
        Tokens { lexicon, text, cut }
    }

    /// How the text was cut, to be used again.
    pub fn cut(&self) -> Rc<Cut> {
        Rc::clone(&self.cut)
    }

    fn new(text: &'a str, code: &[Range<usize>], lexicon: &'a Lexicon) -> Self {
        let tokens = tokenize(text, code, lexicon);
        let sentences = sentences(text, &tokens, lexicon);
        let (matches, at) = lexicon.matches(&tokens);
        let cut = Cut {
            tokens,
            sentences,
            roles: matches.iter().map(|m| m.role).collect(),
            matches,
            at,
        };
        Tokens {
            lexicon,
            text,
            cut: Rc::new(cut),
        }
    }

    /// The phrases of a role that begin at one of these tokens, in their order; longest first where
    /// several begin at one.
    #[inline]
    pub(super) fn matches_in(
        &self,
        tokens: Range<usize>,
        role: Role,
    ) -> impl Iterator<Item = Match> {
        self.matches_of(tokens, [role])
    }

    /// [`Self::matches_in`], of several roles.
    #[inline]
    pub(super) fn matches_of<const N: usize>(
        &self,
        tokens: Range<usize>,
        roles: [Role; N],
    ) -> impl Iterator<Item = Match> {
        let all = match roles.iter().any(|role| self.roles.may_have(*role)) {
            true => self.beginning_in(tokens),
            false => &[],
        };
        let of_roles = all.iter().filter(move |m| m.role.is_among(&roles));
        of_roles.copied()
    }

    /// The phrases that begin at one of these tokens, in their order; longest first where several
    /// begin at one. Mostly there are none.
    #[inline]
    pub(super) fn beginning_in(&self, tokens: Range<usize>) -> &[Match] {
        let from = self.at.get(tokens.start).copied().unwrap_or_default();
        let to = self.at.get(tokens.end).copied().unwrap_or(from);
        let found = self.matches.get(from as usize..to as usize);
        found.unwrap_or_default()
    }

    /// The text of a token.
    pub fn spelling(&self, token: usize) -> &'a str {
        let t = &self.tokens[token];
        &self.text[t.start as usize..t.end as usize]
    }

    /// The text from the first to the last of these tokens.
    pub fn slice(&self, tokens: Range<usize>) -> &'a str {
        let range = self.bytes(tokens);
        &self.text[range]
    }

    /// The byte range from the first to the last of these tokens.
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        if tokens.is_empty() || tokens.start >= self.tokens.len() {
            let at = self
                .tokens
                .get(tokens.start)
                .map_or(self.text.len(), |t| t.start as usize);
            return at..at;
        }
        let last = tokens.end.min(self.tokens.len()) - 1;
        self.tokens[tokens.start].start as usize..self.tokens[last].end as usize
    }
}

/// The words of a text, as every part of the program cuts them.
pub(super) fn tokenize(text: &str, code: &[Range<usize>], lexicon: &Lexicon) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
    let mut at = 0;
    for code in code.iter().filter(|r| !r.is_empty()) {
        if code.end > at {
            let start = code.start.max(at);
            words(&text[..start], at, lexicon, &mut tokens);
            tokens.push(Token {
                start: start as u32,
                end: code.end as u32,
                sym: Sym::UNKNOWN,
                kind: TokenKind::Code,
            });
            at = code.end;
        }
    }
    words(text, at, lexicon, &mut tokens);
    tokens
}

/// Cuts what stands from `at` on.
fn words(text: &str, mut at: usize, lexicon: &Lexicon, tokens: &mut Vec<Token>) {
    while let Some(byte) = text.as_bytes().get(at) {
        let (end, kind) = match CLASSES[usize::from(*byte)] {
            Class::Blank => {
                at += 1;
                continue;
            }
            Class::Sign | Class::Joins => match variable_end(text.as_bytes(), at) {
                Some(end) => (end, TokenKind::Code),
                None => (at + 1, TokenKind::Punct(char::from(*byte))),
            },
            Class::Small | Class::Letter | Class::Digit => word_end(text, at),
            Class::Wide => match text[at..].chars().next() {
                Some(c) if c.is_whitespace() => {
                    at += c.len_utf8();
                    continue;
                }
                Some(c) if !is_word(c) => (at + c.len_utf8(), TokenKind::Punct(plain(c))),
                _ => word_end(text, at),
            },
        };
        let sym = match kind {
            TokenKind::Code => Sym::UNKNOWN,
            _ => lexicon.symbol(&text[at..end]),
        };
        tokens.push(Token {
            start: at as u32,
            end: end as u32,
            sym,
            kind,
        });
        at = end;
    }
}

/// Where the variable ends that begins at a byte, if one does: a name in braces.
fn variable_end(bytes: &[u8], at: usize) -> Option<usize> {
    let name = bytes[at..].strip_prefix(b"{")?;
    let in_name = |b: &&u8| b.is_ascii_alphanumeric() || b"_-.".contains(b);
    let length = name.iter().take_while(in_name).count();
    (length > 0 && name.get(length) == Some(&b'}')).then_some(at + length + "{}".len())
}

/// What a byte is to one who cuts words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    /// A small letter, which most of a text are.
    Small,
    /// Another letter, or `_`.
    Letter,
    Digit,
    /// Stands between the parts of a word, where a part follows.
    Joins,
    Sign,
    /// Part of a longer character.
    Wide,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Wide; 256];
    let mut byte = 0;
    while byte < 0x80 {
        classes[byte] = match byte as u8 {
            b' ' | b'\t'..=b'\r' => Class::Blank,
            b'a'..=b'z' => Class::Small,
            b'A'..=b'Z' | b'_' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'\'' | b'-' | b'.' => Class::Joins,
            _ => Class::Sign,
        };
        byte += 1;
    }
    classes
};

/// Where the word ends that begins at a byte, and whether it is a number. A number may begin with a
/// letter: `v1.29`.
fn word_end(text: &str, at: usize) -> (usize, TokenKind) {
    let bytes = text.as_bytes();
    let class = |at: usize| {
        bytes
            .get(at)
            .map_or(Class::Blank, |b| CLASSES[usize::from(*b)])
    };
    let mut end = small_end(bytes, at);
    let mut digits = end == at || end == at + 1 && bytes[at] == b'v';
    let mut some = false;
    loop {
        match class(end) {
            Class::Blank | Class::Sign => break,
            Class::Small => {
                digits = false;
                end = small_end(bytes, end);
            }
            Class::Letter => {
                digits = false;
                end += 1;
            }
            Class::Digit => {
                some = true;
                end += 1;
            }
            Class::Joins => {
                let c = char::from(bytes[end]);
                match char_at(text, end + 1) {
                    Some(next) if joins(c, next, digits) => digits &= c == '.',
                    _ => break,
                }
                end += 1;
            }
            Class::Wide => {
                let Some(c) = char_at(text, end) else { break };
                let behind = end + c.len_utf8();
                let next = || char_at(text, behind).is_some_and(|n| joins(c, n, digits));
                if !(is_word(c) || c == '’' && next()) {
                    break;
                }
                digits = false;
                end = behind;
            }
        }
    }
    let kind = match digits && some {
        true => TokenKind::Number,
        false => TokenKind::Word,
    };
    (end, kind)
}

/// Does `c` stand inside a word, where `next` follows?
fn joins(c: char, next: char, digits: bool) -> bool {
    next.is_alphanumeric() && (c != '.' || !next.is_uppercase() || digits)
}

/// The character that begins at a byte.
fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at)? {
        byte if byte.is_ascii() => Some(char::from(*byte)),
        _ => text[at..].chars().next(),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The dots of an ellipsis.
const ELLIPSIS: usize = 3;

/// Cuts at full stops, question marks, exclamation marks and line ends.
fn sentences(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (i, token) in tokens.iter().enumerate() {
        let next = tokens.get(i + 1);
        let gap = next.map_or(0..0, |n| token.end as usize..n.start as usize);
        let gap = &text.as_bytes()[gap];
        let stop = match token.kind {
            // Most of a text are words with a blank behind them.
            TokenKind::Word if matches!(gap, [] | [b' ']) => continue,
            TokenKind::Punct('.') => {
                let before = i.checked_sub(1).map(|b| tokens[b]);
                let abbreviation = before.is_some_and(|b| {
                    b.end == token.start
                        && lexicon.is_abbreviation(&text[b.start as usize..b.end as usize])
                });
                // Dots that lead from an item to what is done: "Fuel . . . OFF"; three without a blank
                // are what a sentence trails off with.
                let is_dot = |t: Token| t.kind == TokenKind::Punct('.');
                let apart = |b: Token| b.end != token.start;
                let more = || i >= ELLIPSIS && is_dot(tokens[i - ELLIPSIS]);
                let leads = before.is_some_and(|b| is_dot(b) && (apart(b) || more()))
                    || next.is_some_and(|n| is_dot(*n));
                !abbreviation && !leads && starts_sentence(text, gap, next)
            }
            TokenKind::Punct('!' | '?' | '。') => starts_sentence(text, gap, next),
            // What closes around a sentence belongs to it: "Ask: "Is it red?" …".
            TokenKind::Punct(c) if closes(c) && i > start => {
                let before = tokens[i - 1];
                let stops = matches!(before.kind, TokenKind::Punct('.' | '!' | '?'));
                stops && before.end == token.start && starts_sentence(text, gap, next)
            }
            _ => false,
        };
        if stop || gap.contains(&b'\n') {
            out.push(start..i + 1);
            start = i + 1;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

fn starts_sentence(text: &str, gap: &[u8], next: Option<&Token>) -> bool {
    let Some(next) = next else {
        return true;
    };
    let first = text[next.start as usize..].chars().next();
    !gap.is_empty() && !first.is_some_and(char::is_lowercase)
}

/// Does a sign close what stands in quotes or brackets?
fn closes(sign: char) -> bool {
    matches!(sign, ')' | '"' | '”' | '\'')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::testing::english;

    #[test]
    fn dots_that_lead_to_something_end_no_sentence() {
        for (text, sentences) in [
            ("Wait for it... Then go on.", 2),
            ("Stop it. Then go on.", 2),
            ("Fuel . . . OFF", 1),
            ("Fuel ....... OFF", 1),
            ("Wait ... and go on.", 1),
        ] {
            let tokens = Tokens::plain(text, english());
            assert_eq!(tokens.sentences.len(), sentences, "{text}");
        }
    }
}
