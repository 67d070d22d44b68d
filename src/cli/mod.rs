//! The commands: arguments in, an outcome out.

mod args;

pub use args::Cli;
