//! The best so far.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::bm25f::{Score, points};
use crate::model::UnitNo;

/// A unit that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The unit.
    pub unit: UnitNo,
    /// Its score, above zero. A whole multiple of 2⁻²⁰, so equal scores are equal.
    pub score: f64,
}

/// The `k` best of what was offered: by score, then by unit.
pub(super) struct Top {
    k: usize,
    worst_first: BinaryHeap<Reverse<(Score, Reverse<u32>)>>,
}

impl Top {
    pub(super) fn new(k: usize) -> Self {
        Top {
            k,
            worst_first: BinaryHeap::new(),
        }
    }

    /// Who scores less is not among the best.
    pub(super) fn threshold(&self) -> Score {
        match self.worst_first.peek() {
            Some(Reverse((score, _))) if self.worst_first.len() >= self.k => *score,
            _ => 1,
        }
    }

    pub(super) fn offer(&mut self, unit: u32, score: Score) {
        if score < self.threshold() {
            return;
        }
        self.worst_first.push(Reverse((score, Reverse(unit))));
        if self.worst_first.len() > self.k {
            self.worst_first.pop();
        }
    }

    /// The best first.
    pub(super) fn into_hits(self) -> Vec<Hit> {
        let hit = |Reverse((score, Reverse(unit)))| Hit {
            unit: UnitNo(unit),
            score: points(score),
        };
        self.worst_first
            .into_sorted_vec()
            .into_iter()
            .map(hit)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_to_the_unit_that_comes_first() {
        let mut top = Top::new(3);
        for (unit, score) in [(5, 10), (9, 20), (3, 10), (4, 10), (1, 0)] {
            top.offer(unit, score);
        }
        let units: Vec<u32> = top.into_hits().iter().map(|h| h.unit.0).collect();
        assert_eq!(units, [9, 3, 4]);
    }

    #[test]
    fn nobody_wins_where_nothing_is_asked_for() {
        let mut top = Top::new(0);
        top.offer(1, 5);
        assert!(top.into_hits().is_empty());
    }
}
