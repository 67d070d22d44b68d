//! Running text that is a procedure: "First close the valve. Then open the drain. Finally …".
//!
//! A text is cut into steps only where it is little else: two in five of its sentences tell the reader to
//! do something, and its section has no list that does; before sections of its own, every other, and some in
//! a case. What a sentence adds to the one before it
//! stays with that one.

use std::ops::Range;

use super::body::Body;
use super::builder::{Builder, New};
use super::chain::{Chain, Layout};
use super::fill::{Frame, paragraph};
use super::header;
use super::ids::Slug;
use super::items::stays;
use crate::grammar::{Cursor, Role, Tokens};
use crate::model::{Block, Condition, Ending, Inline, Kind, Span, UnitNo};
use crate::sentence::{
    Conditional, Cue, SectionRole, ending, ends_at_once, has_other_side, imperative, instead,
    is_question, jumps, leading, looked_at, stops, tells,
};

/// "You can"
const POSSIBLE: Role = Role::named("prerequisite.possible");
const IF: Role = Role::named("condition.if");
const THEN: Role = Role::named("condition.then");
/// Fewer commands than this are advice in a text.
const MIN_COMMANDS: usize = 3;

/// A sentence that begins a step.
struct Beginning {
    /// The sentence's number.
    sentence: usize,
    conditional: Option<Conditional>,
}

impl Beginning {
    /// Does it begin with a "yes" or a "no"?
    fn answers(&self) -> bool {
        let cue = self.conditional.as_ref().map(|c| c.cue);
        matches!(cue, Some(Cue::Yes | Cue::No))
    }
}

impl Builder<'_> {
    /// Cuts a section that is running text into its steps. `false` where it is something else.
    /// `before`: does it stand before sections of its own? Then it mostly introduces them.
    pub(super) fn running_text(
        &mut self,
        chain: &mut Chain,
        blocks: &[Block],
        frame: Frame,
        before: bool,
    ) -> bool {
        if frame.is_aside() || !matches!(frame.role, SectionRole::Plain | SectionRole::Steps) {
            return false;
        }
        let texts: Option<Vec<&Inline>> = blocks.iter().map(paragraph).collect();
        let Some(texts) = texts.filter(|t| self.is_procedure(t, before)) else {
            return false;
        };
        if self.numbered(blocks, 0, frame).is_some() {
            return false;
        }
        // One alone can tell the time: "**When you are done:** …".
        let cases: Vec<_> = texts.iter().map(|t| self.case_in_front(t)).collect();
        let several = cases.iter().flatten().count() > 1;
        let whole: Vec<_> = texts.iter().map(|t| self.case_of_paragraph(t)).collect();
        // Where one is, each that begins with a case counts.
        let begins = |t: &&Inline| only_case(&self.words(t)).is_some();
        let wholes =
            whole.iter().any(Option::is_some) && texts.iter().filter(|t| begins(t)).count() > 1;
        let mut sides = self.sides_in_front(blocks);
        sides.resize(blocks.len(), None);
        let mut sided = false;
        let cases = cases.into_iter().zip(whole);
        for (((block, inline), (case, whole)), side) in
            blocks.iter().zip(texts).zip(cases).zip(sides)
        {
            let first_side = side.is_some() && !sided;
            sided = side.is_some();
            if first_side {
                chain.ask_together();
            }
            // "**If it is red:** Stop it. Call the owner."
            let set_off = self.block_condition(inline, &[]);
            let set_off = set_off.filter(|_| inline.strong_front().is_some());
            let set_off = set_off.or(case.filter(|_| several)).or(side);
            let whole = whole.filter(|_| wholes && set_off.is_none());
            if let Some(conditional) = whole.filter(|c| chain.takes(c)) {
                let case = Beginning {
                    sentence: 0,
                    conditional: Some(conditional),
                };
                let tokens = self.words(inline);
                let end = tokens.sentences.len();
                self.sentence_step(chain, inline, &tokens, &case, end, block.span, frame);
                continue;
            }
            match set_off.filter(|c| chain.takes(c)) {
                Some(condition) => {
                    self.under(chain, &condition, std::slice::from_ref(block), frame);
                }
                None => self.cut_paragraph(chain, inline, block.span, frame),
            }
        }
        true
    }

    /// The case that all of a paragraph of several sentences is for: "If it is red, do not touch it. Say why, and go
    /// on with the gate."
    fn case_of_paragraph(&self, inline: &Inline) -> Option<Conditional> {
        let tokens = self.words(inline);
        let (_, case) = only_case(&tokens).filter(|_| tokens.sentences.len() > 1)?;
        let cased = matches!(case.cue, Cue::If | Cue::Unless | Cue::Else);
        (cased && !case.consequence.is_empty()).then_some(case)
    }

    /// Do enough sentences tell to do something?
    fn is_procedure(&self, texts: &[&Inline], before: bool) -> bool {
        let (mut sentences, mut told, mut steps, mut cases) = (0, 0, 0, 0);
        // "[pump(1)](pump.md)", a line break and what it does: a list of commands.
        let named = |inline: &&&Inline| {
            inline
                .text
                .split_once('\n')
                .is_some_and(|(name, _)| is_link_to(inline, name.len()))
        };
        if texts.iter().filter(named).count() * 2 > texts.len() {
            return false;
        }
        for inline in texts {
            let tokens = self.words(inline);
            sentences += tokens.sentences.len();
            steps += beginnings(&tokens, inline).len();
            let each = tokens.sentences.iter().cloned();
            for sentence in each.map(|s| Cursor::over(&tokens, s)) {
                told += worth(sentence, inline);
                let said = leading(sentence).map(|c| sentence.within(c.consequence));
                cases += usize::from(said.is_some_and(|said| tells(said, inline)));
            }
        }
        if before && (cases < MIN_COMMANDS || told * 2 < sentences) {
            return false;
        }
        steps > 1 && told >= MIN_COMMANDS && told * 5 >= sentences * 2
    }

    /// Does each of several sentences tell what to do in a case: "If it is red, stop it. If not, go on."?
    pub(super) fn lists_sentences(&self, inline: &Inline) -> bool {
        let tokens = self.words(inline);
        let told = |s: &Range<usize>| {
            let sentence = Cursor::over(&tokens, s.clone());
            let case = leading(sentence).filter(|c| !has_other_side(sentence, c));
            case.is_some_and(|c| {
                let said = sentence.within(c.consequence.clone());
                // Where one leads is told by the sentence alone.
                let leads = !jumps(said, inline).is_empty() || stops(said);
                tells(said, inline) && !leads && !stays(sentence, &c, inline)
            })
        };
        tokens.sentences.len() > 1 && tokens.sentences.iter().all(told)
    }

    /// The sentence of a step from which on each is for a case, and one of them hands it over: "Fix it. If you
    /// cannot, escalate to the owner." Only what is cut out can be where a walk ends so. Or they answer what is
    /// asked before.
    pub(super) fn ends_in_case(&self, inline: &Inline) -> Option<usize> {
        let tokens = self.words(inline);
        if tokens.sentences.len() < 2 {
            return None;
        }
        let asks = inline.text.contains('?');
        if let Some(from) = asks.then(|| answered(&tokens, inline)).flatten() {
            return Some(from);
        }
        let sentences = || Cursor::sentences(&tokens);
        let cases = || sentences().rev().map_while(|s| told_in_case(s, inline));
        let from = tokens.sentences.len() - cases().count();
        let ends = |said: Cursor<'_>| match ends_at_once(said) {
            Some(end) => end == Ending::HandedOver,
            // "If it leaks, mop it up and stop."
            None => orders(said) && ending(said).is_some(),
        };
        (from > 0 && cases().any(ends)).then_some(from)
    }

    /// Cuts a step from a sentence on, of which each is for a case.
    pub(super) fn cut_behind(
        &mut self,
        chain: &mut Chain,
        inline: &Inline,
        span: Span,
        from: usize,
        frame: Frame,
    ) {
        let tokens = self.words(inline);
        self.before_steps(chain, inline, &tokens, 0..from, span, frame);
        let mut cases = beginnings(&tokens, inline);
        cases.retain(|b| b.sentence >= from);
        // What an answer adds is for who gives it.
        if cases.first().is_some_and(Beginning::answers) {
            cases.retain(Beginning::answers);
        }
        let ends = cases.iter().skip(1).map(|b| b.sentence);
        for (case, end) in cases.iter().zip(ends.chain([tokens.sentences.len()])) {
            self.sentence_step(chain, inline, &tokens, case, end, span, frame);
        }
    }

    pub(super) fn cut_paragraph(
        &mut self,
        chain: &mut Chain,
        inline: &Inline,
        span: Span,
        frame: Frame,
    ) {
        let tokens = self.words(inline);
        if tokens.sentences.is_empty() {
            return self.without_words(chain, inline, span);
        }
        // "Yes, you must." answers the question that a reader asked.
        let mut beginnings = beginnings(&tokens, inline);
        if self.notes[chain.owner.index()].fixed == Some(Kind::Faq) {
            beginnings.retain(|b| !b.answers());
        }
        let first = beginnings
            .first()
            .map_or(tokens.sentences.len(), |b| b.sentence);
        if first > 0 {
            self.before_steps(chain, inline, &tokens, 0..first, span, frame);
        }
        let ends = beginnings
            .iter()
            .skip(1)
            .map(|b| b.sentence)
            .chain([tokens.sentences.len()]);
        let mut each = beginnings.iter().zip(ends).peekable();
        while let Some((beginning, end)) = each.next() {
            let unit = self.sentence_step(chain, inline, &tokens, beginning, end, span, frame);
            // "If not, ask whether they took it. If they did, pay half." answers what is asked in that case.
            let sentence = Cursor::over(&tokens, tokens.sentences[end - 1].clone());
            if beginning.conditional.is_none() || !asks(sentence) {
                continue;
            }
            let mut inner = Chain::new(unit);
            while let Some((answer, end)) = each.next_if(|(b, _)| b.answers()) {
                let part =
                    self.sentence_step(&mut inner, inline, &tokens, answer, end, span, frame);
                self.units[unit.index()].span.end = self.units[part.index()].span.end;
            }
        }
    }

    /// A paragraph without a word, as a picture, belongs to what stands before it.
    fn without_words(&mut self, chain: &Chain, inline: &Inline, span: Span) {
        let begun = chain.ordinal > 0 || chain.last.is_some();
        let unit = match self.units.len().checked_sub(1) {
            Some(last) if begun => UnitNo(last as u32),
            _ => chain.owner,
        };
        let body = &mut self.notes[unit.index()].body;
        body.range.end = body.range.end.max(span.end as usize);
        body.margin = body.margin.max(span.end as usize);
        let own = &mut self.units[unit.index()].span;
        own.end = own.end.max(span.end);
        self.read_inline(unit, inline, span);
    }

    /// Sentences before the first step are the section's own text, or else a text in its sequence.
    fn before_steps(
        &mut self,
        chain: &mut Chain,
        inline: &Inline,
        tokens: &Tokens<'_>,
        sentences: Range<usize>,
        span: Span,
        frame: Frame,
    ) {
        let part = self.span_of_sentences(inline, tokens, sentences.clone(), span);
        let unit = if chain.ordinal == 0 && chain.last.is_none() {
            let body = &mut self.notes[chain.owner.index()].body;
            body.range.end = body.range.end.max(part.end as usize);
            body.margin = body.range.end;
            chain.owner
        } else {
            let header = header::of_sentence(tokens, sentences.start);
            let slug = Slug::words(&header);
            let fixed = Some(Kind::Reference);
            let unit = self.add(New {
                header,
                span: part,
                slug,
                container: Some(chain.owner),
                fixed,
            });
            self.notes[unit.index()].body = Body::indented(part.range(), frame.indent);
            chain.part(self, unit);
            unit
        };
        self.read_sentences(unit, inline, span, tokens, sentences);
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a sentence is known by its text, its tokens and its place"
    )]
    fn sentence_step(
        &mut self,
        chain: &mut Chain,
        inline: &Inline,
        tokens: &Tokens<'_>,
        beginning: &Beginning,
        end: usize,
        span: Span,
        frame: Frame,
    ) -> UnitNo {
        chain.ordinal += 1;
        let sentences = beginning.sentence..end;
        let part = self.span_of_sentences(inline, tokens, sentences.clone(), span);
        let unit = self.add(New {
            header: header::of_sentence(tokens, sentences.start),
            span: part,
            slug: Slug::Ordinal(chain.ordinal),
            container: Some(chain.owner),
            fixed: Some(Kind::Step),
        });
        self.notes[unit.index()].body = Body::indented(part.range(), frame.indent);
        match &beginning.conditional {
            Some(conditional) if chain.takes(conditional) => {
                chain.branch(self, unit, conditional, Layout::Listed);
                self.notes[unit.index()].under = true;
            }
            _ => chain.part(self, unit),
        }
        self.read_sentences(unit, inline, span, tokens, sentences);
        unit
    }

    /// Where sentences stand in the file, with the markup around them.
    fn span_of_sentences(
        &self,
        inline: &Inline,
        tokens: &Tokens<'_>,
        sentences: Range<usize>,
        span: Span,
    ) -> Span {
        let text = self.source().text;
        let boundary = |sentence: usize| match sentence {
            0 => span.start,
            n if n >= tokens.sentences.len() => span.end,
            n => {
                // Behind the last character of the sentence before, and what closes its markup.
                let last = tokens.bytes(tokens.sentences[n - 1].clone()).end;
                let from = (inline.origin(last.saturating_sub(1)) as usize)
                    .clamp(span.start as usize, span.end as usize);
                let rest = &text[char_start(text, from)..span.end as usize];
                let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
                let blank = rest[word..].len() - rest[word..].trim_start().len();
                (span.end as usize - rest.len() + word + blank) as u32
            }
        };
        let (start, end) = (boundary(sentences.start), boundary(sentences.end));
        let end = start as usize
            + text[start as usize..end.max(start) as usize]
                .trim_end()
                .len();
        Span {
            start,
            end: end as u32,
            ..span
        }
    }
}

/// What a sentence tells to do in a case of its own.
fn told_in_case<'a>(sentence: Cursor<'a>, inline: &Inline) -> Option<Cursor<'a>> {
    let case = leading(sentence).filter(|c| matches!(c.cue, Cue::If | Cue::Unless | Cue::No))?;
    let whole = !has_other_side(sentence, &case) && !stays(sentence, &case, inline);
    let said = sentence.within(case.consequence);
    (whole && tells(said, inline)).then_some(said)
}

/// The sentence from which on a text answers what it asks before: "Is it on? Yes: go to step 3. No: switch it on."
/// "If yes" is read where it stands.
fn answered(tokens: &Tokens<'_>, inline: &Inline) -> Option<usize> {
    let answers = |s: Cursor<'_>| {
        let case = leading(s).filter(|c| matches!(c.cue, Cue::Yes | Cue::No));
        case.filter(|c| s.find(IF).is_none() && tells(s.within(c.consequence.clone()), inline))
    };
    let mut pairs = Cursor::sentences(tokens).zip(Cursor::sentences(tokens).skip(1));
    if let Some(asked) = pairs.position(|(asked, then)| confirms(asked, then).is_some()) {
        return Some(asked + 1);
    }
    let mut cues = Cursor::sentences(tokens)
        .enumerate()
        .filter_map(|(i, s)| Some((i, answers(s)?.cue)));
    let (from, first) = cues.next()?;
    let asked = Cursor::sentences(tokens).nth(from.checked_sub(1)?)?;
    let mut both = || cues.any(|(_, cue)| cue != first);
    (is_question(asked) && both()).then_some(from)
}

/// What is done where what is asked before is so: "Is it on? Then switch it off."
fn confirms(asked: Cursor<'_>, sentence: Cursor<'_>) -> Option<Conditional> {
    let (then, _) = sentence.find(THEN).filter(|_| is_question(asked))?;
    Some(Conditional {
        condition: Condition::yes(""),
        cue: Cue::Yes,
        consequence: then.end as usize..sentence.end,
    })
}

/// Does a sentence ask something, or tell to find it out?
fn asks(sentence: Cursor<'_>) -> bool {
    is_question(sentence) || looked_at(sentence).is_some()
}

/// Are these first bytes of a text one link?
fn is_link_to(inline: &Inline, len: usize) -> bool {
    let mut links = inline.links();
    links.any(|(mark, _)| mark.start == 0 && mark.end as usize >= len)
}

fn char_start(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// What a sentence counts for a procedure: one for a command, and one for what is so under a condition,
/// of which procedures are full.
fn worth(sentence: Cursor<'_>, inline: &Inline) -> usize {
    let said = leading(sentence).map(|c| sentence.within(c.consequence));
    if said.is_some_and(|said| tells(said, inline)) {
        return 1;
    }
    let fact = said.is_some_and(|said| !said.is_empty());
    usize::from(imperative(sentence).is_some()) + usize::from(fact)
}

/// Is the sentence before this one the beginning of what is done under a condition?
fn under(found: &[Beginning], sentence: usize) -> bool {
    let last = found.last().filter(|b| b.sentence + 1 == sentence);
    last.is_some_and(|b| b.conditional.is_some())
}

/// The first sentence of a text and the case that it is for, if no other says of one.
pub(super) fn only_case<'a>(tokens: &'a Tokens<'a>) -> Option<(Cursor<'a>, Conditional)> {
    let mut sentences = Cursor::sentences(tokens);
    let first = sentences.next()?;
    let case = leading(first).filter(|case| !has_other_side(first, case))?;
    sentences
        .all(|s| leading(s).is_none())
        .then_some((first, case))
}

/// Does a clause order something, and not only say that it can be done?
pub(super) fn orders(said: Cursor<'_>) -> bool {
    imperative(said).is_some() && said.find(POSSIBLE).is_none()
}

/// Does a sentence do nothing but hand the case over?
fn hands_over(sentence: Cursor<'_>) -> bool {
    ends_at_once(sentence) == Some(Ending::HandedOver)
}

/// The sentences that tell to do something, each with the condition it is under.
fn beginnings(tokens: &Tokens<'_>, inline: &Inline) -> Vec<Beginning> {
    let mut found = Vec::new();
    for (i, range) in tokens.sentences.iter().enumerate() {
        let sentence = Cursor::over(tokens, range.clone());
        // "If they cannot tell, do not go on. Escalate to the desk." hands nothing over in other cases.
        let next = tokens.sentences.get(i + 1);
        let next = next.map(|range| Cursor::over(tokens, range.clone()));
        let handed = || next.is_some_and(hands_over);
        let told = |c: &Conditional| {
            let cased = matches!(c.cue, Cue::If | Cue::Unless);
            tells(sentence.within(c.consequence.clone()), inline) || cased && handed()
        };
        let before = i.checked_sub(1).map(|i| tokens.sentences[i].clone());
        let confirms = || confirms(Cursor::over(tokens, before?), sentence);
        let conditional = leading(sentence).filter(told).or_else(confirms);
        match conditional {
            None if instead(sentence) && under(&found, i) => {}
            None if hands_over(sentence) && under(&found, i) => {}
            Some(c) if stays(sentence, &c, inline) || has_other_side(sentence, &c) => {
                found.push(Beginning {
                    sentence: i,
                    conditional: None,
                });
            }
            Some(c) => found.push(Beginning {
                sentence: i,
                conditional: Some(c),
            }),
            None if imperative(sentence).is_some() => found.push(Beginning {
                sentence: i,
                conditional: None,
            }),
            None => {}
        }
    }
    found
}
