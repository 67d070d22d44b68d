//! Tags: `name key="value" 'positional' other` between the signs of a dialect.

use std::ops::Range;

use nom::branch::alt;
use nom::bytes::complete::{take_till, take_till1, take_while};
use nom::character::complete::{char, space0};
use nom::combinator::opt;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use super::dialect::{Delimiter, Dialect, TagRule};
use super::jsx;

/// A tag found in a text.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    /// Where it stands in the text that was searched.
    pub(super) range: Range<usize>,
    /// The place of its signs among those of the dialect.
    pub(super) delimiter: usize,
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

    /// The value of an attribute.
    pub(super) fn argument(&self, name: &str) -> Option<&str> {
        let found = self.arguments.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The title that the tag gives to what it opens: `title="Note"`, `:::tip[Note]`, `:::tip Note`.
    pub(super) fn title(&self) -> &str {
        let bare = Some(self.rest.as_str()).filter(|rest| !rest.contains('='));
        let title = self.argument("title").or(bare).unwrap_or_default();
        title.trim_matches(['[', ']', '"', ' '])
    }

    /// What the tag shows a reader.
    pub(super) fn shown(&self, rule: &TagRule) -> String {
        let value = self.value(&rule.text).map_or("", |(_, v)| v);
        rule.words
            .get(value)
            .cloned()
            .unwrap_or_else(|| match rule.variable && !value.is_empty() {
                true => variable(value),
                false => value.to_owned(),
            })
    }
}

/// What stands for a value that only the site knows, by its name: a variable as in URI templates (RFC 6570).
pub(super) fn variable(name: &str) -> String {
    format!("{{{name}}}")
}

/// Where tags are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Among {
    /// In a line whose text begins at this offset.
    Line(usize),
    /// In running text, where signs that need a line's beginning are none.
    Text,
}

/// The tags of the dialect in `text`, in their order.
pub(super) fn all(text: &str, among: Among, dialect: &Dialect) -> Vec<Tag> {
    let mut search = Search::new(text, among, dialect);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(tag) = search.next(at) {
        at = tag.range.end.max(at + 1);
        found.push(tag);
    }
    found
}

/// Walks over a text once, with the next place of each pair of signs.
struct Search<'a> {
    text: &'a str,
    dialect: &'a Dialect,
    next: Vec<Option<usize>>,
}

impl<'a> Search<'a> {
    fn new(text: &'a str, among: Among, dialect: &'a Dialect) -> Self {
        let first = |d: &Delimiter| match among {
            Among::Line(start) if d.line && !d.components => {
                text[start..].starts_with(&d.open).then_some(start)
            }
            Among::Line(start) => find(&text[start..], &d.open).map(|n| start + n),
            Among::Text if d.line => None,
            Among::Text => find(text, &d.open),
        };
        Search {
            text,
            dialect,
            next: dialect.delimiters.iter().map(first).collect(),
        }
    }

    /// The next tag at or after `from`.
    fn next(&mut self, from: usize) -> Option<Tag> {
        loop {
            for i in 0..self.next.len() {
                if self.next[i].is_some_and(|at| at < from) {
                    self.seek(i, from);
                }
            }
            let places = self.next.iter().enumerate();
            let (i, open) = places
                .filter_map(|(i, at)| Some((i, (*at)?)))
                .min_by_key(|(_, at)| *at)?;
            match tag_at(self.text, open, i, self.dialect) {
                Ok(tag) => return Some(tag),
                Err(NoTag::Here) => self.seek(i, open + 1),
                Err(NoTag::Any) => self.next[i] = None,
            }
        }
    }

    fn seek(&mut self, i: usize, from: usize) {
        let delimiter = &self.dialect.delimiters[i];
        let once = delimiter.line && !delimiter.components;
        self.next[i] = match self.text.get(from..) {
            Some(rest) if !once => find(rest, &delimiter.open).map(|n| from + n),
            _ => None,
        };
    }
}

/// Where a sign first stands in a text. In a line, or in a few, a search of the library takes longer to
/// get ready than to find something.
pub(super) fn find(text: &str, sign: &str) -> Option<usize> {
    let (text, sign) = (text.as_bytes(), sign.as_bytes());
    memchr::memchr_iter(*sign.first()?, text).find(|at| text[*at..].starts_with(sign))
}

/// Why there is no tag at a place.
enum NoTag {
    /// There may be one later.
    Here,
    /// The closing sign is nowhere behind it, so there is none later either.
    Any,
}

/// The tag that begins at `open`, where the opening sign stands.
fn tag_at(text: &str, open: usize, place: usize, dialect: &Dialect) -> Result<Tag, NoTag> {
    let d = &dialect.delimiters[place];
    let inner = open + d.open.len();
    let (inside, end) = if d.components {
        let end = jsx::end(&text[open..]).ok_or(NoTag::Here)?;
        (&text[inner..open + end - d.close.len()], open + end)
    } else {
        let close = text[inner..].find(&d.close).filter(|_| !d.close.is_empty());
        match close {
            Some(n) => (&text[inner..inner + n], inner + n + d.close.len()),
            // On a line of its own the closing sign may be left out.
            None if d.line => (&text[inner..], text.len()),
            None => return Err(NoTag::Any),
        }
    };
    let tag = read(inside, open..end, place, dialect).ok_or(NoTag::Here)?;
    if is_tag(&tag, d, dialect) {
        Ok(tag)
    } else {
        Err(NoTag::Here)
    }
}

/// Is what was read one of the dialect's tags?
fn is_tag(tag: &Tag, d: &Delimiter, dialect: &Dialect) -> bool {
    if tag.name.is_empty() {
        // `:::` alone closes; other signs always have a name.
        return d.close.is_empty() && tag.rest.is_empty();
    }
    let named = dialect.rule(&tag.name).is_some()
        || dialect.closes(&tag.name)
        || dialect.continued(&tag.name).is_some();
    if d.components {
        return named || tag.name.starts_with(|c: char| c.is_ascii_uppercase());
    }
    named || d.other.is_some() || !(d.line || d.listed)
}

fn read(inside: &str, range: Range<usize>, delimiter: usize, dialect: &Dialect) -> Option<Tag> {
    let d = &dialect.delimiters[delimiter];
    let mut inside = inside.trim().trim_start_matches([':', '-']).trim();
    let mut closing = false;
    let empty = inside.ends_with('/');
    inside = inside.trim_end_matches(['/', '-']).trim_end();
    let closer = d.closer.as_deref().and_then(|c| inside.strip_prefix(c));
    if let Some(rest) = closer.map(str::trim_start) {
        // "endif" is the end of "ifversion"; the rules say so.
        let whole = name(inside).map_or("", |(_, n)| n);
        if rest.starts_with(char::is_alphabetic) && !dialect.closes(whole) {
            closing = true;
            inside = rest;
        }
    }
    // "{note} Title", "{.callout-note title=…}"
    let braced = inside.strip_prefix('{').and_then(|i| i.split_once('}'));
    let unbraced =
        braced.map(|(head, rest)| format!("{} {rest}", head.trim_start_matches(['.', '#'])));
    let inside = unbraced.as_deref().unwrap_or(inside);
    let (rest, name) = name(inside).ok()?;
    // `/// tab | Title`
    let rest = rest.trim().trim_start_matches('|').trim_start();
    let braced = rest.strip_prefix('{').and_then(|r| r.strip_suffix('}'));
    let arguments = arguments(braced.unwrap_or(rest));
    Some(Tag {
        range,
        delimiter,
        name: name.to_owned(),
        closing,
        empty,
        rest: rest.to_owned(),
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

/// `key="value"`, `key={value}`, or a value alone.
fn argument(input: &str) -> IResult<&str, (Option<&str>, &str)> {
    let value = || preceded(space0, alt((quoted, jsx::braced, bare)));
    let keyed = (
        terminated(
            take_till1(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\'' | '{')),
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

fn arguments(input: &str) -> Vec<(String, String)> {
    let mut input = input.trim_start();
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
        input = rest.trim_start();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_keyed_or_counted() {
        let read = arguments(" name=\"a b\" id = 'x' plain \"quoted\" flag=3\n list={[{a: 'b'}]}");
        let read: Vec<(&str, &str)> = read.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(
            read,
            [
                ("name", "a b"),
                ("id", "x"),
                ("0", "plain"),
                ("1", "quoted"),
                ("flag", "3"),
                ("list", "[{a: 'b'}]")
            ]
        );
    }
}
