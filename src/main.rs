//! The `stepwell` command: parses arguments, runs, and turns the outcome into an exit code.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use stepwell::cli::{Cli, Outcome, huge_pages, run};

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
    leave(outcome.code())
}

/// Ends the process. What it has of memory the system takes as a whole, which is sooner than giving it
/// back piece by piece, as the allocator does where a process ends in the usual way.
fn leave(code: u8) -> ExitCode {
    // There may be nobody left to read it.
    let _ = std::io::stdout().flush();
    #[cfg(unix)]
    #[allow(unsafe_code, reason = "nothing is read or written any more")]
    unsafe {
        libc::_exit(code.into());
    }
    #[cfg(not(unix))]
    ExitCode::from(code)
}

/// The allocator asks the system for huge pages, and touches three before `main` begins. What runs this
/// early must not need what the standard library sets up: a system call does not.
#[cfg(target_os = "linux")]
#[ctor::ctor(unsafe)]
fn before_main() {
    huge_pages(false);
}
