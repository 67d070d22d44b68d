//! SW002: a file or folder cannot be read.

use crate::discover::Rule;
use crate::model::{Code, Diagnostic, Severity};

pub(in crate::discover) static RULE: Rule = Rule {
    code: Code(2),
    severity: Severity::Error,
    title: "a file or folder cannot be read",
    explanation: "The system refused to open it, or it vanished while the set was read. It is \
        skipped and the rest is compiled. Check its permissions, or exclude it in stepwell.toml.",
};

pub(in crate::discover) fn finding(file: &str, error: &std::io::Error) -> Diagnostic {
    let message = format!("`{file}` cannot be read: {error}");
    RULE.finding(
        file,
        message,
        "check its permissions, or exclude it in stepwell.toml",
    )
}
