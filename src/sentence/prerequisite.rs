//! What kind of thing a prerequisite asks for.

use super::comparison::version;
use super::condition::leading;
use super::verb::{VerbForm, after_purpose, imperative, skip_leads, verb_at};
use crate::grammar::{Cursor, Role, TokenKind, Tokens, at_end};
use crate::model::PrerequisiteKind;

const STATES: Role = Role::named("prerequisite.states");
const REQUIRES: Role = Role::named("prerequisite.requires");
/// "If you do not have one": then it is made.
const LACKS: Role = Role::named("prerequisite.lacks");
/// "Read", "Review"
const READING: Role = Role::named("prerequisite.reading");
const SEE: Role = Role::named("call.see");
const ASSURE: Role = Role::named("prerequisite.assure");
const TO: Role = Role::named("qualifier.to");
const IS: Role = Role::named("comparison.is");
const MODAL: Role = Role::named("condition.modal");
const PLACES: [Role; 2] = [Role::named("qualifier.in"), Role::named("qualifier.on")];
const TOOL: Role = Role::named("prerequisite.tool");
/// In the order in which they decide where two stand in one place.
const KINDS: [(Role, PrerequisiteKind); 4] = [
    (
        Role::named("prerequisite.knowledge"),
        PrerequisiteKind::Knowledge,
    ),
    (Role::named("prerequisite.access"), PrerequisiteKind::Access),
    (TOOL, PrerequisiteKind::Tool),
    (Role::named("prerequisite.done"), PrerequisiteKind::Done),
];

/// Does a sentence state a prerequisite: "You need a cluster.", "This requires version 2 or later."?
pub fn states_prerequisite(sentence: Cursor<'_>) -> bool {
    let at = skip_leads(sentence);
    let begins = [sentence, at].into_iter().find_map(|c| {
        c.find(STATES)
            .map(|(m, _)| c.skip((m.end - m.start) as usize))
    });
    if let Some(rest) = begins {
        // "You need to …" tells what to do.
        return rest.find(TO).is_none() && !rest.is_empty();
    }
    // What "supported in 1.14 or later" is said of stands before it; in brackets, it is said by the way.
    let required = sentence.seek(REQUIRES).is_some_and(|(at, ..)| {
        let before = at.at.checked_sub(1).filter(|i| *i >= sentence.at);
        before.is_some_and(|i| at.tokens.tokens[i].kind != TokenKind::Punct('('))
    });
    required && version(sentence).is_some()
}

/// Does a sentence ask for what is listed below it: "Install these tools:", "You need the following:"?
pub fn asks_for_list(sentence: Cursor<'_>) -> bool {
    imperative(sentence).is_some() || sentence.seek(STATES).is_some()
}

/// The kind of a prerequisite; `None` where it does not say what it asks for. Its first sentence says
/// it, else what is done where it is lacking, or how it is installed.
pub fn prerequisite_kind(tokens: &Tokens<'_>) -> Option<PrerequisiteKind> {
    let mut sentences = asking(tokens);
    let first = sentences.next()?;
    let lacks = || {
        let all = Cursor::over(tokens, 0..tokens.tokens.len());
        all.seek(LACKS).map(|_| PrerequisiteKind::Done)
    };
    // "Docker. To install it, run …"
    let installed = || {
        let mut purposes = sentences.filter(|s| s.find(TO).is_some());
        let tool = purposes.any(|s| s.skip(1).find(TOOL).is_some());
        (tool && !says_something(first)).then_some(PrerequisiteKind::Tool)
    };
    kind_of(first)
        .or_else(lacks)
        .or_else(installed)
        .or_else(|| {
            // What only points to a text asks to read it.
            let points = first.seek(SEE).is_some();
            points.then_some(PrerequisiteKind::Knowledge)
        })
}

/// The kind of what a sentence asks for: that whose words come first, since what is asked for stands
/// before what it is for. "To try it, you need …" begins with what it is for, and what stands behind
/// "If you do not know it, …" can say more than the condition.
pub fn kind_of(sentence: Cursor<'_>) -> Option<PrerequisiteKind> {
    let text = sentence.find(TO).and_then(|_| after_purpose(sentence));
    let text = text.unwrap_or(sentence);
    let said = leading(text).map_or(text, |c| text.within(c.consequence));
    let command = imperative(said).filter(|v| {
        // "Swap must be off" and "make" name a thing.
        let behind = said.skip(v.end - said.at);
        at_end(behind).is_err() && [IS, MODAL].iter().all(|r| behind.find(*r).is_none())
    });
    let command = command.map(|v| said.skip(v.start - said.at));
    if command.is_some_and(|verb| verb.find(READING).is_some()) {
        return Some(PrerequisiteKind::Knowledge);
    }
    if let Some(verb) = command.filter(|_| said.at > text.at)
        && let Some((_, kind)) = KINDS.iter().find(|(role, _)| verb.find(*role).is_some())
    {
        return Some(*kind);
    }
    let command = command
        .filter(|verb| [ASSURE, SEE].iter().all(|r| verb.find(*r).is_none()))
        .map(|verb| verb.at);
    let found = KINDS.iter().filter_map(|(role, kind)| {
        let (at, end) = asked_for(text, *role)?;
        Some((at, std::cmp::Reverse(end), *kind))
    });
    let first = found.min_by_key(|(at, end, _)| (*at, *end));
    match (first, command) {
        // "Set the subscription" is to be done; "Install the tool" asks for the tool.
        (Some((at, _, _)), Some(verb)) if at > verb => Some(PrerequisiteKind::Done),
        (None, Some(_)) => Some(PrerequisiteKind::Done),
        (Some((_, _, kind)), _) => Some(kind),
        (None, None) => is_release(text).then_some(PrerequisiteKind::Tool),
    }
}

/// The first place of a role's words that is no mere place of something else: "in your account".
fn asked_for(text: Cursor<'_>, role: Role) -> Option<(usize, usize)> {
    let lexicon = text.tokens.lexicon;
    let is_place = |at: Cursor<'_>| {
        let article = at.at.checked_sub(1).filter(|i| *i > text.at);
        let article = article.filter(|i| lexicon.is_article(text.tokens.tokens[*i].sym));
        article.is_some_and(|i| {
            PLACES
                .iter()
                .any(|r| Cursor { at: i - 1, ..text }.find(*r).is_some())
        })
    };
    let mut from = text;
    while let Some((at, m, _)) = from.seek(role) {
        if !is_place(at) {
            return Some((at.at, m.end as usize));
        }
        from = from.skip(m.end as usize - from.at);
    }
    None
}

/// "Python 3.10 or later": a name and a version, of which nothing is said.
fn is_release(text: Cursor<'_>) -> bool {
    version(text).is_some() && !says_something(text)
}

/// Does a sentence say something of what it names?
fn says_something(text: Cursor<'_>) -> bool {
    let says = |at: Cursor<'_>| {
        let verb =
            verb_at(at).is_some_and(|v| matches!(v.form, VerbForm::Third | VerbForm::Gerund));
        verb || [IS, MODAL, REQUIRES].iter().any(|r| at.find(*r).is_some())
    };
    text.range().any(|i| says(text.skip(i - text.at)))
}

/// Does a paragraph in a section of prerequisites ask for something? "This tutorial provides an image"
/// does not, and "If you are new here, …" only of some.
pub fn asks(tokens: &Tokens<'_>) -> bool {
    let all = Cursor::over(tokens, 0..tokens.tokens.len());
    let has = |at: Cursor<'_>, roles: &[Role]| roles.iter().any(|r| at.seek(*r).is_some());
    let stated = asking(tokens).any(|s| has(s, &[STATES]));
    asking(tokens)
        .next()
        .is_some_and(|first| match leading(first) {
            Some(c) => {
                has(first.within(c.consequence), &[REQUIRES, STATES, ASSURE]) || has(all, &[LACKS])
            }
            None => {
                let needs = stated || has(first, &[MODAL, REQUIRES, ASSURE]);
                needs || imperative(first).is_some() || !says_something(first)
            }
        })
}

/// The sentences of a prerequisite that ask for something: the first, and of the others those that do
/// not point to more about it, or say how to get it.
pub fn asking<'a>(tokens: &'a Tokens<'a>) -> impl Iterator<Item = Cursor<'a>> {
    let sentences = tokens.sentences.iter().enumerate();
    let sentences = sentences.map(|(i, s)| (i, Cursor::over(tokens, s.clone())));
    let asks =
        |(i, s): &(usize, Cursor<'_>)| *i == 0 || s.seek(SEE).is_none() || s.seek(LACKS).is_some();
    sentences.filter(asks).map(|(_, sentence)| sentence)
}
