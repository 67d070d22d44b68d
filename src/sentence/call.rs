//! Doing another procedure and coming back: "Follow the steps in [Drain a node](drain.md)."

use std::ops::Range;

use super::condition::leading;
use super::intent::intent;
use super::jump::{Destination, bare, link_at, named_in};
use super::name::{behind_articles, closing, marked, named};
use super::question::is_question;
use super::verb::{after_purpose, imperative};
use crate::address::has_scheme;
use crate::grammar::{Cursor, Role, Token, TokenKind, at_end};
use crate::model::{Inline, MarkKind, Name, Stands};

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
/// What may stand behind a title: "below".
const BEHIND: Role = Role::named("call.behind");
const SECTION: Role = Role::named("label.section");
/// "Using", before what is done something with.
const BY: Role = Role::named("call.by");
/// "You can"
const POSSIBLE: Role = Role::named("prerequisite.possible");
const IS: Role = Role::named("comparison.is");
/// "Carries out"
const FOLLOWED: Role = Role::named("call.followed");
/// "As described in"
const AS_TOLD: Role = Role::named("call.as_told");
/// The longest title of a section, in words.
const MAX_TITLE: usize = 10;

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
        let told = by(sentence, inline).or_else(|| as_told(sentence, inline));
        let told = told.or_else(|| followed(sentence, inline));
        let first = || back.then(|| done_first(sentence, inline)).flatten();
        let told = told.or_else(first);
        found.extend(told.or_else(|| same_act(sentence, inline)));
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
    at_end(said.skip(end - said.at)).is_ok().then(|| Call {
        to: Destination::Link(link),
        back: false,
        instead: false,
        bytes: said.tokens.bytes(said.at..end),
    })
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

/// The titles that may be named at the cursor without a word for what has them: "see Red flags below", "see
/// \"Red flags\"". Where one ends is not always to be told from the sentence, so that there may be several.
fn titles(at: Cursor<'_>) -> Vec<(Name, usize)> {
    let at = behind_articles(at);
    let quote = match at.peek().map(|t| t.kind) {
        Some(TokenKind::Punct(c)) => closing(c),
        _ => None,
    };
    let at = at.skip(usize::from(quote.is_some()));
    let word = at.peek().is_some_and(|t| t.kind == TokenKind::Word);
    if !word || !at.tokens.spelling(at.at).starts_with(char::is_uppercase) {
        return Vec::new();
    }
    let kind = |i: usize| at.tokens.tokens[i].kind;
    let stops = |i: &usize| match quote {
        Some(quote) => kind(*i) == TokenKind::Punct(quote),
        None => {
            matches!(kind(*i), TokenKind::Punct(c) if !matches!(c, '-' | '/' | '&' | '\'' | '’'))
        }
    };
    let mut near = at.range().take(MAX_TITLE + 1);
    let end = near.find(stops).unwrap_or(at.end);
    let behind = |i: &usize| quote.is_none() && Cursor { at: *i, ..at }.find(BEHIND).is_some();
    let ends = (at.at + 1..end).filter(behind).chain([end]);
    ends.filter(|end| end - at.at <= MAX_TITLE)
        .map(|end| {
            let name = Name {
                title: Some(at.tokens.slice(at.at..end).trim().to_owned()),
                stands: match quote {
                    Some(_) => Stands::Anywhere,
                    None => Stands::OnPage,
                },
                ..Name::default()
            };
            (name, end)
        })
        .collect()
}

/// The title in quotes of what has the steps: "the steps in "Roll back"".
fn titled(at: Cursor<'_>) -> Option<(Name, usize)> {
    let quoted = matches!(at.peek()?.kind, TokenKind::Punct(c) if closing(c).is_some());
    titles(at).into_iter().next().filter(|_| quoted)
}

/// The title in strong or slanted letters of a text of the page, behind which nothing more is said of it: "use
/// **Fill in oil**", "follow *Fill in oil* below, then come back".
fn on_page(at: Cursor<'_>, inline: &Inline) -> Option<(Name, usize)> {
    let at = behind_articles(at);
    let (title, end) = marked(at, inline, &[MarkKind::Strong, MarkKind::Emphasis])?;
    let behind = at.skip(end - at.at);
    let sign = |t: &Token| matches!(t.kind, TokenKind::Punct(',' | ';' | '('));
    let closes = || behind.peek().is_some_and(|t| sign(&t)) || behind.find(BEHIND).is_some();
    let whole = at_end(behind).is_ok() || closes();
    let named = whole && title.starts_with(char::is_uppercase);
    named.then(|| {
        let name = Name {
            title: Some(title.to_owned()),
            stands: Stands::OnPage,
            ..Name::default()
        };
        (name, end)
    })
}

/// The title in quotes of a text of the page, behind which nothing more is said of it: "do "Fill in oil" below".
fn quoted_title(at: Cursor<'_>) -> Option<(Name, usize)> {
    let (name, end) = titled(at)?;
    let behind = at.skip(end + 1 - at.at);
    let whole = at_end(behind).is_ok() || behind.find(BEHIND).is_some();
    let stands = Stands::OnPage;
    whole.then_some((Name { stands, ..name }, end))
}

/// Behind a word for what only has steps, and is not read too: "subflow".
fn behind_procedure(at: Cursor<'_>) -> Option<Cursor<'_>> {
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

/// What is done by doing something else: "Reset the key using the Reset Key flow."
fn by(sentence: Cursor<'_>, inline: &Inline) -> Option<Call> {
    let is_sign = |i: &usize| matches!(sentence.tokens.tokens[*i].kind, TokenKind::Punct(_));
    let last = sentence.range().rfind(|i| !is_sign(i))?;
    let last = sentence.skip(last - sentence.at);
    behind_procedure(last)?;
    let (here, m, _) = sentence.seek(BY)?;
    let target = here.behind(m);
    if link_at(target, inline).is_some() {
        return None;
    }
    let (name, end) = named_in(target, inline).filter(|(name, _)| name.title.is_some())?;
    let whole = at_end(sentence.skip(end - sentence.at)).is_ok() && !is_section(target, &name);
    (whole && imperative(sentence).is_some()).then(|| Call {
        to: Destination::Name(name),
        back: false,
        instead: false,
        bytes: sentence.tokens.bytes(here.at..end),
    })
}

/// What is done as another text tells: "Build it as described in [Mills](mills.md).", "Reset it using the
/// [Reset](reset.md) guide."
fn as_told(sentence: Cursor<'_>, inline: &Inline) -> Option<Call> {
    let cued = |role: Role| {
        let (here, m, _) = sentence.seek(role)?;
        let target = behind_articles(here.behind(m));
        let linked = link_at(target, inline).map(|(link, end)| (Destination::Link(link), end));
        // "Replace it in accordance with 4.6."
        let counted = || bare(target).map(|(name, end)| (Destination::Name(name), end));
        // "Fill it as described in section 8.4.", "Close it as told in Closing the gate."
        let headed = || section(target).or_else(|| plain_title(target, inline));
        let headed = || headed().map(|(name, end)| (Destination::Name(name), end));
        let named = || counted().or_else(headed);
        let (to, end) = linked.or_else(|| named().filter(|_| role == AS_TOLD))?;
        Some((here.at, to, sentence.skip(end - sentence.at)))
    };
    let told = cued(AS_TOLD);
    let (at, to, rest) = match told {
        Some((at, to, rest)) => (at, to, behind_text(rest).unwrap_or(rest)),
        None => {
            let (at, to, rest) = cued(BY)?;
            (at, to, behind_text(rest)?)
        }
    };
    // ", and then go on with 4.7" is said besides.
    let apart = rest.peek().is_some_and(|t| t.kind == TokenKind::Punct(','));
    let whole = at_end(rest).is_ok() || apart;
    let said = behind_colon(sentence.until(at));
    // "Bootstrap tokens are used as described in [Tokens]" tells how things are.
    let ordered = imperative(said).is_some()
        && said.seek(POSSIBLE).is_none()
        && said.places([IS]).next().is_none();
    (whole && ordered).then(|| Call {
        to,
        back: false,
        instead: false,
        bytes: sentence.tokens.bytes(at..rest.at),
    })
}

/// Behind the last colon of a text: "**Below 1 bar:** fill it".
fn behind_colon(text: Cursor<'_>) -> Cursor<'_> {
    let colon = |i: &usize| text.tokens.tokens[*i].kind == TokenKind::Punct(':');
    let found = text.range().rev().find(colon);
    found.map_or(text, |at| text.skip(at + 1 - text.at))
}

/// A title of the page that nothing sets off, behind which nothing more is said of it: "Closing the gate".
fn plain_title(at: Cursor<'_>, inline: &Inline) -> Option<(Name, usize)> {
    let word = |i: usize| at.tokens.tokens[i].kind == TokenKind::Word;
    // "Follow an IaC-driven restore", "Complete API details are in [the API](api.md)"
    if at.at >= at.end || !word(at.at) || at.tokens.lexicon.is_article(at.peek()?.sym) {
        return None;
    }
    let marked = |end: usize| {
        let bytes = at.tokens.bytes(at.at..end);
        !inline.marks_in(&bytes).is_empty()
    };
    titles(at).into_iter().find(|(name, end)| {
        let behind = at.skip(end - at.at);
        let closes = |at: Cursor<'_>| {
            let comma = || matches!(at.peek().map(|t| t.kind), Some(TokenKind::Punct(',' | ';')));
            at_end(at).is_ok() || comma()
        };
        // "Clean up below", but not "Clean" of "Clean up for the night".
        let below = || behind.find(BEHIND).map(|(m, _)| behind.behind(m));
        let whole = closes(behind) || below().is_some_and(closes);
        name.stands == Stands::OnPage && whole && !marked(*end)
    })
}

/// Behind a word for what has steps: "guide".
fn behind_text(at: Cursor<'_>) -> Option<Cursor<'_>> {
    at.find(STEPS_IN).map(|(m, _)| at.behind(m))
}

/// What somebody else follows: "Then the porter carries out [Lock the gate](#lock-the-gate)."
fn followed(sentence: Cursor<'_>, inline: &Inline) -> Option<Call> {
    let (here, m, _) = sentence.skip(1).seek(FOLLOWED)?;
    let target = here.behind(m);
    let (link, end) = link_at(target, inline).filter(|(link, _)| link.address.starts_with('#'))?;
    let plain = !is_code(target.until(end)) && leading(sentence).is_none();
    (plain && at_end(sentence.skip(end - sentence.at)).is_ok()).then(|| Call {
        to: Destination::Link(link),
        back: false,
        instead: false,
        bytes: sentence.tokens.bytes(here.at..end),
    })
}

/// What is done before one comes back, and is named by the link that tells to: "First [oil the mill](oil.md), then
/// come back."
fn done_first(sentence: Cursor<'_>, inline: &Inline) -> Option<Call> {
    // "Read the book first" only reads.
    let backs = sentence
        .range()
        .filter_map(|at| Cursor { at, ..sentence }.find(BACK));
    let returns = backs.into_iter().any(|(m, _)| m.end - m.start > 1);
    let linked = |i: usize| {
        let at = Cursor { at: i, ..sentence };
        let (link, end) = link_at(at, inline).filter(|(link, _)| !has_scheme(&link.address))?;
        let told = imperative(at.until(end)).is_some() && is_command(at);
        // "Have a look at [Oil](#oil) and come back."
        let looked = || {
            let see = sentence.seek(SEE);
            see.is_some_and(|(see, m, _)| see.at + (m.end - m.start) as usize == i) && returns
        };
        (told || looked()).then_some((link, i..end))
    };
    let (link, range) = sentence.range().find_map(linked)?;
    Some(Call {
        to: Destination::Link(link),
        back: true,
        instead: false,
        bytes: sentence.tokens.bytes(range),
    })
}

/// What is done as the section of the page tells that is called like it: "Oil the mill (see [Oiling the
/// mill](#oiling-the-mill))."
fn same_act(sentence: Cursor<'_>, inline: &Inline) -> Option<Call> {
    // Most texts have no link to their own page.
    if !inline.links().any(|(_, to)| to.starts_with('#')) {
        return None;
    }
    let (see, m, _) = sentence.seek(SEE)?;
    let (link, end) = link_at(see.behind(m), inline)?;
    let said = sentence.until(see.at.checked_sub(1)?);
    let title = see.behind(m).until(end);
    let bracket = sentence.tokens.tokens[see.at - 1].kind == TokenKind::Punct('(');
    if !bracket || !link.address.starts_with('#') || leading(said).is_some() {
        return None;
    }
    imperative(said)?;
    let (done, told) = (intent(said), intent(title));
    let same = !told.action.is_empty()
        && !told.object.is_empty()
        && done.action == told.action
        && done.object.ends_with(&told.object);
    same.then(|| Call {
        to: Destination::Link(link),
        back: false,
        instead: false,
        bytes: sentence.tokens.bytes(see.at..end),
    })
}

/// Is it a section that is named?
fn is_section(at: Cursor<'_>, name: &Name) -> bool {
    at.tokens.lexicon.has(&name.label, SECTION)
}

/// A section named at the cursor.
fn section(at: Cursor<'_>) -> Option<(Name, usize)> {
    if let Some((name, end)) = named(at).filter(|(name, _)| is_section(at, name)) {
        let name = Name {
            stated: false,
            ..name
        };
        return Some((name, end));
    }
    let at = behind_articles(at);
    let (m, _) = at.find(SECTION)?;
    let title = at.behind(m);
    let stops = |i: &usize| matches!(at.tokens.tokens[*i].kind, TokenKind::Punct(c) if c != '-');
    let mut near = title.range().take(MAX_TITLE + 1);
    let end = near.find(stops).unwrap_or(title.end);
    let text = title
        .tokens
        .slice(title.at..end.min(title.at + MAX_TITLE))
        .trim();
    let named = text.starts_with(char::is_uppercase) && end - title.at <= MAX_TITLE;
    named.then(|| {
        let name = Name {
            label: at.tokens.slice(at.at..title.at).to_lowercase(),
            title: Some(text.to_owned()),
            ..Name::default()
        };
        (name, end)
    })
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
    let call = Call {
        to: Destination::Link(link),
        back,
        instead: false,
        bytes,
    };
    Some((call, end))
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
fn is_code(named: Cursor<'_>) -> bool {
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
