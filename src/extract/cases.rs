//! Cases that are named, and not said in a sentence: "Look at the lamp." with the items "**Red** – go on with
//! step 4." and "Green: stop here."

use super::builder::Builder;
use super::chain::{Chain, Layout};
use super::items::Conditions;
use super::lists::lead;
use crate::grammar::{ARROWS, Cursor, Role, TokenKind, Tokens};
use crate::model::{Condition, Inline, Item, List, MarkKind, Op, Test};
use crate::sentence::{
    Conditional, Cue, ending, imperative, is_question, jumps, leading, looks_for_case, only_named,
    test,
};

/// "Hours", "days".
const TIME: Role = Role::named("check.time");
/// What sets a name off from what is done, beside [`ARROWS`].
const SIGNS: [char; 5] = [':', '–', '—', '-', '\u{fe0f}'];
/// What does so where the name is not strong.
const SEPARATORS: [&str; 4] = [": ", " – ", " — ", " - "];
/// Arrows in two signs, beside [`ARROWS`].
const DRAWN: [&str; 2] = ["->", "=>"];
/// A name that is not strong has no more words than this.
const MAX_NAME: usize = 8;

impl Builder<'_> {
    /// Are the items of a list the cases of what the text before it asks, or tells to look at? Behind a
    /// question, or where they name values, most of them say what to do; else one at least says where to go on,
    /// or that it ends, since things can be looked at one after another. Where several do, nothing else can
    /// be meant.
    pub(super) fn lists_named_cases(&self, before: Option<&Inline>, list: &List) -> bool {
        let several = list.start.is_none() && list.items.len() > 1;
        let cases = || -> Option<Vec<Conditional>> {
            list.items.iter().map(|item| self.case(item)).collect()
        };
        let Some(cases) = several.then(cases).flatten() else {
            return false;
        };
        // Answers alone need no name.
        if cases.iter().all(|case| case.condition.text.is_empty()) {
            return false;
        }
        let tokens = before.map(|before| self.words(before));
        let last = tokens.as_ref().and_then(|tokens| {
            let last = tokens.sentences.last()?;
            Some(Cursor::over(tokens, last.clone()))
        });
        let value = |case: &&Conditional| {
            self.names_value(&case.condition.text)
                || case.condition.test.as_ref().is_some_and(bounds)
        };
        let values = cases.iter().filter(value).count() * 2 > cases.len();
        if values || last.is_some_and(is_question) {
            let told = list.items.iter().filter(|item| self.tells_in_case(item));
            return told.count() * 2 > list.items.len();
        }
        // "Works → pack it": what comes of the step before.
        if list.items.iter().all(points_on) {
            return list.items.iter().any(|item| self.tells_in_case(item));
        }
        if last.is_some_and(looks_for_case) && list.items.iter().any(|item| self.leads_away(item)) {
            return true;
        }
        let away = list.items.iter().filter(|item| self.says(item, goes_on));
        away.count() > 1
    }

    /// Steps of which each is done in the case that it names.
    pub(super) fn cases(&mut self, chain: &mut Chain, list: &List) {
        for item in &list.items {
            let case = self.case(item);
            let (unit, _) = self.item(chain, item, Conditions::Each);
            match case {
                Some(case) => chain.branch(self, unit, &case, Layout::Tabled),
                None => chain.part(self, unit),
            }
            self.fill_item(unit, item, false);
        }
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
        let text = strong_name(inline).or_else(|| plain_name(inline))?;
        let tokens = Tokens::plain(text, self.lexicon);
        let all = Cursor::whole(&tokens);
        let names = imperative(all).is_none() && leading(all).is_none();
        names.then(|| Conditional {
            condition: Condition {
                test: test(all),
                ..Condition::yes(text)
            },
            cue: Cue::If,
            consequence: 0..0,
        })
    }

    /// Does a name tell a value: "≥ 2 bar", "0.5–2 mg"? A number alone only counts, and a time, "0–2 hours",
    /// tells when.
    fn names_value(&self, name: &str) -> bool {
        let compares = name.starts_with(['<', '>', '≤', '≥', '=']);
        let amount = name.starts_with(|c: char| c.is_ascii_digit());
        let digits = name.contains(|c: char| c.is_ascii_digit());
        let measures = || {
            let tokens = Tokens::plain(name, self.lexicon);
            let all = Cursor::whole(&tokens);
            name.contains(char::is_alphabetic) && all.seek(TIME).is_none()
        };
        digits && (compares || amount && measures())
    }

    fn tells_in_case(&self, item: &Item) -> bool {
        self.says(item, |said, _| imperative(said).is_some()) || self.leads_away(item)
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
        let sign = |i: &usize| matches!(tokens.tokens[*i].kind, TokenKind::Punct(c) if sets_off(c));
        let name = (0..tokens.tokens.len()).find(sign).map_or(0, |i| i + 1);
        let mut sentences = tokens
            .sentences
            .iter()
            .map(|s| Cursor::over(&tokens, s.clone()));
        sentences
            .any(|s| something(s, inline) || s.at < name && something(s.skip(name - s.at), inline))
    }
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

/// Does an item point from its name to what is done, in a sentence: "Works → pack it up"? A path through
/// menus is shorter.
fn points_on(item: &Item) -> bool {
    let behind = |inline: &Inline| {
        let name = plain_name(inline)?;
        let rest = inline.text.trim_start().get(name.len()..)?.trim_start();
        let drawn = DRAWN.iter().find_map(|arrow| rest.strip_prefix(arrow));
        let rest = drawn.or_else(|| rest.strip_prefix(ARROWS))?;
        Some(rest.split_whitespace().count())
    };
    lead(item).and_then(behind).is_some_and(|words| words > 2)
}

/// Does a comparison set a bound for an amount: "lag < 5 s"?
fn bounds(test: &Test) -> bool {
    let amount = test.value.starts_with(|c: char| c.is_ascii_digit());
    amount && !matches!(test.op, Op::Eq | Op::Ne)
}
