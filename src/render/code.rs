//! The lines of a code block, without what makes it one.

/// What tags begin with that can hold code.
const TAGS: [&str; 3] = ["{{<", "{{%", "{%"];

/// How a block stands in the text around it, from the outside in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Margin {
    /// Behind a list marker: so many columns.
    Columns(usize),
    /// Behind a `>`.
    Quote,
}

/// The code in `block`, which is a fenced or indented code block as it was written. Its first line
/// begins behind the margins; the others stand behind them.
pub(super) fn code<'a>(block: &'a str, margins: &[Margin]) -> Vec<&'a str> {
    let mut lines: Vec<&str> = block
        .lines()
        .enumerate()
        .map(|(i, line)| if i == 0 { line } else { behind(line, margins) })
        .collect();
    if is_tagged(&lines) {
        return lines[1..lines.len() - 1].to_vec();
    }
    let Some(fence) = lines.first().and_then(|first| fence(first)) else {
        return lines.into_iter().map(|l| columns(l, 4)).collect();
    };
    lines.remove(0);
    if lines.last().is_some_and(|last| closes(last, fence)) {
        lines.pop();
    }
    lines
}

/// Do the tags of a dialect stand around the code?
fn is_tagged(lines: &[&str]) -> bool {
    let [first, .., last] = lines else {
        return false;
    };
    TAGS.iter().any(|tag| {
        let closes = last.trim_start().strip_prefix(tag);
        let named =
            |rest: &str| rest.trim_start().starts_with('/') || rest.trim_start().starts_with("end");
        first.trim_start().starts_with(tag) && closes.is_some_and(named)
    })
}

/// A line without the margins before it, or without as much of them as is there.
fn behind<'a>(line: &'a str, margins: &[Margin]) -> &'a str {
    margins.iter().fold(line, |line, margin| match margin {
        Margin::Columns(n) => columns(line, *n),
        Margin::Quote => quoted(line),
    })
}

/// At most `n` blanks fewer.
fn columns(line: &str, n: usize) -> &str {
    let blanks = line.bytes().take(n).take_while(|b| *b == b' ').count();
    match line[blanks..].strip_prefix('\t') {
        Some(rest) if blanks < n => rest,
        _ => &line[blanks..],
    }
}

fn quoted(line: &str) -> &str {
    match line.trim_start_matches(' ').strip_prefix('>') {
        Some(rest) => rest.strip_prefix(' ').unwrap_or(rest),
        None => line,
    }
}

/// The characters that open a fence: three or more backticks or tildes.
fn fence(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(' ');
    let first = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(first).len();
    (length >= 3).then(|| &line[..length])
}

fn closes(line: &str, opened: &str) -> bool {
    let line = line.trim();
    line.len() >= opened.len() && line.starts_with(opened) && fence(line) == Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_go_and_code_stays() {
        assert_eq!(code("```sh\nls\n\n  du\n```", &[]), ["ls", "", "  du"]);
        assert_eq!(code("~~~\n```\nx\n```\n~~~", &[]), ["```", "x", "```"]);
        assert_eq!(code("````md\n```\nx\n```\n````", &[]), ["```", "x", "```"]);
        assert_eq!(code("```\nnever closed", &[]), ["never closed"]);
        assert_eq!(
            code("    ls\n      -l\n\n    du", &[]),
            ["ls", "  -l", "", "du"]
        );
    }

    #[test]
    fn margins_go_and_nothing_else() {
        let item = [Margin::Columns(3)];
        assert_eq!(
            code("```\n   a\n     b\n c\n   ```", &item),
            ["a", "  b", "c"]
        );
        let quote = [Margin::Quote];
        assert_eq!(code("```\n> a\n>\n>   b\n> ```", &quote), ["a", "", "  b"]);
        let both = [Margin::Columns(2), Margin::Quote];
        assert_eq!(code("```\n  > a\n  > ```", &both), ["a"]);
    }
}
