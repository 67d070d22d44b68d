//! Going through the posting list of one term, window by window.

use std::ops::Range;

use super::bm25f::{Formula, Gain, Score};
use super::encode::BLOCK;
use super::list::{BlockCounts, List};
use super::prepared::PreparedTerm;
use super::section::{Index, length};
use super::window::Window;

/// Where a search stands in one list. Blocks are read when they are needed, once.
pub(super) struct Cursor<'q> {
    index: &'q Index<'q>,
    formula: Formula,
    worth: f32,
    list: List<'q>,
    /// The first block that may reach into the window.
    at: usize,
    /// The last block whose ceiling was computed.
    ceiling: Option<(usize, Gain)>,
    /// The block whose units are in `units`.
    read: Option<Read<'q>>,
    units: [u32; BLOCK],
    /// Their gains, if `scored`.
    gains: [Gain; BLOCK],
}

#[derive(Clone, Copy)]
struct Read<'q> {
    block: usize,
    count: usize,
    counts: BlockCounts<'q>,
    scored: bool,
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
        Some(Cursor {
            index,
            formula,
            worth: term.worth(),
            list: term.list?,
            at: 0,
            ceiling: None,
            read: None,
            units: [0; BLOCK],
            gains: [0; BLOCK],
        })
    }

    /// Goes on to a window, and gives what no unit in it gains more than.
    pub(super) fn enter(&mut self, window: &Range<u32>) -> Gain {
        while self.at < self.list.blocks() && self.list.last(self.at) < window.start {
            self.at += 1;
        }
        let blocks = self.blocks(window);
        blocks
            .map(|block| self.block_ceiling(block))
            .max()
            .unwrap_or(0)
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
            let Some(count) = self.score(block) else {
                return;
            };
            let units = self.units.get(..count).unwrap_or_default();
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
            while block < self.list.blocks() && self.list.last(block) < candidate.unit {
                (block, at) = (block + 1, 0);
            }
            if block >= self.list.blocks() || self.list.first(block) > candidate.unit {
                continue;
            }
            let Some(read) = self.load(block) else {
                return;
            };
            let rest = self.units.get(at..read.count).unwrap_or_default();
            at += rest.partition_point(|u| *u < candidate.unit);
            if self.units.get(at) == Some(&candidate.unit) && at < read.count {
                candidate.score += Score::from(self.gain_at(&read, at));
            }
        }
    }

    /// The gain of the `i`th unit of the block that was read.
    fn gain_at(&self, read: &Read<'_>, i: usize) -> Gain {
        if read.scored {
            return self.gains[i];
        }
        let unit = self.units[i];
        let length = |field| self.index.length_at(field, unit);
        let frequency = self.formula.frequency(&read.counts.row(i), length);
        self.formula.gain(self.worth, frequency)
    }

    fn load(&mut self, block: usize) -> Option<Read<'q>> {
        if let Some(read) = self.read.filter(|r| r.block == block) {
            return Some(read);
        }
        let (count, counts) = self.list.block(block)?.read(&mut self.units)?;
        self.read = Some(Read {
            block,
            count,
            counts,
            scored: false,
        });
        self.read
    }

    /// Scores a whole block and gives how many units it has.
    fn score(&mut self, block: usize) -> Option<usize> {
        let read = self.load(block)?;
        if !read.scored {
            self.score_units(&read);
            self.read = Some(Read {
                scored: true,
                ..read
            });
        }
        Some(read.count)
    }

    /// Field by field: most blocks have one or two.
    fn score_units(&mut self, read: &Read<'_>) {
        let mut frequencies = [0f32; BLOCK];
        let mut counts = [0; BLOCK];
        for (field, column) in read
            .counts
            .columns()
            .filter(|(f, _)| self.formula.counts(*f))
        {
            column.read(counts.get_mut(..read.count).unwrap_or_default());
            let lengths = self.index.lengths(field);
            let rows = self.units.iter().zip(&counts).take(read.count);
            for (frequency, (unit, count)) in frequencies.iter_mut().zip(rows) {
                if *count > 0 {
                    *frequency += self.formula.part(field, *count, length(lengths, *unit));
                }
            }
        }
        for (gain, frequency) in self.gains.iter_mut().zip(frequencies).take(read.count) {
            *gain = self.formula.gain(self.worth, frequency);
        }
    }
}
