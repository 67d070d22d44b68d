//! Steps that are left out where something is so, as a step before them says.

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use super::builder::{Builder, Skipped};
use super::chain::order;
use super::ids::Slug;
use crate::model::{Condition, Kind, Linker, LinkerKind, Mention, Polarity, Role, UnitNo};

/// The steps of a page, by what holds them and by their numbers, in the order of the page.
#[derive(Default)]
struct Steps<'b> {
    numbered: FxHashMap<(Option<UnitNo>, &'b str), Vec<UnitNo>>,
    /// Those that go on with a step.
    before: FxHashMap<UnitNo, Vec<UnitNo>>,
}

impl Builder<'_> {
    /// "If it was our mistake, skip the next step": the step after is done unless it was. What else
    /// the step that says so holds is done either way.
    pub(super) fn settle_skips(&mut self) {
        let mut untied = FxHashSet::default();
        for no in 0..self.units.len() {
            let Some(condition) = self.notes[no].skips_next.take() else {
                continue;
            };
            let before = self.outermost_step(UnitNo(no as u32));
            if let Some(skipped) = self.notes[before.index()].ways.next {
                self.hold_back(before, skipped, condition, &mut untied);
            }
        }
        let units: FxHashSet<UnitNo> = untied.iter().map(|(unit, ..)| *unit).collect();
        for unit in units {
            self.keep_linkers(unit, |l| match l.target {
                Mention::Local(to) => !untied.contains(&(unit, l.kind, to)),
                _ => true,
            });
        }
    }

    /// Makes a step of a sequence one that is done unless a condition holds. `untied`: the linkers that
    /// are to go, each with its unit and where it leads.
    fn hold_back(
        &mut self,
        before: UnitNo,
        skipped: UnitNo,
        condition: Condition,
        untied: &mut FxHashSet<(UnitNo, LinkerKind, UnitNo)>,
    ) {
        let unless = Condition {
            polarity: match condition.polarity {
                Polarity::Yes => Polarity::No,
                Polarity::No => Polarity::Yes,
            },
            ..condition
        };
        let owner = self.notes[skipped.index()].container;
        untied.extend(owner.map(|owner| (owner, LinkerKind::Part, skipped)));
        untied.insert((before, LinkerKind::Next, skipped));
        let behind = self.notes[skipped.index()].ways.next.take();
        self.notes[before.index()].ways.next = None;
        if let Some(behind) = behind {
            untied.insert((skipped, LinkerKind::Next, behind));
            let span = self.units[behind.index()].span;
            self.link(before, order(LinkerKind::Next, behind, span));
        }
        let decision = self.next_decision(before);
        let span = self.units[skipped.index()].span;
        let branch = order(LinkerKind::Branch, skipped, span);
        self.link(
            before,
            Linker {
                condition: Some(Box::new(unless)),
                decision: Some(decision),
                ..branch
            },
        );
        self.place(skipped, before, Role::Choice(decision));
    }

    /// "If it is new, skip steps 3-5", said in step 1: what stands between is done first, so that it is
    /// decided where step 3 is reached.
    pub(super) fn settle_later_skips(&mut self) {
        let says = |no: &usize| !self.notes[*no].skips.is_empty();
        let saying: Vec<usize> = (0..self.units.len()).filter(says).collect();
        if saying.is_empty() {
            return;
        }
        let steps = self.stepped();
        let mut found = Vec::new();
        for no in saying {
            let said = UnitNo(no as u32);
            let around = |skip: &Skipped| self.around(&steps, said, skip);
            found.push((said, self.notes[no].skips.iter().map(around).collect()));
        }
        for (said, around) in found {
            self.decide_later(said, around);
        }
    }

    fn stepped(&self) -> Steps<'_> {
        let mut steps = Steps::default();
        for (i, (unit, notes)) in self.units.iter().zip(&self.notes).enumerate() {
            let no = UnitNo(i as u32);
            if let Some(number) = unit.number.as_deref() {
                let place = (notes.container, number);
                steps.numbered.entry(place).or_default().push(no);
            }
            if let Some(next) = notes.ways.next {
                steps.before.entry(next).or_default().push(no);
            }
        }
        steps
    }

    /// The step before the first that is skipped, if it comes after the one that says so, and the step
    /// behind the last.
    fn around(&self, steps: &Steps<'_>, said: UnitNo, skip: &Skipped) -> Option<(UnitNo, UnitNo)> {
        let step = self.outermost_step(said);
        let container = self.notes[step.index()].container;
        let behind = |all: &Vec<UnitNo>| {
            let from = all.partition_point(|no| *no <= step);
            all.get(from).copied()
        };
        let find = |number: &String| {
            let all = steps.numbered.get(&(container, number.as_str()));
            all.and_then(behind)
        };
        let (first, last) = (find(&skip.first)?, find(&skip.last)?);
        let before = steps.before.get(&first).and_then(behind);
        let before = before.filter(|before| *before < first)?;
        let behind = self.notes[last.index()].ways.next?;
        (last >= first).then_some((before, behind))
    }

    /// Moves what a unit says of steps further on to where they are reached: each of its skips between
    /// these two, if there are such.
    fn decide_later(&mut self, said: UnitNo, around: Vec<Option<(UnitNo, UnitNo)>>) {
        let skips = std::mem::take(&mut self.notes[said.index()].skips);
        let mut moved: FxHashMap<&Condition, VecDeque<usize>> = FxHashMap::default();
        for (i, skip) in skips.iter().enumerate() {
            if around[i].is_some() {
                moved.entry(&skip.condition).or_default().push_back(i);
            }
        }
        let mut taken = vec![None; skips.len()];
        self.keep_linkers(said, |l| {
            let over = l
                .condition
                .as_deref()
                .filter(|_| matches!(l.target, Mention::Behind(_)));
            let skip = over.and_then(|c| moved.get_mut(c)?.pop_front());
            if let Some(skip) = skip {
                taken[skip] = Some(l.clone());
            }
            skip.is_none()
        });
        for (taken, around) in taken.into_iter().zip(around) {
            let Some((linker, (before, behind))) = taken.zip(around) else {
                continue;
            };
            let decision = self.next_decision(before);
            self.link(
                before,
                Linker {
                    target: Mention::Local(behind),
                    decision: Some(decision),
                    ..linker
                },
            );
        }
    }

    /// The step that a unit is a piece of, at the outermost level of its list.
    fn outermost_step(&self, unit: UnitNo) -> UnitNo {
        let mut step = unit;
        while let Some(container) = self.notes[step.index()].container
            && self.units[container.index()].kind == Kind::Step
            && matches!(self.notes[container.index()].slug, Slug::Ordinal(_))
        {
            step = container;
        }
        step
    }
}
