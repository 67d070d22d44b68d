//! Sections that no sequence leads to: prerequisites and next steps.

use super::builder::Builder;
use super::fill::{Frame, paragraph};
use super::header;
use super::linked::asked;
use super::split::{Section, before_headings};
use crate::grammar::{Cursor, TokenKind, Tokens};
use crate::model::{
    Block, BlockKind, Inline, Kind, Mention, Prerequisite, PrerequisiteKind, Role, Span, UnitNo,
};
use crate::sentence::{
    SectionRole, asked_in_case, asking, asks, constraint, demands, is_remark, kind_of,
    names_holder, points_to_list, prerequisite_kind, sets, tells_more, without_reason,
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
        let before = self.notes[owner.index()].prepares;
        let owner = self.procedure_around(owner);
        let asks = role == SectionRole::Prerequisites;
        self.notes[unit.index()].prepares = asks;
        self.fill(unit, section.blocks, frame);
        if asks {
            self.notes[owner.index()].prepared = true;
            self.asked_in(owner, &section.heading.text.text, section.blocks);
        } else if !before {
            // "Additional information" among prerequisites is not for afterwards.
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
            for (i, block) in blocks.iter().enumerate() {
                let told = paragraph(block).filter(|i| self.asks_alone(i));
                let titled = blocks.get(i + 1);
                if let Some(inline) = told.filter(|line| !titles_table(line, titled)) {
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

    /// A prerequisite that a text of a document is, with what stands below its text, which is of the kind of
    /// its list where it does not say what it asks for.
    pub(super) fn prerequisite(
        &mut self,
        owner: UnitNo,
        inline: &Inline,
        below: &[Block],
        listed: Option<PrerequisiteKind>,
        span: Span,
    ) {
        let tokens = self.words(inline);
        self.prerequisite_of(owner, (inline, &tokens), below, listed, span);
    }

    /// The same, with the words of its text.
    pub(super) fn prerequisite_of(
        &mut self,
        owner: UnitNo,
        (inline, tokens): (&Inline, &Tokens<'_>),
        below: &[Block],
        listed: Option<PrerequisiteKind>,
        span: Span,
    ) {
        let asks = |sentence: &Cursor<'_>| sentence.at > 0 || !tells_more(*sentence, None);
        let mut before = None;
        let mut links = asking(tokens).filter(asks).flat_map(|sentence| {
            let before = before.replace(sentence);
            asked(without_reason(sentence), before, inline)
        });
        let target = links.find_map(|mark| inline.link(mark));
        let text = self.whole_text(tokens, inline, below);
        // "Know these things:" asks to know of a tool, too.
        let first = Cursor::sentences(tokens).next();
        let asks = first.is_some_and(|s| demands(s) || sets(s).is_some());
        let known = listed == Some(PrerequisiteKind::Knowledge) && !asks;
        let kind = prerequisite_kind(tokens).filter(|_| !known).or(listed);
        // What is asked for below a remark is asked for all the same.
        let further = text.len() > inline.text.len() + 1;
        let further = further.then(|| Tokens::plain(&text, self.lexicon));
        let told = is_remark(tokens);
        let own = further.is_none() || !told;
        let whole = further.as_ref().filter(|_| !own).unwrap_or(tokens);
        let remark = told && (own || is_remark(whole));
        let constraint = constraint(tokens).or_else(|| constraint(further.as_ref()?));
        let case = (!remark).then(|| asked_in_case(whole)).flatten();
        let case = case.filter(|(case, _)| !names_holder(case, constraint.as_ref()));
        if let Some((_, at)) = case.as_ref().filter(|(_, at)| *at > 0) {
            let from = match below.first().filter(|_| !own) {
                Some(below) => below.span.start,
                None => inline.origin(tokens.bytes(*at..*at + 1).start),
            };
            let begins = self.cased_from.entry(span).or_default();
            *begins = from.max(*begins);
        }
        self.units[owner.index()].prerequisites.push(Prerequisite {
            text,
            kind: kind.unwrap_or_default(),
            constraint,
            target: target.map(Mention::Address),
            remark,
            condition: case.map(|(case, _)| Box::new(case)),
            one_of: None,
            span,
        });
    }
}

/// Is a block a numbered list?
pub(super) fn is_numbered(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::List(list) if list.start.is_some())
}

/// Does a paragraph introduce what stands below it?
pub(super) fn introduces(inline: &Inline) -> bool {
    inline.text.trim_end().ends_with(':')
}

/// Is a strong line what the table below it is called?
fn titles_table(line: &Inline, below: Option<&Block>) -> bool {
    let table = below.is_some_and(|b| matches!(b.kind, BlockKind::Table(_)));
    table && line.is_strong()
}
