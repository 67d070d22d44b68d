//! What a stored set says about itself.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::{CompiledSet, Kind};

use super::error::StoreError;

/// How a set was compiled: what `status` prints and what tells whether the store is stale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetInfo {
    /// The folder that paths are relative to.
    pub root: String,
    /// The sources that were named.
    pub paths: Vec<String>,
    /// The configuration file that was used.
    pub config: Option<String>,
    /// Who wrote it: `stepwell 0.1.0`.
    pub program: String,
    /// The embedding model; `none` without one.
    pub embedder: String,
}

/// How much is in a set, counted so that a caller learns only of what it may see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Source files.
    pub files: u32,
    /// Units of all kinds and for everyone. For printing, see [`Counts::visible`].
    pub units: u32,
    /// Diagnostics.
    pub diagnostics: u32,
    /// Units by who may see them, ordered by label.
    pub audiences: Vec<Audience>,
}

/// The units that need the same labels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// All of them are needed; ordered; empty for everyone.
    pub labels: Vec<String>,
    /// Units by kind.
    pub kinds: BTreeMap<Kind, u32>,
}

impl Counts {
    /// Counts `set`.
    pub(super) fn of(set: &CompiledSet) -> Result<Counts, StoreError> {
        let mut audiences: BTreeMap<BTreeSet<&str>, BTreeMap<Kind, u32>> = BTreeMap::new();
        for unit in &set.units {
            let labels = unit.labels.iter().map(String::as_str).collect();
            *audiences
                .entry(labels)
                .or_default()
                .entry(unit.kind)
                .or_default() += 1;
        }
        Ok(Counts {
            files: count("files", set.files.len())?,
            units: count("units", set.units.len())?,
            diagnostics: count("diagnostics", set.diagnostics.len())?,
            audiences: audiences.into_iter().map(Audience::new).collect(),
        })
    }

    /// Units by kind, of those whose labels are all among `labels`. Kinds without units are left
    /// out.
    pub fn visible(&self, labels: &[String]) -> BTreeMap<Kind, u32> {
        let mut kinds = BTreeMap::new();
        let open = |audience: &&Audience| audience.labels.iter().all(|l| labels.contains(l));
        for audience in self.audiences.iter().filter(open) {
            for (kind, n) in &audience.kinds {
                *kinds.entry(*kind).or_default() += n;
            }
        }
        kinds
    }
}

impl Audience {
    fn new((labels, kinds): (BTreeSet<&str>, BTreeMap<Kind, u32>)) -> Self {
        Audience {
            labels: labels.into_iter().map(str::to_owned).collect(),
            kinds,
        }
    }
}

fn count(what: &str, n: usize) -> Result<u32, StoreError> {
    u32::try_from(n).map_err(|_| StoreError::Unfit(format!("{n} {what} are too many")))
}

/// The part `info` of a published file. JSON, so that keys can be added without a new format.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Front {
    pub(super) set: SetInfo,
    pub(super) counts: Counts,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::samples;

    #[test]
    fn a_caller_learns_only_of_what_it_may_see() -> Result<(), StoreError> {
        let mut set = samples::set(10);
        for (n, unit) in set.units.iter_mut().enumerate() {
            unit.kind = Kind::Step;
            unit.labels = match n {
                0..5 => vec![],
                5..8 => vec!["staff".into()],
                _ => vec!["staff".into(), "night".into(), "staff".into()],
            };
        }
        let counts = Counts::of(&set)?;
        let steps = |labels: &[&str]| {
            let labels: Vec<String> = labels.iter().map(|l| (*l).to_owned()).collect();
            counts.visible(&labels).get(&Kind::Step).copied()
        };
        assert_eq!(counts.units, 10);
        assert_eq!(steps(&[]), Some(5));
        assert_eq!(steps(&["night"]), Some(5));
        assert_eq!(steps(&["staff"]), Some(8));
        assert_eq!(steps(&["staff", "night"]), Some(10));
        Ok(())
    }
}
