//! Puts a dialect's containers back into the tree: markers, tabs, alerts, includes.

use rustc_hash::FxHashMap;

use super::alerts::{alert, includes};
use super::choices::{at_headings, neighbours};
use super::codes;
use super::directives::directives;
use super::indented::indented;
use super::markers::{Container, Marker, What};
use super::roles;
use super::slid::taken_out;
use super::slipped::taken_back;
use super::steps;
use super::tabs::heading_tabs;
use super::{MAX_DEPTH, Page};
use crate::model::{Block, BlockKind, List, Span, Variant};

/// Blocks, with the dialect's containers put around them.
pub(super) fn fold(
    page: &Page<'_>,
    blocks: Vec<Block>,
    markers: Vec<Marker>,
    depth: usize,
) -> Vec<Block> {
    let mut folder = Folder {
        page,
        depth,
        last: 0..0,
    };
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
    /// How deep the blocks are nested that are being folded.
    depth: usize,
    /// Where the last marker stands whose rule was found.
    last: std::ops::Range<u32>,
}

impl Folder<'_> {
    /// One list of blocks, with the markers that stand among them up to `end`.
    fn list(&mut self, blocks: Vec<Block>, markers: &mut Markers, end: u32) -> Vec<Block> {
        let mut pieces = Vec::with_capacity(blocks.len());
        for block in blocks {
            while let Some(m) = markers.next_if(|m| m.start < block.span.start && m.start < end) {
                pieces.push(Piece::Marker(m));
            }
            // A rule that stands for a marker.
            let rule = matches!(block.kind, BlockKind::Other);
            if let Some(m) = markers.next_if(|m| rule && m.start == block.span.start) {
                self.last = m.start..m.end;
                pieces.push(Piece::Marker(m));
                continue;
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
        self.depth += 1;
        let span = block.span;
        let (kind, span) = match block.kind {
            BlockKind::Quote(blocks) => {
                let blocks = self.list(blocks, markers, span.end);
                (alert(blocks), self.whole(span))
            }
            BlockKind::List(list) => {
                let list = self.items(list, markers, span.end);
                (BlockKind::List(list), self.whole(span))
            }
            kind => (kind, span),
        };
        self.depth -= 1;
        Block { span, kind }
    }

    fn items(&mut self, mut list: List, markers: &mut Markers, end: u32) -> List {
        // Blanks that a marker left behind may stand between items: they go to the item before.
        let starts = list.items.iter().skip(1).map(|i| i.span.start);
        let ends: Vec<u32> = starts.chain([end]).collect();
        for (item, end) in list.items.iter_mut().zip(ends) {
            let blocks = std::mem::take(&mut item.blocks);
            item.blocks = self.list(blocks, markers, end);
            item.span = self.whole(item.span);
            if let Some(last) = item.blocks.last() {
                item.span = item.span.until(last.span);
            }
        }
        list
    }

    /// A span that does not end in the middle of the last marker: its rule is shorter.
    fn whole(&self, span: Span) -> Span {
        let within = self.last.start < span.end && span.end < self.last.end;
        Span {
            end: if within { self.last.end } else { span.end },
            ..span
        }
    }

    /// Matches opening and closing markers of one list.
    fn containers(&self, pieces: Vec<Piece>) -> Vec<Block> {
        let mut nest = Nest::new(self);
        for piece in pieces {
            match piece {
                Piece::Block(block) => nest.push(block),
                Piece::Marker(marker) => nest.marker(marker),
            }
        }
        group(self.page, nest.finish(), self.depth)
    }

    /// The container that `marker` opened, around `blocks`.
    fn contain(
        &self,
        marker: &Marker,
        container: &Container,
        mut blocks: Vec<Block>,
        end: u32,
    ) -> Vec<Block> {
        let span = self.span(marker.start, end);
        let choice = matches!(container, Container::Codes)
            .then(|| codes::choice(self.page, &blocks))
            .flatten();
        if let Some(kind) = choice {
            return vec![Block { span, kind }];
        }
        let kind = match container {
            Container::Admonition { kind, title } => BlockKind::Admonition {
                kind: kind.clone(),
                title: title.clone(),
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
            Container::Quote => BlockKind::Quote(blocks),
            Container::Comment => BlockKind::Other,
            Container::Step(title) if !steps::begins_with_heading(title, &blocks) => {
                return vec![steps::step(self.page, marker, title, blocks)];
            }
            Container::Titled(title) if !title.is_empty() => {
                blocks.insert(0, steps::title(self.page, marker, title));
                return blocks;
            }
            // `<summary>` has its title in it.
            Container::Titled(_) => {
                let mut out = vec![self.other(marker)];
                if let Some(BlockKind::Paragraph(inline)) = blocks.first_mut().map(|b| &mut b.kind)
                {
                    inline.strengthen();
                }
                out.append(&mut blocks);
                return out;
            }
            Container::Codes
            | Container::Variants
            | Container::Steps
            | Container::Step(_)
            | Container::Plain => {
                let mut out = vec![self.other(marker)];
                match container {
                    Container::Steps => out.extend(steps::joined(blocks)),
                    _ => out.append(&mut blocks),
                }
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

    /// A marker in its place. One that is a bare name has nothing to read.
    fn other(&self, marker: &Marker) -> Block {
        let raw = &self.page.text[marker.start as usize..marker.end as usize];
        let inside = raw.trim_matches(|c: char| !c.is_alphanumeric());
        let end = if inside.contains(char::is_whitespace) {
            marker.end
        } else {
            marker.start
        };
        Block {
            span: self.span(marker.start, end),
            kind: BlockKind::Other,
        }
    }

    fn span(&self, start: u32, end: u32) -> Span {
        Span::new(self.page.file, start as usize..end as usize)
    }
}

/// The containers of one list that are open while its pieces are gone through.
struct Nest<'f, 'p> {
    folder: &'f Folder<'p>,
    /// Each open container, with the blocks that have gathered in it.
    open: Vec<(Marker, Vec<Block>)>,
    /// How many containers of each name are open.
    names: FxHashMap<String, usize>,
    out: Vec<Block>,
}

impl<'f, 'p> Nest<'f, 'p> {
    fn new(folder: &'f Folder<'p>) -> Self {
        Nest {
            folder,
            open: Vec::new(),
            names: FxHashMap::default(),
            out: Vec::new(),
        }
    }

    fn push(&mut self, block: Block) {
        let innermost = self.open.last_mut().map(|(_, blocks)| blocks);
        innermost.unwrap_or(&mut self.out).push(block);
    }

    fn marker(&mut self, marker: Marker) {
        match &marker.what {
            What::Open { .. } => self.begin(marker),
            What::Another { name, container } => {
                let (name, container) = (name.clone(), container.clone());
                self.close(&name, marker.start);
                let what = What::Open { name, container };
                self.begin(Marker { what, ..marker });
            }
            What::Close(name) => {
                let name = name.clone();
                self.close(&name, marker.end);
            }
            What::Alone(container) => {
                let made = self
                    .folder
                    .contain(&marker, container, Vec::new(), marker.end);
                made.into_iter().for_each(|b| self.push(b));
            }
            What::Include(address) => {
                let block = self.folder.include(&marker, address.clone());
                self.push(block);
            }
            What::Skip | What::Text => self.push(self.folder.other(&marker)),
        }
    }

    fn begin(&mut self, marker: Marker) {
        let What::Open { name, .. } = &marker.what else {
            return;
        };
        // What is too deep stands where it stands, without its container.
        if self.folder.depth + self.open.len() >= MAX_DEPTH {
            return self.push(self.folder.other(&marker));
        }
        *self.names.entry(name.clone()).or_default() += 1;
        self.open.push((marker, Vec::new()));
    }

    /// Closes the innermost open container of this name.
    fn close(&mut self, name: &str, end: u32) {
        if self.names.get(name).is_none_or(|n| *n == 0) {
            return;
        }
        while let Some((marker, blocks)) = self.open.pop() {
            let What::Open {
                name: opened,
                container,
            } = &marker.what
            else {
                continue;
            };
            self.names.entry(opened.clone()).and_modify(|n| *n -= 1);
            let found = opened == name;
            if found {
                let depth = self.folder.depth + self.open.len();
                let blocks = group(self.folder.page, blocks, depth);
                let made = self.folder.contain(&marker, container, blocks, end);
                made.into_iter().for_each(|b| self.push(b));
                return;
            }
            // One inside of it that was never closed loses its meaning, not its text.
            self.push(self.folder.other(&marker));
            blocks.into_iter().for_each(|b| self.push(b));
        }
    }

    /// What was never closed: its blocks stand where they stand, without the container.
    fn finish(mut self) -> Vec<Block> {
        for (marker, blocks) in std::mem::take(&mut self.open) {
            self.out.push(self.folder.other(&marker));
            self.out.extend(blocks);
        }
        self.out
    }
}

/// What needs no markers: tabs made of headings, neighbouring variants, included files, indented
/// containers, headings that slid into an item, bullets that slipped out of theirs.
fn group(page: &Page<'_>, blocks: Vec<Block>, depth: usize) -> Vec<Block> {
    let blocks = directives(page, indented(page, blocks, depth), depth);
    let blocks = match depth {
        0 => taken_out(blocks),
        _ => blocks,
    };
    let blocks = taken_back(page, blocks);
    let blocks = match page.dialect.roles.is_empty() {
        true => blocks,
        false => roles::labelled(blocks),
    };
    let blocks = heading_tabs(page, includes(page, blocks));
    let is_choice = |b: &Block| matches!(b.kind, BlockKind::Variants(_));
    match blocks.iter().any(is_choice) {
        true => neighbours(at_headings(blocks)),
        false => blocks,
    }
}
