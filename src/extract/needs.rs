//! Prerequisites below no heading: under a line "**Prerequisites:**", or in a note that is called so. They
//! stay in the text they stand in.

use super::builder::Builder;
use super::fill::paragraph;
use crate::grammar::{Cursor, Tokens};
use crate::model::{Block, BlockKind, Inline, Kind, Span, UnitNo};
use crate::sentence::{SectionRole, introduces_prerequisites, whole_role};

impl Builder<'_> {
    /// Is a line, set off by a colon or strong, called like a section of prerequisites? Or does it say so:
    /// "To pump water, you need:"?
    pub(super) fn titles_needs(&self, line: &Inline) -> bool {
        let colon = line.text.trim_end().ends_with(':');
        if !colon && !line.is_strong() {
            return false;
        }
        colon && self.last_says(line, introduces_prerequisites) || is_needs(&self.words(line))
    }

    fn is_needs(&self, title: &str) -> bool {
        !title.is_empty() && is_needs(&Tokens::plain(title, self.lexicon))
    }

    /// What a note asks for that is called like such a section, or begins with a line that is; with what
    /// it is called.
    pub(super) fn needs_of_note<'b>(&self, note: &'b Block) -> Option<(&'b str, &'b [Block])> {
        let (title, blocks) = match &note.kind {
            BlockKind::Admonition { title, blocks, .. } => (title.as_str(), blocks),
            BlockKind::Quote(blocks) => ("", blocks),
            _ => return None,
        };
        if self.is_needs(title) {
            return Some((title, blocks));
        }
        let (first, blocks) = blocks.split_first()?;
        let line = paragraph(first).filter(|line| self.titles_needs(line))?;
        Some((&line.text, blocks))
    }

    /// What a paragraph asks for behind its front: "**Prerequisites:** A key."
    pub(super) fn needs_behind_front(&self, inline: &Inline) -> Option<Inline> {
        let (front, rest) = inline.strong_front()?;
        let behind = rest.trim_start_matches(':').trim_start();
        let set_off = front.ends_with(':') || rest.starts_with(':');
        let asks = set_off && !behind.is_empty() && self.is_needs(front);
        asks.then(|| inline.slice(inline.text.len() - behind.len()..inline.text.len()))
    }

    /// Reads what is asked for in the text of a unit.
    pub(super) fn needs(&mut self, unit: UnitNo, title: &str, blocks: &[Block]) {
        let owner = self.asker(unit);
        self.asked_in(owner, title, blocks);
    }

    /// Reads the one thing that is asked for in a text.
    pub(super) fn need(&mut self, unit: UnitNo, inline: &Inline, span: Span) {
        let owner = self.asker(unit);
        let tokens = Tokens::inline(inline, self.lexicon);
        self.prerequisite_of(owner, (inline, &tokens), &[], None, span);
        self.require_links(owner, inline, &tokens, span);
    }

    /// The unit that a text asks for: the unit it belongs to, or what holds it where that only tells.
    fn asker(&self, unit: UnitNo) -> UnitNo {
        let notes = &self.notes[unit.index()];
        let tells = notes.fixed == Some(Kind::Reference);
        let around = notes.container.filter(|_| tells);
        self.procedure_around(around.unwrap_or(unit))
    }
}

/// Is a line called like a section of prerequisites?
fn is_needs(line: &Tokens<'_>) -> bool {
    whole_role(Cursor::whole(line)) == Some(SectionRole::Prerequisites)
}
