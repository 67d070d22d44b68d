//! SW009: the name of a file is not UTF-8.

use crate::discover::Rule;
use crate::model::{Code, Diagnostic, Severity};

pub(in crate::discover) static RULE: Rule = Rule {
    code: Code(9),
    severity: Severity::Error,
    title: "a file's name is not UTF-8",
    explanation: "Units are named after the file they stand in, and names are UTF-8 text. A file \
        whose name is not is skipped. Rename it.",
};

/// `shown` is the name with a stand-in for what is not UTF-8.
pub(in crate::discover) fn finding(shown: &str) -> Diagnostic {
    let message = format!("the name of `{shown}` is not UTF-8; the file is skipped");
    RULE.finding(shown, message, "rename it")
}
