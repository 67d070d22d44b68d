//! What went wrong in a document, where, and what to do.

use serde::{Deserialize, Serialize};

use super::{Span, UnitId};

/// A finding about a document. Never fatal: what cannot be understood becomes a `reference` unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What kind of finding.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// What happened.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Where. `None` for a file that could not be read as text.
    pub span: Option<Span>,
    /// The path, where there is no span.
    pub file: Option<String>,
    /// The unit that has it, once units have ids.
    pub unit: Option<UnitId>,
}

/// The stable name of a kind of finding: `SW101`. The module that raises it defines it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(pub u16);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SW{:03}", self.0)
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Note,
    /// Probably a mistake in the document.
    Warning,
    /// Something could not be compiled.
    Error,
}

impl Severity {
    /// The name in the public interface.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl Diagnostic {
    /// A finding at a place.
    pub fn at(code: Code, severity: Severity, span: Span, message: String, help: &str) -> Self {
        Diagnostic {
            code,
            severity,
            message,
            help: help.to_owned(),
            span: Some(span),
            file: None,
            unit: None,
        }
    }

    /// A finding about a whole file that has no spans.
    pub fn in_file(
        code: Code,
        severity: Severity,
        file: &str,
        message: String,
        help: &str,
    ) -> Self {
        Diagnostic {
            code,
            severity,
            message,
            help: help.to_owned(),
            span: None,
            file: Some(file.to_owned()),
            unit: None,
        }
    }
}
