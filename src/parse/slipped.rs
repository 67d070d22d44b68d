//! Bullets that slipped out of the numbered item they belong to.
//!
//! Markdown wants what belongs to "10. Choose a rope:" four columns in. Bullets that stand less far in end
//! the list, and its numbers go on behind them: whoever reads the text sees them below the item.

use super::Page;
use super::columns;
use crate::model::{Block, BlockKind, Inline, List, Span};

/// The blocks, with each list of bullets that slipped out of the last item of a numbered list before it back
/// in there, with what stands between it and the list in which the numbers go on.
pub(super) fn taken_back(page: &Page<'_>, blocks: Vec<Block>) -> Vec<Block> {
    if !blocks
        .windows(2)
        .any(|pair| is_numbered(&pair[0]) && is_bullets(&pair[1]))
    {
        return blocks;
    }
    let later = numbered_behind(&blocks);
    let columns: Vec<usize> = blocks.iter().map(|b| column(page, b.span)).collect();
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut slipped = 0;
    // Where the numbers go on behind bullets that were taken back.
    let mut next = None;
    for (i, block) in blocks.into_iter().enumerate() {
        if i >= slipped
            && is_bullets(&block)
            && let Some((list, span)) = out.last_mut().and_then(numbered)
        {
            let further = columns[i] > column(page, *span);
            let (behind, number) = later[i];
            if number.is_some_and(|number| takes(list, further, number)) {
                (slipped, next) = (behind, Some(behind));
            } else if further && next == Some(i - 1) && is_open(list) {
                let inside = columns[i..].iter().take_while(|c| **c >= columns[i]);
                slipped = i + inside.count();
            }
        }
        match out.last_mut().and_then(numbered).filter(|_| i < slipped) {
            Some((list, span)) => put_in(list, span, block),
            None => out.push(block),
        }
    }
    out
}

/// For each block the place and the first number of the next numbered list behind it, before any heading.
fn numbered_behind(blocks: &[Block]) -> Vec<(usize, Option<u64>)> {
    let mut next = (blocks.len(), None);
    let mut behind: Vec<_> = (0..blocks.len())
        .rev()
        .map(|i| {
            let found = next;
            match &blocks[i].kind {
                BlockKind::List(List { start: Some(n), .. }) => next = (i, Some(*n)),
                BlockKind::Heading(_) => next = (blocks.len(), None),
                _ => {}
            }
            found
        })
        .collect();
    behind.reverse();
    behind
}

fn is_numbered(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::List(list) if list.start.is_some())
}

fn is_bullets(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::List(list) if list.start.is_none())
}

/// A numbered list, with its span.
fn numbered(block: &mut Block) -> Option<(&mut List, &mut Span)> {
    match &mut block.kind {
        BlockKind::List(list) if list.start.is_some() => Some((list, &mut block.span)),
        _ => None,
    }
}

/// Do bullets belong to the last item of a list, with the number of the list behind them? The item is one text,
/// and introduces them or stands less far in.
fn takes(list: &List, further: bool, number: u64) -> bool {
    let Some(start) = list.start.filter(|_| is_open(list)) else {
        return false;
    };
    let goes_on = start.checked_add(list.items.len() as u64) == Some(number);
    // Some number every item 1.
    let again = start == 1 && number == 1 && further;
    goes_on && (further || introduces(list)) || again
}

/// The text that the last item of a list is, and nothing more.
fn text(list: &List) -> Option<&Inline> {
    let item = list.items.last()?;
    let [block] = item.blocks.as_slice() else {
        return None;
    };
    match &block.kind {
        BlockKind::Paragraph(text) => Some(text),
        _ => None,
    }
}

fn is_open(list: &List) -> bool {
    text(list).is_some()
}

fn introduces(list: &List) -> bool {
    text(list).is_some_and(|text| text.text.trim_end().ends_with(':'))
}

/// The column at which something stands that begins its line.
fn column(page: &Page<'_>, span: Span) -> usize {
    let before = &page.text[..span.start as usize];
    let line = &before[before.rfind('\n').map_or(0, |n| n + 1)..];
    columns::width(line)
}

/// Puts a block at the end of the last item.
fn put_in(list: &mut List, span: &mut Span, block: Block) {
    *span = span.until(block.span);
    if let Some(item) = list.items.last_mut() {
        item.span = item.span.until(block.span);
        item.blocks.push(block);
    }
}
