//! `stepwell check`: what is wrong in documents. No store is read or written.

use super::args::{Check, FindingFormat, Global};
use super::compile::write_findings;
use super::stages::Stages;
use super::workshop::{LookFrom, Order, make};
use super::{CliError, Outcome, counted, detail, remark};
use crate::model::Severity;
use crate::terminal::{Stream, Summary};

pub(super) fn run(global: &Global, args: &Check) -> Result<Outcome, CliError> {
    let order = Order {
        paths: &args.paths,
        root: args.root.as_deref(),
        grammar: args.grammar.as_deref(),
        config: global.config.as_deref(),
        embedder: None,
        look: LookFrom::Path,
    };
    let stages = Stages::new(global);
    let made = make(global, &order, &stages)?;
    let times = stages.times();
    drop(stages);
    match args.format {
        FindingFormat::Json => write_findings(&made)?,
        FindingFormat::Human => made.write_report(global.color.palette(Stream::Out))?,
    }
    detail(global, &format!("stages   {times}"));
    if made.texts.is_empty() {
        return Err(CliError::NothingRead);
    }
    let findings = &made.set.diagnostics;
    let pages = counted(made.texts.len(), "page");
    let found = match findings.len() {
        0 => "nothing to report".to_owned(),
        _ => Summary::of(findings).to_string(),
    };
    remark(global, &format!("{pages}, {found}"));
    let found = findings.iter().any(|d| d.severity >= Severity::Warning);
    Ok(if found { Outcome::Found } else { Outcome::Done })
}
