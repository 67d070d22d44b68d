//! How near headers are to a question, by their vectors.

use crate::embed::{Maker, Quantized, Vectors};
use crate::index::View;
use crate::model::UnitNo;

/// How many units vectors add to those that words find.
const NEAREST: usize = 20;

/// Gives texts their vectors.
pub trait Embeds {
    /// The vector of a text, by the model that made others; `None` where that is not there any more,
    /// or fails.
    fn embed(&self, maker: &Maker, text: &str) -> Option<Quantized>;
}

/// The vectors of a set, and what gives a question its own.
#[derive(Clone, Copy)]
pub struct Meaning<'a> {
    /// Those of the headers.
    pub vectors: &'a Vectors<'a>,
    /// The model that made them.
    pub model: &'a dyn Embeds,
}

impl Meaning<'_> {
    /// How near all headers are to a wish.
    pub(super) fn near(&self, wish: &str) -> Option<Near<'_>> {
        let question = self.model.embed(self.vectors.maker(), wish)?;
        Some(Near {
            vectors: self.vectors,
            texts: self.vectors.nearness(&question),
        })
    }
}

/// How near the headers of a set are to a question.
pub(super) struct Near<'a> {
    vectors: &'a Vectors<'a>,
    texts: Vec<f32>,
}

impl Near<'_> {
    /// How near the header of a unit is, 0 to 1; 0 for a unit whose header has no vector.
    pub(super) fn of(&self, unit: UnitNo) -> f64 {
        let near = self
            .vectors
            .text(unit)
            .and_then(|text| self.texts.get(text));
        near.map_or(0.0, |near| f64::from(near.max(0.0)))
    }

    /// The units whose headers are nearest, of those that the caller may see.
    pub(super) fn nearest(&self, view: &View) -> Vec<UnitNo> {
        let units = (0..self.vectors.units())
            .map(UnitNo)
            .filter(|u| view.sees(*u));
        let mut near: Vec<(UnitNo, f64)> = units.map(|u| (u, self.of(u))).collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        near.truncate(NEAREST);
        near.into_iter().map(|(unit, _)| unit).collect()
    }
}
