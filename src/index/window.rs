//! A stretch of units whose scores are being added up.

use std::ops::Range;

use super::bm25f::{Gain, Score};

/// Units in the largest window: few enough that their sums stay in the nearest cache.
const LARGEST: u32 = 2048;

/// Units in the first window. In it nothing is known yet that could be passed over, so it is small;
/// each of the next is twice as large.
const FIRST: u32 = 128;

/// A stretch of units, and what each has gained so far.
pub(super) struct Window {
    range: Range<u32>,
    scores: Vec<Score>,
    /// A bit for each unit that has gained something.
    touched: [u64; LARGEST as usize / 64],
}

impl Window {
    /// The first window.
    pub(super) fn new() -> Self {
        Window {
            range: 0..FIRST,
            scores: vec![0; LARGEST as usize],
            touched: [0; LARGEST as usize / 64],
        }
    }

    /// Goes on to the stretch after this one, which must have been drained.
    pub(super) fn go_on(&mut self) {
        let size = (2 * self.range.len() as u32).min(LARGEST);
        self.range = self.range.end..self.range.end.saturating_add(size);
    }

    pub(super) fn range(&self) -> Range<u32> {
        self.range.clone()
    }

    /// Adds to a unit of the window.
    #[inline]
    pub(super) fn add(&mut self, unit: u32, gain: Gain) {
        let at = unit.wrapping_sub(self.range.start) as usize;
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
                    take(self.range.start + at as u32, std::mem::take(score));
                }
            }
        }
    }
}
