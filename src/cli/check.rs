//! `stepwell check`: what is wrong in documents. No store is read or written.

use super::args::{Check, FindingFormat, Global};
use super::compile::write_findings;
use super::workshop::{Order, make};
use super::{CliError, Outcome, remark};
use crate::model::Severity;
use crate::terminal::{Stream, Summary};

pub(super) fn run(global: &Global, args: &Check) -> Result<Outcome, CliError> {
    let order = Order {
        paths: &args.paths,
        root: args.root.as_deref(),
        grammar: args.grammar.as_deref(),
        config: global.config.as_deref(),
    };
    let made = make(global, &order)?;
    match args.format {
        FindingFormat::Json => write_findings(&made)?,
        FindingFormat::Human => made.report(usize::MAX, global.color.palette(Stream::Err))?,
    }
    if made.texts.is_empty() {
        return Err(CliError::NothingRead);
    }
    let findings = &made.set.diagnostics;
    let pages = made.texts.len();
    match findings.len() {
        0 => remark(global, &format!("{pages} pages, nothing to report")),
        _ => remark(global, &format!("{pages} pages, {}", Summary::of(findings))),
    }
    let found = findings.iter().any(|d| d.severity >= Severity::Warning);
    Ok(if found { Outcome::Found } else { Outcome::Done })
}
