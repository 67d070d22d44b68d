//! A unit's own text, sentence by sentence, with its links, anchors and terms.

use std::ops::Range;

use super::builder::Builder;
use super::fill::paragraph;
use super::leads::Place;
use crate::grammar::{self, Cursor, Tokens};
use crate::model::{
    Abbreviation, Block, BlockKind, Inline, Kind, Linker, LinkerKind, MarkKind, Mention, Span,
    UnitNo, Via, one_line,
};
use crate::sentence::{
    Spelled, abbreviations, in_case_of, leading, lists_conditions, may_abbreviate, sides,
};

const WHEN: grammar::Role = grammar::Role::named("qualifier.when");
/// The kind of admonition that leads to the next page.
const NEXT_ACTION: &str = "nextstepaction";
/// Kinds of admonitions that tell more about what is done, and do not order anything.
const REMARKS: [&str; 3] = ["note", "tip", "info"];

impl Builder<'_> {
    /// Reads blocks that stay text of a unit.
    pub(super) fn read_text(&mut self, unit: UnitNo, blocks: &[Block]) {
        for (i, block) in blocks.iter().enumerate() {
            match &block.kind {
                BlockKind::Paragraph(inline) => {
                    let asked = self.needs_behind_front(inline);
                    if let Some(asked) = asked.filter(|_| self.may_ask(unit)) {
                        self.need(unit, &asked, block.span);
                    }
                    self.read_paragraph(unit, inline, block.span);
                }
                BlockKind::Heading(heading) => self.read_inline(unit, &heading.text, block.span),
                BlockKind::List(list) => {
                    let before = i.checked_sub(1).and_then(|i| paragraph(&blocks[i]));
                    let outer = self.around;
                    self.around.cases = before.is_some_and(|text| self.lists_cases(text));
                    self.around.several |= list.items.len() > 1;
                    let title = before.filter(|line| self.titles_needs(line));
                    if let Some(title) = title.filter(|_| self.may_ask(unit)) {
                        self.needs(unit, &title.text, &blocks[i - 1..=i]);
                        self.around.asked = true;
                    }
                    for item in &list.items {
                        self.read_text(unit, &item.blocks);
                    }
                    self.around = outer;
                }
                BlockKind::Table(table) => {
                    for cell in &table.head {
                        self.read_inline(unit, cell, block.span);
                    }
                    for (span, row) in &table.rows {
                        row.iter()
                            .for_each(|cell| self.read_inline(unit, cell, *span));
                    }
                }
                // What stands above the text of a page is no next step of it.
                BlockKind::Admonition { kind, blocks, .. }
                    if kind == NEXT_ACTION && (i > 0 || !self.is_unread(unit)) =>
                {
                    self.suggest(UnitNo(0), blocks);
                }
                BlockKind::Quote(inner) => {
                    let outer = self.around;
                    self.read_needs(unit, block);
                    self.read_text(unit, inner);
                    self.around = outer;
                }
                BlockKind::Admonition { kind, blocks, .. } => {
                    let outer = self.around;
                    self.read_needs(unit, block);
                    self.around.remark |= REMARKS.contains(&kind.as_str());
                    self.around.boxed = true;
                    self.around.cased |= self.around.remark && self.begins_with_if(blocks);
                    self.read_text(unit, blocks);
                    self.around = outer;
                }
                BlockKind::Code => self.notes[unit.index()].acts = true,
                // Text of another file that is not cut out here is read with that file.
                BlockKind::Include(address) => {
                    self.included_file(address, block.span);
                }
                BlockKind::Variants(_) | BlockKind::Other => {}
            }
        }
    }

    /// Reads what a note asks for that is called like a section of prerequisites.
    fn read_needs(&mut self, unit: UnitNo, note: &Block) {
        let found = self.needs_of_note(note);
        if let Some((title, blocks)) = found.filter(|_| self.may_ask(unit)) {
            self.needs(unit, title, blocks);
            self.around.asked = true;
        }
    }

    /// May a text ask for something that is not asked for yet?
    fn may_ask(&self, unit: UnitNo) -> bool {
        !self.around.asked && !self.stands_aside(unit)
    }

    /// Is a note for a case: "If you have one already, … Then go on with step 4."?
    fn begins_with_if(&self, blocks: &[Block]) -> bool {
        blocks.first().and_then(paragraph).is_some_and(|inline| {
            let tokens = self.words(inline);
            let first = tokens.sentences.first();
            first.is_some_and(|s| {
                let sentence = Cursor::over(&tokens, s.clone());
                leading(sentence).or_else(|| in_case_of(sentence)).is_some()
            })
        })
    }

    /// Does a paragraph say that what is listed below are cases: "Use it when:"?
    pub(super) fn lists_cases(&self, inline: &Inline) -> bool {
        let tokens = self.words(inline);
        let all = Cursor::whole(&tokens);
        let ends = |i: usize| grammar::at_end(all.skip(i + 1)).is_ok();
        all.places([WHEN]).any(ends) || self.last_says(inline, lists_conditions)
    }

    pub(super) fn read_paragraph(&mut self, unit: UnitNo, inline: &Inline, span: Span) {
        let tokens = self.words(inline);
        let all = 0..tokens.sentences.len();
        self.read_sentences(unit, inline, span, &tokens, all);
    }

    /// Reads some sentences of a text, which are a unit's.
    pub(super) fn read_sentences(
        &mut self,
        unit: UnitNo,
        inline: &Inline,
        span: Span,
        tokens: &Tokens<'_>,
        sentences: Range<usize>,
    ) {
        let alone = sentences.len() == 1;
        let place = Place {
            unit,
            inline,
            span,
            alone,
        };
        let mut used = Vec::new();
        let mut cases = self.no_case(unit);
        let clauses = sentences.clone().flat_map(|i| {
            let (one, other) = sides(Cursor::over(tokens, tokens.sentences[i].clone()));
            [Some((i, one)), other.map(|other| (i, other))]
        });
        for (n, (i, clause)) in clauses.flatten().enumerate() {
            let before = i.checked_sub(1).map(|b| tokens.sentences[b].clone());
            let before = before.map(|sentence| tokens.slice(sentence));
            let (said, under) = self.under_case(&place, clause, before, n == 0, &mut cases);
            self.read_clause(&place, said, under, &mut used);
        }
        if let Some(last) = sentences.clone().next_back() {
            self.notes[unit.index()].last_text =
                tokens.slice(tokens.sentences[last].clone()).to_owned();
        }
        used.sort_by_key(|bytes| bytes.start);
        self.read_marks(&place, &used, bytes_of(tokens, &sentences));
    }

    /// Links, anchors and terms of a text in which no sentence is read.
    pub(super) fn read_inline(&mut self, unit: UnitNo, inline: &Inline, span: Span) {
        let alone = false;
        let place = Place {
            unit,
            inline,
            span,
            alone,
        };
        self.read_marks(&place, &[], 0..usize::MAX);
    }

    /// Is this the page's own unit, of which no text was read yet?
    fn is_unread(&self, unit: UnitNo) -> bool {
        unit == UnitNo(0) && self.notes[unit.index()].last_text.is_empty()
    }

    /// The links, anchors and terms that begin in a range of the text, but for the links in what is used
    /// already, which is ordered by start.
    fn read_marks(&mut self, at: &Place<'_>, used: &[Range<usize>], within: Range<usize>) {
        let mut used = used.iter().peekable();
        let mut used_to = 0;
        for mark in at.inline.marks_in(&within) {
            let range = mark.start as usize..mark.end as usize;
            while let Some(bytes) = used.next_if(|bytes| bytes.start <= range.start) {
                used_to = used_to.max(bytes.end);
            }
            let taken = range.start < used_to;
            let linker = match &mark.kind {
                MarkKind::Link(_) if !taken => {
                    let Some(link) = at.inline.link(mark) else {
                        continue;
                    };
                    Linker {
                        via: Via::Link,
                        ..at.linker(LinkerKind::See, Mention::Address(link), range)
                    }
                }
                MarkKind::Term(key) => Linker {
                    via: Via::Term,
                    ..at.linker(LinkerKind::Defines, Mention::Term(key.clone()), range)
                },
                MarkKind::Anchor(id) => {
                    self.anchors.push((id.clone(), at.unit));
                    continue;
                }
                MarkKind::Label(name) => {
                    self.anchors.push((name.clone(), at.unit));
                    // What is included has its label where it stands itself.
                    if self.sources.last() == Some(&self.file) {
                        self.labels.push((name.clone(), at.unit));
                    }
                    continue;
                }
                MarkKind::Image(to) => {
                    let span = at
                        .linker(LinkerKind::See, Mention::Term(String::new()), range)
                        .span;
                    self.images.push((to.clone(), span));
                    continue;
                }
                _ => continue,
            };
            self.link(at.unit, linker);
        }
        self.read_abbreviations(at, within);
    }

    /// What is spelled out in brackets that stand in a range of the text.
    fn read_abbreviations(&mut self, at: &Place<'_>, within: Range<usize>) {
        let text = &at.inline.text;
        let end = within.end.min(text.len());
        let Some(opened) = text.get(within.start..end).filter(|t| may_abbreviate(t)) else {
            return;
        };
        let tokens = self.words(at.inline);
        let first = |byte: usize| tokens.tokens.partition_point(|t| (t.start as usize) < byte);
        let (from, to) = (first(within.start), first(within.start + opened.len()));
        let is_term = self.notes[at.unit.index()].fixed == Some(Kind::Term);
        for spelled in abbreviations(Cursor::over(&tokens, from..to)) {
            self.abbreviated(at.unit, &spelled);
            if !is_term {
                let name = Mention::Spelled(one_line(spelled.long));
                let linker = at.linker(LinkerKind::Defines, name, spelled.bytes);
                let via = Via::Term;
                self.link(at.unit, Linker { via, ..linker });
            }
        }
    }

    /// Notes an abbreviation that a unit spells out, unless it is known.
    fn abbreviated(&mut self, unit: UnitNo, spelled: &Spelled<'_>) {
        let spelled = Abbreviation {
            short: spelled.short.to_owned(),
            long: one_line(spelled.long),
        };
        if self.spelled.insert((unit, spelled.clone())) {
            self.units[unit.index()].abbreviations.push(spelled);
        }
    }

    /// What the author's summary of a page spells out.
    pub(super) fn read_summary(&mut self, unit: UnitNo) {
        let summary = self.units[unit.index()].summary.clone();
        if may_abbreviate(&summary) {
            let tokens = Tokens::plain(&summary, self.lexicon);
            for spelled in abbreviations(Cursor::whole(&tokens)) {
                self.abbreviated(unit, &spelled);
            }
        }
    }
}

/// The bytes of a text up to the next sentence that is not among these.
fn bytes_of(tokens: &Tokens<'_>, sentences: &Range<usize>) -> Range<usize> {
    let start = |i: usize| {
        tokens
            .sentences
            .get(i)
            .map(|s| tokens.bytes(s.clone()).start)
    };
    let from = if sentences.start == 0 {
        0
    } else {
        start(sentences.start).unwrap_or(usize::MAX)
    };
    from..start(sentences.end).unwrap_or(usize::MAX)
}
