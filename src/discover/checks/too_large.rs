//! SW004: a file is larger than a place in it can be named.

use crate::discover::Rule;
use crate::model::{Code, Diagnostic, Severity};

pub(in crate::discover) static RULE: Rule = Rule {
    code: Code(4),
    severity: Severity::Error,
    title: "a file is over 4 GiB",
    explanation: "Places in a file are named by 32-bit byte offsets, so a file of 4 GiB or more \
        is skipped. It is hardly a document that anyone wrote: exclude it, or split it.",
};

/// The largest size in bytes.
pub(in crate::discover) const LIMIT: u64 = u32::MAX as u64;

/// Fails for a size above the limit.
pub(in crate::discover) fn check(file: &str, size: u64) -> Result<(), Diagnostic> {
    if size <= LIMIT {
        return Ok(());
    }
    let message = format!("`{file}` has {size} bytes; at most {LIMIT} can be read");
    Err(RULE.finding(file, message, "split it, or exclude it in stepwell.toml"))
}
