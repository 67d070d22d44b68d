//! What can come after, before or beside a unit.

use serde::{Deserialize, Serialize};

use super::{Condition, Span, UnitNo};

/// A typed edge from the unit that has it. `T` is how its target is named: see [`super::Unit`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linker<T> {
    /// What the target is to the unit.
    pub kind: LinkerKind,
    /// Where it leads.
    pub target: T,
    /// How it was found.
    pub via: Via,
    /// When it may be followed; `None` for always. Most linkers have none, and are small.
    pub condition: Option<Box<Condition>>,
    /// Linkers of one unit with the same number exclude each other. Decisions are asked in the
    /// order of their numbers.
    pub decision: Option<u16>,
    /// Where it is stated; for document order, the unit itself.
    pub span: Span,
}

/// A resolved target.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Target {
    /// A unit of this set.
    Unit(UnitNo),
    /// No pointer: found by search when it is reached.
    Query(String),
    /// An address outside the set.
    Url(String),
}

impl Target {
    /// The unit, if the target is one.
    pub fn unit(&self) -> Option<UnitNo> {
        match self {
            Target::Unit(no) => Some(*no),
            Target::Query(_) | Target::Url(_) => None,
        }
    }
}

/// What a linker's target is to the unit that has the linker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkerKind {
    /// A sub-step.
    Part,
    /// Comes after.
    Next,
    /// Comes after if the condition holds.
    Branch,
    /// One of several ways to do the same.
    Option,
    /// A procedure to do before coming back.
    Call,
    /// Comes before.
    Requires,
    /// Suggested for afterwards.
    FollowUp,
    /// Explains a term used here.
    Defines,
    /// Related reading.
    See,
    /// The same text, first place.
    Same,
}

impl LinkerKind {
    /// The name in the public interface.
    pub fn name(self) -> &'static str {
        match self {
            LinkerKind::Part => "part",
            LinkerKind::Next => "next",
            LinkerKind::Branch => "branch",
            LinkerKind::Option => "option",
            LinkerKind::Call => "call",
            LinkerKind::Requires => "requires",
            LinkerKind::FollowUp => "follow_up",
            LinkerKind::Defines => "defines",
            LinkerKind::See => "see",
            LinkerKind::Same => "same",
        }
    }
}

/// How a linker was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// Document order.
    Order,
    /// A cue such as "go to step 5".
    Phrase,
    /// A Prerequisites or Next-steps section.
    Section,
    /// By the way in a section of prerequisites, which links to it and does not ask for it: a remark.
    Remark,
    /// A hyperlink in running text.
    Link,
    /// Tabs, zones and the like.
    Tab,
    /// A defined term.
    Term,
    /// Concluded from several signs.
    Inferred,
}

impl Via {
    /// The name in the public interface.
    pub fn name(self) -> &'static str {
        match self {
            Via::Order => "order",
            Via::Phrase => "phrase",
            Via::Section | Via::Remark => "section",
            Via::Link => "link",
            Via::Tab => "tab",
            Via::Term => "term",
            Via::Inferred => "inferred",
        }
    }
}
