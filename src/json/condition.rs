//! A condition.

use serde::Serialize;

use crate::model::{Condition, Test};

/// A condition: `{text, polarity}`, and what else applies.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ConditionJson<'u> {
    text: &'u str,
    polarity: &'static str,
    #[serde(rename = "else", skip_serializing_if = "Option::is_none")]
    otherwise: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'u [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    test: Option<&'u Test>,
}

impl<'u> From<&'u Condition> for ConditionJson<'u> {
    fn from(condition: &'u Condition) -> Self {
        ConditionJson {
            text: &condition.text,
            polarity: condition.polarity.name(),
            otherwise: condition.otherwise.then_some(true),
            of: condition.otherwise.then_some(&condition.of),
            test: condition.test.as_ref(),
        }
    }
}
