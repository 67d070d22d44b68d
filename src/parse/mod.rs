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
mod apart;
mod blocks;
mod choices;
mod codes;
mod columns;
mod dialect;
mod dialects;
mod directives;
mod fence;
mod fold;
mod front_matter;
mod heading;
mod html;
mod html_lists;
mod indented;
mod inline;
mod jsx;
mod lines;
mod markers;
mod offsets;
mod pairs;
mod references;
mod rewrite;
mod roles;
mod scan;
mod shown;
mod slid;
mod slipped;
mod steps;
mod survey;
mod tabs;
mod tags;
mod unclosed;

use std::cell::{Cell, RefCell};

use rustc_hash::{FxHashMap, FxHashSet};

pub use dialect::Dialect;
pub use dialects::{BadDialect, Dialects, Texts};

use crate::model::{Block, Diagnostic, Document, FileId, Span};
use offsets::Offsets;
use scan::{Scanned, scan};

/// Containers nested deeper than this are read as flat text, so that no document exhausts the
/// stack.
const MAX_DEPTH: usize = 48;

/// Readings of a text after which every marker that no rule can stand for leaves a blank line.
const MAX_READINGS: usize = 4;

/// Reads one file.
pub fn parse(file: FileId, text: &str, dialect: &Dialect) -> (Document, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let (mut front, content) = front_matter::read(file, text, start, &mut diagnostics);
    front.title = front.title.map(|title| shown::plain(title, dialect));
    let page = Page {
        file,
        text,
        dialect,
        references: RefCell::default(),
        findings: RefCell::new(diagnostics),
        inserts: Cell::new(false),
    };
    let shifted = Offsets::shifted(content as u32);
    let replaced = references::replaced(&text[content..], &shifted, dialect);
    let listed = html_lists::listed(&replaced.text, &replaced.offsets);
    let separated = apart::separated(&listed.text, &listed.offsets);
    let blocks = page.blocks(&separated.text, &separated.offsets, 0);
    let document = Document {
        file,
        front,
        content: Span::new(file, content..text.len()),
        blocks,
        inserts: page.inserts.get(),
        shown: Vec::new(),
    };
    let mut diagnostics = page.findings.into_inner();
    diagnostics.sort_by_key(|d| (d.span, d.code));
    diagnostics.dedup();
    (document, diagnostics)
}

/// What stays the same while a file is parsed, however deep.
struct Page<'a> {
    file: FileId,
    text: &'a str,
    dialect: &'a Dialect,
    /// The addresses that the page gives to labels, for the text inside of containers.
    references: RefCell<FxHashMap<String, String>>,
    /// What was found. Text inside of containers is read more than once, so the same may be found
    /// twice.
    findings: RefCell<Vec<Diagnostic>>,
    /// Does text of other files stand within sentences, or do their titles?
    inserts: Cell<bool>,
}

impl Page<'_> {
    /// The blocks of `text`, a part of the file at `offsets` that may have been rewritten.
    fn blocks(&self, text: &str, offsets: &Offsets, depth: usize) -> Vec<Block> {
        let mut blank = FxHashSet::default();
        let mut scanned = scan(text, offsets, self.dialect, &blank);
        let mut read = self.read(&scanned);
        for reading in 2..=MAX_READINGS {
            let seen = |offset: &usize| read.rules.binary_search(offset).is_ok();
            if scanned.rules.iter().all(|(offset, _)| seen(offset)) {
                break;
            }
            let missed = scanned
                .rules
                .iter()
                .filter(|(o, _)| reading == MAX_READINGS || !seen(o));
            blank.extend(missed.map(|(_, marker)| *marker));
            scanned = scan(text, offsets, self.dialect, &blank);
            read = self.read(&scanned);
        }
        self.findings.borrow_mut().extend(read.findings);
        fold::fold(self, read.blocks, scanned.markers, depth)
    }

    fn read(&self, scanned: &Scanned<'_>) -> blocks::Read {
        blocks::read(self, &scanned.placed.text, &scanned.placed.offsets)
    }
}
