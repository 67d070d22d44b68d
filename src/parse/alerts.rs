//! Markers that CommonMark reads as text: alerts in quotes, includes in brackets.

use std::ops::Range;

use super::Page;
use crate::model::{Block, BlockKind, Edit, Inline, Mark, MarkKind, Span};

const OPEN: &str = "[!include";

/// `> [!NOTE]` and its like: a quote that begins with a marker is an admonition.
pub(super) fn alert(mut blocks: Vec<Block>) -> BlockKind {
    let Some(BlockKind::Paragraph(first)) = blocks.first_mut().map(|b| &mut b.kind) else {
        return BlockKind::Quote(blocks);
    };
    let Some((kind, rest)) = first
        .text
        .strip_prefix("[!")
        .and_then(|rest| rest.split_once(']'))
    else {
        return BlockKind::Quote(blocks);
    };
    // `[!div class="checklist"]` says what it is in its class.
    let kind = match kind.split_once('"') {
        Some((_, class)) => class.trim_end_matches('"'),
        None => kind.split_whitespace().next().unwrap_or(kind),
    };
    let (kind, cut) = (
        kind.to_lowercase(),
        first.text.len() - rest.trim_start().len(),
    );
    cut_front(first, cut);
    if first.text.is_empty() && first.marks.is_empty() {
        blocks.remove(0);
    }
    let title = String::new();
    BlockKind::Admonition {
        kind,
        title,
        blocks,
    }
}

/// Removes the first `cut` bytes of a text.
fn cut_front(inline: &mut Inline, cut: usize) {
    let origin = inline.origin(cut);
    inline.text.drain(..cut);
    let cut = cut as u32;
    inline
        .marks
        .retain(|m| m.end > cut || (m.start >= cut && m.end >= cut));
    for mark in &mut inline.marks {
        mark.start = mark.start.saturating_sub(cut);
        mark.end = mark.end.saturating_sub(cut);
    }
    inline.origins.retain(|(text, _)| *text > cut);
    for (text, _) in &mut inline.origins {
        *text -= cut;
    }
    inline.origins.insert(0, (0, origin));
}

/// A paragraph of nothing but `[!INCLUDE [title](address)]` is that many includes. Within a sentence
/// their titles stand in braces, until the text of the other file is at hand.
pub(super) fn includes(page: &Page<'_>, mut blocks: Vec<Block>) -> Vec<Block> {
    let mut marked = false;
    for block in &mut blocks {
        own_texts(block, &mut |inline| marked |= has_marker(&inline.text));
    }
    if marked {
        blocks = blocks.into_iter().flat_map(included).collect();
    }
    let mut inserts = false;
    for block in &mut blocks {
        own_texts(block, &mut |inline| {
            let of_others = |m: &Mark| matches!(m.kind, MarkKind::Insert(_) | MarkKind::Title(_));
            inserts |= inline.marks.iter().any(of_others);
        });
    }
    match inserts {
        true => {
            page.inserts.set(true);
            let cut = |block| before_includes(page, block);
            blocks.into_iter().flat_map(cut).collect()
        }
        false => blocks,
    }
}

fn has_marker(text: &str) -> bool {
    let text = text.as_bytes();
    memchr::memchr_iter(b'[', text).any(|at| text.get(at + 1) == Some(&b'!'))
}

/// Text of other files in the last lines of a paragraph, behind its last sentence, is a block of its own.
fn before_includes(page: &Page<'_>, mut block: Block) -> Vec<Block> {
    let span = block.span;
    let BlockKind::Paragraph(inline) = &mut block.kind else {
        return vec![block];
    };
    let (cut, includes) = last_includes(inline);
    let Some(first) = includes.first() else {
        return vec![block];
    };
    let between = inline.origin(cut - 1) as usize..inline.origin(first.start as usize) as usize;
    if !page.text[between].contains('\n') {
        return vec![block];
    }
    let place = |mark: &Mark| Span {
        start: inline.origin(mark.start as usize),
        end: inline.origin(mark.end as usize),
        ..span
    };
    let behind = includes.iter().filter_map(|mark| match &mark.kind {
        MarkKind::Insert(address) => Some(Block {
            span: place(mark),
            kind: BlockKind::Include(address.clone()),
        }),
        _ => None,
    });
    let behind: Vec<Block> = behind.collect();
    block.span.end = inline.origin(cut - 1) + 1;
    let end = inline.text.len();
    inline.marks.retain(|mark| (mark.start as usize) < cut);
    *inline = inline.edited(&[Edit::drop(cut..end)]);
    [vec![block], behind].concat()
}

/// The marks of the includes that a text ends with, if a sentence ends before them, and where it does.
fn last_includes(inline: &Inline) -> (usize, Vec<Mark>) {
    let mut cut = inline.text.len();
    let mut includes = Vec::new();
    for mark in inline.marks.iter().rev() {
        let between = inline.text.get(mark.end as usize..cut);
        let last = between.is_some_and(|text| text.trim().is_empty());
        if !last || !matches!(mark.kind, MarkKind::Insert(_)) {
            break;
        }
        cut = mark.start as usize;
        includes.push(mark.clone());
    }
    let before = inline.text[..cut].trim_end();
    if !before.ends_with(['.', '!', '?', ':']) {
        includes.clear();
    }
    includes.reverse();
    (before.len(), includes)
}

/// Every text of a block itself. What stands in the blocks within it was read before.
fn own_texts(block: &mut Block, take: &mut impl FnMut(&mut Inline)) {
    match block.kind {
        BlockKind::Heading(_) | BlockKind::Paragraph(_) | BlockKind::Table(_) => {
            block.texts_mut(take);
        }
        _ => {}
    }
}

fn included(block: Block) -> Vec<Block> {
    match behind_marker(&block).filter(|(_, rest)| addresses(rest).is_some()) {
        Some((marker, rest)) => [vec![marker], alone(rest)].concat(),
        None => alone(block),
    }
}

/// The marker of an alert, and what stands behind it in its paragraph.
fn behind_marker(block: &Block) -> Option<(Block, Block)> {
    let BlockKind::Paragraph(inline) = &block.kind else {
        return None;
    };
    let text = inline.text.strip_prefix("[!")?;
    let end = inline.text.len() - text.split_once(']')?.1.len();
    let rest = inline.text.len() - inline.text[end..].trim_start().len();
    if rest == inline.text.len() || inline.text[..end].to_ascii_lowercase().starts_with(OPEN) {
        return None;
    }
    let marker = Inline {
        text: inline.text[..end].to_owned(),
        marks: Vec::new(),
        origins: inline.origins.clone(),
        ..Inline::default()
    };
    let mut behind = inline.clone();
    cut_front(&mut behind, rest);
    let part = |start, end, inline| Block {
        span: Span {
            start,
            end,
            ..block.span
        },
        kind: BlockKind::Paragraph(inline),
    };
    let (last, first) = (inline.origin(end - 1) + 1, inline.origin(rest));
    Some((
        part(block.span.start, last, marker),
        part(first, block.span.end, behind),
    ))
}

fn alone(mut block: Block) -> Vec<Block> {
    let Some(found) = addresses(&block) else {
        own_texts(&mut block, &mut |inline| {
            let edits = inserts(inline);
            if !edits.is_empty() {
                *inline = inline.edited(&edits);
            }
        });
        return vec![block];
    };
    found
        .into_iter()
        .map(|(span, address)| Block {
            span,
            kind: BlockKind::Include(address),
        })
        .collect()
}

/// Finds each `[!INCLUDE [title](address)]`, and takes its link away.
fn inserts(inline: &mut Inline) -> Vec<Edit> {
    let mut edits = Vec::new();
    if !has_marker(&inline.text) {
        return edits;
    }
    let text = &inline.text;
    inline.marks.retain(|mark| {
        let MarkKind::Link(address) = &mark.kind else {
            return true;
        };
        let Some(range) = around(text, mark) else {
            return true;
        };
        let title = text[mark.start as usize..mark.end as usize].trim();
        edits.push(Edit {
            range,
            shown: format!("{{{title}}}"),
            marks: vec![MarkKind::Insert(address.clone())],
        });
        false
    });
    edits
}

/// The marker of an include around its link.
fn around(text: &str, link: &Mark) -> Option<Range<usize>> {
    let before = text.get(..link.start as usize)?.trim_end();
    let start = before.len().checked_sub(OPEN.len())?;
    let opens = before.get(start..)?.eq_ignore_ascii_case(OPEN);
    let behind = text
        .get(link.end as usize..)?
        .trim_start()
        .strip_prefix(']')?;
    opens.then_some(start..text.len() - behind.len())
}

fn addresses(block: &Block) -> Option<Vec<(Span, String)>> {
    let BlockKind::Paragraph(inline) = &block.kind else {
        return None;
    };
    let lower = inline.text.to_ascii_lowercase();
    let mut rest = lower.as_str();
    let mut found = Vec::new();
    let mut links = inline.links();
    while let Some(after) = rest.trim_start().strip_prefix(OPEN) {
        let (mark, address) = links.next()?;
        let at = lower.len() - after.len() - OPEN.len();
        let end = mark.end as usize + lower.get(mark.end as usize..)?.find(']')? + 1;
        found.push((at, end, address.to_owned()));
        rest = &lower[end..];
    }
    if found.is_empty() || !rest.trim().is_empty() {
        return None;
    }
    let last = found.len() - 1;
    let span = |i: usize, at: usize, end: usize| Span {
        start: if i == 0 {
            block.span.start
        } else {
            inline.origin(at)
        },
        end: if i == last {
            block.span.end
        } else {
            inline.origin(end - 1) + 1
        },
        ..block.span
    };
    let found = found.into_iter().enumerate();
    Some(
        found
            .map(|(i, (at, end, to))| (span(i, at, end), to))
            .collect(),
    )
}
