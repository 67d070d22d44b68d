//! Glossaries and questions with answers.

use super::body::Body;
use super::builder::{Builder, New};
use super::chain::Chain;
use super::fill::Frame;
use super::header;
use super::ids::Slug;
use super::lists::lead;
use crate::grammar::Cursor;
use crate::model::{Inline, Item, Kind, List, MarkKind};
use crate::sentence::{SectionRole, definition, is_question};

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
