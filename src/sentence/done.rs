//! What is done, told of whoever does it: "The nurse checks the label.", "The stock is moved to the cellar."

use super::verb::{VerbForm, verb_at};
use crate::grammar::{Cursor, Role};

/// "Clerk", "nurse"
const DOER: Role = Role::named("check.doer");
const IS: Role = Role::named("comparison.is");
/// "Is" before "moved"
const PASSIVE: Role = Role::named("condition.passive");
/// Who does something takes no more words than this.
const MAX_DOER: usize = 8;
/// Whose part something is, and what it is, in so many words.
const MAX_PART: usize = 5;
/// What something is done to takes no more words than this.
const MAX_THING: usize = 12;

/// Does a sentence say what somebody does whose part it is: "The clerk files the invoice."?
pub fn is_done(sentence: Cursor<'_>) -> bool {
    let front = sentence.until(sentence.end.min(sentence.at + MAX_PART));
    let Some(doer) = front.places([DOER]).next() else {
        return false;
    };
    let behind = sentence.skip(doer + 1 - sentence.at);
    let does = |at: usize| {
        let verb = verb_at(behind.skip(at - behind.at));
        verb.is_some_and(|v| matches!(v.form, VerbForm::Third | VerbForm::Base))
    };
    behind.range().take(MAX_PART).any(does)
}

/// Does a sentence say that something is done, and by whom: "The nurse and the porter check it."?
pub fn says_who_does(sentence: Cursor<'_>) -> bool {
    let near = sentence.range().skip(1).take(MAX_DOER);
    let mut words = near.map(|i| sentence.skip(i - sentence.at));
    let third = |at: &Cursor<'_>| verb_at(*at).is_some_and(|v| v.form == VerbForm::Third);
    let said = words.find(|at| third(at) || at.find(IS).is_some());
    said.is_some_and(|at| at.find(IS).is_none())
}

/// Does it say that something is done, whoever does it: "The stock is moved.", "The packs must be counted."?
pub fn is_being_done(sentence: Cursor<'_>) -> bool {
    let near = sentence.range().skip(1).take(MAX_THING);
    let mut words = near.map(|i| sentence.skip(i - sentence.at));
    let done = |at: Cursor<'_>| verb_at(at).is_some_and(|v| v.form == VerbForm::Past);
    let Some((m, at)) = words.find_map(|at| Some((at.find(PASSIVE)?.0, at))) else {
        return false;
    };
    let behind = at.behind(m);
    match sentence.tokens.lexicon.verb_last() {
        true => behind.range().any(|i| done(behind.skip(i - behind.at))),
        false => done(behind),
    }
}
