//! Paragraphs whose lines are numbered: "1.1 Open the lid.", "(a) Close it.", "Step 3: Drain it." on a line
//! each.
//!
//! Markdown counts none of them, and without blank lines between them it sees one paragraph. Where two
//! lines in a row have numbers that go on, each numbered line begins a paragraph.

use std::borrow::Cow;
use std::ops::Range;

use super::columns;
use crate::model::{Block, BlockKind, Inline, Span, Written, labelled, written};

/// The paragraphs that a paragraph of the file is.
pub(super) fn paragraphs(text: &str, inline: Inline, span: Span) -> Vec<Block> {
    let whole = |inline| {
        let kind = BlockKind::Paragraph(inline);
        vec![Block { span, kind }]
    };
    if !may_count(&text[span.range()]) {
        return whole(inline);
    }
    let lines = lines(text, &inline, span);
    let counts: Vec<Option<Written<'_>>> = lines
        .iter()
        .map(|line| count(&inline.text[line.text.clone()]))
        .collect();
    let goes_on = |pair: &[Option<Written<'_>>]| match pair {
        [Some(a), Some(b)] => a.is_before(b),
        _ => false,
    };
    if !counts.windows(2).any(goes_on) {
        return whole(inline);
    }
    let begins = |i: &usize| *i == 0 || counts[*i].is_some();
    let firsts: Vec<usize> = (0..lines.len()).filter(begins).collect();
    let ends = firsts.iter().skip(1).copied().chain([lines.len()]);
    firsts
        .iter()
        .zip(ends)
        .map(|(first, end)| {
            let (first, last) = (&lines[*first], &lines[end - 1]);
            let kind = BlockKind::Paragraph(inline.slice(first.text.start..last.text.end));
            let span = Span {
                start: first.file.start,
                end: last.file.end,
                ..span
            };
            Block { span, kind }
        })
        .collect()
}

/// A line of a paragraph: in its text, and in the file.
struct Line {
    text: Range<usize>,
    file: Range<u32>,
}

/// Does a line of these but the first begin as a number does?
fn may_count(raw: &str) -> bool {
    raw.split('\n').skip(1).any(|line| {
        let line = line.trim_start_matches([' ', '\t', '>', '*', '_']);
        let first = line.bytes().next();
        let begins = first.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'(');
        begins && count(&unmarked(line)).is_some()
    })
}

fn count(line: &str) -> Option<Written<'_>> {
    written(line).or_else(|| labelled(line))
}

/// The beginning of a line without the marks of strong text: "**Step 1:** Open it."
fn unmarked(line: &str) -> Cow<'_, str> {
    match line.contains(['*', '_']) {
        true => Cow::Owned(line.replace(['*', '_'], "")),
        false => Cow::Borrowed(line),
    }
}

fn lines(text: &str, inline: &Inline, span: Span) -> Vec<Line> {
    let breaks = inline.text.char_indices().filter_map(|(i, c)| {
        let origin = inline.origin(i) as usize;
        let end = match c {
            '\n' => Some(origin + text.get(origin..)?.find('\n')?),
            ' ' => text
                .get(origin..)?
                .starts_with(['\n', '\r'])
                .then_some(origin),
            _ => None,
        };
        Some((i, end?))
    });
    let mut out = Vec::new();
    let (mut from, mut start) = (0, span.start as usize);
    for (i, newline) in breaks {
        let end = start.max(newline);
        out.push(line(text, from..i, start..end));
        let next = newline + text[newline..].find('\n').map_or(0, |n| n + 1);
        let marks = &text[next..];
        let quoted = marks.len() - marks.trim_start_matches([' ', '\t', '>']).len();
        (from, start) = (i + 1, next + quoted.max(columns::blanks(marks)));
    }
    out.push(line(
        text,
        from..inline.text.len(),
        start..span.end as usize,
    ));
    out
}

fn line(text: &str, inner: Range<usize>, file: Range<usize>) -> Line {
    let raw = text.get(file.clone()).unwrap_or_default();
    let end = file.start + raw.trim_end().len();
    Line {
        text: inner,
        file: file.start as u32..end as u32,
    }
}
