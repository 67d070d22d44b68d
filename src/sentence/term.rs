//! Definitions: "**Pod**: a group of containers", "A pod is a group of containers."

use crate::grammar::{Cursor, Role, TokenKind};

const IS: Role = Role::named("term.is");
/// The longest term, in words.
const MAX_WORDS: usize = 6;

/// The term that an entry of a glossary defines, without its article, and the first token of its gloss.
pub fn definition<'a>(entry: Cursor<'a>) -> Option<(&'a str, usize)> {
    let mut name = entry;
    while name
        .peek()
        .is_some_and(|t| entry.tokens.lexicon.is_article(t.sym))
    {
        name = name.skip(1);
    }
    let limit = (name.at + MAX_WORDS + 1).min(entry.end);
    for i in name.at + 1..limit {
        let here = Cursor { at: i, ..entry };
        let separated = match entry.tokens.tokens[i].kind {
            TokenKind::Punct(':' | '–' | '—') => Some(i + 1),
            TokenKind::Punct('-') => Some(i + 1),
            _ => here.find(IS).map(|(m, _)| m.end as usize),
        };
        if let Some(gloss) = separated.filter(|g| *g < entry.end) {
            let term = entry.tokens.slice(name.at..i).trim();
            return Some((term, gloss));
        }
    }
    None
}
