//! The inside of a tag: `name key="value" 'positional' other`.

use std::ops::Range;

use nom::branch::alt;
use nom::bytes::complete::{take_till, take_till1, take_while};
use nom::character::complete::{char, space0};
use nom::combinator::opt;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use super::dialect::{Delimiter, Dialect, TagRule};

/// A tag found in a text.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    /// Where it stands in the text that was searched.
    pub(super) range: Range<usize>,
    pub(super) name: String,
    /// `{{< /note >}}`
    pub(super) closing: bool,
    /// `{{< tab … />}}`
    pub(super) empty: bool,
    /// Everything after the name, as written.
    pub(super) rest: String,
    arguments: Vec<(String, String)>,
}

impl Tag {
    /// The value of the first of these attributes that is there. Positional ones are called `0`,
    /// `1` …; `rest` is everything after the name.
    pub(super) fn value(&self, names: &[String]) -> Option<(&str, &str)> {
        names.iter().find_map(|name| {
            if name == "rest" {
                return (!self.rest.is_empty()).then_some(("rest", self.rest.as_str()));
            }
            self.arguments
                .iter()
                .find(|(n, v)| n == name && !v.is_empty())
                .map(|(n, v)| (n.as_str(), v.as_str()))
        })
    }

    /// What the tag shows a reader.
    pub(super) fn shown(&self, rule: &TagRule) -> String {
        let value = self.value(&rule.text).map_or("", |(_, v)| v);
        rule.words
            .get(value)
            .cloned()
            .unwrap_or_else(|| value.to_owned())
    }
}

/// The next tag of the dialect at or after `from`.
pub(super) fn next(text: &str, from: usize, dialect: &Dialect) -> Option<Tag> {
    dialect
        .delimiters
        .iter()
        .filter(|d| !d.line)
        .filter_map(|d| {
            let open = from + text[from..].find(&d.open)?;
            tag_at(text, open, d, dialect)
        })
        .min_by_key(|tag| tag.range.start)
}

/// The tag that begins at `open`, where the delimiter's opening stands.
pub(super) fn tag_at(text: &str, open: usize, d: &Delimiter, dialect: &Dialect) -> Option<Tag> {
    let inner = open + d.open.len();
    let line_end = text[inner..].find('\n').map_or(text.len(), |n| inner + n);
    let (inside, end) = if d.close.is_empty() {
        (&text[inner..line_end], line_end)
    } else {
        let limit = if d.line { line_end } else { text.len() };
        match text[inner..limit].find(&d.close) {
            Some(n) => (&text[inner..inner + n], inner + n + d.close.len()),
            None if d.line && !d.components => (&text[inner..line_end], line_end),
            None => return None,
        }
    };
    let tag = read(inside, open..end, d)?;
    let known = dialect.rule(&tag.name).is_some() || dialect.closes(&tag.name);
    let component = d.components && tag.name.starts_with(|c: char| c.is_ascii_uppercase());
    if d.line && !known && !component && !tag.name.is_empty() {
        return None;
    }
    Some(tag)
}

fn read(inside: &str, range: Range<usize>, d: &Delimiter) -> Option<Tag> {
    let mut inside = inside.trim().trim_start_matches([':', '-']).trim();
    let mut closing = false;
    let empty = inside.ends_with('/');
    inside = inside.trim_end_matches(['/', '-']).trim_end();
    if let Some(rest) = d.closer.as_deref().and_then(|c| inside.strip_prefix(c)) {
        // A closer that is letters ("end") must be followed by the name at once.
        if rest.trim_start().starts_with(|c: char| c.is_alphabetic()) {
            closing = true;
            inside = rest.trim_start();
        }
    }
    let (rest, name) = name(inside).ok()?;
    let arguments = arguments(rest);
    Some(Tag {
        range,
        name: name.to_owned(),
        closing,
        empty,
        rest: rest.trim().to_owned(),
        arguments,
    })
}

fn name(input: &str) -> IResult<&str, &str> {
    take_while(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.')).parse(input)
}

fn quoted(input: &str) -> IResult<&str, &str> {
    let quote = |q: char| delimited(char(q), take_till(move |c| c == q), char(q));
    alt((quote('"'), quote('\''), quote('`'))).parse(input)
}

fn bare(input: &str) -> IResult<&str, &str> {
    take_till1(|c: char| c.is_whitespace() || c == '=').parse(input)
}

/// `key="value"`, or a value alone.
fn argument(input: &str) -> IResult<&str, (Option<&str>, &str)> {
    let value = || preceded(space0, alt((quoted, bare)));
    let keyed = (
        terminated(
            take_till1(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\'')),
            (space0, char('='), space0),
        ),
        opt(value()),
    );
    preceded(
        space0,
        alt((
            keyed.map(|(k, v)| (Some(k), v.unwrap_or_default())),
            value().map(|v| (None, v)),
        )),
    )
    .parse(input)
}

fn arguments(mut input: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut position = 0;
    while let Ok((rest, (key, value))) = argument(input) {
        if rest.len() == input.len() {
            break;
        }
        let key = key.map_or_else(
            || {
                position += 1;
                (position - 1).to_string()
            },
            str::to_owned,
        );
        out.push((key, value.to_owned()));
        input = rest;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_keyed_or_counted() {
        let read = arguments(r#" name="a b" id = 'x' plain "quoted" flag=3"#);
        let read: Vec<(&str, &str)> = read.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(
            read,
            [
                ("name", "a b"),
                ("id", "x"),
                ("0", "plain"),
                ("1", "quoted"),
                ("flag", "3")
            ]
        );
    }
}
