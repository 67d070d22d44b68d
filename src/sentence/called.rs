//! Doing another procedure in other words than "follow": "Build it as described in [Mills](mills.md).", "First [oil the
//! mill](oil.md), then come back."

use super::call::{Call, behind_procedure, behind_text, is_code, is_command};
use super::clause::behind_last;
use super::condition::leading;
use super::done::{is_being_done, is_done};
use super::intent::intent;
use super::jump::{Destination, bare, link_at, named_in};
use super::name::behind_articles;
use super::title::{is_section, plain_title, quoted_title, section};
use super::verb::imperative;
use crate::address::has_scheme;
use crate::grammar::{Cursor, Role, TokenKind, at_end};
use crate::model::Inline;

/// "Using", before what is done something with.
const BY: Role = Role::named("call.by");
/// "You can"
const POSSIBLE: Role = Role::named("prerequisite.possible");
const IS: Role = Role::named("comparison.is");
/// "Carries out"
const FOLLOWED: Role = Role::named("call.followed");
/// "Then"
const THEN: Role = Role::named("condition.then");
/// "Continues with"
const GO: Role = Role::named("jump.go");
/// "And"
const JOINS: Role = Role::named("call.joins");
/// "As described in"
const AS_TOLD: Role = Role::named("call.as_told");
const BACK: Role = Role::named("call.back");
const SEE: Role = Role::named("call.see");

/// The call that a sentence states so; `back`: does it say to come back?
pub(super) fn in_other_words(sentence: Cursor<'_>, inline: &Inline, back: bool) -> Option<Call> {
    let first = || back.then(|| done_first(sentence, inline)).flatten();
    by(sentence, inline)
        .or_else(|| as_told(sentence, inline))
        .or_else(|| followed(sentence, inline))
        .or_else(first)
        .or_else(|| same_act(sentence, inline))
}

/// What is done by doing something else: "Reset the key using the Reset Key flow."
fn by(sentence: Cursor<'_>, inline: &Inline) -> Option<Call> {
    let is_sign = |i: &usize| matches!(sentence.tokens.tokens[*i].kind, TokenKind::Punct(_));
    let last = sentence.range().rfind(|i| !is_sign(i))?;
    let last = sentence.skip(last - sentence.at);
    let (here, m, _) = sentence.seek(BY)?;
    let target = here.behind(m);
    // "Check it with the subflow *Identity*."
    let called = || behind_procedure(behind_articles(target));
    behind_procedure(last).or_else(called)?;
    if link_at(target, inline).is_some() {
        return None;
    }
    let (name, end) = named_in(target, inline).filter(|(name, _)| name.title.is_some())?;
    let rest = sentence.skip(end - sentence.at);
    // ", then come back"
    let apart = rest.peek().is_some_and(|t| t.kind == TokenKind::Punct(','));
    let whole = (at_end(rest).is_ok() || apart) && !is_section(target, &name);
    (whole && imperative(sentence).is_some())
        .then(|| Call::new(Destination::Name(name), sentence.tokens.bytes(here.at..end)))
}

/// What is done as another text tells: "Build it as described in [Mills](mills.md).", "Reset it using the
/// [Reset](reset.md) guide."
fn as_told(sentence: Cursor<'_>, inline: &Inline) -> Option<Call> {
    let cued = |role: Role| {
        let (here, m, _) = sentence.seek(role)?;
        Some((here.at, behind_articles(here.behind(m))))
    };
    let linked = |target| {
        let (link, end) = link_at(target, inline)?;
        Some((Destination::Link(link), sentence.skip(end - sentence.at)))
    };
    // "in accordance with 4.6", "as described in section 8.4", "as told in Closing the gate"
    let named = |target| {
        let (name, end) = bare(target)
            .or_else(|| section(target))
            .or_else(|| quoted_title(target))
            .or_else(|| plain_title(target, inline))?;
        Some((Destination::Name(name), sentence.skip(end - sentence.at)))
    };
    let told = || {
        let (at, target) = cued(AS_TOLD)?;
        let (to, rest) = linked(target).or_else(|| named(target))?;
        Some((at, to, behind_text(rest).unwrap_or(rest)))
    };
    let used = || {
        let (at, target) = cued(BY)?;
        let (to, rest) = linked(target)?;
        Some((at, to, behind_text(rest)?))
    };
    let (at, to, rest) = told().or_else(used)?;
    // ", and then go on with 4.7" is said besides.
    let apart = rest.peek().is_some_and(|t| t.kind == TokenKind::Punct(','));
    let whole = at_end(rest).is_ok() || apart;
    let said = behind_last(sentence.until(at), ':');
    // "Bootstrap tokens are used as described in [Tokens]" tells how things are.
    let ordered = imperative(said).is_some()
        && said.seek(POSSIBLE).is_none()
        && said.places([IS]).next().is_none();
    // "The packs are destroyed as described in section 4."
    let numbered = matches!(&to, Destination::Name(name) if name.number.is_some());
    let ordered = ordered || numbered && (is_being_done(said) || is_done(said));
    (whole && ordered).then(|| Call::new(to, sentence.tokens.bytes(at..rest.at)))
}

/// What somebody else follows: "Then the porter carries out [Lock the gate](#lock-the-gate)."
fn followed(sentence: Cursor<'_>, inline: &Inline) -> Option<Call> {
    let (here, m, _) = sentence.skip(1).seek(FOLLOWED)?;
    let target = here.behind(m);
    let (link, end) = link_at(target, inline).filter(|(link, _)| link.address.starts_with('#'))?;
    let plain = !is_code(target.until(end)) && leading(sentence).is_none();
    // "…, and then goes on with 3.3"
    let rest = sentence.skip(end - sentence.at);
    let joined = rest.find(JOINS).map(|(m, _)| rest.behind(m));
    let goes_on = joined.is_some_and(|then| then.find_any(&[THEN, GO]).is_some());
    let whole = at_end(rest).is_ok() || goes_on;
    (plain && whole)
        .then(|| Call::new(Destination::Link(link), sentence.tokens.bytes(here.at..end)))
}

/// What is done before one comes back, and is named by the link that tells to: "First [oil the mill](oil.md), then
/// come back."
fn done_first(sentence: Cursor<'_>, inline: &Inline) -> Option<Call> {
    // "Have a look at [Oil](#oil) and come back."; "Read the book first" only reads.
    let returns = || {
        let mut places = sentence.range().map(|at| Cursor { at, ..sentence });
        places.any(|at| at.find(BACK).is_some_and(|(m, _)| m.end - m.start > 1))
    };
    let see = sentence.seek(SEE).filter(|_| returns());
    let looked = see.map(|(_, m, _)| m.end as usize);
    let linked = |i: usize| {
        let at = Cursor { at: i, ..sentence };
        let (link, end) = link_at(at, inline).filter(|(link, _)| !has_scheme(&link.address))?;
        let told = || imperative(at.until(end)).is_some() && is_command(at);
        (looked == Some(i) || told()).then_some((link, i..end))
    };
    let (link, range) = sentence.range().find_map(linked)?;
    let call = Call::new(Destination::Link(link), sentence.tokens.bytes(range));
    Some(Call { back: true, ..call })
}

/// What is done as the section of the page tells that is called like it: "Oil the mill (see [Oiling the
/// mill](#oiling-the-mill))."
fn same_act(sentence: Cursor<'_>, inline: &Inline) -> Option<Call> {
    // Most texts have no link to their own page.
    if !inline.links().any(|(_, to)| to.starts_with('#')) {
        return None;
    }
    let (see, m, _) = sentence.seek(SEE)?;
    let bracket = see.at.checked_sub(1)?;
    let title = see.behind(m);
    let (link, end) = link_at(title, inline).filter(|(link, _)| link.address.starts_with('#'))?;
    let said = sentence.until(bracket);
    let aside = sentence.tokens.tokens[bracket].kind == TokenKind::Punct('(');
    if !aside || leading(said).is_some() || imperative(said).is_none() {
        return None;
    }
    let title = title.until(end);
    let (done, told) = (intent(said), intent(title));
    let same = !told.action.is_empty()
        && !told.object.is_empty()
        && done.action == told.action
        && done.object.ends_with(&told.object);
    same.then(|| Call::new(Destination::Link(link), sentence.tokens.bytes(see.at..end)))
}
