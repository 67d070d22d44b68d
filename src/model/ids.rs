//! What identifies what.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The public, stable, readable name of a unit: `page#slug`, nested steps `page#slug/3/2`.
///
/// Unique in a store. Recompiling unchanged sources gives the same ids, and editing one section
/// leaves the ids of the others alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitId(pub String);

impl UnitId {
    /// Is the unit named by its place in what holds it, as steps are, and not by its own heading?
    pub fn is_nested(&self) -> bool {
        let local = self.0.rsplit('#').next();
        local.is_some_and(|local| local.contains('/'))
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The place of a unit in a compiled set: its index in page order.
///
/// Dense, small and valid only inside one compiled set. While a page is being extracted the same
/// type counts within that page; linking shifts it by the page's base.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct UnitNo(pub u32);

impl UnitNo {
    /// The index as a `usize`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A source file of the set: its index in the sorted list of files.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct FileId(pub u32);

impl FileId {
    /// The index as a `usize`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
