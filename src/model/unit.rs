//! The logic unit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Abbreviation, FileId, Intent, Linker, Prerequisite, Span, UnitId, UnitNo};

/// The smallest piece of a how-to document that can be asked for, done and followed up on its own.
///
/// The idea and its four fields (prerequisite, header, body, linker) come from THREAD (An et al.,
/// EMNLP 2025, arXiv 2406.13372), which makes units with a language model.
///
/// `T` is how targets are named: [`super::Mention`] before linking, [`super::Target`] after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unit<T> {
    /// Its public name.
    pub id: UnitId,
    /// What it is.
    pub kind: Kind,
    /// Its purpose as plain text.
    pub header: String,
    /// The header read by the grammar.
    pub intent: Intent,
    /// What the author says about it in the front matter; empty but for a page's unit.
    pub summary: String,
    /// What must be so first.
    pub prerequisites: Vec<Prerequisite<T>>,
    /// The author's Markdown: one contiguous range of one file, without what its parts hold.
    pub body: String,
    /// What a reader sees in the body where it only names an address: what the text there says, or its
    /// title. Empty where the body shows nothing of other texts.
    pub inserts: BTreeMap<String, String>,
    /// What comes after, before or beside it.
    pub linkers: Vec<Linker<T>>,
    /// Present where the author stops here.
    pub ends: Option<Ending>,
    /// Is all of it only told, so that nothing is done in it: a section "Impact", a text between steps?
    pub told: bool,
    /// Titles from the page to the unit.
    pub path: Vec<String>,
    /// What its own text, its header or its summary spells out in brackets.
    pub abbreviations: Vec<Abbreviation>,
    /// Who may see it; empty for everyone.
    pub labels: Vec<String>,
    /// The variants it is for; empty for all.
    pub applies: BTreeMap<String, Vec<String>>,
    /// BCP 47.
    pub language: String,
    /// The file it belongs to. Differs from `span.file` only for included text.
    pub page: FileId,
    /// From its header to the end of its last part.
    pub span: Span,
    /// Where it hangs in its page.
    pub place: Place,
    /// The number the author gave it: `3`, `2.1`.
    pub number: Option<String>,
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A page or section that serves one intent and has steps.
    Procedure,
    /// One thing to do.
    Step,
    /// A definition.
    Term,
    /// A question and its answer.
    Faq,
    /// Anything else.
    Reference,
}

impl Kind {
    /// All kinds, in the order of the public interface.
    pub const ALL: [Kind; 5] = [
        Kind::Procedure,
        Kind::Step,
        Kind::Term,
        Kind::Faq,
        Kind::Reference,
    ];

    /// The name in the public interface.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Procedure => "procedure",
            Kind::Step => "step",
            Kind::Term => "term",
            Kind::Faq => "faq",
            Kind::Reference => "reference",
        }
    }
}

/// How the author stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The goal is reached.
    Resolved,
    /// "… is not facing this issue".
    NotApplicable,
    /// "Escalate to …".
    HandedOver,
}

impl Ending {
    /// The name in the public interface.
    pub fn name(self) -> &'static str {
        match self {
            Ending::Resolved => "resolved",
            Ending::NotApplicable => "not_applicable",
            Ending::HandedOver => "handed_over",
        }
    }
}

/// Where a unit hangs in its page, which is what a walk needs to know about where it comes back to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The unit it hangs under; `None` for a root of its page.
    pub parent: Option<UnitNo>,
    /// How it hangs there.
    pub role: Role,
}

/// How a unit hangs under its parent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// A page's own unit, or one beside it.
    #[default]
    Root,
    /// In the parent's sequence.
    Part,
    /// Chosen by this decision of the parent: the block under a condition, or an option.
    Choice(u16),
    /// In its place, but no sequence leads to it: a section of prerequisites or of next steps.
    Aside,
}
