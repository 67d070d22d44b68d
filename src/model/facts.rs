//! What the caller says is so: `os=linux`, `kubernetes>=1.29`.

use std::fmt;
use std::str::FromStr;

use super::{Op, Test};

/// One fact. `Eq` states the value; the other comparisons bound it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact(pub Test);

/// What is known, in the order in which it was said; a later `Eq` on the same key replaces it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(Vec<Fact>);

/// Why a fact could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot read the fact {0:?}: write KEY=VALUE, or KEY>=VALUE with one of = != < <= > >=")]
pub struct BadFact(String);

impl FromStr for Fact {
    type Err = BadFact;

    fn from_str(s: &str) -> Result<Self, BadFact> {
        let bad = || BadFact(s.to_owned());
        let at = s.find(['=', '<', '>', '!']).ok_or_else(bad)?;
        let sign_len = if s[at + 1..].starts_with('=') { 2 } else { 1 };
        let op = Op::from_sign(&s[at..at + sign_len]).ok_or_else(bad)?;
        let (key, value) = (s[..at].trim(), s[at + sign_len..].trim());
        if key.is_empty() || value.is_empty() {
            return Err(bad());
        }
        Ok(Fact(Test {
            key: key.to_lowercase(),
            op,
            value: value.to_lowercase(),
        }))
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.0.key, self.0.op.sign(), self.0.value)
    }
}

impl Facts {
    /// Adds a fact.
    pub fn add(&mut self, fact: Fact) {
        if fact.0.op == Op::Eq {
            self.0.retain(|f| f.0.key != fact.0.key);
        }
        if !self.0.contains(&fact) {
            self.0.push(fact);
        }
    }

    /// The value of `key`, where one was stated.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|f| f.0.op == Op::Eq && f.0.key == key)
            .map(|f| f.0.value.as_str())
    }

    /// Does a comparison hold, by what is known? `None` where nothing is known of its key.
    pub fn decide(&self, test: &Test) -> Option<bool> {
        let mut decided = None;
        for Fact(fact) in self.0.iter().filter(|f| f.0.key == test.key) {
            decided = decided.or(implied(fact, test));
        }
        decided
    }

    /// All facts.
    pub fn iter(&self) -> impl Iterator<Item = &Fact> {
        self.0.iter()
    }

    /// Is nothing known?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Test {
    /// Are these two bounds of one amount that cannot both hold: `age >= 60` and `age < 60`?
    pub fn bounds_apart(&self, other: &Test) -> bool {
        let bounds = |test: &Test| !matches!(test.op, Op::Eq | Op::Ne);
        let amounts = numbers(&self.value).is_some() && numbers(&other.value).is_some();
        let apart = |a: &Test, b: &Test| implied(a, b) == Some(false);
        let alike = self.key == other.key && unit(&self.value) == unit(&other.value);
        let related = alike && amounts && bounds(self) && bounds(other);
        related && (apart(self, other) || apart(other, self))
    }
}

/// Does a fact decide a comparison of the same key?
fn implied(fact: &Test, test: &Test) -> Option<bool> {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let order = compare(&fact.value, &test.value);
    match (fact.op, test.op) {
        (Op::Eq, Op::Eq) => Some(order == Equal),
        (Op::Eq, Op::Ne) => Some(order != Equal),
        (Op::Eq, Op::Lt) => Some(order == Less),
        (Op::Eq, Op::Le) => Some(order != Greater),
        (Op::Eq, Op::Gt) => Some(order == Greater),
        (Op::Eq, Op::Ge) => Some(order != Less),
        (Op::Ge | Op::Gt, Op::Ge) if order != Less => Some(true),
        (Op::Gt, Op::Gt) if order != Less => Some(true),
        (Op::Ge, Op::Gt) if order == Greater => Some(true),
        (Op::Ge | Op::Gt, Op::Lt) if order != Less => Some(false),
        (Op::Le | Op::Lt, Op::Le) if order != Greater => Some(true),
        (Op::Lt, Op::Lt) if order != Greater => Some(true),
        (Op::Le, Op::Lt) if order == Less => Some(true),
        (Op::Le | Op::Lt, Op::Gt) if order != Greater => Some(false),
        (Op::Lt, Op::Ge) if order != Greater => Some(false),
        (Op::Le, Op::Ge) if order == Less => Some(false),
        (Op::Ge, Op::Le) if order == Greater => Some(false),
        (Op::Gt, Op::Le) if order != Less => Some(false),
        (Op::Ne, Op::Eq) if order == Equal => Some(false),
        (Op::Ne, Op::Ne) if order == Equal => Some(true),
        _ => None,
    }
}

/// Compares two values: versions and numbers part by part, everything else as text.
fn compare(a: &str, b: &str) -> std::cmp::Ordering {
    match (numbers(a), numbers(b)) {
        (Some(mut x), Some(mut y)) => {
            let length = x.len().max(y.len());
            x.resize(length, 0);
            y.resize(length, 0);
            x.cmp(&y)
        }
        _ => a.to_lowercase().cmp(&b.to_lowercase()),
    }
}

/// `v1.29` as its parts; a unit behind the number is left out.
fn numbers(value: &str) -> Option<Vec<u64>> {
    let value = value.trim().trim_start_matches(['v', 'V']);
    let digits = value
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .next()?;
    let parts: Option<Vec<u64>> = digits
        .trim_end_matches('.')
        .split('.')
        .map(|p| p.parse().ok())
        .collect();
    parts.filter(|p| !p.is_empty())
}

/// What stands behind the number of an amount: "bar" of "5 bar".
fn unit(value: &str) -> &str {
    let within = |c: char| c.is_ascii_digit() || c == '.';
    let behind = value.trim().trim_start_matches(['v', 'V']);
    behind.trim_start_matches(within).trim_start()
}

impl FromIterator<Fact> for Facts {
    fn from_iter<I: IntoIterator<Item = Fact>>(iter: I) -> Self {
        let mut facts = Facts::default();
        for fact in iter {
            facts.add(fact);
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_decide_comparisons_of_their_key() {
        let facts =
            |text: &str| -> Facts { [text.parse::<Fact>().expect(text)].into_iter().collect() };
        let test = |text: &str| text.parse::<Fact>().expect(text).0;
        for (fact, tested, want) in [
            ("kubernetes=1.30", "kubernetes>=1.29", Some(true)),
            ("kubernetes=1.9", "kubernetes>=1.29", Some(false)),
            ("kubernetes>=1.29", "kubernetes>=1.29", Some(true)),
            ("kubernetes>=1.29", "kubernetes<1.20", Some(false)),
            ("kubernetes>=1.29", "kubernetes>=1.30", None),
            ("kubernetes>=1.29", "kubernetes<=1.28", Some(false)),
            ("kubernetes<=1.28", "kubernetes>=1.29", Some(false)),
            ("kubernetes>=1.29", "kubernetes<=1.29", None),
            ("kubernetes>1.29", "kubernetes<=1.29", Some(false)),
            ("os=linux", "os=windows", Some(false)),
            ("os!=windows", "os=linux", None),
            ("ram=8gb", "ram>=4gb", Some(true)),
            ("ram=8", "disk>=4", None),
        ] {
            assert_eq!(facts(fact).decide(&test(tested)), want, "{fact} / {tested}");
        }
    }

    #[test]
    fn reads_every_comparison() {
        for (text, key, op, value) in [
            ("os=linux", "os", Op::Eq, "linux"),
            ("Kubernetes >= 1.29", "kubernetes", Op::Ge, "1.29"),
            ("n<3", "n", Op::Lt, "3"),
            ("os!=Windows", "os", Op::Ne, "windows"),
        ] {
            let fact: Fact = text.parse().expect(text);
            assert_eq!(
                (fact.0.key.as_str(), fact.0.op, fact.0.value.as_str()),
                (key, op, value)
            );
        }
        for text in ["os", "=linux", "os=", "os!linux", ""] {
            assert!(text.parse::<Fact>().is_err(), "{text}");
        }
    }
}
