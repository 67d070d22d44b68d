//! The author's text, byte for byte.

use std::ops::Range;

use crate::model::lines;

/// Where a body stands in its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    /// The range.
    pub(super) range: Range<usize>,
    /// Columns of indentation that belong to an enclosing list.
    pub(super) indent: usize,
    /// From here on the text stands at the margin again, after the list.
    pub(super) margin: usize,
}

impl Body {
    /// A body at the margin.
    pub(super) fn plain(range: Range<usize>) -> Self {
        Body {
            margin: range.start,
            range,
            indent: 0,
        }
    }

    /// The body of a list item, whose lines are indented.
    pub(super) fn indented(range: Range<usize>, indent: usize) -> Self {
        Body {
            margin: range.end,
            range,
            indent,
        }
    }

    /// The text, without blank lines around it and without the list's indentation.
    pub(super) fn text(&self, source: &str) -> String {
        let range = trimmed(source, self.range.clone());
        if self.indent == 0 || self.margin <= range.start {
            return source[range].to_owned();
        }
        let margin = self.margin.clamp(range.start, range.end);
        let mut out = String::with_capacity(range.len());
        let mut rest = &source[range.start..margin];
        // The first line begins behind the item's marker, or with it.
        if !source[..range.start].is_empty() && !source[..range.start].ends_with('\n') {
            let end = rest.find('\n').map_or(rest.len(), |n| n + 1);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        }
        self.dedent_lines(rest, &mut out);
        out.push_str(&source[margin..range.end]);
        out
    }

    fn dedent_lines(&self, text: &str, out: &mut String) {
        let mut fence = None;
        let mut at = 0;
        while at < text.len() {
            if fence.is_none()
                && let Some(quote) = quoted_code(&text[at..])
            {
                out.push_str(quote);
                at += quote.len();
                continue;
            }
            let line = text[at..].split_inclusive('\n').next().unwrap_or_default();
            dedent(line, indent_of(line, self.indent, &mut fence), out);
            at += line.len();
        }
    }
}

/// The quote that a text begins with, if there is code in it. Its lines stay as they are: what
/// stands before the `>` is the list's, what stands behind it is the code's, and without the one
/// the other would not be what the author wrote.
fn quoted_code(text: &str) -> Option<&str> {
    let mut end = 0;
    let mut code = false;
    for line in lines(text) {
        let Some(inner) = line.trim_start().strip_prefix('>') else {
            break;
        };
        let inner = inner.trim_start();
        code |= inner.starts_with("```") || inner.starts_with("~~~");
        end += line.len();
    }
    code.then(|| &text[..end])
}

/// A fence that is open, and the column it stands at.
struct Fence {
    sign: u8,
    length: usize,
    column: usize,
}

/// How many columns of a line are the list's: within a code block, as many as its fence has, since
/// its lines count from there.
fn indent_of(line: &str, indent: usize, open: &mut Option<Fence>) -> usize {
    let trimmed = line.trim();
    let body = match open {
        Some(_) => trimmed,
        None => behind_markers(trimmed),
    };
    let sign = body.bytes().next().filter(|b| matches!(b, b'`' | b'~'));
    let length = sign.map_or(0, |s| body.bytes().take_while(|b| *b == s).count());
    if let Some(fence) = open {
        let column = fence.column;
        if sign == Some(fence.sign) && length >= fence.length && length == body.len() {
            *open = None;
        }
        return column;
    }
    let info_has_ticks = sign == Some(b'`') && body[length..].contains('`');
    match sign {
        Some(sign) if length >= 3 && !info_has_ticks => {
            // Code behind a marker is dedented as the item is.
            let column = if body.len() < trimmed.len() {
                indent
            } else {
                columns(line)
            };
            *open = Some(Fence {
                sign,
                length,
                column,
            });
            column
        }
        _ => indent,
    }
}

/// What stands behind the markers of list items: "- ", "* ", "1. ".
fn behind_markers(line: &str) -> &str {
    let mut rest = line;
    loop {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = (digits.len() < rest.len())
            .then(|| digits.strip_prefix(['.', ')']))
            .flatten();
        let marked = numbered.or_else(|| rest.strip_prefix(['-', '*', '+']));
        match marked.filter(|m| m.starts_with([' ', '\t'])) {
            Some(behind) => rest = behind.trim_start(),
            None => return rest,
        }
    }
}

/// The column of a line's first character that is no blank.
fn columns(line: &str) -> usize {
    let blanks = line.bytes().take_while(|b| matches!(b, b' ' | b'\t'));
    blanks.fold(0, |n, b| if b == b'\t' { n / 4 * 4 + 4 } else { n + 1 })
}

/// The range without blank lines before and blank space after the text; one line end is kept.
fn trimmed(source: &str, range: Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let mut start = range.start;
    for line in lines(text) {
        if !line.trim().is_empty() {
            break;
        }
        start += line.len();
    }
    let end = range.start + text.trim_end().len();
    if start >= end {
        return start.min(range.end)..start.min(range.end);
    }
    let after = &source[end..range.end];
    let line_end = match after.find('\n') {
        Some(n) => n + 1,
        None => 0,
    };
    start..end + line_end
}

/// A line without up to `indent` columns of its leading blanks.
fn dedent(line: &str, indent: usize, out: &mut String) {
    let mut column = 0;
    for (i, c) in line.char_indices() {
        match c {
            _ if column >= indent => {
                // A tab that reached beyond the indentation leaves the rest as spaces.
                out.extend(std::iter::repeat_n(' ', column - indent));
                out.push_str(&line[i..]);
                return;
            }
            ' ' => column += 1,
            '\t' => column = column / 4 * 4 + 4,
            _ => {
                out.push_str(&line[i..]);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indentation_of_the_list_goes_and_nothing_else() {
        let source = "1. Run:\n\n   ```sh\n     ls\n   ```\n\n\n2. Next\n";
        assert_eq!(
            Body::indented(3..33, 3).text(source),
            "Run:\n\n```sh\n  ls\n```\n"
        );
    }

    #[test]
    fn what_stands_at_the_margin_stays() {
        let source = "1. Run:\n\n   a\n\n    b\n";
        let body = Body {
            range: 3..21,
            indent: 3,
            margin: 15,
        };
        assert_eq!(body.text(source), "Run:\n\na\n\n    b\n");
    }

    #[test]
    fn code_counts_from_its_fence() {
        let source = "- Run:\n\n    ```\n    a\n      b\n    ```\n\n    Done.\n";
        let body = Body::indented(2..source.len(), 2);
        assert_eq!(body.text(source), "Run:\n\n```\na\n  b\n```\n\n  Done.\n");
    }

    #[test]
    fn code_in_a_quote_stays_as_it_is() {
        let source = "- Run:\n\n    > ```\n    > a\n    > ```\n\n    Done.\n";
        let body = Body::indented(2..source.len(), 2);
        assert_eq!(
            body.text(source),
            "Run:\n\n    > ```\n    > a\n    > ```\n\n  Done.\n"
        );
    }

    #[test]
    fn text_that_begins_with_its_line_is_dedented_too() {
        let source = "- a\n\n    ```\n    b\n    ```\n";
        assert_eq!(
            Body::indented(5..source.len(), 2).text(source),
            "```\nb\n```\n"
        );
    }

    #[test]
    fn tabs_count_to_the_next_stop() {
        let source = "-   a\n\n\t\tcode\n\tb\n";
        assert_eq!(Body::indented(4..16, 4).text(source), "a\n\n\tcode\nb");
    }
}
