//! What a text among prerequisites asks for, and what it only tells by the way.

use std::ops::Range;

use super::call::begins_with_more;
use super::comparison::{name, names, version};
use super::condition::{Conditional, behind_case, leading, trailing};
use super::jump::{Destination, Jump, jumps};
use super::kind::{aim, command, use_of};
use super::prerequisite::{behind_aim, says_something};
use super::verb::{Verb, VerbForm, after_purpose, imperative, verb_at};
use crate::grammar::{Cursor, Role, TokenKind, Tokens};
use crate::model::{Inline, MarkKind};

const STATES: Role = Role::named("prerequisite.states");
const REQUIRES: Role = Role::named("prerequisite.requires");
/// "If you do not have one": then it is made.
const LACKS: Role = Role::named("prerequisite.lacks");
const SEE: Role = Role::named("call.see");
/// "For more information"
const EXAMPLE: Role = Role::named("call.example");
/// "About"
const ABOUT: Role = Role::named("call.about");
const INTERROGATIVE: Role = Role::named("question.interrogative");
const NOT: Role = Role::named("negation.not");
const FOLLOW: Role = Role::named("call.follow");
const STEPS_IN: Role = Role::named("call.steps_in");
const ASSURE: Role = Role::named("prerequisite.assure");
const TO: Role = Role::named("qualifier.to");
const FOR: Role = Role::named("qualifier.for");
const IS_NOT: Role = Role::named("comparison.is_not");
const MODAL: Role = Role::named("condition.modal");
/// "Once"
const WHEN: Role = Role::named("condition.when");
/// "Or later", whatever it is said of.
const OR_MORE: Role = Role::named("comparison.or_more");
const SUBORDINATE: Role = Role::named("condition.subordinate");
/// "Must"
const MUST: Role = Role::named("prerequisite.must");
/// What only suggests something: "consider".
const SUGGESTS: Role = Role::named("prerequisite.suggests");
const INSTEAD: Role = Role::named("call.instead");
/// "Instead of"
const INSTEAD_OF: Role = Role::named("prerequisite.instead_of");
/// "You can also"
const ALSO: Role = Role::named("prerequisite.also");
/// "Is not supported"
const LIMITS: Role = Role::named("prerequisite.limits");
/// "By default"
const TOLD: Role = Role::named("prerequisite.told");
/// What a thing works with, as a fact.
const FITS: Role = Role::named("prerequisite.fits");
/// What is done on a page, before what it does: "This process also".
const DOING: Role = Role::named("prerequisite.doing");
/// "For ease of use"
const ADVISES: Role = Role::named("prerequisite.advises");
/// "Optional", in brackets.
const OPTIONAL: Role = Role::named("prerequisite.optional");
/// "Such as"
const SUCH_AS: Role = Role::named("term.example");
/// "Explains how"
const SHOWS_HOW: Role = Role::named("prerequisite.shows_how");
/// "To ensure that"
const REASON: Role = Role::named("prerequisite.reason");
/// "You can skip"
const SKIPS: Role = Role::named("prerequisite.skips");
/// "You can"
const POSSIBLE: Role = Role::named("prerequisite.possible");
/// "May", which asks for nothing.
const MAY: Role = Role::named("prerequisite.may");
/// What is only looked up: "find information".
const INFORMS: Role = Role::named("prerequisite.informs");
/// "Within one metre"
const EXTENT: Role = Role::named("prerequisite.extent");
/// "You do not need it"
const UNNEEDED: Role = Role::named("prerequisite.unneeded");
/// What the name of a command stands before: "the `pump start` command".
const COMMAND: Role = Role::named("prerequisite.command");
/// The most words between a link and what it is: "the [`pump start`] Pump CLI command".
const MAX_BETWEEN: usize = 2;

/// Does a paragraph in a section of prerequisites ask for something? "This tutorial provides an image"
/// does not, and "If you are new here, …" only of some.
pub fn asks(tokens: &Tokens<'_>) -> bool {
    let all = Cursor::whole(tokens);
    let has = |at: Cursor<'_>, roles: &[Role]| roles.iter().any(|r| at.seek(*r).is_some());
    let stated = asking(tokens).any(|s| has(s, &[STATES]));
    asking(tokens)
        .next()
        .is_some_and(|first| match leading(first) {
            Some(c) => {
                has(first.within(c.consequence), &[REQUIRES, STATES, ASSURE]) || has(all, &[LACKS])
            }
            None if limits(first) => false,
            None if is_unneeded(tokens) => false,
            // "Instead of a mill, you can also use a stone."
            None if (states_fact(first) || only_suggests(first))
                && !asking(tokens).any(demands) =>
            {
                false
            }
            None if first.find(EXAMPLE).is_some() && only_points(first) => false,
            None => {
                let needs = stated || has(first, &[MODAL, REQUIRES, ASSURE]);
                needs || imperative(first).is_some() || !says_something(first)
            }
        })
}

/// Does a text that stands among prerequisites only tell how things are, what is not possible, what could be
/// done instead or where to read more, and ask for nothing?
pub fn is_remark(tokens: &Tokens<'_>) -> bool {
    let Some(first) = asking(tokens).next() else {
        return true;
    };
    let asks = |s: Cursor<'_>| {
        !advises(s) && !only_suggests(s) && (asks_at_all(s) || demands(behind_case(s)))
    };
    let told = || is_told(first, tokens) && !asking(tokens).any(asks);
    let hint =
        || (tells_how_later(first) || only_informs(first)) && !asking(tokens).skip(1).any(asks);
    tells_more(first, None) || is_limited(first) || told() || only_points_on(tokens) || hint()
}

/// Does a sentence only tell how something is done later: "Note that if you use the old pump, you need to turn
/// it twice"? What one needs to have is asked for.
fn tells_how_later(sentence: Cursor<'_>) -> bool {
    if sentence.find(TOLD).is_none() {
        return false;
    }
    let said = behind_case(sentence);
    let needs = said.find(STATES).map(|(m, _)| m.end as usize - said.at);
    needs.is_some_and(|n| said.skip(n).find(TO).is_some())
}

/// Does a sentence only tell how something is found out: "To find information about pumps, use the list"?
fn only_informs(sentence: Cursor<'_>) -> bool {
    let Some((to, _)) = sentence.find(TO) else {
        return false;
    };
    let informs = sentence.behind(to).find(INFORMS);
    let said = || after_purpose(sentence).filter(|said| command(*said).is_some());
    informs.is_some() && said().is_some_and(|said| said.seek(STATES).is_none())
}

/// Is all that a text says where to read, in some case: "If you turn it often, see the manual."?
pub fn only_points_on(tokens: &Tokens<'_>) -> bool {
    asking(tokens).all(|sentence| points_in_case(sentence, leading(sentence).as_ref()))
}

fn points_in_case(sentence: Cursor<'_>, case: Option<&Conditional>) -> bool {
    let said = case.map(|case| sentence.within(case.consequence.clone()));
    said.is_some_and(|said| said.find(SEE).is_some()) && only_points(sentence)
}

/// Does a text begin with what is only told, whatever it asks for behind that?
fn is_told(first: Cursor<'_>, tokens: &Tokens<'_>) -> bool {
    if advises(first) {
        return true;
    }
    let main = main_clause(first);
    let unneeded = main.seek(UNNEEDED).is_some();
    // "No need to look" is no answer.
    let case = !unneeded && leading(first).is_some();
    // "Note that the pump is loud" asks for nothing.
    let noted = first.find(TOLD).is_some();
    let plain = !case && (noted || told_to(first).is_none());
    // "The tool, which comes with the pump" names a thing.
    let says = || says_something(main);
    let possible = || behind_when(first).find(POSSIBLE).is_some();
    let tells = || states_fact(first) || only_suggests(first) || possible() || is_unneeded(tokens);
    plain && (unneeded || is_optional(first) || (noted || says()) && tells())
}

/// Does a sentence say what is not possible, in whatever case?
fn is_limited(sentence: Cursor<'_>) -> bool {
    match leading(sentence) {
        Some(case) => limits(sentence.within(case.consequence)),
        None => limits(sentence) || limits(behind_when(sentence)),
    }
}

/// The verb of what a sentence tells to do. "You can pump it" and "No need to pump it" leave that open.
fn told_to(sentence: Cursor<'_>) -> Option<Verb<'_>> {
    let said = [sentence, behind_when(sentence)];
    let open = said
        .iter()
        .any(|at| at.find_any(&[POSSIBLE, UNNEEDED]).is_some());
    command(sentence).filter(|_| !open)
}

/// Behind when something is so: "Once the stones turn, the mill cannot be stopped."
pub(super) fn behind_when(sentence: Cursor<'_>) -> Cursor<'_> {
    let comma = sentence.find(WHEN).map(|_| comma(sentence, sentence.at));
    comma.map_or(sentence.until(sentence.at), |at| {
        sentence.skip(at + 1 - sentence.at)
    })
}

/// Does a sentence of a remark ask for something, in whatever words?
fn asks_at_all(sentence: Cursor<'_>) -> bool {
    // "A drill to *check* it" does not ask to check it.
    let aimed = |i: usize| {
        let before = i > sentence.at;
        before
            && sentence
                .skip(i - 1 - sentence.at)
                .find_any(&[TO, MAY, NOT])
                .is_some()
    };
    let assures = || sentence.places([ASSURE]).any(|i| !aimed(i));
    demands(sentence) || assures() || obliges(behind_case(sentence))
}

/// Where a sentence says that something is required. What is "supported on" a thing is, where a version says
/// on which.
fn requires(sentence: Cursor<'_>) -> Option<Cursor<'_>> {
    let mut from = sentence;
    while let Some((at, m, entry)) = from.seek(REQUIRES) {
        if !entry.says("version", "beside") || is_versioned(sentence) {
            return Some(at);
        }
        from = at.behind(m);
    }
    None
}

fn is_versioned(sentence: Cursor<'_>) -> bool {
    version(sentence).is_some() || sentence.seek(OR_MORE).is_some()
}

/// Does a sentence say what to see to: "You should wait", "It cannot be a tap"? "It can take an hour" and "It
/// may be loud" say what can be, and "patterns that should be useful" what a thing is like.
pub(super) fn obliges(sentence: Cursor<'_>) -> bool {
    let told = main_clause(sentence).seek(TOLD);
    let told = told.map_or(0..0, |(at, m, _)| at.at..m.end as usize);
    let at = |i: usize| sentence.skip(i - sentence.at);
    let like = |i: usize| {
        let which = i > sentence.at + 1 && at(i - 1).find(SUBORDINATE).is_some();
        which && at(i - 2).peek().is_some_and(|t| t.kind == TokenKind::Word)
    };
    let open =
        |i: &usize| at(*i).find(MAY).is_some() || told.contains(i) && at(*i).find(NOT).is_none();
    // "No need to"
    let unneeded = |i: usize| i > sentence.at && at(i - 1).find(UNNEEDED).is_some();
    let mut asked = sentence.places([MODAL]);
    asked.any(|i| !open(&i) && !like(i) && !unneeded(i))
}

/// Does a sentence only say what would be good: "For ease of use, take the other pump"?
pub(super) fn advises(sentence: Cursor<'_>) -> bool {
    let front = [sentence, behind_aim(sentence)];
    front.iter().any(|at| at.find(ADVISES).is_some())
}

/// Does a text name a thing that need not be there: "A pump (optional)"?
fn is_optional(text: Cursor<'_>) -> bool {
    let bracket = |i: usize| text.tokens.tokens[i].kind == TokenKind::Punct('(');
    text.places([OPTIONAL])
        .any(|i| i > text.at && bracket(i - 1))
}

/// Does a sentence say what is not possible, as a fact?
fn limits(sentence: Cursor<'_>) -> bool {
    sentence.seek(LIMITS).is_some() && !demands(sentence)
}

/// A sentence up to what it adds behind a comma: ", which comes with the pump", or behind a full stop: "A mill
/// and a pump. mill2 is optional."
fn main_clause(sentence: Cursor<'_>) -> Cursor<'_> {
    let adds = |i: &usize| {
        let at = sentence.skip(i - sentence.at);
        match at.peek().map(|t| t.kind) {
            Some(TokenKind::Punct(',')) => at.skip(1).find(SUBORDINATE).is_some(),
            Some(TokenKind::Punct('.')) => *i + 1 < sentence.end,
            _ => false,
        }
    };
    sentence.until(sentence.range().find(adds).unwrap_or(sentence.end))
}

/// Does a text tell of what can be left out: "It uses the mill. You do not need it to go on."?
pub fn is_unneeded(tokens: &Tokens<'_>) -> bool {
    let all = Cursor::whole(tokens);
    let mut asking = asking(tokens);
    all.seek(UNNEEDED).is_some()
        && asking.next().is_some_and(tells)
        && !self::asking(tokens).any(demands)
}

/// Has a sentence a verb, and does not only name things?
fn tells(sentence: Cursor<'_>) -> bool {
    let verbs = |i| verb_at(sentence.skip(i - sentence.at)).is_some();
    imperative(sentence).is_none() && (says_something(sentence) || sentence.range().any(verbs))
}

/// The sentences of a prerequisite that ask for something: the first, and of the others those that do
/// not point to more about it, or say how to get it.
pub fn asking<'a>(tokens: &'a Tokens<'a>) -> impl Iterator<Item = Cursor<'a>> {
    let sentences = tokens.sentences.iter().enumerate();
    let sentences = sentences.map(|(i, s)| (i, Cursor::over(tokens, s.clone())));
    let asks = |(i, s): &(usize, Cursor<'_>)| *i == 0 || !only_points(*s);
    sentences.filter(asks).map(|(_, sentence)| sentence)
}

/// Does a sentence only point to more: "For more information, see Pumps."?
fn only_points(sentence: Cursor<'_>) -> bool {
    sentence.seek(SEE).is_some() && sentence.seek(LACKS).is_none()
}

/// Does a sentence only point to more about what nobody is asked for: more about a fact, about what could be
/// done instead or about something that it names, or "for more information"?
pub fn tells_more(sentence: Cursor<'_>, before: Option<Cursor<'_>>) -> bool {
    let unasked = match before {
        Some(before) => {
            states_fact(before) || only_suggests(before) || says_also(before) || is_about(sentence)
        }
        None => sentence.find_any(&[EXAMPLE, FOR]).is_some(),
    };
    unasked && only_points(sentence)
}

/// "For more information about pumps", but not "about setting up the pump", which is how it is got.
fn is_about(sentence: Cursor<'_>) -> bool {
    let Some((m, _)) = sentence.find(EXAMPLE) else {
        return false;
    };
    let behind = sentence.behind(m);
    let inside = sentence.skip(m.end as usize - 1 - sentence.at);
    let topic = match behind.find(ABOUT) {
        Some((m, _)) => Some(behind.behind(m)),
        None => inside.find(ABOUT).map(|_| behind),
    };
    let doing = |at: Cursor<'_>| verb_at(at).is_some_and(|v| v.form == VerbForm::Gerund);
    topic.is_some_and(|at| !doing(at) && at.find(INTERROGATIVE).is_none())
}

/// Does a sentence begin with what could be done as well: "You can also use a broom"?
fn says_also(sentence: Cursor<'_>) -> bool {
    behind_aim(sentence).find(ALSO).is_some()
}

/// Does a sentence suggest something, or say what could be done instead?
pub(super) fn only_suggests(sentence: Cursor<'_>) -> bool {
    sentence.seek(SUGGESTS).is_some() || sentence.find(INSTEAD_OF).is_some()
}

/// Does a sentence of a remark ask for something: "The cluster must use an identity.", "Install the tool."?
/// "You do not need it" does not.
pub fn demands(sentence: Cursor<'_>) -> bool {
    let denied = |at: &Cursor<'_>| {
        let before = at.at.checked_sub(1).filter(|i| *i >= sentence.at);
        before.is_some_and(|at| Cursor { at, ..sentence }.find(NOT).is_some())
    };
    let asks = |role: Role| sentence.seek(role).is_some_and(|(at, ..)| !denied(&at));
    let needs = || requires(sentence).is_some_and(|at| !denied(&at));
    // "For more information, review the manual."
    let more = begins_with_more(sentence);
    let told = || {
        let told = told_to(sentence).filter(|_| !more);
        told.filter(|verb| sentence.skip(verb.start - sentence.at).find(SEE).is_none())
    };
    [STATES, LACKS, MUST].into_iter().any(asks) || needs() || told().is_some()
}

/// Does a sentence say what must be so, and not only what to do: "If there are several, make sure that …"?
pub fn insists(sentence: Cursor<'_>) -> bool {
    let said = behind_case(sentence);
    let front = [STATES, ASSURE]
        .iter()
        .any(|role| said.find(*role).is_some());
    front || sentence.places([MUST]).next().is_some()
}

/// A sentence up to what it says it is good for: "Oak wheels to ensure that they last".
pub fn without_reason(sentence: Cursor<'_>) -> Cursor<'_> {
    let behind = sentence.skip(1).seek(REASON);
    sentence.until(behind.map_or(sentence.end, |(at, ..)| at.at))
}

/// Does a sentence say what a name stands for: "The valve: lets water in."?
pub fn describes(sentence: Cursor<'_>) -> bool {
    let colon = |i: &usize| sentence.tokens.tokens[*i].kind == TokenKind::Punct(':');
    let Some(colon) = sentence.range().find(colon) else {
        return false;
    };
    let behind = sentence.skip(colon + 1 - sentence.at);
    verb_at(behind).is_some_and(|v| v.form == VerbForm::Third) && !demands(behind)
}

/// What a sentence in a section of prerequisites links to without asking for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unasked {
    /// The bytes in which it says where on the page to go on.
    pub away: Vec<Range<usize>>,
    /// The bytes in which it tells of something by the way.
    pub aside: Vec<Range<usize>>,
}

/// What a sentence in a section of prerequisites links to without asking for it, with the sentence before it;
/// `None` where it asks for nothing: it says what could be done instead, or what is not supported.
pub fn unasked(
    sentence: Cursor<'_>,
    before: Option<Cursor<'_>>,
    inline: &Inline,
) -> Option<Unasked> {
    // "You need a pump. [The manual](#manual) explains how to build one."
    if before.is_some_and(demands) && sentence.seek(SHOWS_HOW).is_some() {
        return Some(Unasked::default());
    }
    let case = leading(sentence);
    if before.is_none() && points_in_case(sentence, case.as_ref()) {
        return Some(Unasked {
            away: Vec::new(),
            aside: vec![sentence.tokens.bytes(sentence.range())],
        });
    }
    let said = case
        .as_ref()
        .map_or(sentence, |c| sentence.within(c.consequence.clone()));
    if only_suggests(sentence) || limits(said) {
        return None;
    }
    let here =
        |jump: &Jump| matches!(&jump.to, Destination::Link(to) if to.address.starts_with('#'));
    let jumps = jumps(sentence, inline).into_iter().filter(here);
    Some(Unasked {
        away: jumps.map(|jump| jump.bytes).collect(),
        aside: aside(sentence, case, inline),
    })
}

/// Where a sentence tells of something by the way: all of it where it states a fact, else in which case
/// it asks for something, and what for. "If you use a *mill*, you need a *key* to open the *valve*." asks
/// for the key.
fn aside(sentence: Cursor<'_>, case: Option<Conditional>, inline: &Inline) -> Vec<Range<usize>> {
    let bytes = |range: Range<usize>| sentence.tokens.bytes(range);
    if advises(sentence) || says_also(sentence) || case.is_none() && states_fact(sentence) {
        return vec![bytes(sentence.range())];
    }
    let cased = case.is_some();
    let said = case.map_or(sentence, |c| sentence.within(c.consequence));
    if cased && sentence.seek(LACKS).is_none() && is_beside(said) {
        return vec![bytes(sentence.range())];
    }
    let asking = behind_aim(said);
    let mut found: Vec<_> = commands(sentence, inline).collect();
    found.extend(extents(sentence, inline));
    if let Some(end) = behind_subject(said) {
        found.push(bytes(sentence.at..end));
    }
    if asking.at > sentence.at && sentence.seek(LACKS).is_none() {
        found.push(bytes(sentence.at..asking.at));
    }
    found.extend(purpose(asking, inline));
    // "A pump such as [the old one]"
    found.extend(
        said.seek(SUCH_AS)
            .map(|(at, ..)| bytes(at.at..comma(said, at.at))),
    );
    // "The mill starts [the pump] by default, but you should oil it."
    let main = main_clause(said);
    if main.end < said.end && main.seek(TOLD).is_some() && says_something(main) && !demands(main) {
        found.push(bytes(main.range()));
    }
    // "Drain it if you have put in [the old pump]."
    if let Some(held) = trailing(said).filter(|_| !cased) {
        let when = said.skip(held.consequence.end - said.at);
        if comma(when, when.at) == when.end && !demands(when) {
            found.push(bytes(when.range()));
        }
    }
    found
}

/// Where it is told what is asked for is for: "[a key](#key) to open [the valve](#valve)". Where only that is
/// linked, it tells how to get what is asked for, unless a thing is named: "A mill to grind [the corn]".
fn purpose(asking: Cursor<'_>, inline: &Inline) -> Option<Range<usize>> {
    let aim = aim(asking).min(use_of(asking));
    if aim == asking.end || imperative(asking).is_some() {
        return None;
    }
    let bytes = |range: Range<usize>| asking.tokens.bytes(range);
    let (asked, rest) = (bytes(asking.at..aim), bytes(aim..asking.end));
    let links_to = |within: &Range<usize>, here: bool| {
        let mut links = inline.links();
        links.any(|(mark, to)| {
            within.contains(&(mark.start as usize)) && (!here || to.starts_with('#'))
        })
    };
    // What is on the page itself is what the thing is for.
    if links_to(&asked, false) || links_to(&rest, true) {
        return Some(rest);
    }
    let named = !says_something(asking.until(aim));
    named.then(|| bytes(aim..comma(asking, aim)))
}

/// The first comma from there on, or the end.
fn comma(text: Cursor<'_>, from: usize) -> usize {
    let comma = |i: &usize| text.tokens.tokens[*i].kind == TokenKind::Punct(',');
    (from..text.end).find(comma).unwrap_or(text.end)
}

/// Is what somebody does in some case beside what is asked for: "use a broom instead", "you can skip that and go
/// on with the drum", "see the guide for more information"?
fn is_beside(said: Cursor<'_>) -> bool {
    let told = said.seek(INSTEAD).is_some() || said.find(SKIPS).is_some();
    told || only_points(said) && said.seek(EXAMPLE).is_some()
}

/// The bytes of the links of a sentence.
fn linked<'a>(
    sentence: Cursor<'a>,
    inline: &'a Inline,
) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let marks = inline
        .marks_in(&sentence.tokens.bytes(sentence.range()))
        .iter();
    let links = marks.filter(|mark| matches!(mark.kind, MarkKind::Link(_)));
    links.map(|mark| mark.start as usize..mark.end as usize)
}

/// The links of a sentence to commands, which are what something is done with: "Start it with [`pump start`]."
fn commands<'a>(
    sentence: Cursor<'a>,
    inline: &'a Inline,
) -> impl Iterator<Item = Range<usize>> + use<'a> {
    linked(sentence, inline).filter(move |link| names_command(sentence, link))
}

/// The links of a sentence that explain how much is meant: "It stands [within one metre] of the drum."
fn extents<'a>(
    sentence: Cursor<'a>,
    inline: &'a Inline,
) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let tokens = &sentence.tokens.tokens;
    let place = move |byte: usize| tokens.partition_point(|t| (t.start as usize) < byte);
    let here = move |at: usize| Cursor { at, ..sentence };
    linked(sentence, inline).filter(move |link| here(place(link.start)).find(EXTENT).is_some())
}

/// Is what these bytes have a command: "`pump start`", or "pump start" before "command"?
fn names_command(sentence: Cursor<'_>, link: &Range<usize>) -> bool {
    let tokens = &sentence.tokens.tokens;
    let place = |byte: usize| tokens.partition_point(|t| (t.start as usize) < byte);
    let (first, end) = (place(link.start), place(link.end));
    let line = || {
        let spelled = sentence.tokens.spelling(first);
        end == first + 1
            && tokens[first].kind == TokenKind::Code
            && spelled.contains(' ')
            && spelled.starts_with(|c: char| c.is_lowercase())
    };
    let called = |i: &usize| {
        let at = sentence.skip(i - sentence.at);
        // "The [tool] command line" is more than a command.
        at.find(COMMAND)
            .is_some_and(|(m, _)| name(sentence.behind(m)).is_none())
    };
    let behind = sentence.skip(end - sentence.at);
    let near = behind.range().take(MAX_BETWEEN + 1);
    let thing = |i: &usize| names(sentence.skip(i - sentence.at));
    let near = near.take_while(thing);
    first < end && first < sentence.end && (line() || near.into_iter().any(|i| called(&i)))
}

/// Where a sentence says that what it tells of needs something, and behind that.
pub(super) fn needing(said: Cursor<'_>) -> Option<(usize, Cursor<'_>)> {
    let lexicon = said.tokens.lexicon;
    let (at, m, entry) = said.seek(REQUIRES)?;
    let holder = at.at.checked_sub(1).filter(|i| *i >= said.at)?;
    let asks = lexicon.is_subject(said.tokens.tokens[holder].sym);
    let behind = at.behind(m);
    let needed = behind.is_empty() || behind.find(TO).is_some();
    (entry.says("subject", "told") && !asks && !needed).then_some((at.at, behind))
}

/// Behind what a sentence says something of that is not asked for: what needs something else, and what
/// must not be so: "The *mill* requires a pump.", "The *brake* is not set.", "It turns a *mill*, which requires
/// a pump."
fn behind_subject(said: Cursor<'_>) -> Option<usize> {
    let said = before_lack(said);
    let needs = needing(said).map(|(at, _)| at);
    let end = needs.or_else(|| said.places([IS_NOT]).next())?;
    let first = said.until(end).places([SUBORDINATE]).next();
    let main = main_clause(said);
    let told = || says_something(main) && !demands(main);
    let plain = first.is_none_or(|which| which + 1 == end && main.end < which && told());
    plain.then_some(end)
}

/// A sentence up to where it says that something is not there yet: "Oil the wheel if it isn't oiled already."
fn before_lack(sentence: Cursor<'_>) -> Cursor<'_> {
    let lacks = sentence.skip(1).seek(LACKS);
    sentence.until(lacks.map_or(sentence.end, |(at, ..)| at.at))
}

/// "This process also changes the address."
fn tells_what_it_does(sentence: Cursor<'_>) -> bool {
    let doer = sentence.find(DOING).map(|(m, _)| m.end as usize);
    let does = |end: usize| verb_at(sentence.skip(end - sentence.at));
    doer.and_then(does)
        .is_some_and(|v| v.form == VerbForm::Third)
}

/// Does a sentence only tell how things are: "The pump starts by default."? One that does not begin a text
/// asks for nothing either where it says something of a thing: "It has two valves."
pub fn states_fact(sentence: Cursor<'_>) -> bool {
    let sentence = before_lack(sentence);
    let has = |role: &Role| sentence.seek(*role).is_some();
    let told = || {
        let says = sentence.at > 0 && says_something(sentence);
        says && imperative(sentence).is_none() && ![MODAL, SEE, FOLLOW, STEPS_IN].iter().any(has)
    };
    let fits = || (has(&FITS) || tells_what_it_does(sentence)) && !is_versioned(sentence);
    let fact = || main_clause(sentence).seek(TOLD).is_some() || has(&LIMITS) || fits() || told();
    !demands(sentence) && fact()
}
