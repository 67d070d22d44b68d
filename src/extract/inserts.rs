//! Text of other files within sentences.
//!
//! A sentence is read as its readers see it. So what other files say in it, and the titles of what it
//! leads to, are put there before anything is read: "Start [!INCLUDE [name](../name.md)]" is "Start the
//! server". The body of a unit stays as it is written.

use rustc_hash::FxHashMap;

use super::variants::{DEEPEST, goes_round, included_lead, not_there, too_deep};
use crate::address::{Address, Lead, Paths, slug};
use crate::model::{
    Block, BlockKind, Diagnostic, Document, Edit, FileId, Heading, Inline, Mark, MarkKind, Shown,
    SourceText, Span,
};

/// The longest text that stands within a sentence, in bytes.
const LONGEST: usize = 1_000;

/// Puts the texts and titles of files where the sentences of others show them. A file says something
/// within a sentence if it is one paragraph that everyone may see; else its name stays there, in
/// braces. `rewrite` turns an address of the site into one relative to the root.
pub fn insert(
    parsed: &mut [(Document, Vec<Diagnostic>)],
    texts: &[SourceText],
    paths: &Paths,
    rewrite: &dyn Fn(&str) -> Option<String>,
) {
    let inserting: Vec<usize> = (0..parsed.len()).filter(|i| parsed[*i].0.inserts).collect();
    if inserting.is_empty() {
        return;
    }
    let mut filled = Vec::new();
    let mut said = Said {
        parsed,
        texts,
        paths,
        rewrite,
        labels: labels(parsed, texts),
        files: FxHashMap::default(),
        open: Vec::new(),
        shown: Vec::new(),
        found: Vec::new(),
    };
    for i in inserting {
        let mut document = said.parsed[i].0.clone();
        said.open.push(document.file);
        for block in &mut document.blocks {
            block.texts_mut(&mut |inline| *inline = said.filled(inline));
        }
        said.open.pop();
        document.shown = std::mem::take(&mut said.shown);
        document.shown.sort_by_key(|shown| shown.at);
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
    rewrite: &'a dyn Fn(&str) -> Option<String>,
    /// Headings by the labels that mean them on every page.
    labels: FxHashMap<String, String>,
    /// What files say that were asked for.
    files: FxHashMap<FileId, Option<String>>,
    /// Those that are being read, each for the one before it.
    open: Vec<FileId>,
    /// What was shown, in each of them.
    shown: Vec<Shown>,
    found: Vec<Diagnostic>,
}

impl Said<'_> {
    /// A text of the file that is being read, with what it shows of others.
    fn filled(&mut self, inline: &Inline) -> Inline {
        inline.filled(|mark| {
            let (address, edit) = match &mark.kind {
                MarkKind::Insert(address) => (address, self.inserted(address, inline, mark)?),
                MarkKind::Title(address) => (address, Edit::show(mark, self.title(address)?)),
                _ => return None,
            };
            self.shown.push(Shown {
                at: inline.origin(mark.start as usize),
                address: address.clone(),
                text: edit.shown.clone(),
            });
            Some(edit)
        })
    }

    /// What stands in the place of an include: what the file says, else a link to it; nothing, where no
    /// sentence needs it.
    fn inserted(&mut self, address: &str, inline: &Inline, mark: &Mark) -> Option<Edit> {
        let lone = lone(&inline.text, mark);
        let Some(file) = self.file(address, inline, mark) else {
            return lone.then(|| Edit::show(mark, String::new()));
        };
        if let Some(text) = self.of(file) {
            return Some(Edit::show(mark, text));
        }
        if lone {
            return Some(Edit::show(mark, String::new()));
        }
        let name = || inline.text[mark.start as usize..mark.end as usize].to_owned();
        let link = match address.starts_with('~') {
            true => format!("/{}", self.texts[file.index()].path),
            false => address.to_owned(),
        };
        self.is_open(file).then(|| Edit {
            marks: vec![MarkKind::Link(link)],
            ..Edit::show(mark, self.title_of(file).unwrap_or_else(name))
        })
    }

    /// The file that is included at an address.
    fn file(&mut self, address: &str, inline: &Inline, mark: &Mark) -> Option<FileId> {
        let from = *self.open.last()?;
        let origin = |at: u32| inline.origin(at as usize) as usize;
        let span = Span::new(from, origin(mark.start)..origin(mark.end));
        let found = match included_lead(self.paths, &self.texts[from.index()].path, address) {
            Lead::File(file) if self.open.contains(&file) => goes_round(address, span),
            Lead::File(_) if self.open.len() > DEEPEST => too_deep(address, span),
            Lead::File(file) => return Some(file),
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
        let outside = self.shown.len();
        let text = self.read(file).filter(|text| text.len() <= LONGEST);
        self.shown.truncate(outside);
        self.open.pop();
        self.files.insert(file, text.clone());
        text
    }

    fn read(&mut self, file: FileId) -> Option<String> {
        let document = &self.parsed[file.index()].0;
        let is_read = |b: &&Block| !matches!(b.kind, BlockKind::Other);
        let mut blocks = document.blocks.iter().filter(is_read);
        let (Some(first), None) = (blocks.next(), blocks.next()) else {
            return None;
        };
        let BlockKind::Paragraph(inline) = &first.kind else {
            return None;
        };
        let text = self.filled(inline).text;
        (self.is_open(file) && !text.trim().is_empty()).then(|| text.trim().to_owned())
    }

    /// The title of what an address leads to: a section, or a page.
    fn title(&self, address: &str) -> Option<String> {
        let from = *self.open.last()?;
        let rewritten = (self.rewrite)(address);
        let address = Address::read(rewritten.as_deref().unwrap_or(address))?;
        let rooted = rewritten.is_some() || address.path.starts_with('/');
        let lead = match rooted {
            _ if address.path.is_empty() => Lead::File(from),
            true => self.paths.at_among(&address.path, &|_| true),
            false => self
                .paths
                .lead(&self.texts[from.index()].path, &address.path),
        };
        let Lead::File(file) = lead else {
            return None;
        };
        let document = &self.parsed[file.index()].0;
        let title = match address.fragment.as_str() {
            "" => self.title_of(file),
            name => {
                let own = headings(document).find(|h| is_named(h, name)).map(text_of);
                own.or_else(|| self.labels.get(name).cloned())
            }
        };
        title.filter(|_| file == from || self.is_open(file))
    }

    fn title_of(&self, file: FileId) -> Option<String> {
        let document = &self.parsed[file.index()].0;
        let first = || headings(document).next().map(text_of);
        let title = document.front.title.clone().or_else(first);
        title.filter(|title| !title.is_empty())
    }

    fn is_open(&self, file: FileId) -> bool {
        is_open(&self.parsed[file.index()].0, self.texts)
    }
}

/// Headings by the labels that mean them on every page; those of texts that everyone may see.
fn labels(
    parsed: &[(Document, Vec<Diagnostic>)],
    texts: &[SourceText],
) -> FxHashMap<String, String> {
    let mut labels = FxHashMap::default();
    for (document, _) in parsed.iter().filter(|(d, _)| is_open(d, texts)) {
        for heading in headings(document) {
            for mark in &heading.text.marks {
                if let MarkKind::Label(name) = &mark.kind {
                    labels
                        .entry(name.clone())
                        .or_insert_with(|| text_of(heading));
                }
            }
        }
    }
    labels
}

fn headings(document: &Document) -> impl Iterator<Item = &Heading> {
    document.blocks.iter().filter_map(|b| match &b.kind {
        BlockKind::Heading(heading) => Some(heading),
        _ => None,
    })
}

fn is_named(heading: &Heading, name: &str) -> bool {
    heading.anchor.as_deref() == Some(name) || slug(&heading.text.text) == name
}

fn text_of(heading: &Heading) -> String {
    heading.text.text.clone()
}

/// May everyone see a text?
fn is_open(document: &Document, texts: &[SourceText]) -> bool {
    document.front.labels.is_empty() && texts[document.file.index()].labels.is_empty()
}

/// Does an include stand behind the last sentence of a text, and in none itself?
fn lone(text: &str, mark: &Mark) -> bool {
    let before = text.get(..mark.start as usize).unwrap_or_default();
    let behind = text.get(mark.end as usize..).unwrap_or_default();
    before.trim_end().ends_with(['.', '!', '?', ':']) && behind.trim().is_empty()
}
