//! A linker and its target.

use std::rc::Rc;

use serde::{Serialize, Serializer};

use super::{ConditionJson, SourceJson};

/// A linker; its condition and decision only where there are any, and `remark` where what it leads to is
/// told of by the way.
#[derive(Clone, Debug, Serialize)]
pub struct LinkerJson<'u> {
    pub(super) kind: &'static str,
    pub(super) target: TargetJson<'u>,
    pub(super) via: &'static str,
    pub(super) source: SourceJson,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) remark: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) condition: Option<ConditionJson<'u>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) decision: Option<u16>,
}

/// `{"unit": id}`, `{"query": text}` or `{"url": address}`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetJson<'u> {
    /// The public name of a unit.
    #[serde(serialize_with = "as_text")]
    Unit(Rc<str>),
    /// What to search for when it is reached.
    Query(&'u str),
    /// An address outside of the set.
    Url(&'u str),
}

fn as_text<S: Serializer>(id: &Rc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(id)
}
