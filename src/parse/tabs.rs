//! Alternatives: tabs made of headings, and neighbours that are one choice.

use super::Page;
use crate::model::{Block, BlockKind, Span, Variant};

/// The tab that a heading opens: `# [Title](#tab/id)`.
fn tab_of(page: &Page<'_>, block: &Block) -> Option<(u8, String, String)> {
    let prefix = page.dialect.tab_links.as_deref()?;
    let BlockKind::Heading(heading) = &block.kind else {
        return None;
    };
    let (_, address) = heading.text.links().next()?;
    let id = address.strip_prefix(prefix)?;
    let id = id.split('/').next().unwrap_or(id).to_lowercase();
    Some((heading.level, id, heading.text.text.trim().to_owned()))
}

/// Groups headings that are tabs, and what is under them, up to the rule that ends the group.
pub(super) fn heading_tabs(page: &Page<'_>, blocks: Vec<Block>) -> Vec<Block> {
    if page.dialect.tab_links.is_none() {
        return blocks;
    }
    let mut out = Vec::with_capacity(blocks.len());
    let mut rest = blocks.into_iter().peekable();
    while let Some(block) = rest.next() {
        let Some((level, id, title)) = tab_of(page, &block) else {
            out.push(block);
            continue;
        };
        let ahead: Vec<Block> = rest.collect();
        let count = group_len(page, &ahead, level);
        let mut ahead = ahead.into_iter();
        let mut variants = vec![tab(block, id, title)];
        for inner in ahead.by_ref().take(count) {
            match tab_of(page, &inner) {
                Some((l, id, title)) if l == level => variants.push(tab(inner, id, title)),
                _ => {
                    if let Some(last) = variants.last_mut() {
                        last.span = last.span.until(inner.span);
                        last.blocks.push(inner);
                    }
                }
            }
        }
        for variant in &mut variants {
            let blocks = std::mem::take(&mut variant.blocks);
            variant.blocks = neighbours(heading_tabs(page, blocks));
        }
        let first = variants[0].span;
        let span = variants.last().map_or(first, |v| first.until(v.span));
        out.push(Block {
            span,
            kind: BlockKind::Variants(variants),
        });
        rest = ahead.collect::<Vec<_>>().into_iter().peekable();
    }
    out
}

fn tab(heading: Block, id: String, title: String) -> Variant {
    Variant {
        span: heading.span,
        content: heading.span.end,
        key: "tab".to_owned(),
        values: vec![id],
        title,
        blocks: Vec::new(),
    }
}

/// How many of these blocks belong to the group of tabs at `level`: up to its rule, or else up to
/// the next heading that is no deeper.
fn group_len(page: &Page<'_>, blocks: &[Block], level: u8) -> usize {
    let mut heading = None;
    for (i, block) in blocks.iter().enumerate() {
        match &block.kind {
            BlockKind::Heading(h) if tab_of(page, block).is_none() => {
                if h.level < level {
                    return heading.unwrap_or(i);
                }
                if h.level == level || level == 1 {
                    heading.get_or_insert(i);
                }
            }
            BlockKind::Other if is_rule(page, block) => return i,
            _ => {}
        }
    }
    heading.unwrap_or(blocks.len())
}

fn is_rule(page: &Page<'_>, block: &Block) -> bool {
    let text = page.text[block.span.range()].trim();
    text.len() >= 3 && text.bytes().all(|b| matches!(b, b'-' | b'*' | b'_' | b' '))
}

/// A zone that begins under one heading and goes on over the next of its level is two: what stands
/// under the first heading, and the rest.
pub(super) fn at_headings(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut level = 0;
    for mut block in blocks {
        // The others of a choice stand behind the headings of the first.
        let first = !matches!(out.last().map(|b| &b.kind), Some(BlockKind::Variants(_)));
        let second = match &mut block.kind {
            BlockKind::Heading(heading) => {
                level = heading.level;
                None
            }
            BlockKind::Variants(variants) if first => cut_at_heading(variants, level),
            _ => None,
        };
        if let Some(second) = &second {
            block.span.end = second.span.start;
        }
        out.push(block);
        out.extend(second);
    }
    out
}

/// Takes what begins with a heading of this level or above out of the only variant.
fn cut_at_heading(variants: &mut [Variant], level: u8) -> Option<Block> {
    let [variant] = variants else { return None };
    let upper = |b: &Block| matches!(&b.kind, BlockKind::Heading(h) if h.level <= level);
    let at = variant.blocks.iter().position(upper)?;
    let silent = |b: &Block| matches!(b.kind, BlockKind::Other);
    if variant.blocks[..at].iter().all(silent) {
        return None;
    }
    let blocks = variant.blocks.split_off(at);
    let start = blocks.first().map_or(variant.span.end, |b| b.span.start);
    let span = Span {
        start,
        ..variant.span
    };
    variant.span.end = start;
    let second = Variant {
        span,
        content: start,
        blocks,
        key: variant.key.clone(),
        values: variant.values.clone(),
        title: variant.title.clone(),
    };
    Some(Block {
        span,
        kind: BlockKind::Variants(vec![second]),
    })
}

/// Variants that follow each other, with nothing between them, are alternatives of one choice.
/// A value that was there already begins the next choice.
pub(super) fn neighbours(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let BlockKind::Variants(more) = block.kind else {
            out.push(block);
            continue;
        };
        if let Some(last) = out.last_mut()
            && let BlockKind::Variants(variants) = &mut last.kind
            && more.iter().all(|m| {
                variants
                    .iter()
                    .all(|v| v.key == m.key && !v.values.iter().any(|x| m.values.contains(x)))
            })
        {
            variants.extend(more);
            last.span = last.span.until(block.span);
            continue;
        }
        out.push(Block {
            span: block.span,
            kind: BlockKind::Variants(more),
        });
    }
    out
}
