//! The little of JSX that tells where an element's tag ends and what it says.

use nom::bytes::complete::{tag, take_till, take_until};
use nom::character::complete::{char, multispace0, one_of};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

/// A tag longer than this, in bytes, is none that anyone wrote.
const MAX_LEN: usize = 4 * 1024;

/// The length of the tag that `text` begins with: `<Name …>` or `</Name>`. Quotes and braces are
/// passed over as wholes.
pub(super) fn end(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut quote = None;
    let rest = text.strip_prefix('<')?;
    if !rest
        .trim_start_matches('/')
        .starts_with(char::is_alphabetic)
    {
        return None;
    }
    for (i, b) in text.bytes().enumerate().take(MAX_LEN).skip(1) {
        match (quote, b) {
            (Some(q), b) if b == q => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => quote = Some(b),
            (None, b'{') => depth += 1,
            (None, b'}') => depth = depth.saturating_sub(1),
            (None, b'>') if depth == 0 => return Some(i + 1),
            // Another tag begins before this one ends.
            (None, b'<') if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// `{…}`, whose braces match; what stands between them.
pub(super) fn braced(input: &str) -> IResult<&str, &str> {
    let mut depth = 0usize;
    for (i, b) in input.bytes().enumerate().take(MAX_LEN) {
        match b {
            b'{' => depth += 1,
            _ if depth == 0 => break,
            b'}' if depth == 1 => return Ok((&input[i + 1..], &input[1..i])),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    Err(nom::Err::Error(nom::error::Error::new(
        input,
        nom::error::ErrorKind::Char,
    )))
}

/// `label` by `value`, from `[{label: 'Apple', value: 'apple'}, …]`.
pub(super) fn labels(list: &str) -> Vec<(String, String)> {
    let objects = list.split('{').skip(1);
    let pairs = objects.filter_map(|o| Some((property(o, "value")?, property(o, "label")?)));
    pairs
        .map(|(value, label)| (value.to_owned(), label.to_owned()))
        .collect()
}

/// The text that a property of an object has.
fn property<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    let mut read = preceded(
        (
            take_until(name),
            tag(name),
            one_of(" :'\""),
            take_till(|c| c != ':' && c != ' '),
        ),
        preceded(multispace0, text),
    );
    let found: IResult<&str, &str> = read.parse(object);
    found.ok().map(|(_, value)| value)
}

fn text(input: &str) -> IResult<&str, &str> {
    let quote = |q: char| delimited(char(q), take_till(move |c| c == q), char(q));
    nom::branch::alt((quote('\''), quote('"'), quote('`'))).parse(input)
}

/// What `import Name from './file.mdx'` binds to a document: `(Name, ./file.mdx)`.
pub(super) fn import(line: &str) -> Option<(&str, &str)> {
    let (names, from) = line.strip_prefix("import ")?.split_once(" from ")?;
    let (_, address) = text(from.trim()).ok()?;
    let document = address.ends_with(".md") || address.ends_with(".mdx");
    let name = names.trim();
    (document && name.chars().all(char::is_alphanumeric)).then_some((name, address))
}

/// Does a block of `import` or `export` begin with this line?
pub(super) fn is_esm(line: &str) -> bool {
    let import = line.strip_prefix("import ").is_some_and(|rest| {
        let rest = rest.trim_start();
        let quoted = |t: &str| t.trim_start().starts_with(['"', '\'']);
        let from = rest.split_once(" from ").map(|(_, from)| quoted(from));
        quoted(rest) || from.unwrap_or_else(|| rest.starts_with(['{', '*']) || rest.ends_with(','))
    });
    let export = line.strip_prefix("export ").is_some_and(|rest| {
        let begins = [
            "const ",
            "let ",
            "default ",
            "function ",
            "class ",
            "{",
            "async ",
        ];
        begins.iter().any(|b| rest.starts_with(b))
    });
    import || export
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_ends_behind_its_quotes_and_braces() {
        assert_eq!(end("<Tabs values={[{a: '>'}]} b=\">\">x"), Some(32));
        assert_eq!(end("</Tabs> x"), Some(7));
        assert_eq!(end("<Tabs a"), None);
        assert_eq!(end("< b >"), None);
    }

    #[test]
    fn labels_are_found_by_their_values() {
        let read =
            labels("[{label: 'An apple', value: 'apple'}, {\"value\": \"b\", \"label\": \"B\"}]");
        let want = [("apple", "An apple"), ("b", "B")];
        assert_eq!(read, want.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn imports_are_told_from_sentences() {
        assert!(is_esm("import Tabs from '@theme/Tabs';"));
        assert!(is_esm("import {a, b} from \"x\""));
        assert!(is_esm("export const toc = [];"));
        assert!(!is_esm("import the file from the archive"));
        assert!(!is_esm("export the list, then read it"));
        assert_eq!(
            import("import Part from './_part.mdx';"),
            Some(("Part", "./_part.mdx"))
        );
        assert_eq!(import("import Tabs from '@theme/Tabs';"), None);
    }
}
