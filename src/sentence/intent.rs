//! A header as what is done to what: "Creating a cluster with the CLI".

use super::label;
use super::verb::{VerbForm, verb_at};
use crate::grammar::{Cursor, Role, TokenKind, Tokens};
use crate::model::Intent;

const SKIPPED: [Role; 3] = [
    Role::named("question.want"),
    Role::named("sequence.optional"),
    Role::named("sequence.adverb"),
];
const AMBIGUOUS: Role = Role::named("verb.ambiguous");
/// Prepositions, by the key under which their complement is kept.
const QUALIFIERS: [(Role, &str); 12] = [
    (Role::named("qualifier.with"), "with"),
    (Role::named("qualifier.without"), "without"),
    (Role::named("qualifier.on"), "on"),
    (Role::named("qualifier.in"), "in"),
    (Role::named("qualifier.for"), "for"),
    (Role::named("qualifier.to"), "to"),
    (Role::named("qualifier.from"), "from"),
    (Role::named("qualifier.at"), "at"),
    (Role::named("qualifier.as"), "as"),
    (Role::named("qualifier.when"), "when"),
    (Role::named("qualifier.between"), "between"),
    (Role::named("qualifier.against"), "against"),
];

/// Reads a header, or what is left of a question once its wrapping is gone.
pub fn intent(header: Cursor<'_>) -> Intent {
    let mut at = skip_front(header);
    let mut intent = Intent::default();
    let tokens = header.tokens;
    if let Some((lemma, start, end)) = action(at) {
        intent.action = lemma;
        at = if start == at.at {
            at.skip(end - at.at)
        } else {
            at.until(start)
        };
    }
    let cut = qualifier_from(at);
    intent.object = phrase(tokens, at.at..cut.unwrap_or(at.end));
    let mut next = cut;
    while let Some(start) = next {
        let here = Cursor { at: start, ..at };
        let Some((key, after)) = qualifier_at(here) else {
            break;
        };
        let rest = Cursor { at: after, ..at };
        next = qualifier_from(rest);
        let text = phrase(tokens, after..next.unwrap_or(at.end));
        if !text.is_empty() {
            intent.qualifiers.entry(key.to_owned()).or_insert(text);
        }
    }
    intent
}

/// The lemma of the header's verb, and its tokens: first in most languages, last in some.
fn action(at: Cursor<'_>) -> Option<(String, usize, usize)> {
    if at.tokens.lexicon.verb_last() {
        let (verb, _) = (at.at..at.end).rev().take(3).find_map(|i| {
            let verb = verb_at(Cursor { at: i, ..at })?;
            (verb.end + trailing_punctuation(at) >= at.end).then_some((verb, i))
        })?;
        return Some((verb.lemma.to_owned(), verb.start, verb.end));
    }
    let verb = verb_at(at)?;
    let noun = at
        .find(AMBIGUOUS)
        .is_some_and(|(m, _)| m.end as usize == verb.end);
    let alone = verb.end + trailing_punctuation(at) >= at.end;
    let fits = match verb.form {
        VerbForm::Base => !(noun && (alone || lower_case_noun_follows(at, verb.end))),
        VerbForm::Gerund => true,
        VerbForm::Third | VerbForm::Past => false,
    };
    fits.then(|| (verb.lemma.to_owned(), verb.start, verb.end))
}

/// "Log files", "Order status": an ambiguous word and a bare noun, and nothing more.
fn lower_case_noun_follows(at: Cursor<'_>, end: usize) -> bool {
    let rest = at.skip(end - at.at);
    let short = rest.range().len() - trailing_punctuation(rest) == 1;
    short
        && rest
            .peek()
            .is_some_and(|t| t.kind == TokenKind::Word && !at.tokens.lexicon.is_determiner(t.sym))
}

fn trailing_punctuation(at: Cursor<'_>) -> usize {
    at.tokens.tokens[at.range()]
        .iter()
        .rev()
        .take_while(|t| matches!(t.kind, TokenKind::Punct(_)))
        .count()
}

/// Behind numbers, labels and wrapping: "Step 3: ", "(Optional) ", "How to ".
fn skip_front(mut at: Cursor<'_>) -> Cursor<'_> {
    if let Some(label) = label::label(at) {
        let rest = at.skip(label.end - at.at);
        if !rest.is_empty() {
            at = rest;
        }
    }
    loop {
        let verb = verb_at(at).map_or(0, |v| v.end as u32);
        let skip = SKIPPED
            .iter()
            .filter_map(|r| at.find(*r))
            .map(|(m, _)| m.end)
            .max();
        if let Some(end) = skip.filter(|end| *end > verb) {
            at = at.skip(end as usize - at.at);
            continue;
        }
        match at.peek().map(|t| t.kind) {
            Some(TokenKind::Punct('(' | ')' | ':' | ',' | '-' | '"' | '“' | '\'')) => {
                at = at.skip(1)
            }
            Some(TokenKind::Number) if at.range().len() > 1 && numbered(at) => at = at.skip(2),
            _ => return at,
        }
    }
}

/// "3. Create …"
fn numbered(at: Cursor<'_>) -> bool {
    matches!(
        at.skip(1).peek().map(|t| t.kind),
        Some(TokenKind::Punct('.' | ')' | ':'))
    )
}

fn qualifier_at(at: Cursor<'_>) -> Option<(&'static str, usize)> {
    QUALIFIERS
        .iter()
        .filter_map(|(role, key)| at.find(*role).map(|(m, _)| (*key, m.end as usize)))
        .max_by_key(|(_, end)| *end)
}

/// The next preposition that has something before it.
fn qualifier_from(at: Cursor<'_>) -> Option<usize> {
    (at.at..at.end).find(|i| qualifier_at(Cursor { at: *i, ..at }).is_some())
}

/// The words of a range, lower case, without articles at the front and punctuation at the ends.
fn phrase(tokens: &Tokens<'_>, range: std::ops::Range<usize>) -> String {
    let (mut start, mut end) = (range.start, range.end);
    let droppable = |i: usize| match tokens.tokens[i].kind {
        TokenKind::Punct(c) => !matches!(c, '<' | '[' | '$' | '`'),
        TokenKind::Word => tokens.lexicon.is_article(tokens.tokens[i].sym),
        TokenKind::Number | TokenKind::Code => false,
    };
    while start < end && droppable(start) {
        start += 1;
    }
    while end > start && matches!(tokens.tokens[end - 1].kind, TokenKind::Punct(_)) {
        end -= 1;
    }
    let text = tokens.slice(start..end).to_lowercase();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::testing::english;

    #[test]
    fn headers_read_as_intents() {
        for (text, action, object, qualifiers) in [
            ("Drain a node", "drain", "node", vec![]),
            (
                "Creating an AKS cluster with the Azure CLI",
                "create",
                "aks cluster",
                vec![("with", "azure cli")],
            ),
            (
                "Step 3: Set up backups for PostgreSQL on Linux",
                "set up",
                "backups",
                vec![("for", "postgresql"), ("on", "linux")],
            ),
            (
                "How to connect to a private cluster",
                "connect to",
                "private cluster",
                vec![],
            ),
            ("Node auto-drain", "", "node auto-drain", vec![]),
            ("Log files", "", "log files", vec![]),
            ("Troubleshoot", "troubleshoot", "", vec![]),
        ] {
            let tokens = Tokens::plain(text, english());
            let read = intent(Cursor::over(&tokens, 0..tokens.tokens.len()));
            assert_eq!(
                (read.action.as_str(), read.object.as_str()),
                (action, object),
                "{text}"
            );
            let got: Vec<(&str, &str)> = read
                .qualifiers
                .iter()
                .map(|(k, v)| (k.as_str(), v.as_str()))
                .collect();
            assert_eq!(got, qualifiers, "{text}");
        }
    }
}
