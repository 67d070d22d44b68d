//! What kind of thing a prerequisite asks for.

use super::comparison::version;
use super::verb::skip_leads;
use crate::grammar::{Cursor, Role};
use crate::model::PrerequisiteKind;

const STATES: Role = Role::named("prerequisite.states");
const REQUIRES: Role = Role::named("prerequisite.requires");
const TO: Role = Role::named("qualifier.to");
/// In the order in which they decide.
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

/// The kind of a prerequisite: the first kind whose words it has; a state where it has none.
pub fn prerequisite_kind(text: Cursor<'_>) -> PrerequisiteKind {
    KINDS
        .iter()
        .find(|(role, _)| text.seek(*role).is_some())
        .map_or(PrerequisiteKind::State, |(_, kind)| *kind)
}
