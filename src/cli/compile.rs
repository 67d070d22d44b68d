//! `stepwell compile`: documents into a store.

use std::path::Path;
use std::time::Instant;

use super::args::{Compile, Deny, FindingFormat, Global};
use super::opened::store_folder;
use super::stages::{self, Stages};
use super::workshop::{LookFrom, Made, Order, make};
use super::{CliError, Outcome, counted, detail, remark, stdout};
use crate::json::{Lookup, Versioned, write_line};
use crate::model::{Diagnostic, Library, Severity};
use crate::pipeline::{Observer, Stage};
use crate::store::{self, Published, Writer};
use crate::terminal::{Stream, Summary};

/// How many findings people are shown before they are told how to see the rest.
const SHOWN: usize = 10;

pub(super) fn run(global: &Global, args: &Compile) -> Result<Outcome, CliError> {
    threads(args.jobs)?;
    let folder = store_folder(global).path;
    let was_there = folder.exists();
    // A second compile into the same store fails now, not after the work.
    let writer = store::claim(&folder)?;
    let outcome = into(global, args, &writer, &folder);
    drop(writer);
    if outcome.is_err() && !was_there {
        unmake(&folder);
    }
    outcome
}

/// Compiles into a store that is claimed.
fn into(
    global: &Global,
    args: &Compile,
    writer: &Writer,
    folder: &Path,
) -> Result<Outcome, CliError> {
    let started = Instant::now();
    let stages = Stages::new(global);
    let order = Order {
        paths: &args.paths,
        root: args.root.as_deref(),
        grammar: args.grammar.as_deref(),
        config: global.config.as_deref(),
        embedder: args.embedder.as_deref(),
        look: LookFrom::Path,
    };
    detail(global, &format!("store    {}", folder.display()));
    let draft = writer.begin()?;
    let mut made = make(global, &order, &stages)?;
    if made.texts.is_empty() {
        tell(global, args, &made)?;
        return Err(CliError::NothingRead);
    }
    let vectors = made.embed(global, folder, &stages)?;
    // Units are packed and written while their postings are made.
    stages.begin(Stage::Index, 0);
    let (written, extras) = rayon::join(|| draft.write(&made.set, &made.info), || made.extras());
    stages.begin(Stage::Write, 0);
    let mut extras = extras?;
    extras.extend(vectors);
    let published = written?.publish(&extras)?;
    let times = stages.times();
    drop(stages);
    tell(global, args, &made)?;
    detail(global, &format!("stages   {times}"));
    remark(global, &summary(&made, &published, folder, started));
    let outcome = outcome(&made.set.diagnostics, args.deny);
    // The process is about to end: taking the set apart would only make the user wait.
    std::mem::forget(made);
    Ok(outcome)
}

/// Removes a store that was made for a compile which then failed, so that a mistyped path leaves no
/// trace. Nothing but what the claim made is removed.
fn unmake(folder: &Path) {
    for file in ["stepwell.lock", ".gitignore"] {
        let _ = std::fs::remove_file(folder.join(file));
    }
    // A folder that holds anything else stays.
    let _ = std::fs::remove_dir(folder);
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
    match args.format {
        FindingFormat::Json => write_findings(made),
        FindingFormat::Human => {
            if !global.quiet {
                to_people(global, made);
            }
            Ok(())
        }
    }
}

/// The first findings.
fn to_people(global: &Global, made: &Made) {
    let all = made.set.diagnostics.len();
    let most = if global.verbose { all } else { SHOWN };
    made.report(most, global.color.palette(Stream::Err));
    if all > most {
        let rest = format!(
            "… and {} more findings: `stepwell check` shows all",
            all - most
        );
        remark(global, &rest);
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

fn summary(made: &Made, published: &Published, folder: &Path, started: Instant) -> String {
    let findings = match made.set.diagnostics.len() {
        0 => String::new(),
        _ => format!("; {}", Summary::of(&made.set.diagnostics)),
    };
    format!(
        "compiled {} into {} ({:.1} MB in {}, {}){findings}",
        counted(made.texts.len(), "page"),
        counted(made.set.units.len(), "unit"),
        published.bytes as f64 / 1e6,
        folder.display(),
        stages::shown(started.elapsed()),
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
