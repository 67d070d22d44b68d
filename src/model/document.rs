//! A page as it was parsed: blocks and inline text, each with its place.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::{FileId, Link, Span, one_line};

/// One parsed file.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The file.
    pub file: FileId,
    /// What its YAML block says.
    pub front: FrontMatter,
    /// The range of the file after its front matter.
    pub content: Span,
    /// Its blocks in order.
    pub blocks: Vec<Block>,
    /// Does text of other files stand within its sentences, or do their titles?
    pub inserts: bool,
    /// What that is, in the order of the text, once it is known.
    pub shown: Vec<Shown>,
}

/// What a reader sees where a text only names an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Where, in the file.
    pub at: u32,
    /// The address, as written.
    pub address: String,
    /// What the text there says, or its title.
    pub text: String,
}

impl Document {
    /// What is shown in a range of the file, by address.
    pub fn shown_in(&self, range: &Range<usize>) -> BTreeMap<String, String> {
        let before = |byte: usize| self.shown.partition_point(|s| (s.at as usize) < byte);
        let (from, to) = (before(range.start), before(range.end));
        let shown = self.shown.get(from..to).unwrap_or_default().iter();
        shown.map(|s| (s.address.clone(), s.text.clone())).collect()
    }
}

/// The keys of the front matter that the compiler knows. Others are left alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// Where it stands.
    pub span: Option<Span>,
    /// `title`, and where it stands.
    pub title: Option<String>,
    /// `description` (or `summary`).
    pub description: Option<String>,
    /// Who may see the page.
    pub labels: Vec<String>,
    /// The variants the page is for.
    pub applies: BTreeMap<String, Vec<String>>,
    /// `language` or `lang`.
    pub language: Option<String>,
    /// `aliases` and `redirect_from`: other addresses of the page.
    pub aliases: Vec<String>,
    /// `slug`: what its own address has in the place of the file's name; the whole of it behind a slash.
    pub slug: Option<String>,
    /// The page says that it is a glossary entry (`term`, or an `id` beside a `short_description`).
    pub term: Option<String>,
}

/// A block with its place in the file.
#[derive(Clone, Debug)]
pub struct Block {
    /// From its first to its last byte, line ends after it not included.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Debug)]
pub enum BlockKind {
    /// A heading of any level.
    Heading(Heading),
    /// Running text.
    Paragraph(Inline),
    /// Fenced or indented code.
    Code,
    /// A bulleted or numbered list.
    List(List),
    /// A table.
    Table(Table),
    /// A block quote without a marker.
    Quote(Vec<Block>),
    /// A note, tip or warning in any dialect. `kind` is lower case: `note`, `important`.
    Admonition {
        /// `note`, `tip`, `warning`, `checklist`, `nextstepaction` …
        kind: String,
        /// What the author calls it; empty where nothing does.
        title: String,
        /// What is in it.
        blocks: Vec<Block>,
    },
    /// Alternatives for the same thing: tabs, zones.
    Variants(Vec<Variant>),
    /// Text of another file stands here; its address, as written.
    Include(String),
    /// HTML, rules, definitions, markers: kept in place, read as nothing.
    Other,
}

/// A heading.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text.
    pub text: Inline,
    /// An explicit anchor: `{#id}` or `<a id>`.
    pub anchor: Option<String>,
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// The first number of an ordered list.
    pub start: Option<u64>,
    /// Its items.
    pub items: Vec<Item>,
}

/// A list item.
#[derive(Clone, Debug)]
pub struct Item {
    /// From its marker to its end.
    pub span: Span,
    /// Where its text begins, after the marker and a task box.
    pub content: u32,
    /// The column at which its content is indented.
    pub indent: u16,
    /// `Some` for a task: is it ticked?
    pub task: Option<bool>,
    /// Its number where the author wrote one that Markdown does not count: `5.1.2`, `b`.
    pub number: Option<String>,
    /// What is in it. Text of a tight list is a paragraph like any other.
    pub blocks: Vec<Block>,
}

/// A table. Rows have as many cells as the head.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The head.
    pub head: Vec<Inline>,
    /// The rows, each with its span.
    pub rows: Vec<(Span, Vec<Inline>)>,
}

/// One of several alternatives.
#[derive(Clone, Debug)]
pub struct Variant {
    /// From its opening marker to its end.
    pub span: Span,
    /// Where its content begins, after the opening marker.
    pub content: u32,
    /// What kind of choice it is: `tab`, `pivot`, `os`.
    pub key: String,
    /// Which of the choices it is; several where one text serves several.
    pub values: Vec<String>,
    /// What the reader sees on the tab. Empty for zones, which have no title.
    pub title: String,
    /// What is in it.
    pub blocks: Vec<Block>,
}

impl Variant {
    /// What a reader knows it by: its title, else what it is for.
    pub fn name(&self) -> String {
        match self.title.as_str() {
            "" => self.values.join(", "),
            title => title.to_owned(),
        }
    }
}

/// Text without its markup, which remembers where it came from.
#[derive(Clone, Debug, Default)]
pub struct Inline {
    /// What a reader reads. Line ends within a paragraph are spaces, hard breaks are `\n`.
    pub text: String,
    /// Markup, by ranges of `text`, ordered by start.
    pub marks: Vec<Mark>,
    /// `(offset in text, offset in file)`: from here on they run in parallel.
    pub origins: Vec<(u32, u32)>,
    /// Where links stand that are within no other, once it was asked.
    pub(crate) outermost: OnceLock<Box<[Range<u32>]>>,
}

impl Block {
    /// Every text in it, in order.
    pub fn texts_mut(&mut self, take: &mut impl FnMut(&mut Inline)) {
        let blocks: &mut [Block] = match &mut self.kind {
            BlockKind::Heading(heading) => return take(&mut heading.text),
            BlockKind::Paragraph(inline) => return take(inline),
            BlockKind::Table(table) => {
                let rows = table.rows.iter_mut().map(|(_, cells)| cells);
                let cells = std::iter::once(&mut table.head).chain(rows).flatten();
                return cells.for_each(take);
            }
            BlockKind::List(list) => {
                for item in &mut list.items {
                    item.blocks.iter_mut().for_each(|b| b.texts_mut(take));
                }
                return;
            }
            BlockKind::Variants(variants) => {
                for variant in variants {
                    variant.blocks.iter_mut().for_each(|b| b.texts_mut(take));
                }
                return;
            }
            BlockKind::Quote(blocks) | BlockKind::Admonition { blocks, .. } => blocks,
            BlockKind::Code | BlockKind::Include(_) | BlockKind::Other => return,
        };
        blocks.iter_mut().for_each(|b| b.texts_mut(take));
    }
}

impl Inline {
    /// The file offset of `offset` in the text.
    pub fn origin(&self, offset: usize) -> u32 {
        let at = self
            .origins
            .partition_point(|(text, _)| *text as usize <= offset);
        match at.checked_sub(1).map(|i| self.origins[i]) {
            Some((text, file)) => file + (offset as u32 - text),
            None => self.origins.first().map_or(0, |(_, file)| *file),
        }
    }

    /// A range of the text with its markup.
    pub fn slice(&self, range: Range<usize>) -> Inline {
        let (start, end) = (range.start as u32, range.end as u32);
        let marks = self.marks.iter().filter(|m| m.end > start && m.start < end);
        let within = |offset: u32| offset > start && offset < end;
        let origins = self.origins.iter().filter(|(text, _)| within(*text));
        Inline {
            text: self.text[range.clone()].to_owned(),
            marks: marks
                .map(|m| Mark {
                    start: m.start.max(start) - start,
                    end: m.end.min(end) - start,
                    kind: m.kind.clone(),
                })
                .collect(),
            origins: [(0, self.origin(range.start))]
                .into_iter()
                .chain(origins.map(|(text, file)| (text - start, *file)))
                .collect(),
            outermost: OnceLock::new(),
        }
    }

    /// The marks that begin in a range of the text.
    pub fn marks_in(&self, range: &Range<usize>) -> &[Mark] {
        let before = |byte: usize| self.marks.partition_point(|m| (m.start as usize) < byte);
        let (from, to) = (before(range.start), before(range.end));
        &self.marks[from..to.max(from)]
    }

    /// The links.
    pub fn links(&self) -> impl Iterator<Item = (&Mark, &str)> {
        self.marks.iter().filter_map(|m| match &m.kind {
            MarkKind::Link(to) => Some((m, to.as_str())),
            _ => None,
        })
    }

    /// The mark of the link around a byte; where links are within each other, of the outermost.
    pub fn link_around(&self, byte: u32) -> Option<&Mark> {
        let outermost = self.outermost.get_or_init(|| {
            let mut outermost: Vec<Range<u32>> = Vec::new();
            for (mark, _) in self.links() {
                if outermost.last().is_none_or(|outer| outer.end < mark.end) {
                    outermost.push(mark.start..mark.end);
                }
            }
            outermost.into()
        });
        let link = outermost.get(outermost.partition_point(|link| link.end <= byte))?;
        let (start, end) = (link.start as usize, link.start as usize + 1);
        let mut marks = self.marks_in(&(start..end)).iter();
        marks.find(|m| link.contains(&byte) && matches!(m.kind, MarkKind::Link(_)))
    }

    /// The link that a mark is.
    pub fn link(&self, mark: &Mark) -> Option<Link> {
        let MarkKind::Link(address) = &mark.kind else {
            return None;
        };
        let text = self.text.get(mark.start as usize..mark.end as usize)?;
        Some(Link {
            address: address.clone(),
            text: one_line(text),
        })
    }

    /// What is strong at the beginning of the text, and what stands behind it.
    pub fn strong_front(&self) -> Option<(&str, &str)> {
        let strong = |m: &&Mark| m.kind == MarkKind::Strong && m.start == 0;
        let mark = self.marks.iter().find(strong)?;
        self.text.split_at_checked(mark.end as usize)
    }

    /// Makes all of the text strong.
    pub fn strengthen(&mut self) {
        let mark = Mark {
            start: 0,
            end: self.text.len() as u32,
            kind: MarkKind::Strong,
        };
        self.marks.retain(|m| m.kind != MarkKind::Strong);
        self.marks.insert(0, mark);
    }

    /// Is all of the text strong?
    pub fn is_strong(&self) -> bool {
        let text = self.text.trim_end_matches([':', ' ', '.']);
        self.marks.iter().any(|m| {
            m.kind == MarkKind::Strong && m.start == 0 && m.end as usize >= text.trim_end().len()
        })
    }
}

/// A piece of markup over a range of an [`Inline`]'s text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte in the text.
    pub end: u32,
    /// What it is.
    pub kind: MarkKind,
}

/// What a piece of inline markup is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// `**strong**`
    Strong,
    /// `*emphasis*`
    Emphasis,
    /// `` `code` ``
    Code,
    /// A hyperlink, with its address.
    Link(String),
    /// A picture, with its address.
    Image(String),
    /// An anchor: `<a id="x">`.
    Anchor(String),
    /// An anchor whose name is one of the whole set.
    Label(String),
    /// A glossary reference of a dialect, with its key.
    Term(String),
    /// Text of another file stands here; its address, as written.
    Insert(String),
    /// The title of what an address leads to stands here; the address, as written.
    Title(String),
}
