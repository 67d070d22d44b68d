//! Verbs, and sentences that tell the reader to do something.

use crate::grammar::{Cursor, Role, TokenKind};

const FORM: Role = Role::named("verb.form");
const AMBIGUOUS: Role = Role::named("verb.ambiguous");
const NOT_VERB: Role = Role::named("verb.not_verb");
/// Words that may stand before an imperative.
const LEADS: [Role; 5] = [
    Role::named("sequence.first"),
    Role::named("sequence.then"),
    Role::named("sequence.last"),
    Role::named("sequence.adverb"),
    Role::named("sequence.optional"),
];
const IS: Role = Role::named("comparison.is");
/// From this many words after it on, a bare noun after an ambiguous word can be its object.
const MIN_COMMAND: usize = 5;
const BY: Role = Role::named("sequence.by");
const PURPOSE: Role = Role::named("sequence.purpose");

/// A verb of the lexicon at a place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb<'a> {
    /// Its base form with its particles: `set up`.
    pub lemma: &'a str,
    /// Its class of near-synonyms: `create`.
    pub class: &'a str,
    /// The form it stands in.
    pub form: VerbForm,
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
}

/// The form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerbForm {
    /// `create`
    Base,
    /// `creating`
    Gerund,
    /// `creates`
    Third,
    /// `created`
    Past,
}

impl VerbForm {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "base" => VerbForm::Base,
            "gerund" => VerbForm::Gerund,
            "third" => VerbForm::Third,
            "past" => VerbForm::Past,
            _ => return None,
        })
    }
}

/// The verb at the cursor, the longest with its particles.
pub fn verb_at<'a>(at: Cursor<'a>) -> Option<Verb<'a>> {
    if at.find(NOT_VERB).is_some() {
        return None;
    }
    let (m, entry) = at.find(FORM)?;
    Some(Verb {
        lemma: entry.get("lemma")?,
        class: entry.get("class")?,
        form: VerbForm::from_name(entry.get("form")?)?,
        start: m.start as usize,
        end: m.end as usize,
    })
}

/// The verb of a sentence that tells the reader to do something: "Then restart the pump.",
/// "To save power, turn off the light."
pub fn imperative<'a>(sentence: Cursor<'a>) -> Option<Verb<'a>> {
    let at = skip_leads(sentence);
    command(at).or_else(|| {
        let after = after_purpose(at)?;
        command(skip_leads(after))
    })
}

/// A verb in its base form that is meant as a command, or a gerund after "start by".
fn command(at: Cursor<'_>) -> Option<Verb<'_>> {
    if let Some((m, _)) = at.find(BY) {
        let gerund = verb_at(at.skip((m.end - m.start) as usize));
        if let Some(gerund) = gerund.filter(|v| v.form == VerbForm::Gerund) {
            return Some(gerund);
        }
    }
    let verb = verb_at(at).filter(|v| v.form == VerbForm::Base)?;
    (at.find(AMBIGUOUS).is_none() || has_object(at, verb.end)).then_some(verb)
}

/// After a word that is a noun as often as a verb: does something follow that only a verb takes?
fn has_object(at: Cursor<'_>, end: usize) -> bool {
    let next = at.skip(end - at.at);
    let Some(token) = next.peek() else {
        return false;
    };
    match token.kind {
        TokenKind::Code | TokenKind::Number => true,
        TokenKind::Punct(c) => matches!(c, '"' | '\'' | '“' | '‘' | '[' | '<' | '$'),
        TokenKind::Word => {
            // A verb with its particle ("log in") is no noun.
            let alone = at
                .find(AMBIGUOUS)
                .is_some_and(|(m, _)| m.end as usize == end);
            !alone || at.tokens.lexicon.is_determiner(token.sym) || is_long_command(next)
        }
    }
}

/// "Log errors of the pump in the book": long, and no other word in it is the verb of a statement.
fn is_long_command(next: Cursor<'_>) -> bool {
    let mut words = next.range().map(|i| Cursor { at: i, ..next });
    next.range().len() >= MIN_COMMAND
        && !words
            .any(|w| w.find(IS).is_some() || verb_at(w).is_some_and(|v| v.form == VerbForm::Third))
}

/// Does a text say that it is an optional step?
pub fn is_optional(text: Cursor<'_>) -> bool {
    text.find(Role::named("sequence.optional")).is_some()
}

/// Words and signs before the command: "Next, please", "(Optional)".
pub(super) fn skip_leads(mut at: Cursor<'_>) -> Cursor<'_> {
    loop {
        let lead = LEADS
            .iter()
            .filter_map(|r| at.find(*r))
            .map(|(m, _)| m.end)
            .max();
        let verb = verb_at(at).map(|v| v.end as u32);
        if let Some(end) = lead.filter(|end| verb.is_none_or(|v| v < *end)) {
            at = at.skip(end as usize - at.at);
            continue;
        }
        match at.peek().map(|t| t.kind) {
            Some(TokenKind::Punct(',' | '(' | ')' | ':' | '*' | '-' | '–' | '—')) => {
                at = at.skip(1)
            }
            _ => return at,
        }
    }
}

/// After "To save power," or "In the portal,": behind the comma.
fn after_purpose(at: Cursor<'_>) -> Option<Cursor<'_>> {
    at.find(PURPOSE)?;
    let comma = (at.at..at.end).find(|i| {
        let token = at.tokens.tokens[*i].kind;
        matches!(token, TokenKind::Punct(',' | ':'))
    })?;
    Some(at.skip(comma + 1 - at.at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Tokens;
    use crate::grammar::testing::english;

    fn lemma(text: &str) -> Option<String> {
        let lexicon = english();
        let tokens = Tokens::plain(text, lexicon);
        imperative(Cursor::over(&tokens, 0..tokens.tokens.len())).map(|v| v.lemma.to_owned())
    }

    #[test]
    fn commands_are_told_from_nouns() {
        for (text, want) in [
            ("Restart the pump.", "restart"),
            ("Then, please set up the server.", "set up"),
            ("To save power, turn off the light.", "turn off"),
            ("In the portal, select the disk.", "select"),
            ("You must check the seal.", "check"),
            ("(Optional) Rotate the key.", "rotate"),
            ("Log in to the portal.", "log in"),
            ("Start by closing the valve.", "close"),
        ] {
            assert_eq!(lemma(text).as_deref(), Some(want), "{text}");
        }
        for text in [
            "Log files",
            "The pump runs.",
            "Order status",
            "Full name - first and last",
            "Zip code",
        ] {
            assert_eq!(lemma(text), None, "{text}");
        }
    }
}
