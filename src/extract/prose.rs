//! What the sentences of a unit's own text say: jumps, calls, endings, links, terms.

use std::ops::Range;

use super::builder::{Builder, Skipped};
use super::fill::paragraph;
use super::ids::Slug;
use super::linked::asked;
use crate::grammar::{self, Cursor, TokenKind, Tokens};
use crate::model::{
    Abbreviation, Block, BlockKind, Condition, Ending, Inline, Kind, Linker, LinkerKind, MarkKind,
    Mention, Name, Polarity, Prerequisite, Role, Span, UnitNo, Via, one_line,
};
use crate::sentence::{
    Conditional, Cue, Destination, Jump, JumpKind, Spelled, abbreviations, begins_with_case,
    begins_with_more, calls, case_of, ending, ends_at_once, exclude, goal, imperative, in_case_of,
    in_that_case, instead, is_optional, jumps, kind_of, leading, lists_conditions, may_abbreviate,
    names_other_way, only_link, only_named, only_strong, pointers, sets, sides,
    states_prerequisite, stops, tells, trailing, until,
};

/// Verbs of pointers: "see", "for more information".
const SEE: grammar::Role = grammar::Role::named("call.see");
const NOT: grammar::Role = grammar::Role::named("negation.not");
/// What a purpose begins with.
const TO: grammar::Role = grammar::Role::named("qualifier.to");
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
                        self.needs(unit, &title.text, std::slice::from_ref(block));
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
        let last = Cursor::sentences(&tokens).next_back();
        all.places([WHEN]).any(ends) || last.is_some_and(lists_conditions)
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
        // "Yes, it can." answers the question that a reader asked.
        let answers = self.notes[unit.index()].fixed == Some(Kind::Faq);
        // "If it has TLS, set up TLS. Follow [X] to do so.": the second goes on from the first.
        let mut held: Option<Held> = None;
        // What an "otherwise" further on is the rest of.
        let mut stated = String::new();
        let clauses = sentences.clone().flat_map(|i| {
            let (one, other) = sides(Cursor::over(tokens, tokens.sentences[i].clone()));
            [Some((i, one)), other.map(|other| (i, other))]
        });
        for (n, (i, sentence)) in clauses.flatten().enumerate() {
            let first = n == 0;
            let under = first && std::mem::take(&mut self.notes[unit.index()].under);
            let text = i
                .checked_sub(1)
                .map(|b| tokens.slice(tokens.sentences[b].clone()));
            let before = held.take();
            let reached_before = before.as_ref().is_some_and(|held| held.reached);
            let conditional = leading(sentence)
                .filter(|c| !(answers && matches!(c.cue, Cue::Yes | Cue::No)))
                // What the case leads to already is here.
                .or_else(|| in_that_case(sentence, text?).filter(|_| !reached_before));
            let answers = before.as_ref().is_some_and(|held| held.stated);
            let conditional = conditional.map(|c| in_place(c, answers, &mut stated));
            let inherited = before
                .filter(|held| conditional.is_none() && !held.reached)
                .filter(|_| !begins_with_case(sentence))
                .map(|held| Held {
                    goes_on: held.fact || held.stated && instead(sentence),
                    ..held
                });
            let reached = under && conditional.is_some();
            held = conditional.clone().map(|conditional| Held {
                stated: matches!(conditional.cue, Cue::If | Cue::Unless | Cue::ElseIf),
                fact: !tells(sentence.within(conditional.consequence.clone()), inline),
                reached,
                goes_on: false,
                other_way: names_other_way(sentence.until(conditional.consequence.start)),
                conditional,
            });
            let case = held.as_ref().or(inherited.as_ref());
            let other_way = case.is_some_and(|case| case.other_way);
            let notes = &mut self.notes[unit.index()];
            notes.stops |= first && notes.last_text.is_empty() && conditional.is_some();
            let (said, conditional) = match conditional {
                // The condition already leads to this unit.
                Some(c) if under => (sentence.within(c.consequence), None),
                Some(c) => (sentence.within(c.consequence.clone()), Some(c)),
                None => (sentence, None),
            };
            let under = Under {
                own: conditional,
                inherited,
                reached,
                other_way,
            };
            self.read_sentence(&place, said, under, &mut used);
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

    fn read_sentence(
        &mut self,
        at: &Place<'_>,
        said: Cursor<'_>,
        under: Under,
        used: &mut Vec<Range<usize>>,
    ) {
        let mut jumps = jumps(said, at.inline);
        let mut calls = calls(said, at.inline);
        let bare = jumps.is_empty() && calls.is_empty();
        // "If not, [drain it](drain.md).", "Yes → Step 3."
        if bare && (under.own.is_some() || under.reached) {
            calls.extend(only_link(said, at.inline));
            jumps.extend(only_named(said).or_else(|| only_strong(said, at.inline)));
        }
        // "Red → Step 3."
        let chosen = matches!(self.units[at.unit.index()].place.role, Role::Choice(_));
        if bare && chosen && jumps.is_empty() {
            jumps.extend(only_named(said));
        }
        // "Follow [X] to check whether it works" looks at the goal of X.
        let quiet = calls.is_empty();
        let led = jumps.iter().map(|j| j.bytes.start);
        let led = led.chain(calls.iter().map(|c| c.bytes.start)).min();
        let conditional = under
            .own
            .or_else(|| {
                let led = led?;
                trailing(said).filter(|c| !is_apart(said, c, led))
            })
            .or_else(|| in_case_of(said).filter(|_| !quiet));
        // "To try that too, follow [X]." in the text of a section is an offer.
        if conditional.is_none() && self.may_state(at.unit) && said.find(TO).is_some() {
            calls.clear();
        }
        // "Follow [the guide] to handle such errors." in a note is for whoever has them.
        if conditional.is_none() && under.inherited.is_none() && self.around.remark {
            calls.retain(|call| call.back);
        }
        // What prerequisites and next steps point to is the procedure's linker, not a way to go.
        if self.stands_aside(at.unit) {
            jumps.clear();
            calls.clear();
        }
        // "Coming from an old pump, follow [X]." is for whoever does.
        if conditional.is_none() && !quiet && begins_with_case(said) {
            calls.retain(|call| call.back);
        }
        // "If it is red, somebody has it. Ask, and go back to step 3." A fact asks for nothing else.
        let remedy = under.inherited.as_ref().filter(|held| held.goes_on);
        let held = conditional.is_some() || under.reached || remedy.is_some();
        let (several, boxed) = (self.around.several, self.around.boxed);
        // "Optional: Continue with [the second part](second.md)."
        let offered = is_optional(said);
        let cased = self.around.cased;
        jumps.retain(|jump| held || !(jump.conditional || several || offered || cased));
        let more = begins_with_more(said);
        for jump in jumps {
            used.push(jump.bytes.clone());
            // "For instructions on that, skip to step 4." tells where to read.
            if more && conditional.is_none() {
                self.link(
                    at.unit,
                    at.linker(LinkerKind::See, mention(jump.to), jump.bytes),
                );
                continue;
            }
            let held = conditional.as_ref().or(remedy.map(|h| &h.conditional));
            self.jump(at, said, jump, held, under.reached);
        }
        for call in calls {
            used.push(call.bytes.clone());
            let inherited = under.inherited.as_ref().map(|h| &h.conditional);
            let held = conditional.as_ref().or(inherited);
            let kind = match held {
                Some(_) if call.instead || under.other_way => LinkerKind::Next,
                _ => LinkerKind::Call,
            };
            let linker = at.linker(kind, mention(call.to), call.bytes);
            self.under_condition(at.unit, linker, held);
        }
        for (name, bytes) in pointers(said, at.inline) {
            let linker = at.linker(LinkerKind::See, Mention::Named(Box::new(name)), bytes);
            self.link(at.unit, linker);
        }
        let stated = || self.may_state(at.unit) && states_prerequisite(said);
        if conditional.is_none() && !cased && stated() {
            let stated = at.prerequisite(said);
            self.notes[at.unit.index()].stated.push(stated);
        }
        let done = conditional.as_ref().filter(|c| {
            let says = ends_at_once(said) == Some(Ending::Resolved) && led.is_none();
            says && c.cue == Cue::If && !under.reached
        });
        let notes = &mut self.notes[at.unit.index()];
        if let Some(done) = done.filter(|_| !several) {
            notes.goal = Some(done.condition.text.clone());
        }
        if conditional.is_none() {
            if notes.ends.is_none() && !several && !boxed {
                let told = notes.acts;
                let ends = ending(said).filter(|end| *end != Ending::NotApplicable || !told);
                let cased = || trailing(said).or_else(|| in_case_of(said)).is_some();
                notes.ends = ends.filter(|_| !cased());
                notes.stops |= notes.ends.is_some() && at.alone && stops(said);
            }
            notes.acts |=
                imperative(said).is_some_and(|verb| !is_pointer(at.inline, said, verb.start));
            if let Some(text) = goal(said).filter(|_| quiet) {
                notes.goal = Some(text.to_owned());
            }
        }
    }

    /// Is this the page's own unit, of which no text was read yet?
    fn is_unread(&self, unit: UnitNo) -> bool {
        unit == UnitNo(0) && self.notes[unit.index()].last_text.is_empty()
    }

    /// Does a unit stand in a section that no sequence leads to?
    fn stands_aside(&self, unit: UnitNo) -> bool {
        let mut at = Some(unit);
        while let Some(no) = at {
            if self.units[no.index()].place.role == Role::Aside {
                return true;
            }
            at = self.notes[no.index()].container;
        }
        false
    }

    /// Prerequisites are stated in the text of a page or a section, not in that of a step.
    fn may_state(&self, unit: UnitNo) -> bool {
        let heading = matches!(self.notes[unit.index()].slug, Slug::Heading(_));
        let section = heading && !self.around.cases && !self.around.asked;
        section && self.units[unit.index()].place.role != Role::Aside
    }

    fn jump(
        &mut self,
        at: &Place<'_>,
        said: Cursor<'_>,
        jump: Jump,
        conditional: Option<&Conditional>,
        reached: bool,
    ) {
        let skips = jump.skips_next();
        if let (JumpKind::Over, Destination::Name(name), Some(held)) =
            (jump.kind, &jump.to, conditional)
        {
            self.skip(at.unit, name, &held.condition);
        }
        let target = match jump.kind {
            JumpKind::Over => Mention::Behind(Box::new(last_mention(jump.to))),
            JumpKind::Go | JumpKind::Repeat => mention(jump.to),
        };
        let linker = at.linker(LinkerKind::Next, target, jump.bytes);
        let end = (jump.kind == JumpKind::Repeat).then(|| until(said));
        match (jump.kind, end.flatten(), conditional) {
            (JumpKind::Over, _, Some(held)) if skips => {
                self.notes[at.unit.index()].skips_next = Some(held.condition.clone());
            }
            // "Repeat steps 2-4 until it works" goes back as long as it does not.
            (JumpKind::Repeat, Some(text), None) => {
                let condition = Condition {
                    polarity: Polarity::No,
                    ..Condition::yes(text)
                };
                self.decide(at.unit, linker, condition);
            }
            // Without an end it would go round for ever.
            (JumpKind::Repeat, None, None) if !reached => {}
            _ => self.under_condition(at.unit, linker, conditional),
        }
    }

    /// Notes that steps with these numbers are left out where a condition holds.
    fn skip(&mut self, unit: UnitNo, name: &Name, condition: &Condition) {
        if let (Some(first), None) = (&name.number, &name.within) {
            self.notes[unit.index()].skips.push(Skipped {
                first: first.clone(),
                last: name.last.as_ref().unwrap_or(first).clone(),
                condition: condition.clone(),
            });
        }
    }

    /// Adds a linker, under its condition where it has one.
    fn under_condition(
        &mut self,
        unit: UnitNo,
        linker: Linker<Mention>,
        conditional: Option<&Conditional>,
    ) {
        let Some(conditional) = conditional else {
            return self.link(unit, linker);
        };
        let mut condition = conditional.condition.clone();
        if matches!(conditional.cue, Cue::Yes | Cue::No | Cue::Else) {
            let last = self.notes[unit.index()].ways.conditional;
            let before = last.and_then(|i| self.units[unit.index()].linkers[i].condition.as_ref());
            if condition.text.is_empty() {
                condition.text = before.map_or_else(|| self.question_of(unit), |c| c.text.clone());
            }
            if condition.otherwise {
                condition.of = vec![condition.text.clone()];
            }
        }
        self.decide(unit, linker, condition);
    }

    /// Adds a linker that is followed where a condition holds. An "otherwise" joins the decision
    /// before it.
    fn decide(&mut self, unit: UnitNo, linker: Linker<Mention>, condition: Condition) {
        let last = self.notes[unit.index()].ways.decided;
        let last = last.map(|i| &self.units[unit.index()].linkers[i]);
        // "If it is red, go to step 3. If not, go to step 2."
        let joined = last.filter(|last| {
            let stated = last.condition.as_ref();
            condition.otherwise || stated.is_some_and(|c| exclude(c, &condition, self.lexicon))
        });
        let decision = joined.and_then(|last| last.decision);
        let decision = decision.unwrap_or_else(|| self.next_decision(unit));
        let kind = if linker.kind == LinkerKind::Next {
            LinkerKind::Branch
        } else {
            linker.kind
        };
        self.link(
            unit,
            Linker {
                kind,
                condition: Some(Box::new(condition)),
                decision: Some(decision),
                ..linker
            },
        );
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

/// A condition with what it says by its place: an "otherwise" is the rest of what was stated last, and
/// right behind a condition that was stated, "if not" answers that.
fn in_place(mut conditional: Conditional, answers: bool, stated: &mut String) -> Conditional {
    match conditional.cue {
        Cue::Yes | Cue::No if answers => conditional.condition.text.clone_from(stated),
        Cue::Else => conditional.condition.text.clone_from(stated),
        Cue::If | Cue::Unless | Cue::ElseIf => {
            stated.clone_from(&conditional.condition.text);
        }
        Cue::Yes | Cue::No | Cue::Other => {}
    }
    conditional
}

/// Does a colon stand between a condition and what leads on from byte `led`, which then is not under it:
/// "Keep it dry if it rains: follow X."?
fn is_apart(said: Cursor<'_>, conditional: &Conditional, led: usize) -> bool {
    let tokens = &said.tokens.tokens;
    let before = |i: &usize| (tokens[*i].start as usize) < led;
    let mut between = (conditional.consequence.end..said.end).take_while(before);
    between.any(|i| tokens[i].kind == TokenKind::Punct(':'))
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

/// "See this page" and "For more, review this page" tell to look somewhere else, not to do something.
pub(super) fn is_pointer(inline: &Inline, said: Cursor<'_>, verb: usize) -> bool {
    let bytes = said.tokens.bytes(said.range());
    let mut marks = inline.marks_in(&bytes).iter();
    marks.any(|m| matches!(m.kind, MarkKind::Link(_)))
        && (Cursor { at: verb, ..said }.find(SEE).is_some() || begins_with_more(said))
}

/// What a sentence is under.
struct Under {
    /// The condition that it states.
    own: Option<Conditional>,
    /// That of the sentence before, which a call goes on from.
    inherited: Option<Held>,
    /// Does the condition that it begins with already lead to its unit?
    reached: bool,
    /// Is its condition that one goes another way? Who does so does not come back.
    other_way: bool,
}

/// A condition that the next sentence may go on from.
struct Held {
    conditional: Conditional,
    /// Does it say itself what is asked?
    stated: bool,
    /// Is what then is so nothing to do?
    fact: bool,
    /// Does it already lead to the unit?
    reached: bool,
    /// Does a jump in the next sentence go on from it?
    goes_on: bool,
    /// Is it that one goes another way?
    other_way: bool,
}

/// A text and the unit it belongs to.
struct Place<'a> {
    unit: UnitNo,
    inline: &'a Inline,
    span: Span,
    /// Is it one sentence?
    alone: bool,
}

impl Place<'_> {
    /// A prerequisite that a sentence states.
    fn prerequisite(&self, said: Cursor<'_>) -> Prerequisite<Mention> {
        let bytes = said.tokens.bytes(said.range());
        // "This guide assumes that you do not use [the old pump](old.md)" asks for no such pump.
        let wanted = |at: usize| {
            let words = said
                .range()
                .take_while(|i| (said.tokens.tokens[*i].start as usize) < at);
            !words
                .map(|i| said.skip(i - said.at))
                .any(|word| word.find(NOT).is_some())
        };
        let asked = asked(said, None, self.inline);
        let target = asked
            .into_iter()
            .find(|mark| wanted(mark.start as usize))
            .and_then(|mark| self.inline.link(mark));
        Prerequisite {
            text: one_line(said.rest()),
            kind: kind_of(said).unwrap_or_default(),
            constraint: sets(said),
            target: target.map(Mention::Address),
            remark: false,
            condition: case_of(said).map(Box::new),
            one_of: None,
            span: self
                .linker(LinkerKind::See, Mention::Term(String::new()), bytes)
                .span,
        }
    }

    /// A linker that is stated in a range of the text.
    fn linker(&self, kind: LinkerKind, target: Mention, bytes: Range<usize>) -> Linker<Mention> {
        let start = self
            .inline
            .origin(bytes.start)
            .clamp(self.span.start, self.span.end);
        let end = self.inline.origin(bytes.end).clamp(start, self.span.end);
        // A mark that shows nothing stands somewhere in the text.
        let (start, end) = match bytes.is_empty() {
            true => (self.span.start, self.span.end),
            false => (start, end),
        };
        Linker {
            kind,
            target,
            via: Via::Phrase,
            condition: None,
            decision: None,
            span: Span {
                start,
                end,
                ..self.span
            },
        }
    }
}

/// The last of several steps.
fn last_mention(to: Destination) -> Mention {
    match to {
        Destination::Name(name) => Mention::Named(Box::new(Name {
            number: name.last.clone().or(name.number),
            ..name
        })),
        to => mention(to),
    }
}

fn mention(to: Destination) -> Mention {
    match to {
        Destination::Name(name) => Mention::Named(Box::new(name)),
        Destination::Link(link) => Mention::Address(link),
        Destination::Offset(offset) => Mention::Relative(offset),
    }
}
