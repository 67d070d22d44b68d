//! Comparisons: "Kubernetes 1.29 or later", "the pressure is more than 2 bar", "the SIM is LOCKED".

use super::verb::{Verb, VerbForm, verb_at};
use crate::grammar::{Cursor, Entry, Role, TokenKind};
use crate::model::{Op, Test};

/// Comparisons whose value follows.
const BEFORE: [Role; 6] = [
    Role::named("comparison.ge"),
    Role::named("comparison.le"),
    Role::named("comparison.gt"),
    Role::named("comparison.lt"),
    Role::named("comparison.is_not"),
    Role::named("comparison.is"),
];
/// Comparisons whose value stands before them.
const AFTER: [Role; 2] = [
    Role::named("comparison.or_more"),
    Role::named("comparison.or_less"),
];
/// Words at the end of a subject that are no part of it: "has", "version".
const HAS: Role = Role::named("comparison.has");
/// What a program runs as, whose version is that of the program: "a Postgres server".
const MADE_OF: Role = Role::named("comparison.made_of");
/// Verbs at the end of a value that are no part of it, where verbs stand last: "höher als 2 bar ist".
const CLOSES: Role = Role::named("comparison.closes");
const NOT: Role = Role::named("negation.not");
/// Words before a subject that are no part of it: "you are using".
const HOLDER: Role = Role::named("comparison.holder");
/// Words that join two subjects.
const EITHER: Role = Role::named("option.either");
/// Between a version and what has it.
const OF: Role = Role::named("comparison.of");
/// Before what the least or the most is told of: "the minimum version is 3".
const BOUND: Role = Role::named("comparison.bound");
const FOR: Role = Role::named("qualifier.for");
const TO: Role = Role::named("qualifier.to");
const IS: Role = Role::named("comparison.is");
const MODAL: Role = Role::named("condition.modal");
/// What a place, or a tool, begins with.
const PLACES: [Role; 4] = [
    Role::named("qualifier.to"),
    Role::named("qualifier.on"),
    Role::named("qualifier.in"),
    Role::named("qualifier.with"),
];
/// Words that join two commands.
const AND: Role = Role::named("call.joins");
/// "still", "already": between the verb and the value.
const ADVERB: Role = Role::named("comparison.adverb");
/// "some", "any": of which of several something is said.
const QUANTIFIER: Role = Role::named("comparison.quantifier");
/// "outside", "with": what something is like, and no value of it.
const WHERE: Role = Role::named("comparison.where");
/// Who is spoken to: "you".
const READER: Role = Role::named("condition.reader");
/// Verbs that are nouns as well.
const AMBIGUOUS: Role = Role::named("verb.ambiguous");
/// "Existing"
const DONE: Role = Role::named("prerequisite.done");
/// Words that begin another clause.
const WHEN: Role = Role::named("qualifier.when");
/// The longest subject, in words.
const MAX_KEY: usize = 6;
/// The longest value of a `test`, in words.
const MAX_VALUE: usize = 3;

/// A comparison, and whether its value is written as a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comparison {
    pub(super) test: Test,
    /// Capitals, quotes, code or digits: "MISSING", "'Excellent'", `30`.
    pub(super) marked: bool,
    /// Is any of several values meant: "red or yellow"?
    several: bool,
    words: usize,
}

/// The comparison that a clause makes, where it makes one and nothing else.
pub fn test(clause: Cursor<'_>) -> Option<Test> {
    read(clause)
        .filter(|c| c.words <= MAX_VALUE && !c.several)
        .map(|c| c.test)
}

/// "Kubernetes 1.29 or later": a version, or an amount, that is the least or the most.
pub(super) fn version(clause: Cursor<'_>) -> Option<Test> {
    value_before(clause).map(|c| c.test)
}

/// Is a version named for which something is so, and not one that is asked for: "it is enabled for
/// clusters on Kubernetes 1.34 or later"?
pub(super) fn is_case(clause: Cursor<'_>) -> bool {
    let Some(after) = clause.places(AFTER).next() else {
        return false;
    };
    let says = |i: usize| {
        let at = Cursor { at: i, ..clause };
        at.find(IS).is_some() || verb_at(at).is_some_and(|v| v.form == VerbForm::Past)
    };
    let before = clause.until(after);
    before.places([FOR]).any(|i| (clause.at..i).any(says))
}

/// The least or the most that a clause sets, of the name that it is told of, else of `named`: "the
/// minimum version of Helm is 3". The outer `None`: it sets none.
pub(super) fn bound(clause: Cursor<'_>, named: Option<Cursor<'_>>) -> Option<Option<Test>> {
    let (at, m, entry) = clause.seek(BOUND)?;
    let behind = at.behind(m);
    let number = behind.range().find(|i| counts(clause, *i))?;
    let between = behind.until(number);
    let is_version = |i: &usize| is_version_word(Cursor { at: *i, ..between });
    let version = match entry.says("names", "version") {
        true => between.at,
        false => between.range().find(is_version)? + 1,
    };
    let before = between.until(version);
    let own = before.until(before.end.saturating_sub(1));
    let owner = match own.peek() {
        Some(_) => Some(own),
        None => of_name(between.skip(version - between.at)).or(named),
    };
    let value = clause.tokens.slice(number..number + 1).to_lowercase();
    let test = |key: String| {
        Some(Test {
            key,
            op: op_of(entry)?,
            value: number_of(&value).to_owned(),
        })
    };
    Some(owner.and_then(|key| subject(key, true)).and_then(test))
}

/// "version", before a number.
pub(super) fn is_version_word(at: Cursor<'_>) -> bool {
    at.find(HAS)
        .is_some_and(|(_, entry)| entry.says("of", "number"))
}

/// The comparison that a clause makes, however long its value.
pub(super) fn read(clause: Cursor<'_>) -> Option<Comparison> {
    if let Some(set) = bound(clause, None) {
        return set.map(|test| Comparison {
            test,
            marked: true,
            several: false,
            words: 1,
        });
    }
    value_before(clause)
        .or_else(|| value_after(clause))
        .or_else(|| verb_behind(clause))
}

/// "Kubernetes 1.29 or later"
fn value_before(clause: Cursor<'_>) -> Option<Comparison> {
    let (at, op) = AFTER
        .iter()
        .filter_map(|role| clause.seek(*role).map(|(at, _, entry)| (at, op_of(entry))))
        .min_by_key(|(at, _)| at.at)?;
    // The number may have a unit: "7 days or less".
    let is_number = |i: &usize| *i >= clause.at && counts(clause, *i);
    let number = [1, 2]
        .into_iter()
        .filter_map(|n| at.at.checked_sub(n))
        .find(is_number)?;
    let key = behind_prepositions(behind_verbs(clause.until(number)));
    // "Upgrade Helm to version 3 or later"
    let target = || name(behind_command(behind_articles(held(trim(clause)))));
    let before = key.at.checked_sub(1).map(|at| Cursor { at, ..clause });
    let to = before.is_some_and(|at| at.at > clause.at && at.find(TO).is_some());
    let only = to && is_version_word(key) && key.range().len() == 1;
    let key = if only { target().unwrap_or(key) } else { key };
    comparison(
        named_behind(clause, at).unwrap_or(key),
        op?,
        Cursor {
            at: number,
            end: at.at,
            ..clause
        },
    )
}

/// "version 3 or later of Helm": what has the version stands behind it.
fn named_behind<'a>(clause: Cursor<'a>, after: Cursor<'a>) -> Option<Cursor<'a>> {
    let (m, _) = after.find_any(&AFTER)?;
    of_name(clause.behind(m))
}

/// The name behind "of".
fn of_name(at: Cursor<'_>) -> Option<Cursor<'_>> {
    let (m, _) = at.find(OF)?;
    name(at.behind(m))
}

/// The words that name something, up to what is said of it.
pub(super) fn name(at: Cursor<'_>) -> Option<Cursor<'_>> {
    let stops = |i: &usize| {
        let at = Cursor { at: *i, ..at };
        let said = verb_at(at).is_some_and(|v| v.form == VerbForm::Past);
        said || !names(at) && !at.tokens.lexicon.is_article(at.tokens.tokens[*i].sym)
    };
    let end = at.range().find(stops).unwrap_or(at.end);
    Some(at.until(end)).filter(|name| !name.is_empty())
}

/// "configured to connect to Kubernetes", "images of Windows": what stands behind the last of such
/// words.
fn behind_prepositions(key: Cursor<'_>) -> Cursor<'_> {
    let named = key.end.checked_sub(1).filter(|i| *i >= key.at);
    let named = named.is_some_and(|i| names(Cursor { at: i, ..key }));
    let last = key.range().rev().find_map(|i| {
        let at = Cursor { at: i, ..key };
        let place = PLACES.iter().find_map(|role| at.find(*role));
        let found = place.or_else(|| at.find(OF).filter(|_| named))?;
        Some(key.behind(found.0)).filter(|rest| !rest.is_empty())
    });
    last.unwrap_or(key)
}

/// A number, or a version that is set as code or has letters: "`20.0.0b4`".
pub(super) fn counts(clause: Cursor<'_>, at: usize) -> bool {
    let spelled = clause.tokens.spelling(at).trim_start_matches(['v', 'V']);
    match clause.tokens.tokens[at].kind {
        TokenKind::Number => true,
        TokenKind::Code | TokenKind::Word => spelled.starts_with(|c: char| c.is_ascii_digit()),
        TokenKind::Punct(_) => false,
    }
}

fn counts_at(at: Cursor<'_>) -> bool {
    !at.is_empty() && counts(at, at.at)
}

/// What has the version stands right before it: "clusters must run Kubernetes", "available in
/// Kubernetes". The last word stays where it is "version".
fn behind_verbs(key: Cursor<'_>) -> Cursor<'_> {
    let holds = |i: &usize| {
        let at = Cursor { at: *i, ..key };
        at.find(HAS).is_some() && (*i + 1..key.end).any(|j| names(Cursor { at: j, ..key }))
    };
    match (key.at..key.end.saturating_sub(1)).rev().find(holds) {
        Some(verb) => key.skip(verb + 1 - key.at),
        None => key,
    }
}

/// Is the word at the cursor one that can name something?
pub(super) fn names(at: Cursor<'_>) -> bool {
    let Some(token) = at.peek() else { return false };
    let word = token.kind == TokenKind::Word || token.kind == TokenKind::Code;
    word && at.find(HAS).is_none() && !at.tokens.lexicon.is_function(token.sym)
}

/// "the pressure is more than 2 bar"
fn value_after(clause: Cursor<'_>) -> Option<Comparison> {
    // "Fewer than 3 replicas are ready" compares a count that has no name.
    if comparing(clause).is_some() {
        return None;
    }
    // "There is no server" says that something is not, not what it is.
    let held = clause.find(HOLDER).map_or(0, |(m, _)| m.end as usize);
    for i in (clause.at + 1).max(held)..clause.end {
        let here = Cursor { at: i, ..clause };
        let Some((end, entry)) = comparing(here) else {
            continue;
        };
        let mut op = op_of(entry)?;
        let mut value = here.skip(end - i);
        // "is more than": the second says more than the first.
        if let Some((end, entry)) = comparing(value).filter(|_| matches!(op, Op::Eq | Op::Ne)) {
            let second = op_of(entry)?;
            op = if op == Op::Ne {
                second.negated()
            } else {
                second
            };
            value = value.skip(end - value.at);
        }
        // "is still not ready"
        if let Some((m, _)) = value.find(ADVERB) {
            value = value.behind(m);
            if let Some((m, _)) = value.find(NOT) {
                op = op.negated();
                value = value.behind(m);
            }
        }
        return comparison(clause.until(i), op, value);
    }
    None
}

/// "der Status `Ready` ist": the verb stands last, and what is marked as a value before it.
fn verb_behind(clause: Cursor<'_>) -> Option<Comparison> {
    let clause = trim(clause);
    let verb = Cursor {
        at: clause.end.checked_sub(1).filter(|i| *i > clause.at)?,
        ..clause
    };
    verb.find(CLOSES)?;
    let before = clause.until(verb.at);
    let value = before
        .range()
        .skip(1)
        .map(|at| Cursor { at, ..before })
        .find(|value| is_marked(*value) || value.find(NOT).is_some())?;
    match value.find(NOT) {
        Some((m, _)) => {
            let behind = value.behind(m);
            let read = comparison(clause.until(value.at), Op::Ne, behind);
            read.filter(|c| c.marked)
        }
        None => comparison(clause.until(value.at), Op::Eq, value),
    }
}

/// Does a value begin here that is written as one: code, digits, quotes, capitals?
fn is_marked(at: Cursor<'_>) -> bool {
    let Some(token) = at.peek() else { return false };
    let spelled = at.tokens.spelling(at.at);
    match token.kind {
        TokenKind::Code | TokenKind::Number => true,
        TokenKind::Punct(c) => matches!(c, '"' | '\'' | '“' | '„' | '‘' | '`'),
        TokenKind::Word => spelled.len() > 1 && spelled.chars().all(|c| !c.is_lowercase()),
    }
}

fn comparing(at: Cursor<'_>) -> Option<(usize, Entry<'_>)> {
    BEFORE
        .iter()
        .filter_map(|role| at.find(*role).map(|(m, entry)| (m.end as usize, entry)))
        .max_by_key(|(end, _)| *end)
}

fn op_of(entry: Entry<'_>) -> Option<Op> {
    Op::from_sign(entry.get("op")?)
}

fn comparison(key: Cursor<'_>, op: Op, value: Cursor<'_>) -> Option<Comparison> {
    let mut value = without_verb(trim(value));
    let mut key = key;
    // "at least version 3 of Helm"
    if is_version_word(value) && counts_at(value.skip(1)) {
        value = value.skip(1);
        if let Some(name) = of_name(value.skip(1)) {
            (key, value) = (name, value.until(value.at + 1));
        }
    }
    let number = counts_at(value);
    // "version >= 2.16.0 installed"
    let done = |at: Cursor<'_>| verb_at(at).is_some_and(|v| v.form == VerbForm::Past);
    if number && done(value.skip(1)) {
        value = value.until(value.at + 1);
    }
    // "it is cold (below 5 degrees)"
    let aside = |i: &usize| *i > value.at && value.tokens.tokens[*i].kind == TokenKind::Punct('(');
    if let Some(open) = value.range().find(aside) {
        value = value.until(open);
    }
    // "it is new (age < 5)" compares the age.
    let opens = |i: &usize| key.tokens.tokens[*i].kind == TokenKind::Punct('(');
    let closes = |i: usize| key.tokens.tokens[i].kind == TokenKind::Punct(')');
    let inner = key
        .range()
        .rev()
        .find(opens)
        .map(|i| key.skip(i + 1 - key.at));
    if let Some(inner) = inner.filter(|k| !k.is_empty() && !k.range().any(closes)) {
        key = inner;
    }
    // "No pump is ready"
    let (key, op) = match trim(key).find(NOT) {
        Some((m, _)) => (key.behind(m), op.negated()),
        None => (key, op),
    };
    let key = subject(key, number)?;
    if value.is_empty()
        || value
            .tokens
            .lexicon
            .is_article(value.tokens.tokens[value.at].sym)
    {
        return None;
    }
    let text = value.tokens.slice(value.range());
    let plain =
        text.trim_matches(|c: char| matches!(c, '\'' | '"' | '“' | '”' | '„' | '‘' | '’' | '`'));
    let first = value.tokens.tokens[value.at];
    let marked = plain.len() < text.len()
        || matches!(
            first.kind,
            TokenKind::Code | TokenKind::Number | TokenKind::Punct(_)
        )
        || value
            .tokens
            .spelling(value.at)
            .chars()
            .all(|c| !c.is_lowercase());
    // "off" is a value, "off the road" is none.
    if !marked && value.range().len() > 1 && value.find(WHERE).is_some() {
        return None;
    }
    // "you are using systemd", "limits are set correctly" say what is done, not what something is.
    if !marked
        && verb_at(value).is_some_and(|v| {
            v.form == VerbForm::Gerund || v.form == VerbForm::Past && v.end < value.end
        })
    {
        return None;
    }
    // "A leak is causing the noise"
    let gerund = || {
        let first = value.tokens.spelling(value.at);
        value.tokens.lexicon.form_by_ending(first) == Some("gerund")
    };
    if !marked && value.range().len() > 1 && gerund() {
        return None;
    }
    Some(Comparison {
        test: Test {
            key,
            op,
            value: number_of(&plain.to_lowercase()).to_owned(),
        },
        marked,
        several: [EITHER, AND].iter().any(|r| value.seek(*r).is_some()),
        words: value.range().filter(|i| !is_punct(value, *i)).count(),
    })
}

/// Is a token a sign: the slash of "52 ng/L"?
fn is_punct(at: Cursor<'_>, token: usize) -> bool {
    matches!(at.tokens.tokens[token].kind, TokenKind::Punct(_))
}

fn behind_articles(mut key: Cursor<'_>) -> Cursor<'_> {
    while key
        .peek()
        .is_some_and(|t| key.tokens.lexicon.is_article(t.sym))
    {
        key = key.skip(1);
    }
    key
}

/// What stands behind the last comma: "If it is used, install Helm". "Helm, version" is one phrase.
fn last_phrase(key: Cursor<'_>) -> Cursor<'_> {
    let separates = |i: &usize| {
        let mark = matches!(
            key.tokens.tokens[*i].kind,
            TokenKind::Punct(',' | ';' | ':')
        );
        mark && (*i + 1..key.end).any(|j| names(Cursor { at: j, ..key }))
    };
    match key.range().rev().find(separates) {
        Some(mark) => held(key.skip(mark + 1 - key.at)),
        None => key,
    }
}

/// Behind the words that say who has it: "you need".
fn held(key: Cursor<'_>) -> Cursor<'_> {
    match key.find(HOLDER) {
        Some((m, _)) => key.behind(m),
        None => key,
    }
}

/// Behind what is told to do with a subject: "Install and set up Helm".
fn behind_command(key: Cursor<'_>) -> Cursor<'_> {
    // "Form 12 is sent" begins with a noun.
    let noun = key.find(AMBIGUOUS).is_some();
    let told = |v: &Verb<'_>| !noun && v.form == VerbForm::Base && v.end < key.end;
    let Some(verb) = verb_at(key).filter(told) else {
        return key;
    };
    let behind = key.skip(verb.end - key.at);
    match behind.find(AND).or_else(|| behind.find(EITHER)) {
        Some((m, _)) => {
            // "Install and setup Helm" has two commands, whatever the second is.
            let second = behind.behind(m);
            let rest = behind_command(second);
            let unknown = rest.at == second.at && names(second.skip(1));
            if unknown { second.skip(1) } else { rest }
        }
        None => behind,
    }
}

fn without_verb(mut value: Cursor<'_>) -> Cursor<'_> {
    let closes = |value: Cursor<'_>| {
        let last = value.end.checked_sub(1).filter(|i| *i > value.at)?;
        (Cursor { at: last, ..value }).find(CLOSES).map(|_| last)
    };
    while let Some(last) = closes(value) {
        value = trim(value.until(last));
    }
    value
}

/// A version without the letter that some write before it, and the sign behind: "v1.29", "1.29+".
fn number_of(value: &str) -> &str {
    let value = value.trim_end_matches('+');
    let digits = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_digit());
    value.strip_prefix('v').filter(digits).unwrap_or(value)
}

/// What is compared, lower case, without articles and verbs of having.
/// `number`: it is compared with one.
fn subject(mut key: Cursor<'_>, number: bool) -> Option<String> {
    key = trim(key);
    key = held(key);
    // "Note that you will need Helm 3 or later"
    let holder = key.seek(HOLDER).filter(|_| number);
    if let Some((at, m, _)) = holder.filter(|(_, m, _)| (m.end as usize) < key.end) {
        key = at.behind(m);
    }
    key = behind_articles(key);
    // "Some pump is 'ready'" says of none which it is; "any version of Helm < 3" of Helm.
    if let Some((m, _)) = key.find(QUANTIFIER) {
        let rest = key.behind(m);
        key = of_name(rest.skip(1)).filter(|_| number && is_version_word(rest))?;
    }
    key = behind_articles(behind_command(if number { last_phrase(key) } else { key }));
    // "your version of Helm", "For Helm, use …"
    for role in [OF, FOR] {
        if let Some((m, _)) = key.find(role).filter(|_| number) {
            key = behind_articles(key.behind(m));
        }
    }
    // "An existing pump" is a pump.
    if let Some((m, _)) = key.find(DONE).filter(|(_, e)| e.says("before", "noun")) {
        key = key.behind(m);
    }
    let has = |at: Cursor<'_>| {
        let found = at.find(HAS);
        found.is_some_and(|(_, entry)| number || !entry.says("of", "number"))
    };
    let mut versioned = false;
    while !key.is_empty() && has(key.skip(key.range().len() - 1)) {
        versioned |= is_version_word(key.skip(key.range().len() - 1));
        key = key.until(key.end - 1);
    }
    // "A Postgres server running version 3" has a version of Postgres.
    let made_of = |key: Cursor<'_>| key.skip(key.range().len() - 1).find(MADE_OF).is_some();
    if versioned && key.range().len() > 1 && made_of(key) {
        key = key.until(key.end - 1);
    }
    let bracket = |i: &usize| key.tokens.tokens[*i].kind == TokenKind::Punct('(');
    let key = trim(key.until(key.range().find(bracket).unwrap_or(key.end)));
    let lexicon = key.tokens.lexicon;
    let function =
        |t: &crate::grammar::Token| t.kind == TokenKind::Word && lexicon.is_function(t.sym);
    let words = &key.tokens.tokens[key.range()];
    // "vTPM or secure boot is on" has two subjects; "after they are created" is no whole one.
    let several = [EITHER, AND, WHEN].iter().any(|r| key.seek(*r).is_some());
    // "Anybody is hurt" names nobody.
    let whole = words
        .last()
        .is_some_and(|t| !function(t) && !lexicon.is_subject(t.sym));
    // "You're unsure which version is running" tells of the reader.
    let told = key.find(READER).is_some();
    // "The pump must be at rest for at least 2 hours" asks for a state, and sets a time to it.
    let asked = key.seek(MODAL).is_some();
    let fits = whole && !several && !told && !asked && key.range().len() <= MAX_KEY;
    let quotes = |c: char| matches!(c, '"' | '“' | '”' | '„' | '\'' | '‘' | '’');
    let text = || key.tokens.slice(key.range()).trim_matches(quotes);
    fits.then(|| text().to_lowercase())
}

/// Without punctuation at the ends, quotes aside.
fn trim(mut at: Cursor<'_>) -> Cursor<'_> {
    let droppable =
        |t: TokenKind| matches!(t, TokenKind::Punct(',' | '.' | ':' | ';' | '*' | '(' | ')'));
    while at.peek().is_some_and(|t| droppable(t.kind)) {
        at = at.skip(1);
    }
    while !at.is_empty() && droppable(at.tokens.tokens[at.end - 1].kind) {
        at = at.until(at.end - 1);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Tokens;
    use crate::grammar::testing::english;

    #[test]
    fn comparisons_have_key_op_and_value() {
        for (text, want) in [
            ("Kubernetes 1.29 or later", "kubernetes >= 1.29"),
            ("the pressure is more than 2 bar", "pressure > 2 bar"),
            ("the SIM is not active", "sim != active"),
            ("speed is 'Excellent'", "speed = excellent"),
            ("the disk has at least 20 GB", "disk >= 20 gb"),
            ("fewer than 3 replicas are ready", "-"),
            ("the node is a master of its own", "-"),
            ("usage is above 80%", "usage > 80%"),
            ("Install and upgrade Helm 3.1 or later", "helm >= 3.1"),
            (
                "this requires a Postgres server running version 14 or higher",
                "postgres >= 14",
            ),
            (
                "the Postgres server has at least 3 disks",
                "postgres server >= 3 disks",
            ),
            ("you install a version of Helm older than 3", "helm < 3"),
            ("make sure the pump is 'ready'", "pump = ready"),
            (
                "the current version is 'broken'",
                "current version = broken",
            ),
            (
                "If it is used, install the Helm version 3 or later",
                "helm >= 3",
            ),
            ("a cluster and kubectl 1.6 or later", "-"),
            (
                "this requires version 3 or later of the Helm CLI",
                "helm cli >= 3",
            ),
            ("configured to connect to Helm 3 or later", "helm >= 3"),
            ("no pump is 'ready'", "pump != ready"),
            ("some pump is 'ready'", "-"),
            ("you're using any version of Helm older than 3", "helm < 3"),
            ("a leak is causing the noise", "-"),
            ("The minimum version of Helm is 3.1.", "helm >= 3.1"),
            ("The minimum supported Helm version is 3.1.", "helm >= 3.1"),
            (
                "The minimum version of the Helm CLI required for the steps in this guide is v3.1.",
                "helm cli >= 3.1",
            ),
            ("Minimum Helm version 3.1 for the server", "helm >= 3.1"),
            ("The minimum version you need is 3.1.", "-"),
            ("Minimum version: 3.1", "-"),
            (
                "The newest supported version of Helm is 3.1.",
                "helm <= 3.1",
            ),
            (
                "this guide requires at least version 3 of the Helm CLI",
                "helm cli >= 3",
            ),
            ("For the Helm CLI, use at least version 3", "helm cli >= 3"),
            (
                "check that your version of the Helm CLI is 3 or later",
                "helm cli >= 3",
            ),
            (
                "they must be based on images of Ubuntu 22.04 or later",
                "ubuntu >= 22.04",
            ),
            ("the pump is still wet", "pump = wet"),
            ("the pump is still not ready", "pump != ready"),
            ("the status is RED or YELLOW", "-"),
            ("the pump is outside the hall", "-"),
            ("the pump is off", "pump = off"),
            ("form 12 is 'lost'", "form 12 = lost"),
            ("anybody is 'hurt'", "-"),
            ("you're unsure which version is 'ready'", "-"),
            ("you need two after they are 'ready'", "-"),
            ("note that you will need Helm 3.1 or later", "helm >= 3.1"),
            ("the pressure drops below 2 bar", "pressure < 2 bar"),
            ("the level is above 52 ng/L", "level > 52 ng/l"),
            ("the pump must be at rest for at least 2 hours", "-"),
            ("the \"pump mode\" is set to 'all'", "pump mode = all"),
        ] {
            let tokens = Tokens::plain(text, english());
            let got = test(Cursor::whole(&tokens)).map_or("-".to_owned(), |t| {
                format!("{} {} {}", t.key, t.op.sign(), t.value)
            });
            assert_eq!(got, want, "{text}");
        }
    }
}
