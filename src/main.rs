//! The `stepwell` command: parses arguments, runs, and turns the outcome into an exit code.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use stepwell::cli::{Cli, Outcome, run};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    std::panic::set_hook(Box::new(|defect| {
        let place = defect
            .location()
            .map_or_else(String::new, |l| format!(" at {}:{}", l.file(), l.line()));
        // There may be nobody left to tell.
        let _ = writeln!(
            std::io::stderr(),
            "error: a defect in stepwell{place}; please report it. The store is as it was."
        );
    }));
    let outcome = std::panic::catch_unwind(|| run(&cli)).unwrap_or(Outcome::Failed);
    ExitCode::from(outcome.code())
}
