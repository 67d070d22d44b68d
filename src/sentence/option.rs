//! Ways of which one is enough: "Option A: use the console", "Debian / Ubuntu".

use super::clause::behind_last;
use super::intent::qualifier_at;
use super::intro::{ListIntro, list_intro};
use super::label::{Label, LabelKind, label};
use super::verb::{imperative, verb_at};
use crate::grammar::{Cursor, Role, TokenKind, Tokens};

const SYSTEM: Role = Role::named("option.system");
/// "On", "or later"
const BESIDE: Role = Role::named("option.beside_system");

/// "Using"
const MEANS: Role = Role::named("option.means");
/// Words of which a heading has one and the heading of the other way the other.
const OPPOSITE: Role = Role::named("option.opposite");
const FROM: Role = Role::named("qualifier.from");
const TO: Role = Role::named("qualifier.to");
const NEW: Role = Role::named("option.new");
/// "During shelf creation"
const CREATION: Role = Role::named("option.creation");
const EXISTING: Role = Role::named("option.existing");
/// "The existing shelf" is one that was spoken of.
const KNOWN: Role = Role::named("option.known");
/// "You"
const READER: Role = Role::named("condition.reader");
const COUNT: Role = Role::named("option.count");
/// "One of the following"
const ONE_OF: Role = Role::named("option.one_of");
const EITHER: Role = Role::named("option.one_of_two");
const OR: Role = Role::named("option.or");
/// What ways are called.
const WAY: Role = Role::named("label.option");
/// Between the number of ways and what they are called: "two very different ways".
const MAX_BETWEEN: usize = 2;

/// The label of an option that a text begins with.
pub fn option_label(text: Cursor<'_>) -> Option<Label> {
    label(text).filter(|l| l.kind == LabelKind::Option)
}

/// Is a heading nothing but what systems are called, with their versions: "Debian 12 / Ubuntu", "On Windows"?
pub fn names_systems(mut heading: Cursor<'_>) -> bool {
    let mut named = false;
    while let Some(token) = heading.peek() {
        let length = match heading.find_any(&[SYSTEM, BESIDE]) {
            Some((m, _)) => {
                named |= m.role == SYSTEM;
                m.end as usize - heading.at
            }
            None if token.kind == TokenKind::Word => return false,
            None => 1,
        };
        heading = heading.skip(length);
    }
    named
}

/// Do two headings name ways to do the same? They differ only in the means ("Fill it using a pump", "… using a
/// bucket") or from a word on that is the opposite of the other's ("with a lid", "without"), one is for a new
/// thing and one for an existing one, or one leads back from where the other leads.
pub fn are_ways(one: Cursor<'_>, other: Cursor<'_>) -> bool {
    let same = same_words(one, other);
    let (left, right) = (one.skip(same), other.skip(same));
    let differ = !left.is_empty() && !right.is_empty();
    differ && (names_means(one.until(left.at)) || oppose(left, right))
        || for_new(one, other)
        || for_new(other, one)
        || undoes(one, other)
}

/// Do two headings say the same up to a preposition, and behind it that a thing is new or existing: "Turn it on for
/// a new shelf", "Turn it on on an existing box"?
pub fn are_for_some(one: Cursor<'_>, other: Cursor<'_>) -> bool {
    let same = |(a, b): (Cursor<'_>, Cursor<'_>)| {
        a.range().len() == b.range().len() && same_words(a, b) == a.range().len()
    };
    for_some(one).zip(for_some(other)).is_some_and(same)
}

/// What stands before the preposition behind which a thing is new or existing: "Turn it on for a new shelf".
fn for_some<'a>(text: Cursor<'a>) -> Option<Cursor<'a>> {
    let thing = text.places([NEW, EXISTING]).next()?;
    let article = |i: &usize| text.tokens.lexicon.is_article(text.tokens.tokens[*i].sym);
    let preposition = (text.at..thing).rev().find(|i| !article(i))?;
    let found = qualifier_at(text.skip(preposition - text.at));
    let behind = found.filter(|_| preposition > text.at).is_some();
    behind.then(|| text.until(preposition))
}

/// How many tokens are the same at the beginning of two texts, whatever their case.
fn same_words(one: Cursor<'_>, other: Cursor<'_>) -> usize {
    let spelled = |at: Cursor<'_>, i: usize| at.tokens.spelling(i).to_lowercase();
    let pairs = one.range().zip(other.range());
    let same = |(a, b): &(usize, usize)| spelled(one, *a) == spelled(other, *b);
    pairs.take_while(same).count()
}

/// Does a text end where its means are to be named: "Fill the tank using a"?
fn names_means(text: Cursor<'_>) -> bool {
    let Some((at, found, _)) = text.skip(1).seek(MEANS) else {
        return false;
    };
    let behind = at.behind(found);
    let article = |i: usize| text.tokens.lexicon.is_article(text.tokens.tokens[i].sym);
    behind.range().all(article)
}

fn oppose(one: Cursor<'_>, other: Cursor<'_>) -> bool {
    match (one.find(OPPOSITE), other.find(OPPOSITE)) {
        (Some((a, _)), Some((b, _))) => a.entry == b.entry,
        _ => false,
    }
}

/// Is one heading for a new thing, or for when it is made, and the other for an existing one of the kind?
fn for_new(one: Cursor<'_>, other: Cursor<'_>) -> bool {
    let new = thing_behind(one, NEW).or_else(|| thing_created(one));
    let existing = thing_behind(other, EXISTING);
    let only = || one.seek(EXISTING).is_none() && other.seek(NEW).is_none();
    new.is_some_and(|new| existing.is_some_and(|e| e.eq_ignore_ascii_case(new)))
        && only()
        && other.seek(KNOWN).is_none()
}

/// What is new: "cluster" of "Enable it during cluster creation".
fn thing_created<'a>(text: Cursor<'a>) -> Option<&'a str> {
    let (_, found, _) = text.seek(CREATION)?;
    Some(text.tokens.spelling(found.end as usize - 2))
}

/// The noun behind the first phrase of a role: "cluster" of "a new test cluster in the cellar".
fn thing_behind<'a>(text: Cursor<'a>, role: Role) -> Option<&'a str> {
    let (at, found, _) = text.seek(role)?;
    let behind = at.behind(found);
    let word = |i: &usize| {
        let here = behind.skip(i - behind.at);
        let word = here.peek().is_some_and(|t| t.kind == TokenKind::Word);
        word && qualifier_at(here).is_none()
    };
    let last = behind.range().take_while(word).last()?;
    Some(text.tokens.spelling(last))
}

/// Does one heading lead back: "Move from the cellar to the attic", "Move from the attic to the cellar"?
fn undoes(one: Cursor<'_>, other: Cursor<'_>) -> bool {
    let (Some((a, b)), Some((c, d))) = (ends(one), ends(other)) else {
        return false;
    };
    !a.is_empty() && !b.is_empty() && a == d && b == c
}

/// What stands between "from" and "to", and what behind that, in lower case and without articles.
fn ends(text: Cursor<'_>) -> Option<(Vec<String>, Vec<String>)> {
    let (at, found, _) = text.seek(FROM)?;
    let from = at.behind(found);
    let (at, found, _) = from.seek(TO)?;
    let to = at.behind(found);
    let words = |text: Cursor<'_>| {
        let article = |i: &usize| text.tokens.lexicon.is_article(text.tokens.tokens[*i].sym);
        let spelled = |i: usize| text.tokens.spelling(i).to_lowercase();
        text.range().filter(|i| !article(i)).map(spelled).collect()
    };
    Some((words(from.until(at.at)), words(to)))
}

/// How many ways a sentence says that there are: "There are two ways to get in."
pub fn counts_ways(sentence: Cursor<'_>) -> Option<usize> {
    let (at, found, entry) = sentence.seek(COUNT)?;
    let near = are_called_ways(at.behind(found));
    near.then(|| entry.get("count")?.parse().ok()).flatten()
}

/// Does a sentence introduce ways, however many: "Choose one of the following ways to get in:"?
pub fn introduces_ways(sentence: Cursor<'_>) -> bool {
    let colon = sentence.rest().trim_end().ends_with(':');
    let found = || sentence.seek(ONE_OF);
    colon && found().is_some_and(|(at, found, _)| are_called_ways(at.behind(found)))
}

/// Does a sentence offer ways to do something, or tell to take one: "There are two ways to get in:", "Take one of
/// these:", "You can use either of:"? What works with one of several things does not.
pub fn offers_ways_to_do(sentence: Cursor<'_>) -> bool {
    let ways = sentence.places([WAY]).next();
    let aimed = ways.is_some_and(|at| sentence.skip(at + 1 - sentence.at).seek(TO).is_some());
    aimed || imperative(sentence).is_some() || behind_last(sentence, ',').seek(READER).is_some()
}

/// The parts between which a sentence chooses: does it name each of these titles behind "either", in their order?
pub fn chooses_between<'t>(sentence: Cursor<'_>, titles: impl Iterator<Item = &'t str>) -> bool {
    let Some((at, ..)) = sentence.seek(EITHER) else {
        return false;
    };
    let said = format!(" {} ", words(at));
    let mut from = 0;
    let mut all = titles.map(|title| {
        let tokens = Tokens::plain(title, sentence.tokens.lexicon);
        let name = format!(" {} ", words(Cursor::whole(&tokens)));
        let found = said.get(from..).and_then(|rest| rest.find(&name));
        from += found.map_or(0, |found| found + name.len() - 1);
        name.len() > 2 && found.is_some()
    });
    all.all(|named| named)
}

/// The two acts between which a title lets choose, as lemmas: "Start or stop the mill".
pub fn chosen_acts(title: Cursor<'_>) -> Option<(&str, &str)> {
    let one = verb_at(title)?;
    let or = title.skip(one.end - title.at);
    let (m, _) = or.find(OR)?;
    let other = verb_at(or.behind(m)).filter(|other| other.form == one.form)?;
    (one.lemma != other.lemma).then_some((one.lemma, other.lemma))
}

/// The words of a text in lower case, with one blank between them.
fn words(text: Cursor<'_>) -> String {
    let word = |i: &usize| text.tokens.tokens[*i].kind == TokenKind::Word;
    let words = text.range().filter(word);
    let words: Vec<_> = words
        .map(|i| text.tokens.spelling(i).to_lowercase())
        .collect();
    words.join(" ")
}

fn are_called_ways(named: Cursor<'_>) -> bool {
    (0..=MAX_BETWEEN).any(|n| named.skip(n).find(WAY).is_some())
}

/// Does a sentence let choose between what it names: "Use either a rope or a ladder.", "There are two ways: …"?
pub fn offers_ways(sentence: Cursor<'_>) -> bool {
    sentence.seek(EITHER).is_some() || list_intro(sentence) == ListIntro::Choice
}

/// Does a sentence say that of what is listed below it one is enough: "Use one of these:", "You need either:"?
pub fn offers_list(sentence: Cursor<'_>) -> bool {
    list_intro(sentence) == ListIntro::Choice
}

/// Does a text end with "or", behind other words?
pub fn ends_with_or(text: Cursor<'_>) -> bool {
    let last = text.end.saturating_sub(1);
    last > text.at && is_or(text.skip(last - text.at))
}

/// Is a text nothing but "or"?
pub fn is_or(text: Cursor<'_>) -> bool {
    let behind = text.find(OR).map(|(m, _)| m.end as usize..text.end);
    let punct = |i: usize| matches!(text.tokens.tokens[i].kind, TokenKind::Punct(_));
    behind.is_some_and(|mut rest| rest.all(punct))
}
