//! Inline events to text that remembers where it came from.

use super::dialect::Dialect;
use super::{html, shown};
use crate::model::{Inline, Mark, MarkKind};

/// Collects the inline events of one block.
#[derive(Default)]
pub(super) struct InlineBuilder {
    inline: Inline,
    open: Vec<(u32, MarkKind)>,
    /// A link in HTML that is open: where its text begins, and its address.
    hyperlink: Option<(u32, String)>,
}

impl InlineBuilder {
    /// Text that stands at `file` in the file and is as long there as here.
    pub(super) fn text(&mut self, text: &str, file: u32) {
        let at = self.inline.text.len() as u32;
        let continues = self
            .inline
            .origins
            .last()
            .is_some_and(|(t, f)| f + (at - t) == file);
        if !continues {
            self.inline.origins.push((at, file));
        }
        self.inline.text.push_str(text);
    }

    /// Inline code: its text without the backticks.
    pub(super) fn code(&mut self, text: &str, file: u32) {
        let start = self.inline.text.len() as u32;
        self.text(text, file);
        self.mark(start, MarkKind::Code);
    }

    /// Opens a piece of markup.
    pub(super) fn open(&mut self, kind: MarkKind) {
        self.open.push((self.inline.text.len() as u32, kind));
    }

    /// Closes the innermost piece of markup.
    pub(super) fn close(&mut self) {
        if let Some((start, kind)) = self.open.pop() {
            self.mark(start, kind);
        }
    }

    /// Inline HTML: line breaks, links and anchors say something, the rest is left out.
    pub(super) fn html(&mut self, html: &str, file: u32) {
        let tag = html.trim_start_matches('<').to_ascii_lowercase();
        if tag.starts_with("br") {
            self.text("\n", file);
        }
        if let Some(to) = html::attribute(html, "a", "href") {
            self.hyperlink = Some((self.inline.text.len() as u32, to));
        } else if tag.starts_with("/a")
            && let Some((start, to)) = self.hyperlink.take()
        {
            self.mark(start, MarkKind::Link(to));
        }
        if let Some(id) = html::anchor(html) {
            self.anchor(id, file);
        }
    }

    /// An anchor at this place.
    pub(super) fn anchor(&mut self, id: String, file: u32) {
        let at = self.inline.text.len() as u32;
        self.text("", file);
        self.mark(at, MarkKind::Anchor(id));
    }

    fn mark(&mut self, start: u32, kind: MarkKind) {
        self.inline.marks.push(Mark {
            start,
            end: self.inline.text.len() as u32,
            kind,
        });
    }

    /// Is there nothing yet?
    pub(super) fn is_empty(&self) -> bool {
        self.inline.text.is_empty() && self.inline.marks.is_empty() && self.open.is_empty()
    }

    /// The text, with the dialect's inline tags read.
    pub(super) fn finish(self, dialect: &Dialect) -> Inline {
        shown::read(self.plain(), dialect)
    }

    /// The text.
    pub(super) fn plain(mut self) -> Inline {
        while !self.open.is_empty() {
            self.close();
        }
        let mut inline = self.inline;
        inline
            .marks
            .sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
        inline
    }
}
