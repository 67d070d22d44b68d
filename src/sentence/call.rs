//! Doing another procedure and coming back: "Follow the steps in [Drain a node](drain.md)."

use std::ops::Range;

use super::called::in_other_words;
use super::jump::{Destination, bare, link_at, named_in};
use super::label::{LabelKind, word_at};
use super::name::numbered;
use super::question::is_question;
use super::title::{is_section, on_page, plain_title, quoted_title, section, titled, titles};
use super::verb::{after_purpose, imperative};
use crate::address::{self, has_scheme};
use crate::grammar::{Cursor, Role, TokenKind, at_end};
use crate::model::{Inline, Name};

const FOLLOW: Role = Role::named("call.follow");
/// Verbs that say "do all of it" even where no "steps in" stands before the target.
const STRONG: Role = Role::named("call.strong");
const STEPS_IN: Role = Role::named("call.steps_in");
const BACK: Role = Role::named("call.back");
const INSTEAD: Role = Role::named("call.instead");
/// "Alternatively", "you prefer"
const OTHER_WAY: Role = Role::named("call.other_way");
const FOR: Role = Role::named("qualifier.for");
const SEE: Role = Role::named("call.see");
const THEN: Role = Role::named("condition.then");
/// What may stand before the verb.
const LEAD: Role = Role::named("call.lead");
const JOINS: Role = Role::named("call.joins");
/// "Best practices", "Code of Conduct"
const ADVICE: Role = Role::named("call.advice");
/// "For example", "For detailed instructions"
const EXAMPLE: Role = Role::named("call.example");
/// The longest phrase before the verb, in words.
const MAX_LEAD: usize = 5;
/// What stands before a pointer that is all of a text has no more words and signs than this.
const MAX_FRONT: usize = 5;
/// What may stand behind a title: "below".
const BEHIND: Role = Role::named("call.behind");

/// A place where the text sends the reader through another procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The procedure.
    pub to: Destination,
    /// Does the text say to do it first, or to come back?
    pub back: bool,
    /// Does the text say to do it in place of what it is about: "use Option 2 instead"?
    pub instead: bool,
    /// The range of the cue and its target in the text.
    pub bytes: Range<usize>,
}

impl Call {
    /// A call that says nothing of coming back.
    pub(super) fn new(to: Destination, bytes: Range<usize>) -> Self {
        Call {
            to,
            back: false,
            instead: false,
            bytes,
        }
    }
}

/// The calls that a sentence states.
pub fn calls(sentence: Cursor<'_>, inline: &Inline) -> Vec<Call> {
    if sentence.find(EXAMPLE).is_some() || is_question(sentence) {
        return Vec::new();
    }
    let back = comes_back(sentence);
    let mut found = Vec::new();
    let mut i = sentence.at;
    while let Some((here, ..)) = (Cursor { at: i, ..sentence }).seek(FOLLOW) {
        let call = call_at(here, inline, back);
        match call.filter(|_| here.at == sentence.at || is_command(here)) {
            Some((call, end)) => {
                let linked = matches!(call.to, Destination::Link(_));
                found.push(call);
                i = end;
                while let Some((call, end)) = joined(sentence, i, inline, back).filter(|_| linked) {
                    found.push(call);
                    i = end;
                }
            }
            None => i = here.at + 1,
        }
    }
    if found.is_empty() {
        found.extend(in_other_words(sentence, inline, back));
    }
    found
}

/// What is done where all that is said is a link: "If not, [drain it](drain.md)."
pub fn only_link(said: Cursor<'_>, inline: &Inline) -> Option<Call> {
    let (link, end) = link_at(said, inline).filter(|(link, _)| !has_scheme(&link.address))?;
    let set_off = said.at.checked_sub(1).is_none_or(|before| {
        let before = Cursor { at: before, ..said };
        let sign = before
            .peek()
            .is_some_and(|t| matches!(t.kind, TokenKind::Punct(_)));
        sign || before.find(THEN).is_some()
    });
    if !set_off {
        return None;
    }
    at_end(said.skip(end - said.at))
        .is_ok()
        .then(|| Call::new(Destination::Link(link), said.tokens.bytes(said.at..end)))
}

/// The link to a text of the page that a sentence points to at its end: "Look for the leak, see [Leaks](#leaks)."
pub fn seen_last(said: Cursor<'_>, inline: &Inline) -> Option<Call> {
    let pointed = |at: usize| {
        let here = said.skip(at - said.at);
        let (m, _) = here.find(SEE)?;
        let (link, end) = link_at(here.behind(m), inline)?;
        let whole = link.address.starts_with('#') && at_end(said.skip(end - said.at)).is_ok();
        whole.then(|| Call::new(Destination::Link(link), said.tokens.bytes(at..end)))
    };
    said.places([SEE]).find_map(pointed)
}

/// The numbered place that is all that a text points to, behind a few words at most, and whether it is a step: "See
/// 8.2", "Repairs, see step 6".
pub fn only_seen(said: Cursor<'_>) -> Option<(Name, bool)> {
    let (here, m, _) = said
        .seek(SEE)
        .filter(|(at, ..)| at.at <= said.at + MAX_FRONT)?;
    let target = here.behind(m);
    let step = word_at(target).is_some_and(|(kind, _)| kind == LabelKind::Step);
    let (name, end) = bare(target).or_else(|| numbered(target))?;
    at_end(said.skip(end - said.at))
        .is_ok()
        .then_some((name, step))
}

/// The link to a text of the page that says what to do by itself, and is called so, if nothing or only what
/// is done then stands behind it: "[Verify the caller](#verify).", "[Charge it](#charge), then go on with step 3."
pub fn linked_act(said: Cursor<'_>, inline: &Inline) -> Option<Call> {
    let (link, end) = link_at(said, inline)?;
    let place = link.address.strip_prefix('#')?;
    if address::slug(said.until(end).rest()) != place {
        return None;
    }
    let rest = said.skip(end - said.at);
    let comma = rest.peek().is_some_and(|t| t.kind == TokenKind::Punct(','));
    let behind = if comma { rest.skip(1) } else { rest };
    let whole = at_end(rest).is_ok() || behind.find(THEN).is_some();
    (whole && imperative(said.until(end)).is_some())
        .then(|| Call::new(Destination::Link(link), said.tokens.bytes(said.at..end)))
}

/// "…, then come back", "Follow Path 1 first."; not "the first terminal".
fn comes_back(sentence: Cursor<'_>) -> bool {
    let closes = |end: usize| at_end(sentence.skip(end - sentence.at)).is_ok();
    let first = sentence.seek(BACK).map_or(sentence.end, |(at, ..)| at.at);
    (first..sentence.end).any(|i| {
        let found = Cursor { at: i, ..sentence }.find(BACK);
        found.is_some_and(|(m, _)| {
            let end = m.end as usize;
            m.end - m.start > 1
                || closes(end)
                || sentence
                    .tokens
                    .tokens
                    .get(end)
                    .is_some_and(|t| t.kind == TokenKind::Punct(','))
        })
    })
}

/// Does a sentence point to more: "For more information, review the manual."?
pub fn begins_with_more(sentence: Cursor<'_>) -> bool {
    sentence.find(EXAMPLE).is_some() && sentence.find(FOR).is_some()
}

/// Does a sentence only say where to read of something: "For the drum, see Drums.", "To oil it, see Oil."?
pub fn points_elsewhere(sentence: Cursor<'_>) -> bool {
    let behind = after_purpose(sentence);
    behind.is_some_and(|said| said.find(SEE).is_some())
}

/// Is a condition that one goes another way: "Alternatively, if you want it by hand", "If you prefer a hammer"?
pub fn names_other_way(condition: Cursor<'_>) -> bool {
    condition.seek(OTHER_WAY).is_some()
}

/// The sections that a sentence points to by name: "see section Roll back", "as described in the
/// \"Roll back\" section". Whether there is one of that name is for linking to tell.
pub fn pointers(sentence: Cursor<'_>, inline: &Inline) -> Vec<(Name, Range<usize>)> {
    let mut found = Vec::new();
    let mut i = sentence.at;
    while let Some((here, m, cue)) = (Cursor { at: i, ..sentence }).seek(SEE) {
        i = here.at + 1;
        let target = here.behind(m);
        if link_at(target, inline).is_some() {
            continue;
        }
        let bytes = |end: usize| sentence.tokens.bytes(here.at..end.min(here.end));
        if let Some((name, end)) = section(target) {
            found.push((name, bytes(end)));
            i = end;
        } else if cue.says("names", "title") {
            let titles = titles(target).into_iter();
            found.extend(titles.map(|(name, end)| (name, bytes(end))));
        }
    }
    found
}

/// Behind a word for what only has steps, and is not read too: "subflow".
pub(super) fn behind_procedure(at: Cursor<'_>) -> Option<Cursor<'_>> {
    let (m, entry) = at.find(STEPS_IN)?;
    (!entry.says("read", "too")).then(|| at.behind(m))
}

/// Does a word for what has steps stand at the cursor, alone: "subflow", but not "workflow engine"?
fn is_procedure(at: Cursor<'_>) -> bool {
    let Some(behind) = behind_procedure(at) else {
        return false;
    };
    let goes_on = behind.peek().is_some_and(|t| t.kind == TokenKind::Word);
    !goes_on || behind.find(BEHIND).is_some()
}

/// Behind a word for what has steps: "guide".
pub(super) fn behind_text(at: Cursor<'_>) -> Option<Cursor<'_>> {
    at.find(STEPS_IN).map(|(m, _)| at.behind(m))
}

/// The next of several links that are all to be done: "B" of "Follow the steps in A, B, and C".
fn joined(sentence: Cursor<'_>, at: usize, inline: &Inline, back: bool) -> Option<(Call, usize)> {
    let mut here = Cursor { at, ..sentence };
    if here.peek()?.kind == TokenKind::Punct(',') {
        here = here.skip(1);
    }
    if let Some((m, _)) = here.find(JOINS) {
        here = here.behind(m);
    }
    if here.at == at {
        return None;
    }
    let (link, end) = link_at(here, inline)?;
    let bytes = sentence.tokens.bytes(here.at..end.min(sentence.end));
    let call = Call::new(Destination::Link(link), bytes);
    Some((Call { back, ..call }, end))
}

fn call_at(here: Cursor<'_>, inline: &Inline, back: bool) -> Option<(Call, usize)> {
    let (m, _) = here.find(FOLLOW)?;
    if here.find(SEE).is_some_and(|(s, _)| s.end > m.end) {
        return None;
    }
    let verb_end = m.end as usize;
    let insists = back || here.find(STRONG).is_some();
    let target = here.skip(verb_end - here.at);
    let (steps_in, target) = match target.find(STEPS_IN) {
        Some((_, entry)) if entry.says("read", "too") && here.find(SEE).is_some() => return None,
        Some((m, _)) => (true, target.behind(m)),
        None => (false, target),
    };
    let (to, end) = match link_at(target, inline) {
        Some((_, end)) if !steps_in && target.until(end).seek(ADVICE).is_some() => return None,
        // "Use [`retry`](retry.md) first" names a command, and no text.
        Some((_, end)) if !steps_in && is_code(target.until(end)) => return None,
        // "Follow [our news](https://…)" is no procedure to do.
        Some((link, end)) if steps_in || (insists && !has_scheme(&link.address)) => {
            (Destination::Link(link), end)
        }
        // "Use the [Drain it](#drain) subflow"
        Some((link, end))
            if is_procedure(here.skip(end - here.at))
                && !has_scheme(&link.address)
                && here.find(SEE).is_none() =>
        {
            (Destination::Link(link), end)
        }
        Some(_) => return None,
        // Of "steps 3-5" a call would do the first and go on to the end.
        None => named_in(here.skip(verb_end - here.at), inline)
            .or_else(|| named_in(target, inline))
            .or_else(|| titled(target).filter(|_| steps_in))
            .or_else(|| bare(target).filter(|_| insists))
            .or_else(|| on_page(target, inline))
            .or_else(|| quoted_title(target))
            .or_else(|| plain_title(target, inline).filter(|_| insists))
            .filter(|(name, end)| name.last.is_none() && !goes_on(here, *end))
            .filter(|(name, _)| !(here.find(SEE).is_some() && is_section(here, name)))
            .map(|(name, end)| (Destination::Name(name), end))?,
    };
    let call = Call {
        to,
        back,
        instead: here.skip(end - here.at).find(INSTEAD).is_some(),
        bytes: here.tokens.bytes(here.at..end.min(here.end)),
    };
    Some((call, end))
}

/// Is all of it set as code?
pub(super) fn is_code(named: Cursor<'_>) -> bool {
    let kinds = named.range().map(|i| named.tokens.tokens[i].kind);
    let mut words = kinds.filter(|kind| !matches!(kind, TokenKind::Punct(_)));
    words.all(|kind| kind == TokenKind::Code)
}

/// Is what is named only the first word of something else? "Apply the Option 2 `Pump` file" names a
/// file.
fn goes_on(here: Cursor<'_>, end: usize) -> bool {
    let after = here.skip(end - here.at).peek();
    after.is_some_and(|t| t.kind == TokenKind::Code)
}

/// Is the verb at the cursor a command? It is where nothing but punctuation, another command's lead
/// or a sentence's beginning stands before it; "the name has to follow the scheme" is none.
pub(super) fn is_command(here: Cursor<'_>) -> bool {
    let Some(before) = here.at.checked_sub(1) else {
        return true;
    };
    let tokens = &here.tokens.tokens;
    tokens[before].kind != TokenKind::Word && tokens[before].kind != TokenKind::Number || led(here)
}

fn led(here: Cursor<'_>) -> bool {
    (1..=MAX_LEAD)
        .filter_map(|n| here.at.checked_sub(n))
        .any(|at| {
            let before = Cursor {
                at,
                end: here.at,
                ..here
            };
            let lead = before.find(LEAD);
            lead.is_some_and(|(m, _)| m.end as usize == here.at)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Tokens;
    use crate::grammar::testing::english;

    #[test]
    fn pointers_name_a_section() {
        for (text, title) in [
            ("See section Roll back.", Some("Roll back")),
            (
                "Do it as described in the \"Roll back\" section.",
                Some("Roll back"),
            ),
            (
                "For details, see the Roll Back section below.",
                Some("Roll Back"),
            ),
            ("See the section below.", None),
            ("See the manual.", None),
        ] {
            let tokens = Tokens::plain(text, english());
            let all = Cursor::whole(&tokens);
            let found = pointers(all, &Inline::default());
            let got = found.first().and_then(|(name, _)| name.title.as_deref());
            assert_eq!(got, title, "{text}");
        }
    }

    #[test]
    fn calls_name_a_procedure() {
        let read = |text: &str| {
            let tokens = Tokens::plain(text, english());
            let all = Cursor::whole(&tokens);
            let calls = calls(all, &Inline::default());
            calls
                .into_iter()
                .map(|c| (text[c.bytes].to_owned(), c.back))
                .collect::<Vec<_>>()
        };
        let one = |t: &str, b: bool| vec![(t.to_owned(), b)];
        assert_eq!(read("Follow Path 2.1."), one("Follow Path 2.1", false));
        assert_eq!(
            read("Follow Path 1 (No Service) troubleshooting steps first."),
            one("Follow Path 1", true)
        );
        assert_eq!(
            read("Use the Recover Username flow."),
            one("Use the Recover Username flow", false)
        );
        assert_eq!(read("Use the new password."), vec![]);
    }
}
