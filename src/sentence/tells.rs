//! Does a sentence tell the reader something to do, or only how things are?

use super::call::calls;
use super::ending::ending;
use super::jump::jumps;
use super::verb::imperative;
use crate::grammar::Cursor;
use crate::model::Inline;

/// Does what is said under a condition tell what to do there: a command, a way to go on, an end?
/// "…, the kubelet restarts it" tells how things are, and is no branch of a procedure.
pub fn tells(said: Cursor<'_>, inline: &Inline) -> bool {
    imperative(said).is_some()
        || ending(said).is_some()
        || !jumps(said, inline).is_empty()
        || !calls(said, inline).is_empty()
}
