//! SW005: a symbolic link leads out of the root.

use std::path::Path;

use crate::discover::Rule;
use crate::model::{Code, Diagnostic, Severity};

pub(in crate::discover) static RULE: Rule = Rule {
    code: Code(5),
    severity: Severity::Warning,
    title: "a link leads out of the root",
    explanation: "A cloned repository can hold links to anything on the machine, so links are \
        followed only as long as they stay inside the compiled root. If the target belongs to the \
        set, compile with --root set to a folder that holds both.",
};

pub(in crate::discover) fn finding(file: &str, target: &Path, root: &Path) -> Diagnostic {
    let (target, root) = (target.display(), root.display());
    let message =
        format!("`{file}` is a link to {target}, outside of the root {root}; it is skipped");
    let help = "if it belongs to the set, name a folder that holds both with --root";
    RULE.finding(file, message, help)
}
