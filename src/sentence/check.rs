//! Looking whether the goal is reached: "Check if service is restored."

use super::prerequisite::shows_below;
use crate::grammar::{Cursor, Entry, Role};

const LOOK: Role = Role::named("check.look");
const GOAL: Role = Role::named("check.goal");
const CASE: Role = Role::named("check.case");
const OUTCOME: Role = Role::named("check.outcome");
const STILL_NOT: Role = Role::named("check.still_not");

/// The goal that a sentence tells to look at: "service is restored".
pub fn goal<'a>(sentence: Cursor<'a>) -> Option<&'a str> {
    let (at, m, _) = sentence.seek(LOOK)?;
    let rest = at.behind(m);
    rest.seek(GOAL)?;
    let text = rest.rest().trim_end_matches(['.', ':', '!', '?', ';', ' ']);
    (!text.is_empty()).then_some(text)
}

/// Does a condition say that the goal is not reached yet? "still not resolved", "the issue persists"
pub fn is_still_not(clause: Cursor<'_>) -> bool {
    clause.seek(STILL_NOT).is_some()
}

/// Does a sentence tell to look which of several cases it is? "Check the colour of the lamp."
pub fn looks_for_case(sentence: Cursor<'_>) -> bool {
    sentence.seek(CASE).is_some()
}

/// Does a sentence say that what is done depends on one thing: "Depending on the colour of the lamp, …"?
pub fn depends(sentence: Cursor<'_>) -> bool {
    let mut cases = sentence
        .places([CASE])
        .map(|i| Cursor { at: i, ..sentence });
    cases.any(|at| {
        let apart = |entry: Entry<'_>| match entry.get("cases") {
            Some("apart") => true,
            // "According to the following rules:"
            Some("named") => !shows_below(sentence),
            _ => false,
        };
        at.find(CASE).is_some_and(|(_, entry)| apart(entry))
    })
}

/// Does a condition look at what came of something that was tried? "on but not working", "turning it
/// off didn't help"
pub fn is_outcome(clause: Cursor<'_>) -> bool {
    clause.seek(OUTCOME).is_some()
}

/// What a sentence tells to look at: "the pump runs" in "Check whether the pump runs."
pub fn looked_at<'a>(sentence: Cursor<'a>) -> Option<&'a str> {
    let (at, m, _) = sentence.seek(LOOK)?;
    let text = at
        .behind(m)
        .rest()
        .trim_end_matches(['.', ':', '!', '?', ';', ' ']);
    (!text.is_empty()).then_some(text)
}
