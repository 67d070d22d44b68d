//! Inline events to text that remembers where it came from.

use super::dialect::Dialect;
use super::shown;
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
        if let Some(to) = attribute(html, "a", "href") {
            self.hyperlink = Some((self.inline.text.len() as u32, to));
        } else if tag.starts_with("/a")
            && let Some((start, to)) = self.hyperlink.take()
        {
            self.mark(start, MarkKind::Link(to));
        }
        if let Some(id) = anchor(html) {
            let at = self.inline.text.len() as u32;
            self.mark(at, MarkKind::Anchor(id));
        }
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
    pub(super) fn finish(mut self, dialect: &Dialect) -> Inline {
        while !self.open.is_empty() {
            self.close();
        }
        let mut inline = self.inline;
        inline
            .marks
            .sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
        shown::read(inline, dialect)
    }
}

/// The `id` or `name` of an anchor element.
pub(super) fn anchor(html: &str) -> Option<String> {
    let of = |element: &str| {
        let id = attribute(html, element, "id");
        id.or_else(|| attribute(html, element, "name"))
    };
    of("a").or_else(|| of("span"))
}

/// The value of an attribute of the first element of this name.
fn attribute(html: &str, element: &str, name: &str) -> Option<String> {
    let lower = html.to_ascii_lowercase();
    let start = lower.find(&format!("<{element} "))?;
    let end = lower[start..].find('>').map_or(html.len(), |n| start + n);
    let at = lower[start..end].find(&format!(" {name}="))? + name.len() + 2;
    let value = html[start + at..end].trim_start();
    let value = match value.chars().next()? {
        q @ ('"' | '\'') => value[1..].split(q).next()?,
        _ => value.split([' ', '/', '>']).next()?,
    };
    (!value.is_empty()).then(|| value.to_owned())
}
