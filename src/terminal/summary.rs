//! How many findings there are, in a line.

use std::collections::BTreeSet;
use std::fmt;

use crate::model::{Diagnostic, Severity};

/// The number of findings by severity, and of the files they are in: `1 error, 3 warnings in 2
/// files`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many errors.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// How many notes.
    pub notes: usize,
    /// In how many files.
    pub files: usize,
}

impl Summary {
    /// Counts.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |severity| {
            diagnostics
                .iter()
                .filter(|d| d.severity == severity)
                .count()
        };
        let files = diagnostics
            .iter()
            .map(|d| (d.span.map(|s| s.file), &d.file));
        Summary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            files: files.collect::<BTreeSet<_>>().len(),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.errors, "error"),
            (self.warnings, "warning"),
            (self.notes, "note"),
        ];
        let counts = counts.iter().filter(|(n, _)| *n > 0);
        let counts: Vec<String> = counts.map(|(n, what)| counted(*n, what)).collect();
        if counts.is_empty() {
            return f.write_str("no findings");
        }
        write!(
            f,
            "{} in {}",
            counts.join(", "),
            counted(self.files, "file")
        )
    }
}

fn counted(n: usize, what: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {what}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Code;

    #[test]
    fn counts_are_written_as_people_write_them() {
        let finding =
            |severity, file: &str| Diagnostic::in_file(Code(1), severity, file, String::new(), "");
        let findings = [
            finding(Severity::Warning, "a.md"),
            finding(Severity::Warning, "b.md"),
            finding(Severity::Error, "a.md"),
        ];
        let summary = |n: usize| Summary::of(&findings[..n]).to_string();
        assert_eq!(summary(0), "no findings");
        assert_eq!(summary(1), "1 warning in 1 file");
        assert_eq!(summary(3), "1 error, 2 warnings in 2 files");
    }
}
