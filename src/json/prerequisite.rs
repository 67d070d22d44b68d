//! A prerequisite.

use serde::Serialize;

use super::{ConditionJson, SourceJson, TargetJson};
use crate::model::{PrerequisiteKind, Test};

/// A prerequisite; its constraint, target, condition and number of a choice only where there are any, and `remark`
/// where it is one.
#[derive(Clone, Debug, Serialize)]
pub struct PrerequisiteJson<'u> {
    pub(super) text: &'u str,
    pub(super) kind: PrerequisiteKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) constraint: Option<&'u Test>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) target: Option<TargetJson<'u>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) remark: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) condition: Option<ConditionJson<'u>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) one_of: Option<u16>,
    pub(super) source: SourceJson,
}
