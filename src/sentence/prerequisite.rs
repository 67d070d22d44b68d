//! What kind of thing a prerequisite asks for.

use super::comparison::version;
use super::verb::{imperative, skip_leads};
use crate::grammar::{Cursor, Role, Tokens};
use crate::model::PrerequisiteKind;

const STATES: Role = Role::named("prerequisite.states");
const REQUIRES: Role = Role::named("prerequisite.requires");
const SEE: Role = Role::named("call.see");
const ASSURE: Role = Role::named("prerequisite.assure");
const TO: Role = Role::named("qualifier.to");
/// In the order in which they decide where two stand in one place.
const KINDS: [(Role, PrerequisiteKind); 4] = [
    (
        Role::named("prerequisite.knowledge"),
        PrerequisiteKind::Knowledge,
    ),
    (Role::named("prerequisite.access"), PrerequisiteKind::Access),
    (Role::named("prerequisite.tool"), PrerequisiteKind::Tool),
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
    sentence.seek(REQUIRES).is_some() && version(sentence).is_some()
}

/// The kind of a prerequisite: that whose words come first, since what is asked for stands before
/// what it is for; a state where it has none.
pub fn prerequisite_kind(text: Cursor<'_>) -> PrerequisiteKind {
    let command = imperative(text).map(|v| v.start);
    let command = command.filter(|at| Cursor { at: *at, ..text }.find(ASSURE).is_none());
    let found = KINDS.iter().filter_map(|(role, kind)| {
        let (at, m, _) = text.seek(*role)?;
        Some((at.at, std::cmp::Reverse(m.end), *kind))
    });
    let first = found.min_by_key(|(at, end, _)| (*at, *end));
    match (first, command) {
        // "Set the subscription" is to be done; "Install the tool" asks for the tool.
        (Some((at, _, _)), Some(verb)) if at > verb => PrerequisiteKind::Done,
        (None, Some(_)) => PrerequisiteKind::Done,
        (Some((_, _, kind)), _) => kind,
        (None, None) => PrerequisiteKind::State,
    }
}

/// The sentences of a prerequisite that ask for something: the first, and of the others those that do
/// not point to more about it.
pub fn asking<'a>(tokens: &'a Tokens<'a>) -> impl Iterator<Item = Cursor<'a>> {
    let sentences = tokens.sentences.iter().enumerate();
    let sentences = sentences.map(|(i, s)| (i, Cursor::over(tokens, s.clone())));
    let asks = |(i, s): &(usize, Cursor<'_>)| *i == 0 || s.seek(SEE).is_none();
    sentences.filter(asks).map(|(_, sentence)| sentence)
}
