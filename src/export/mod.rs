//! The graph of units, or a part of it, for other programs.
//!
//! One file a format, all behind [`Format`]: a new one is a file and a line here. Line-delimited
//! JSON is the whole truth; the drawings leave out bodies and addresses outside of the set.
//!
//! *Deliberately absent:* opening files and knowing about terminals. A writer is handed in, and
//! whatever it fails with is handed back: a closed pipe is for the command line to forgive.

mod dot;
mod error;
mod graph;
mod label;
mod mermaid;
mod ndjson;
mod scope;

use std::io::Write;
use std::str::FromStr;

pub use error::{ExportError, UnknownFormat};
pub use scope::{DEFAULT_DEPTH, Scope};

use crate::model::Library;

/// A format that units are exported in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One unit a line, as JSON.
    Ndjson,
    /// A directed graph for Graphviz.
    Dot,
    /// A flowchart for Mermaid, which Markdown pages can hold.
    Mermaid,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 3] = [Format::Ndjson, Format::Dot, Format::Mermaid];

    /// The name in the public interface.
    pub fn name(self) -> &'static str {
        match self {
            Format::Ndjson => "ndjson",
            Format::Dot => "dot",
            Format::Mermaid => "mermaid",
        }
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let format = Format::ALL.into_iter().find(|f| f.name() == name);
        format.ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

/// Writes the units in `scope` to `out`. The same set gives the same bytes.
///
/// # Errors
/// No unit has the name in `scope`, the library cannot be read, the format cannot hold that much,
/// or `out` fails.
pub fn export(
    library: &dyn Library,
    scope: &Scope,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let units = scope::select(library, scope)?;
    match format {
        Format::Ndjson => ndjson::write(library, units, out),
        Format::Dot => dot::write(&graph::Graph::of(library, units)?, out),
        Format::Mermaid => mermaid::write(&graph::Graph::of(library, units)?, out),
    }
}

#[cfg(test)]
mod tests;
