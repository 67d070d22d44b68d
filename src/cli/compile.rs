//! `stepwell compile`: documents into a store.

use std::time::Instant;

use super::args::{Compile, Deny, FindingFormat, Global};
use super::opened::store_folder;
use super::workshop::{Made, Order, make};
use super::{CliError, Outcome, remark, stdout};
use crate::json::{Lookup, Versioned, write_line};
use crate::model::{Diagnostic, Library, Severity};
use crate::store::{self, Published};
use crate::terminal::{Stream, Summary};

/// How many findings people are shown before they are told how to see the rest.
const SHOWN: usize = 10;

pub(super) fn run(global: &Global, args: &Compile) -> Result<Outcome, CliError> {
    let started = Instant::now();
    threads(args.jobs)?;
    let folder = store_folder(global);
    // A second compile into the same store fails now, not after the work.
    let writer = store::claim(&folder)?;
    let order = Order {
        paths: &args.paths,
        root: args.root.as_deref(),
        grammar: args.grammar.as_deref(),
        config: global.config.as_deref(),
    };
    let made = make(global, &order)?;
    tell(global, args, &made)?;
    if made.texts.is_empty() {
        return Err(CliError::NothingRead);
    }
    let published = writer.publish(&made.set, &made.info, &made.extras()?)?;
    remark(global, &summary(&made, &published, &folder, started));
    Ok(outcome(&made.set.diagnostics, args.deny))
}

/// The threads of every parallel stage.
fn threads(jobs: Option<u16>) -> Result<(), CliError> {
    let Some(jobs) = jobs else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(usize::from(jobs))
        .build_global();
    pool.map_err(|cause| CliError::Threads {
        jobs,
        cause: cause.to_string(),
    })
}

/// Shows the findings.
fn tell(global: &Global, args: &Compile, made: &Made) -> Result<(), CliError> {
    let findings = &made.set.diagnostics;
    match args.format {
        FindingFormat::Json => write_findings(made),
        FindingFormat::Human if global.quiet => Ok(()),
        FindingFormat::Human => {
            let most = if global.verbose {
                findings.len()
            } else {
                SHOWN
            };
            made.report(most, global.color.palette(Stream::Err))?;
            if findings.len() > most {
                remark(
                    global,
                    &format!(
                        "… and {} more findings: `stepwell check` shows them all",
                        findings.len() - most
                    ),
                );
            }
            Ok(())
        }
    }
}

/// Writes findings as JSON, one a line.
pub(super) fn write_findings(made: &Made) -> Result<(), CliError> {
    let library = Files(made);
    let lookup = Lookup::new(&library);
    let mut out = stdout();
    for finding in &made.set.diagnostics {
        write_line(&mut out, &Versioned::new(lookup.diagnostic(finding)?))?;
    }
    std::io::Write::flush(&mut out)?;
    Ok(())
}

/// Exit code 1 for errors, and for warnings where they are denied.
pub(super) fn outcome(findings: &[Diagnostic], deny: Option<Deny>) -> Outcome {
    let least = if deny.is_some() {
        Severity::Warning
    } else {
        Severity::Error
    };
    if findings.iter().any(|d| d.severity >= least) {
        Outcome::Found
    } else {
        Outcome::Done
    }
}

fn summary(
    made: &Made,
    published: &Published,
    folder: &std::path::Path,
    started: Instant,
) -> String {
    let findings = Summary::of(&made.set.diagnostics).to_string();
    let findings = if made.set.diagnostics.is_empty() {
        String::new()
    } else {
        format!("; {findings}")
    };
    format!(
        "compiled {} pages into {} units ({:.1} MB in {}, {:.2} s){findings}",
        made.texts.len(),
        made.set.units.len(),
        published.bytes as f64 / 1e6,
        folder.display(),
        started.elapsed().as_secs_f64(),
    )
}

/// The files of a set that was just made, for the places of its findings.
struct Files<'a>(&'a Made);

impl Library for Files<'_> {
    fn len(&self) -> u32 {
        0
    }
    fn unit(
        &self,
        _: crate::model::UnitNo,
    ) -> Result<std::sync::Arc<crate::model::Unit<crate::model::Target>>, crate::model::Unreadable>
    {
        Err(nothing())
    }
    fn find(
        &self,
        _: &crate::model::UnitId,
    ) -> Result<Option<crate::model::UnitNo>, crate::model::Unreadable> {
        Ok(None)
    }
    fn source(
        &self,
        span: crate::model::Span,
    ) -> Result<crate::model::Source, crate::model::Unreadable> {
        let files = crate::model::Sources::new(vec![(*self.file(span.file)?).clone()]);
        Ok(files.source(crate::model::Span {
            file: crate::model::FileId(0),
            ..span
        }))
    }
    fn file_count(&self) -> u32 {
        self.0.set.files.len() as u32
    }
    fn file(
        &self,
        id: crate::model::FileId,
    ) -> Result<std::sync::Arc<crate::model::SourceFile>, crate::model::Unreadable> {
        let file = self.0.set.files.get(id.index()).ok_or_else(nothing)?;
        Ok(std::sync::Arc::new(file.clone()))
    }
}

fn nothing() -> crate::model::Unreadable {
    crate::model::Unreadable {
        place: "memory".to_owned(),
        problem: "a finding names a place that is not there".to_owned(),
        help: "please report this".to_owned(),
    }
}
