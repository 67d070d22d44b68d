//! What exists for a caller: linking finds out for whom a target is what.
//!
//! A mention is resolved for a caller who sees everything, and what was asked on the way is noted:
//! is there, for this caller, what has these labels? Each question could have been answered
//! otherwise, so the mention is resolved again under each other answer, until there is none left.
//! Most mentions ask nothing.

use std::cell::RefCell;

use crate::model::{Case, PerView, Sight};

/// The set as a caller sees it of whom nothing is known but that it sees one unit, and what was
/// assumed since.
pub(super) struct World<'a> {
    /// The labels of the unit.
    own: &'a [String],
    assumed: RefCell<Vec<Sight>>,
}

impl<'a> World<'a> {
    /// Everything that is not hidden from whoever sees something with these labels.
    pub(super) fn of(own: &'a [String]) -> Self {
        Self::under(own, Vec::new())
    }

    fn under(own: &'a [String], assumed: Vec<Sight>) -> Self {
        World {
            own,
            assumed: RefCell::new(assumed),
        }
    }

    /// Is there, for the caller, what has these labels? Where that is open it is assumed.
    pub(super) fn sees(&self, labels: &[String]) -> bool {
        if labels.iter().all(|label| self.own.contains(label)) {
            return true;
        }
        let mut assumed = self.assumed.borrow_mut();
        let held = |label: &String| {
            let with = |s: &Sight| s.held && s.labels.contains(label);
            self.own.contains(label) || assumed.iter().any(with)
        };
        if labels.iter().all(held) {
            return true;
        }
        // A caller who held these would hold others that it lacks.
        let within = |s: &Sight| s.labels.iter().all(|l| labels.contains(l) || held(l));
        if assumed.iter().any(|s| !s.held && within(s)) {
            return false;
        }
        assumed.push(Sight {
            labels: labels.to_vec(),
            held: true,
        });
        true
    }
}

/// What is found for every caller who sees something with these labels.
pub(super) fn per_view<T>(own: &[String], mut find: impl FnMut(&World<'_>) -> T) -> PerView<T> {
    let world = World::of(own);
    let then = find(&world);
    let when = world.assumed.into_inner();
    if when.is_empty() {
        return PerView::Always(then);
    }
    let mut open = Vec::new();
    others(&when, 0, &mut open);
    let mut cases = vec![Case { when, then }];
    while let Some(assumed) = open.pop() {
        let known = assumed.len();
        let world = World::under(own, assumed);
        let then = find(&world);
        let when = world.assumed.into_inner();
        others(&when, known, &mut open);
        cases.push(Case { when, then });
    }
    PerView::Cases(cases)
}

/// The other answers to what was asked from `known` on.
fn others(when: &[Sight], known: usize, open: &mut Vec<Vec<Sight>>) {
    for asked in known..when.len() {
        let mut other = when[..=asked].to_vec();
        other[asked].held = false;
        open.push(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(names: &[&str]) -> Vec<String> {
        names.iter().map(|n| (*n).to_owned()).collect()
    }

    /// The first of these that the caller sees.
    fn first(own: &[&str], candidates: &[&[&str]]) -> PerView<Option<usize>> {
        let candidates: Vec<_> = candidates.iter().map(|c| labels(c)).collect();
        per_view(&labels(own), |world| {
            candidates.iter().position(|c| world.sees(c))
        })
    }

    #[test]
    fn what_needs_no_label_is_the_same_for_everyone() {
        assert_eq!(first(&[], &[&[]]), PerView::Always(Some(0)));
        assert_eq!(first(&["a", "b"], &[&["b"]]), PerView::Always(Some(0)));
    }

    #[test]
    fn every_caller_gets_the_first_that_it_sees() {
        let names = ["a", "b", "c"];
        let sets: [&[&str]; 4] = [&["a", "b"], &["b"], &["c", "a"], &["a"]];
        let found = first(&[], &sets);
        for held in 0..8 {
            let held: Vec<&str> = (0..3)
                .filter(|i| held >> i & 1 == 1)
                .map(|i| names[i])
                .collect();
            let sees = |set: &&[&str]| set.iter().all(|label| held.contains(label));
            let expected = sets.iter().position(sees);
            assert_eq!(found.of(&labels(&held)), Some(&expected), "{held:?}");
        }
        assert_eq!(found.whole(), Some(Some(0)));
    }

    #[test]
    fn no_case_is_made_that_cannot_be() {
        let PerView::Cases(cases) = first(&[], &[&["a"], &["a", "b"]]) else {
            panic!("it depends on the labels");
        };
        assert_eq!(cases.len(), 2, "who lacks a does not hold a and b");
    }
}
