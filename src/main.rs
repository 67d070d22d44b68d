//! The `stepwell` command: parses arguments, runs, and turns the outcome into an exit code.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use stepwell::cli::{Cli, Command, Outcome, run};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    if matches!(cli.command, Command::Compile(_) | Command::Check(_)) {
        huge_pages(true);
    }
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

/// The allocator asks the system for huge pages. To clear them pays in a compile, but takes longer than
/// what a process does that answers one question; and three are touched before `main` begins. What runs
/// this early must not need what the standard library sets up: a system call does not.
#[cfg(target_os = "linux")]
#[ctor::ctor(unsafe)]
fn before_main() {
    huge_pages(false);
}

fn huge_pages(wanted: bool) {
    // Without it the process is slower, and right.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(!wanted);
    #[cfg(not(target_os = "linux"))]
    let _ = wanted;
}
