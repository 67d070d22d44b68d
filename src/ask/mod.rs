//! Stage 6a: from a question to the procedure that answers it.
//!
//! A question is read as an intent by the same grammar that read the headers, and matched to what
//! a unit is *for*; the text it holds counts for less. What answers is one procedure with everything
//! that belongs to it, or a question back, or nothing.
//!
//! *Deliberately absent:* documents and the store. Units come through a [`Library`], postings
//! through the index.

mod assemble;

use std::sync::Arc;

use crate::model::{Intent, Target, Unit, UnitNo};

pub use assemble::{Procedure, Step, assemble};

/// What a question was answered with.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The question as it was asked.
    pub query: String,
    /// What it was read as.
    pub intent: Intent,
    /// What came of it.
    pub outcome: Outcome,
    /// 0 to 1: how likely the first hit is what was meant.
    pub confidence: f64,
    /// The units that fit, best first.
    pub hits: Vec<Hit>,
    /// What would tell the hits apart, where several fit alike.
    pub question: Option<String>,
    /// The procedure that answers.
    pub procedure: Option<Procedure>,
}

/// What came of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// One unit answers.
    Answered,
    /// Several fit alike.
    Ambiguous,
    /// Nothing fits.
    NoMatch,
}

impl Outcome {
    /// The name in the public interface.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Answered => "answered",
            Outcome::Ambiguous => "ambiguous",
            Outcome::NoMatch => "no_match",
        }
    }
}

/// A unit that fits.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Its number.
    pub no: UnitNo,
    /// The unit.
    pub unit: Arc<Unit<Target>>,
    /// How well it fits; comparable within one answer.
    pub score: f64,
    /// Why, the strongest reason first.
    pub why: Vec<Why>,
}

/// One reason for a hit.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// The rule that found it: `intent.action`, `header`.
    pub rule: &'static str,
    /// The words it found.
    pub matched: String,
    /// What it gave.
    pub weight: f64,
}
