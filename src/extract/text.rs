//! Runs of blocks that stay text: of the container, of the step before, or of their own.

use super::body::Body;
use super::builder::{Builder, New};
use super::chain::{Chain, Layout};
use super::fill::{Frame, Piece, paragraph, span_of};
use super::header;
use super::ids::Slug;
use super::items::{Told, says_the_other_side};
use super::leads::is_pointer;
use crate::grammar::{Cursor, Tokens};
use crate::model::{Block, BlockKind, Inline, Kind, MarkKind, UnitNo};
use crate::sentence::{Conditional, Cue, imperative, leading, points, tells};

/// A run of text and what surrounds it.
pub(super) struct Text<'p, 'b> {
    /// Does the container's own text still go on?
    pub(super) open: bool,
    /// What is cut right after it.
    pub(super) next: Option<&'p Piece<'b>>,
    pub(super) frame: Frame,
}

impl Builder<'_> {
    /// A run of blocks that stay text: of the container, of the step before, or of its own.
    pub(super) fn text(&mut self, chain: &mut Chain, mut blocks: &[Block], around: Text<'_, '_>) {
        if blocks.is_empty() {
            return;
        }
        if around.open {
            let owner = chain.owner.index();
            let end = blocks.last().map_or(0, |b| b.span.end) as usize;
            let body = &mut self.notes[owner].body;
            body.range.end = end.max(body.range.end);
            body.margin = body.range.end;
            self.read_text(chain.owner, blocks);
            return self.includes(chain, blocks, around.frame);
        }
        let goes_on = match around.next {
            Some(Piece::Steps(list)) => {
                list.start == Some(u64::from(chain.ordinal) + 1) && chain.ordinal > 0
            }
            _ => false,
        };
        let joined = if goes_on {
            blocks.len()
        } else {
            blocks.iter().take_while(|b| belongs_to_step(b)).count()
        };
        if joined > 0 && self.extend(chain, &blocks[..joined], around.frame) {
            blocks = &blocks[joined..];
        }
        while !blocks.is_empty() {
            blocks = self.text_unit(chain, blocks, around.frame);
        }
    }

    /// Adds blocks to the step before them.
    fn extend(&mut self, chain: &Chain, blocks: &[Block], frame: Frame) -> bool {
        // "- If it is off, run:", with the code at the margin.
        let coded = matches!(blocks[0].kind, BlockKind::Code);
        let shows = |unit: &UnitNo| coded && (chain.last.is_none() || self.shows_below(*unit));
        let Some(step) = chain.branched.filter(shows).or(chain.last) else {
            return false;
        };
        let held = self.notes[step.index()].holds;
        let unit = &mut self.units[step.index()];
        let ends = blocks.last().map_or(0, |b| b.span.end);
        let body = &mut self.notes[step.index()].body;
        let adjacent = body.range.end as u32 >= unit.span.end.saturating_sub(2);
        if held || unit.kind != Kind::Step || unit.span.file != blocks[0].span.file || !adjacent {
            return false;
        }
        unit.span.end = ends;
        body.margin = body.margin.min(body.range.end);
        body.range.end = ends as usize;
        self.read_text(step, blocks);
        self.includes(&mut Chain::new(step), blocks, frame);
        true
    }

    /// Is code below a unit what it tells of? Between numbered items it is, and where nothing is for
    /// everybody; else the text says so: "…, run:", "…, use a command like the one below."
    fn shows_below(&self, unit: UnitNo) -> bool {
        let text = self.notes[unit.index()].last_text.as_str();
        let tokens = Tokens::plain(text, self.lexicon);
        let all = Cursor::whole(&tokens);
        self.units[unit.index()].number.is_some() || text.trim_end().ends_with(':') || points(all)
    }

    /// Text between or after the parts of a container is a unit of its own. Gives what is left where it
    /// ends before the blocks do.
    fn text_unit<'b>(
        &mut self,
        chain: &mut Chain,
        blocks: &'b [Block],
        frame: Frame,
    ) -> &'b [Block] {
        let blocks = self.without_silent_ends(blocks);
        if blocks.is_empty() {
            return blocks;
        }
        let front = blocks.iter().position(|b| paragraph(b).is_some());
        let opening = front.and_then(|at| paragraph(&blocks[at]));
        let conditional = opening.and_then(|text| self.text_condition(chain, text, frame));
        let (conditional, end) = match (conditional, front) {
            // What stands before the condition is not under it.
            (Some(_), Some(at)) if at > 0 => (None, at),
            (Some(conditional), _) => (Some(conditional), self.text_extent(blocks)),
            (None, _) => (None, blocks.len()),
        };
        let (blocks, later) = blocks.split_at(end);
        let lead = blocks.iter().find_map(paragraph);
        let tokens = match lead {
            Some(lead) => self.words(lead),
            None => Tokens::plain("", self.lexicon),
        };
        let first = tokens.sentences.first().cloned().unwrap_or(0..0);
        let sentence = Cursor::over(&tokens, first);
        let commands = imperative(sentence)
            .is_some_and(|verb| !lead.is_some_and(|lead| is_pointer(lead, sentence, verb.start)));
        let told = conditional.is_some() || commands;
        let span = span_of(blocks);
        let header = match lead {
            Some(lead) if header::has_words(&tokens) => header::of_text(lead, &tokens),
            _ => self.units[chain.owner.index()].header.clone(),
        };
        let fixed = if told { Kind::Step } else { Kind::Reference };
        let slug = Slug::words(&header);
        let unit = self.add(New {
            header,
            span,
            slug,
            container: Some(chain.owner),
            fixed: Some(fixed),
        });
        self.notes[unit.index()].body = Body::indented(span.range(), frame.indent);
        match &conditional {
            Some(c) => chain.branch(self, unit, c, Layout::Listed),
            None => chain.part(self, unit),
        }
        self.notes[unit.index()].under = conditional.is_some();
        self.read_text(unit, blocks);
        self.includes(&mut Chain::new(unit), blocks, frame);
        later
    }

    /// The condition that a text begins with, where it tells what to do there.
    fn text_condition(&self, chain: &Chain, text: &Inline, frame: Frame) -> Option<Conditional> {
        let tokens = self.words(text);
        let sentence = Cursor::over(&tokens, tokens.sentences.first()?.clone());
        let conditional = leading(sentence)?;
        let said = sentence.within(conditional.consequence.clone());
        let told = tells(said, text) && !says_the_other_side(&tokens, text, Told::Reader);
        // "For other pumps, see [their page](pumps.md)."
        let read = || imperative(said).is_some_and(|verb| is_pointer(text, said, verb.start));
        let told = told && !(conditional.cue == Cue::Other && read());
        let ours = !frame.is_aside() && !frame.theirs;
        (ours && told && chain.takes(&conditional)).then_some(conditional)
    }

    /// How many blocks of a text stand under the condition that it begins with: up to the next paragraph
    /// that does not go on with what is done.
    fn text_extent(&self, blocks: &[Block]) -> usize {
        let ends = |i: &usize| {
            let text = paragraph(&blocks[*i]);
            text.is_some_and(|text| !self.stays_under(text, &blocks[*i - 1]))
        };
        (1..blocks.len()).find(ends).unwrap_or(blocks.len())
    }

    /// Without comments and markers at the ends, which say nothing to a reader.
    fn without_silent_ends<'b>(&self, blocks: &'b [Block]) -> &'b [Block] {
        let text = self.source().text;
        let silent = |b: &Block| {
            matches!(b.kind, BlockKind::Other) && !says_something(&text[b.span.range()])
        };
        let start = blocks
            .iter()
            .position(|b| !silent(b))
            .unwrap_or(blocks.len());
        let end = blocks
            .iter()
            .rposition(|b| !silent(b))
            .map_or(start, |i| i + 1);
        &blocks[start..end]
    }
}

/// Has raw text words outside of tags, comments and dialect markers?
fn says_something(raw: &str) -> bool {
    let raw = raw.trim();
    if raw.starts_with(":::") || raw.starts_with("{{") || raw.starts_with("{%") {
        return false;
    }
    let mut rest = raw;
    while let Some(at) = rest.find('<') {
        if rest[..at].contains(char::is_alphanumeric) {
            return true;
        }
        let close = if rest[at..].starts_with("<!--") {
            "-->"
        } else {
            ">"
        };
        match rest[at..].find(close) {
            Some(end) => rest = &rest[at + end + close.len()..],
            None => return false,
        }
    }
    rest.contains(char::is_alphanumeric)
}

/// Code, notes and tables right after a step are the step's.
fn belongs_to_step(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Code
        | BlockKind::Table(_)
        | BlockKind::Quote(_)
        | BlockKind::Admonition { .. } => true,
        BlockKind::Paragraph(inline) => {
            inline.text.is_empty()
                || inline
                    .marks
                    .iter()
                    .any(|m| matches!(m.kind, MarkKind::Image(_)) && m.start == 0)
        }
        _ => false,
    }
}
