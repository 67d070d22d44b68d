//! A finding.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use super::SourceJson;
use crate::model::Diagnostic;

/// A finding: one line of `check --format json`.
#[derive(Clone, Debug, Serialize)]
pub struct DiagnosticJson<'d> {
    code: String,
    severity: &'static str,
    message: &'d str,
    help: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<FoundAt<'d>>,
}

/// Where it is: a place, or a file that could not be read.
#[derive(Clone, Debug)]
enum FoundAt<'d> {
    Place(SourceJson),
    File(&'d str),
}

impl<'d> DiagnosticJson<'d> {
    pub(super) fn new(finding: &'d Diagnostic, source: Option<SourceJson>) -> Self {
        let file = finding.file.as_deref().map(FoundAt::File);
        DiagnosticJson {
            code: finding.code.to_string(),
            severity: finding.severity.name(),
            message: &finding.message,
            help: &finding.help,
            unit: finding.unit.as_ref().map(|id| id.0.as_str()),
            source: source.map(FoundAt::Place).or(file),
        }
    }
}

impl Serialize for FoundAt<'_> {
    /// A file that could not be read has no lines and no hash. It keeps the shape of a source, at
    /// its beginning, so that programs which go to a line need no second case.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let file = match self {
            FoundAt::Place(source) => return source.serialize(serializer),
            FoundAt::File(file) => file,
        };
        let mut source = serializer.serialize_struct("Source", 4)?;
        source.serialize_field("file", file)?;
        source.serialize_field("lines", &[1, 1])?;
        source.serialize_field("bytes", &[0, 0])?;
        source.serialize_field("hash", "")?;
        source.end()
    }
}
