//! Finding the best.
//!
//! Where a question's terms have few postings, all of them are added up: their lists are kept from
//! question to question. Where there are many, and for the first question, most are passed over, as
//! follows.
//!
//! MaxScore (Turtle and Flood, "Query Evaluation: Strategies and Optimizations", 1995) over windows
//! of units, with ceilings by block (Ding and Suel, "Faster Top-k Document Retrieval Using
//! Block-Max Indexes", 2011). In each window the terms are ordered by the most they can add there.
//! The small ones that together cannot lift a unit over the threshold are set aside: units that
//! have only those cannot win. The others are added up for all units of the window; what could
//! still win is then completed from the small ones, the largest first, and dropped as soon as it
//! cannot win any more.
//!
//! The result is that of scoring every unit, ties included.

use std::cmp::Reverse;
use std::sync::Arc;

use super::bm25f::{Gain, Score, points};
use super::cursor::{Candidate, Cursor};
use super::decoded::Decoded;
use super::prepared::Prepared;
use super::top::{Hit, Top};
use super::window::Window;
use crate::model::UnitNo;

/// Scores are told apart in so many steps, of two to the power of so many grains each.
const STEPS: usize = 2048;
const STEP: u32 = 11;

impl Prepared<'_> {
    /// The `k` visible units that score highest, the best first; of those that score the same, the
    /// one that comes first in the set. Units that score nothing are not found.
    pub fn search(&self, k: usize) -> Vec<Hit> {
        if k == 0 {
            return Vec::new();
        }
        match &self.lists {
            Some(lists) => self.search_all(lists, k),
            None => self.search_windows(k),
        }
    }

    /// Adds up every posting of the query.
    fn search_all(&self, lists: &[Option<Arc<Decoded>>], k: usize) -> Vec<Hit> {
        let mut scores: Vec<Gain> = vec![0; self.index.units() as usize];
        for (term, list) in self.terms.iter().zip(lists) {
            if let Some(list) = list {
                list.add_to(&mut scores, term.worth());
            }
        }
        if !self.view.is_whole() {
            let units = (0..).map(UnitNo).zip(&mut scores);
            let hidden = units.filter(|(unit, _)| !self.view.sees(*unit));
            hidden.for_each(|(_, score)| *score = 0);
        }
        let floor = floor(&scores, k).max(1);
        let mut found = Vec::new();
        for (unit, score) in scores.iter().enumerate() {
            if *score >= floor {
                found.push((Reverse(*score), UnitNo(unit as u32)));
            }
        }
        found.sort_unstable();
        found.truncate(k);
        let hit = |(Reverse(score), unit)| Hit {
            unit,
            score: points(Score::from(score)),
        };
        found.into_iter().map(hit).collect()
    }

    /// Passes over what cannot win.
    pub(super) fn search_windows(&self, k: usize) -> Vec<Hit> {
        let mut search = Search::new(self, k);
        while search.window.range().start < self.index.units() {
            search.step();
            search.window.go_on();
        }
        search.top.into_hits()
    }
}

struct Search<'q> {
    query: &'q Prepared<'q>,
    cursors: Vec<Cursor<'q>>,
    window: Window,
    candidates: Vec<Candidate>,
    /// The cursors that matter in this window with their ceilings there, the smallest first.
    order: Vec<(Gain, usize)>,
    top: Top,
}

impl<'q> Search<'q> {
    fn new(query: &'q Prepared<'q>, k: usize) -> Self {
        // A term that counts nothing finds nothing.
        let counting = query.terms.iter().filter(|term| term.worth() > 0.0);
        let cursor = |term| Cursor::new(query.index, query.formula, term);
        Search {
            query,
            cursors: counting.filter_map(cursor).collect(),
            window: Window::new(),
            candidates: Vec::new(),
            order: Vec::new(),
            top: Top::new(k),
        }
    }

    /// Finds what can win in this window.
    fn step(&mut self) {
        self.rank_terms();
        let (aside, mut rest) = self.set_aside();
        for (_, cursor) in &self.order[aside..] {
            self.cursors[*cursor].add_all(&mut self.window);
        }
        self.take_candidates(rest);
        for i in (0..aside).rev() {
            if self.candidates.is_empty() {
                return;
            }
            let (ceiling, cursor) = self.order[i];
            self.cursors[cursor].add_to(&mut self.candidates);
            rest -= Score::from(ceiling);
            let needed = self.top.threshold();
            self.candidates.retain(|c| c.score + rest >= needed);
        }
        for candidate in &self.candidates {
            self.top.offer(candidate.unit, candidate.score);
        }
    }

    /// Orders the terms by what they can add in this window.
    ///
    /// Common terms have many blocks and little to add: those that together cannot lift a unit over
    /// the threshold, wherever it is, keep the ceilings of their lists.
    fn rank_terms(&mut self) {
        let range = self.window.range();
        self.order.clear();
        for (i, cursor) in self.cursors.iter_mut().enumerate() {
            cursor.enter(&range);
            self.order.push((cursor.list_ceiling(), i));
        }
        self.order.sort_unstable();
        let (aside, _) = self.set_aside();
        for (ceiling, i) in &mut self.order[aside..] {
            *ceiling = self.cursors[*i].ceiling(&range);
        }
        self.order.retain(|(ceiling, _)| *ceiling > 0);
        self.order.sort_unstable();
    }

    /// How many terms can be set aside, and the most that they add together.
    fn set_aside(&self) -> (usize, Score) {
        let needed = self.top.threshold();
        let mut sum = 0;
        for (count, (ceiling, _)) in self.order.iter().enumerate() {
            let with = sum + Score::from(*ceiling);
            if with >= needed {
                return (count, sum);
            }
            sum = with;
        }
        (self.order.len(), sum)
    }

    /// Keeps the visible units of the window that can still win if `rest` is added.
    fn take_candidates(&mut self, rest: Score) {
        let needed = self.top.threshold();
        let (view, candidates) = (self.query.view, &mut self.candidates);
        candidates.clear();
        self.window.drain(|unit, score| {
            if score + rest >= needed && view.sees(UnitNo(unit)) {
                candidates.push(Candidate { unit, score });
            }
        });
    }
}

/// A score that the `k`th best has at least, and few that are no better have: scores are counted by
/// steps.
fn floor(scores: &[Gain], k: usize) -> Gain {
    let mut steps = [0usize; STEPS];
    for score in scores {
        steps[((score >> STEP) as usize).min(STEPS - 1)] += 1;
    }
    let mut above = 0;
    let reached = (0..STEPS).rev().find(|at| {
        above += steps[*at];
        above >= k
    });
    (reached.unwrap_or(0) as Gain) << STEP
}
