//! SW006: a folder has the name of a document.

use crate::discover::Rule;
use crate::model::{Code, Diagnostic, Severity};

pub(in crate::discover) static RULE: Rule = Rule {
    code: Code(6),
    severity: Severity::Note,
    title: "a folder has the name of a document",
    explanation: "A folder called `page.md` is walked like any other folder. Links to `page.md` \
        lead to nothing though, so it is most likely a slip of the keyboard.",
};

pub(in crate::discover) fn finding(file: &str) -> Diagnostic {
    let message = format!("`{file}` is a folder; the documents in it are read");
    RULE.finding(file, message, "rename it unless it is meant to be a folder")
}
