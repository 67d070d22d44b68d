//! Free words: what the person reports.

use super::Stop;
use crate::model::{Library, UnitNo, Unreadable};

/// Reads free words at a stop.
pub trait Listener {
    /// How the words are meant. Below `threshold` it is unsure rather than choosing; a threshold of
    /// 0 always chooses.
    ///
    /// # Errors
    /// A unit cannot be read.
    fn hear(
        &self,
        library: &dyn Library,
        words: &str,
        stop: &Stop,
        threshold: f64,
    ) -> Result<Heard, Unreadable>;
}

/// How words were read.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// They fit a choice.
    Choice {
        /// Its number.
        n: usize,
        /// 0 to 1.
        confidence: f64,
        /// Which words decided.
        why: String,
    },
    /// Done here.
    Next {
        /// 0 to 1.
        confidence: f64,
        /// Which words decided.
        why: String,
    },
    /// Back.
    Back,
    /// Stop.
    Quit,
    /// A side question that another unit answers.
    Aside(Aside),
    /// They fit several choices, or none.
    Unsure {
        /// Choices and how well each fits.
        candidates: Vec<(usize, f64)>,
        /// What would tell them apart.
        question: String,
    },
}

/// The answer to a side question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aside {
    /// The unit that answers.
    pub unit: UnitNo,
    /// 0 to 1.
    pub confidence: f64,
}
