//! What a clause of a unit's own text leads to, and in which case: jumps, calls, endings.

use std::ops::Range;

use super::builder::{Builder, Skipped};
use super::ids::Slug;
use super::linked::asked;
use crate::grammar::{self, Cursor, TokenKind};
use crate::model::{
    Condition, Ending, Inline, Kind, Linker, LinkerKind, MarkKind, Mention, Name, Offset, Polarity,
    Prerequisite, Role, Span, UnitNo, Via, one_line,
};
use crate::sentence::{
    Call, Conditional, Cue, Destination, Jump, JumpKind, begins_with_case, begins_with_more, calls,
    case_of, ending, ends_at_once, exclude, goal, imperative, in_case_of, in_that_case, instead,
    is_optional, jumps, kind_of, leading, linked_act, names_other_way, only_link, only_named,
    only_strong, pointers, sets, states_prerequisite, stops, tells, trailing, until,
};

/// Verbs of pointers: "see", "for more information".
const SEE: grammar::Role = grammar::Role::named("call.see");
const NOT: grammar::Role = grammar::Role::named("negation.not");
/// What a purpose begins with.
const TO: grammar::Role = grammar::Role::named("qualifier.to");

/// The cases that the clauses of a text are read in.
pub(super) struct Cases {
    /// "If it has TLS, set up TLS. Follow X to do so.": the second goes on from the first.
    held: Option<Held>,
    /// What an "otherwise" further on is the rest of.
    stated: String,
    /// "Yes, it can." answers the question that a reader asked.
    answers: bool,
}

/// What a clause is under.
pub(super) struct Under {
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

/// Where a clause leads.
struct Led {
    jumps: Vec<Jump>,
    calls: Vec<Call>,
    /// The byte at which it first says so.
    first: Option<usize>,
    /// Does it call nothing?
    quiet: bool,
}

impl Builder<'_> {
    /// No case yet.
    pub(super) fn no_case(&self, unit: UnitNo) -> Cases {
        Cases {
            held: None,
            stated: String::new(),
            answers: self.notes[unit.index()].fixed == Some(Kind::Faq),
        }
    }

    /// What a clause says, and the case that it is under; `before` is the sentence before it.
    pub(super) fn under_case<'c>(
        &mut self,
        at: &Place<'_>,
        clause: Cursor<'c>,
        before: Option<&str>,
        first: bool,
        cases: &mut Cases,
    ) -> (Cursor<'c>, Under) {
        let notes = &mut self.notes[at.unit.index()];
        let under = first && std::mem::take(&mut notes.under);
        let held = cases.held.take();
        let reached_before = held.as_ref().is_some_and(|held| held.reached);
        let conditional = leading(clause)
            .filter(|c| !(cases.answers && matches!(c.cue, Cue::Yes | Cue::No)))
            // What the case leads to already is here.
            .or_else(|| in_that_case(clause, before?).filter(|_| !reached_before));
        // "Take it out. Is it wet? Yes: …" answers what was asked last, and not what the text begins with.
        let answered = conditional.as_ref().filter(|c| c.condition.text.is_empty());
        if let Some(asked) = before.filter(|asked| asked.ends_with('?') && answered.is_some()) {
            asked.clone_into(&mut notes.last_text);
        }
        let answers = held.as_ref().is_some_and(|held| held.stated);
        let conditional = conditional.map(|c| in_place(c, answers, &mut cases.stated));
        let inherited = held
            .filter(|held| conditional.is_none() && !held.reached)
            .filter(|_| !begins_with_case(clause))
            .map(|held| Held {
                goes_on: held.fact || held.stated && instead(clause),
                ..held
            });
        let reached = under && conditional.is_some();
        cases.held = conditional.clone().map(|conditional| Held {
            stated: matches!(conditional.cue, Cue::If | Cue::Unless | Cue::ElseIf),
            fact: !tells(clause.within(conditional.consequence.clone()), at.inline),
            reached,
            goes_on: false,
            other_way: names_other_way(clause.until(conditional.consequence.start)),
            conditional,
        });
        let case = cases.held.as_ref().or(inherited.as_ref());
        let other_way = case.is_some_and(|case| case.other_way);
        notes.stops |= first && notes.last_text.is_empty() && conditional.is_some();
        let (said, own) = match conditional {
            // The condition already leads to this unit.
            Some(c) if under => (clause.within(c.consequence), None),
            Some(c) => (clause.within(c.consequence.clone()), Some(c)),
            None => (clause, None),
        };
        let under = Under {
            own,
            inherited,
            reached,
            other_way,
        };
        (said, under)
    }

    /// Reads what a clause says. The bytes in which it leads somewhere are added to `used`.
    pub(super) fn read_clause(
        &mut self,
        at: &Place<'_>,
        said: Cursor<'_>,
        mut under: Under,
        used: &mut Vec<Range<usize>>,
    ) {
        let mut led = self.led(at, said, &under);
        let (first, quiet) = (led.first, led.quiet);
        let conditional = under
            .own
            .take()
            .or_else(|| {
                let first = first?;
                trailing(said).filter(|c| !is_apart(said, c, first))
            })
            .or_else(|| in_case_of(said).filter(|_| !quiet));
        self.keep_led(at, said, &under, conditional.as_ref(), &mut led);
        let called: Vec<_> = led.calls.iter().map(|call| call.bytes.clone()).collect();
        self.lead(at, said, &under, conditional.as_ref(), led, used);
        for (name, bytes) in pointers(said, at.inline) {
            let inside = |call: &Range<usize>| call.start < bytes.end && bytes.start < call.end;
            if called.iter().any(inside) {
                continue;
            }
            let linker = at.linker(LinkerKind::See, Mention::Named(Box::new(name)), bytes);
            self.link(at.unit, linker);
        }
        let stated = || self.may_state(at.unit) && states_prerequisite(said);
        if conditional.is_none() && !self.around.cased && stated() {
            let stated = at.prerequisite(said);
            self.notes[at.unit.index()].stated.push(stated);
        }
        // "If it is full again, close the alert. You are done."
        let held = under.inherited.as_ref().map(|held| &held.conditional);
        let case = conditional.as_ref().or(held);
        let done = case.filter(|c| {
            // "If it is full again, close the alert.", "If it is full again, all is well. Say so and stop here."
            let ends = match conditional {
                Some(_) => ends_at_once(said),
                None => ending(said),
            };
            let says = ends == Some(Ending::Resolved) && first.is_none();
            says && matches!(c.cue, Cue::If | Cue::Yes) && !under.reached
        });
        if let Some(done) = done.filter(|_| !self.around.several) {
            // "Check whether it runs. If yes, you are done."
            let goal = match done.cue {
                Cue::Yes => self.question_of(at.unit),
                _ => done.condition.text.clone(),
            };
            self.notes[at.unit.index()].goal = Some(goal);
        }
        let ended = conditional.is_none() && done.is_some();
        if conditional.is_none() && !ended {
            self.done(at, said, quiet, under.inherited.is_some());
        }
    }

    /// Where a clause leads, as it says itself.
    fn led(&self, at: &Place<'_>, said: Cursor<'_>, under: &Under) -> Led {
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
        if bare && chosen && jumps.is_empty() && calls.is_empty() {
            // "[By rope](rope.md)" as one of several ways.
            let notes = &self.notes[at.unit.index()];
            let way = notes.fixed == Some(Kind::Step) && notes.last_text.is_empty();
            calls.extend(only_link(said, at.inline).filter(|_| way && at.alone));
            jumps.extend(only_named(said));
        }
        // "Verify who calls" as a link to the page, as a step; "[Charge it](#charge-it), then go on with step 3".
        let amid_steps = self.notes[at.unit.index()].amid_steps;
        if calls.is_empty() && (chosen && !jumps.is_empty() || amid_steps && at.alone) {
            calls.extend(linked_act(said, at.inline));
        }
        let starts = jumps.iter().map(|j| j.bytes.start);
        let first = starts.chain(calls.iter().map(|c| c.bytes.start)).min();
        Led {
            first,
            // "Follow [X] to check whether it works" looks at the goal of X.
            quiet: calls.is_empty(),
            jumps,
            calls,
        }
    }

    /// Drops what is no way to go for whoever reads the unit.
    fn keep_led(
        &self,
        at: &Place<'_>,
        said: Cursor<'_>,
        under: &Under,
        conditional: Option<&Conditional>,
        led: &mut Led,
    ) {
        let Led { jumps, calls, .. } = led;
        let always = conditional.is_none();
        // "To try that too, follow [X]." in the text of a section is an offer.
        if always && self.may_state(at.unit) && said.find(TO).is_some() {
            calls.clear();
        }
        // "Follow [the guide] to handle such errors." in a note is for whoever has them.
        if always && under.inherited.is_none() && self.around.remark {
            calls.retain(|call| call.back);
        }
        // What prerequisites and next steps point to is the procedure's linker, not a way to go.
        if self.stands_aside(at.unit) || self.around.asked {
            jumps.clear();
            calls.clear();
        }
        // "Coming from an old pump, follow [X]." is for whoever does.
        if always && !led.quiet && begins_with_case(said) {
            calls.retain(|call| call.back);
        }
        let held = !always || under.reached || under.remedy().is_some();
        // "Optional: Continue with [the second part](second.md)."
        let offered = self.around.several || self.around.cased || is_optional(said);
        jumps.retain(|jump| held || !(jump.conditional || offered));
    }

    /// Adds the linkers of a clause.
    fn lead(
        &mut self,
        at: &Place<'_>,
        said: Cursor<'_>,
        under: &Under,
        conditional: Option<&Conditional>,
        led: Led,
        used: &mut Vec<Range<usize>>,
    ) {
        let more = begins_with_more(said);
        for jump in led.jumps {
            used.push(jump.bytes.clone());
            // "For instructions on that, skip to step 4." tells where to read.
            if more && conditional.is_none() {
                let linker = at.linker(LinkerKind::See, mention(jump.to), jump.bytes);
                self.link(at.unit, linker);
                continue;
            }
            let held = conditional.or(under.remedy());
            self.jump(at, said, jump, held, under.reached);
        }
        for call in led.calls {
            used.push(call.bytes.clone());
            let inherited = under.inherited.as_ref().map(|h| &h.conditional);
            let held = conditional.or(inherited);
            let kind = match held {
                Some(_) if call.instead || under.other_way => LinkerKind::Next,
                _ => LinkerKind::Call,
            };
            let linker = at.linker(kind, mention(call.to), call.bytes);
            self.under_condition(at.unit, linker, held);
        }
    }

    /// Notes what a clause that states no case does: it ends, tells to do something, looks at a goal. `cased`: does it
    /// go on with a case? What ends there ends nothing else.
    fn done(&mut self, at: &Place<'_>, said: Cursor<'_>, quiet: bool, cased: bool) {
        let (several, boxed) = (self.around.several, self.around.boxed);
        let notes = &mut self.notes[at.unit.index()];
        if notes.ends.is_none() && !several && !boxed && !cased {
            let told = notes.acts;
            let ends = ending(said).filter(|end| *end != Ending::NotApplicable || !told);
            let held = || trailing(said).or_else(|| in_case_of(said)).is_some();
            notes.ends = ends.filter(|_| !held());
            notes.stops |= notes.ends.is_some() && at.alone && stops(said);
        }
        notes.acts |= imperative(said).is_some_and(|verb| !is_pointer(at.inline, said, verb.start));
        if let Some(text) = goal(said).filter(|_| quiet) {
            notes.goal = Some(text.to_owned());
        }
    }

    /// Does a unit stand in a section that no sequence leads to?
    pub(super) fn stands_aside(&self, unit: UnitNo) -> bool {
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
        let one =
            matches!(&jump.to, Destination::Name(n) if n.last.is_none() && n.number.is_some());
        // "Red: oil it and repeat this step." is said of the step that asks.
        let this = jump.to == Destination::Offset(Offset::This);
        let item = matches!(self.notes[at.unit.index()].slug, Slug::Ordinal(_));
        let choice = item && matches!(self.units[at.unit.index()].place.role, Role::Choice(_));
        let asking = self.notes[at.unit.index()]
            .container
            .filter(|_| this && choice);
        let target = match (jump.kind, asking) {
            (JumpKind::Repeat, Some(asking)) => Mention::Local(asking),
            (kind, _) => target_of(kind, jump.to),
        };
        let one = one || this;
        let linker = at.linker(LinkerKind::Next, target, jump.bytes);
        // "Red: close the lid and repeat step 1." is done as long as it is red.
        let chosen = one && choice;
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
            (JumpKind::Repeat, None, None) if !reached && !chosen => {}
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
}

impl Under {
    /// The case of the sentence before, which this one goes on from: "If it is red, somebody has it. Ask, and go
    /// back to step 3." A fact asks for nothing else.
    fn remedy(&self) -> Option<&Conditional> {
        let held = self.inherited.as_ref().filter(|held| held.goes_on);
        held.map(|held| &held.conditional)
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

/// "See this page" and "For more, review this page" tell to look somewhere else, not to do something.
pub(super) fn is_pointer(inline: &Inline, said: Cursor<'_>, verb: usize) -> bool {
    let bytes = said.tokens.bytes(said.range());
    let mut marks = inline.marks_in(&bytes).iter();
    marks.any(|m| matches!(m.kind, MarkKind::Link(_)))
        && (Cursor { at: verb, ..said }.find(SEE).is_some() || begins_with_more(said))
}

/// A text and the unit it belongs to.
pub(super) struct Place<'a> {
    pub(super) unit: UnitNo,
    pub(super) inline: &'a Inline,
    pub(super) span: Span,
    /// Is it one sentence?
    pub(super) alone: bool,
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
    pub(super) fn linker(
        &self,
        kind: LinkerKind,
        target: Mention,
        bytes: Range<usize>,
    ) -> Linker<Mention> {
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

/// Where a jump goes on.
fn target_of(kind: JumpKind, to: Destination) -> Mention {
    match kind {
        JumpKind::Over => Mention::Behind(Box::new(last_mention(to))),
        JumpKind::Go | JumpKind::Repeat => mention(to),
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
