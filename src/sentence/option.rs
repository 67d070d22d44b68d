//! Ways of which one is enough: "Option A: use the console".

use super::label::{Label, LabelKind, label};
use crate::grammar::Cursor;

/// The label of an option that a text begins with.
pub fn option_label(text: Cursor<'_>) -> Option<Label> {
    label(text).filter(|l| l.kind == LabelKind::Option)
}
