//! Abbreviations of a set.

use serde::{Deserialize, Serialize};

/// An abbreviation that a text spells out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Abbreviation {
    /// "HPA"
    pub short: String,
    /// "Horizontal Pod Autoscaler", on one line.
    pub long: String,
}
