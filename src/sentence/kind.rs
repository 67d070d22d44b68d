//! What kind of thing a prerequisite asks for.

use std::ops::Range;

use super::asked::{asking, needing, obliges};
use super::comparison::{is_version_word, name, names, version};
use super::condition::behind_case;
use super::prerequisite::{behind_aim, behind_statement, says_something};
use super::verb::{Verb, VerbForm, after_purpose, imperative, verb_at};
use crate::grammar::{Cursor, Entry, Role, Sym, Token, TokenKind, Tokens, at_end};
use crate::model::PrerequisiteKind;

const STATES: Role = Role::named("prerequisite.states");
const REQUIRES: Role = Role::named("prerequisite.requires");
/// "If you do not have one": then it is made.
const LACKS: Role = Role::named("prerequisite.lacks");
/// "Read", "Review"
const READING: Role = Role::named("prerequisite.reading");
const SEE: Role = Role::named("call.see");
const ASSURE: Role = Role::named("prerequisite.assure");
const TO: Role = Role::named("qualifier.to");
const FOR: Role = Role::named("qualifier.for");
const IS: Role = Role::named("comparison.is");
const AND: Role = Role::named("call.joins");
const WITH: Role = Role::named("qualifier.with");
const IS_NOT: Role = Role::named("comparison.is_not");
const MODAL: Role = Role::named("condition.modal");
const SUBORDINATE: Role = Role::named("condition.subordinate");
const PLACES: [Role; 2] = [Role::named("qualifier.in"), Role::named("qualifier.on")];
/// The most words between "your" and what it is said of: "in your target account".
const MAX_NARROWED: usize = 2;
const DONE: Role = Role::named("prerequisite.done");
const ACCESS: Role = Role::named("prerequisite.access");
/// Who can have access: "an identity".
const WHO: Role = Role::named("prerequisite.who");
/// "Has"
const OWNS: Role = Role::named("prerequisite.owns");
/// "Before you can"
const LATER: Role = Role::named("prerequisite.later");
/// What can be, and is not asked for.
const MAY: Role = Role::named("prerequisite.may");
const AT_LEAST: Role = Role::named("comparison.ge");
const HAS: Role = Role::named("comparison.has");
const TOOL: Role = Role::named("prerequisite.tool");
/// Before what is looked at: "that", "whether".
const THAT: Role = Role::named("prerequisite.that");
/// "Check", "Verify"
const LOOKS: Role = Role::named("prerequisite.looks");
/// "Obtain": what asks to have something.
const GET: Role = Role::named("prerequisite.get");
/// "Installed": in the state in which a tool is there.
const GOTTEN: Role = Role::named("prerequisite.gotten");
/// Who is spoken to: "you".
const READER: Role = Role::named("condition.reader");
const AMBIGUOUS: Role = Role::named("verb.ambiguous");
/// In the order in which they decide where two stand in one place.
const KINDS: [(Role, PrerequisiteKind); 5] = [
    (Role::named("prerequisite.state"), PrerequisiteKind::State),
    (
        Role::named("prerequisite.knowledge"),
        PrerequisiteKind::Knowledge,
    ),
    (ACCESS, PrerequisiteKind::Access),
    (TOOL, PrerequisiteKind::Tool),
    (DONE, PrerequisiteKind::Done),
];

/// The kind of a prerequisite; `None` where it does not say what it asks for. Its first sentence says
/// it, else the one that does ask, else what is done where it is lacking, or how it is installed.
pub fn prerequisite_kind(tokens: &Tokens<'_>) -> Option<PrerequisiteKind> {
    let mut sentences = asking(tokens);
    let first = sentences.next()?;
    let asks = [REQUIRES, STATES, ASSURE, LACKS];
    let tells = says_something(first) && imperative(first).is_none() && !obliges(first);
    let first = match tells && asks.iter().all(|r| first.seek(*r).is_none()) {
        true => asked_behind(tokens).unwrap_or(first),
        false => first,
    };
    let lacks = || {
        let all = Cursor::whole(tokens);
        all.seek(LACKS).map(|_| PrerequisiteKind::Done)
    };
    // "Docker. To install it, run …"
    let installed = || {
        let mut purposes = sentences.filter(|s| s.find(TO).is_some());
        let tool = purposes.any(|s| s.skip(1).find(TOOL).is_some());
        (tool && !says_something(first)).then_some(PrerequisiteKind::Tool)
    };
    kind_of(first)
        .or_else(lacks)
        .or_else(installed)
        .or_else(|| {
            // What only points to a text asks to read it.
            let points = |at: Cursor<'_>| first.until(at.at).seek(MODAL).is_none();
            let points = first.seek(SEE).is_some_and(|(at, ..)| points(at));
            points.then_some(PrerequisiteKind::Knowledge)
        })
        .or_else(|| {
            // "This goes on from [X]. You should complete that first."
            let done = |s: Cursor<'_>| {
                let mut asked = s.places([MODAL]).map(|i| s.skip(i + 1 - s.at));
                asked.any(|behind| behind.find(DONE).is_some())
            };
            asking(tokens).any(done).then_some(PrerequisiteKind::Done)
        })
}

/// The sentence that asks for something behind one that only tells: "This costs money. Use an account with the
/// right to pay." That something is done with what is told of is not asked for.
fn asked_behind<'a>(tokens: &'a Tokens<'a>) -> Option<Cursor<'a>> {
    let stated = asking(tokens).find(|s| behind_aim(*s).find(STATES).is_some());
    let thing = |s: &Cursor<'_>| {
        let kind = imperative(*s).and_then(|_| kind_of(*s));
        kind.is_some_and(|kind| kind != PrerequisiteKind::Done)
    };
    stated.or_else(|| {
        let told = asking(tokens).next().is_some_and(|s| kind_of(s).is_none());
        asking(tokens).skip(1).find(|s| told && thing(s))
    })
}

/// The kind of what a sentence asks for: that whose words come first, since what is asked for stands
/// before what it is for. "To try it, you need …" begins with what it is for, and what stands behind
/// "If you do not know it, …" can say more than the condition.
pub fn kind_of(sentence: Cursor<'_>) -> Option<PrerequisiteKind> {
    if let Some(kind) = checked(sentence).and_then(kind_of) {
        return Some(kind);
    }
    let text = behind_aim(sentence);
    let said = behind_case(text);
    let conditional = said.at > text.at;
    // "If you don't have an account, create one" asks for the account.
    let text = if text.seek(LACKS).is_some() {
        text
    } else {
        said
    };
    let command = command(said).map(|v| said.skip(v.start - said.at));
    if command.is_some_and(|verb| verb.find(READING).is_some()) {
        return Some(PrerequisiteKind::Knowledge);
    }
    if let Some(verb) = command.filter(|_| conditional)
        && let Some((_, kind)) = KINDS.iter().find(|(role, _)| verb.find(*role).is_some())
    {
        return Some(*kind);
    }
    let command = command.filter(|verb| verb.find_any(&[ASSURE, GET, SEE]).is_none());
    // "Give at least five hours to the role" asks for the hours.
    let amount =
        |verb: Cursor<'_>| verb.skip(1).find(AT_LEAST).is_some() && verb.find(TOOL).is_none();
    if command.is_some_and(amount) {
        return Some(PrerequisiteKind::State);
    }
    let asked = match command {
        None => behind_needing(text),
        Some(_) => text,
    };
    let asked = asked.until(first_clause(asked).min(later(asked)));
    let asked = asked.until(aim(asked).min(use_of(asked)));
    let remarks = remarks(asked);
    let found = KINDS.iter().filter_map(|(role, kind)| {
        let (at, end) = asked_for(asked, *role, &remarks)?;
        Some((at, std::cmp::Reverse(end), *kind))
    });
    let first = found.min_by_key(|(at, end, _)| (*at, *end));
    // "Access to the drum" is no command; "Access the drum" is one, and asks for no access.
    let ambiguous = |verb: &Cursor<'_>| verb.find(AMBIGUOUS).map(|(m, _)| m.end as usize);
    let acts = |verb: &Cursor<'_>| {
        let object = |end: usize| verb.skip(end - verb.at).peek();
        let object = ambiguous(verb).and_then(object);
        object.is_some_and(|t| verb.tokens.lexicon.is_article(t.sym))
    };
    let thing = |at: usize, verb: &Cursor<'_>| ambiguous(verb).is_some_and(|end| at <= end);
    if command.is_some_and(|verb| acts(&verb)) {
        return Some(PrerequisiteKind::Done);
    }
    let command = command.filter(|verb| !first.is_some_and(|(at, ..)| thing(at, verb)));
    match (first, command.map(|verb| verb.at)) {
        // "Set the subscription" is to be done; "Install the tool" asks for the tool.
        (Some((at, _, _)), Some(verb)) if at > verb => Some(PrerequisiteKind::Done),
        (None, Some(_)) => Some(PrerequisiteKind::Done),
        (Some((_, _, PrerequisiteKind::Tool)), None) if is_so(text) => {
            Some(PrerequisiteKind::State)
        }
        // "A service account made as described": what stands first is no more than a name.
        (Some((_, _, PrerequisiteKind::State)), None)
            if asked_for(asked, DONE, &remarks).is_some() =>
        {
            Some(PrerequisiteKind::Done)
        }
        (Some((_, _, kind)), _) => Some(kind),
        (None, None) => {
            let thing = behind_statement(asked);
            let named = is_command(thing) || is_name_alone(sentence);
            let tool = is_release(thing) || named || is_program(thing);
            let tool = tool.then_some(PrerequisiteKind::Tool);
            let looks = || looks_at_thing(said).then_some(PrerequisiteKind::Done);
            tool.or_else(|| is_somebody(thing).then_some(PrerequisiteKind::Access))
                .or_else(looks)
        }
    }
}

/// The verb of a command. "Swap must be off", "Service hours must be set" and "make" name a thing.
pub(super) fn command(said: Cursor<'_>) -> Option<Verb<'_>> {
    let thing = |i: &usize| names(said.skip(i - said.at));
    let told = |i: &usize| {
        let at = said.skip(i - said.at);
        at.find_any(&[IS, IS_NOT, MODAL, REQUIRES]).is_some()
    };
    imperative(said).filter(|v| {
        let behind = said.skip(v.end - said.at);
        let verb = behind.range().find(|i| told(i) || !thing(i));
        at_end(behind).is_err() && !verb.is_some_and(|i| told(&i))
    })
}

/// What is looked at: "To check that the mill is installed, run `mill`." asks for the mill.
fn checked(sentence: Cursor<'_>) -> Option<Cursor<'_>> {
    let (to, _) = sentence.find(TO)?;
    let behind = after_purpose(sentence)?;
    let aim = sentence.until(behind.at).skip((to.end - to.start) as usize);
    let (looks, _) = aim.find(LOOKS)?;
    let that = aim.behind(looks);
    that.find(THAT).map(|(m, _)| that.behind(m))
}

/// "Check your mill and look whether it turns": there is something to do. "Check that it turns" asks for a state.
fn looks_at_thing(said: Cursor<'_>) -> bool {
    let Some((looks, _)) = said.find(LOOKS) else {
        return false;
    };
    let thing = said.behind(looks);
    let lexicon = said.tokens.lexicon;
    let clause = thing.until(thing.places([AND]).next().unwrap_or(thing.end));
    let named = thing.peek().is_some_and(|t| lexicon.is_determiner(t.sym));
    named && !says_something(clause)
}

/// "Mill Studio with a Corn extension": a name, and what is added to it.
fn is_program(text: Cursor<'_>) -> bool {
    let Some(with) = text.places([WITH]).next() else {
        return false;
    };
    let capital = |i: usize| text.tokens.spelling(i).starts_with(char::is_uppercase);
    let behind = text.skip(with - text.at);
    with > text.at && (text.at..with).all(capital) && behind.seek(TOOL).is_some()
}

/// "A user identity with `miller`": somebody with what they may do.
fn is_somebody(text: Cursor<'_>) -> bool {
    let with = text.places([WITH]).next();
    let who = text.places([WHO]).next();
    who.is_some_and(|who| who <= text.at + MAX_NARROWED && with.is_some_and(|with| with > who))
}

/// Behind what needs something, and is not asked for itself: "This *mill* requires a pump."
fn behind_needing(text: Cursor<'_>) -> Cursor<'_> {
    let colon = |i: usize| text.tokens.tokens[i].kind == TokenKind::Punct(':');
    let states = text.find(STATES).is_some();
    let needing = needing(text).filter(|(at, _)| !states && !(text.at..*at).any(colon));
    needing.map_or(text, |(_, behind)| behind)
}

/// Where another clause is joined: "You need a shed, and the tool must be in it."
fn first_clause(text: Cursor<'_>) -> usize {
    // "You need a shed and a tool must be in it": what is needed does nothing.
    let states = text.find(STATES).is_some();
    let joined = |i: &usize| {
        let comma = text.tokens.tokens[*i].kind == TokenKind::Punct(',');
        let and = text
            .skip(i + 1 - text.at)
            .find(AND)
            .filter(|_| comma || states);
        and.is_some_and(|(m, _)| {
            let clause = text.behind(m);
            let lexicon = text.tokens.lexicon;
            let thing = clause.peek().is_some_and(|t| lexicon.is_determiner(t.sym));
            thing && says_something(clause)
        })
    };
    text.range().find(joined).unwrap_or(text.end)
}

/// Where it is said what follows: "You need a pump before you can turn the tool."
fn later(text: Cursor<'_>) -> usize {
    let behind = text.skip(1).seek(LATER);
    behind.map_or(text.end, |(at, ..)| at.at)
}

/// Where it begins to say what a thing is for: "a pump for the tool".
pub(super) fn use_of(text: Cursor<'_>) -> usize {
    let rest = behind_statement(text);
    let is_use = |i: &usize| {
        let behind = text.skip(i + 1 - text.at);
        let gerund = verb_at(behind).filter(|v| v.form == VerbForm::Gerund);
        let behind = gerund.map_or(behind, |v| text.skip(v.end - text.at));
        is_thing(text, i - 1) && !says_something(behind) && behind.seek(GOTTEN).is_none()
    };
    let mut places = rest.places([FOR]).filter(|i| *i > rest.at);
    places.find(is_use).unwrap_or(text.end)
}

/// Does a word name a thing, and no action?
fn is_thing(text: Cursor<'_>, word: usize) -> bool {
    let at = text.skip(word - text.at);
    names(at) && verb_at(at).is_none_or(|v| v.form == VerbForm::Past)
}

/// What brackets only remark: "a pump (the tool fills it)".
fn remarks(text: Cursor<'_>) -> Vec<Range<usize>> {
    let is = |i: usize, c: char| text.tokens.tokens[i].kind == TokenKind::Punct(c);
    let (mut remarks, mut opened) = (Vec::new(), None);
    for i in text.range() {
        if is(i, '(') {
            opened = Some(i);
        }
        if is(i, ')')
            && let Some(start) = opened.take()
            && says_something(text.within(start + 1..i))
        {
            remarks.push(start..i);
        }
    }
    remarks
}

/// Does a text ask that a thing is in some state: "The tool must be connected", "Your path must include the
/// tools"? That it is installed is asking for it.
fn is_so(text: Cursor<'_>) -> bool {
    if behind_statement(text).at > text.at {
        return false;
    }
    let dash = |i: &usize| {
        matches!(
            text.tokens.tokens[*i].kind,
            TokenKind::Punct('-' | '–' | '—')
        )
    };
    let clause = text.until(text.range().find(dash).unwrap_or(text.end));
    let says = |i: &usize| {
        let at = clause.skip(i - clause.at);
        // "Two tool pushes" are things.
        let ends = |v: &Verb<'_>| at_end(at.skip(v.end - at.at)).is_ok();
        let third = verb_at(at).filter(|v| v.form == VerbForm::Third && !ends(v));
        at.find_any(&[IS, MODAL]).is_some() || third.is_some()
    };
    clause.range().find(says).is_some_and(|verb| {
        let before = clause.until(verb + 1);
        let plain = before.seek(SUBORDINATE).is_none() && before.seek(READER).is_none();
        let needed = clause.skip(verb - clause.at).find(REQUIRES).is_some();
        plain && !needed && clause.seek(GOTTEN).is_none()
    })
}

/// Where it begins to say what something is for: "rules to allow access" asks for no access. What "the
/// user that you use to sign in" must have stands behind that.
pub(super) fn aim(text: Cursor<'_>) -> usize {
    let rest = behind_statement(text);
    let is_aim = |i: &usize| {
        let does = verb_at(text.skip(i + 1 - text.at));
        // "You may need to build one": what may be needed is to do something.
        let needed = text.skip(i - 1 - text.at).find(REQUIRES).is_some();
        let may = needed && *i > text.at + 1 && text.skip(i - 2 - text.at).find(MAY).is_some();
        let thing = !may && is_thing(text, i - 1);
        let to = does.filter(|v| v.form == VerbForm::Base && thing);
        to.is_some_and(|v| !says_something(text.skip(v.end - text.at)))
    };
    let mut places = rest.places([TO]).filter(|i| *i > rest.at);
    places.find(is_aim).unwrap_or(text.end)
}

/// The first place of a role's words that is no mere place of something else: "in your account", "for
/// the new account".
fn asked_for(text: Cursor<'_>, role: Role, remarks: &[Range<usize>]) -> Option<(usize, usize)> {
    let lexicon = text.tokens.lexicon;
    let is_place = |at: Cursor<'_>| {
        let near = at.at.saturating_sub(MAX_NARROWED + 1).max(text.at + 1);
        let is_article = |i: &usize| lexicon.is_article(text.tokens.tokens[*i].sym);
        let article = (near..at.at).rev().find(is_article);
        article.is_some_and(|i| {
            let before = Cursor { at: i - 1, ..text };
            let behind = before.at > text.at;
            let aim = behind && before.find(FOR).is_some();
            // "Registered with your account"
            let done = verb_at(Cursor {
                at: before.at - usize::from(behind),
                ..text
            });
            let done = done.is_some_and(|v| v.form == VerbForm::Past);
            aim || done && before.find(WITH).is_some() || before.find_any(&PLACES).is_some()
        })
    };
    // "Token validation" asks for no token, "both existing and new ones" for none that exists.
    let narrows = |end: usize, entry: Entry<'_>| {
        let behind = text.skip(end - text.at);
        let noun = names(behind) && name(behind).is_some();
        // "The account has funds": asked for is what it has.
        let owns = || behind.find(OWNS).is_some();
        entry.says("narrows", "noun") && (noun || owns()) || entry.says("before", "noun") && !noun
    };
    let remarked = |i: usize| remarks.iter().any(|remark| remark.contains(&i));
    let had = |i: usize, entry: Entry<'_>| match role {
        TOOL => is_had(text, i, None),
        ACCESS if entry.says("narrows", "noun") => is_had(text, i, Some(WHO)),
        _ => false,
    };
    let mut from = text;
    while let Some((at, m, entry)) = from.seek(role) {
        let aside = is_place(at) || remarked(at.at) || had(at.at, entry);
        if !aside && !narrows(m.end as usize, entry) {
            return Some((at.at, m.end as usize));
        }
        from = from.behind(m);
    }
    None
}

/// Is a word what another thing has: "a cluster with the *tool*"? Some are asked for by what they have: "an
/// identity with a role".
fn is_had(text: Cursor<'_>, word: usize, by: Option<Role>) -> bool {
    let comma = |i: &usize| text.tokens.tokens[*i].kind == TokenKind::Punct(',');
    let but = |at: Cursor<'_>| by.is_some_and(|role| at.seek(role).is_some());
    // "A cluster with a pump and you have the tool"
    let clause = |i: &usize| comma(i) || text.skip(i - text.at).find(READER).is_some();
    let mut before = (text.at + 1..word).rev().take_while(|i| !clause(i));
    before.any(|i| {
        let with = text.skip(i - text.at).find(WITH).is_some();
        let holder = text.skip(i - 1 - text.at);
        with && names(holder) && holder.find(READER).is_none() && !but(text.until(i))
    })
}

/// "`pump`, with a filter": the name of a command, and at most more about it.
fn is_command(text: Cursor<'_>) -> bool {
    let named = text.peek().filter(|t| t.kind == TokenKind::Code);
    let behind = text.skip(1);
    let more = |t: Token| matches!(t.kind, TokenKind::Punct(',' | '('));
    let more = behind.peek().is_some_and(more) || behind.find(WITH).is_some();
    named.is_some() && (more || at_end(behind).is_ok())
}

/// "kubectl.": a word alone that no phrase knows.
fn is_name_alone(sentence: Cursor<'_>) -> bool {
    let unknown = |t: &Token| t.kind == TokenKind::Word && t.sym == Sym::UNKNOWN;
    let spelled = || sentence.tokens.spelling(sentence.at);
    let small = || spelled().starts_with(char::is_lowercase) && !spelled().contains('.');
    let alone = at_end(sentence.skip(1)).is_ok();
    alone && sentence.peek().is_some_and(|t| unknown(&t)) && small()
}

/// "Python 3.10 or later", "Python version 3.10": a name and a version, of which nothing is said. "A cluster
/// with Python 3.10 or later" is a state.
fn is_release(text: Cursor<'_>) -> bool {
    let placed = text.places([WITH, PLACES[0], PLACES[1]]).next().is_some();
    let plain = |text: Cursor<'_>| !placed && !says_something(text);
    let exact = |i: usize| {
        let numbered = is_version_word(text.skip(i - text.at));
        let end = text.skip(i + 1 - text.at);
        let digit = |end: usize| {
            text.tokens
                .spelling(end)
                .starts_with(|c: char| c.is_ascii_digit())
        };
        let number = !end.is_empty() && digit(end.at);
        i > text.at && numbered && number && at_end(end.skip(1)).is_ok()
    };
    plain(text) && (version(text).is_some() || text.places([HAS]).any(exact))
}
