//! Going through the posting list of one term, window by window.

use std::ops::Range;

use super::block::{BlockCounts, Unread};
use super::bm25f::{Formula, Gain, Score};
use super::decoded::frequencies;
use super::encode::BLOCK;
use super::list::List;
use super::prepared::PreparedTerm;
use super::section::Index;
use super::window::Window;

/// Where a search stands in one list. Blocks are read when they are needed, once.
pub(super) struct Cursor<'q> {
    index: &'q Index<'q>,
    formula: Formula,
    worth: f32,
    list: List<'q>,
    /// The first block that may reach into the window.
    at: usize,
    list_ceiling: Gain,
    /// The last block whose ceiling was computed.
    ceiling: Option<(usize, Gain)>,
    /// The block that was read.
    block: Option<usize>,
    /// Its units, of which there are `count`.
    units: [u32; BLOCK],
    count: usize,
    unread: Option<Unread<'q>>,
    /// Their counts, once `unread` is none.
    counts: BlockCounts<'q>,
    /// The gains of its units, if it is the block that was scored.
    gains: [Gain; BLOCK],
    scored: Option<usize>,
}

/// A block with more candidates is scored as a whole.
const MANY: usize = 16;

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
            list,
            at: 0,
            list_ceiling: formula.ceiling(worth, &bounds),
            ceiling: None,
            block: None,
            units: [0; BLOCK],
            count: 0,
            unread: None,
            counts: BlockCounts::default(),
            gains: [0; BLOCK],
            scored: None,
        })
    }

    /// Goes on to a window.
    pub(super) fn enter(&mut self, window: &Range<u32>) {
        while self.at < self.list.blocks() && self.list.last(self.at) < window.start {
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
        while end < self.list.blocks() && self.list.first(end) < window.end {
            end += 1;
        }
        self.at..end
    }

    fn block_ceiling(&mut self, block: usize) -> Gain {
        match self.ceiling {
            Some((of, gain)) if of == block => gain,
            _ => {
                let found = self.list.block(block);
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
            let units = self.units.get(..self.count).unwrap_or_default();
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
        for i in 0..candidates.len() {
            let (Some(here), Some(candidate)) = (candidates.get(i..), candidates.get(i)) else {
                return;
            };
            while block < self.list.blocks() && self.list.last(block) < candidate.unit {
                (block, at) = (block + 1, 0);
            }
            if block >= self.list.blocks() || self.list.first(block) > candidate.unit {
                continue;
            }
            let fresh = self.block != Some(block);
            if self.load(block).is_none() {
                return;
            }
            if fresh
                && here
                    .get(MANY)
                    .is_some_and(|c| c.unit <= self.list.last(block))
            {
                let _ = self.score(block);
            }
            let units = self.units.get(..self.count).unwrap_or_default();
            at = skip(units, at, candidate.unit);
            if units.get(at) == Some(&candidate.unit) {
                let gain = Score::from(self.gain_at(at));
                candidates[i].score += gain;
            }
        }
    }

    /// The gain of the `i`th unit of the block that was read.
    fn gain_at(&mut self, i: usize) -> Gain {
        if self.scored == self.block {
            return self.gains.get(i).copied().unwrap_or(0);
        }
        self.load_counts();
        let unit = self.units.get(i).copied().unwrap_or(0);
        let length = |field| self.index.length_at(field, unit);
        let frequency = self.formula.frequency(self.counts.having(i), length);
        self.formula.gain(self.worth, frequency)
    }

    /// Reads a block.
    fn load(&mut self, block: usize) -> Option<()> {
        if self.block != Some(block) {
            self.block = None;
            let (count, unread) = self.list.block(block)?.read(&mut self.units)?;
            (self.count, self.unread) = (count, Some(unread));
            self.block = Some(block);
        }
        Some(())
    }

    /// Reads the counts of the block that was read.
    fn load_counts(&mut self) {
        if let Some(unread) = self.unread.take() {
            // Counts that cannot be read are left out.
            let _ = unread.read_into(&mut self.counts);
        }
    }

    /// Reads and scores a whole block.
    fn score(&mut self, block: usize) -> Option<()> {
        self.load(block)?;
        if self.scored != Some(block) {
            self.score_units();
            self.scored = Some(block);
        }
        Some(())
    }

    fn score_units(&mut self) {
        self.load_counts();
        let frequencies = frequencies(&self.counts, &self.units, self.index, &self.formula);
        for (gain, frequency) in self.gains.iter_mut().zip(frequencies).take(self.count) {
            *gain = self.formula.gain(self.worth, frequency);
        }
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
