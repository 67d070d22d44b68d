//! SW007: a file is not text.

use crate::discover::Rule;
use crate::model::{Code, Diagnostic, Severity};

pub(in crate::discover) static RULE: Rule = Rule {
    code: Code(7),
    severity: Severity::Error,
    title: "a file is not text",
    explanation: "Formats are told by extension, then by content. This file's extension is not \
        that of a document and its content is binary, so it is skipped.",
};

pub(in crate::discover) fn finding(file: &str) -> Diagnostic {
    let message =
        format!("`{file}` is not text: its name is not a document's and it holds zero bytes");
    RULE.finding(
        file,
        message,
        "name Markdown files, or narrow [compile] include in stepwell.toml",
    )
}
