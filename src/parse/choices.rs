//! Alternatives that are one choice, and alternatives that go on over headings.

use rustc_hash::FxHashSet;

use crate::model::{Block, BlockKind, Span, Variant};

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
/// A value that was there already begins the next choice, and so does a variant that begins the next
/// section, where those before it stand in the section above.
pub(super) fn neighbours(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut choice = Choice::default();
    let mut level = 0;
    for block in blocks {
        let BlockKind::Variants(more) = block.kind else {
            if let BlockKind::Heading(heading) = &block.kind {
                level = heading.level;
            }
            out.push(block);
            choice = Choice::default();
            continue;
        };
        if choice.takes(&more)
            && let Some(last) = out.last_mut()
            && let BlockKind::Variants(variants) = &mut last.kind
            && (choice.begins_section || !begin_section(&more, level))
        {
            choice.add(&more, level);
            variants.extend(more);
            last.span = last.span.until(block.span);
            continue;
        }
        choice = Choice::default();
        choice.add(&more, level);
        out.push(Block {
            span: block.span,
            kind: BlockKind::Variants(more),
        });
    }
    out
}

/// Does one of these begin with a heading of this level or above?
fn begin_section(variants: &[Variant], level: u8) -> bool {
    let begins = |v: &Variant| {
        let first = v
            .blocks
            .iter()
            .find(|b| !matches!(b.kind, BlockKind::Other));
        matches!(first.map(|b| &b.kind), Some(BlockKind::Heading(h)) if h.level <= level)
    };
    variants.iter().any(begins)
}

/// The alternatives of a choice so far.
#[derive(Default)]
struct Choice {
    key: Option<String>,
    values: FxHashSet<String>,
    /// Does one of them begin with a heading of the level of the section or above?
    begins_section: bool,
}

impl Choice {
    /// Are these other values of the same choice?
    fn takes(&self, more: &[Variant]) -> bool {
        more.iter().all(|m| {
            self.key.as_ref() == Some(&m.key) && !m.values.iter().any(|v| self.values.contains(v))
        })
    }

    fn add(&mut self, more: &[Variant], level: u8) {
        self.begins_section |= begin_section(more, level);
        self.key = more.first().map(|m| m.key.clone());
        let values = more.iter().flat_map(|m| m.values.iter().cloned());
        self.values.extend(values);
    }
}
