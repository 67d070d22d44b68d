//! Stage 2: text to [`Document`].
//!
//! Markdown is read by `pulldown-cmark` with the byte range of every event. Around it stand the
//! dialects: what CommonMark does not know (shortcodes, zones, tabs, admonitions) is found line by
//! line beforehand, blanked out so that offsets stay, and put back into the tree as containers.
//!
//! Total: every text gives a document. What is malformed is reported and kept as text.
//!
//! *Deliberately absent:* any idea of what the text says. Sentences are read in
//! [`crate::extract`].

mod alerts;
mod blocks;
mod dialect;
mod fold;
mod front_matter;
mod indented;
mod inline;
mod lazy;
mod markers;
mod offsets;
mod tabs;
mod tags;

pub use dialect::{BadDialect, Dialect, Dialects};

use crate::model::{Diagnostic, Document, FileId, Span};
use offsets::Offsets;

/// Containers nested deeper than this are read as flat text, so that no document exhausts the
/// stack.
const MAX_DEPTH: usize = 48;

/// Reads one file.
pub fn parse(file: FileId, text: &str, dialect: &Dialect) -> (Document, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let (front, content) = front_matter::read(file, text, start, &mut diagnostics);
    let page = Page {
        file,
        text,
        dialect,
    };
    let shifted = Offsets::shifted(content as u32);
    let blocks = match lazy::separated(&text[content..], &shifted) {
        Some((separated, offsets)) => page.blocks(&separated, &offsets, 0),
        None => page.blocks(&text[content..], &shifted, 0),
    };
    let document = Document {
        file,
        front,
        content: Span::new(file, content..text.len()),
        blocks,
    };
    (document, diagnostics)
}

/// What stays the same while a file is parsed, however deep.
struct Page<'a> {
    file: FileId,
    text: &'a str,
    dialect: &'a Dialect,
}

impl Page<'_> {
    /// The blocks of `text`, a part of the file at `offsets` that may have been dedented.
    fn blocks(&self, text: &str, offsets: &Offsets, depth: usize) -> Vec<crate::model::Block> {
        let (masked, markers) = markers::scan(text, offsets, self.dialect);
        let blocks = blocks::read(self, &masked, offsets);
        fold::fold(self, blocks, markers, depth)
    }
}
