//! What kind of thing a prerequisite asks for.

use std::ops::Range;

use super::comparison::{bound, is_case, name, names, test, version};
use super::condition::{Conditional, leading};
use super::jump::{Destination, Jump, jumps};
use super::verb::{Verb, VerbForm, after_purpose, imperative, skip_leads, verb_at};
use crate::grammar::{Cursor, Entry, Role, TokenKind, Tokens, at_end};
use crate::model::{Inline, MarkKind, Op, PrerequisiteKind, Test};

const STATES: Role = Role::named("prerequisite.states");
const REQUIRES: Role = Role::named("prerequisite.requires");
/// "If you do not have one": then it is made.
const LACKS: Role = Role::named("prerequisite.lacks");
/// "Read", "Review"
const READING: Role = Role::named("prerequisite.reading");
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
const IS: Role = Role::named("comparison.is");
const ADVERB: Role = Role::named("comparison.adverb");
const AND: Role = Role::named("call.joins");
const WITH: Role = Role::named("qualifier.with");
const HOLDER: Role = Role::named("comparison.holder");
const IS_NOT: Role = Role::named("comparison.is_not");
/// What is said of a thing by a rule, and no state that it can be in: "supported".
const RULED: Role = Role::named("prerequisite.ruled");
/// What only points to the prerequisites below: "the following prerequisites".
const BELOW: Role = Role::named("prerequisite.below");
const MODAL: Role = Role::named("condition.modal");
const SUBORDINATE: Role = Role::named("condition.subordinate");
/// "Must"
const MUST: Role = Role::named("prerequisite.must");
/// What only suggests something: "consider".
const SUGGESTS: Role = Role::named("prerequisite.suggests");
/// "Instead of"
const INSTEAD_OF: Role = Role::named("prerequisite.instead_of");
/// "You can also"
const ALSO: Role = Role::named("prerequisite.also");
/// "Is not supported"
const LIMITS: Role = Role::named("prerequisite.limits");
/// "By default"
const TOLD: Role = Role::named("prerequisite.told");
/// "You do not need it"
const UNNEEDED: Role = Role::named("prerequisite.unneeded");
const PLACES: [Role; 2] = [Role::named("qualifier.in"), Role::named("qualifier.on")];
/// The most words between "your" and what it is said of: "in your target account".
const MAX_NARROWED: usize = 2;
const TOOL: Role = Role::named("prerequisite.tool");
/// "Obtain": what asks to have something.
const GET: Role = Role::named("prerequisite.get");
/// "Installed": in the state in which a tool is there.
const GOTTEN: Role = Role::named("prerequisite.gotten");
/// Who is spoken to: "you".
const READER: Role = Role::named("condition.reader");
const AMBIGUOUS: Role = Role::named("verb.ambiguous");
/// What the name of a command stands before: "the `pump start` command".
const COMMAND: Role = Role::named("prerequisite.command");
/// The most words between a link and what it is: "the [`pump start`] Pump CLI command".
const MAX_BETWEEN: usize = 2;
/// In the order in which they decide where two stand in one place.
const KINDS: [(Role, PrerequisiteKind); 5] = [
    (Role::named("prerequisite.state"), PrerequisiteKind::State),
    (
        Role::named("prerequisite.knowledge"),
        PrerequisiteKind::Knowledge,
    ),
    (Role::named("prerequisite.access"), PrerequisiteKind::Access),
    (TOOL, PrerequisiteKind::Tool),
    (Role::named("prerequisite.done"), PrerequisiteKind::Done),
];

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
        let asked = at.skip((m.end - m.start) as usize);
        let doing = verb_at(asked).is_some_and(|v| v.form == VerbForm::Gerund);
        before.is_some_and(|i| at.tokens.tokens[i].kind != TokenKind::Punct('('))
            && !(doing && version(asked).is_none())
    });
    let told = sentence.seek(TOLD).is_some();
    required && !told && version(sentence).is_some() && !is_case(sentence)
}

/// Does a sentence introduce a list of prerequisites: "To pump water, you need:"?
pub fn introduces_prerequisites(sentence: Cursor<'_>) -> bool {
    let stated = before_colon(sentence).and_then(behind_states);
    stated
        .filter(|rest| asks_for_thing(*rest))
        .is_some_and(|rest| {
            let rest = behind_holder(rest);
            rest.is_empty() || points_to_list(rest) && !says_something(rest)
        })
}

/// A sentence without the colon that it ends with.
fn before_colon(sentence: Cursor<'_>) -> Option<Cursor<'_>> {
    let last = sentence.end.checked_sub(1).filter(|i| *i >= sentence.at)?;
    let colon = sentence.tokens.tokens[last].kind == TokenKind::Punct(':');
    colon.then(|| sentence.until(last))
}

/// Behind "You need" at the beginning, or behind what something is for: "To pump water you need a key."
fn behind_states<'a>(sentence: Cursor<'a>) -> Option<Cursor<'a>> {
    let found = |at: Cursor<'a>| {
        at.find(STATES)
            .map(|(m, _)| at.skip((m.end - m.start) as usize))
    };
    let lexicon = sentence.tokens.lexicon;
    let aimed = || {
        let (at, ..) = sentence.find(TO).and_then(|_| sentence.seek(STATES))?;
        let rest = found(at)?;
        // "To find the key you need, …" asks for none.
        let thing = rest.peek().is_none_or(|t| lexicon.is_determiner(t.sym));
        thing.then_some(rest)
    };
    found(sentence)
        .or_else(|| found(skip_leads(sentence)))
        .or_else(aimed)
}

/// Is something asked for, and not to do something: "to …", "only add yours"?
fn asks_for_thing(rest: Cursor<'_>) -> bool {
    let only = rest
        .find(ADVERB)
        .map(|(m, _)| rest.skip((m.end - m.start) as usize));
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
    let read = test(sentence).filter(|_| !is_case(sentence))?;
    if !matches!(read.op, Op::Eq | Op::Ne) && !is_amount(&read.value) {
        return None;
    }
    let value = Tokens::plain(&read.value, sentence.tokens.lexicon);
    let ruled = Cursor::over(&value, 0..value.tokens.len()).find(RULED);
    ruled.is_none().then_some(read)
}

/// Behind "You need", "This guide requires that you are running".
fn behind_statement(sentence: Cursor<'_>) -> Cursor<'_> {
    let Some((m, _)) = sentence.find(STATES) else {
        return sentence;
    };
    let rest = sentence.skip((m.end - m.start) as usize);
    behind_holder(rest)
}

/// Behind "that you have", "you are running".
fn behind_holder(rest: Cursor<'_>) -> Cursor<'_> {
    // The first word may be "that".
    let held = [rest, rest.skip(1)].into_iter().find_map(|at| {
        let (m, _) = at.find(HOLDER)?;
        Some(at.skip((m.end - m.start) as usize))
    });
    held.unwrap_or(rest)
}

/// Does a text only point to the prerequisites below it: "Complete the following prerequisites."?
pub fn points_to_list(text: Cursor<'_>) -> bool {
    let Some((at, m, _)) = text.seek(BELOW) else {
        return false;
    };
    let rest = at.skip((m.end - m.start) as usize);
    let listed = |i: &usize| {
        let here = rest.skip(i - rest.at);
        let comma = text.tokens.tokens[*i].kind == TokenKind::Punct(',');
        comma || names(here) || here.find(AND).is_some()
    };
    at_end(rest.skip(rest.range().take_while(listed).count())).is_ok()
}

/// Does a sentence ask for what is listed below it: "Install these tools:", "You need the following:"?
pub fn asks_for_list(sentence: Cursor<'_>) -> bool {
    imperative(sentence).is_some() || sentence.seek(STATES).is_some()
}

/// The kind of a prerequisite; `None` where it does not say what it asks for. Its first sentence says
/// it, else the one that does ask, else what is done where it is lacking, or how it is installed.
pub fn prerequisite_kind(tokens: &Tokens<'_>) -> Option<PrerequisiteKind> {
    let mut sentences = asking(tokens);
    let first = sentences.next()?;
    let asks = [MODAL, REQUIRES, STATES, ASSURE, LACKS];
    let tells = says_something(first) && imperative(first).is_none();
    let first = match tells && asks.iter().all(|r| first.seek(*r).is_none()) {
        true => {
            let stated = asking(tokens).find(|s| behind_aim(*s).find(STATES).is_some());
            stated.unwrap_or(first)
        }
        false => first,
    };
    let lacks = || {
        let all = Cursor::over(tokens, 0..tokens.tokens.len());
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
}

/// The kind of what a sentence asks for: that whose words come first, since what is asked for stands
/// before what it is for. "To try it, you need …" begins with what it is for, and what stands behind
/// "If you do not know it, …" can say more than the condition.
pub fn kind_of(sentence: Cursor<'_>) -> Option<PrerequisiteKind> {
    let text = behind_aim(sentence);
    let said = leading(text).map_or(text, |c| text.within(c.consequence));
    let conditional = said.at > text.at;
    // "If you don't have an account, create one" asks for the account.
    let text = if text.seek(LACKS).is_some() {
        text
    } else {
        said
    };
    let thing = |i: &usize| names(said.skip(i - said.at));
    let command = imperative(said).filter(|v| {
        // "Swap must be off", "Service hours must be set" and "make" name a thing.
        let behind = said.skip(v.end - said.at);
        let told = |i: &usize| {
            let at = said.skip(i - said.at);
            at.find_any(&[IS, IS_NOT, MODAL, REQUIRES]).is_some()
        };
        let verb = behind.range().find(|i| told(i) || !thing(i));
        at_end(behind).is_err() && !verb.is_some_and(|i| told(&i))
    });
    let command = command.map(|v| said.skip(v.start - said.at));
    if command.is_some_and(|verb| verb.find(READING).is_some()) {
        return Some(PrerequisiteKind::Knowledge);
    }
    if let Some(verb) = command.filter(|_| conditional)
        && let Some((_, kind)) = KINDS.iter().find(|(role, _)| verb.find(*role).is_some())
    {
        return Some(*kind);
    }
    let command = command.filter(|verb| verb.find_any(&[ASSURE, GET, SEE]).is_none());
    let asked = match command {
        None => behind_needing(text),
        Some(_) => text,
    };
    let asked = asked.until(first_clause(asked));
    let asked = asked.until(aim(asked).min(use_of(asked)));
    let remarks = remarks(asked);
    let found = KINDS.iter().filter_map(|(role, kind)| {
        let (at, end) = asked_for(asked, *role, &remarks)?;
        Some((at, std::cmp::Reverse(end), *kind))
    });
    let first = found.min_by_key(|(at, end, _)| (*at, *end));
    // "Access to the drum" is no command.
    let thing = |at: usize, verb: &Cursor<'_>| {
        verb.find(AMBIGUOUS)
            .is_some_and(|(m, _)| at <= m.end as usize)
    };
    let command = command.filter(|verb| !first.is_some_and(|(at, ..)| thing(at, verb)));
    match (first, command.map(|verb| verb.at)) {
        // "Set the subscription" is to be done; "Install the tool" asks for the tool.
        (Some((at, _, _)), Some(verb)) if at > verb => Some(PrerequisiteKind::Done),
        (None, Some(_)) => Some(PrerequisiteKind::Done),
        (Some((_, _, PrerequisiteKind::Tool)), None) if is_so(text) => {
            Some(PrerequisiteKind::State)
        }
        (Some((_, _, kind)), _) => Some(kind),
        (None, None) => is_release(behind_statement(asked)).then_some(PrerequisiteKind::Tool),
    }
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
            let clause = text.skip(m.end as usize - text.at);
            let lexicon = text.tokens.lexicon;
            let thing = clause.peek().is_some_and(|t| lexicon.is_determiner(t.sym));
            thing && says_something(clause)
        })
    };
    text.range().find(joined).unwrap_or(text.end)
}

/// Where it begins to say what a thing is for: "a pump for the tool".
fn use_of(text: Cursor<'_>) -> usize {
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

/// Behind what something is for, at the front: "To try it, you need …", "For access, this guide assumes
/// …", "In order to try it, you must install …".
fn behind_aim(sentence: Cursor<'_>) -> Cursor<'_> {
    let asks = |rest: &Cursor<'_>| {
        let states = rest.find(STATES).is_some();
        // "For the tool, use version 3" begins with what is asked for.
        let tells = sentence.find(FOR).is_none() && imperative(*rest).is_some();
        sentence.find(TO).is_some() || states || tells
    };
    after_purpose(sentence).filter(asks).unwrap_or(sentence)
}

/// Where it begins to say what something is for: "rules to allow access" asks for no access. What "the
/// user that you use to sign in" must have stands behind that.
fn aim(text: Cursor<'_>) -> usize {
    let rest = behind_statement(text);
    let is_aim = |i: &usize| {
        let does = verb_at(text.skip(i + 1 - text.at));
        let to = does.filter(|v| v.form == VerbForm::Base && is_thing(text, i - 1));
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
            let aim = before.at > text.at && before.find(FOR).is_some();
            aim || before.find_any(&PLACES).is_some()
        })
    };
    // "Token validation" asks for no token, "both existing and new ones" for none that exists.
    let narrows = |end: usize, entry: Entry<'_>| {
        let behind = text.skip(end - text.at);
        let noun = names(behind) && name(behind).is_some();
        entry.says("narrows", "noun") && noun || entry.says("before", "noun") && !noun
    };
    let remarked = |i: usize| remarks.iter().any(|remark| remark.contains(&i));
    let had = |i: usize| role == TOOL && is_had(text, i);
    let mut from = text;
    while let Some((at, m, entry)) = from.seek(role) {
        let aside = is_place(at) || remarked(at.at) || had(at.at);
        if !aside && !narrows(m.end as usize, entry) {
            return Some((at.at, m.end as usize));
        }
        from = from.skip(m.end as usize - from.at);
    }
    None
}

/// Is a word what another thing has: "a cluster with the *tool*"?
fn is_had(text: Cursor<'_>, word: usize) -> bool {
    let comma = |i: &usize| text.tokens.tokens[*i].kind == TokenKind::Punct(',');
    let mut before = (text.at + 1..word).rev().take_while(|i| !comma(i));
    before.any(|i| {
        let with = text.skip(i - text.at).find(WITH).is_some();
        let holder = text.skip(i - 1 - text.at);
        with && names(holder) && holder.find(READER).is_none()
    })
}

/// "Python 3.10 or later": a name and a version, of which nothing is said. "A cluster with Python 3.10
/// or later" is a state.
fn is_release(text: Cursor<'_>) -> bool {
    let placed = text.places([WITH, PLACES[0], PLACES[1]]).next().is_some();
    version(text).is_some() && !placed && !says_something(text)
}

/// Does a sentence say something of what it names?
fn says_something(text: Cursor<'_>) -> bool {
    let says = |at: Cursor<'_>| {
        let verb =
            verb_at(at).is_some_and(|v| matches!(v.form, VerbForm::Third | VerbForm::Gerund));
        verb || at.find_any(&[IS, MODAL, REQUIRES]).is_some()
    };
    text.range().any(|i| says(text.skip(i - text.at)))
}

/// Does a paragraph in a section of prerequisites ask for something? "This tutorial provides an image"
/// does not, and "If you are new here, …" only of some.
pub fn asks(tokens: &Tokens<'_>) -> bool {
    let all = Cursor::over(tokens, 0..tokens.tokens.len());
    let has = |at: Cursor<'_>, roles: &[Role]| roles.iter().any(|r| at.seek(*r).is_some());
    let stated = asking(tokens).any(|s| has(s, &[STATES]));
    asking(tokens)
        .next()
        .is_some_and(|first| match leading(first) {
            Some(c) => {
                has(first.within(c.consequence), &[REQUIRES, STATES, ASSURE]) || has(all, &[LACKS])
            }
            None if has(first, &[LIMITS]) && !demands(first) => false,
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
    let plain = leading(first).is_none() && imperative(first).is_none();
    let limits = || first.seek(LIMITS).is_some() && !demands(first);
    let tells = || states_fact(first) || only_suggests(first) || first.seek(UNNEEDED).is_some();
    let asks = |s: Cursor<'_>| {
        demands(s)
            || [MODAL, REQUIRES, ASSURE]
                .iter()
                .any(|r| s.seek(*r).is_some())
    };
    // "The tool, which comes with the pump" names a thing.
    let told = || tells() && says_something(main_clause(first)) && !asking(tokens).any(asks);
    tells_more(first, None) || plain && (limits() || told())
}

/// A sentence up to what it adds behind a comma: ", which comes with the pump".
fn main_clause(sentence: Cursor<'_>) -> Cursor<'_> {
    let adds = |i: &usize| {
        let at = sentence.skip(i - sentence.at);
        let comma = at.peek().is_some_and(|t| t.kind == TokenKind::Punct(','));
        comma && at.skip(1).find(SUBORDINATE).is_some()
    };
    sentence.until(sentence.range().find(adds).unwrap_or(sentence.end))
}

/// Does a text tell of what can be left out: "It uses the mill. You do not need it to go on."?
pub fn is_unneeded(tokens: &Tokens<'_>) -> bool {
    let all = Cursor::over(tokens, 0..tokens.tokens.len());
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
    let behind = sentence.skip(m.end as usize - sentence.at);
    let inside = sentence.skip(m.end as usize - 1 - sentence.at);
    let topic = match behind.find(ABOUT) {
        Some((m, _)) => Some(behind.skip(m.end as usize - behind.at)),
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
fn only_suggests(sentence: Cursor<'_>) -> bool {
    sentence.seek(SUGGESTS).is_some() || sentence.find(INSTEAD_OF).is_some()
}

/// Does a sentence of a remark ask for something: "The cluster must use an identity.", "Install the tool."?
/// "You do not need it" does not.
pub fn demands(sentence: Cursor<'_>) -> bool {
    let asks = |role: Role| {
        let denied = |at: Cursor<'_>| {
            let before = at.at.checked_sub(1).filter(|i| *i >= sentence.at);
            before.is_some_and(|at| Cursor { at, ..sentence }.find(NOT).is_some())
        };
        sentence.seek(role).is_some_and(|(at, ..)| !denied(at))
    };
    let told = || {
        imperative(sentence)
            .filter(|verb| sentence.skip(verb.start - sentence.at).find(SEE).is_none())
    };
    [STATES, REQUIRES, LACKS, MUST].into_iter().any(asks) || told().is_some()
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

/// What a sentence in a section of prerequisites links to without asking for it; `None` where it asks for
/// nothing: it says what could be done instead, or what is not supported.
pub fn unasked(sentence: Cursor<'_>, inline: &Inline) -> Option<Unasked> {
    let case = leading(sentence);
    let said = case
        .as_ref()
        .map_or(sentence, |c| sentence.within(c.consequence.clone()));
    let limits = || said.seek(LIMITS).is_some() && !demands(said);
    if only_suggests(sentence) || limits() {
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
    if case.is_none() && (states_fact(sentence) || says_also(sentence)) {
        return vec![bytes(sentence.range())];
    }
    let said = case.map_or(sentence, |c| sentence.within(c.consequence));
    let asking = behind_aim(said);
    let mut found: Vec<_> = commands(sentence, inline).collect();
    if let Some(end) = behind_subject(said) {
        found.push(bytes(sentence.at..end));
    }
    if asking.at > sentence.at && sentence.seek(LACKS).is_none() {
        found.push(bytes(sentence.at..asking.at));
    }
    let aim = aim(asking).min(use_of(asking));
    let asked = bytes(asking.at..aim);
    let linked = inline
        .links()
        .any(|(mark, _)| asked.contains(&(mark.start as usize)));
    // What is on the page itself is what the thing is for.
    let rest = bytes(aim..asking.end);
    let own = inline
        .links()
        .any(|(mark, to)| rest.contains(&(mark.start as usize)) && to.starts_with('#'));
    if (linked || own) && aim < asking.end && imperative(asking).is_none() {
        found.push(rest);
    }
    found
}

/// The links of a sentence to commands, which are what something is done with: "Start it with [`pump start`]."
fn commands<'a>(
    sentence: Cursor<'a>,
    inline: &'a Inline,
) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let marks = inline
        .marks_in(&sentence.tokens.bytes(sentence.range()))
        .iter();
    let links = marks.filter(|mark| matches!(mark.kind, MarkKind::Link(_)));
    let links = links.map(|mark| mark.start as usize..mark.end as usize);
    links.filter(move |link| names_command(sentence, link))
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
            .is_some_and(|(m, _)| name(sentence.skip(m.end as usize - sentence.at)).is_none())
    };
    let behind = sentence.skip(end - sentence.at);
    let near = behind.range().take(MAX_BETWEEN + 1);
    let thing = |i: &usize| names(sentence.skip(i - sentence.at));
    let near = near.take_while(thing);
    first < end && first < sentence.end && (line() || near.into_iter().any(|i| called(&i)))
}

/// Where a sentence says that what it tells of needs something, and behind that.
fn needing(said: Cursor<'_>) -> Option<(usize, Cursor<'_>)> {
    let lexicon = said.tokens.lexicon;
    let (at, m, entry) = said.seek(REQUIRES)?;
    let holder = at.at.checked_sub(1).filter(|i| *i >= said.at)?;
    let asks = lexicon.is_subject(said.tokens.tokens[holder].sym);
    let behind = at.skip((m.end - m.start) as usize);
    let needed = behind.is_empty() || behind.find(TO).is_some();
    (entry.says("subject", "told") && !asks && !needed).then_some((at.at, behind))
}

/// Behind what a sentence says something of that is not asked for: what needs something else, and what
/// must not be so: "The *mill* requires a pump.", "The *brake* is not set."
fn behind_subject(said: Cursor<'_>) -> Option<usize> {
    let needs = needing(said).map(|(at, _)| at);
    let end = needs.or_else(|| said.places([IS_NOT]).next())?;
    let plain = said.until(end).places([SUBORDINATE]).next().is_none();
    plain.then_some(end)
}

/// Does a sentence only tell how things are: "The pump starts by default."? One that does not begin a text
/// asks for nothing either where it says something of a thing: "It has two valves."
pub fn states_fact(sentence: Cursor<'_>) -> bool {
    let has = |role: &Role| sentence.seek(*role).is_some();
    let told = || {
        let says = sentence.at > 0 && says_something(sentence);
        says && imperative(sentence).is_none() && ![MODAL, SEE, FOLLOW, STEPS_IN].iter().any(has)
    };
    let fact = || main_clause(sentence).seek(TOLD).is_some() || has(&LIMITS) || told();
    !demands(sentence) && fact()
}
