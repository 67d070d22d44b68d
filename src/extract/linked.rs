//! What a section that no sequence leads to links to: what it asks for, or suggests.

use std::ops::Range;

use super::builder::Builder;
use super::header;
use super::split::{Stretch, split};
use crate::grammar::{Cursor, Tokens};
use crate::model::{
    Block, BlockKind, Inline, Link, Linker, LinkerKind, Mark, Mention, Span, UnitNo, Via,
};
use crate::sentence::{SectionRole, demands, unasked};

/// A link in a section that no sequence leads to.
struct Found {
    link: Link,
    span: Span,
    /// Does the text tell of it without asking for it?
    by_the_way: bool,
}

impl Found {
    fn of(inline: &Inline, mark: &Mark, span: Span, by_the_way: bool) -> Option<Self> {
        let start = inline
            .origin(mark.start as usize)
            .clamp(span.start, span.end);
        let end = inline.origin(mark.end as usize).clamp(start, span.end);
        Some(Found {
            link: inline.link(mark)?,
            span: Span { start, end, ..span },
            by_the_way,
        })
    }
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

impl Builder<'_> {
    /// Every link in these blocks is suggested for afterwards.
    pub(super) fn suggest(&mut self, owner: UnitNo, blocks: &[Block]) {
        let mut found = Vec::new();
        self.links_in(owner, blocks, Telling::Suggests, &mut found);
        self.link_all(owner, found, LinkerKind::FollowUp);
    }

    /// Requires what a section of prerequisites asks for.
    pub(super) fn require_asked(&mut self, owner: UnitNo, blocks: &[Block]) {
        let mut found = Vec::new();
        self.required_in(owner, blocks, Under::Section, &mut found);
        self.link_all(owner, found, LinkerKind::Requires);
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

    /// The links of a text, but for those that its sentences do not ask for.
    fn links_of(&self, inline: &Inline, span: Span, telling: Telling, found: &mut Vec<Found>) {
        let mut links = inline.links().map(|(mark, _)| mark).peekable();
        if links.peek().is_none() {
            return;
        }
        let tokens = Tokens::inline(inline, self.lexicon);
        for sentence in &tokens.sentences {
            let end = tokens.bytes(sentence.clone()).end as u32;
            let mut inside = std::iter::from_fn(|| links.next_if(|m| m.start < end)).peekable();
            if inside.peek().is_none() {
                continue;
            }
            let sentence = Cursor::over(&tokens, sentence.clone());
            let away = match telling {
                Telling::Suggests => Some(Vec::new()),
                _ => unasked(sentence, inline),
            };
            let by_the_way = match telling {
                Telling::Suggests | Telling::Asks => false,
                Telling::Remarks => !demands(sentence),
                Telling::ByTheWay => true,
            };
            for mark in inside {
                let asked = away.as_ref().is_some_and(|away| !within(mark, away));
                found.extend(Found::of(inline, mark, span, by_the_way).filter(|_| asked));
            }
        }
        // A picture that is a link is in no sentence.
        let by_the_way = matches!(telling, Telling::Remarks | Telling::ByTheWay);
        found.extend(links.filter_map(|mark| Found::of(inline, mark, span, by_the_way)));
    }
}

fn is_notice(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Admonition { .. } | BlockKind::Other)
}

/// The first link of a sentence that it asks for.
pub(super) fn first_asked(sentence: Cursor<'_>, inline: &Inline) -> Option<Link> {
    let away = unasked(sentence, inline)?;
    let bytes = sentence.tokens.bytes(sentence.range());
    let mut links = inline.links().map(|(mark, _)| mark);
    let asked = links.find(|m| bytes.contains(&(m.start as usize)) && !within(m, &away))?;
    inline.link(asked)
}

/// Does a mark begin in one of these bytes?
fn within(mark: &Mark, ranges: &[Range<usize>]) -> bool {
    ranges
        .iter()
        .any(|bytes| bytes.contains(&(mark.start as usize)))
}
