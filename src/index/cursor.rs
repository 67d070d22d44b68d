//! Going through the posting list of one term, window by window.

use std::ops::Range;

use super::bm25f::{Formula, Gain, Score};
use super::decoded::frequencies;
use super::encode::BLOCK;
use super::prepared::PreparedTerm;
use super::section::Index;
use super::walk::Walk;
use super::window::Window;

/// Where a search stands in one list. Blocks are read when they are needed, once.
pub(super) struct Cursor<'q> {
    index: &'q Index<'q>,
    formula: Formula,
    worth: f32,
    walk: Walk<'q>,
    /// The first block that may reach into the window.
    at: usize,
    list_ceiling: Gain,
    /// The last block whose ceiling was computed.
    ceiling: Option<(usize, Gain)>,
    /// The gains of the units of the block that was scored.
    gains: [Gain; BLOCK],
    scored: Option<usize>,
}

/// A unit that may be among the best, and what it has so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) unit: u32,
    pub(super) score: Score,
}

impl<'q> Cursor<'q> {
    pub(super) fn new(
        index: &'q Index<'q>,
        formula: Formula,
        term: &PreparedTerm<'q>,
    ) -> Option<Self> {
        let (list, worth) = (term.list?, term.worth());
        let bounds = list.bounds.or_else(|| Some(list.block(0)?.bounds))?;
        Some(Cursor {
            index,
            formula,
            worth,
            walk: Walk::new(list),
            at: 0,
            list_ceiling: formula.ceiling(worth, &bounds),
            ceiling: None,
            gains: [0; BLOCK],
            scored: None,
        })
    }

    /// Goes on to a window.
    pub(super) fn enter(&mut self, window: &Range<u32>) {
        while self.at < self.walk.list.blocks() && self.walk.list.last(self.at) < window.start {
            self.at += 1;
        }
    }

    /// No unit gains more than this.
    pub(super) fn list_ceiling(&self) -> Gain {
        self.list_ceiling
    }

    /// No unit in the window gains more than this.
    pub(super) fn ceiling(&mut self, window: &Range<u32>) -> Gain {
        let blocks = self.blocks(window);
        let ceilings = blocks.map(|block| self.block_ceiling(block));
        ceilings.max().unwrap_or(0)
    }

    /// The blocks that may reach into the window.
    fn blocks(&self, window: &Range<u32>) -> Range<usize> {
        let mut end = self.at;
        while end < self.walk.list.blocks() && self.walk.list.first(end) < window.end {
            end += 1;
        }
        self.at..end
    }

    fn block_ceiling(&mut self, block: usize) -> Gain {
        match self.ceiling {
            Some((of, gain)) if of == block => gain,
            _ => {
                let found = self.walk.list.block(block);
                let gain = found.map_or(0, |b| self.formula.ceiling(self.worth, &b.bounds));
                self.ceiling = Some((block, gain));
                gain
            }
        }
    }

    /// Adds the gains of all units in the window.
    pub(super) fn add_all(&mut self, window: &mut Window) {
        let range = window.range();
        for block in self.blocks(&range) {
            if self.score(block).is_none() {
                return;
            }
            let units = self.walk.units();
            let from = units.partition_point(|u| *u < range.start);
            let to = units.partition_point(|u| *u < range.end);
            let found = units.iter().zip(&self.gains);
            for (unit, gain) in found.take(to).skip(from) {
                window.add(*unit, *gain);
            }
        }
    }

    /// Adds the gains of the candidates, which are sorted by unit.
    pub(super) fn add_to(&mut self, candidates: &mut [Candidate]) {
        let (mut block, mut at) = (self.at, 0);
        for candidate in candidates {
            while block < self.walk.list.blocks() && self.walk.list.last(block) < candidate.unit {
                (block, at) = (block + 1, 0);
            }
            if block >= self.walk.list.blocks() || self.walk.list.first(block) > candidate.unit {
                continue;
            }
            if self.walk.load(block).is_none() {
                return;
            }
            let units = self.walk.units();
            at = skip(units, at, candidate.unit);
            if units.get(at) == Some(&candidate.unit) {
                candidate.score += Score::from(self.gain_at(at));
            }
        }
    }

    /// The gain of the `i`th unit of the block that was read.
    fn gain_at(&mut self, i: usize) -> Gain {
        if self.scored == self.walk.block() {
            return self.gains.get(i).copied().unwrap_or(0);
        }
        let (units, counts) = self.walk.postings();
        let unit = units.get(i).copied().unwrap_or(0);
        let length = |field| self.index.length_at(field, unit);
        let frequency = self.formula.frequency(counts.having(i), length);
        self.formula.gain(self.worth, frequency)
    }

    /// Reads and scores a whole block.
    fn score(&mut self, block: usize) -> Option<()> {
        self.walk.load(block)?;
        if self.scored != Some(block) {
            let (units, counts) = self.walk.postings();
            let frequencies = frequencies(counts, units, self.index, &self.formula);
            self.gains = frequencies.map(|f| self.formula.gain(self.worth, f));
            self.scored = Some(block);
        }
        Some(())
    }
}

/// Where the first unit stands that is not below this one, from `at` on. It is mostly near.
fn skip(units: &[u32], mut at: usize, unit: u32) -> usize {
    const STRIDE: usize = 8;
    let below = |at: usize| units.get(at).is_some_and(|u| *u < unit);
    while below(at + STRIDE) {
        at += STRIDE;
    }
    while below(at) {
        at += 1;
    }
    at
}
