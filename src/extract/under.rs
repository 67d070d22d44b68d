//! Blocks under a condition: "**If the disk is full:**" and the list below it.

use super::body::Body;
use super::builder::{Builder, New};
use super::chain::{Chain, Layout};
use super::fill::{Frame, Own, paragraph, span_of};
use super::header;
use super::ids::Slug;
use super::lists::commands;
use super::running::{only_case, orders};
use crate::grammar::{Cursor, Role, Tokens};
use crate::model::{Block, BlockKind, Inline, Kind};
use crate::sentence::{
    Conditional, Cue, SectionRole, calls, continues, ending, is_premise, jumps, leading, only_link,
    points, points_below, shows_itself, shows_result, speaks, tells, whenever,
};

const ELSE: Role = Role::named("condition.else");

impl Builder<'_> {
    /// The condition that a paragraph puts over the blocks after it: set in bold, with nothing but a
    /// colon after it, or at the head of a list: "If it is off, do the following:".
    pub(super) fn block_condition(&self, inline: &Inline, under: &[Block]) -> Option<Conditional> {
        let strong = strong_front(inline);
        let colon = inline.text.trim_end().ends_with(':');
        if !strong && !colon {
            return None;
        }
        let tokens = self.words(inline);
        // A colon at the end of several sentences introduces; it does not condition.
        let [only] = tokens.sentences.as_slice() else {
            return strong
                .then(|| leading(Cursor::over(&tokens, tokens.sentences.first()?.clone())))
                .flatten();
        };
        let steps = || match under.first().map(|b| &b.kind) {
            Some(BlockKind::List(list)) => commands(list, self),
            _ => false,
        };
        let line = Cursor::over(&tokens, only.clone());
        let found = leading(line).or_else(|| whenever(line).filter(|_| steps()))?;
        if points_below(Cursor::over(&tokens, only.clone()), &found) {
            return None;
        }
        let listed = under
            .first()
            .is_some_and(|b| matches!(b.kind, BlockKind::List(_)));
        let said = Cursor::over(&tokens, found.consequence.clone());
        // "If it is old it is skipped, otherwise the mill does these:" breaks off without a comma.
        if said.find(ELSE).is_some() {
            return None;
        }
        let theirs = || listed && (tells(said, inline) || speaks(said));
        // "If it locks again, an old key is the cause:" over what to do about it.
        let caused = || steps() && !points(line.until(found.consequence.start));
        let under = strong || found.consequence.is_empty() || theirs() || caused();
        under.then_some(found)
    }

    /// The case under which the last of several sentences puts the list below it, and its words: "Look at the belt. If
    /// it is torn:".
    pub(super) fn case_above(&self, inline: &Inline) -> Option<(Conditional, String)> {
        if !inline.text.trim_end().ends_with(':') {
            return None;
        }
        let tokens = self.words(inline);
        let last = tokens
            .sentences
            .len()
            .checked_sub(1)
            .filter(|last| *last > 0)?;
        let sentence = Cursor::over(&tokens, tokens.sentences[last].clone());
        let case = leading(sentence).filter(|case| matches!(case.cue, Cue::If | Cue::Unless))?;
        let said = case.consequence.is_empty();
        said.then(|| (case, header::of_sentence(&tokens, last)))
    }

    /// Steps under a case that the text above them, which is another unit's, tells.
    pub(super) fn steps_in_case(
        &mut self,
        chain: &mut Chain,
        conditional: &Conditional,
        header: String,
        block: &Block,
        frame: Frame,
    ) {
        let BlockKind::List(list) = &block.kind else {
            return;
        };
        let slug = Slug::words(&header);
        let unit = self.add(New {
            header,
            span: block.span,
            slug,
            container: Some(chain.owner),
            fixed: Some(Kind::Step),
        });
        chain.branch(self, unit, conditional, Layout::Listed);
        let start = block.span.start as usize;
        self.notes[unit.index()].body = Body::indented(start..start, frame.indent);
        self.notes[unit.index()].under = true;
        self.steps(&mut Chain::new(unit), list, false);
    }

    /// The case in which a paragraph tells to run what stands below it: "If it is red, use this command:".
    pub(super) fn runs_in_case(&self, inline: &Inline, under: &[Block]) -> Option<Conditional> {
        let code = under
            .first()
            .is_some_and(|b| matches!(b.kind, BlockKind::Code));
        if !code || !inline.text.trim_end().ends_with(':') {
            return None;
        }
        let tokens = self.words(inline);
        let [only] = tokens.sentences.as_slice() else {
            return None;
        };
        let sentence = Cursor::over(&tokens, only.clone());
        let case = leading(sentence).filter(|case| case.cue != Cue::Other)?;
        let said = sentence.within(case.consequence.clone());
        (!is_premise(sentence) && tells(said, inline) && !shows_itself(said)).then_some(case)
    }

    /// The case in which a paragraph of its own tells what to do, and nothing else: "If it is red, close the tap."
    /// Where one leads, and what stands below it, is read elsewhere.
    pub(super) fn done_in_case(&self, inline: &Inline, under: &[Block]) -> Option<Conditional> {
        let opens = |b: &Block| matches!(b.kind, BlockKind::Code | BlockKind::List(_));
        if inline.text.trim_end().ends_with(':') || under.first().is_some_and(opens) {
            return None;
        }
        let tokens = self.words(inline);
        let (sentence, case) = only_case(&tokens)?;
        let said = sentence.within(case.consequence.clone());
        let leads = || {
            let linked = only_link(said, inline).is_some();
            linked || !jumps(said, inline).is_empty() || !calls(said, inline).is_empty()
        };
        let ordered = matches!(case.cue, Cue::If | Cue::Unless) && orders(said) && !leads();
        let told = tells(said, inline) && !shows_itself(said) && !shows_result(said);
        (ordered && told && !is_premise(sentence)).then_some(case)
    }

    /// The case in which a paragraph of its own ends the walk: "If it is green, all is well. Say so and stop here."
    pub(super) fn stops_in_case(&self, inline: &Inline, under: &[Block]) -> Option<Conditional> {
        let opens = |b: &Block| matches!(b.kind, BlockKind::Code);
        if inline.text.trim_end().ends_with(':') || under.first().is_some_and(opens) {
            return None;
        }
        let tokens = self.words(inline);
        let (first, case) = only_case(&tokens)?;
        let said = first.within(case.consequence.clone());
        let mut later = Cursor::sentences(&tokens).skip(1);
        let ends = ending(said).is_some() || later.any(|s| ending(s).is_some());
        let cased = matches!(case.cue, Cue::If | Cue::Unless) && !is_premise(first);
        (cased && ends).then_some(case)
    }

    /// Do these paragraphs tell so, beside others that tell what to do in any case? Where one alone does, most of
    /// the text is such, and does not only introduce a page.
    pub(super) fn done_in_cases(&self, blocks: &[Block], frame: Frame) -> bool {
        let (mut cases, mut steps, mut all) = (0, 0, 0);
        // "If you stay, clean it up." above how to do that is for all below it.
        let mut leads = false;
        for (i, block) in blocks.iter().enumerate() {
            let Some(inline) = paragraph(block) else {
                let list = match &block.kind {
                    BlockKind::List(list) => list.start.is_some() && commands(list, self),
                    _ => false,
                };
                steps += usize::from(list);
                continue;
            };
            all += 1;
            let under = &blocks[i + 1..];
            // "**If it is lost:**" over what then is done.
            let headed = || {
                let strong = inline.strong_front().is_some();
                strong && self.block_condition(inline, under).is_some()
            };
            if self.done_in_case(inline, under).is_some() || headed() {
                leads |= i == 0;
                cases += 1;
            } else {
                let tokens = self.words(inline);
                let first = Cursor::sentences(&tokens).next();
                steps += usize::from(first.is_some_and(orders));
            }
        }
        let most = || !frame.top && !leads && (cases + steps) * 2 > all;
        steps > 0 && (cases > 1 || cases == 1 && most())
    }

    /// The case that a paragraph begins with in strong letters: "**When it is lost:** …".
    pub(super) fn case_in_front(&self, inline: &Inline) -> Option<Conditional> {
        let (front, _) = inline.strong_front()?;
        let tokens = Tokens::plain(front.trim_end(), self.lexicon);
        whenever(Cursor::whole(&tokens))
    }

    /// How many blocks stand under a condition: up to the next condition, or the next paragraph
    /// that is not the first and does not go on with what is done.
    pub(super) fn block_extent(&self, blocks: &[Block]) -> usize {
        let ends = |(i, block): (usize, &Block)| match &block.kind {
            BlockKind::Paragraph(inline) => match i.checked_sub(1) {
                Some(before) => !self.stays_under(inline, &blocks[before]),
                // What another case is for.
                None if self.side_in_front(block).is_some() => true,
                None => self.block_condition(inline, &blocks[1..]).is_some(),
            },
            BlockKind::Heading(_) | BlockKind::Include(_) | BlockKind::Variants(_) => true,
            _ => false,
        };
        blocks
            .iter()
            .enumerate()
            .position(ends)
            .unwrap_or(blocks.len())
    }

    /// Does a paragraph go on with what is done in a case: "and then run:", "Or use the pump:", or, below
    /// code, "The output is:"?
    pub(super) fn stays_under(&self, inline: &Inline, before: &Block) -> bool {
        // "If it is off:" and what then is done.
        let opens = paragraph(before).is_some_and(|text| text.text.trim_end().ends_with(':'));
        let tokens = self.words(inline);
        let Some(first) = tokens.sentences.first() else {
            return opens;
        };
        let sentence = Cursor::over(&tokens, first.clone());
        let coded = matches!(before.kind, BlockKind::Code);
        match leading(sentence) {
            // "If it works, you should see:"
            Some(case) => coded && shows_result(sentence.within(case.consequence)),
            None => opens || continues(sentence) || coded && shows_result(sentence),
        }
    }

    /// A block under a condition: a unit whose parts are its steps.
    pub(super) fn under(
        &mut self,
        chain: &mut Chain,
        conditional: &Conditional,
        blocks: &[Block],
        frame: Frame,
    ) {
        let Some(inline) = blocks.first().and_then(paragraph) else {
            return;
        };
        let span = span_of(blocks);
        let header = {
            let tokens = self.words(inline);
            header::of_text(inline, &tokens)
        };
        let slug = Slug::words(&header);
        let unit = self.add(New {
            header,
            span,
            slug,
            container: Some(chain.owner),
            fixed: Some(Kind::Step),
        });
        chain.branch(self, unit, conditional, Layout::Listed);
        let role = if frame.role == SectionRole::Facts {
            SectionRole::Plain
        } else {
            SectionRole::Steps
        };
        let frame = Frame { role, ..frame };
        self.notes[unit.index()].body = Body::indented(
            span.start as usize..blocks[0].span.end as usize,
            frame.indent,
        );
        self.notes[unit.index()].under = true;
        if let ([_], Some(from)) = (blocks, self.ends_in_case(inline)) {
            let mut chain = Chain::new(unit);
            return self.cut_behind(&mut chain, inline, blocks[0].span, from, frame);
        }
        if blocks.get(1).and_then(paragraph).is_some() {
            self.read_text(unit, &blocks[..1]);
            return self.fill(unit, &blocks[1..], frame);
        }
        // What introduces a list tells what it is: "If it is off, do one of these:".
        let own = Own {
            open: true,
            blocks: 1,
        };
        self.content(&mut Chain::new(unit), blocks, own, frame);
    }
}

fn strong_front(inline: &Inline) -> bool {
    inline.strong_front().is_some_and(|(strong, rest)| {
        let rest = rest.trim_start();
        rest.is_empty() || strong.trim_end().ends_with(':') || rest.starts_with(':')
    })
}
