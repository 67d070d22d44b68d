//! Glossaries and questions with answers.

use super::body::Body;
use super::builder::{Builder, New};
use super::chain::Chain;
use super::fill::{Frame, Own, paragraph, span_of};
use super::header;
use super::ids::Slug;
use super::lists::lead;
use crate::grammar::Cursor;
use crate::model::{Block, BlockKind, Inline, Item, Kind, List, Mark, MarkKind, Span, one_line};
use crate::sentence::{SectionRole, behind_question_label, definition, is_question};

/// Begins the definition below a term.
const DEFINES: &str = " : ";

impl Builder<'_> {
    /// The kind of a section, where its heading or the section around it says so.
    pub(super) fn entry_kind(&self, heading: &Inline, frame: Frame) -> Option<Kind> {
        let tokens = self.words(heading);
        let all = Cursor::whole(&tokens);
        match frame.role {
            SectionRole::Glossary if self.holds_entries(&heading.text, frame) => None,
            SectionRole::Glossary => Some(Kind::Term),
            _ if is_question(all) => Some(Kind::Faq),
            _ => None,
        }
    }

    /// The question that a paragraph asks and the blocks after it answer: one behind a "Q:", or one set in
    /// bold in a section of questions. Elsewhere a bold question is one that the reader answers.
    pub(super) fn asked(&self, inline: &Inline, frame: Frame) -> Option<String> {
        let tokens = self.words(inline);
        let first = tokens.sentences.first()?.clone();
        let all = Cursor::whole(&tokens);
        if let Some(behind) = behind_question_label(all) {
            let sentence = tokens.sentences.iter().find(|s| s.end > behind.at)?;
            let asked = Cursor::over(&tokens, behind.at..sentence.end);
            return (!asked.is_empty()).then(|| one_line(asked.rest()));
        }
        let sentence = Cursor::over(&tokens, first.clone());
        let asks = frame.role == SectionRole::Faq && is_question(sentence);
        // Its answer may stand right behind it.
        let end = tokens.bytes(first).end;
        let strong = inline
            .strong_front()
            .filter(|(front, _)| front.len() == end);
        strong.filter(|_| asks).map(|_| one_line(sentence.rest()))
    }

    /// How many blocks answer a question: up to the next one.
    pub(super) fn answer(&self, blocks: &[Block], frame: Frame) -> usize {
        let asks = |b: &Block| paragraph(b).is_some_and(|i| self.asked(i, frame).is_some());
        blocks.iter().position(asks).unwrap_or(blocks.len())
    }

    /// A question and its answer.
    pub(super) fn question(
        &mut self,
        chain: &mut Chain,
        header: String,
        blocks: &[Block],
        frame: Frame,
    ) {
        let span = span_of(blocks);
        let unit = self.add(New {
            slug: Slug::words(&header),
            header,
            span,
            container: Some(chain.owner),
            fixed: Some(Kind::Faq),
        });
        chain.part(self, unit);
        let asked = blocks.first().map_or(span.start, |b| b.span.end);
        let range = span.start as usize..asked as usize;
        self.notes[unit.index()].body = Body::indented(range, frame.indent);
        self.read_text(unit, &blocks[..1.min(blocks.len())]);
        let role = SectionRole::Plain;
        let frame = Frame { role, ..frame };
        let rest = blocks.get(1..).unwrap_or_default();
        // "Is it a cable?", with what is done for each answer.
        match rest.first().map(|b| &b.kind) {
            Some(BlockKind::List(list)) if self.answers(blocks, list) => {
                let mut chain = Chain::new(unit);
                self.cases(&mut chain, list);
                let own = Own {
                    open: false,
                    blocks: 0,
                };
                self.content(&mut chain, &rest[1..], own, frame);
            }
            _ => self.fill(unit, rest, frame),
        }
    }

    /// Does a list name the answers to the question before it?
    fn answers(&self, blocks: &[Block], list: &List) -> bool {
        let asked = blocks.first().and_then(paragraph);
        asked.is_some_and(|asked| self.lists_named_cases(Some(asked), list))
    }

    /// Does a heading within a glossary stand above entries: "Terms", "A"?
    fn holds_entries(&self, heading: &str, frame: Frame) -> bool {
        groups_entries(heading, frame) || self.role_of(heading) == SectionRole::Glossary
    }

    /// The term that a paragraph of a glossary defines: one that is set off ("**Head**: the height of
    /// the water"), or a line above its definition, as in [Markdown Extra].
    ///
    /// [Markdown Extra]: https://michelf.ca/projects/php-markdown/extra/#def-list
    pub(super) fn entry(&self, inline: &Inline, span: Span) -> Option<String> {
        let text = &self.source().text[span.range()];
        let mut lines = text.lines();
        let (first, second) = (lines.next()?, lines.next().unwrap_or_default());
        let second = second.trim_start();
        if second.starts_with(": ") && !first.contains(DEFINES) {
            let name = inline.text.split(DEFINES).next()?;
            return Some(one_line(name)).filter(|name| !name.is_empty());
        }
        let tokens = self.words(inline);
        let sentence = Cursor::over(&tokens, tokens.sentences.first()?.clone());
        let (_, gloss) = definition(sentence)?;
        let before = tokens.tokens[gloss - 1].end;
        let name = self.term(inline)?;
        let set_off = |m: &Mark| {
            let is = matches!(m.kind, MarkKind::Strong | MarkKind::Code);
            is && m.start == 0 && m.end <= before
        };
        inline.marks.iter().any(set_off).then_some(name)
    }

    /// An entry of a glossary that is not an item of a list.
    pub(super) fn define(
        &mut self,
        chain: &mut Chain,
        name: String,
        blocks: &[Block],
        frame: Frame,
    ) {
        let span = span_of(blocks);
        let unit = self.add(New {
            slug: Slug::words(&name),
            header: name,
            span,
            container: Some(chain.owner),
            fixed: Some(Kind::Term),
        });
        chain.part(self, unit);
        self.notes[unit.index()].body = Body::indented(span.range(), frame.indent);
        self.read_text(unit, blocks);
    }

    /// The entries of a glossary that is a list.
    pub(super) fn terms(&mut self, chain: &mut Chain, list: &List) {
        for item in &list.items {
            let (name, kind) = match lead(item).and_then(|inline| self.term(inline)) {
                Some(term) => (term, Kind::Term),
                None => (self.item_header(item), Kind::Reference),
            };
            let unit = self.add(New {
                slug: Slug::words(&name),
                header: name,
                span: item.span,
                container: Some(chain.owner),
                fixed: Some(kind),
            });
            chain.part(self, unit);
            let range = item.content as usize..item.span.end as usize;
            self.notes[unit.index()].body = Body::indented(range, item.indent as usize);
            self.read_text(unit, &item.blocks);
        }
    }

    /// The term that an entry defines: what is set off in bold, or what stands before the colon.
    fn term(&self, inline: &Inline) -> Option<String> {
        let strong = inline
            .marks
            .iter()
            .find(|m| matches!(m.kind, MarkKind::Strong | MarkKind::Code) && m.start == 0);
        if let Some(mark) = strong {
            let term = inline
                .text
                .get(..mark.end as usize)?
                .trim_end_matches([':', ' ', '.']);
            return (!term.is_empty()).then(|| term.to_owned());
        }
        let tokens = self.words(inline);
        let first = tokens.sentences.first()?.clone();
        definition(Cursor::over(&tokens, first)).map(|(term, _)| term.to_owned())
    }

    fn item_header(&self, item: &Item) -> String {
        lead(item).map_or_else(String::new, |inline| {
            header::of_text(inline, &self.words(inline))
        })
    }
}

/// Does a block behind an entry of a glossary belong to it?
pub(super) fn explains(block: &Block) -> bool {
    let kind = &block.kind;
    matches!(
        kind,
        BlockKind::Code | BlockKind::Quote(_) | BlockKind::Admonition { .. }
    )
}

/// Is a heading within a glossary the letter that its entries begin with: "A", "X-Z"?
pub(super) fn groups_entries(heading: &str, frame: Frame) -> bool {
    let parts = heading.split(|c: char| !c.is_alphanumeric());
    let mut parts = parts.filter(|part| !part.is_empty());
    frame.role == SectionRole::Glossary && parts.all(|part| part.chars().count() == 1)
}
