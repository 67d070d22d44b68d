//! Steps that are containers of a dialect: `<Step title="Close the valve">`.

use super::Page;
use super::columns;
use super::markers::Marker;
use crate::model::{Block, BlockKind, Inline, Item, List, Mark, MarkKind, Span};

/// Is the step's title the heading in it? Then it is a section like any other.
pub(super) fn begins_with_heading(title: &str, blocks: &[Block]) -> bool {
    let first = blocks.iter().find(|b| !is_silent(b));
    title.is_empty() && first.is_some_and(|b| matches!(b.kind, BlockKind::Heading(_)))
}

/// A step as a numbered list of one item, whose text begins with the title.
pub(super) fn step(page: &Page<'_>, marker: &Marker, title: &str, mut blocks: Vec<Block>) -> Block {
    let start = marker.end as usize;
    let end = blocks.last().map_or(start, |b| b.span.end as usize);
    let span = Span::new(page.file, start..end.max(start));
    let indent = blocks.iter().find(|b| !is_silent(b)).map_or(0, |b| {
        let before = &page.text[..b.span.start as usize];
        let line = &before[before.rfind('\n').map_or(0, |n| n + 1)..];
        columns::width(&line[..columns::blanks(line)])
    });
    if !title.is_empty() {
        let kind = BlockKind::Paragraph(written(page, marker, title));
        let span = Span::new(page.file, start..start);
        blocks.insert(0, Block { span, kind });
    }
    let item = Item {
        span,
        content: marker.end,
        indent: indent as u16,
        task: None,
        number: None,
        blocks,
    };
    Block {
        span,
        kind: BlockKind::List(List {
            start: Some(1),
            items: vec![item],
        }),
    }
}

/// The title of a container as a line in strong letters.
pub(super) fn title(page: &Page<'_>, marker: &Marker, title: &str) -> Block {
    let mut inline = written(page, marker, title);
    inline.marks.push(Mark {
        start: 0,
        end: title.len() as u32,
        kind: MarkKind::Strong,
    });
    Block {
        span: Span::new(page.file, marker.start as usize..marker.end as usize),
        kind: BlockKind::Paragraph(inline),
    }
}

/// What a tag shows, in its place.
fn written(page: &Page<'_>, marker: &Marker, title: &str) -> Inline {
    let tag = &page.text[marker.start as usize..marker.end as usize];
    let origin = marker.start + tag.find(title).unwrap_or_default() as u32;
    Inline {
        text: title.to_owned(),
        marks: Vec::new(),
        origins: vec![(0, origin)],
        ..Inline::default()
    }
}

/// Numbered lists that follow each other in a container of steps are one.
pub(super) fn joined(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match (
            out.last_mut().map(|b| (&mut b.span, &mut b.kind)),
            block.kind,
        ) {
            (Some((span, BlockKind::List(list))), BlockKind::List(next))
                if list.start.is_some() && next.start.is_some() =>
            {
                *span = span.until(block.span);
                list.items.extend(next.items);
            }
            (_, kind) => out.push(Block { kind, ..block }),
        }
    }
    out
}

fn is_silent(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Other)
}
