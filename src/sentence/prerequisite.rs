//! What kind of thing a prerequisite asks for.

use crate::grammar::{Cursor, Role};
use crate::model::PrerequisiteKind;

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

/// The kind of a prerequisite: the first kind whose words it has; a state where it has none.
pub fn prerequisite_kind(text: Cursor<'_>) -> PrerequisiteKind {
    KINDS
        .iter()
        .find(|(role, _)| text.seek(*role).is_some())
        .map_or(PrerequisiteKind::State, |(_, kind)| *kind)
}
