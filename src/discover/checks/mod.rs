//! What can be wrong with a file before anyone reads it. One file a kind of finding.

pub(super) mod broken_link;
pub(super) mod folder_named_document;
pub(super) mod leaves_root;
pub(super) mod not_text;
pub(super) mod not_utf8;
pub(super) mod repeated_folder;
pub(super) mod too_large;
pub(super) mod unnameable;
pub(super) mod unreadable;
pub(super) mod unused_labels;

use super::Rule;

/// Every kind of finding of this stage, by code.
pub static RULES: [&Rule; 10] = [
    &not_utf8::RULE,
    &unreadable::RULE,
    &too_large::RULE,
    &leaves_root::RULE,
    &folder_named_document::RULE,
    &not_text::RULE,
    &broken_link::RULE,
    &unnameable::RULE,
    &unused_labels::RULE,
    &repeated_folder::RULE,
];
