//! Does a sentence tell the reader something to do, or only how things are?

use super::call::{calls, only_link};
use super::ending::ending;
use super::jump::jumps;
use super::verb::{VerbForm, imperative, verb_at};
use crate::grammar::{Cursor, Role, TokenKind, at_end};
use crate::model::Inline;

const READER: Role = Role::named("condition.reader");
const DUTY: Role = Role::named("condition.duty");
/// "You can find", "you may see": what shows itself, and nothing to do.
const FINDS: Role = Role::named("condition.finds");
/// "Assuming"
const PREMISE: Role = Role::named("condition.premise");

/// "Let's look it up", "let us look it up".
const TOGETHER: Role = Role::named("condition.together");
const MODAL: Role = Role::named("condition.modal");
const SUBORDINATE: Role = Role::named("condition.subordinate");

/// Does what is said under a condition tell what to do there: a command, a way to go on, an end?
/// "…, the kubelet restarts it" tells how things are, and is no branch of a procedure.
pub fn tells(said: Cursor<'_>, inline: &Inline) -> bool {
    let together = said.find(TOGETHER);
    let said = together.map_or(said, |(m, _)| said.behind(m));
    (imperative(said).is_some() && said.find(FINDS).is_none() && !names_subject(said))
        || is_bare_verb(said)
        || ending(said).is_some()
        || !jumps(said, inline).is_empty()
        || !calls(said, inline).is_empty()
        || only_link(said, inline).is_some()
}

/// "…, orders made by the guest will fail": a verb that is a noun, or its first word, before what is made of
/// it and a modal verb.
fn names_subject(said: Cursor<'_>) -> bool {
    let Some(verb) = verb_at(said).filter(|v| v.start == said.at) else {
        return false;
    };
    let clause = said.skip(verb.end - said.at);
    let mut words = clause
        .range()
        .map(|i| Cursor { at: i, ..clause })
        .take_while(|at| at.peek().is_some_and(|t| t.kind == TokenKind::Word))
        .take_while(|at| at.find(SUBORDINATE).is_none());
    let made = |at: Cursor<'_>| verb_at(at).is_some_and(|v| v.form == VerbForm::Past);
    let named = words.by_ref().take(2).any(made);
    // "…, tests made by hand should be repeated" tells to.
    named && words.any(|at| at.find(MODAL).is_some()) && said.seek(DUTY).is_none()
}

/// Does what is said under a condition speak to the reader, so that a list below it is theirs to do?
/// "…, you need the following:", "…, all pumps must be restarted:"; not "…, the kubelet does this:".
pub fn speaks(said: Cursor<'_>) -> bool {
    let reader = said.find(READER).is_some() && said.find(FINDS).is_none();
    reader || said.seek(DUTY).is_some()
}

/// Does what is said name what shows itself, and nothing to do: "…, build it, and you can see this:"?
pub fn shows_itself(said: Cursor<'_>) -> bool {
    said.seek(FINDS).is_some()
}

/// Does a sentence begin with what is taken for granted, and asked of nobody: "Assuming that it runs, …"?
pub fn is_premise(sentence: Cursor<'_>) -> bool {
    sentence.find(PREMISE).is_some()
}

/// "…, run.": behind a condition, a verb that stands alone is a command, whatever else it could be, and so
/// is a piece of code.
fn is_bare_verb(said: Cursor<'_>) -> bool {
    let code = said.peek().is_some_and(|t| t.kind == TokenKind::Code);
    if code && at_end(said.skip(1)).is_ok() {
        return true;
    }
    let verb = verb_at(said).filter(|v| v.form == VerbForm::Base);
    verb.is_some_and(|v| at_end(said.skip(v.end - said.at)).is_ok())
}
