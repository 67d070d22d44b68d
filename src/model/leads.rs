//! Where a unit leads, for callers who do not see every page.

use serde::{Deserialize, Serialize};

use super::{Linker, Target};

/// Something that may depend on what a caller may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PerView<T> {
    /// It is the same for everyone.
    Always(T),
    /// It is that of the first case that holds. One always does; the first is that of a caller who
    /// sees everything.
    Cases(Vec<Case<T>>),
}

/// What something is for callers who hold some labels and lack others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case<T> {
    /// All of these hold.
    pub when: Vec<Sight>,
    /// What it is then.
    pub then: T,
}

/// Whether a caller sees what has these labels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sight {
    /// The labels.
    pub labels: Vec<String>,
    /// Does the caller hold all of them?
    pub held: bool,
}

impl Sight {
    fn is_of(&self, held: &[String]) -> bool {
        self.labels.iter().all(|label| held.contains(label)) == self.held
    }
}

impl<T> PerView<T> {
    /// What it is for a caller who holds these labels.
    pub fn of(&self, held: &[String]) -> Option<&T> {
        match self {
            PerView::Always(it) => Some(it),
            PerView::Cases(cases) => cases
                .iter()
                .find(|case| case.when.iter().all(|sight| sight.is_of(held)))
                .map(|case| &case.then),
        }
    }

    /// Is it not the same for everyone?
    pub fn depends(&self) -> bool {
        matches!(self, PerView::Cases(_))
    }

    /// What it is for a caller who sees everything.
    pub fn whole(self) -> Option<T> {
        match self {
            PerView::Always(it) => Some(it),
            PerView::Cases(cases) => cases.into_iter().next().map(|case| case.then),
        }
    }
}

/// Where a unit leads, of which something depends on what a caller may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leads {
    /// What the author names, in the order of the text; `None` where it leads nowhere.
    pub linkers: Vec<PerView<Option<Linker<Target>>>>,
    /// The target of each prerequisite, in their order.
    pub prerequisites: Vec<PerView<Option<Target>>>,
}
