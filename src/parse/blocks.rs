//! Markdown events to a tree of blocks.

use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};

use super::inline::InlineBuilder;
use super::offsets::Offsets;
use super::{MAX_DEPTH, Page, columns, heading, html, lines, unclosed};
use crate::model::{
    Block, BlockKind, Diagnostic, Heading, Inline, Item, List, MarkKind, Span, Table, one_line,
};

/// What was read of a text.
pub(super) struct Read {
    pub(super) blocks: Vec<Block>,
    /// Where rules begin in the text, ascending.
    pub(super) rules: Vec<usize>,
    pub(super) findings: Vec<Diagnostic>,
}

/// The blocks of a text whose markers are taken out.
pub(super) fn read(page: &Page<'_>, text: &str, offsets: &Offsets) -> Read {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader {
        page,
        text,
        offsets,
        stack: vec![Frame::new(Open::Root, 0..text.len())],
        flattened: 0,
        rules: Vec::new(),
        findings: Vec::new(),
    };
    let known = page.references.take();
    let outer = |link: BrokenLink<'_>| {
        if known.is_empty() {
            return None;
        }
        let address = known.get(&label(&link.reference))?;
        Some((CowStr::from(address.clone()), CowStr::from("")))
    };
    let parser = Parser::new_with_broken_link_callback(text, options, Some(outer));
    let mut found = Vec::new();
    if page.dialect.holds_texts() {
        let all = parser.reference_definitions().iter();
        found.extend(all.map(|(name, to)| (label(name), to.dest.to_string())));
    }
    for (event, range) in parser.into_offset_iter() {
        reader.event(event, range);
    }
    let mut known = known;
    for (name, to) in found {
        known.entry(name).or_insert(to);
    }
    page.references.replace(known);
    reader.finish()
}

/// The label of a link, as labels are compared: without regard to capitals and blanks.
fn label(written: &str) -> String {
    one_line(written).to_lowercase()
}

/// A container that is not closed yet.
struct Frame {
    open: Open,
    range: Range<usize>,
    blocks: Vec<Block>,
    /// Text that stands directly in the container: a tight list's item, a table cell.
    inline: Option<(InlineBuilder, Range<usize>)>,
}

enum Open {
    Root,
    Quote,
    List(Option<u64>, Vec<Item>),
    Item(Option<bool>, usize),
    Paragraph,
    Heading(u8),
    Table(Table),
    Row(Vec<Inline>),
    Cell,
    /// Code, fenced or indented.
    Code(bool),
    /// The text of a footnote.
    Footnote,
    /// HTML, definitions: what is in it is not read.
    Opaque,
}

impl Frame {
    fn new(open: Open, range: Range<usize>) -> Self {
        Frame {
            open,
            range,
            blocks: Vec::new(),
            inline: None,
        }
    }
}

struct Reader<'a> {
    page: &'a Page<'a>,
    text: &'a str,
    offsets: &'a Offsets,
    stack: Vec<Frame>,
    /// Containers that were not opened because they are too deep.
    flattened: usize,
    rules: Vec<usize>,
    findings: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn top(&mut self) -> &mut Frame {
        // The root frame is never popped while events are read.
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.inline_text(&text, range),
            Event::Code(text) => self.inline_code(&text, range),
            Event::SoftBreak => self.inline_text(" ", range),
            Event::HardBreak => self.inline_text("\n", range),
            Event::InlineHtml(html) => {
                let file = self.offsets.file(range.start);
                self.inline(range).html(&html, file);
            }
            Event::Html(_) => {}
            Event::Rule => {
                self.rules.push(range.start);
                self.end_implicit();
                self.leaf(range, BlockKind::Other);
            }
            Event::TaskListMarker(done) => self.task(done, range),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if let Some(kind) = inline_mark(&tag) {
            return self.inline(range).open(kind);
        }
        self.end_implicit();
        let open = match tag {
            Tag::Paragraph => Open::Paragraph,
            Tag::Heading { level, .. } => Open::Heading(level_number(level)),
            Tag::BlockQuote(_) => Open::Quote,
            Tag::List(start) => Open::List(start, Vec::new()),
            Tag::Item => Open::Item(None, 0),
            Tag::Table(_) => Open::Table(Table::default()),
            Tag::TableHead | Tag::TableRow => Open::Row(Vec::new()),
            Tag::TableCell => Open::Cell,
            Tag::CodeBlock(kind) => Open::Code(kind.is_fenced()),
            Tag::FootnoteDefinition(_) => Open::Footnote,
            _ => Open::Opaque,
        };
        let container = matches!(open, Open::Quote | Open::List(..) | Open::Item(..));
        if container && (self.flattened > 0 || self.stack.len() >= 2 * MAX_DEPTH) {
            self.flattened += 1;
            return;
        }
        self.stack.push(Frame::new(open, range));
    }

    fn end(&mut self, tag: TagEnd) {
        if matches!(
            tag,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image
        ) {
            if let Some((inline, _)) = &mut self.top().inline {
                inline.close();
            }
            return;
        }
        self.end_implicit();
        let container = matches!(tag, TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item);
        if container && self.flattened > 0 {
            self.flattened -= 1;
            return;
        }
        if self.stack.len() > 1
            && let Some(frame) = self.stack.pop()
        {
            self.close(frame);
        }
    }

    /// The frame's content becomes part of the frame below it.
    fn close(&mut self, frame: Frame) {
        let dialect = self.page.dialect;
        let range = frame.range.clone();
        let inline = frame.inline.map(|(builder, _)| builder.finish(dialect));
        match frame.open {
            Open::Root => {}
            Open::Quote => self.leaf(range, BlockKind::Quote(frame.blocks)),
            Open::List(start, items) => {
                let range = self.behind_blanks(range);
                self.leaf(range, BlockKind::List(List { start, items }));
            }
            Open::Item(task, content) => self.item(range, task, content, frame.blocks),
            Open::Paragraph => {
                let inline = self.bare(inline.unwrap_or_default());
                self.leaf(range, BlockKind::Paragraph(inline));
            }
            Open::Heading(level) => {
                let (text, anchor) = heading::attributes(inline.unwrap_or_default());
                let heading = Heading {
                    level,
                    text,
                    anchor,
                };
                self.leaf(range, BlockKind::Heading(heading));
            }
            Open::Cell => {
                if let Open::Row(cells) = &mut self.top().open {
                    cells.push(inline.unwrap_or_default());
                }
            }
            Open::Row(cells) => {
                let span = self.span(range);
                if let Open::Table(table) = &mut self.top().open {
                    if table.head.is_empty() {
                        table.head = cells;
                    } else {
                        table.rows.push((span, cells));
                    }
                }
            }
            Open::Table(table) => self.leaf(range, BlockKind::Table(table)),
            Open::Code(fenced) => {
                if fenced && let Some(found) = unclosed::find(&self.text[range.clone()]) {
                    let (start, end) = (found.range.start, found.range.end);
                    let span = self.span(range.start + start..range.start + end);
                    self.findings.push(found.report(span));
                }
                self.leaf(range, BlockKind::Code);
            }
            Open::Footnote => self.footnote(range, frame.blocks),
            Open::Opaque => self.leaf(range, BlockKind::Other),
        }
    }

    /// A text without the attributes behind it, where the dialect has them: "A spare fuse { .part }".
    fn bare(&self, inline: Inline) -> Inline {
        match self.page.dialect.attributes {
            true => heading::attributes(inline).0,
            false => inline,
        }
    }

    /// What a footnote says is text in its place.
    fn footnote(&mut self, range: Range<usize>, mut blocks: Vec<Block>) {
        let span = self.span(range);
        match blocks.first_mut() {
            // Its mark is not lost: it belongs to the first block.
            Some(first) => first.span.start = span.start,
            None => blocks.push(Block {
                span,
                kind: BlockKind::Other,
            }),
        }
        self.top().blocks.append(&mut blocks);
    }

    /// Closes text that stands directly in an item: a paragraph in all but name.
    fn end_implicit(&mut self) {
        let dialect = self.page.dialect;
        let frame = self.top();
        if !matches!(
            frame.open,
            Open::Item(..) | Open::Quote | Open::Footnote | Open::Root
        ) {
            return;
        }
        if let Some((builder, range)) = frame.inline.take()
            && !builder.is_empty()
        {
            let inline = self.bare(builder.finish(dialect));
            self.leaf(range, BlockKind::Paragraph(inline));
        }
    }

    fn inline(&mut self, range: Range<usize>) -> &mut InlineBuilder {
        let frame = self.top();
        let (builder, covered) = frame
            .inline
            .get_or_insert_with(|| (InlineBuilder::default(), range.clone()));
        covered.end = covered.end.max(range.end);
        builder
    }

    fn inline_text(&mut self, text: &str, range: Range<usize>) {
        if matches!(self.top().open, Open::Opaque | Open::Code(_)) {
            return;
        }
        let file = self.offsets.file(range.start);
        self.inline(range).text(text, file);
    }

    fn inline_code(&mut self, text: &str, range: Range<usize>) {
        let ticks = self.text[range.clone()]
            .bytes()
            .take_while(|b| *b == b'`')
            .count();
        let file = self.offsets.file(range.start + ticks);
        self.inline(range).code(text, file);
    }

    fn task(&mut self, done: bool, range: Range<usize>) {
        // The marker stands in the item, or in the first paragraph of a loose one.
        for frame in self.stack.iter_mut().rev() {
            if let Open::Item(task, content) = &mut frame.open {
                (*task, *content) = (Some(done), range.end);
                return;
            }
        }
    }

    fn item(
        &mut self,
        range: Range<usize>,
        task: Option<bool>,
        content: usize,
        blocks: Vec<Block>,
    ) {
        let span = self.span(self.behind_blanks(range));
        let text = self.page.text;
        let (start, end) = (span.start as usize, span.end as usize);
        let content = match content {
            0 => start + columns::marker(&text[start..]),
            after_task => self.offsets.file(after_task) as usize,
        };
        let content = (content + columns::blanks(&text[content..])).min(end) as u32;
        let indent = columns::of_content(text, start).min(u16::MAX as usize) as u16;
        if let Open::List(_, items) = &mut self.top().open {
            items.push(Item {
                span,
                content,
                indent,
                task,
                number: None,
                blocks,
            });
        }
    }

    fn leaf(&mut self, range: Range<usize>, kind: BlockKind) {
        let kind = match kind {
            BlockKind::Paragraph(inline) if inline.text.is_empty() && inline.marks.is_empty() => {
                BlockKind::Other
            }
            BlockKind::Other => {
                let shown = html::shown(&self.text[range.clone()], range.start, self.offsets);
                shown.map_or(BlockKind::Other, BlockKind::Paragraph)
            }
            kind => kind,
        };
        let span = self.span(range);
        let text = self.page.text;
        match kind {
            BlockKind::Paragraph(inline) => {
                let paragraphs = lines::paragraphs(text, inline, span);
                self.top().blocks.extend(paragraphs);
            }
            kind => self.top().blocks.push(Block { span, kind }),
        }
    }

    /// A range without the blanks at its beginning: a tab before a marker is half of the list's.
    fn behind_blanks(&self, range: Range<usize>) -> Range<usize> {
        range.start + columns::blanks(&self.text[range.clone()])..range.end
    }

    /// The span of a range, without the blank space at its end.
    fn span(&self, range: Range<usize>) -> Span {
        let text = &self.text[range.clone()];
        let end = range.start + text.trim_end().len();
        let (start, end) = (self.offsets.file(range.start), self.offsets.file_end(end));
        Span::new(self.page.file, start as usize..end.max(start) as usize)
    }

    fn finish(mut self) -> Read {
        while self.stack.len() > 1 {
            self.end_implicit();
            if let Some(frame) = self.stack.pop() {
                self.close(frame);
            }
        }
        self.end_implicit();
        Read {
            blocks: std::mem::take(&mut self.top().blocks),
            rules: self.rules,
            findings: self.findings,
        }
    }
}

fn inline_mark(tag: &Tag<'_>) -> Option<MarkKind> {
    Some(match tag {
        Tag::Emphasis | Tag::Strikethrough => MarkKind::Emphasis,
        Tag::Strong => MarkKind::Strong,
        Tag::Link {
            link_type: LinkType::Email,
            dest_url,
            ..
        } => MarkKind::Link(format!("mailto:{dest_url}")),
        Tag::Link { dest_url, .. } => MarkKind::Link(dest_url.to_string()),
        Tag::Image { dest_url, .. } => MarkKind::Image(dest_url.to_string()),
        _ => return None,
    })
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
