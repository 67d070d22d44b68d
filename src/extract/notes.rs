//! Notes that hold steps: each is a unit of its own, in its place, and the steps are its parts.

use super::body::Body;
use super::builder::{Builder, New};
use super::chain::Chain;
use super::fill::{Frame, paragraph};
use super::header;
use super::ids::Slug;
use super::lists::tells_steps;
use crate::model::{Block, BlockKind, Kind, Span, UnitNo};

impl Builder<'_> {
    /// Is there a numbered list of things to do in a note? In a note that is a quote every line has
    /// its mark; cut out, it would not be what the author wrote.
    pub(super) fn note_holds_steps(&self, span: Span, blocks: &[Block]) -> bool {
        let quoted = self.source().text[span.range()].starts_with('>');
        let steps = |b: &Block| match &b.kind {
            BlockKind::List(list) => tells_steps(list, self),
            _ => false,
        };
        !quoted && blocks.iter().any(steps)
    }

    /// Cuts out a note and its steps.
    pub(super) fn note(&mut self, chain: &mut Chain, span: Span, blocks: &[Block], frame: Frame) {
        let header = self.note_header(chain.owner, blocks);
        let unit = self.add(New {
            slug: Slug::words(&header),
            header,
            span,
            container: Some(chain.owner),
            fixed: Some(Kind::Step),
        });
        chain.part(self, unit);
        // The line that opens it can have a title.
        let opening = blocks.first().map_or(span.end, |b| b.span.start);
        let range = span.start as usize..opening as usize;
        self.notes[unit.index()].body = Body::indented(range, frame.indent);
        self.fill(unit, blocks, frame);
    }

    fn note_header(&self, owner: UnitNo, blocks: &[Block]) -> String {
        let first = blocks.iter().find_map(paragraph);
        match first {
            Some(inline) => header::of_text(inline, &self.words(inline)),
            None => self.units[owner.index()].header.clone(),
        }
    }
}
