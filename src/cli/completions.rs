//! `stepwell completions` and `stepwell man`: made from the command line's own description.

use std::io::Write;

use clap::CommandFactory;

use super::args::{Cli, Completions};
use super::{CliError, Outcome, stdout};

pub(super) fn run(args: &Completions) -> Result<Outcome, CliError> {
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, name, &mut script);
    let mut out = stdout();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// The manual page, with a section for every command.
pub(super) fn man() -> Result<Outcome, CliError> {
    let mut command = Cli::command();
    command.build();
    let mut out = stdout();
    clap_mangen::Man::new(command.clone()).render(&mut out)?;
    for sub in command.get_subcommands().filter(|c| c.get_name() != "help") {
        let name = sub
            .get_display_name()
            .unwrap_or_else(|| sub.get_name())
            .replace('-', " ");
        writeln!(out, ".SH \"{}\"", name.to_uppercase())?;
        let page = clap_mangen::Man::new(sub.clone());
        page.render_description_section(&mut out)?;
        page.render_synopsis_section(&mut out)?;
        page.render_options_section(&mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}
