//! What must be true, done or known before a unit is started.

use serde::{Deserialize, Serialize};

use super::{Condition, Span, Test};

/// One prerequisite of a procedure. `T` is how its target is named: see [`super::Unit`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prerequisite<T> {
    /// As written, without inline markup.
    pub text: String,
    /// What kind of thing it asks for.
    pub kind: PrerequisiteKind,
    /// A comparison it states: `kubernetes >= 1.29`.
    pub constraint: Option<Test>,
    /// Where it is done or explained. The unit then also has a `requires` linker to it.
    pub target: Option<T>,
    /// Is it only told among what is asked for: a fact, a limitation, what could be done instead, or where to
    /// read more?
    pub remark: bool,
    /// In which case alone it is asked for, as the author says it: "if you use the mill".
    pub condition: Option<Box<Condition>>,
    /// The same on all prerequisites of a page of which one is enough.
    pub one_of: Option<u16>,
    /// Where it is stated.
    pub span: Span,
}

/// Prerequisites by where they stand in the text.
pub struct Standing<'p, T>(Vec<&'p Prerequisite<T>>);

impl<'p, T> Standing<'p, T> {
    /// Of these prerequisites.
    pub fn of(prerequisites: impl IntoIterator<Item = &'p Prerequisite<T>>) -> Self {
        let mut all: Vec<_> = prerequisites.into_iter().collect();
        all.sort_by_key(|p| (p.span.file, p.span.start));
        Standing(all)
    }

    /// The one that a place stands in.
    pub fn around(&self, place: Span) -> Option<&'p Prerequisite<T>> {
        let begins = |p: &Prerequisite<T>| (p.span.file, p.span.start);
        let place_begins = (place.file, place.start);
        let before = &self.0[..self.0.partition_point(|p| begins(p) <= place_begins)];
        let last = begins(before.last()?);
        let nearest = &before[before.partition_point(|p| begins(p) < last)..];
        nearest.iter().find(|p| p.span.holds(place)).copied()
    }
}

impl<T> Prerequisite<T> {
    /// Is it asked of everybody, and not only told, asked for in some case or one of several?
    pub fn is_asked_of_all(&self) -> bool {
        !self.remark && self.condition.is_none() && self.one_of.is_none()
    }
}

/// What a prerequisite asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PrerequisiteKind {
    /// Another procedure was done.
    Done,
    /// A tool is installed.
    Tool,
    /// A role, permission or account is there.
    Access,
    /// Something is in a certain state.
    #[default]
    State,
    /// Something is known.
    Knowledge,
}
