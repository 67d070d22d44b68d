//! Ways of which one is enough: "Option A: use the console", "Debian / Ubuntu".

use super::label::{Label, LabelKind, label};
use crate::grammar::{Cursor, Role, TokenKind};

const SYSTEM: Role = Role::named("option.system");
/// "On", "or later"
const BESIDE: Role = Role::named("option.beside_system");

/// The label of an option that a text begins with.
pub fn option_label(text: Cursor<'_>) -> Option<Label> {
    label(text).filter(|l| l.kind == LabelKind::Option)
}

/// Is a heading nothing but what systems are called, with their versions: "Debian 12 / Ubuntu", "On Windows"?
pub fn names_systems(mut heading: Cursor<'_>) -> bool {
    let mut named = false;
    while let Some(token) = heading.peek() {
        let length = match heading.find_any(&[SYSTEM, BESIDE]) {
            Some((m, _)) => {
                named |= m.role == SYSTEM;
                m.end as usize - heading.at
            }
            None if token.kind == TokenKind::Word => return false,
            None => 1,
        };
        heading = heading.skip(length);
    }
    named
}
