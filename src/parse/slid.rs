//! Headings that slid into the last item of a list.
//!
//! To Markdown, a heading that stands as far in as the text of an item belongs to the item. One that is no
//! deeper than the section around the list begins the next section to whoever reads the text.

use crate::model::{Block, BlockKind, List};

/// The blocks of a page, with what such a heading begins behind the list that it slid into.
pub(super) fn taken_out(blocks: Vec<Block>) -> Vec<Block> {
    if !blocks
        .iter()
        .any(|block| list(block).is_some_and(|list| heading_in_last(list).is_some()))
    {
        return blocks;
    }
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len() + 2);
    let mut section = None;
    for mut block in blocks {
        let behind = section.map_or_else(Vec::new, |level| split(&mut block, level));
        let last = behind.iter().rev().find_map(level);
        section = last.or_else(|| level(&block)).or(section);
        out.push(block);
        out.extend(behind);
    }
    out
}

/// Takes from a list what a heading of at most this level begins in its last item.
fn split(block: &mut Block, section: u8) -> Vec<Block> {
    let BlockKind::List(list) = &mut block.kind else {
        return Vec::new();
    };
    let found = heading_in_last(list).filter(|(_, level)| *level <= section);
    let (Some((at, _)), Some(item)) = (found, list.items.last_mut()) else {
        return Vec::new();
    };
    let behind = item.blocks.split_off(at);
    if let Some(last) = item.blocks.last() {
        item.span.end = last.span.end;
        block.span.end = last.span.end;
    }
    behind
}

/// The first heading behind the text of the last item, with its level; no other item has one.
fn heading_in_last(list: &List) -> Option<(usize, u8)> {
    let (last, before) = list.items.split_last()?;
    let found = last.blocks.iter().enumerate().skip(1);
    let mut found = found.filter_map(|(i, block)| Some((i, level(block)?)));
    let found = found.next()?;
    let others = before.iter().flat_map(|item| &item.blocks);
    others.filter_map(level).next().is_none().then_some(found)
}

fn list(block: &Block) -> Option<&List> {
    match &block.kind {
        BlockKind::List(list) => Some(list),
        _ => None,
    }
}

fn level(block: &Block) -> Option<u8> {
    match &block.kind {
        BlockKind::Heading(heading) => Some(heading.level),
        _ => None,
    }
}
