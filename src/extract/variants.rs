//! Tabs, zones and included text.

use super::body::Body;
use super::builder::{Builder, New};
use super::chain::Chain;
use super::fill::Frame;
use super::header;
use super::ids::Slug;
use super::split::{Stretch, split};
use crate::address::{Address, Lead, Paths};
use crate::model::{
    Block, BlockKind, Code, Diagnostic, Document, FileId, Role, Severity, Span, UnitNo, Variant,
    Via,
};

/// SW103: text is included from a file that is not in the set.
const MISSING: Code = Code(103);
/// SW104: a file includes itself, by way of others or at once, or includes do not end soon enough.
const LOOP: Code = Code(104);
/// So many files are read within each other.
pub(super) const DEEPEST: usize = 16;
/// So many are read for one page: where each file includes the next one twice, a few would be millions.
const MOST: usize = 10_000;

impl Builder<'_> {
    /// Variants of one choice: options, each for what it names.
    pub(super) fn variants(&mut self, chain: &mut Chain, variants: &[Variant], frame: Frame) {
        let choice =
            (!self.are_pieces(chain.owner, variants)).then(|| chain.choice(self, Via::Tab));
        for variant in variants {
            let header = match variant.title.as_str() {
                "" => variant.values.join(", "),
                title => title.to_owned(),
            };
            let unit = self.add(New {
                slug: Slug::words(&header),
                header,
                span: variant.span,
                container: Some(chain.owner),
                fixed: None,
            });
            self.notes[unit.index()].commands = true;
            let start = variant.content as usize;
            self.notes[unit.index()].body = Body::indented(start..start, frame.indent);
            match choice {
                Some(choice) => {
                    let applies = &mut self.units[unit.index()].applies;
                    applies.insert(variant.key.clone(), variant.values.clone());
                    chain.option(self, unit, choice);
                }
                None => chain.part(self, unit),
            }
            self.fill(unit, &variant.blocks, frame);
        }
    }

    /// Are these pieces of one whole, and no ways to choose from? A tab that stands alone leaves no
    /// choice, files of one kind are all shown, and where the first is what the heading names, the others
    /// are its parts: "ctl push" has the tabs "push", "images" and "charts". A zone, which has no title, is for those who read it
    /// even where it stands alone.
    fn are_pieces(&self, owner: UnitNo, variants: &[Variant]) -> bool {
        let Some(first) = variants.first().filter(|v| !v.title.is_empty()) else {
            return false;
        };
        let heading = self.units[owner.index()]
            .header
            .strip_suffix(first.title.as_str());
        let whole = heading.is_some_and(|rest| rest.ends_with(' '))
            && first.title.starts_with(char::is_lowercase)
            && !self.notes[owner.index()].commands;
        let kind = kind_of_file(&first.title);
        let files = kind.is_some() && variants.iter().all(|v| kind_of_file(&v.title) == kind);
        variants.len() == 1 || whole || files
    }

    /// Text of another file, read where it is included.
    pub(super) fn include(&mut self, chain: &mut Chain, address: &str, span: Span, frame: Frame) {
        let Some(file) = self.included_file(address, span) else {
            return;
        };
        self.included.push(file);
        // A file without text says nothing.
        if self.context.pages[file.index()].document.blocks.is_empty() {
            return;
        }
        self.sources.push(file);
        let page = self.source();
        let content = content_of(page.document);
        let unit = self.add(New {
            header: self.included_header(page.document, page.path),
            span: content,
            slug: Slug::words(page.path.rsplit('/').next().unwrap_or(page.path)),
            container: Some(chain.owner),
            fixed: None,
        });
        self.label(unit, page.labels);
        self.label(unit, &page.document.front.labels);
        self.notes[unit.index()].commands = true;
        self.notes[unit.index()].body = Body::plain(content.start as usize..content.start as usize);
        self.notes[unit.index()].included = true;
        if self.is_aside_alone(&page.document.blocks) {
            self.place(unit, chain.owner, Role::Aside);
        } else {
            chain.part_at(self, unit, span);
        }
        self.fill(unit, &page.document.blocks, Frame { indent: 0, ..frame });
        self.sources.pop();
    }

    /// Is an included text nothing but prerequisites, or next steps? Then no sequence leads to it.
    fn is_aside_alone(&self, blocks: &[Block]) -> bool {
        let stretches = split(blocks);
        !stretches.is_empty()
            && stretches.iter().all(|stretch| match stretch {
                Stretch::Loose(_) => false,
                Stretch::Section(section) => {
                    let name = header::of_heading(&section.heading.text);
                    let role = self.role_of(&name);
                    Frame::of(role).is_aside()
                }
            })
    }

    /// The file that an include names, unless it is not there or already open.
    pub(super) fn included_file(&mut self, address: &str, span: Span) -> Option<FileId> {
        let lead = included_lead(self.context.paths, self.source().path, address);
        let found = match lead {
            Lead::File(file) if self.sources.contains(&file) => goes_round(address, span),
            Lead::File(_) if self.sources.len() > DEEPEST || self.read >= MOST => {
                too_deep(address, span)
            }
            Lead::File(file) => {
                self.read += 1;
                return Some(file);
            }
            lead => not_there(&lead, address, span),
        };
        self.diagnostics.push(found);
        None
    }

    /// What a file that is included is about; `None` where it is not there for everyone who sees the
    /// unit.
    pub(super) fn included_title(&self, unit: UnitNo, address: &str) -> Option<String> {
        match included_lead(self.context.paths, self.source().path, address) {
            Lead::File(file) if self.is_open(unit, file) => {
                let page = &self.context.pages[file.index()];
                Some(self.included_header(page.document, page.path))
            }
            _ => None,
        }
    }

    /// May everyone who sees the unit see the file too? What is told of a file that is not open to
    /// them stays in the units of its own text.
    pub(super) fn is_open(&self, unit: UnitNo, file: FileId) -> bool {
        let (page, own) = (
            &self.context.pages[file.index()],
            &self.units[unit.index()].labels,
        );
        let mut labels = page.labels.iter().chain(&page.document.front.labels);
        labels.all(|label| own.contains(label))
    }

    /// A reading of the first text among blocks, within quotes and notes too.
    fn first_text(&self, blocks: &[Block]) -> Option<String> {
        blocks.iter().find_map(|b| match &b.kind {
            BlockKind::Heading(h) => Some(header::of_heading(&h.text)),
            BlockKind::Paragraph(inline) => Some(header::of_text(inline, &self.words(inline))),
            BlockKind::Quote(inner) | BlockKind::Admonition { blocks: inner, .. } => {
                self.first_text(inner)
            }
            _ => None,
        })
    }

    /// Text of other files that stands in the text of a unit: it is a part of the unit, and its
    /// place in the text stays.
    pub(super) fn includes(&mut self, chain: &mut Chain, blocks: &[Block], frame: Frame) {
        let mut found = Vec::new();
        if !frame.is_aside() {
            includes_in(blocks, &mut found);
        }
        for (address, span) in found {
            self.include(chain, address, span, frame);
        }
    }

    fn included_header(&self, document: &Document, path: &str) -> String {
        self.first_text(&document.blocks)
            .filter(|h| !h.is_empty())
            .or_else(|| document.front.title.clone())
            .unwrap_or_else(|| path.rsplit('/').next().unwrap_or(path).to_owned())
    }
}

/// A text includes itself.
pub(super) fn goes_round(address: &str, span: Span) -> Diagnostic {
    let message = format!("`{address}` includes the text that includes it");
    let help = "remove one of the includes; the text is read once";
    Diagnostic::at(LOOP, Severity::Warning, span, message, help)
}

/// Too many texts include each other.
pub(super) fn too_deep(address: &str, span: Span) -> Diagnostic {
    let message = format!("`{address}` is included by way of too many others");
    let help = "include it nearer to the page; the file is read as a page of its own";
    Diagnostic::at(LOOP, Severity::Warning, span, message, help)
}

/// Nothing that can be included is at an address.
pub(super) fn not_there(lead: &Lead, address: &str, span: Span) -> Diagnostic {
    let (message, help) = match lead {
        Lead::Outside => (
            format!("`{address}` is outside of the compiled folder"),
            "move the file into the folder, or compile from a folder that holds both",
        ),
        _ => (
            format!("there is no file `{address}` to include"),
            "mend the path, or compile from a folder that holds the file",
        ),
    };
    Diagnostic::at(MISSING, Severity::Warning, span, message, help)
}

/// What the address of an include leads to. `~` is the root of the site, or a folder of that name.
pub(super) fn included_lead(paths: &Paths, from: &str, address: &str) -> Lead {
    let path = Address::read(address).map(|a| a.path).unwrap_or_default();
    let Some(below) = path.strip_prefix("~/") else {
        return paths.lead(from, &path);
    };
    let rooted = format!("/{below}");
    let mut leads = [&rooted, below, &path]
        .map(|path| paths.lead(from, path))
        .into_iter();
    let is_file = |lead: &Lead| matches!(lead, Lead::File(_));
    leads.find(is_file).unwrap_or(Lead::Nothing)
}

/// The extension of a file's name: `yaml` of `deployment.yaml`. "Node.js" names a product.
fn kind_of_file(title: &str) -> Option<&str> {
    let (stem, extension) = title.rsplit_once('.')?;
    let plain = extension.chars().all(|c| c.is_ascii_alphanumeric());
    let named = plain && extension.starts_with(|c: char| c.is_ascii_alphabetic());
    let file = stem.starts_with(|c: char| c.is_ascii_lowercase()) && !stem.contains(' ');
    (named && file).then_some(extension)
}

/// The texts of other files that stand within quotes, notes and lists.
fn includes_in<'b>(blocks: &'b [Block], found: &mut Vec<(&'b str, Span)>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Include(address) => found.push((address, block.span)),
            BlockKind::Quote(inner) | BlockKind::Admonition { blocks: inner, .. } => {
                includes_in(inner, found);
            }
            BlockKind::List(list) => {
                for item in &list.items {
                    includes_in(&item.blocks, found);
                }
            }
            _ => {}
        }
    }
}

/// From the first to the last block of a file.
fn content_of(document: &Document) -> Span {
    let all = super::fill::span_of(&document.blocks);
    if document.blocks.is_empty() {
        document.content
    } else {
        all
    }
}
