//! Glossaries and questions with answers.

use super::body::Body;
use super::builder::{Builder, New};
use super::chain::Chain;
use super::fill::{Frame, paragraph, span_of};
use super::header;
use super::ids::Slug;
use super::lists::lead;
use crate::grammar::Cursor;
use crate::model::{Block, Inline, Item, Kind, List, MarkKind};
use crate::sentence::{SectionRole, behind_question_label, definition, is_question};

impl Builder<'_> {
    /// The kind of a section, where its heading or the section around it says so.
    pub(super) fn entry_kind(&self, heading: &Inline, frame: Frame) -> Option<Kind> {
        let tokens = self.words(heading);
        let all = Cursor::over(&tokens, 0..tokens.tokens.len());
        match frame.role {
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
        let all = Cursor::over(&tokens, 0..tokens.tokens.len());
        if let Some(behind) = behind_question_label(all) {
            let sentence = tokens.sentences.iter().find(|s| s.end > behind.at)?;
            let asked = Cursor::over(&tokens, behind.at..sentence.end);
            return (!asked.is_empty()).then(|| one_line(asked.rest()));
        }
        let sentence = Cursor::over(&tokens, first.clone());
        let asks = frame.role == SectionRole::Faq && inline.is_strong() && is_question(sentence);
        (asks && first.end == tokens.tokens.len()).then(|| one_line(sentence.rest()))
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
        self.fill(
            unit,
            blocks.get(1..).unwrap_or_default(),
            Frame { role, ..frame },
        );
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

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
