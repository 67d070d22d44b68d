//! Markers that CommonMark reads as text: alerts in quotes, includes in brackets.

use crate::model::{Block, BlockKind, Inline, Mark, MarkKind, Span};

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
/// they stay as they are written, and are no links.
pub(super) fn includes(blocks: Vec<Block>) -> Vec<Block> {
    let marked = |b: &Block| matches!(&b.kind, BlockKind::Paragraph(p) if p.text.contains("[!"));
    if !blocks.iter().any(marked) {
        return blocks;
    }
    blocks.into_iter().flat_map(included).collect()
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
        if let BlockKind::Paragraph(inline) = &mut block.kind {
            unlink(inline);
        }
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

/// Takes the links away that are in `[!INCLUDE …]`.
fn unlink(inline: &mut Inline) {
    if !inline.text.contains("[!") {
        return;
    }
    let text = &inline.text;
    let included = |m: &Mark| {
        let before = text.get(..m.start as usize).unwrap_or_default().trim_end();
        let at = before.len().saturating_sub(OPEN.len());
        let open = before
            .get(at..)
            .is_some_and(|o| o.eq_ignore_ascii_case(OPEN));
        open && matches!(m.kind, MarkKind::Link(_))
    };
    let marks = std::mem::take(&mut inline.marks);
    inline.marks = marks.into_iter().filter(|m| !included(m)).collect();
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
