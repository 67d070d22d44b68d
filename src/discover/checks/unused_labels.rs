//! SW010: a rule that hides files matches none.

use crate::config::{Config, LabelRule};
use crate::discover::{Rule, SourceText};
use crate::model::{Code, Diagnostic, Severity};

pub(in crate::discover) static RULE: Rule = Rule {
    code: Code(10),
    severity: Severity::Warning,
    title: "a [[labels]] rule matches no file",
    explanation: "Labels decide who may see a file. A rule that matches nothing usually means \
        that its paths are written relative to another folder than the compiled root, so files \
        that should be labelled are visible to everyone.",
};

/// The rules that none of the files matches.
pub(in crate::discover) fn check(config: &Config, files: &[SourceText]) -> Vec<Diagnostic> {
    let unused = |rule: &&LabelRule| !files.iter().any(|f| rule.paths.is_match(&f.path));
    let rules = config.labels.rules().iter().filter(unused);
    rules.map(finding).collect()
}

fn finding(rule: &LabelRule) -> Diagnostic {
    let paths = rule.paths.written().join(", ");
    let message = format!(
        "the [[labels]] rule at {} matches no file: {paths}",
        rule.place
    );
    let help = "its paths are relative to the compiled root; check them, or remove the rule";
    RULE.finding(&rule.place.file.display().to_string(), message, help)
}
