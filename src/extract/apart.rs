//! What tells names apart that are cases of one thing: "Found" and "Not found", "Screen shows A" and "Screen shows
//! B", "Below 4 °C", "Any other".

use super::builder::Builder;
use super::lists::lead;
use crate::grammar::{Cursor, Role, TokenKind, Tokens};
use crate::model::{Inline, Item, List, MarkKind, Op, Test};
use crate::sentence::{Conditional, VerbForm, exclude, imperative, leading, verb_at};

/// "Hours", "days".
const TIME: Role = Role::named("check.time");
/// "Is", "shown as", before what something is.
const OPEN: Role = Role::named("condition.open");
const MAX_OPEN: usize = 3;
const NOT: Role = Role::named("negation.not");
/// "Any other", what the names before leave.
const REST: Role = Role::named("condition.rest");
/// More cases than this are no two sides of things.
const MAX_APART: usize = 8;
const IS: Role = Role::named("comparison.is");
const IS_NOT: Role = Role::named("comparison.is_not");
/// What an amount is compared with.
const BOUNDS: [Role; 4] = [
    Role::named("comparison.gt"),
    Role::named("comparison.lt"),
    Role::named("comparison.ge"),
    Role::named("comparison.le"),
];

/// "Or more", "or less"
const EITHER_SIDE: [Role; 2] = [
    Role::named("comparison.or_more"),
    Role::named("comparison.or_less"),
];

impl Builder<'_> {
    /// Does each name say that something is so which another says is not: "Found: …", "Not found: …"?
    pub(super) fn set_apart(&self, list: &List, cases: &[Conditional]) -> bool {
        let few = cases.len() <= MAX_APART && !list.items.iter().any(begins_with_code);
        few && cases.iter().all(|case| {
            let apart = |other: &Conditional| self.excludes(case, other);
            cases.iter().any(apart)
        })
    }

    /// Does one of the names say that there is none of what all others have: "No match: …", "Several matches: …"?
    pub(super) fn counts_none(&self, cases: &[Conditional]) -> bool {
        let none = |case: &Conditional| {
            let tokens = Tokens::plain(&case.condition.text, self.lexicon);
            let all = Cursor::whole(&tokens);
            let (not, _) = all.find(NOT)?;
            let thing = all.behind(not).rest().to_lowercase();
            (!thing.is_empty() && !thing.contains(' ')).then_some(thing)
        };
        let Some(thing) = cases.iter().find_map(none) else {
            return false;
        };
        let has = |case: &Conditional| {
            let text = case.condition.text.to_lowercase();
            text.split_whitespace()
                .any(|word| word.starts_with(thing.as_str()))
        };
        cases.len() > 1 && cases.len() <= MAX_APART && cases.iter().all(has)
    }

    /// Is one of the names for what the others leave: "Card: …", "Any other way to pay: …"?
    pub(super) fn leaves_rest(&self, cases: &[Conditional]) -> bool {
        let rest = |case: &Conditional| {
            let tokens = Tokens::plain(&case.condition.text, self.lexicon);
            Cursor::whole(&tokens).find(REST).is_some()
        };
        let commands = || cases.iter().any(|case| self.could_command(case));
        let behind = cases.get(1..).unwrap_or_default();
        behind.iter().any(rest) && cases.len() <= MAX_APART && !commands()
    }

    pub(super) fn excludes(&self, one: &Conditional, other: &Conditional) -> bool {
        let named = |case: &Conditional| !case.condition.text.is_empty();
        named(one) && named(other) && exclude(&one.condition, &other.condition, self.lexicon)
    }

    /// Do all names say what one thing is, or does: "Screen shows A", "Screen shows B"?
    pub(super) fn state_of_one(&self, cases: &[Conditional]) -> bool {
        let texts = || cases.iter().map(|case| case.condition.text.as_str());
        let front = |text: &str| text.split_whitespace().next().map(str::to_lowercase);
        let same = || texts().all(|text| front(text) == front(&cases[0].condition.text));
        let stated = |text: &str| states(Cursor::whole(&Tokens::plain(text, self.lexicon)));
        cases.len() > 1 && same() && texts().all(stated)
    }

    pub(super) fn could_command(&self, case: &Conditional) -> bool {
        let tokens = Tokens::plain(&case.condition.text, self.lexicon);
        imperative(Cursor::whole(&tokens)).is_some()
    }

    /// Do two names say one thing, of which at most one is so, or bounds of one amount?
    pub(super) fn are_sides(&self, one: &Conditional, other: &Conditional) -> bool {
        self.excludes(one, other)
            || self.state_of_one(&[one.clone(), other.clone()])
            || self.bound_each_other(&one.condition.text, &other.condition.text)
    }

    /// Do two names compare with the same amount: "less than 7 days old", "7 days or older"?
    fn bound_each_other(&self, one: &str, other: &str) -> bool {
        let digits = |name: &str| -> String { name.chars().filter(char::is_ascii_digit).collect() };
        let compares = |name: &str| {
            let tokens = Tokens::plain(name, self.lexicon);
            let all = Cursor::whole(&tokens);
            let mut roles = BOUNDS.iter().chain(&EITHER_SIDE);
            roles.any(|role| all.seek(*role).is_some())
        };
        !digits(one).is_empty() && digits(one) == digits(other) && compares(one) && compares(other)
    }

    /// Does a name tell a value: "≥ 2 bar", "0.5–2 mg"? A number alone only counts, and a time, "0–2 hours",
    /// tells when.
    pub(super) fn names_value(&self, name: &str) -> bool {
        let compares = name.starts_with(['<', '>', '≤', '≥', '=']) || self.begins_bound(name);
        let amount = name.starts_with(|c: char| c.is_ascii_digit());
        let digits = name.contains(|c: char| c.is_ascii_digit());
        let measures = || {
            let tokens = Tokens::plain(name, self.lexicon);
            let all = Cursor::whole(&tokens);
            name.contains(char::is_alphabetic) && all.seek(TIME).is_none()
        };
        digits && (compares || amount && measures())
    }

    /// "Below 4 °C", "more than 3 pumps"; not "after 2 hours" nor "over 2 hours", which tell when.
    fn begins_bound(&self, name: &str) -> bool {
        if !name.contains(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let tokens = Tokens::plain(name, self.lexicon);
        let all = Cursor::whole(&tokens);
        let behind = all.find_any(&BOUNDS).map(|(m, _)| all.behind(m));
        // "Up to EUR 1,000"
        let counts = |at: Cursor<'_>| at.peek().is_some_and(|t| t.kind == TokenKind::Number);
        behind.is_some_and(|at| counts(at) || counts(at.skip(1))) && all.seek(TIME).is_none()
    }
}

/// Does a text say what something is or does, which is named in up to three words: "the lamp is red"?
pub(super) fn states(text: Cursor<'_>) -> bool {
    let said = text.places([IS, IS_NOT]).next();
    let does = || {
        let verb = verb_at(text.skip(1));
        verb.is_some_and(|v| matches!(v.form, VerbForm::Third | VerbForm::Past))
    };
    let denies = || text.skip(1).find(NOT).is_some();
    said.is_some_and(|at| (text.at + 1..text.at + 4).contains(&at)) || does() || denies()
}

/// Is a sentence a condition whose last word is still to come: "If the lamp is shown as:"?
pub(super) fn leaves_open(sentence: Cursor<'_>) -> bool {
    let idle = leading(sentence).is_some_and(|found| found.consequence.is_empty());
    let signs = sentence.range().rev();
    let sign = |i: &usize| matches!(sentence.tokens.tokens[*i].kind, TokenKind::Punct(_));
    let end = sentence.end - signs.take_while(sign).count();
    let ends = |n: usize| {
        let at = end.checked_sub(n).filter(|at| *at > sentence.at);
        let found = at.and_then(|at| Cursor { at, ..sentence }.find(OPEN));
        found.is_some_and(|(m, _)| m.end as usize == end)
    };
    idle && (1..=MAX_OPEN).any(ends)
}

/// Does a comparison set a bound for an amount: "lag < 5 s"?
pub(super) fn bounds(test: &Test) -> bool {
    let amount = test.value.starts_with(|c: char| c.is_ascii_digit());
    amount && !matches!(test.op, Op::Eq | Op::Ne)
}

pub(super) fn begins_with_code(item: &Item) -> bool {
    let code = |inline: &Inline| {
        let mut marks = inline.marks.iter();
        marks.any(|m| m.kind == MarkKind::Code && m.start == 0)
    };
    lead(item).is_some_and(code)
}
