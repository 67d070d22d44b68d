//! Definitions: "**Pod**: a group of containers", "A pod is a group of containers."

use crate::grammar::{Cursor, Entry, Role, TokenKind};

const IS: Role = Role::named("term.is");
/// The longest term, in words.
const MAX_WORDS: usize = 6;

/// The term that an entry of a glossary defines, and the first token of its gloss.
pub fn definition<'a>(entry: Cursor<'a>) -> Option<(&'a str, usize)> {
    let limit = (entry.at + MAX_WORDS + 1).min(entry.end);
    for i in entry.at + 1..limit {
        let here = Cursor { at: i, ..entry };
        let (name, gloss) = match entry.tokens.tokens[i].kind {
            TokenKind::Punct(':' | '–' | '—' | '-') => (entry, i + 1),
            _ => match here.find(IS) {
                Some((m, said)) => (named(entry, said), m.end as usize),
                None => continue,
            },
        };
        if gloss < entry.end {
            let term = entry.tokens.slice(name.at..i).trim();
            return Some((term, gloss));
        }
    }
    None
}

/// Where the name begins: behind its article, in languages that look terms up without.
fn named<'a>(entry: Cursor<'a>, said: &Entry) -> Cursor<'a> {
    let article = entry
        .peek()
        .is_some_and(|t| entry.tokens.lexicon.is_article(t.sym));
    match article && said.says("article", "dropped") {
        true => entry.skip(1),
        false => entry,
    }
}
