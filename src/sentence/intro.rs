//! Sentences that introduce a list and say what kind of list it is.

use super::verb::imperative;
use crate::grammar::{Cursor, Role};

const KINDS: [(Role, ListIntro); 5] = [
    (Role::named("intro.any_order"), ListIntro::AnyOrder),
    (Role::named("intro.theirs"), ListIntro::Theirs),
    (Role::named("intro.choice"), ListIntro::Choice),
    (Role::named("intro.objectives"), ListIntro::Facts),
    (Role::named("intro.steps"), ListIntro::Steps),
];

/// "When any of these apply"
const CONDITIONS: Role = Role::named("intro.conditions");

/// Does a sentence say that what it introduces are conditions: "Call the plumber when any of these apply:"?
pub fn lists_conditions(sentence: Cursor<'_>) -> bool {
    sentence.seek(CONDITIONS).is_some()
}

/// What a sentence says of the list that follows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListIntro {
    /// Nothing.
    #[default]
    Plain,
    /// They are to be done.
    Steps,
    /// They are to be done, whichever comes first.
    AnyOrder,
    /// One of them is enough.
    Choice,
    /// They are goals, features, facts.
    Facts,
    /// They are what somebody or something else does.
    Theirs,
}

/// What the last sentence before a list says of it. Where several cues stand in it, the first in
/// the order of `KINDS` decides: a stated freedom of order beats the words around it.
pub fn list_intro(sentence: Cursor<'_>) -> ListIntro {
    let told = imperative(sentence).is_some();
    KINDS
        .iter()
        .filter(|(_, kind)| !(told && *kind == ListIntro::Theirs))
        .find(|(role, _)| sentence.seek(*role).is_some())
        .map_or(ListIntro::Plain, |(_, kind)| *kind)
}
