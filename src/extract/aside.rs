//! Sections that no sequence leads to: prerequisites and next steps.

use super::builder::Builder;
use super::fill::{Frame, paragraph};
use super::header;
use super::linked::{asked, with_above};
use super::split::{Section, before_headings};
use super::whole::with_list;
use crate::grammar::{Cursor, TokenKind, Tokens};
use crate::model::{
    Block, BlockKind, Inline, Item, Kind, Mention, Prerequisite, PrerequisiteKind, Role, Span,
    UnitNo, one_line,
};
use crate::sentence::{
    SectionRole, asking, asks, asks_for_list, constraint, demands, further_aim, in_case_of,
    is_remark, kind_of, leading, points_to_list, prerequisite_kind, tells_more, without_reason,
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
        self.require_asked(owner, blocks);
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
                    self.prerequisite(owner, inline, &[], kind, block.span);
                }
            }
        }
    }

    /// Does a paragraph ask for something, and not only introduce what stands below it?
    fn asks_alone(&self, inline: &Inline) -> bool {
        let tokens = self.words(inline);
        let all = Cursor::whole(&tokens);
        // A command that stands alone is shown below the paragraph that asks for it.
        let shown = tokens.tokens.iter().all(|t| t.kind == TokenKind::Code);
        !introduces(inline) && !shown && !points_to_list(all) && asks(&tokens)
    }

    /// The kind of what a section of prerequisites asks for, by its heading: "Required permissions".
    fn kind_of_section(&self, title: &str) -> Option<PrerequisiteKind> {
        let tokens = Tokens::plain(title, self.lexicon);
        let all = Cursor::whole(&tokens);
        let short = all.range().len() <= MAX_HEADING;
        let kind = kind_of(all).filter(|kind| *kind != PrerequisiteKind::Done);
        kind.filter(|_| short)
    }

    /// The prerequisites in lists, and how many there are.
    fn listed(&mut self, owner: UnitNo, blocks: &[Block], kind: Option<PrerequisiteKind>) -> usize {
        let mut found = 0;
        for (above, block) in with_above(blocks) {
            match &block.kind {
                BlockKind::List(list) => {
                    let before = above.and_then(paragraph);
                    let kind = before.and_then(|text| self.kind_of_list(text)).or(kind);
                    let told = above.filter(|above| self.goes_on_by_the_way(above));
                    // "Make sure that somebody steers. Several people can, including:"
                    let asked = told.and_then(|above| Some((paragraph(above)?, above.span)));
                    if let Some((inline, span)) = asked.filter(|(text, _)| self.demands_first(text))
                    {
                        self.prerequisite(owner, inline, &[], kind, span);
                    }
                    let first = self.units[owner.index()].prerequisites.len();
                    for item in &list.items {
                        found += self.listed_item(owner, item, kind);
                    }
                    let case = before.and_then(|text| self.case_of_list(text));
                    for listed in &mut self.units[owner.index()].prerequisites[first..] {
                        if let Some(case) = &case {
                            listed.text = format!("{case}: {}", listed.text);
                        }
                    }
                    if told.is_some() {
                        let listed = &mut self.units[owner.index()].prerequisites[first..];
                        for remark in listed {
                            (remark.target, remark.remark) = (None, true);
                        }
                    }
                }
                BlockKind::Variants(variants) => {
                    for variant in variants {
                        // Numbered steps of a variant show how it is done.
                        for blocks in before_headings(&variant.blocks).split(is_numbered) {
                            found += self.listed(owner, blocks, kind);
                        }
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

    /// Does the first sentence of a text ask for something?
    fn demands_first(&self, text: &Inline) -> bool {
        let tokens = self.words(text);
        Cursor::sentences(&tokens).next().is_some_and(demands)
    }

    /// The kind of what a list asks for, by the sentence before it: "Install these tools:".
    fn kind_of_list(&self, before: &Inline) -> Option<PrerequisiteKind> {
        let tokens = self.words(before);
        let ends = before.text.trim_end().ends_with(['.', '!', '?']);
        let last = Cursor::sentences(&tokens).next_back().filter(|_| !ends)?;
        asks_for_list(last).then(|| kind_of(last)).flatten()
    }

    /// The case in which a list asks for something: "For the outer pond only, you also need:".
    fn case_of_list(&self, before: &Inline) -> Option<String> {
        let tokens = self.words(before);
        let last = Cursor::sentences(&tokens).next_back();
        let last = last.filter(|_| introduces(before))?;
        let case = leading(last).or_else(|| in_case_of(last));
        let case = match case {
            Some(case) => last.until(case.consequence.start),
            None => further_aim(last)?,
        };
        let text = tokens.slice(case.range()).trim_end_matches([',', ' ']);
        Some(one_line(text))
    }

    fn listed_item(&mut self, owner: UnitNo, item: &Item, kind: Option<PrerequisiteKind>) -> usize {
        let span = item.span;
        match item.blocks.first().map(|b| (&b.kind, b.span)) {
            Some((BlockKind::Paragraph(inline), _)) => {
                let below = &item.blocks[1..];
                match with_list(inline, below) {
                    Some(whole) => self.prerequisite(owner, &whole, &[], kind, span),
                    None => self.prerequisite(owner, inline, below, kind, span),
                }
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
                    self.prerequisite(owner, &named, &[], kind, span);
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
                builder.prerequisite(owner, inline, &[], None, at);
                1
            })
        });
        read.unwrap_or(0)
    }

    /// Does something with the blocks of an included file that is open to whoever sees the owner. A
    /// file that is not there was reported when its text was read.
    pub(super) fn inside<T>(
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

    /// A prerequisite with what stands below its text, which is of the kind of its list where it does not
    /// say what it asks for.
    pub(super) fn prerequisite(
        &mut self,
        owner: UnitNo,
        inline: &Inline,
        below: &[Block],
        listed: Option<PrerequisiteKind>,
        span: Span,
    ) {
        let tokens = Tokens::inline(inline, self.lexicon);
        let asks = |sentence: &Cursor<'_>| sentence.at > 0 || !tells_more(*sentence, None);
        let mut before = None;
        let mut links = asking(&tokens).filter(asks).flat_map(|sentence| {
            let before = before.replace(sentence);
            asked(without_reason(sentence), before, inline)
        });
        let target = links.find_map(|mark| inline.link(mark));
        let text = self.whole_text(&tokens, inline, below);
        // "Know these things:" asks to know of a tool, too.
        let first = Cursor::sentences(&tokens).next();
        let known = listed == Some(PrerequisiteKind::Knowledge) && !first.is_some_and(demands);
        let kind = prerequisite_kind(&tokens).filter(|_| !known).or(listed);
        self.units[owner.index()].prerequisites.push(Prerequisite {
            text,
            kind: kind.unwrap_or_default(),
            constraint: constraint(&tokens),
            target: target.map(Mention::Address),
            remark: is_remark(&tokens),
            span,
        });
    }
}

/// Is a block a numbered list?
pub(super) fn is_numbered(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::List(list) if list.start.is_some())
}

/// Does a paragraph introduce what stands below it?
fn introduces(inline: &Inline) -> bool {
    inline.text.trim_end().ends_with(':')
}

/// What a file that is not here is called, in words.
fn name_of(address: &str) -> String {
    let name = address.rsplit('/').next().unwrap_or(address);
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    name.replace(['-', '_'], " ")
}
