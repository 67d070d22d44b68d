//! Verbs, and sentences that tell the reader to do something.

use std::ops::Range;

use crate::grammar::{Cursor, Entry, Match, Role, Sym, TokenKind, at_end};

const FORM: Role = Role::named("verb.form");
const AMBIGUOUS: Role = Role::named("verb.ambiguous");
const NOT_VERB: Role = Role::named("verb.not_verb");
/// Words before a thing that are no verbs: "Behind the pump".
const OPENER: Role = Role::named("sequence.opener");
/// "Which", "that": what stands behind a noun.
const SUBORDINATE: Role = Role::named("condition.subordinate");
/// Words that may stand before an imperative.
const LEADS: [Role; 5] = [
    Role::named("sequence.first"),
    Role::named("sequence.then"),
    Role::named("sequence.last"),
    Role::named("sequence.adverb"),
    Role::named("sequence.optional"),
];
const IS: Role = Role::named("comparison.is");
/// "and", "and then"
const AND: Role = Role::named("call.joins");
/// From this many words after it on, a bare noun after an ambiguous word can be its object.
const MIN_COMMAND: usize = 5;
const BY: Role = Role::named("sequence.by");
const PURPOSE: Role = Role::named("sequence.purpose");
/// Who is spoken to, right behind a command: "Öffnen Sie".
const ADDRESS: Role = Role::named("sequence.address");
/// Words that join another clause.
const JOINS: Role = Role::named("sequence.joins");
/// Verbs of statements: where one stands, an infinitive at the end is no command.
const STATEMENT: Role = Role::named("sequence.statement");
/// The longest clause in which the other piece of a verb, or the verb itself, is looked for.
const MAX_CLAUSE: usize = 40;

/// A verb of the lexicon at a place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb<'a> {
    /// Its base form with its particles: `set up`.
    pub lemma: &'a str,
    /// The form it stands in.
    pub form: VerbForm,
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// The tokens of its particle, if it came apart: `an` in "Legen Sie einen Benutzer an". The first,
    /// and one past the last.
    pub particle: Option<(usize, usize)>,
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
    /// A form of its own for commands: `starte`.
    Command,
    /// Marked as no command: `zu starten`.
    Marked,
}

impl VerbForm {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "base" => VerbForm::Base,
            "gerund" => VerbForm::Gerund,
            "third" => VerbForm::Third,
            "past" => VerbForm::Past,
            "command" => VerbForm::Command,
            "marked" => VerbForm::Marked,
            _ => return None,
        })
    }
}

/// The verb at the cursor, the longest with its particles.
pub fn verb_at<'a>(at: Cursor<'a>) -> Option<Verb<'a>> {
    if at.find(NOT_VERB).is_some() {
        return None;
    }
    if at.tokens.lexicon.verb_last() {
        return whole(at);
    }
    let (m, entry) = at.find(FORM)?;
    verb_of(m, entry, None)
}

fn verb_of<'a>(m: Match, entry: Entry<'a>, particle: Option<(usize, usize)>) -> Option<Verb<'a>> {
    Some(Verb {
        form: VerbForm::from_name(entry.get("form")?)?,
        lemma: entry.get("lemma")?,
        start: m.start as usize,
        end: m.end as usize,
        particle,
    })
}

/// The verb at the cursor, where its particle may stand apart: the longest that has all its pieces.
fn whole<'a>(at: Cursor<'a>) -> Option<Verb<'a>> {
    let mut best: Option<Verb<'a>> = None;
    for (m, entry) in at.all(FORM) {
        let particle = match entry.get("particle") {
            Some(words) => match particle(at.behind(m), words) {
                Some(place) => Some(place),
                None => continue,
            },
            None => None,
        };
        let pieces = |v: &Verb<'_>| (v.end, v.particle.is_some());
        let verb = verb_of(m, entry, particle);
        if let Some(verb) = verb.filter(|v| best.is_none_or(|b| pieces(v) > pieces(&b))) {
            best = Some(verb);
        }
    }
    best
}

/// Where the particle stands that ends the clause behind a verb. The clause of another command ends
/// the search.
fn particle(rest: Cursor<'_>, words: &str) -> Option<(usize, usize)> {
    let lexicon = rest.tokens.lexicon;
    let words: Vec<Sym> = words.split(' ').map(|w| lexicon.symbol(w)).collect();
    for i in rest.range().take(MAX_CLAUSE) {
        let here = Cursor { at: i, ..rest };
        if i > rest.at && here.find(ADDRESS).is_some() && follows_verb(here) {
            return None;
        }
        let fits = words
            .iter()
            .enumerate()
            .all(|(n, w)| i + n < rest.end && rest.tokens.tokens[i + n].sym == *w);
        if fits && clause_ends(here.skip(words.len())) {
            return Some((i, i + words.len()));
        }
    }
    None
}

fn follows_verb(at: Cursor<'_>) -> bool {
    let before = at.at.checked_sub(1).map(|i| Cursor { at: i, ..at });
    before.is_some_and(|b| b.find(FORM).is_some())
}

/// Does a clause end before the cursor?
fn clause_ends(at: Cursor<'_>) -> bool {
    match at.peek().map(|t| t.kind) {
        None => true,
        Some(TokenKind::Punct(c)) => {
            matches!(c, ',' | '.' | ':' | ';' | '!' | '?' | ')' | '–' | '—')
        }
        Some(_) => at.find(JOINS).is_some(),
    }
}

/// The verb of a sentence that tells the reader to do something: "Then restart the pump.",
/// "To save power, turn off the light."
pub fn imperative<'a>(sentence: Cursor<'a>) -> Option<Verb<'a>> {
    let at = skip_leads(sentence);
    command(at).or_else(|| command(behind_purpose(at)?.1))
}

/// The tokens of "To save power" or "In the portal", and where a command can begin behind their comma.
pub(super) fn behind_purpose(at: Cursor<'_>) -> Option<(Range<usize>, Cursor<'_>)> {
    // "In this exercise you pump the water, and close the valve" goes on with what you do.
    let after = after_purpose(at).filter(|a| a.find(AND).is_none())?;
    Some((at.at..after.at - 1, skip_leads(after)))
}

/// A verb in its base form that is meant as a command, or a gerund after "start by".
fn command(at: Cursor<'_>) -> Option<Verb<'_>> {
    if let Some((m, _)) = at.find(BY) {
        let gerund = verb_at(at.behind(m));
        if let Some(gerund) = gerund.filter(|v| v.form == VerbForm::Gerund) {
            return Some(gerund);
        }
    }
    if at.tokens.lexicon.verb_last() {
        return spoken(at).or_else(|| last(at, Clause::Command));
    }
    let Some(verb) = verb_at(at) else {
        return unlisted(at);
    };
    let told = at.find(AMBIGUOUS).is_none() || has_object(at, verb.end);
    let told = told && !is_name(at.skip(verb.end - at.at));
    (verb.form == VerbForm::Base && told).then_some(verb)
}

/// "Include: The file to show" explains a name.
fn is_name(behind: Cursor<'_>) -> bool {
    let thing = behind.skip(1);
    let article = |sym| behind.tokens.lexicon.is_article(sym);
    behind.peek().map(|t| t.kind) == Some(TokenKind::Punct(':'))
        && thing.peek().is_some_and(|t| article(t.sym))
}

/// A verb that no list has: "Julienne the carrots". A word that a sentence begins with, right before a thing,
/// is one, unless it has the ending of another form, or is known to stand before things.
fn unlisted(at: Cursor<'_>) -> Option<Verb<'_>> {
    let token = at.peek().filter(|t| t.kind == TokenKind::Word)?;
    let spelled = at.tokens.spelling(at.at);
    let letters = spelled.trim_start_matches(char::is_uppercase);
    let plain = letters.len() > 1 && letters.chars().all(char::is_lowercase);
    let lexicon = at.tokens.lexicon;
    let object = at.skip(1);
    let article = object.peek().is_some_and(|t| lexicon.is_article(t.sym));
    let thing = article
        && object.find(SUBORDINATE).is_none()
        && at
            .tokens
            .spelling(object.at)
            .starts_with(char::is_lowercase);
    let other = lexicon.is_function(token.sym)
        || lexicon.is_subject(token.sym)
        || lexicon.is_determiner(token.sym)
        || at.find_any(&[OPENER, NOT_VERB]).is_some();
    (plain && thing && !other && lexicon.may_be_base(spelled)).then_some(Verb {
        lemma: spelled,
        form: VerbForm::Base,
        start: at.at,
        end: at.at + 1,
        particle: None,
    })
}

/// A command that begins with its verb: "Öffnen Sie …", "Öffne …".
pub(super) fn spoken(at: Cursor<'_>) -> Option<Verb<'_>> {
    let verb = verb_at(at)?;
    let addressed = behind(at, verb.end).find(ADDRESS).is_some();
    let spoken = match verb.form {
        VerbForm::Base => addressed,
        VerbForm::Command => addressed || at.find(AMBIGUOUS).is_none() || has_object(at, verb.end),
        VerbForm::Gerund | VerbForm::Third | VerbForm::Past | VerbForm::Marked => false,
    };
    spoken.then_some(verb)
}

fn behind(at: Cursor<'_>, token: usize) -> Cursor<'_> {
    at.skip(token - at.at)
}

/// What a verb at the end of a clause may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Clause {
    /// A command: no other verb stands in the clause.
    Command,
    /// What is left of a question: "den Dienst neu zu starten".
    Wish,
}

/// The verb at the end of the first clause: "Den Dienst neu starten und …"
pub(super) fn last(at: Cursor<'_>, clause: Clause) -> Option<Verb<'_>> {
    for i in at.range().take(MAX_CLAUSE) {
        let here = Cursor { at: i, ..at };
        let stops = matches!(
            here.peek()?.kind,
            TokenKind::Punct(',' | ':' | ';' | '!' | '?')
        );
        if stops || (clause == Clause::Command && here.find(STATEMENT).is_some()) {
            return None;
        }
        let whole = |v: &Verb<'_>| v.particle.is_none() && !(i > at.at && is_noun(here, v));
        let Some(verb) = verb_at(here).filter(whole) else {
            continue;
        };
        match verb.form {
            VerbForm::Base if clause_ends(behind(at, verb.end)) => return Some(verb),
            VerbForm::Marked if clause == Clause::Wish && at_end(behind(at, verb.end)).is_ok() => {
                return Some(verb);
            }
            VerbForm::Marked => return None,
            VerbForm::Third if clause == Clause::Command => return None,
            _ => {}
        }
    }
    None
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

/// "das Schreiben": a verb with a capital inside a clause is a noun.
fn is_noun(at: Cursor<'_>, verb: &Verb<'_>) -> bool {
    let spelled = at.tokens.spelling(verb.end.saturating_sub(1));
    spelled.starts_with(char::is_uppercase)
}

/// Does a text say that it is an optional step?
pub fn is_optional(text: Cursor<'_>) -> bool {
    text.find(Role::named("sequence.optional")).is_some()
}

/// Words and signs before the command: "Next, please", "(Optional)".
pub(super) fn skip_leads(mut at: Cursor<'_>) -> Cursor<'_> {
    loop {
        let lead = at.find_any(&LEADS).map(|(m, _)| m.end);
        let verb = verb_at(at).map(|v| v.end as u32);
        if let Some(end) = lead.filter(|end| verb.is_none_or(|v| v < *end)) {
            at = at.skip(end as usize - at.at);
            continue;
        }
        match at.peek().map(|t| t.kind) {
            Some(TokenKind::Punct(',' | '.' | '(' | ')' | ':' | '*' | '-' | '–' | '—')) => {
                at = at.skip(1)
            }
            _ => return at,
        }
    }
}

/// After "To save power," or "In the portal,": behind the comma.
pub(super) fn after_purpose(at: Cursor<'_>) -> Option<Cursor<'_>> {
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
        imperative(Cursor::whole(&tokens)).map(|v| v.lemma.to_owned())
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
            ("Julienne the carrots.", "Julienne"),
            ("Autoclave your instruments.", "Autoclave"),
        ] {
            assert_eq!(lemma(text).as_deref(), Some(want), "{text}");
        }
        for text in [
            "Log files",
            "The pump runs.",
            "Order status",
            "Full name - first and last",
            "Zip code",
            "Behind the pump",
            "Vitamin A",
            "Currently the pump runs.",
            "Controls the pump",
            "The pump",
            "Include: The file to show",
            "In this exercise you fill the tank, and close the valve.",
        ] {
            assert_eq!(lemma(text), None, "{text}");
        }
    }
}
