//! SW008: a symbolic link leads nowhere, or in a circle.

use crate::discover::Rule;
use crate::model::{Code, Diagnostic, Severity};

pub(in crate::discover) static RULE: Rule = Rule {
    code: Code(8),
    severity: Severity::Warning,
    title: "a link leads nowhere",
    explanation: "The target of a symbolic link is not there, or it is a folder that the link \
        itself stands in. There is nothing to read behind it that is not read already.",
};

/// The target is not there.
pub(in crate::discover) fn nowhere(file: &str) -> Diagnostic {
    let message = format!("`{file}` is a link whose target is not there");
    RULE.finding(file, message, "mend or remove the link")
}

/// The target holds the link.
pub(in crate::discover) fn circle(file: &str) -> Diagnostic {
    let message = format!("`{file}` is a link to a folder that holds it; it is not followed");
    RULE.finding(
        file,
        message,
        "remove the link, or exclude it in stepwell.toml",
    )
}
