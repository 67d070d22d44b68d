//! A unit.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{LinkerJson, PageJson, PrerequisiteJson, SourceJson};
use crate::model::{Abbreviation, Intent};

/// A unit with everything that belongs to it, in the key order of the public interface.
#[derive(Clone, Debug, Serialize)]
pub struct UnitJson<'u> {
    pub(super) id: &'u str,
    pub(super) kind: &'static str,
    pub(super) header: &'u str,
    pub(super) intent: &'u Intent,
    pub(super) path: &'u [String],
    pub(super) prerequisites: Vec<PrerequisiteJson<'u>>,
    pub(super) body: &'u str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) inserts: &'u BTreeMap<String, String>,
    pub(super) linkers: Vec<LinkerJson<'u>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ends: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) told: bool,
    #[serde(skip_serializing_if = "<[Abbreviation]>::is_empty")]
    pub(super) abbreviations: &'u [Abbreviation],
    pub(super) labels: &'u [String],
    pub(super) applies: &'u BTreeMap<String, Vec<String>>,
    pub(super) language: &'u str,
    pub(super) page: PageJson,
    pub(super) source: SourceJson,
}
