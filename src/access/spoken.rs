//! What the pages of a set are written in, as far as a caller may know.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::Unit;

/// The languages and dialects of a set, and who sees a page that is written so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken(BTreeSet<Written>);

/// What some page is written in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Written {
    language: String,
    dialect: String,
    /// The labels that a caller must hold to see it.
    labels: Vec<String>,
}

impl Spoken {
    /// What units are written in; `dialects` has the dialect of each file.
    pub fn of<T>(units: &[Unit<T>], dialects: &[&str]) -> Self {
        let written = |unit: &Unit<T>| Written {
            language: unit.language.clone(),
            dialect: dialects[unit.span.file.index()].to_owned(),
            labels: unit.labels.clone(),
        };
        // The units of a page stand together, and most are written alike.
        let alike = |a: &Unit<T>, b: &Unit<T>| {
            a.span.file == b.span.file && a.language == b.language && a.labels == b.labels
        };
        let runs = units.chunk_by(alike);
        Spoken(runs.map(|run| written(&run[0])).collect())
    }

    /// The codes of the languages that holders of these labels see; `None` for all that there are.
    pub fn languages(&self, held: Option<&[String]>) -> BTreeSet<&str> {
        self.seen(held).map(|w| w.language.as_str()).collect()
    }

    /// The names of the dialects that holders of these labels see; `None` for all that there are.
    pub fn dialects(&self, held: Option<&[String]>) -> BTreeSet<&str> {
        self.seen(held).map(|w| w.dialect.as_str()).collect()
    }

    fn seen(&self, held: Option<&[String]>) -> impl Iterator<Item = &Written> {
        let sees = move |written: &&Written| {
            held.is_none_or(|held| written.labels.iter().all(|label| held.contains(label)))
        };
        self.0.iter().filter(sees)
    }
}
