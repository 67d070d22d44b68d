//! Who may see which files.

use super::{Globs, Place};

/// One `[[labels]]` table.
#[derive(Clone, Debug)]
pub struct LabelRule {
    /// The files and folders it is for.
    pub paths: Globs,
    /// The labels that their units get.
    pub add: Vec<String>,
    /// Where it is written, for a rule that turns out to match nothing.
    pub place: Place,
}

/// All rules, in their order. Every rule that matches adds its labels.
#[derive(Clone, Debug, Default)]
pub struct LabelRules(Vec<LabelRule>);

impl LabelRules {
    /// The rules in their order.
    pub fn new(rules: Vec<LabelRule>) -> Self {
        LabelRules(rules)
    }

    /// The rules in their order.
    pub fn rules(&self) -> &[LabelRule] {
        &self.0
    }

    /// The labels of the file at this path, relative to the root: sorted, each once.
    pub fn of(&self, path: &str) -> Vec<String> {
        let rules = self.0.iter().filter(|rule| rule.paths.is_match(path));
        let mut labels: Vec<String> = rules.flat_map(|rule| rule.add.clone()).collect();
        labels.sort();
        labels.dedup();
        labels
    }
}
