//! The formula: BM25F.
//!
//! Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations
//! and Trends in Information Retrieval 3(4), 2009, section 3.6. The counts of a term in the fields
//! of a unit are weighted and added *before* they saturate, so that a term in the header and in the
//! body is one piece of evidence, not two:
//!
//! ```text
//! tf'(t)   = sum over f of  w_f * tf(t, f) / (1 - b_f + b_f * len_f / avglen_f)
//! score    = sum over t of  q(t) * idf(t) * tf'(t) / (k1 + tf'(t))
//! idf(t)   = ln(1 + (N - df + 0.5) / (df + 0.5))
//! ```
//!
//! Every gain is rounded to a whole number of grains, and scores are sums of those. So a score
//! does not depend on the order in which its terms were added, and a search that passes over what
//! cannot win gives exactly what a search through everything gives.

use super::bounds::Bounds;
use super::field::{FIELDS, Field};
use super::view::View;
use super::weights::{Weights, usable};

/// Grains in a point of score.
const GRAINS: f32 = (1 << 16) as f32;
/// From here on a number of 32 bits has no room for less than one.
const WHOLE: f32 = (1 << 23) as f32;

/// What a term adds to a score, in grains. At most 128 points.
pub(super) type Gain = u32;

/// A sum of gains.
pub(super) type Score = u64;

/// A score in points.
pub(super) fn points(score: Score) -> f64 {
    score as f64 / f64::from(GRAINS)
}

/// How much a term tells that `df` of so many units have.
pub fn idf(units: u32, df: u32) -> f32 {
    let (n, df) = (f64::from(units), f64::from(df));
    (1.0 + ((n - df).max(0.0) + 0.5) / (df + 0.5)).ln() as f32
}

/// The formula for some weights and some units.
#[derive(Clone, Copy)]
pub(super) struct Formula {
    k1: f32,
    fields: [Norm; FIELDS],
}

/// What one field needs: its weight, and its length's part as a line.
#[derive(Clone, Copy, Default)]
struct Norm {
    weight: f32,
    base: f32,
    slope: f32,
}

impl Formula {
    pub(super) fn new(weights: &Weights, view: &View) -> Self {
        let norm = |field: Field| {
            let average = view.average(field);
            if average == 0.0 {
                // No visible unit has it, whatever the bounds of a list say.
                return Norm::default();
            }
            let given = weights.field(field);
            let b = usable(given.b).min(1.0);
            Norm {
                weight: usable(given.weight),
                base: 1.0 - b,
                slope: b / average,
            }
        };
        Formula {
            k1: usable(weights.k1),
            fields: Field::ALL.map(norm),
        }
    }

    /// Does the field count at all?
    pub(super) fn counts(&self, field: usize) -> bool {
        self.fields[field].weight > 0.0
    }

    /// What one field adds to tf'. The count is not zero.
    #[inline]
    pub(super) fn part(&self, field: usize, count: u32, length: u16) -> f32 {
        let norm = &self.fields[field];
        // A field that has the term is not empty; bytes that say so are wrong.
        let length = f32::from(length.max(1));
        norm.weight * count as f32 / (norm.base + norm.slope * length)
    }

    /// The whole tf' of one posting: `counts` by field. Fields are added in their order, as wherever this
    /// is done.
    #[inline]
    pub(super) fn frequency(
        &self,
        counts: impl Iterator<Item = (usize, u32)>,
        length: impl Fn(usize) -> u16,
    ) -> f32 {
        let having = counts.filter(|(f, count)| *count > 0 && self.counts(*f));
        having.fold(0.0, |sum, (f, count)| sum + self.part(f, count, length(f)))
    }

    /// tf' after it saturates.
    #[inline]
    pub(super) fn saturated(&self, frequency: f32) -> f32 {
        if frequency > 0.0 {
            frequency / (self.k1 + frequency)
        } else {
            0.0
        }
    }

    /// What a term gains by tf'. `worth` is the term's weight and idf.
    #[inline]
    pub(super) fn gain(&self, worth: f32, frequency: f32) -> Gain {
        grains(worth * self.saturated(frequency))
    }

    /// No posting within the bounds gains more.
    pub(super) fn ceiling(&self, worth: f32, bounds: &Bounds) -> Gain {
        let fields = bounds.fields.iter().filter(|f| self.counts(*f));
        let part = |f: usize| self.part(f, bounds.most[f], bounds.shortest[f]);
        let frequency = fields.fold(0.0, |sum, f| sum + part(f));
        // Rounding may have gone either way in a dozen operations.
        grains(worth * self.saturated(frequency) * (1.0 + 1e-5)).saturating_add(1)
    }
}

/// Whole grains, of points that are not below zero. To the sum with [`WHOLE`] only whole ones add, and what
/// they add are its last bits: vector units do that to four at once, but round and convert one by one.
#[inline]
pub(super) fn grains(points: f32) -> Gain {
    let exact = points * GRAINS;
    let most = WHOLE - 1.0;
    let some = if exact < most { exact } else { most };
    (some + WHOLE).to_bits() - WHOLE.to_bits()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_terms_tell_more() {
        assert!(idf(100, 1) > idf(100, 10));
        assert!(idf(100, 100) > 0.0);
        assert!(idf(0, 5).is_finite());
    }

    #[test]
    fn grains_are_whole_and_never_overflow() {
        assert_eq!(grains(0.0), 0);
        assert_eq!(grains(1.0), 1 << 16);
        assert_eq!(grains(2.6 / GRAINS), 3);
        assert_eq!(grains(127.0), 127 << 16);
        assert_eq!(grains(f32::INFINITY), (1 << 23) - 1);
    }
}
