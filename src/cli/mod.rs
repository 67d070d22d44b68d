//! The commands: arguments in, an outcome out.
//!
//! One file a command. What several of them need stands beside them: where units come from
//! (`opened.rs`), how documents are read (`workshop.rs`), what went wrong ([`CliError`]).

mod args;
mod ask;
mod batch;
mod check;
mod compile;
mod completions;
mod embedding;
mod error;
mod eval;
mod export;
mod list;
mod look;
mod memory;
mod opened;
mod show;
mod stages;
mod status;
mod walk;
mod workshop;

use std::io::{self, BufWriter, Write};
use std::time::Instant;

pub use args::{Cli, Command};
pub use error::CliError;
pub use memory::huge_pages;

use crate::terminal::{Ink, Stream, clean};
use args::Global;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did what was asked.
    Done,
    /// Nothing matched, or there are findings.
    Found,
    /// It could not run.
    Failed,
}

impl Outcome {
    /// The exit code of the public interface.
    pub fn code(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::Found => 1,
            Outcome::Failed => 2,
        }
    }
}

/// Runs a command and tells people what went wrong, if something did. A closed pipe is no failure.
pub fn run(cli: &Cli) -> Outcome {
    let started = Instant::now();
    let ended = dispatch(cli);
    let took = stages::shown(started.elapsed());
    detail(&cli.global, &format!("took     {took}"));
    match ended {
        Ok(outcome) => outcome,
        Err(error) if error.is_closed_pipe() => Outcome::Done,
        Err(error) => {
            complain(&cli.global, &error.to_string());
            Outcome::Failed
        }
    }
}

fn dispatch(cli: &Cli) -> Result<Outcome, CliError> {
    let global = &cli.global;
    match &cli.command {
        Command::Compile(args) => compile::run(global, args),
        Command::Ask(args) => ask::run(global, args),
        Command::Walk(args) => walk::run(global, args),
        Command::Show(args) => show::run(global, args),
        Command::List(args) => list::run(global, args),
        Command::Check(args) => check::run(global, args),
        Command::Export(args) => export::run(global, args),
        Command::Status(args) => status::run(global, args),
        Command::Eval(args) => eval::run(global, args),
        Command::Completions(args) => completions::run(args),
        Command::Man => completions::man(),
    }
}

/// Standard output, buffered.
fn stdout() -> BufWriter<io::StdoutLock<'static>> {
    BufWriter::with_capacity(64 * 1024, io::stdout().lock())
}

/// An error for people, on standard error.
fn complain(global: &Global, message: &str) {
    let palette = global.color.palette(Stream::Err);
    let error = palette.paint(Ink::Error, "error:").to_string();
    // With nobody to tell there is nothing left to do.
    let _ = writeln!(io::stderr(), "{error} {}", clean(message));
}

/// What only those want to know who ask for it with `-v`, on standard error.
fn detail(global: &Global, message: &str) {
    if global.verbose {
        let palette = global.color.palette(Stream::Err);
        let _ = writeln!(io::stderr(), "{}", palette.paint(Ink::Quiet, message));
    }
}

/// `1 page`, `2 pages`
fn counted(n: usize, what: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {what}{plural}")
}

/// A remark for people, on standard error, unless they want quiet.
fn remark(global: &Global, message: &str) {
    if !global.quiet {
        tell(message);
    }
}

/// A line for people, on standard error.
fn tell(message: &str) {
    let _ = writeln!(io::stderr(), "{}", clean(message));
}
