//! Sentences that introduce a list and say what kind of list it is.

use super::clause::behind_last;
use super::prerequisite::{before_colon, shows_below};
use super::verb::{VerbForm, imperative, verb_at};
use crate::grammar::{Cursor, Role};

const KINDS: [(Role, ListIntro); 5] = [
    (Role::named("intro.any_order"), ListIntro::AnyOrder),
    (Role::named("intro.theirs"), ListIntro::Theirs),
    (Role::named("intro.choice"), ListIntro::Choice),
    (Role::named("intro.objectives"), ListIntro::Facts),
    (Role::named("intro.steps"), ListIntro::Steps),
];

/// "Can", as the last word before a list.
const ABLE: Role = Role::named("intro.able");
/// "Allowing you to"
const GOOD_FOR: Role = Role::named("intro.good_for");
/// "You can"
const POSSIBLE: Role = Role::named("prerequisite.possible");
const READER: Role = Role::named("condition.reader");
const IS: Role = Role::named("comparison.is");
const REQUIRES: Role = Role::named("prerequisite.requires");
const EITHER: Role = Role::named("option.one_of_two");
const WITH: Role = Role::named("qualifier.with");
const TO: Role = Role::named("qualifier.to");
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
    let mut kinds = KINDS
        .iter()
        .filter(|(_, kind)| !(told && *kind == ListIntro::Theirs));
    let found = kinds.find_map(|(role, kind)| Some((sentence.seek(*role)?, *kind)));
    match found {
        Some(((at, _, cue), ListIntro::Choice))
            if !told && cue.says("who", "any") && is_done_by_other(sentence.until(at.at)) =>
        {
            ListIntro::Theirs
        }
        Some((_, kind)) => kind,
        None => by_its_end(sentence),
    }
}

/// Does a text say what something else does: "The drum turns in"? What it needs is for the reader.
fn is_done_by_other(text: Cursor<'_>) -> bool {
    let text = behind_last(text, ',');
    let does = |i: usize| {
        let at = text.skip(i - text.at);
        at.find(IS).is_none() && verb_at(at).is_some_and(|v| v.form == VerbForm::Third)
    };
    let asked = || {
        [READER, REQUIRES]
            .iter()
            .any(|role| text.seek(*role).is_some())
    };
    text.range().skip(1).any(does) && !asked()
}

/// What a sentence says by the last word before its colon: "The pump must either:", "With the new pump, you
/// can:", "Millers can:", "You can use the pump to:".
fn by_its_end(sentence: Cursor<'_>) -> ListIntro {
    let Some(said) = before_colon(sentence) else {
        return ListIntro::Plain;
    };
    let ends = |role| {
        let at_end = |i| {
            said.skip(i - said.at)
                .find(role)
                .map(|(m, _)| m.end as usize)
        };
        said.places([role]).any(|i| at_end(i) == Some(said.end))
    };
    let for_others = || said.find(WITH).is_some() || said.seek(READER).is_none();
    let possible = || said.find(POSSIBLE).is_some() && !shows_below(said);
    if ends(EITHER) {
        ListIntro::Choice
    } else if ends(GOOD_FOR) || ends(ABLE) && for_others() || ends(TO) && possible() {
        ListIntro::Facts
    } else {
        ListIntro::Plain
    }
}
