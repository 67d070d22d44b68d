//! Text of other files within sentences.
//!
//! A sentence is read as its readers see it. So what other files say in it is put there before
//! anything is read: "Start [!INCLUDE [name](../name.md)]" is "Start the server". The body of a unit
//! stays as it is written.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::variants::{DEEPEST, goes_round, included_lead, not_there, too_deep};
use crate::address::{Lead, Paths};
use crate::model::{
    Block, BlockKind, Diagnostic, Document, Edit, FileId, Inline, MarkKind, SourceText, Span,
};

/// The longest text that stands within a sentence, in bytes.
const LONGEST: usize = 1_000;

/// Puts the texts of files where the sentences of others include them. A file says something within a
/// sentence if it is one paragraph that everyone may see; else the title of the include stays there,
/// in braces.
pub fn insert(parsed: &mut [(Document, Vec<Diagnostic>)], texts: &[SourceText], paths: &Paths) {
    let inserting: Vec<usize> = (0..parsed.len()).filter(|i| parsed[*i].0.inserts).collect();
    let mut filled = Vec::new();
    let mut said = Said {
        parsed,
        texts,
        paths,
        files: FxHashMap::default(),
        open: Vec::new(),
        found: Vec::new(),
    };
    for i in inserting {
        let mut document = said.parsed[i].0.clone();
        said.open.push(document.file);
        for block in &mut document.blocks {
            block.texts_mut(&mut |inline| *inline = said.filled(inline));
        }
        said.open.pop();
        filled.push(document);
    }
    let mut found = said.found;
    // A text is read for each file that says something in it, too.
    found.sort_by_key(|d| (d.span, d.code));
    found.dedup();
    for document in filled {
        let place = document.file.index();
        parsed[place].0 = document;
    }
    for diagnostic in found {
        if let Some(span) = diagnostic.span {
            parsed[span.file.index()].1.push(diagnostic);
        }
    }
}

/// What files say within sentences of others.
struct Said<'a> {
    parsed: &'a [(Document, Vec<Diagnostic>)],
    texts: &'a [SourceText],
    paths: &'a Paths,
    /// Those that were asked for.
    files: FxHashMap<FileId, Option<String>>,
    /// Those that are being read, each for the one before it.
    open: Vec<FileId>,
    found: Vec<Diagnostic>,
}

impl Said<'_> {
    /// A text of the file that is being read, with what other files say in it.
    fn filled(&mut self, inline: &Inline) -> Inline {
        let mut edits = Vec::new();
        for mark in &inline.marks {
            let MarkKind::Insert(address) = &mark.kind else {
                continue;
            };
            let range = mark.start as usize..mark.end as usize;
            match self.said(address, inline, range.clone()) {
                Some(shown) => edits.push(Edit {
                    range,
                    shown,
                    mark: None,
                }),
                None if lone(&inline.text, &range) => edits.push(Edit::drop(range)),
                None => {}
            }
        }
        match edits.is_empty() {
            true => inline.clone(),
            false => inline.edited(&edits),
        }
    }

    /// What the file at an address says within a sentence.
    fn said(&mut self, address: &str, inline: &Inline, range: Range<usize>) -> Option<String> {
        let from = *self.open.last()?;
        let place = inline.origin(range.start) as usize..inline.origin(range.end) as usize;
        let span = Span::new(from, place);
        let found = match included_lead(self.paths, &self.texts[from.index()].path, address) {
            Lead::File(file) if self.open.contains(&file) => goes_round(address, span),
            Lead::File(_) if self.open.len() > DEEPEST => too_deep(address, span),
            Lead::File(file) => return self.of(file),
            lead => not_there(&lead, address, span),
        };
        self.found.push(found);
        None
    }

    fn of(&mut self, file: FileId) -> Option<String> {
        if let Some(known) = self.files.get(&file) {
            return known.clone();
        }
        self.open.push(file);
        let text = self.read(file).filter(|text| text.len() <= LONGEST);
        self.open.pop();
        self.files.insert(file, text.clone());
        text
    }

    fn read(&mut self, file: FileId) -> Option<String> {
        let document = &self.parsed[file.index()].0;
        let open = document.front.labels.is_empty() && self.texts[file.index()].labels.is_empty();
        let is_read = |b: &&Block| !matches!(b.kind, BlockKind::Other);
        let mut blocks = document.blocks.iter().filter(is_read);
        let (Some(first), None) = (blocks.next(), blocks.next()) else {
            return None;
        };
        let BlockKind::Paragraph(inline) = &first.kind else {
            return None;
        };
        let text = self.filled(inline).text;
        (open && !text.trim().is_empty()).then(|| text.trim().to_owned())
    }
}

/// Does an include stand behind the last sentence of a text, and in none itself?
fn lone(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let behind = text.get(range.end..).unwrap_or_default();
    before.trim_end().ends_with(['.', '!', '?', ':']) && behind.trim().is_empty()
}
