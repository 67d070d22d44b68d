//! Sentences that state prerequisites, or announce a list of them.

use std::ops::Range;

use super::asked::{asking, behind_when, demands, insists, states_fact};
use super::clause::first_of;
use super::comparison::{bound, counts, is_case, name, names, test, version};
use super::condition::{behind_case, leading};
use super::heading::{SectionRole, whole_role};
use super::verb::{VerbForm, after_purpose, imperative, skip_leads, verb_at};
use crate::grammar::{Cursor, Match, Role, TokenKind, Tokens, at_end};
use crate::model::{Op, Test};

const STATES: Role = Role::named("prerequisite.states");
const REQUIRES: Role = Role::named("prerequisite.requires");
const TO: Role = Role::named("qualifier.to");
const FOR: Role = Role::named("qualifier.for");
const IS: Role = Role::named("comparison.is");
const ADVERB: Role = Role::named("comparison.adverb");
const AND: Role = Role::named("call.joins");
const HOLDER: Role = Role::named("comparison.holder");
/// What is said of a thing by a rule, and no state that it can be in: "supported".
const RULED: Role = Role::named("prerequisite.ruled");
/// "These requirements must be met"
const MET: Role = Role::named("prerequisite.met");
/// What only points to the prerequisites below: "the following prerequisites".
const BELOW: Role = Role::named("prerequisite.below");
const MODAL: Role = Role::named("condition.modal");
const SUBORDINATE: Role = Role::named("condition.subordinate");
/// "Also"
const FURTHER: Role = Role::named("prerequisite.further");
/// What is shown below: "the following", "this command".
const SHOWN: Role = Role::named("prerequisite.shown");
/// What can be done: "you can".
const POSSIBLE: Role = Role::named("prerequisite.possible");
/// "Check", "Verify"
const LOOKS: Role = Role::named("prerequisite.looks");
const COMMAND: Role = Role::named("prerequisite.command");
/// The most words of what a section of prerequisites is called: "before you begin".
const MAX_TITLE: usize = 4;
/// The most words of "the following command".
const MAX_SHOWN: usize = 3;
/// "For example"
const EXAMPLE: Role = Role::named("call.example");
/// "By default"
const TOLD: Role = Role::named("prerequisite.told");

/// Does a sentence state a prerequisite: "You need a cluster.", "This requires version 2 or later."?
pub fn states_prerequisite(sentence: Cursor<'_>) -> bool {
    // "You need both pieces:" only introduces.
    if before_colon(sentence).is_some() {
        return false;
    }
    if let Some(rest) = behind_states(sentence) {
        return !rest.is_empty() && asks_for_thing(rest);
    }
    // What "supported in 1.14 or later" is said of stands before it; in brackets, it is said by the way.
    // What "images need updating" asks for is told by what stands behind.
    let required = sentence.seek(REQUIRES).is_some_and(|(at, m, _)| {
        let before = at.at.checked_sub(1).filter(|i| *i >= sentence.at);
        let asked = at.behind(m);
        let doing = verb_at(asked).is_some_and(|v| v.form == VerbForm::Gerund);
        before.is_some_and(|i| at.tokens.tokens[i].kind != TokenKind::Punct('('))
            && !(doing && version(asked).is_none())
    });
    let told = sentence.seek(TOLD).is_some();
    required && !told && version(sentence).is_some() && !is_case(sentence)
}

/// Does a sentence introduce a list of prerequisites: "To pump water, you need:", "…, these requirements must be
/// met:"?
pub fn introduces_prerequisites(sentence: Cursor<'_>) -> bool {
    let Some(said) = before_colon(sentence) else {
        return false;
    };
    if said
        .seek(MET)
        .is_some_and(|(_, m, _)| m.end as usize == said.end)
    {
        return true;
    }
    behind_states(said)
        .filter(|rest| asks_for_thing(*rest))
        .is_some_and(|rest| {
            let rest = behind_holder(rest);
            let before = rest.seek(BELOW).map(|(at, ..)| rest.until(at.at));
            let says = before.is_some_and(says_something);
            rest.is_empty() || points_to_list(rest) && !says
        })
}

/// A sentence without the colon that it ends with.
pub(super) fn before_colon(sentence: Cursor<'_>) -> Option<Cursor<'_>> {
    let last = sentence.end.checked_sub(1).filter(|i| *i >= sentence.at)?;
    let colon = sentence.tokens.tokens[last].kind == TokenKind::Punct(':');
    colon.then(|| sentence.until(last))
}

/// Behind a front that is called like a section of prerequisites: "Before you begin, you need a key."
fn behind_title(sentence: Cursor<'_>) -> Option<Cursor<'_>> {
    let near = sentence.until(sentence.end.min(sentence.at + MAX_TITLE + 1));
    let comma = first_of(near, &[','])?;
    let title = whole_role(sentence.until(comma)) == Some(SectionRole::Prerequisites);
    title.then(|| sentence.skip(comma + 1 - sentence.at))
}

/// Behind "You need" at the beginning, or behind what something is for: "To pump water you need a key."
fn behind_states<'a>(sentence: Cursor<'a>) -> Option<Cursor<'a>> {
    let found = |at: Cursor<'a>| at.find(STATES).map(|(m, _)| at.behind(m));
    let lexicon = sentence.tokens.lexicon;
    let aimed = || {
        let (at, ..) = sentence.find(TO).and_then(|_| sentence.seek(STATES))?;
        let rest = found(at)?;
        // "To find the key you need, …" asks for none.
        let thing = rest.peek().is_none_or(|t| lexicon.is_determiner(t.sym));
        thing.then_some(rest)
    };
    behind_title(sentence)
        .and_then(found)
        .or_else(|| found(sentence))
        .or_else(|| found(skip_leads(sentence)))
        .or_else(aimed)
}

/// Is something asked for, and not to do something: "to …", "only add yours"?
fn asks_for_thing(rest: Cursor<'_>) -> bool {
    let only = rest.find(ADVERB).map(|(m, _)| rest.behind(m));
    let done = only.and_then(verb_at);
    let told = done.is_some_and(|v| v.form == VerbForm::Base && v.end < rest.end);
    rest.find(TO).is_none() && !told
}

/// The comparison that must hold for a prerequisite: the first that it asks for. "The minimum version
/// is 3" tells of what stands before.
pub fn constraint(tokens: &Tokens<'_>) -> Option<Test> {
    let (mut named, mut aims) = (None, 0);
    for (i, sentence) in asking(tokens).enumerate() {
        // "To turn the drum, you need a crank. To clean it, you need version 3 of the brush."
        aims += usize::from(after_purpose(skip_leads(sentence)).is_some());
        if aims > 1 || leading(sentence).is_some() {
            continue;
        }
        let rest = behind_statement(sentence);
        let set = bound(rest, named).filter(|_| !is_case(sentence));
        let read = set.unwrap_or_else(|| sets(sentence));
        // What further sentences say of states is told, not asked for.
        if let Some(test) = read.filter(|t| i == 0 || !matches!(t.op, Op::Eq | Op::Ne)) {
            return Some(test);
        }
        named = named.or_else(|| name(rest));
    }
    None
}

/// Does a value begin with a number? "A group with at least one pump" is not more than a pump.
fn is_amount(value: &str) -> bool {
    let digits = value.trim_start_matches('v');
    digits.starts_with(|c: char| c.is_ascii_digit())
}

/// The comparison that a sentence asks for.
pub fn sets(sentence: Cursor<'_>) -> Option<Test> {
    let read = test(sentence).filter(|_| !is_case(sentence) && !sets_for_each(sentence))?;
    if !matches!(read.op, Op::Eq | Op::Ne) && !is_amount(&read.value) {
        return None;
    }
    let value = Tokens::plain(&read.value, sentence.tokens.lexicon);
    let ruled = Cursor::over(&value, 0..value.tokens.len()).find(RULED);
    ruled.is_none().then_some(read)
}

/// Does a sentence set an amount for each of several cases: "version 3 for the old pump and version 4 for the
/// new one"?
fn sets_for_each(sentence: Cursor<'_>) -> bool {
    let mut cases = sentence.places([FOR]);
    let amounts = |within: Range<usize>| within.into_iter().any(|i| counts(sentence, i));
    match (cases.next(), cases.next()) {
        (Some(first), Some(second)) => amounts(sentence.at..first) && amounts(first..second),
        _ => false,
    }
}

/// Behind "You need", "This guide requires that you are running".
pub(super) fn behind_statement(sentence: Cursor<'_>) -> Cursor<'_> {
    let Some((m, _)) = sentence.find(STATES) else {
        return sentence;
    };
    let rest = sentence.behind(m);
    behind_holder(rest)
}

/// Behind "that you have", "you are running".
fn behind_holder(rest: Cursor<'_>) -> Cursor<'_> {
    // The first word may be "that".
    let held = [rest, rest.skip(1)].into_iter().find_map(|at| {
        let (m, _) = at.find(HOLDER)?;
        Some(at.behind(m))
    });
    held.unwrap_or(rest)
}

/// Does a text only point to the prerequisites below it: "Complete the following prerequisites."?
pub fn points_to_list(text: Cursor<'_>) -> bool {
    let Some((at, m, _)) = text.seek(BELOW) else {
        return false;
    };
    let rest = at.behind(m);
    let listed = |i: &usize| {
        let here = rest.skip(i - rest.at);
        let comma = text.tokens.tokens[*i].kind == TokenKind::Punct(',');
        comma || names(here) || here.find(AND).is_some()
    };
    at_end(rest.skip(rest.range().take_while(listed).count())).is_ok()
}

/// Where it ends what a list is for that asks for more than others: "To turn it by hand, you also need:", "To turn
/// it by hand:".
pub fn further_aim(sentence: Cursor<'_>) -> Option<Cursor<'_>> {
    let behind = after_purpose(sentence)?;
    let aim = sentence.until(behind.at);
    let alone = behind.is_empty() && aim.find(TO).is_some() && aim.seek(STATES).is_none();
    (alone || behind.seek(FURTHER).is_some()).then_some(aim)
}

/// Does a sentence that ends with a colon point to what it ends with: "Set the following variables:"?
pub fn shows_below(sentence: Cursor<'_>) -> bool {
    sentence.seek(SHOWN).is_some()
}

/// Does a sentence that ends with a colon only show how something is done: "For example:", "To get it, run
/// this command:", or does it only go on by the way: "There are several, including:"?
pub fn shows_how(sentence: Cursor<'_>) -> bool {
    let command = || {
        let shown = sentence
            .seek(SHOWN)
            .map(|(at, ..)| at.range().take(MAX_SHOWN));
        let named = |i| sentence.skip(i - sentence.at).find(COMMAND).is_some();
        shown.is_some_and(|mut near| near.any(named))
    };
    // "To check whether it turns, look at the lamp:" tells when it is so.
    let looks = |to: Match| sentence.behind(to).find(LOOKS);
    let looks = || sentence.find(TO).and_then(|(to, _)| looks(to)).is_some();
    let aimed = || after_purpose(sentence).is_some() && !looks();
    sentence.find_any(&[EXAMPLE, POSSIBLE]).is_some()
        || aimed()
        || command()
        || states_fact(sentence)
}

/// Does a text below a prerequisite ask for more, and not only show how it is got, or what could be done instead?
pub fn asks_below(text: &Tokens<'_>) -> bool {
    let asks = |s: Cursor<'_>| insists(s) || demands(behind_case(s)) || demands(behind_when(s));
    let Some(first) = Cursor::sentences(text).next() else {
        return false;
    };
    let aimed = first.find(TO).and_then(|_| after_purpose(first));
    let shows = aimed.is_some() && first.seek(STATES).is_none();
    let names = || !says_something(first) && imperative(first).is_none();
    !shows && (asks(first) || names() && Cursor::sentences(text).any(asks))
}

/// Where a sentence ends without the clause that only shows how something is done: "You need a pump, which you
/// can build by these steps:".
pub fn told_of_how(sentence: Cursor<'_>) -> Option<usize> {
    let how = |i: &usize| {
        let comma = sentence.tokens.tokens[*i].kind == TokenKind::Punct(',');
        let clause = sentence.skip(i + 1 - sentence.at);
        comma
            && clause.find(SUBORDINATE).is_some()
            && clause.skip(1).find(POSSIBLE).is_some()
            && shows_below(clause)
    };
    sentence.range().find(how)
}

/// Does a sentence ask for what is listed below it: "Install these tools:", "You need the following:"?
pub fn asks_for_list(sentence: Cursor<'_>) -> bool {
    imperative(sentence).is_some() || sentence.seek(STATES).is_some()
}

/// Behind what something is for, at the front: "To try it, you need …", "For access, this guide assumes
/// …", "In order to try it, you must install …".
pub(super) fn behind_aim(sentence: Cursor<'_>) -> Cursor<'_> {
    let asks = |rest: &Cursor<'_>| {
        let states = rest.find(STATES).is_some();
        // "For the tool, use version 3" begins with what is asked for.
        let tells = sentence.find(FOR).is_none() && imperative(*rest).is_some();
        sentence.find(TO).is_some() || states || tells
    };
    after_purpose(sentence).filter(asks).unwrap_or(sentence)
}

/// Does a sentence say something of what it names?
pub(super) fn says_something(text: Cursor<'_>) -> bool {
    let says = |at: Cursor<'_>| {
        let verb =
            verb_at(at).is_some_and(|v| matches!(v.form, VerbForm::Third | VerbForm::Gerund));
        verb || at.find_any(&[IS, MODAL, REQUIRES]).is_some()
    };
    text.range().any(|i| says(text.skip(i - text.at)))
}
