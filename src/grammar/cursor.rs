//! Tokens as an input of `nom`, and the smallest parsers over them.

use std::ops::Range;

use nom::error::{Error, ErrorKind};
use nom::{Err, IResult, Input, Needed};

use super::entries::Entry;
use super::role::Role;
use super::tokens::{Match, Token, TokenKind, Tokens};

/// A place in a text: the tokens that are still to be read.
#[derive(Clone, Copy)]
pub struct Cursor<'a> {
    /// The text.
    pub tokens: &'a Tokens<'a>,
    /// The next token.
    pub at: usize,
    /// One past the last token that may be read.
    pub end: usize,
}

/// What a parser over tokens gives.
pub type Parsed<'a, T> = IResult<Cursor<'a>, T>;

impl<'a> Cursor<'a> {
    /// At the beginning of a range of tokens.
    pub fn over(tokens: &'a Tokens<'a>, range: Range<usize>) -> Self {
        Cursor {
            tokens,
            at: range.start,
            end: range.end.min(tokens.tokens.len()),
        }
    }

    /// At the beginning of a text.
    pub fn whole(tokens: &'a Tokens<'a>) -> Self {
        Cursor::over(tokens, 0..tokens.tokens.len())
    }

    /// At the beginning of each sentence of a text.
    pub fn sentences(tokens: &'a Tokens<'a>) -> impl DoubleEndedIterator<Item = Cursor<'a>> {
        let sentences = tokens.sentences.iter();
        sentences.map(|sentence| Cursor::over(tokens, sentence.clone()))
    }

    /// The next token.
    pub fn peek(&self) -> Option<Token> {
        (self.at < self.end).then(|| self.tokens.tokens[self.at])
    }

    /// The rest of the text, trimmed.
    pub fn rest(&self) -> &'a str {
        self.tokens.slice(self.at..self.end).trim()
    }

    /// The tokens that are left.
    pub fn range(&self) -> Range<usize> {
        self.at..self.end
    }

    /// This cursor, `n` tokens further.
    pub fn skip(mut self, n: usize) -> Self {
        self.at = (self.at + n).min(self.end);
        self
    }

    /// This cursor, behind a phrase of the text.
    pub fn behind(mut self, phrase: Match) -> Self {
        self.at = (phrase.end as usize).min(self.end);
        self
    }

    /// This cursor, ending before token `end`.
    pub fn until(mut self, end: usize) -> Self {
        self.end = end.clamp(self.at, self.end);
        self
    }

    /// This cursor, over other tokens of the text.
    pub fn within(self, tokens: Range<usize>) -> Self {
        Cursor {
            at: tokens.start,
            end: tokens.end.max(tokens.start),
            ..self
        }
    }

    /// Is nothing left?
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.at >= self.end
    }

    /// The phrases that begin here, longest first.
    #[inline]
    fn here(&self) -> &'a [Match] {
        if self.is_empty() {
            return &[];
        }
        self.tokens.beginning_in(self.at..self.at + 1)
    }

    /// Every phrase of the role that begins here, longest first.
    pub fn all(&self, role: Role) -> impl Iterator<Item = (Match, Entry<'a>)> {
        let (lexicon, end) = (self.tokens.lexicon, self.end);
        let found = self.here().iter();
        found
            .filter(move |m| m.role == role && m.end as usize <= end)
            .map(|m| (*m, lexicon.entry(m.entry)))
    }

    /// The longest phrase of the role that begins here.
    #[inline]
    pub fn find(&self, role: Role) -> Option<(Match, Entry<'a>)> {
        let fits = |m: &&Match| m.role == role && m.end as usize <= self.end;
        let found = self.here().iter().find(fits)?;
        Some((*found, self.tokens.lexicon.entry(found.entry)))
    }

    /// The longest phrase of any of these roles that begins here.
    #[inline]
    pub fn find_any(&self, roles: &[Role]) -> Option<(Match, Entry<'a>)> {
        let fits = |m: &&Match| m.end as usize <= self.end && m.role.is_among(roles);
        let found = self.here().iter().find(fits)?;
        Some((*found, self.tokens.lexicon.entry(found.entry)))
    }

    /// What the longest phrase of these roles is that begins here, and where it ends; the last of
    /// those that are as long.
    #[inline]
    pub fn longest<K: Copy>(&self, kinds: &[(Role, K)]) -> Option<(K, usize)> {
        let here = self.here().iter().filter(|m| m.end as usize <= self.end);
        let place = |m: &Match| kinds.iter().rposition(|(role, _)| *role == m.role);
        let (end, place) = here.filter_map(|m| Some((m.end, place(m)?))).max()?;
        Some((kinds[place].1, end as usize))
    }

    /// The place of the first phrase of the role at or after here.
    #[inline]
    pub fn seek(&self, role: Role) -> Option<(Cursor<'a>, Match, Entry<'a>)> {
        let mut found = self.tokens.matches_in(self.range(), role);
        let found = found.find(|m| m.end as usize <= self.end)?;
        let here = Cursor {
            at: found.start as usize,
            ..*self
        };
        Some((here, found, self.tokens.lexicon.entry(found.entry)))
    }

    /// The tokens at or after here where phrases of these roles begin, in their order; as often as
    /// phrases begin there.
    #[inline]
    pub fn places<const N: usize>(&self, roles: [Role; N]) -> impl Iterator<Item = usize> {
        let end = self.end;
        let found = self.tokens.matches_of(self.range(), roles);
        found
            .filter(move |m| m.end as usize <= end)
            .map(|m| m.start as usize)
    }

    /// An error at this place, for parsers written by hand.
    pub fn fail<T>(self) -> Parsed<'a, T> {
        Err(Err::Error(Error::new(self, ErrorKind::Verify)))
    }
}

impl<'a> Input for Cursor<'a> {
    type Item = Token;
    type Iter = std::iter::Copied<std::slice::Iter<'a, Token>>;
    type IterIndices = std::iter::Enumerate<Self::Iter>;

    fn input_len(&self) -> usize {
        self.end - self.at
    }

    fn take(&self, index: usize) -> Self {
        self.until(self.at + index)
    }

    fn take_from(&self, index: usize) -> Self {
        self.skip(index)
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.skip(index), self.until(self.at + index))
    }

    fn position<P: Fn(Token) -> bool>(&self, predicate: P) -> Option<usize> {
        self.iter_elements().position(predicate)
    }

    fn iter_elements(&self) -> Self::Iter {
        self.tokens.tokens[self.range()].iter().copied()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.iter_elements().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        if self.input_len() >= count {
            Ok(count)
        } else {
            Err(Needed::new(count - self.input_len()))
        }
    }
}

/// The longest phrase of a role.
pub fn phrase<'a>(role: Role) -> impl Fn(Cursor<'a>) -> Parsed<'a, Entry<'a>> + Clone {
    move |input| match input.find(role) {
        Some((m, entry)) => Ok((input.behind(m), entry)),
        None => input.fail(),
    }
}

/// A token for which `test` holds.
fn token<'a>(test: impl Fn(Token) -> bool) -> impl Fn(Cursor<'a>) -> Parsed<'a, Token> {
    move |input| match input.peek().filter(|t| test(*t)) {
        Some(token) => Ok((input.skip(1), token)),
        None => input.fail(),
    }
}

/// A character of punctuation.
pub fn punct<'a>(c: char) -> impl Fn(Cursor<'a>) -> Parsed<'a, Token> {
    token(move |t| t.kind == TokenKind::Punct(c))
}

/// One of several characters of punctuation.
pub fn punct_in<'a>(set: &'static str) -> impl Fn(Cursor<'a>) -> Parsed<'a, Token> {
    token(move |t| matches!(t.kind, TokenKind::Punct(c) if set.contains(c)))
}

/// A word.
pub fn word<'a>(input: Cursor<'a>) -> Parsed<'a, Token> {
    token(|t| t.kind == TokenKind::Word)(input)
}

/// A number.
pub fn number<'a>(input: Cursor<'a>) -> Parsed<'a, Token> {
    token(|t| t.kind == TokenKind::Number)(input)
}

/// Any token.
pub fn any<'a>(input: Cursor<'a>) -> Parsed<'a, Token> {
    token(|_| true)(input)
}

/// The end, closing punctuation aside.
pub fn at_end<'a>(input: Cursor<'a>) -> Parsed<'a, ()> {
    let mut rest = input;
    while let Some(TokenKind::Punct('.' | ':' | '!' | '?' | ')' | '"' | '”' | ';' | '*')) =
        rest.peek().map(|t| t.kind)
    {
        rest = rest.skip(1);
    }
    if rest.is_empty() {
        Ok((rest, ()))
    } else {
        input.fail()
    }
}

/// A word spelled like this, whatever the case.
pub fn spelled<'a>(text: &'static str) -> impl Fn(Cursor<'a>) -> Parsed<'a, Token> {
    move |input| {
        let found = input
            .peek()
            .filter(|_| input.tokens.spelling(input.at).eq_ignore_ascii_case(text));
        match found {
            Some(token) => Ok((input.skip(1), token)),
            None => input.fail(),
        }
    }
}

/// The text between two places, trimmed.
pub fn text_between<'a>(from: Cursor<'a>, to: Cursor<'a>) -> &'a str {
    from.tokens.slice(from.at..to.at).trim()
}
