//! A kind of finding.

use crate::model::{Code, Diagnostic, Severity};

/// What all findings of one kind have in common. The check that raises them defines it.
#[derive(Debug)]
pub struct Rule {
    /// Its stable name.
    pub code: Code,
    /// How bad such a finding is.
    pub severity: Severity,
    /// In a few words.
    pub title: &'static str,
    /// Why it matters and what to do, for someone who meets it for the first time.
    pub explanation: &'static str,
}

impl Rule {
    /// A finding about a file.
    pub(super) fn finding(&self, file: &str, message: String, help: &str) -> Diagnostic {
        Diagnostic::in_file(self.code, self.severity, file, message, help)
    }
}
