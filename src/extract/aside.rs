//! Sections that no sequence leads to: prerequisites and next steps.

use super::builder::Builder;
use super::fill::{Frame, paragraph};
use super::header;
use super::split::{Section, before_headings};
use crate::grammar::{Cursor, Tokens};
use crate::model::{
    Block, BlockKind, Inline, Kind, Linker, LinkerKind, Mention, Prerequisite, Role, Span, UnitNo,
    Via,
};
use crate::sentence::{SectionRole, asking, prerequisite_kind, test};

impl Builder<'_> {
    /// A section of prerequisites, next steps or related pages. What it says is the procedure's, in
    /// whose section it stands; its text is a unit in its place.
    pub(super) fn aside(&mut self, owner: UnitNo, section: &Section<'_>, role: SectionRole) {
        let frame = Frame { role, indent: 0 };
        let name = header::of_heading(&section.heading.text);
        let unit = self.section_unit(owner, section, name, frame);
        self.notes[unit.index()].fixed = Some(Kind::Reference);
        self.units[unit.index()].kind = Kind::Reference;
        self.place(unit, owner, Role::Aside);
        let owner = self.procedure_around(owner);
        self.fill(unit, section.blocks, frame);
        if role == SectionRole::Prerequisites {
            self.notes[owner.index()].prepared = true;
            self.prerequisites(owner, before_headings(section.blocks));
            self.suggest(owner, section.blocks, LinkerKind::Requires);
        } else {
            self.suggest(owner, section.blocks, LinkerKind::FollowUp);
        }
    }

    /// The unit whose prerequisites these are: a section of prerequisites may have sections, and may
    /// stand in another file.
    fn procedure_around(&self, unit: UnitNo) -> UnitNo {
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
    fn prerequisites(&mut self, owner: UnitNo, blocks: &[Block]) {
        let listed = self.listed(owner, blocks);
        if listed == 0 {
            for block in blocks {
                if let Some(inline) = paragraph(block).filter(|i| !i.text.trim().is_empty()) {
                    self.prerequisite(owner, inline, block.span);
                }
            }
        }
    }

    /// The prerequisites in lists, and how many there are.
    fn listed(&mut self, owner: UnitNo, blocks: &[Block]) -> usize {
        let mut found = 0;
        for block in blocks {
            match &block.kind {
                BlockKind::List(list) => {
                    for item in &list.items {
                        found += self.listed_item(owner, &item.blocks, item.span);
                    }
                }
                BlockKind::Variants(variants) => {
                    for variant in variants {
                        found += self.listed(owner, before_headings(&variant.blocks));
                    }
                }
                BlockKind::Include(address) => found += self.listed_in(owner, address, block.span),
                _ => {}
            }
        }
        found
    }

    fn listed_item(&mut self, owner: UnitNo, blocks: &[Block], span: Span) -> usize {
        match blocks.first().map(|b| (&b.kind, b.span)) {
            Some((BlockKind::Paragraph(inline), _)) => {
                self.prerequisite(owner, inline, span);
                1
            }
            Some((BlockKind::Include(address), at)) => {
                let found = self.listed_in(owner, address, at);
                if found > 0 {
                    return found;
                }
                if self.included_paragraph(owner, address, at) == 0 {
                    // The author asks for something, even if its text is not here.
                    let source = self.source().text;
                    let end = span.end.max(at.end) as usize;
                    let rest = source[end..].find('\n').unwrap_or(source.len() - end);
                    let text = source[at.start as usize..end + rest].trim().to_owned();
                    let written = Inline {
                        text,
                        ..Inline::default()
                    };
                    self.prerequisite(owner, &written, span);
                }
                1
            }
            _ => 0,
        }
    }

    /// The prerequisites that an included file lists.
    fn listed_in(&mut self, owner: UnitNo, address: &str, span: Span) -> usize {
        self.inside(owner, address, span, |builder, blocks| {
            builder.listed(owner, before_headings(blocks))
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
                builder.prerequisite(owner, inline, at);
                1
            })
        });
        read.unwrap_or(0)
    }

    /// Does something with the blocks of an included file that is open to whoever sees the owner. A file that is not there was reported
    /// when its text was read.
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

    fn prerequisite(&mut self, owner: UnitNo, inline: &Inline, span: Span) {
        let tokens = Tokens::inline(inline, self.lexicon);
        let all = Cursor::over(&tokens, 0..tokens.tokens.len());
        let constraint = tokens
            .sentences
            .iter()
            .find_map(|s| test(Cursor::over(&tokens, s.clone())));
        let asked: Vec<_> = asking(&tokens).map(|s| tokens.bytes(s.range())).collect();
        let asks = |at: u32| asked.iter().any(|bytes| bytes.contains(&(at as usize)));
        let mut links = inline.links().filter(|(mark, _)| asks(mark.start));
        let target = links.next().map(|(_, to)| Mention::Address(to.to_owned()));
        let text = inline.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let kind = prerequisite_kind(all);
        self.units[owner.index()].prerequisites.push(Prerequisite {
            text,
            kind,
            constraint,
            target,
            span,
        });
    }

    /// Every link in these blocks becomes a linker of the procedure.
    pub(super) fn suggest(&mut self, owner: UnitNo, blocks: &[Block], kind: LinkerKind) {
        let mut found = Vec::new();
        self.links_in(owner, blocks, &mut found);
        for (address, span) in found {
            let linker = Linker {
                kind,
                target: Mention::Address(address),
                via: Via::Section,
                condition: None,
                decision: None,
                span,
            };
            self.link(owner, linker);
        }
    }

    fn links_in(&mut self, owner: UnitNo, blocks: &[Block], found: &mut Vec<(String, Span)>) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(inline) => links_of(inline, block.span, found),
                BlockKind::Heading(heading) => links_of(&heading.text, block.span, found),
                BlockKind::List(list) => {
                    for item in &list.items {
                        self.links_in(owner, &item.blocks, found);
                    }
                }
                BlockKind::Table(table) => {
                    let cells = table.head.iter().map(|c| (block.span, c));
                    let rows = table
                        .rows
                        .iter()
                        .flat_map(|(span, row)| row.iter().map(|c| (*span, c)));
                    cells
                        .chain(rows)
                        .for_each(|(span, cell)| links_of(cell, span, found));
                }
                BlockKind::Quote(inner) | BlockKind::Admonition { blocks: inner, .. } => {
                    self.links_in(owner, inner, found)
                }
                BlockKind::Variants(variants) => {
                    for variant in variants {
                        self.links_in(owner, &variant.blocks, found);
                    }
                }
                BlockKind::Include(address) => {
                    self.inside(owner, address, block.span, |builder, inner| {
                        builder.links_in(owner, inner, found)
                    });
                }
                BlockKind::Code | BlockKind::Other => {}
            }
        }
    }
}

fn links_of(inline: &Inline, span: Span, found: &mut Vec<(String, Span)>) {
    for (mark, address) in inline.links() {
        let start = inline
            .origin(mark.start as usize)
            .clamp(span.start, span.end);
        let end = inline.origin(mark.end as usize).clamp(start, span.end);
        found.push((address.to_owned(), Span { start, end, ..span }));
    }
}
