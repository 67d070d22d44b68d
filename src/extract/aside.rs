//! Sections that no sequence leads to: prerequisites and next steps.

use super::builder::Builder;
use super::fill::{Frame, paragraph};
use super::header;
use super::split::{Section, Stretch, before_headings, split};
use crate::grammar::{Cursor, TokenKind, Tokens};
use crate::model::{
    Block, BlockKind, Inline, Item, Kind, Link, Linker, LinkerKind, Mention, Prerequisite,
    PrerequisiteKind, Role, Span, UnitNo, Via,
};
use crate::sentence::{
    SectionRole, asking, asks, asks_for_list, asks_for_nothing, constraint, demands, kind_of,
    points_to_list, prerequisite_kind,
};

/// The longest heading that tells what all prerequisites below it are, in words.
const MAX_HEADING: usize = 3;

impl Builder<'_> {
    /// A section of prerequisites, next steps or related pages. What it says is the procedure's, in
    /// whose section it stands; its text is a unit in its place.
    pub(super) fn aside(&mut self, owner: UnitNo, section: &Section<'_>, role: SectionRole) {
        let frame = Frame::of(role);
        let name = header::of_heading(&section.heading.text);
        let unit = self.section_unit(owner, section, name, frame);
        self.notes[unit.index()].fixed = Some(Kind::Reference);
        self.units[unit.index()].kind = Kind::Reference;
        self.place(unit, owner, Role::Aside);
        let owner = self.procedure_around(owner);
        self.fill(unit, section.blocks, frame);
        if role == SectionRole::Prerequisites {
            self.notes[owner.index()].prepared = true;
            self.notes[unit.index()].prepares = true;
            self.asked_in(owner, &section.heading.text.text, section.blocks);
        } else {
            self.suggest(owner, section.blocks);
        }
    }

    /// Reads what blocks under a title ask for.
    pub(super) fn asked_in(&mut self, owner: UnitNo, title: &str, blocks: &[Block]) {
        let kind = self.kind_of_section(title);
        self.prerequisites(owner, before_headings(blocks), kind);
        let mut found = Vec::new();
        self.required_in(owner, blocks, Under::Section, &mut found);
        self.link_all(owner, found, LinkerKind::Requires);
    }

    /// The unit whose prerequisites these are: a section of prerequisites may have sections, and may
    /// stand in another file.
    pub(super) fn procedure_around(&self, unit: UnitNo) -> UnitNo {
        let mut at = unit;
        let passes = |no: UnitNo| {
            self.units[no.index()].place.role == Role::Aside || self.notes[no.index()].included
        };
        while passes(at)
            && let Some(container) = self.notes[at.index()].container
        {
            at = container;
        }
        at
    }

    /// Each bullet is one prerequisite; without bullets, each paragraph is.
    fn prerequisites(&mut self, owner: UnitNo, blocks: &[Block], kind: Option<PrerequisiteKind>) {
        let listed = self.listed(owner, blocks, kind);
        if listed == 0 {
            for block in blocks {
                if let Some(inline) = paragraph(block).filter(|i| self.asks_alone(i)) {
                    self.prerequisite(owner, inline, kind, block.span);
                }
            }
        }
    }

    /// Does a paragraph ask for something, and not only introduce what stands below it?
    fn asks_alone(&self, inline: &Inline) -> bool {
        let tokens = self.words(inline);
        let all = Cursor::over(&tokens, 0..tokens.tokens.len());
        // A command that stands alone is shown below the paragraph that asks for it.
        let shown = tokens.tokens.iter().all(|t| t.kind == TokenKind::Code);
        !introduces(inline) && !shown && !points_to_list(all) && asks(&tokens)
    }

    /// The kind of what a section of prerequisites asks for, by its heading: "Required permissions".
    fn kind_of_section(&self, title: &str) -> Option<PrerequisiteKind> {
        let tokens = Tokens::plain(title, self.lexicon);
        let all = Cursor::over(&tokens, 0..tokens.tokens.len());
        let short = all.range().len() <= MAX_HEADING;
        let kind = kind_of(all).filter(|kind| *kind != PrerequisiteKind::Done);
        kind.filter(|_| short)
    }

    /// The prerequisites in lists, and how many there are.
    fn listed(&mut self, owner: UnitNo, blocks: &[Block], kind: Option<PrerequisiteKind>) -> usize {
        let mut found = 0;
        let before = blocks.iter().map(paragraph);
        for (block, before) in blocks.iter().zip(std::iter::once(None).chain(before)) {
            match &block.kind {
                BlockKind::List(list) => {
                    let kind = before.and_then(|text| self.kind_of_list(text)).or(kind);
                    for item in &list.items {
                        found += self.listed_item(owner, item, kind);
                    }
                }
                BlockKind::Variants(variants) => {
                    for variant in variants {
                        found += self.listed(owner, before_headings(&variant.blocks), kind);
                    }
                }
                BlockKind::Include(address) => {
                    found += self.listed_in(owner, address, block.span, kind);
                }
                _ => {}
            }
        }
        found
    }

    /// The kind of what a list asks for, by the sentence before it: "Install these tools:".
    fn kind_of_list(&self, before: &Inline) -> Option<PrerequisiteKind> {
        let tokens = self.words(before);
        let ends = before.text.trim_end().ends_with(['.', '!', '?']);
        let last = tokens.sentences.last().filter(|_| !ends)?;
        let last = Cursor::over(&tokens, last.clone());
        asks_for_list(last).then(|| kind_of(last)).flatten()
    }

    fn listed_item(&mut self, owner: UnitNo, item: &Item, kind: Option<PrerequisiteKind>) -> usize {
        let span = item.span;
        match item.blocks.first().map(|b| (&b.kind, b.span)) {
            Some((BlockKind::Paragraph(inline), _)) => {
                let whole = with_list(inline, &item.blocks[1..]);
                self.prerequisite(owner, whole.as_ref().unwrap_or(inline), kind, span);
                1
            }
            Some((BlockKind::Include(address), at)) => {
                let found = self.listed_in(owner, address, at, kind);
                if found > 0 {
                    return found;
                }
                if self.included_paragraph(owner, address, at) == 0 {
                    // The author asks for something, even if its text is not here.
                    let named = Inline {
                        text: name_of(address),
                        ..Inline::default()
                    };
                    self.prerequisite(owner, &named, kind, span);
                }
                1
            }
            _ => 0,
        }
    }

    /// The prerequisites that an included file lists.
    fn listed_in(
        &mut self,
        owner: UnitNo,
        address: &str,
        span: Span,
        kind: Option<PrerequisiteKind>,
    ) -> usize {
        self.inside(owner, address, span, |builder, blocks| {
            builder.listed(owner, before_headings(blocks), kind)
        })
        .unwrap_or(0)
    }

    /// The one prerequisite that an included file is.
    fn included_paragraph(&mut self, owner: UnitNo, address: &str, span: Span) -> usize {
        let read = self.inside(owner, address, span, |builder, blocks| {
            let found = blocks
                .iter()
                .find_map(|b| paragraph(b).map(|inline| (inline, b.span)));
            found.map_or(0, |(inline, at)| {
                builder.prerequisite(owner, inline, None, at);
                1
            })
        });
        read.unwrap_or(0)
    }

    /// Does something with the blocks of an included file that is open to whoever sees the owner. A
    /// file that is not there was reported when its text was read.
    fn inside<T>(
        &mut self,
        owner: UnitNo,
        address: &str,
        span: Span,
        act: impl FnOnce(&mut Self, &[Block]) -> T,
    ) -> Option<T> {
        let reported = self.diagnostics.len();
        let file = self.included_file(address, span);
        self.diagnostics.truncate(reported);
        let file = file.filter(|file| self.is_open(owner, *file))?;
        self.sources.push(file);
        let document = self.source().document;
        let result = act(self, &document.blocks);
        self.sources.pop();
        Some(result)
    }

    /// A prerequisite, which is of the kind of its list where it does not say what it asks for.
    pub(super) fn prerequisite(
        &mut self,
        owner: UnitNo,
        inline: &Inline,
        listed: Option<PrerequisiteKind>,
        span: Span,
    ) {
        let tokens = Tokens::inline(inline, self.lexicon);
        let asked: Vec<_> = asking(&tokens).map(|s| tokens.bytes(s.range())).collect();
        let is_asked = |at: u32| asked.iter().any(|bytes| bytes.contains(&(at as usize)));
        let links = inline.links().filter(|(mark, _)| is_asked(mark.start));
        let mut asked = links.filter(|(mark, _)| {
            let sentence = sentence_at(&tokens, mark.start as usize);
            !sentence.is_some_and(|s| asks_for_nothing(s, inline, mark))
        });
        let target = asked.next().and_then(|(mark, _)| inline.link(mark));
        let text = inline.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let kind = prerequisite_kind(&tokens).or(listed).unwrap_or_default();
        self.units[owner.index()].prerequisites.push(Prerequisite {
            text,
            kind,
            constraint: constraint(&tokens),
            target: target.map(Mention::Address),
            span,
        });
    }

    /// Every link in these blocks is suggested for afterwards.
    pub(super) fn suggest(&mut self, owner: UnitNo, blocks: &[Block]) {
        let mut found = Vec::new();
        self.links_in(owner, blocks, Telling::Suggests, &mut found);
        self.link_all(owner, found, LinkerKind::FollowUp);
    }

    /// The links in a section of prerequisites. Under a heading of its own, what a list asks for is asked
    /// for, and what running text does only remark on; under "Limitations" all is told by the way, and so
    /// is what stands in a table of a variant.
    fn required_in(
        &mut self,
        owner: UnitNo,
        blocks: &[Block],
        under: Under,
        found: &mut Vec<Found>,
    ) {
        for stretch in split(blocks) {
            let section = match stretch {
                Stretch::Loose(blocks) => {
                    self.required_by(owner, blocks, under, found);
                    continue;
                }
                Stretch::Section(section) => section,
            };
            let inner = match self.role_of(&header::of_heading(&section.heading.text)) {
                // Its words are explained, and nothing is asked for.
                SectionRole::Glossary => continue,
                SectionRole::Facts | SectionRole::Related => Under::Facts,
                _ if under == Under::Facts => under,
                _ => Under::Heading,
            };
            let heading = std::slice::from_ref(section.block);
            self.links_in(owner, heading, Telling::ByTheWay, found);
            self.required_in(owner, section.blocks, inner, found);
        }
    }

    fn required_by(
        &mut self,
        owner: UnitNo,
        blocks: &[Block],
        under: Under,
        found: &mut Vec<Found>,
    ) {
        for block in blocks {
            if let BlockKind::Variants(variants) = &block.kind {
                let inner = variants.iter().flat_map(|v| &v.blocks);
                for inner in inner {
                    let table = matches!(inner.kind, BlockKind::Table(_));
                    let telling = if table {
                        Telling::ByTheWay
                    } else {
                        Telling::Asks
                    };
                    self.links_in(owner, std::slice::from_ref(inner), telling, found);
                }
                continue;
            }
            let list = matches!(block.kind, BlockKind::List(_));
            let telling = match under {
                Under::Section => Telling::Asks,
                Under::Heading if list => Telling::Asks,
                Under::Heading => Telling::Remarks,
                Under::Facts => Telling::ByTheWay,
            };
            self.links_in(owner, std::slice::from_ref(block), telling, found);
        }
    }

    fn link_all(&mut self, owner: UnitNo, found: Vec<Found>, kind: LinkerKind) {
        for Found {
            link,
            span,
            by_the_way,
        } in found
        {
            let linker = Linker {
                kind,
                target: Mention::Address(link),
                via: if by_the_way { Via::Link } else { Via::Section },
                condition: None,
                decision: None,
                span,
            };
            self.link(owner, linker);
        }
    }

    /// Requires what a text asks for that links to it.
    pub(super) fn require_links(&mut self, owner: UnitNo, inline: &Inline, span: Span) {
        let mut found = Vec::new();
        self.links_of(inline, span, Telling::Asks, &mut found);
        self.link_all(owner, found, LinkerKind::Requires);
    }

    fn links_in(
        &mut self,
        owner: UnitNo,
        blocks: &[Block],
        telling: Telling,
        found: &mut Vec<Found>,
    ) {
        for block in blocks {
            let span = block.span;
            match &block.kind {
                BlockKind::Paragraph(inline) => self.links_of(inline, span, telling, found),
                BlockKind::Heading(heading) => {
                    self.links_of(&heading.text, span, telling, found);
                }
                BlockKind::List(list) => {
                    for item in &list.items {
                        self.links_in(owner, &item.blocks, telling, found);
                    }
                }
                BlockKind::Table(table) => {
                    let cells = table.head.iter().map(|c| (span, c));
                    let rows = table
                        .rows
                        .iter()
                        .flat_map(|(span, row)| row.iter().map(|c| (*span, c)));
                    for (span, cell) in cells.chain(rows) {
                        self.links_of(cell, span, telling, found);
                    }
                }
                BlockKind::Quote(inner) => self.links_in(owner, inner, telling, found),
                BlockKind::Admonition { blocks: inner, .. } => {
                    let telling = match telling {
                        Telling::Asks => Telling::Remarks,
                        other => other,
                    };
                    self.links_in(owner, inner, telling, found);
                }
                BlockKind::Variants(variants) => {
                    for variant in variants {
                        self.links_in(owner, &variant.blocks, telling, found);
                    }
                }
                BlockKind::Include(address) => {
                    self.inside(owner, address, span, |builder, inner| {
                        // A notice that is a file of its own stands on many pages, and by the way.
                        if !inner.iter().all(is_notice) {
                            builder.links_in(owner, inner, telling, found)
                        }
                    });
                }
                BlockKind::Code | BlockKind::Other => {}
            }
        }
    }

    /// The links of a text, but for those that its sentences ask nothing of.
    fn links_of(&self, inline: &Inline, span: Span, telling: Telling, found: &mut Vec<Found>) {
        if inline.links().next().is_none() {
            return;
        }
        let tokens = Tokens::inline(inline, self.lexicon);
        for (mark, _) in inline.links() {
            let sentence = sentence_at(&tokens, mark.start as usize);
            let asks_nothing = || sentence.is_some_and(|s| asks_for_nothing(s, inline, mark));
            if telling != Telling::Suggests && asks_nothing() {
                continue;
            }
            let Some(link) = inline.link(mark) else {
                continue;
            };
            let by_the_way = match telling {
                Telling::Suggests | Telling::Asks => false,
                Telling::Remarks => !sentence.is_some_and(demands),
                Telling::ByTheWay => true,
            };
            let start = inline
                .origin(mark.start as usize)
                .clamp(span.start, span.end);
            let end = inline.origin(mark.end as usize).clamp(start, span.end);
            found.push(Found {
                link,
                span: Span { start, end, ..span },
                by_the_way,
            });
        }
    }
}

/// A link in a section that no sequence leads to.
struct Found {
    link: Link,
    span: Span,
    /// Does the text tell of it without asking for it?
    by_the_way: bool,
}

/// What a text that links to something does with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Telling {
    /// It suggests all that it links to.
    Suggests,
    /// It asks for what it links to.
    Asks,
    /// It remarks on it, unless a sentence asks for something.
    Remarks,
    /// It tells of it by the way.
    ByTheWay,
}

/// What some blocks of a section of prerequisites stand under.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Under {
    /// Its own heading.
    Section,
    /// A heading in it.
    Heading,
    /// A heading in it of facts, or of what to read.
    Facts,
}

fn is_notice(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Admonition { .. } | BlockKind::Other)
}

/// Does a paragraph introduce what stands below it?
fn introduces(inline: &Inline) -> bool {
    inline.text.trim_end().ends_with(':')
}

/// "You need these tools:" with the tools.
fn with_list(inline: &Inline, below: &[Block]) -> Option<Inline> {
    let list = below.iter().find_map(|b| match &b.kind {
        BlockKind::List(list) => Some(list),
        _ => None,
    });
    let items = list.filter(|_| introduces(inline))?.items.iter();
    let texts = items.filter_map(|item| item.blocks.first().and_then(paragraph));
    let texts: Vec<_> = texts
        .map(|i| i.text.trim_end_matches(['.', ';', ',', ':']))
        .collect();
    Some(Inline {
        text: format!("{} {}", inline.text.trim_end(), texts.join("; ")),
        ..inline.clone()
    })
}

/// The sentence that a byte of a text stands in.
fn sentence_at<'a>(tokens: &'a Tokens<'a>, at: usize) -> Option<Cursor<'a>> {
    let mut sentences = tokens.sentences.iter();
    let sentence = sentences.find(|s| tokens.bytes((*s).clone()).contains(&at))?;
    Some(Cursor::over(tokens, sentence.clone()))
}

/// What a file that is not here is called, in words.
fn name_of(address: &str) -> String {
    let name = address.rsplit('/').next().unwrap_or(address);
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    name.replace(['-', '_'], " ")
}
