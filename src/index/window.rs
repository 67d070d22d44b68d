//! A stretch of units whose scores are being added up.

use std::ops::Range;

use super::bm25f::{Gain, Score};

/// Units in a window: few enough that their sums stay in the nearest cache.
pub(super) const WINDOW: u32 = 2048;

/// A stretch of units, and what each has gained so far.
pub(super) struct Window {
    start: u32,
    scores: Vec<Score>,
    /// A bit for each unit that has gained something.
    touched: [u64; WINDOW as usize / 64],
}

impl Window {
    pub(super) fn new() -> Self {
        Window {
            start: 0,
            scores: vec![0; WINDOW as usize],
            touched: [0; WINDOW as usize / 64],
        }
    }

    /// Moves to the stretch that begins at a unit. It must have been drained.
    pub(super) fn move_to(&mut self, start: u32) {
        self.start = start;
    }

    pub(super) fn range(&self) -> Range<u32> {
        self.start..self.start.saturating_add(WINDOW)
    }

    /// Adds to a unit of the window.
    #[inline]
    pub(super) fn add(&mut self, unit: u32, gain: Gain) {
        let at = unit.wrapping_sub(self.start) as usize;
        if let (Some(score), Some(bits)) = (self.scores.get_mut(at), self.touched.get_mut(at / 64))
        {
            *score += Score::from(gain);
            *bits |= 1 << (at % 64);
        }
    }

    /// Calls `take` with every unit that has gained something, ascending, and forgets it.
    pub(super) fn drain(&mut self, mut take: impl FnMut(u32, Score)) {
        for (word, bits) in self.touched.iter_mut().enumerate() {
            while *bits != 0 {
                let at = word * 64 + bits.trailing_zeros() as usize;
                *bits &= *bits - 1;
                if let Some(score) = self.scores.get_mut(at) {
                    take(self.start + at as u32, std::mem::take(score));
                }
            }
        }
    }
}
