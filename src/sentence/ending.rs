//! Where the author stops: "Escalate to the database owner."

use super::call::is_command;
use crate::grammar::{Cursor, Entry, Role, TokenKind, at_end};
use crate::model::Ending;

/// The longest sentence that says nothing else, in words and signs.
const MAX_STATEMENT: usize = 6;
/// "When", "once": what ends there is only the time of something else.
const WHEN: Role = Role::named("condition.when");
const IF: Role = Role::named("condition.if");
const UNLESS: Role = Role::named("condition.unless");
/// "Until"
const UNTIL: Role = Role::named("condition.until");
/// "Before", "because"
const WITHIN: Role = Role::named("ending.within");
/// "That", "which"; and "and", which only joins.
const SUBORDINATE: Role = Role::named("condition.subordinate");
/// "And", "then"
const LAST: [Role; 2] = [Role::named("call.joins"), Role::named("condition.then")];
const JOINS: [Role; 3] = [
    Role::named("call.joins"),
    Role::named("option.either"),
    Role::named("condition.lead"),
];

const ENDINGS: [(Role, Ending); 3] = [
    (Role::named("ending.handed_over"), Ending::HandedOver),
    (Role::named("ending.not_applicable"), Ending::NotApplicable),
    (Role::named("ending.resolved"), Ending::Resolved),
];

/// The ending that a sentence begins with: "you are done".
pub fn ends_at_once(said: Cursor<'_>) -> Option<Ending> {
    let found = ENDINGS
        .iter()
        .find(|(role, _)| begins(said, *role).is_some());
    found.map(|(_, ending)| *ending)
}

/// The phrase of an ending that a sentence begins with. "Finished." says it alone, "finished pumps" does not.
fn begins<'a>(said: Cursor<'a>, role: Role) -> Option<Entry<'a>> {
    let (m, entry) = said.find(role)?;
    let rest = said.behind(m);
    let alone = entry.says("whole", "yes") || entry.says("object", "last");
    (!alone || at_end(rest).is_ok()).then_some(entry)
}

/// Does a sentence begin with an ending that is no step among others? "Escalate to the owner" is one,
/// "Page the owner" can be the second step of three.
pub fn stops(sentence: Cursor<'_>) -> bool {
    let found = |(role, _): &(Role, Ending)| {
        let found = begins(sentence, *role);
        found.is_some_and(|entry| !entry.says("among", "steps"))
    };
    // "This runbook does not apply" has its subject before it.
    let told = || ends_at_once(sentence).is_none() && ending(sentence).is_some();
    ENDINGS.iter().any(found) || sentence.range().len() <= MAX_STATEMENT && told()
}

/// The first ending that a sentence states. Who stops, and calls somebody, hands over.
pub fn ending(sentence: Cursor<'_>) -> Option<Ending> {
    let stated = |(role, ending): (Role, Ending)| {
        let at = sentence.places([role]).find(|i| {
            let here = sentence.skip(i - sentence.at);
            let found = here.find(role);
            found.is_some_and(|(m, entry)| says(sentence, here, m.end as usize, entry))
        })?;
        Some((at, ending))
    };
    let found: Vec<_> = ENDINGS.into_iter().filter_map(stated).collect();
    let handed = found
        .iter()
        .find(|(_, ending)| *ending == Ending::HandedOver);
    let first = handed.or_else(|| found.iter().min_by_key(|(at, _)| *at));
    first.map(|(_, ending)| *ending)
}

/// Does a phrase name an amount that is changed: "escalate to 20 mg"?
fn is_amount(sentence: Cursor<'_>, end: usize) -> bool {
    let next = sentence.skip(end - sentence.at).peek();
    next.is_some_and(|t| t.kind == TokenKind::Number)
}

/// Does a phrase say that the author stops, and not that something else is done when he would? "When you
/// are done, close the lid" goes on, "the pump resolves the alert" tells of a pump, and "it does not apply
/// the settings" of settings.
fn says(sentence: Cursor<'_>, here: Cursor<'_>, end: usize, entry: Entry<'_>) -> bool {
    let stops = |i: &usize| {
        matches!(
            sentence.tokens.tokens[*i].kind,
            TokenKind::Punct(',' | ';' | ':' | '–' | '—' | '(')
        )
    };
    let start = (sentence.at..here.at).rev().find(stops);
    let clause = sentence.within(start.map_or(sentence.at, |i| i + 1)..here.at);
    let mut within = clause.places([WHEN, IF, UNLESS, UNTIL, WITHIN]);
    // The first word of a sentence is an article, and joins nothing.
    let mut places = clause.places([SUBORDINATE]).filter(|i| *i > sentence.at);
    let joins = |i: usize| {
        let at = clause.skip(i - clause.at);
        at.find_any(&JOINS).is_some()
    };
    let only = sentence.skip(end - sentence.at).find(WHEN).is_some();
    // "Tell them that it is closed and stop here."
    let last = || at_end(sentence.skip(end - sentence.at)).is_ok() && led(sentence, here);
    let stops = entry.says("told", "yes") && !entry.says("among", "steps");
    if entry.says("object", "last") || stops && !only && last() {
        return last() && within.next().is_none();
    }
    if only || is_amount(sentence, end) || within.next().is_some() || places.any(|i| !joins(i)) {
        return false;
    }
    if entry.says("whole", "yes") {
        return here.at == sentence.at && at_end(sentence.skip(end - sentence.at)).is_ok();
    }
    let told = !entry.says("told", "yes") || here.at == sentence.at || is_command(here);
    told && (!entry.says("object", "none") || !clause.is_empty() && is_whole(sentence, end))
}

/// Is a verb the last of several that tell what to do: "put it back and stop"?
fn led(sentence: Cursor<'_>, here: Cursor<'_>) -> bool {
    let before = here.at.checked_sub(1).filter(|at| *at >= sentence.at);
    before.is_some_and(|at| sentence.skip(at - sentence.at).find_any(&LAST).is_some())
}

/// Does nothing stand behind a verb that it could be done to?
fn is_whole(sentence: Cursor<'_>, end: usize) -> bool {
    let next = sentence.skip(end - sentence.at).peek();
    next.is_none_or(|t| match t.kind {
        TokenKind::Punct(_) => true,
        TokenKind::Word => {
            let lexicon = sentence.tokens.lexicon;
            lexicon.is_function(t.sym) && !lexicon.is_article(t.sym)
        }
        TokenKind::Code | TokenKind::Number => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Tokens;
    use crate::grammar::testing::english;

    #[test]
    fn an_ending_is_said_and_not_told_of() {
        let read = |text: &str| {
            let tokens = Tokens::plain(text, english());
            ending(Cursor::whole(&tokens))
        };
        for (text, want) in [
            ("You are done.", Some(Ending::Resolved)),
            ("Close the lid, and you are done.", Some(Ending::Resolved)),
            ("When you are done, close the lid.", None),
            ("Remember to close the lid once you are done.", None),
            ("Before you open a support case, write it down.", None),
            (
                "Write it down and open a support case.",
                Some(Ending::HandedOver),
            ),
            ("You need to contact support.", Some(Ending::HandedOver)),
            ("The pump will resolve the alert.", None),
            ("Resolve the alert.", Some(Ending::Resolved)),
            ("This does not apply to you.", Some(Ending::NotApplicable)),
            ("This does not apply when it is new.", None),
            ("It does not apply the settings.", None),
            ("Do not apply butter.", None),
            ("Escalate to 20 mg.", None),
            ("Escalate to the owner.", Some(Ending::HandedOver)),
            ("Put it on the shelf and stop.", Some(Ending::Resolved)),
            ("Go to the shelf and stop the belt.", None),
        ] {
            assert_eq!(read(text), want, "{text}");
        }
    }
}
