//! Steps that are numbered paragraphs: "**Step 1:** Open the lid.", "5.1.2 Switch the washer off."
//!
//! Markdown sees no list there. Numbers that go on from paragraph to paragraph make one, with what
//! stands between them.

use std::rc::Rc;

use super::builder::Builder;
use super::fill::{Frame, paragraph};
use crate::grammar::{Cursor, TokenKind, Tokens};
use crate::model::{Block, BlockKind, Inline, Item, List, Mark};
use crate::sentence::{LabelKind, imperative, label, leading, tells};

/// The number that a paragraph begins with.
struct Count {
    /// What stands before its last part: `5.1.` in `5.1.2`.
    series: String,
    number: u64,
    /// Does a word say that this is a step?
    named: bool,
    /// Is all of the paragraph a title for what follows?
    title: bool,
    /// Where the text behind it begins.
    end: usize,
}

impl Count {
    fn is_before(&self, next: &Count) -> bool {
        let one_series = self.series == next.series && self.named == next.named;
        one_series && self.number.checked_add(1) == Some(next.number)
    }
}

impl Builder<'_> {
    /// The blocks with each series of numbered paragraphs as a list; `None` where there is none. The
    /// first `own` of them are left alone. They stay where they are while the page is read, as those of
    /// the document do.
    pub(super) fn numbered(
        &self,
        blocks: &[Block],
        own: usize,
        frame: Frame,
    ) -> Option<Rc<[Block]>> {
        if frame.is_aside() {
            return None;
        }
        let counts: Vec<(usize, Count)> = blocks
            .iter()
            .enumerate()
            .skip(own)
            .filter_map(|(i, block)| Some((i, self.count(paragraph(block)?)?)))
            .collect();
        let mut out: Vec<Block> = Vec::new();
        let mut taken = 0;
        for series in counts.chunk_by(|(_, a), (_, b)| a.is_before(b)) {
            let Some((block, end)) = self.series(blocks, series, frame) else {
                continue;
            };
            out.extend_from_slice(&blocks[taken..series[0].0]);
            out.push(block);
            taken = end;
        }
        (taken > 0).then(|| {
            out.extend_from_slice(&blocks[taken..]);
            let made: Rc<[Block]> = out.into();
            self.made.borrow_mut().push(Rc::clone(&made));
            made
        })
    }

    /// The list that a series of numbers makes, and where it ends.
    fn series(
        &self,
        blocks: &[Block],
        series: &[(usize, Count)],
        frame: Frame,
    ) -> Option<(Block, usize)> {
        let [(first, count), _, ..] = series else {
            return None;
        };
        let told = series.iter().filter(|(i, count)| {
            let inline = paragraph(&blocks[*i]);
            inline.is_some_and(|inline| self.is_told(&behind(inline, count.end)))
        });
        if !count.named && told.count() * 2 < series.len() {
            return None;
        }
        let (last, end) = series.last()?;
        let goes_on = |b: &&Block| {
            end.title || !matches!(b.kind, BlockKind::Paragraph(_) | BlockKind::Table(_))
        };
        let end = last + 1 + blocks[last + 1..].iter().take_while(goes_on).count();
        let ends = series.iter().skip(1).map(|(i, _)| *i).chain([end]);
        let items = series.iter().zip(ends);
        let items: Option<Vec<Item>> = items
            .map(|((i, count), end)| item(&blocks[*i..end], count, frame))
            .collect();
        let kind = BlockKind::List(List {
            start: Some(count.number),
            items: items?,
        });
        let span = blocks[*first].span.until(blocks[end - 1].span);
        Some((Block { span, kind }, end))
    }

    /// Does a text begin by telling to do something?
    fn is_told(&self, inline: &Inline) -> bool {
        let tokens = Tokens::inline(inline, self.lexicon);
        let first = tokens.sentences.first().cloned().unwrap_or(0..0);
        let sentence = Cursor::over(&tokens, first);
        imperative(sentence).is_some()
            || leading(sentence).is_some_and(|c| tells(sentence.within(c.consequence), inline))
    }

    fn count(&self, inline: &Inline) -> Option<Count> {
        let counts = |word: &str| word.starts_with(|c: char| c.is_ascii_digit() || c == '(');
        let mut words = inline.text.split_whitespace();
        match (words.next()?, words.next()?) {
            (first, _) if counts(first) => bare(&inline.text),
            (_, second) if counts(second) => self.named(inline),
            _ => None,
        }
    }

    /// "Step 3: …", "Step 2.1 – …", or all of it strong.
    fn named(&self, inline: &Inline) -> Option<Count> {
        let tokens = self.words(inline);
        let label = label(Cursor::over(&tokens, 0..tokens.tokens.len()))
            .filter(|l| l.kind == LabelKind::Step)?;
        let title = inline.is_strong();
        let closed = matches!(tokens.tokens[label.end - 1].kind, TokenKind::Punct(_));
        let end = tokens.tokens.get(label.end)?.start as usize;
        let (series, number) = parts(&label.number)?;
        (closed || title).then(|| Count {
            series: series.to_owned(),
            number,
            named: true,
            title,
            end,
        })
    }
}

/// "5.1.2 Switch …", "2) Switch …", "(2) Switch …": a number that stands before a sentence.
fn bare(text: &str) -> Option<Count> {
    let open = text.strip_prefix('(');
    let rest = open.unwrap_or(text);
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let written = &rest[..rest.len() - digits.len()];
    let rest = digits.strip_prefix(')').unwrap_or(digits);
    let closed = rest.len() < digits.len();
    let (series, number) = parts(written.trim_end_matches('.'))?;
    let told = closed || (open.is_none() && (written.ends_with('.') || !series.is_empty()));
    let sentence = rest.trim_start();
    let begins = sentence.len() < rest.len() && sentence.starts_with(char::is_uppercase);
    (told && begins).then(|| Count {
        series: series.to_owned(),
        number,
        named: false,
        title: false,
        end: text.len() - sentence.len(),
    })
}

/// `5.1.2` as `5.1.` and 2.
fn parts(number: &str) -> Option<(&str, u64)> {
    let last = number.rfind('.').map_or(0, |n| n + 1);
    let (series, number) = number.split_at(last);
    Some((series, number.parse().ok()?))
}

/// The first of these blocks behind its number, and the others.
fn item(blocks: &[Block], count: &Count, frame: Frame) -> Option<Item> {
    let (first, rest) = blocks.split_first()?;
    let inline = paragraph(first)?;
    let lead = Block {
        span: first.span,
        kind: BlockKind::Paragraph(behind(inline, count.end)),
    };
    let last = rest.last().unwrap_or(first);
    Some(Item {
        span: first.span.until(last.span),
        content: inline.origin(count.end),
        indent: frame.indent as u16,
        task: None,
        blocks: [&[lead], rest].concat(),
    })
}

/// The text from `at` on.
fn behind(inline: &Inline, at: usize) -> Inline {
    let cut = at as u32;
    let marks = inline.marks.iter().filter(|m| m.end > cut);
    let origins = inline.origins.iter().filter(|(text, _)| *text > cut);
    Inline {
        text: inline.text[at..].to_owned(),
        marks: marks
            .map(|m| Mark {
                start: m.start.max(cut) - cut,
                end: m.end - cut,
                kind: m.kind.clone(),
            })
            .collect(),
        origins: [(0, inline.origin(at))]
            .into_iter()
            .chain(origins.map(|(text, file)| (text - cut, *file)))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_counts_where_a_sentence_follows() {
        let read = |text: &str| bare(text).map(|c| (c.series, c.number, text[c.end..].to_owned()));
        let some = |a: &str, b: u64, c: &str| Some((a.to_owned(), b, c.to_owned()));
        assert_eq!(
            read("5.1.2 Switch it off."),
            some("5.1.", 2, "Switch it off.")
        );
        assert_eq!(read("2.1. Öffnen"), some("2.", 1, "Öffnen"));
        assert_eq!(read("(3) Close it."), some("", 3, "Close it."));
        assert_eq!(read("3. Close it."), some("", 3, "Close it."));
        assert_eq!(read("3 valves are open."), None);
        assert_eq!(read("3.5 bar is enough."), None);
        assert_eq!(read("2026 Annual report"), None);
        assert_eq!(read("1.5.x Series"), None);
    }
}
