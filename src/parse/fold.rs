//! Puts a dialect's containers back into the tree: markers, tabs, alerts, includes.

use super::Page;
use super::alerts::{alert, includes};
use super::indented::indented;
use super::markers::{Container, Marker, What};
use super::tabs::{heading_tabs, neighbours};
use crate::model::{Block, BlockKind, Span, Variant};

/// Blocks, with the dialect's containers put around them.
pub(super) fn fold(
    page: &Page<'_>,
    blocks: Vec<Block>,
    markers: Vec<Marker>,
    depth: usize,
) -> Vec<Block> {
    let mut folder = Folder { page, depth };
    folder.list(blocks, &mut markers.into_iter().peekable(), u32::MAX)
}

type Markers = std::iter::Peekable<std::vec::IntoIter<Marker>>;

/// A block, or a marker among blocks.
enum Piece {
    Block(Block),
    Marker(Marker),
}

struct Folder<'a> {
    page: &'a Page<'a>,
    depth: usize,
}

impl Folder<'_> {
    /// One list of blocks, with the markers that stand among them up to `end`.
    fn list(&mut self, blocks: Vec<Block>, markers: &mut Markers, end: u32) -> Vec<Block> {
        let mut pieces = Vec::with_capacity(blocks.len());
        for block in blocks {
            while let Some(m) = markers.next_if(|m| m.start < block.span.start && m.start < end) {
                pieces.push(Piece::Marker(m));
            }
            let block = self.inside(block, markers);
            // Markers within a leaf (a comment, say) say nothing.
            let inner = block.span.end;
            while markers.next_if(|m| m.start < inner).is_some() {}
            pieces.push(Piece::Block(block));
        }
        while let Some(m) = markers.next_if(|m| m.start < end) {
            pieces.push(Piece::Marker(m));
        }
        self.containers(pieces)
    }

    /// Folds what is inside of a block.
    fn inside(&mut self, block: Block, markers: &mut Markers) -> Block {
        let span = block.span;
        let kind = match block.kind {
            BlockKind::Quote(blocks) => alert(self.list(blocks, markers, span.end)),
            BlockKind::List(mut list) => {
                // Blanks that a marker left behind may stand between items: they go to the item
                // before.
                let ends: Vec<u32> = list
                    .items
                    .iter()
                    .skip(1)
                    .map(|i| i.span.start)
                    .chain([span.end])
                    .collect();
                for (item, end) in list.items.iter_mut().zip(ends) {
                    let blocks = std::mem::take(&mut item.blocks);
                    item.blocks = self.list(blocks, markers, end);
                    if let Some(last) = item.blocks.last() {
                        item.span = item.span.until(last.span);
                    }
                }
                BlockKind::List(list)
            }
            kind => kind,
        };
        Block { span, kind }
    }

    /// Matches opening and closing markers of one list.
    fn containers(&mut self, pieces: Vec<Piece>) -> Vec<Block> {
        // Each open container, with the blocks that have gathered in it.
        let mut open: Vec<(Marker, Vec<Block>)> = Vec::new();
        let mut out = Vec::new();
        for piece in pieces {
            let block = match piece {
                Piece::Block(block) => block,
                Piece::Marker(marker) => match &marker.what {
                    What::Open { .. } => {
                        open.push((marker, Vec::new()));
                        continue;
                    }
                    What::Another { name, container } => {
                        let (name, container) = (name.clone(), container.clone());
                        self.close(&mut open, &mut out, &name, marker.start);
                        let what = What::Open { name, container };
                        open.push((Marker { what, ..marker }, Vec::new()));
                        continue;
                    }
                    What::Close(name) => {
                        let name = name.clone();
                        self.close(&mut open, &mut out, &name, marker.end);
                        continue;
                    }
                    What::Include(address) => self.include(&marker, address.clone()),
                    What::Skip => self.other(&marker),
                },
            };
            open.last_mut()
                .map_or(&mut out, |(_, blocks)| blocks)
                .push(block);
        }
        // What was never closed: its blocks stand where they stand, without the container.
        for (marker, blocks) in open {
            out.push(self.other(&marker));
            out.extend(blocks);
        }
        group(self.page, out, self.depth)
    }

    /// Closes the innermost open container of this name.
    fn close(
        &mut self,
        open: &mut Vec<(Marker, Vec<Block>)>,
        out: &mut Vec<Block>,
        name: &str,
        end: u32,
    ) {
        let is = |(m, _): &(Marker, Vec<Block>)| match &m.what {
            What::Open { name: opened, .. } => name.is_empty() || opened == name,
            _ => false,
        };
        let Some(at) = open.iter().rposition(is) else {
            return;
        };
        // Containers inside of it that were never closed lose their meaning, not their text.
        let mut blocks = Vec::new();
        while open.len() > at + 1 {
            if let Some((inner, rest)) = open.pop() {
                let mut gathered = vec![self.other(&inner)];
                gathered.extend(rest);
                gathered.append(&mut blocks);
                blocks = gathered;
            }
        }
        let Some((marker, mut gathered)) = open.pop() else {
            return;
        };
        gathered.append(&mut blocks);
        let blocks = group(self.page, gathered, self.depth);
        let made = self.contain(&marker, blocks, end);
        open.last_mut()
            .map_or(out, |(_, blocks)| blocks)
            .extend(made);
    }

    /// The container that `marker` opened, around `blocks`.
    fn contain(&self, marker: &Marker, mut blocks: Vec<Block>, end: u32) -> Vec<Block> {
        let What::Open { container, .. } = &marker.what else {
            return blocks;
        };
        let span = self.span(marker.start, end);
        let kind = match container {
            Container::Admonition(kind) => BlockKind::Admonition {
                kind: kind.clone(),
                blocks,
            },
            Container::Variant {
                key,
                values,
                title,
                include,
            } => {
                if let Some(address) = include {
                    blocks.push(self.include(marker, address.clone()));
                }
                BlockKind::Variants(vec![Variant {
                    span,
                    content: marker.end,
                    key: key.clone(),
                    values: values.clone(),
                    title: title.clone(),
                    blocks,
                }])
            }
            Container::Comment => BlockKind::Other,
            Container::Variants | Container::Plain => {
                let mut out = vec![self.other(marker)];
                out.append(&mut blocks);
                return out;
            }
        };
        vec![Block { span, kind }]
    }

    fn include(&self, marker: &Marker, address: String) -> Block {
        Block {
            span: self.span(marker.start, marker.end),
            kind: BlockKind::Include(address),
        }
    }

    fn other(&self, marker: &Marker) -> Block {
        Block {
            span: self.span(marker.start, marker.end),
            kind: BlockKind::Other,
        }
    }

    fn span(&self, start: u32, end: u32) -> Span {
        Span::new(self.page.file, start as usize..end as usize)
    }
}

/// What needs no markers: tabs made of headings, neighbouring variants, included files, indented
/// containers.
fn group(page: &Page<'_>, blocks: Vec<Block>, depth: usize) -> Vec<Block> {
    let blocks = indented(page, blocks, depth);
    let blocks = blocks.into_iter().flat_map(includes).collect();
    let blocks = heading_tabs(page, blocks);
    neighbours(blocks)
}
