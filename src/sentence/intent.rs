//! A header as what is done to what: "Creating a cluster with the CLI".

use std::ops::Range;

use super::condition::leading;
use super::label;
use super::verb::{Clause, Verb, VerbForm, behind_purpose, last, skip_leads, spoken, verb_at};
use crate::grammar::{Cursor, Role, TokenKind, Tokens};
use crate::model::{Intent, one_line};

const SKIPPED: [Role; 3] = [
    Role::named("question.want"),
    Role::named("sequence.optional"),
    Role::named("sequence.adverb"),
];
const AMBIGUOUS: Role = Role::named("verb.ambiguous");
const ADDRESS: Role = Role::named("sequence.address");
const JOINS: Role = Role::named("sequence.joins");
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
    let front = skip_front(header);
    let mut intent = Intent::default();
    let tokens = header.tokens;
    let main = action(front).map(|done| Main {
        lead: None,
        at: front,
        done,
    });
    let main = main.or_else(|| main_clause(front));
    let (mut at, mut lead) = (front, None);
    if let Some(main) = main {
        let (verb, object) = main.done;
        intent.action = verb.lemma.to_lowercase();
        (at, lead) = (main.at.within(object), main.lead);
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
    if let Some(lead) = lead
        && let Some((key, after)) = qualifier_at(front.within(lead.clone()))
    {
        let text = phrase(tokens, after..lead.end);
        intent.qualifiers.entry(key.to_owned()).or_insert(text);
    }
    intent
}

/// The clause that tells what is done.
struct Main<'a> {
    /// The tokens of what stands before, where that begins with a preposition.
    lead: Option<Range<usize>>,
    at: Cursor<'a>,
    /// Its verb, and the tokens that say what is done to.
    done: (Verb<'a>, Range<usize>),
}

/// What is done, where that stands behind where or when it is: "In the portal, select the disk", "If it
/// is worn, replace the belt".
fn main_clause(front: Cursor<'_>) -> Option<Main<'_>> {
    let of = |lead, at| action(at).map(|done| Main { lead, at, done });
    let purpose = behind_purpose(front).and_then(|(lead, at)| of(Some(lead), at));
    purpose.or_else(|| {
        let consequence = leading(front)?.consequence;
        of(None, skip_leads(front.within(consequence)))
    })
}

/// The words to look up for a wish, where its verb came apart: "richte ein Konto ein" is looked up as
/// "einrichten ein Konto". Else nothing.
pub fn put_together(wish: Cursor<'_>) -> Option<String> {
    let (verb, _) = action(skip_front(wish))?;
    let (particle, behind) = verb.particle?;
    let rest = [wish.at..verb.start, verb.end..particle, behind..wish.end];
    let rest = rest.map(|tokens| wish.tokens.slice(tokens));
    Some(format!("{} {}", verb.lemma, rest.join(" ")))
}

/// The header's verb, and the tokens that say what is done to.
fn action(at: Cursor<'_>) -> Option<(Verb<'_>, Range<usize>)> {
    if at.tokens.lexicon.verb_last() {
        return action_last(at);
    }
    let verb = verb_at(at)?;
    let noun = at
        .find(AMBIGUOUS)
        .is_some_and(|(m, _)| m.end as usize == verb.end);
    let alone = verb.end + trailing_punctuation(at) >= at.end;
    let fits = match verb.form {
        VerbForm::Base => !(noun && (alone || lower_case_noun_follows(at, verb.end))),
        VerbForm::Gerund => true,
        _ => false,
    };
    fits.then_some((verb, verb.end..at.end))
}

/// Where verbs stand last: "Datenbank sichern", "Sichern Sie die Datenbank", "Sicherung der
/// Datenbank".
fn action_last(at: Cursor<'_>) -> Option<(Verb<'_>, Range<usize>)> {
    let at = skip_leads(at);
    if let Some(verb) = spoken(at).or_else(|| asked(at)) {
        let object = behind_address(at.skip(verb.end - at.at));
        let end = match verb.particle {
            Some((first, _)) => first,
            None => next_command(object),
        };
        return Some((verb, object.at..end.max(object.at)));
    }
    if let Some(verb) = last(at, Clause::Wish) {
        // "Prüfen, ob der Dienst läuft": nothing before the verb, so it is behind it.
        let object = match verb.start == at.at {
            true => skip_leads(at.skip(verb.end - at.at)).range(),
            false => at.at..verb.start,
        };
        return Some((verb, object));
    }
    let verb = verb_at(at).filter(|v| v.form == VerbForm::Gerund)?;
    let next = at.skip(verb.end - at.at).peek()?;
    let noun = at.tokens.lexicon.is_determiner(next.sym);
    noun.then_some((verb, verb.end..at.end))
}

/// Where another command begins: "und notieren Sie die Nummer".
fn next_command(object: Cursor<'_>) -> usize {
    let begins = |i: &usize| {
        let joins = Cursor { at: *i, ..object }.find(JOINS);
        joins.is_some_and(|(m, _)| spoken(object.behind(m)).is_some())
    };
    object.range().find(begins).unwrap_or(object.end)
}

/// "startet man den Dienst neu" in "Wie startet man den Dienst neu?"
fn asked(at: Cursor<'_>) -> Option<Verb<'_>> {
    let verb = verb_at(at).filter(|v| v.form == VerbForm::Third)?;
    let after = at.skip(verb.end - at.at);
    after.find(ADDRESS).is_some().then_some(verb)
}

/// Behind the one who is spoken to, and words that say only when or how: "Sie bitte zuerst".
fn behind_address(at: Cursor<'_>) -> Cursor<'_> {
    let at = match at.find(ADDRESS) {
        Some((m, _)) => at.behind(m),
        None => at,
    };
    skip_leads(at)
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
        let skip = at.find_any(&SKIPPED).map(|(m, _)| m.end);
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

pub(super) fn qualifier_at(at: Cursor<'_>) -> Option<(&'static str, usize)> {
    at.longest(&QUALIFIERS)
}

/// The next preposition that has something before it.
fn qualifier_from(at: Cursor<'_>) -> Option<usize> {
    at.places(QUALIFIERS.map(|(role, _)| role)).next()
}

/// The words of a range, lower case, without articles at the front and punctuation at the ends.
fn phrase(tokens: &Tokens<'_>, range: Range<usize>) -> String {
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
    let mut text = one_line(tokens.slice(start..end));
    match text.is_ascii() {
        true => text.make_ascii_lowercase(),
        false => text = text.to_lowercase(),
    }
    text
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
            (
                "In the portal, select the disk for the logs",
                "select",
                "disk",
                vec![("for", "logs"), ("in", "portal")],
            ),
            (
                "To see the lights, first open the cover.",
                "open",
                "cover",
                vec![("to", "see the lights")],
            ),
            (
                "After restarting, look for errors",
                "look for",
                "errors",
                vec![("when", "restarting")],
            ),
            (
                "If the belt is worn, please replace the belt on the left",
                "replace",
                "belt",
                vec![("on", "left")],
            ),
            ("Node auto-drain", "", "node auto-drain", vec![]),
            ("Log files", "", "log files", vec![]),
            ("Troubleshoot", "troubleshoot", "", vec![]),
        ] {
            let tokens = Tokens::plain(text, english());
            let read = intent(Cursor::whole(&tokens));
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
