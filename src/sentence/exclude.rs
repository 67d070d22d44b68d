//! Conditions of which at most one can hold.

use super::comparison::{self, Comparison};
use super::verb::{Verb, VerbForm, verb_at};
use crate::grammar::{Cursor, Lexicon, Role, TokenKind, Tokens};
use crate::model::{Condition, Op, Polarity, Test};

const NOT: Role = Role::named("negation.not");
const OPPOSITES: Role = Role::named("negation.opposites");
/// "There is", "exists": what only says that something is.
const THERE: Role = Role::named("comparison.there");
const IS: Role = Role::named("comparison.is");
/// "Nothing"
const NOBODY: Role = Role::named("negation.nobody");
/// "It", "they": what stands for something that was named.
const REFERS: Role = Role::named("comparison.refers");

/// Can at most one of the two hold? Only what the words themselves show counts.
pub fn exclude(a: &Condition, b: &Condition, lexicon: &Lexicon) -> bool {
    if a.text.is_empty() || b.text.is_empty() {
        // Answers to one question.
        return a.text == b.text && a.polarity != b.polarity;
    }
    let plain = |c: &Condition| c.polarity == Polarity::Yes;
    if let (Some(ta), Some(tb)) = (&a.test, &b.test)
        && plain(a)
        && plain(b)
        && (ta.bounds_apart(tb) || named_apart(ta, tb))
    {
        return true;
    }
    let (ta, tb) = (
        Tokens::plain(&a.text, lexicon),
        Tokens::plain(&b.text, lexicon),
    );
    let (na, nb) = (Normal::of(&ta, a.polarity), Normal::of(&tb, b.polarity));
    if na.words == nb.words {
        return na.negated != nb.negated;
    }
    if na.negated != nb.negated && (na.is_of(&nb) || nb.is_of(&na)) {
        return true;
    }
    if na.negated == nb.negated && (na.is_opposite(&nb, lexicon) || na.is_other_state(&nb)) {
        return true;
    }
    let whole = |t: &Tokens<'_>| comparison::read(Cursor::over(t, 0..t.tokens.len()));
    match (whole(&ta), whole(&tb)) {
        (Some(ca), Some(cb)) => values_differ(&ca, &cb),
        _ => false,
    }
}

/// Two readings of one thing that cannot both be right: "SIM is MISSING", "SIM is LOCKED".
fn values_differ(a: &Comparison, b: &Comparison) -> bool {
    a.test.key == b.test.key
        && a.test.op == Op::Eq
        && b.test.op == Op::Eq
        && a.marked
        && b.marked
        && a.test.value != b.test.value
}

/// Two names that one thing cannot both be: "the mode is `fan-out`", "the mode is `fan-in`".
fn named_apart(a: &Test, b: &Test) -> bool {
    let name = |value: &str| {
        let sign = |c: char| matches!(c, '-' | '_' | '.' | '/') || c.is_ascii_digit();
        value.contains(sign) && !value.contains(char::is_whitespace)
    };
    let states = a.op == Op::Eq && b.op == Op::Eq && a.key == b.key;
    states && a.value != b.value && name(&a.value) && name(&b.value)
}

/// The word at the cursor, a verb of a statement by its base form: "does not give" denies "gives", "did not turn" "turned".
fn base(at: Cursor<'_>) -> String {
    let stated =
        |v: &Verb<'_>| matches!(v.form, VerbForm::Third | VerbForm::Past) && v.end == at.at + 1;
    match verb_at(at).filter(stated) {
        Some(verb) => verb.lemma.to_owned(),
        None => at.tokens.spelling(at.at).to_lowercase(),
    }
}

/// A clause as its words, without articles, parentheses, negations and what only says that something is.
struct Normal {
    words: Vec<String>,
    /// Is the first of them "it", or "they"?
    refers: bool,
    /// Is it said of nothing?
    nobody: bool,
    /// Behind so many of them is said what something is.
    said: Option<usize>,
    /// Which of them are all capitals: "IPTABLES".
    capitals: Vec<bool>,
    negated: bool,
}

impl Normal {
    fn of(tokens: &Tokens<'_>, polarity: Polarity) -> Self {
        let all = Cursor::whole(tokens);
        let mut normal = Normal {
            words: Vec::new(),
            refers: all.find(REFERS).is_some(),
            nobody: all.find(NOBODY).is_some(),
            said: None,
            capitals: Vec::new(),
            negated: polarity == Polarity::No,
        };
        let (mut i, mut depth) = (0, 0usize);
        while i < all.end {
            let here = Cursor { at: i, ..all };
            let token = tokens.tokens[i];
            i += 1;
            match token.kind {
                TokenKind::Punct('(') => depth += 1,
                TokenKind::Punct(')') => depth = depth.saturating_sub(1),
                TokenKind::Punct(_) => {}
                _ if depth > 0 || tokens.lexicon.is_article(token.sym) => {}
                _ => {
                    if let Some((m, _)) = here.find(NOT) {
                        normal.negated = !normal.negated;
                        i = m.end as usize;
                    } else if let Some((m, _)) = here.find(THERE) {
                        i = m.end as usize;
                    } else {
                        let spelled = tokens.spelling(here.at);
                        let upper = |c: char| c.is_uppercase() || c.is_ascii_digit();
                        let capital = spelled.len() > 1 && spelled.chars().all(upper);
                        normal.words.push(base(here));
                        normal.capitals.push(capital);
                        if normal.said.is_none() && here.find(IS).is_some() {
                            normal.said = Some(normal.words.len());
                        }
                    }
                }
            }
        }
        normal
    }

    /// Does this say of "it", or of nothing, what the other says of a thing: "it works", "the new pump works"?
    fn is_of(&self, other: &Normal) -> bool {
        let said = match self.nobody {
            true => &self.words[..],
            false => self.words.get(1..).unwrap_or_default(),
        };
        (self.refers || self.nobody)
            && !said.is_empty()
            && other.words.len() > said.len()
            && other.words.ends_with(said)
    }

    /// The place of the one word in which the two differ.
    fn differing(&self, other: &Normal) -> Option<usize> {
        if self.words.len() != other.words.len() {
            return None;
        }
        let mut pairs = self.words.iter().zip(&other.words);
        let at = pairs.position(|(a, b)| a != b)?;
        pairs.all(|(a, b)| a == b).then_some(at)
    }

    /// Do the two say of one thing that it is in different states: "it is in RED mode", "it is in BLUE mode"?
    fn is_other_state(&self, other: &Normal) -> bool {
        let at = self.differing(other);
        at.is_some_and(|at| {
            let said = self.said.is_some_and(|said| said <= at);
            said && self.capitals[at] && other.capitals[at]
        })
    }

    /// Do the two differ in one word, and are these words opposites?
    fn is_opposite(&self, other: &Normal, lexicon: &Lexicon) -> bool {
        let Some(at) = self.differing(other) else {
            return false;
        };
        let (a, b) = (&self.words[at], &other.words[at]);
        lexicon.has(&format!("{a} {b}"), OPPOSITES) || lexicon.has(&format!("{b} {a}"), OPPOSITES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::testing::english;

    #[test]
    fn only_what_the_words_show_excludes() {
        let c = |text: &str| Condition::yes(text);
        for (a, b, want) in [
            ("SIM shows as MISSING", "SIM is LOCKED with PIN/PUK", true),
            (
                "the service is available",
                "the service is not available",
                true,
            ),
            ("Mobile Data is ON", "Mobile Data is OFF", true),
            ("there is no second pump", "a second pump exists", true),
            (
                "the user provides a name",
                "the user does not provide a name",
                true,
            ),
            ("a spare pump exists", "there is no spare pump", true),
            ("no token exists", "a token exists", true),
            (
                "the pump is running in ECO mode",
                "the pump is running in BOOST mode",
                true,
            ),
            (
                "the new pump fits the pipe",
                "it does not fit the pipe",
                true,
            ),
            (
                "the new pump fits the pipe",
                "it does not fit the shaft",
                false,
            ),
            ("the page comes out", "nothing comes out", true),
            ("the page comes out", "nothing goes in", false),
            ("the mill uses GAS", "the mill uses OIL", false),
            ("the disk is full", "the network is down", false),
            (
                "the customer is mistaken (Oracle says No)",
                "the customer is correct (Oracle says Yes)",
                false,
            ),
        ] {
            assert_eq!(exclude(&c(a), &c(b), english()), want, "{a} / {b}");
        }
    }

    #[test]
    fn comparisons_of_one_thing_exclude() {
        let c = |key: &str, op: Op, value: &str| Condition {
            test: Some(Test {
                key: key.to_owned(),
                op,
                value: value.to_owned(),
            }),
            ..Condition::yes(format!("{key} {} {value}", op.sign()))
        };
        for (a, b, want) in [
            (c("age", Op::Ge, "60"), c("age", Op::Lt, "60"), true),
            (c("load", Op::Gt, "5 bar"), c("load", Op::Lt, "2 bar"), true),
            (
                c("load", Op::Gt, "300 mbar"),
                c("load", Op::Lt, "5 bar"),
                false,
            ),
            (c("age", Op::Ge, "60"), c("age", Op::Gt, "40"), false),
            (c("age", Op::Ge, "60"), c("weight", Op::Lt, "60"), false),
            (
                c("mode", Op::Eq, "fan-in"),
                c("mode", Op::Eq, "fan-out"),
                true,
            ),
            (c("mode", Op::Eq, "odd"), c("mode", Op::Eq, "broken"), false),
        ] {
            assert_eq!(exclude(&a, &b, english()), want, "{} / {}", a.text, b.text);
        }
    }
}
