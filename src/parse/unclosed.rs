//! SW012: a code fence that is not closed where its author must have meant it to be.

use std::ops::Range;

use super::fence::Fence;
use crate::model::{Code, Diagnostic, Severity, Span, lines};

/// SW012: a code fence is not closed.
const UNCLOSED: Code = Code(12);

/// A fence that is not closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unclosed {
    /// The line that shows it, in the code block's text.
    pub(super) range: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The code goes on to the end of what the fence stands in.
    Open,
    /// Inside of the code stands what looks like the beginning of the next one.
    Reopened,
}

/// What is odd about the fences of a code block, which begins with its opening fence.
pub(super) fn find(block: &str) -> Option<Unclosed> {
    let mut lines = placed(block);
    let (first, open) = lines.next().and_then(|(r, l)| Some((r, Fence::of(l)?)))?;
    let fences = lines.filter_map(|(range, line)| Some((range, Fence::of(line)?)));
    for (range, fence) in fences {
        if fence.closes(open.sign, open.length) {
            return None;
        }
        if looks_like_opening(&fence, &open) {
            let kind = Kind::Reopened;
            return Some(Unclosed { range, kind });
        }
    }
    let kind = Kind::Open;
    Some(Unclosed { range: first, kind })
}

/// A fence as long as the open one, with a name of a language behind it.
fn looks_like_opening(fence: &Fence<'_>, open: &Fence<'_>) -> bool {
    let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '#' | '.');
    fence.sign == open.sign
        && fence.length == open.length
        && !fence.info.is_empty()
        && fence.info.chars().all(named)
}

/// Each line with its range, both without the signs of quotes before it and blanks around it.
fn placed(block: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0;
    lines(block).map(move |line| {
        let start = at;
        at += line.len();
        let body = line.trim_start_matches([' ', '\t', '>']);
        let from = start + line.len() - body.len();
        let body = body.trim_end();
        (from..from + body.len(), body)
    })
}

impl Unclosed {
    /// The finding, at the place of the line.
    pub(super) fn report(&self, span: Span) -> Diagnostic {
        let (message, help) = match self.kind {
            Kind::Open => (
                "the code that this fence opens is never closed",
                "close it with a line of the same fence; until then everything behind it is code",
            ),
            Kind::Reopened => (
                "this looks like the beginning of a code block, but it stands inside of one",
                "close the block before it, or give the outer block a longer fence; until then code and text change places",
            ),
        };
        Diagnostic::at(UNCLOSED, Severity::Warning, span, message.to_owned(), help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(block: &str) -> Option<&str> {
        find(block).map(|f| &block[f.range])
    }

    #[test]
    fn a_closed_block_is_fine() {
        assert_eq!(found("```sh\nls\n   ```"), None);
        assert_eq!(found("````md\n```sh\n```\n````"), None);
        assert_eq!(found("> ```\n> a\n> ```"), None);
    }

    #[test]
    fn a_fence_without_end_is_found_at_its_beginning() {
        assert_eq!(found("```sh\nls\n\nText.\n"), Some("```sh"));
        assert_eq!(found("~~~\n```\n"), Some("~~~"));
    }

    #[test]
    fn an_opening_inside_of_code_is_found_where_it_stands() {
        assert_eq!(found("```sh\nls\n```sh\n\n```sh\nrm\n```"), Some("```sh"));
        assert_eq!(find("```sh\nls\n```sh\n```").map(|f| f.range), Some(9..14));
    }
}
