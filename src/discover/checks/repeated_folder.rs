//! SW011: links give one folder too many names.

use crate::discover::Rule;
use crate::model::{Code, Diagnostic, Severity};

pub(in crate::discover) static RULE: Rule = Rule {
    code: Code(11),
    severity: Severity::Warning,
    title: "one folder is reached under too many names",
    explanation: "Symbolic links that cross each other give a folder a number of names that grows \
        with every link, and each name would be a page of its own. A folder is entered under its \
        first names only.",
};

/// Under how many names a folder is entered.
pub(in crate::discover) const LIMIT: usize = 8;

pub(in crate::discover) fn finding(file: &str) -> Diagnostic {
    let message = format!(
        "`{file}` is a folder that was read under {LIMIT} other names; it is not entered again"
    );
    RULE.finding(
        file,
        message,
        "remove links, or exclude them in stepwell.toml",
    )
}
