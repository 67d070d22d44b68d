//! How much each field counts.

use super::field::{FIELDS, Field};

/// The parameters of BM25F.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// How soon another occurrence of a term stops counting; at 0, one is as good as many.
    pub k1: f32,
    /// By field, in the order of [`Field::ALL`].
    pub fields: [FieldWeight; FIELDS],
}

/// The parameters of one field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FieldWeight {
    /// What one occurrence in a field of average length is worth. At 0 the field is not searched.
    pub weight: f32,
    /// How much the field's length counts: 0 not at all, 1 in full.
    pub b: f32,
}

/// What is above counts as this much. It keeps every sum finite.
const LARGEST: f32 = 1e6;

impl Weights {
    /// The parameters of a field.
    pub fn field(&self, field: Field) -> FieldWeight {
        self.fields[field.index()]
    }

    /// The same, with other parameters for one field.
    #[must_use]
    pub fn with(mut self, field: Field, weight: f32, b: f32) -> Self {
        self.fields[field.index()] = FieldWeight { weight, b };
        self
    }
}

impl Default for Weights {
    /// Headers and what is read in them first, then what surrounds a unit, then its text. `k1` and
    /// the body's `b` are those of the literature (Robertson and Zaragoza, 2009, section 3.5);
    /// short fields differ little in length, so they have a smaller `b`.
    fn default() -> Self {
        let field = |weight, b| FieldWeight { weight, b };
        Weights {
            k1: 1.2,
            fields: [
                field(4.0, 0.5),
                field(1.0, 0.0),
                field(2.0, 0.3),
                field(1.0, 0.3),
                field(2.0, 0.5),
                field(1.0, 0.5),
                field(1.0, 0.7),
                field(0.5, 0.5),
                field(1.0, 0.75),
            ],
        }
    }
}

/// A number that can be used as a weight: not negative, not infinite; 0 for what is no number.
pub(super) fn usable(weight: f32) -> f32 {
    if weight > 0.0 {
        weight.min(LARGEST)
    } else {
        0.0
    }
}
