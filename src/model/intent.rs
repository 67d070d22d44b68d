//! What a header, or a question, asks for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A header read by the grammar: what is done to what, and under which qualification.
///
/// All values are lower case. Every part is empty where the text has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// The lemma of the verb: `create` for "Creating a cluster".
    pub action: String,
    /// What the action is done to, without its article.
    pub object: String,
    /// Preposition to complement: `{"with": "azure cli"}`.
    pub qualifiers: BTreeMap<String, String>,
}

impl Intent {
    /// Was nothing read?
    pub fn is_empty(&self) -> bool {
        self.action.is_empty() && self.object.is_empty() && self.qualifiers.is_empty()
    }
}
