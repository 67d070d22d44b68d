//! Cases that are named, and not said in a sentence: "Look at the lamp." with the items "**Red** – go on with
//! step 4." and "Green: stop here."

use super::apart::{begins_with_code, bounds, leaves_open, states};
use super::builder::Builder;
use super::chain::{Chain, Layout};
use super::fill::paragraph;
use super::items::{Conditions, Told, says_the_other_side};
use super::lists::{commands, lead};
use crate::grammar::{ARROWS, Cursor, Role, TokenKind, Tokens};
use crate::model::{Block, BlockKind, Condition, Inline, Item, List, MarkKind, UnitNo};
use crate::sentence::{
    Conditional, Cue, asks_for_answer, calls, depends, ending, imperative, is_done, is_question,
    jumps, leading, looks_for_case, only_named, tells, test, when_so,
};

/// "Ask", "find out"
const ASK: Role = Role::named("check.ask");
/// "What", "when"
const WHICH: Role = Role::named("question.interrogative");
/// "After", "once"
const WHEN: Role = Role::named("condition.when");
/// What sets a name off from what is done, beside [`ARROWS`].
const SIGNS: [char; 5] = [':', '–', '—', '-', '\u{fe0f}'];
/// What does so where the name is not strong.
const SEPARATORS: [&str; 4] = [": ", " – ", " — ", " - "];
/// Arrows in two signs, beside [`ARROWS`].
const DRAWN: [&str; 2] = ["->", "=>"];
/// A name that is not strong has no more words than this.
const MAX_NAME: usize = 8;
/// "Warm", which a verb is too
const STATE: Role = Role::named("check.state");

impl Builder<'_> {
    /// Are the items of a list the cases of what the text before it asks, or tells to look at? Behind a
    /// question, or where they name values, most of them say what to do; else one at least says where to go on,
    /// or that it ends, since things can be looked at one after another. Where several do, nothing else can
    /// be meant.
    pub(super) fn lists_named_cases(&self, before: Option<&Inline>, list: &List) -> bool {
        let strong = |item| lead(item).and_then(strong_name).is_some();
        let unsaid = |text| self.last_says(text, leaves_open);
        // "If the lamp is:" leaves to the items what the lamp is.
        let open = list.items.iter().all(strong) && before.is_some_and(unsaid);
        let counted = list.start.is_some() && !is_lettered(list);
        let several = match counted {
            true => open || list.items.iter().all(names_amount),
            false => list.items.len() > 1 || list.items.iter().all(|item| asks(item).is_some()),
        };
        let cases = || -> Option<Vec<Conditional>> {
            list.items.iter().map(|item| self.case(item)).collect()
        };
        let Some(cases) = several.then(cases).flatten() else {
            return false;
        };
        if cases
            .iter()
            .all(|case| case.cue == Cue::If && !case.consequence.is_empty())
        {
            return before.is_some_and(|before| self.last_says(before, looks));
        }
        // Answers alone need no name.
        if cases.iter().all(|case| case.condition.text.is_empty()) {
            return false;
        }
        let told = || self.most_tell(list);
        if open {
            return told();
        }
        let tokens = before.map(|before| self.words(before));
        let last = tokens
            .as_ref()
            .and_then(|tokens| Cursor::sentences(tokens).next_back());
        let timed = last.is_some_and(asks_which);
        let value = |case: &&Conditional| {
            self.names_value(&case.condition.text)
                || timed && names_hour(&case.condition.text)
                || case.condition.test.as_ref().is_some_and(bounds)
        };
        let values = cases.iter().filter(value).count();
        if counted {
            return values == cases.len() && told();
        }
        if values * 2 > cases.len() || last.is_some_and(is_question) {
            return told();
        }
        self.names_cases_of(last, list, &cases)
    }

    /// The same of bullets that neither answer a question nor name values.
    fn names_cases_of(&self, last: Option<Cursor<'_>>, list: &List, cases: &[Conditional]) -> bool {
        let told = || self.most_tell(list);
        // "It does the following:" goes on with what a machine does.
        let ours = last.is_none_or(|last| !introduces(last) || imperative(last).is_some());
        // "Start date is near: …" could be a command, were it not said of the same thing each time.
        let apart = || {
            self.set_apart(list, cases)
                || self.leaves_rest(cases)
                || self.counts_none(cases)
                || self.state_of_one(cases)
        };
        if ours && apart() {
            return told();
        }
        // "**Warm:** …, and go back to step 1.", "**Cold:** call the smith."
        let strong = |item: &Item| lead(item).and_then(strong_name).is_some();
        let away = list.items.iter().filter(|item| self.leads_away(item));
        if ours && list.items.iter().all(strong) && away.count() > 1 {
            return told();
        }
        if cases.iter().any(|case| self.could_command(case)) {
            return false;
        }
        let asked = list.items.iter().filter(|item| asks(item).is_some());
        let depends = last.is_some_and(depends) || ours && asked.count() * 2 > cases.len();
        if depends && told() {
            return true;
        }
        // "Decide according to the weather:"
        if depends && list.items.iter().all(strong) && last.is_some_and(|s| imperative(s).is_some())
        {
            return self.told_in_cases(list) * 2 >= list.items.len();
        }
        // "Works → pack it": what comes of the step before.
        if list.items.iter().all(points_on) {
            return list.items.iter().any(|item| self.tells_in_case(item));
        }
        let leads = |item: &Item| {
            let called = |said: Cursor<'_>, inline: &Inline| !calls(said, inline).is_empty();
            self.leads_away(item) || self.says(item, called)
        };
        if last.is_some_and(looks_for_case) && list.items.iter().any(leads) {
            return true;
        }
        // "Ask how they want it: **By post:** …"
        let asked =
            || last.is_some_and(|s| s.find(ASK).is_some() && s.skip(1).find(WHICH).is_some());
        if asked() && list.items.iter().all(strong) {
            return told();
        }
        let away = list.items.iter().filter(|item| self.says(item, goes_on));
        away.count() > 1
    }

    /// The case that each of some blocks begins with in strong letters, where paragraphs in a row name cases of one
    /// thing: "**Spark is strong?** Go to test 3." above "**Spark is weak?** Replace the coil."
    pub(super) fn sides_in_front(&self, blocks: &[Block]) -> Vec<Option<Conditional>> {
        let front = |b: &&Block| paragraph(b).is_some_and(|text| text.strong_front().is_some());
        if blocks.iter().filter(front).nth(1).is_none() {
            return Vec::new();
        }
        let mut sides: Vec<_> = blocks.iter().map(|b| self.side_in_front(b)).collect();
        let near: Vec<_> = (0..sides.len())
            .map(|i| {
                let beside = |j: usize| sides.get(j).and_then(Option::as_ref);
                let pairs = [i.checked_sub(1), Some(i + 1)].into_iter().flatten();
                let mut others = pairs.filter_map(beside);
                beside(i).is_some_and(|own| others.any(|other| self.are_sides(own, other)))
            })
            .collect();
        for (side, near) in sides.iter_mut().zip(near) {
            side.take_if(|_| !near);
        }
        sides
    }

    /// The cases that blocks begin with in strong letters.
    pub(super) fn sides(&self, blocks: &[Block]) -> Vec<Option<Conditional>> {
        let sides = self.sides_in_front(blocks);
        match sides.iter().any(Option::is_some) {
            true => sides,
            false => self.names_above(blocks),
        }
    }

    /// The names in strong letters that stand over blocks, where the text before them says that it depends on that
    /// what is done: "Depending on the kind of belt:".
    fn names_above(&self, blocks: &[Block]) -> Vec<Option<Conditional>> {
        let names: Vec<_> = blocks.iter().map(name_above).collect();
        let held: Vec<_> = (0..names.len()).filter(|i| names[*i].is_some()).collect();
        let [first, _, ..] = held.as_slice() else {
            return Vec::new();
        };
        let before = first.checked_sub(1).and_then(|i| paragraph(&blocks[i]));
        if !before.is_some_and(|text| self.last_says(text, depends)) {
            return Vec::new();
        }
        // "**Red:** it is closed by itself" only tells how things are.
        let ends = held.iter().skip(1).copied().chain([blocks.len()]);
        let told = |(i, end): &(&usize, usize)| {
            let rest = names[**i].map_or("", |(_, rest)| rest);
            let listed = match blocks.get(**i + 1).map(|b| &b.kind) {
                Some(BlockKind::List(list)) => commands(list, self),
                _ => false,
            };
            match rest.trim_start_matches([':', ' ']) {
                "" => self.acts(&blocks[**i + 1..*end]),
                rest => self.tells_something(rest) || listed,
            }
        };
        if held.iter().zip(ends).filter(told).count() * 2 < held.len() {
            return Vec::new();
        }
        let case = |(name, _): (&str, &str)| {
            let tokens = Tokens::plain(name, self.lexicon);
            let all = Cursor::whole(&tokens);
            leading(all).is_none().then(|| named(name, all))
        };
        names.into_iter().map(|name| case(name?)).collect()
    }

    /// Does a sentence of a text tell the reader to do something?
    fn tells_something(&self, text: &str) -> bool {
        let tokens = Tokens::plain(text, self.lexicon);
        Cursor::sentences(&tokens).any(|s| tells(s, &Inline::default()))
    }

    /// The case that a paragraph names in strong letters before it tells what to do.
    pub(super) fn side_in_front(&self, block: &Block) -> Option<Conditional> {
        let (front, rest) = paragraph(block)?.strong_front()?;
        let name = name_of(front).filter(|name| name.contains(char::is_whitespace))?;
        let tokens = Tokens::plain(name, self.lexicon);
        let all = Cursor::whole(&tokens);
        let told = self.tells_something(rest.trim_start()) && leading(all).is_none();
        (told && (imperative(all).is_none() || states(all))).then(|| named(name, all))
    }

    /// Where one of two numbered steps in a row is done if something is so, and the other if it is not:
    /// the case of this one, "Found: …" or "Not found: …".
    pub(super) fn case_beside(&self, list: &List, item: usize) -> Option<Conditional> {
        let is_named = |i: usize| {
            list.items
                .get(i)
                .and_then(lead)
                .is_some_and(begins_with_name)
        };
        if let Some(case) = list.items.get(item).and_then(|item| self.case_asked(item)) {
            return Some(case);
        }
        let near = || item.checked_sub(1).is_some_and(is_named) || is_named(item + 1);
        if !is_named(item) || !near() {
            return None;
        }
        let case = |i: usize| {
            let item = list.items.get(i).filter(|_| is_named(i))?;
            let tells = !begins_with_code(item) && self.tells_in_case(item);
            self.case(item).filter(|_| tells)
        };
        let own = case(item)?;
        let mut beside = [item.checked_sub(1), Some(item + 1)].into_iter().flatten();
        let apart = |i: usize| case(i).is_some_and(|other| self.excludes(&own, &other));
        beside.any(apart).then_some(own)
    }

    /// The case that a step asks about in a few words before it says what to do, if it says nothing for others:
    /// "Leak above 2 litres? Call the desk."
    pub(super) fn case_asked(&self, item: &Item) -> Option<Conditional> {
        asks(item).filter(|_| self.tells_in_case(item))?;
        let inline = lead(item)?;
        let alone = inline.text.matches('?').count() == 1;
        let other = says_the_other_side(&self.words(inline), inline, Told::Reader);
        let case = self.case(item).filter(|_| alone && !other);
        case.filter(|case| !self.could_command(case))
    }

    /// Steps of which each is done in the case that it names.
    pub(super) fn cases(&mut self, chain: &mut Chain, list: &List) {
        let all: Vec<_> = list.items.iter().map(|item| self.case(item)).collect();
        let answers = |case: &Option<Conditional>| {
            case.as_ref()
                .is_none_or(|case| case.condition.text.is_empty())
        };
        // "Passed: pack it." beside "Code 12: go to step 5." answers no question, and is called so.
        let named_all = !all.iter().all(answers) && !self.asks_last(chain.owner);
        for (item, case) in list.items.iter().zip(all) {
            let case = match named_all && answers(&case) {
                true => self.name_of_item(item).or(case),
                false => case,
            };
            let (unit, _) = self.item(chain, item, Conditions::Each(Told::Reader));
            // "Still no key: …" is asked after what was done about "No key: …".
            if case
                .as_ref()
                .is_some_and(|c| self.tells_outcome(&c.condition.text))
            {
                chain.ask_anew();
            }
            match case {
                Some(case) => chain.branch(self, unit, &case, Layout::Tabled),
                None => chain.part(self, unit),
            }
            self.fill_item(unit, item, false);
        }
    }

    /// Does what a unit said last ask a question?
    fn asks_last(&self, unit: UnitNo) -> bool {
        let tokens = Tokens::plain(&self.notes[unit.index()].last_text, self.lexicon);
        Cursor::sentences(&tokens)
            .next_back()
            .is_some_and(is_question)
    }

    /// The case that an item is called by.
    fn name_of_item(&self, item: &Item) -> Option<Conditional> {
        let inline = lead(item)?;
        let name = strong_name(inline).or_else(|| plain_name(inline))?;
        let tokens = Tokens::plain(name, self.lexicon);
        Some(named(name, Cursor::whole(&tokens)))
    }

    /// The case that an item names, "**Red** – …", or in which its answer is given: "No: …".
    fn case(&self, item: &Item) -> Option<Conditional> {
        let inline = lead(item)?;
        let tokens = self.words(inline);
        let first = Cursor::over(&tokens, tokens.sentences.first()?.clone());
        let answer = leading(first).filter(|c| matches!(c.cue, Cue::Yes | Cue::No));
        if answer.is_some() {
            return answer;
        }
        if let Some(case) = when_told(first, inline) {
            return Some(case);
        }
        if let Some(text) = asks(item) {
            let tokens = Tokens::plain(text, self.lexicon);
            let asked = Cursor::whole(&tokens);
            return (!asks_for_answer(asked)).then(|| named(text, asked));
        }
        let text = strong_name(inline).or_else(|| plain_name(inline))?;
        let tokens = Tokens::plain(text, self.lexicon);
        let all = Cursor::whole(&tokens);
        // "Warm: …" beside "Cold: …"
        let is_state = all
            .find(STATE)
            .is_some_and(|(m, _)| m.end as usize == all.end);
        let commands = imperative(all).is_some() && !states(all) && !is_state;
        (!commands && leading(all).is_none()).then(|| named(text, all))
    }

    /// Do most items say what to do?
    fn most_tell(&self, list: &List) -> bool {
        self.told_in_cases(list) * 2 > list.items.len()
    }

    /// How many items say what to do.
    fn told_in_cases(&self, list: &List) -> usize {
        let told = |item: &&Item| self.tells_in_case(item);
        list.items.iter().filter(told).count()
    }

    fn tells_in_case(&self, item: &Item) -> bool {
        let told = |said: Cursor<'_>| imperative(said).is_some() || is_done(said);
        self.says(item, |said, _| told(said)) || self.leads_away(item)
    }

    fn leads_away(&self, item: &Item) -> bool {
        self.says(item, |said, inline| {
            goes_on(said, inline) || ending(said).is_some()
        })
    }

    /// Does a sentence of an item, or what stands behind its name, say something?
    fn says(&self, item: &Item, something: impl Fn(Cursor<'_>, &Inline) -> bool) -> bool {
        let Some(inline) = lead(item) else {
            return false;
        };
        let tokens = self.words(inline);
        // "10:00: open the door"
        let apart =
            |end: u32| !inline.text[end as usize..].starts_with(|c: char| c.is_ascii_digit());
        let sign = |i: &usize| {
            let token = tokens.tokens[*i];
            matches!(token.kind, TokenKind::Punct(c) if sets_off(c)) && apart(token.end)
        };
        let name = (0..tokens.tokens.len()).find(sign).map_or(0, |i| i + 1);
        let mut sentences = tokens
            .sentences
            .iter()
            .map(|s| Cursor::over(&tokens, s.clone()));
        sentences
            .any(|s| something(s, inline) || s.at < name && something(s.skip(name - s.at), inline))
    }
}

/// The name in strong letters that a paragraph is, or sets off before what it says, and that: "**Red:** close it",
/// but not "**Red lamps** use less".
fn name_above(block: &Block) -> Option<(&str, &str)> {
    let (front, rest) = paragraph(block)?.strong_front()?;
    let colon = front.trim_end().ends_with(':') || rest.starts_with(':');
    let set_off = colon || rest.trim().is_empty();
    Some((name_of(front).filter(|_| set_off)?, rest))
}

/// The name that a front in strong letters is, if it has few words.
fn name_of(front: &str) -> Option<&str> {
    let name = front.trim().trim_end_matches([':', '?', '.']).trim();
    let few = (1..=MAX_NAME).contains(&name.split_whitespace().count());
    few.then_some(name)
}

/// Does a sentence ask, or tell to ask: "Ask at what time they come."?
fn asks_which(sentence: Cursor<'_>) -> bool {
    is_question(sentence) || sentence.seek(WHICH).is_some()
}

/// Does a name tell an hour of the day: "before 10:00"?
fn names_hour(name: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let hour = |word: &str| {
        let time = word.split_once(':');
        time.is_some_and(|(hour, minute)| digits(hour) && digits(minute) && minute.len() == 2)
    };
    name.split_whitespace().any(hour)
}

/// Does a sentence ask something, or tell to look at it, so that what is told below it is for cases?
fn looks(sentence: Cursor<'_>) -> bool {
    is_question(sentence) || looks_for_case(sentence) || depends(sentence)
}

/// What is told for when something is so: "When they want it by post, send it."
fn when_told(first: Cursor<'_>, inline: &Inline) -> Option<Conditional> {
    when_so(first).filter(|c| tells(first.within(c.consequence.clone()), inline))
}

/// The case that is told by its name.
pub(super) fn named(text: &str, name: Cursor<'_>) -> Conditional {
    Conditional {
        condition: Condition {
            test: test(name),
            ..Condition::yes(text)
        },
        cue: Cue::If,
        consequence: 0..0,
    }
}

/// Does a sentence only say what stands below it: "It shows these:"? "After that:" says when.
fn introduces(sentence: Cursor<'_>) -> bool {
    sentence.rest().trim_end().ends_with(':') && sentence.find(WHEN).is_none()
}

fn begins_with_name(inline: &Inline) -> bool {
    plain_name(inline).is_some()
}

/// Does the name of an item have a number in it?
fn names_amount(item: &Item) -> bool {
    let name = lead(item).and_then(plain_name);
    name.is_some_and(|name| name.contains(|c: char| c.is_ascii_digit()))
}

/// What an item asks in a few words before it says what to do: "No key? Call the desk."
fn asks(item: &Item) -> Option<&str> {
    let text = lead(item)?.text.as_str();
    let (asked, rest) = text.split_once('?')?;
    let short = (1..=MAX_NAME).contains(&asked.split_whitespace().count());
    let whole = !asked.contains(['\n', ':', '.']) && rest.starts_with(char::is_whitespace);
    (short && whole && !rest.trim().is_empty()).then(|| asked.trim())
}

fn sets_off(sign: char) -> bool {
    SIGNS.contains(&sign) || ARROWS.contains(&sign)
}

/// Does a sentence say where to go on?
fn goes_on(said: Cursor<'_>, inline: &Inline) -> bool {
    !jumps(said, inline).is_empty() || only_named(said).is_some()
}

/// The name that an item begins with in strong letters: "**Red** – …".
fn strong_name(inline: &Inline) -> Option<&str> {
    let (name, rest) = inline.strong_front()?;
    // "**Orange** (pain of 7 or more): …"
    let bracket = rest.trim_start().strip_prefix('(');
    let rest = bracket
        .and_then(|inner| Some(inner.split_once(')')?.1))
        .unwrap_or(rest);
    let set_off = name.trim_end().ends_with(sets_off) || rest.trim_start().starts_with(sets_off);
    let name = name.trim_matches(|c: char| c.is_whitespace() || sets_off(c));
    (set_off && !name.is_empty()).then_some(name)
}

/// The name that an item begins with: "Red: …", "Works → …".
fn plain_name(inline: &Inline) -> Option<&str> {
    let text = inline.text.as_str();
    let signs = SEPARATORS.iter().chain(&DRAWN);
    let signs = signs.filter_map(|sign| text.find(sign));
    let arrow = (!text.is_ascii()).then(|| text.find(ARROWS)).flatten();
    let sign = signs.chain(arrow).min()?;
    // "`size(of) -> len`" names a thing.
    let mut marks = inline.marks_in(&(0..sign)).iter();
    if marks.any(|m| m.kind == MarkKind::Code && m.end as usize > sign) {
        return None;
    }
    let (name, rest) = text.split_at(sign);
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || c == '>' || sets_off(c));
    let words = name.split_whitespace().count();
    let names = (1..=MAX_NAME).contains(&words)
        && !rest.is_empty()
        && !name.contains('\n')
        && !name.contains(". ");
    names.then(|| name.trim())
}

/// What stands behind the name that a text begins with.
pub(super) fn behind_name(inline: &Inline) -> Option<Inline> {
    let name = plain_name(inline)?;
    let from = inline.text.find(name)? + name.len();
    let sign = |c: char| c.is_whitespace() || c == '>' || sets_off(c);
    let rest = inline.text[from..].trim_start_matches(sign);
    Some(inline.slice(inline.text.len() - rest.len()..inline.text.len()))
}

/// Are the items of a list lettered: "a) Red: …"? Letters name as often what one of is meant as they count.
fn is_lettered(list: &List) -> bool {
    let letter = |item: &Item| {
        let number = item.number.as_deref();
        number.is_some_and(|n| n.len() == 1 && n.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    list.items.iter().all(letter)
}

/// Does an item point from its name to what is done, in a sentence: "Works → pack it up"? A path through
/// menus is shorter.
fn points_on(item: &Item) -> bool {
    let behind = |inline: &Inline| {
        let name = plain_name(inline)?;
        let rest = inline.text.trim_start().get(name.len()..)?.trim_start();
        let drawn = DRAWN.iter().find_map(|arrow| rest.strip_prefix(arrow));
        let rest = drawn.or_else(|| rest.strip_prefix(ARROWS))?;
        let rest = rest.trim();
        let said = rest.starts_with(char::is_lowercase) && rest.ends_with('.');
        Some(said || rest.split_whitespace().count() > 2)
    };
    lead(item).and_then(behind) == Some(true)
}
