//! What can be told only when a page is read as a whole.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::builder::Builder;
use super::chain::{not_yet, order};
use super::ids::Slug;
use crate::grammar::{Cursor, Tokens};
use crate::model::{
    Ending, FileId, Kind, Linker, LinkerKind, Mention, Offset, Polarity, Prerequisite,
    PrerequisiteKind, Role, Span, Standing, UnitNo, Via, written,
};
use crate::sentence::{imperative, intent, is_still_not};

/// What holds a jump, near or far, and the number of the step that it names, if it names one.
type Jumps<'b> = FxHashSet<(Option<UnitNo>, Option<&'b str>)>;

impl Builder<'_> {
    /// Settles kinds, ends, texts, intents and names.
    pub(super) fn finish(&mut self) {
        self.settle_kinds();
        self.settle_ends();
        self.settle_prerequisites();
        self.settle_preparations();
        self.settle_ways_to_prepare();
        self.settle_skips();
        self.settle_later_skips();
        self.settle_goals();
        self.settle_jumps();
        self.settle_required();
        for no in 0..self.units.len() {
            let page = &self.context.pages[self.units[no].span.file.index()];
            let body = &self.notes[no].body;
            self.units[no].body = body.text(page.text);
            self.units[no].inserts = page.document.shown_in(&body.range);
            let tokens = Tokens::plain(&self.units[no].header, self.lexicon);
            let read = intent(Cursor::whole(&tokens));
            self.units[no].intent = read;
        }
        self.name_units();
        self.name_paths();
    }

    /// A page or section with steps is a procedure; one that tells to do something in a text of its
    /// own is a step. Containers come before what they hold, so this goes backwards.
    fn settle_kinds(&mut self) {
        let mut has_steps = vec![false; self.units.len()];
        for no in (0..self.units.len()).rev() {
            let notes = &self.notes[no];
            let kind = notes.fixed.unwrap_or(
                match (
                    has_steps[no] || notes.prepared,
                    notes.commands && notes.acts,
                ) {
                    (true, _) => Kind::Procedure,
                    (false, true) if notes.container.is_some() => Kind::Step,
                    _ => Kind::Reference,
                },
            );
            self.units[no].kind = kind;
            let counts = matches!(kind, Kind::Step | Kind::Procedure)
                && self.units[no].place.role != Role::Aside;
            if let Some(container) = notes
                .container
                .filter(|_| counts || (has_steps[no] && kind == Kind::Faq))
            {
                has_steps[container.index()] = true;
            }
        }
        for (unit, notes) in self.units.iter_mut().zip(&self.notes) {
            let acts = (notes.acts || notes.commands) && !notes.facts;
            unit.told = unit.kind == Kind::Reference && !acts && !notes.holds;
        }
        // A page without sections that tells to do something is a procedure of one step.
        let page = &self.notes[0];
        if self.units[0].kind == Kind::Reference
            && page.fixed.is_none()
            && page.commands
            && page.acts
            && self.units.len() == 1
        {
            self.units[0].kind = Kind::Procedure;
        }
    }

    /// An author stops in a step, not in a text about it, and not where it goes on without a condition:
    /// who calls the owner in step 2 of 5 has three to go.
    fn settle_ends(&mut self) {
        let jumps = OnceCell::new();
        let ends = |no: usize| {
            let notes = &self.notes[no];
            let ends = notes.ends.filter(|_| self.units[no].kind == Kind::Step);
            ends.filter(|_| notes.stops || !self.goes_on(UnitNo(no as u32), &jumps))
        };
        let ends: Vec<Option<Ending>> = (0..self.units.len()).map(ends).collect();
        for (unit, ends) in self.units.iter_mut().zip(ends) {
            unit.ends = ends;
        }
    }

    /// Does the text go on behind a step that is always done, with a step that no jump leads to? Of what is
    /// done in a case, within that case.
    fn goes_on<'b>(&'b self, unit: UnitNo, jumps: &OnceCell<Jumps<'b>>) -> bool {
        let mut at = unit;
        let mut within = None;
        while self.units[at.index()].place.role == Role::Part
            && let Some(parent) = self.units[at.index()].place.parent
            && self.units[parent.index()].kind == Kind::Step
        {
            within = within.or(self.notes[at.index()].ways.next);
            at = parent;
        }
        let next = match self.units[at.index()].place.role {
            Role::Part => self.follows(unit),
            _ => within,
        };
        let told =
            |no: &UnitNo| matches!(self.units[no.index()].kind, Kind::Step | Kind::Procedure);
        let next = next.filter(told);
        next.is_some_and(|next| !self.is_jumped_to(next, jumps.get_or_init(|| self.jumps())))
    }

    /// Could a jump in the same list lead to a step?
    fn is_jumped_to(&self, unit: UnitNo, jumps: &Jumps<'_>) -> bool {
        let container = self.notes[unit.index()].container;
        let number = self.units[unit.index()].number.as_deref();
        jumps.contains(&(container, None)) || jumps.contains(&(container, number))
    }

    /// The jumps that the text of the page says.
    fn jumps(&self) -> Jumps<'_> {
        let mut jumps = Jumps::default();
        for (unit, notes) in self.units.iter().zip(&self.notes) {
            let said = unit.linkers.iter().filter(|l| {
                l.via == Via::Phrase && matches!(l.kind, LinkerKind::Next | LinkerKind::Branch)
            });
            let numbers = said.filter_map(|l| match &l.target {
                Mention::Named(name) => Some(name.number.as_deref()),
                Mention::Address(_) => Some(None),
                _ => None,
            });
            for number in numbers {
                let mut at = notes.container;
                jumps.insert((at, number));
                while let Some(outer) = at {
                    at = self.notes[outer.index()].container;
                    jumps.insert((at, number));
                }
            }
        }
        jumps
    }

    /// What the sentences of a procedure say must be so first. Each with a target requires it.
    fn settle_prerequisites(&mut self) {
        for no in 0..self.units.len() {
            let stated = std::mem::take(&mut self.notes[no].stated);
            if !matches!(self.units[no].kind, Kind::Procedure | Kind::Step) {
                continue;
            }
            for prerequisite in stated {
                if let Some(target) = &prerequisite.target {
                    let linker = Linker {
                        kind: LinkerKind::Requires,
                        target: target.clone(),
                        via: Via::Phrase,
                        condition: None,
                        decision: None,
                        span: prerequisite.span,
                    };
                    self.link(UnitNo(no as u32), linker);
                }
                self.units[no].prerequisites.push(prerequisite);
            }
        }
    }

    /// What is done in a section of prerequisites under a heading of its own is a prerequisite too, unless
    /// one of them links to it: "Install the tool", with the steps. Where the procedure has no steps
    /// besides, the author put them a level too low: they are what is to be done.
    fn settle_preparations(&mut self) {
        let (mut found, mut steps) = (Vec::new(), Vec::new());
        for no in 0..self.units.len() {
            let within = self.notes[no].container;
            let prepares = within.is_some_and(|c| self.notes[c.index()].prepares);
            let titled = matches!(self.notes[no].slug, Slug::Heading(_));
            let told = match titled {
                true => self.notes[no].commands,
                false => prepares && self.is_command(no),
            };
            let done = matches!(self.units[no].kind, Kind::Procedure | Kind::Step);
            let Some(section) = within.filter(|_| prepares && told && done) else {
                continue;
            };
            let owner = self.procedure_around(section);
            match titled {
                true => found.push((owner, UnitNo(no as u32))),
                false => steps.push((owner, UnitNo(no as u32))),
            }
        }
        for steps in steps.chunk_by(|a, b| a.0 == b.0) {
            self.prepare_by_steps(steps[0].0, steps.iter().map(|(_, step)| *step));
        }
        let named = self.named_by_anchors(&found);
        for sections in found.chunk_by(|a, b| a.0 == b.0) {
            let owner = sections[0].0;
            let does = |no: &UnitNo| {
                let kind = self.units[no.index()].kind;
                matches!(kind, Kind::Procedure | Kind::Step)
            };
            let does_more = sections.len() == 1 || self.leads_on(owner).iter().any(does);
            let sections = sections.iter().map(|(_, section)| *section);
            if !does_more {
                self.append(owner, &sections.collect::<Vec<_>>());
                continue;
            }
            let asked = self.asked_for(owner, &named);
            for section in sections.filter(|section| !asked.contains(section)) {
                self.prepare(owner, section);
            }
        }
    }

    /// The units that a procedure itself leads into.
    fn leads_on(&self, owner: UnitNo) -> Vec<UnitNo> {
        let linkers = self.units[owner.index()].linkers.iter();
        let inner = |kind| {
            matches!(
                kind,
                LinkerKind::Part | LinkerKind::Option | LinkerKind::Branch
            )
        };
        let within = linkers.filter_map(|l| match &l.target {
            Mention::Local(unit) if inner(l.kind) => Some(*unit),
            _ => None,
        });
        within.collect()
    }

    /// Makes sections parts of a procedure, each between what stands before it and what stands behind.
    fn append(&mut self, owner: UnitNo, sections: &[UnitNo]) {
        let mut within: Vec<UnitNo> = sections
            .iter()
            .filter_map(|s| self.notes[s.index()].container)
            .collect();
        within.dedup();
        let is_section = |part: UnitNo| sections.binary_search(&part).is_ok();
        for section in within {
            self.keep_linkers(section, |l| !part_of(l).is_some_and(is_section));
        }
        let linkers = self.units[owner.index()].linkers.iter();
        let mut parts: Vec<UnitNo> = linkers.filter_map(part_of).collect();
        parts.extend(sections);
        parts.sort_unstable();
        // What comes after each part among those that were there.
        let mut behind = None;
        for pair in parts.windows(2).rev() {
            let (part, next) = (pair[0], pair[1]);
            if !is_section(next) {
                behind = Some(next);
            }
            let span = self.units[next.index()].span;
            let goes_on = match is_section(next) {
                true => {
                    let leads = |l: &Linker<Mention>, to| is_order(l, LinkerKind::Next, to);
                    self.keep_linkers(part, |l| !behind.is_some_and(|to| leads(l, to)));
                    let mut linkers = self.units[part.index()].linkers.iter();
                    linkers.any(|l| leads(l, next))
                }
                false => !is_section(part) || self.notes[part.index()].ways.next.is_some(),
            };
            if !goes_on {
                self.link(part, order(LinkerKind::Next, next, span));
            }
        }
        for section in sections {
            let span = self.units[section.index()].span;
            self.link(owner, order(LinkerKind::Part, *section, span));
            self.place(*section, owner, Role::Part);
        }
    }

    /// Does the header of a unit tell to do something?
    fn is_command(&self, no: usize) -> bool {
        let tokens = Tokens::plain(&self.units[no].header, self.lexicon);
        imperative(Cursor::whole(&tokens)).is_some()
    }

    /// A prerequisite that is a step of its own, with what it holds, is done by doing that step.
    fn prepare_by_steps(&mut self, owner: UnitNo, steps: impl Iterator<Item = UnitNo>) {
        let begins = |span: Span| (span.file, span.start);
        let steps = steps.map(|step| (begins(self.units[step.index()].span), step));
        let steps: FxHashMap<(FileId, u32), UnitNo> = steps.collect();
        let mut required = Vec::new();
        for stated in &mut self.units[owner.index()].prerequisites {
            let step = steps.get(&begins(stated.span)).copied();
            if let Some(step) = step.filter(|_| stated.target.is_none()) {
                stated.target = Some(Mention::Local(step));
                required.push((step, stated.span));
            }
        }
        for (step, span) in required {
            self.require(owner, step, span);
        }
    }

    /// Which of these sections each anchor of theirs names.
    fn named_by_anchors(&self, sections: &[(UnitNo, UnitNo)]) -> FxHashMap<String, Vec<UnitNo>> {
        let sections: FxHashSet<UnitNo> = sections.iter().map(|(_, section)| *section).collect();
        let mut named: FxHashMap<String, Vec<UnitNo>> = FxHashMap::default();
        let anchors = self.anchors.iter();
        for (anchor, unit) in anchors.filter(|(_, unit)| sections.contains(unit)) {
            named.entry(anchor.clone()).or_default().push(*unit);
        }
        named
    }

    /// The sections of the page that a prerequisite of a unit links to.
    fn asked_for(
        &self,
        owner: UnitNo,
        named: &FxHashMap<String, Vec<UnitNo>>,
    ) -> FxHashSet<UnitNo> {
        let linkers = self.units[owner.index()].linkers.iter();
        let required = linkers.filter(|l| l.kind == LinkerKind::Requires);
        let addresses = required.filter_map(|l| match &l.target {
            Mention::Address(link) => link.address.strip_prefix('#'),
            _ => None,
        });
        let sections = addresses.filter_map(|name| named.get(name));
        sections.flatten().copied().collect()
    }

    fn prepare(&mut self, owner: UnitNo, section: UnitNo) {
        let unit = &self.units[section.index()];
        let text = self.context.pages[unit.span.file.index()].text;
        let heading = text[unit.span.range()].lines().next().unwrap_or_default();
        let span = Span {
            end: unit.span.start + heading.trim_end().len() as u32,
            ..unit.span
        };
        let title = unit.header.as_str();
        let text = title[written(title).map_or(0, |number| number.end)..].to_owned();
        self.units[owner.index()].prerequisites.push(Prerequisite {
            text,
            kind: PrerequisiteKind::Done,
            constraint: None,
            target: Some(Mention::Local(section)),
            remark: false,
            condition: None,
            one_of: None,
            span,
        });
        self.require(owner, section, span);
    }

    /// Sections of which one is enough, or which are for some case, are so among prerequisites as well.
    fn settle_ways_to_prepare(&mut self) {
        for no in 0..self.units.len() {
            let mut prerequisites = std::mem::take(&mut self.units[no].prerequisites);
            let mut choices: FxHashMap<(UnitNo, Option<u16>), u16> = FxHashMap::default();
            for p in &mut prerequisites {
                let Some((decider, way)) = self.way_into(p) else {
                    continue;
                };
                let choice = (way.kind == LinkerKind::Option).then_some((decider, way.decision));
                p.condition = p.condition.take().or_else(|| way.condition.clone());
                p.one_of = choice
                    .map(|choice| *choices.entry(choice).or_insert_with(|| self.next_choice()));
            }
            self.units[no].prerequisites = prerequisites;
        }
    }

    /// How what decides leads into the section that a prerequisite is.
    fn way_into(&self, prerequisite: &Prerequisite<Mention>) -> Option<(UnitNo, &Linker<Mention>)> {
        let Some(Mention::Local(section)) = prerequisite.target else {
            return None;
        };
        let decider = self.units[section.index()].place.parent?;
        let leads = |l: &&Linker<Mention>| {
            let decides = matches!(l.kind, LinkerKind::Option | LinkerKind::Branch);
            decides && matches!(l.target, Mention::Local(to) if to == section)
        };
        let mut linkers = self.units[decider.index()].linkers.iter();
        Some((decider, linkers.find(leads)?))
    }

    /// What is required in a prerequisite that is asked for in some case is required in that case, from where
    /// it is told on; unless its own sentence says another.
    fn settle_required(&mut self) {
        let told_later = |p: Span, link: Span| {
            let from = self.cased_from.get(&p);
            from.is_some_and(|from| link.start < *from)
        };
        for unit in &mut self.units {
            let cases = unit.prerequisites.iter().filter(|p| p.condition.is_some());
            let cases = Standing::of(cases);
            let required = |l: &&mut Linker<_>| {
                l.kind == LinkerKind::Requires && l.via != Via::Remark && l.condition.is_none()
            };
            for linker in unit.linkers.iter_mut().filter(required) {
                let link = linker.span;
                let case = cases.around(link).filter(|p| !told_later(p.span, link));
                linker.condition = case.and_then(|p| p.condition.clone());
            }
        }
    }

    fn require(&mut self, owner: UnitNo, required: UnitNo, span: Span) {
        let linker = Linker {
            kind: LinkerKind::Requires,
            target: Mention::Local(required),
            via: Via::Section,
            condition: None,
            decision: None,
            span,
        };
        self.link(owner, linker);
    }

    /// A check of the goal: where it is met the procedure ends, where it is not the walk goes on.
    fn settle_goals(&mut self) {
        for no in 0..self.units.len() {
            if self.ends_unless_still(no) || self.ends_unless_goal(no) {
                if self.units[no].ends.is_none() {
                    self.settled.push(UnitNo(no as u32));
                }
                self.units[no].ends.get_or_insert(Ending::Resolved);
                continue;
            }
            let Some(goal) = self.notes[no].goal.clone() else {
                continue;
            };
            // What it holds, or decides, says more than its first words.
            let settled = self.units[no]
                .linkers
                .iter()
                .any(|l| l.decision.is_some() || l.kind == LinkerKind::Part);
            let Some(on) = self
                .follows(UnitNo(no as u32))
                .filter(|_| !settled && self.units[no].kind == Kind::Step)
            else {
                continue;
            };
            // "Check if the issue persists": the walk goes on where it does.
            let side = if self.is_still_not(&goal) {
                Polarity::Yes
            } else {
                Polarity::No
            };
            let span = self.units[no].span;
            let linker = Linker {
                via: Via::Inferred,
                condition: Some(Box::new(not_yet(&goal, side))),
                decision: Some(0),
                ..order(LinkerKind::Branch, on, span)
            };
            self.link(UnitNo(no as u32), linker);
            self.units[no].ends.get_or_insert(Ending::Resolved);
        }
    }

    /// "If it starts, you are done. If not, go to step 2."
    fn ends_unless_goal(&self, no: usize) -> bool {
        let last = self.last_decision(no).and_then(|l| l.condition.as_ref());
        last.is_some_and(|c| {
            c.polarity == Polarity::No && Some(&c.text) == self.notes[no].goal.as_ref()
        })
    }

    /// Is the last thing that a unit decides whether its goal is still not reached? Where the text goes on
    /// behind a section, its goal is not that of the page; nor is it the end where only who reached the goal can
    /// do the steps that follow.
    fn ends_unless_still(&self, no: usize) -> bool {
        let last = self.last_decision(no);
        let asked = last.and_then(|l| l.condition.as_ref());
        let still = asked.is_some_and(|c| !c.otherwise && self.is_still_not(&c.text));
        let unit = &self.units[no];
        let next = self.notes[no].ways.next;
        let follows = next.is_some_and(|next| self.units[next.index()].kind == Kind::Step);
        still
            && !(follows && last.is_some_and(|l| self.never_goes_on(no, l)))
            && match unit.kind {
                Kind::Step => true,
                Kind::Procedure => self.notes[no].ways.next.is_none(),
                _ => false,
            }
    }

    /// Does what is done in a case never lead to what stands behind it? It ends, or goes back to a step before.
    fn never_goes_on(&self, no: usize, decided: &Linker<Mention>) -> bool {
        let Mention::Local(to) = decided.target else {
            return self.goes_back(no, decided);
        };
        let jumps = |l: &Linker<Mention>| l.via == Via::Phrase && l.condition.is_none();
        let mut jumps = self.units[to.index()].linkers.iter().filter(|l| jumps(l));
        self.units[to.index()].ends.is_some() || jumps.any(|l| self.goes_back(to.index(), l))
    }

    /// Does a step lead to one with a smaller number?
    fn goes_back(&self, no: usize, linker: &Linker<Mention>) -> bool {
        let number = |number: &Option<String>| number.as_ref()?.parse::<u32>().ok();
        let own = number(&self.units[no].number);
        match &linker.target {
            Mention::Named(name) if name.within.is_none() => own
                .zip(number(&name.number))
                .is_some_and(|(own, to)| to < own),
            Mention::Relative(to) => matches!(to, Offset::Previous | Offset::Start),
            _ => false,
        }
    }

    /// The last thing that a unit decides.
    fn last_decision(&self, no: usize) -> Option<&Linker<Mention>> {
        let linkers = self.units[no].linkers.iter();
        let decisions = linkers.filter(|l| l.decision.is_some());
        decisions.max_by_key(|l| l.decision)
    }

    fn is_still_not(&self, text: &str) -> bool {
        let tokens = Tokens::plain(text, self.lexicon);
        is_still_not(Cursor::whole(&tokens))
    }

    /// The unit that document order leads to after this one, within its procedure.
    fn follows(&self, unit: UnitNo) -> Option<UnitNo> {
        let mut at = unit;
        loop {
            let (here, ways) = (&self.units[at.index()], &self.notes[at.index()].ways);
            let out = at != unit && here.kind == Kind::Procedure;
            if let Some(next) = ways.next.filter(|_| !out) {
                return Some(next);
            }
            let parent = here.place.parent.filter(|_| !out)?;
            let decided = match here.place.role {
                Role::Part => None,
                Role::Choice(number) => Some(number),
                Role::Root | Role::Aside => return None,
            };
            // What the parent decides afterwards comes first; only "still not" is the same question.
            if let Some(later) = self.notes[parent.index()].ways.after(decided) {
                let later = &self.units[parent.index()].linkers[later];
                let still = later
                    .condition
                    .as_ref()
                    .is_some_and(|c| self.is_still_not(&c.text));
                return match later.target {
                    Mention::Local(target) if still => Some(target),
                    _ => None,
                };
            }
            at = parent;
        }
    }

    /// A jump in a text that is no step is a pointer, and so is one under a condition in a text with
    /// nothing to do; one to the step that follows anyway is order.
    fn settle_jumps(&mut self) {
        for unit in &mut self.units {
            let step = unit.kind == Kind::Step;
            let tells = unit.kind == Kind::Reference;
            for linker in &mut unit.linkers {
                let jump = linker.kind == LinkerKind::Next && !step
                    || linker.kind == LinkerKind::Branch && tells;
                if jump && linker.via == Via::Phrase {
                    linker.kind = LinkerKind::See;
                    linker.condition = None;
                    linker.decision = None;
                }
            }
            let told = |m: &Mention| matches!(m, Mention::Relative(_) | Mention::Behind(_));
            unit.linkers
                .retain(|l| l.kind != LinkerKind::See || !told(&l.target));
        }
    }
}

/// The unit that is a part by this linker.
fn part_of(linker: &Linker<Mention>) -> Option<UnitNo> {
    match (linker.kind, &linker.target) {
        (LinkerKind::Part, Mention::Local(part)) => Some(*part),
        _ => None,
    }
}

fn is_order(linker: &Linker<Mention>, kind: LinkerKind, to: UnitNo) -> bool {
    let leads = matches!(linker.target, Mention::Local(target) if target == to);
    leads && linker.kind == kind && linker.via == Via::Order
}
