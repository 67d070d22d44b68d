//! Definitions: "**Pod**: a group of containers", "A pod is a group of containers."

use std::ops::Range;

use super::verb::{VerbForm, verb_at};
use crate::grammar::{Cursor, Entry, Role, Token, TokenKind};

const IS: Role = Role::named("term.is");
const ALSO: Role = Role::named("term.also");
const KIND: Role = Role::named("term.kind");
const EXAMPLE: Role = Role::named("term.example");
const OR: Role = Role::named("option.either");
/// The longest term, in words.
const MAX_WORDS: usize = 6;
/// A gloss that names more says nothing.
const MAX_NAMES: usize = 6;

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
fn named<'a>(entry: Cursor<'a>, said: Entry<'_>) -> Cursor<'a> {
    let article = entry
        .peek()
        .is_some_and(|t| entry.tokens.lexicon.is_article(t.sym));
    match article && said.says("article", "dropped") {
        true => entry.skip(1),
        false => entry,
    }
}

/// What a gloss says of a term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gloss<'a> {
    /// What it is called too: "slip" in "Also called a slip."
    pub also: Vec<&'a str>,
    /// What kind of thing it is: "berth" in "A berth for small boats", and with what narrows it "senior
    /// nurse" beside "nurse". A kind that nearly everything is, such as a place, is none.
    pub kinds: Vec<&'a str>,
    /// What is such a thing: "ferry" in "A ship on a fixed route, for example a ferry."
    pub examples: Vec<&'a str>,
}

/// Reads a gloss.
///
/// A definition gives the nearest kind, and what sets the thing apart from others of it (Aristotle,
/// *Topics*), so what is said of the kind holds for the thing, and what is said of others of it does not.
pub fn gloss<'a>(text: Cursor<'a>) -> Gloss<'a> {
    let mut read = Gloss::default();
    for i in text.range() {
        let here = Cursor { at: i, ..text };
        if let Some((m, _)) = here.find(ALSO) {
            let list = here.within(m.end as usize..text.end);
            read.also
                .extend(parts(list).map(|part| text.tokens.slice(part)));
        }
        if let Some((m, _)) = here.find(EXAMPLE) {
            let list = here.within(m.end as usize..text.end);
            read.examples
                .extend(parts(list).map(|part| text.tokens.slice(part)));
        }
    }
    if text.find(ALSO).is_some() {
        return read;
    }
    let begin = |at: Cursor<'_>| at.find(KIND).map_or(at.at, |(m, _)| m.end as usize);
    let begin = begin(Cursor {
        at: behind_article(text, begin(text)),
        ..text
    });
    // Before the last word of a kind stands what narrows it: "a senior nurse".
    let kinds = parts(text.within(begin..text.end));
    let heads = kinds.map(|part| (part.clone(), part.end - 1..part.end));
    let lexicon = text.tokens.lexicon;
    let special = heads.filter(|(_, head)| !lexicon.is_kind(text.tokens.tokens[head.start].sym));
    for (part, head) in special {
        read.kinds.push(text.tokens.slice(head.clone()));
        if part.len() > 1 {
            read.kinds.push(text.tokens.slice(part));
        }
    }
    read
}

/// The names at the front of a text, which are joined by commas or by "or".
fn parts<'a>(list: Cursor<'a>) -> impl Iterator<Item = Range<usize>> {
    let mut parts = Vec::new();
    let mut from = behind_article(list, list.at);
    let mut i = from;
    while i < list.end && parts.len() < MAX_NAMES {
        let here = Cursor { at: i, ..list };
        let kind = list.tokens.tokens[i].kind;
        let joint = match here.find(OR) {
            Some((m, _)) => Some(m.end as usize),
            None => (kind == TokenKind::Punct(',')).then_some(i + 1),
        };
        let ends = matches!(kind, TokenKind::Punct(_)) || sets_apart(here);
        if (joint.is_some() || ends) && from < i {
            parts.push(from..i);
        }
        match joint {
            Some(next) => from = behind_article(list, next),
            None if ends => return parts.into_iter(),
            None => {}
        }
        i = from.max(i + 1);
    }
    if from < list.end && parts.len() < MAX_NAMES {
        parts.push(from..list.end);
    }
    parts.into_iter()
}

/// Does here begin what sets a thing apart from others of its kind: "that …", "of …", "used …"?
fn sets_apart(here: Cursor<'_>) -> bool {
    let word = |t: Token| here.tokens.lexicon.is_stop(t.sym);
    here.peek().is_some_and(word) || verb_at(here).is_some_and(|v| v.form != VerbForm::Base)
}

fn behind_article(at: Cursor<'_>, place: usize) -> usize {
    let here = Cursor { at: place, ..at };
    let article = here
        .peek()
        .is_some_and(|t| at.tokens.lexicon.is_article(t.sym));
    (place + usize::from(article)).min(at.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::{Grammar, PACKS, Tokens};

    fn read(text: &str) -> (String, String) {
        let grammar = Grammar::load(&PACKS).expect("the built-in packs");
        let lexicon = grammar.language("en").expect("English");
        let tokens = Tokens::plain(text, lexicon);
        let read = gloss(Cursor::whole(&tokens));
        (read.also.join(", "), read.kinds.join(", "))
    }

    #[test]
    fn a_gloss_gives_examples() {
        let grammar = Grammar::load(&PACKS).expect("the built-in packs");
        let lexicon = grammar.language("en").expect("English");
        let text = "A ship on a fixed route, for example a ferry or a packet boat.";
        let tokens = Tokens::plain(text, lexicon);
        let read = gloss(Cursor::whole(&tokens));
        assert_eq!(read.examples, ["ferry", "packet boat"]);
    }

    #[test]
    fn a_gloss_says_what_a_thing_is() {
        for (text, also, kinds) in [
            ("The ruler of a land.", "", "ruler"),
            ("A king or queen who reigns.", "", "king, queen"),
            ("A senior nurse who runs a ward.", "", "nurse, senior nurse"),
            (
                "The place where a ship lies. Also called a berth or a slip.",
                "berth, slip",
                "",
            ),
            ("A kind of crane that swims.", "", "crane"),
            ("A piece of the regalia: a staff.", "", "regalia"),
            ("A large piece of coal that burns slowly.", "", "coal"),
            ("See ruler.", "ruler", ""),
            (
                "Short for horizontal pod autoscaler.",
                "horizontal pod autoscaler",
                "",
            ),
            ("A group of containers that share a network.", "", ""),
            ("Making the replica the new primary.", "", ""),
        ] {
            assert_eq!(read(text), (also.to_owned(), kinds.to_owned()), "{text}");
        }
    }
}
