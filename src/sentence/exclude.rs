//! Conditions of which at most one can hold.

use super::comparison::{self, Comparison};
use super::verb::{Verb, VerbForm, verb_at};
use crate::grammar::{Cursor, Lexicon, Role, TokenKind, Tokens};
use crate::model::{Condition, Fact, Facts, Op, Polarity, Test};

const NOT: Role = Role::named("negation.not");
const OPPOSITES: Role = Role::named("negation.opposites");
/// "There is", "exists"
const EXISTS: Role = Role::named("negation.exists");

/// Can at most one of the two hold? Only what the words themselves show counts.
pub fn exclude(a: &Condition, b: &Condition, lexicon: &Lexicon) -> bool {
    if a.text.is_empty() || b.text.is_empty() {
        // Answers to one question.
        return a.text == b.text && a.polarity != b.polarity;
    }
    let (ta, tb) = (
        Tokens::plain(&a.text, lexicon),
        Tokens::plain(&b.text, lexicon),
    );
    let (na, nb) = (Normal::of(&ta, a.polarity), Normal::of(&tb, b.polarity));
    if na.words == nb.words {
        return na.negated != nb.negated;
    }
    if na.negated == nb.negated && na.is_opposite(&nb, lexicon) {
        return true;
    }
    let whole = |t: &Tokens<'_>| comparison::read(Cursor::over(t, 0..t.tokens.len()));
    match (whole(&ta), whole(&tb)) {
        (Some(ca), Some(cb)) => {
            let stated = a.polarity == Polarity::Yes && b.polarity == Polarity::Yes;
            values_differ(&ca, &cb) || stated && apart(ca.test, cb.test)
        }
        _ => false,
    }
}

/// Bounds of one thing between which nothing is: "more than 5 bar", "less than 2 bar".
fn apart(a: Test, b: Test) -> bool {
    let unit = |test: &Test| {
        let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ' ');
        test.value.trim_start_matches(number).to_owned()
    };
    let bounds = |test: &Test| !matches!(test.op, Op::Eq | Op::Ne);
    bounds(&a) && bounds(&b) && unit(&a) == unit(&b) && {
        let known: Facts = [Fact(a)].into_iter().collect();
        known.decide(&b) == Some(false)
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

/// The word at the cursor, a verb of a statement by its base form: "does not give" denies "gives".
fn base(at: Cursor<'_>) -> String {
    let third = |v: &Verb<'_>| v.form == VerbForm::Third && v.end == at.at + 1;
    match verb_at(at).filter(third) {
        Some(verb) => verb.lemma.to_owned(),
        None => at.tokens.spelling(at.at).to_lowercase(),
    }
}

/// A clause as its words, without articles, parentheses, negations and what only says that there is something.
struct Normal {
    words: Vec<String>,
    negated: bool,
}

impl Normal {
    fn of(tokens: &Tokens<'_>, polarity: Polarity) -> Self {
        let mut normal = Normal {
            words: Vec::new(),
            negated: polarity == Polarity::No,
        };
        let all = Cursor::over(tokens, 0..tokens.tokens.len());
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
                    } else if let Some((m, _)) = here.find(EXISTS) {
                        // "There is no pump", "a pump exists"
                        i = m.end as usize;
                    } else {
                        normal.words.push(base(here));
                    }
                }
            }
        }
        normal
    }

    /// Do the two differ in one word, and are these words opposites?
    fn is_opposite(&self, other: &Normal, lexicon: &Lexicon) -> bool {
        if self.words.len() != other.words.len() {
            return false;
        }
        let mut differing = self.words.iter().zip(&other.words).filter(|(a, b)| a != b);
        let (Some((a, b)), None) = (differing.next(), differing.next()) else {
            return false;
        };
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
            (
                "the pressure is above 5 bar",
                "the pressure is below 2 bar",
                true,
            ),
            (
                "the pressure is at least 5 bar",
                "the pressure is at most 4 bar",
                true,
            ),
            (
                "the pressure is above 5 bar",
                "the pressure is above 2 bar",
                false,
            ),
            (
                "the pressure is above 5 bar",
                "the pressure is below 200 mbar",
                false,
            ),
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
}
