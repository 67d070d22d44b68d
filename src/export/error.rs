//! Why nothing was exported.

use super::Format;
use super::mermaid::{MAX_CHARACTERS, MAX_EDGES};
use crate::model::{UnitId, Unreadable};

/// Why an export ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Where it was written to failed. A closed pipe is told by its kind.
    #[error("cannot write the export: {0}")]
    Write(#[from] std::io::Error),
    /// The set cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// No unit has this name.
    #[error("no unit is called `{0}`; `stepwell list` shows them all")]
    NoSuchUnit(UnitId),
    /// More than Mermaid takes.
    #[error(
        "the graph of {units} units has {edges} edges and {characters} characters, but Mermaid draws at most {MAX_EDGES} edges and {MAX_CHARACTERS} characters; narrow it with --unit ID and --depth N, or use the format dot"
    )]
    TooBigForMermaid {
        /// How many units it has.
        units: usize,
        /// How many edges.
        edges: usize,
        /// How many UTF-16 units, which is what Mermaid counts.
        characters: usize,
    },
}

/// A format that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no format {0:?}: write one of {known}", known = known())]
pub struct UnknownFormat(pub(super) String);

fn known() -> String {
    Format::ALL.map(Format::name).join(", ")
}
