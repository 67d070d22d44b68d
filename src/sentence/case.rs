//! In which case alone something is asked for.

use super::asked::{advises, asking, demands, only_suggests, states_fact};
use super::clause::first_of;
use super::condition::{Conditional, behind_case, in_named_case, is_idle, leading, trailing, when};
use super::prerequisite::says_something;
use super::verb::imperative;
use crate::grammar::{Cursor, Role, Tokens};
use crate::model::{Condition, Test};

/// "If you do not have one": then it is made, and everybody has one.
const LACKS: Role = Role::named("prerequisite.lacks");
/// "Only", "especially"
const LEAD: Role = Role::named("condition.lead");
const SUBORDINATE: Role = Role::named("condition.subordinate");
/// What can be, and is not asked for.
const MAY: Role = Role::named("prerequisite.may");
const STATES: Role = Role::named("prerequisite.states");
/// "For some of"
const SOME: Role = Role::named("prerequisite.some");
/// Who is spoken to: "you".
const READER: Role = Role::named("condition.reader");

/// The most words of what a case is called.
const MAX_LABEL: usize = 5;

/// The case in which alone a prerequisite asks for something, as its first sentence says it, or the one that
/// asks for something behind what is only told: "For ease of use, take the new mill. If you use the old one, …"
/// With the token at which its sentence begins.
pub fn asked_in_case(tokens: &Tokens<'_>) -> Option<(Condition, usize)> {
    let first = asking(tokens).next()?;
    let told = advises(first) || only_suggests(first) || states_fact(first);
    let asks = |s: &Cursor<'_>| !advises(*s) && !only_suggests(*s) && demands(behind_case(*s));
    let behind = || asking(tokens).find(asks).filter(|_| told);
    let said = behind().unwrap_or(first);
    Some((case_of(said)?, said.at))
}

/// The case for which a sentence says something: "If you use a mill, get a key.", "When using a mill, …", "On
/// barges: …", "Get a key if you use a mill."
pub fn case_of(sentence: Cursor<'_>) -> Option<Condition> {
    if sentence.seek(LACKS).is_some() || sentence.find(SOME).is_some() {
        return None;
    }
    let found = leading(sentence)
        .or_else(|| when(sentence))
        .or_else(|| in_named_case(sentence).filter(|case| !is_topic(sentence, case)))
        .or_else(|| leading(behind_label(sentence)?))
        .or_else(|| behind(sentence))?;
    let Condition {
        text, otherwise, ..
    } = &found.condition;
    let says = !text.is_empty() && !otherwise && !found.consequence.is_empty();
    says.then_some(found.condition)
}

/// Behind what a case is called: "Old pumps: If you have one, …"
fn behind_label(sentence: Cursor<'_>) -> Option<Cursor<'_>> {
    let colon = first_of(sentence, &[':'])?;
    let short = colon - sentence.at <= MAX_LABEL && !says_something(sentence.until(colon));
    short.then(|| sentence.skip(colon + 1 - sentence.at))
}

/// Does a case only name what must have the version that is asked for: "For Helm, use version 3 or later"?
pub fn names_holder(case: &Condition, constraint: Option<&Test>) -> bool {
    constraint.is_some_and(|test| test.key == case.text.to_lowercase())
}

/// "For access, this guide assumes that …" tells what it is about.
fn is_topic(sentence: Cursor<'_>, case: &Conditional) -> bool {
    let said = sentence.within(case.consequence.clone());
    let told = said.find(STATES).is_some() && said.find(READER).is_none();
    told && imperative(said).is_none()
}

/// The case that a sentence ends with. "Especially if it is old" leaves the others, "only if it is new" is asked
/// for itself, and what "may break if it is old" is told.
fn behind(sentence: Cursor<'_>) -> Option<Conditional> {
    let found = trailing(sentence)?;
    let said = sentence.within(found.consequence.clone());
    let cue = sentence.skip(said.end - sentence.at);
    // "Only if" is one cue.
    let led = || cue.find(LEAD).is_some() || cue_led(sentence, said.end);
    let clause = said.places([SUBORDINATE]).last();
    let told = clause.is_some_and(|at| said.skip(at - said.at).seek(MAY).is_some());
    // "(if different)" says what differs.
    let says = found.condition.text.contains(' ');
    (says && !led() && !told && !is_idle(cue)).then_some(found)
}

/// Does a word stand before the cue that changes it: "especially if"?
fn cue_led(sentence: Cursor<'_>, cue: usize) -> bool {
    let before = cue.checked_sub(1).filter(|i| *i >= sentence.at);
    before.is_some_and(|at| Cursor { at, ..sentence }.find(LEAD).is_some())
}
