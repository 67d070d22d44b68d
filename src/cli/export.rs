//! `stepwell export`: the graph, or a part of it.

use std::io::{BufWriter, Write};
use std::path::Path;

use super::args::{Export, Global};
use super::opened::{Opened, find};
use super::{CliError, Outcome, stdout};
use crate::export::{DEFAULT_DEPTH, Scope, export};
use crate::model::Library;

pub(super) fn run(global: &Global, args: &Export) -> Result<Outcome, CliError> {
    let opened = Opened::new(global, &args.from)?;
    let room = opened.room(&args.from.labels)?;
    let library = room.library();
    let scope = match &args.unit {
        Some(id) => {
            let unit = library.unit(find(&*library, id)?)?.id.clone();
            Scope::Around {
                unit,
                depth: args.depth.unwrap_or(DEFAULT_DEPTH),
            }
        }
        None => Scope::All,
    };
    match &args.output {
        Some(path) => to_file(path, &*library, &scope, args)?,
        None => {
            let mut out = stdout();
            export(&*library, &scope, args.format, &mut out)?;
            out.flush()?;
        }
    }
    Ok(Outcome::Done)
}

/// Writes beside the file first: a failure leaves what was there.
fn to_file(
    path: &Path,
    library: &dyn Library,
    scope: &Scope,
    args: &Export,
) -> Result<(), CliError> {
    let failed = |cause| CliError::File {
        action: "write",
        path: path.to_owned(),
        cause,
    };
    // A device is written to, and never replaced.
    if std::fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir()) {
        let mut out = BufWriter::new(std::fs::File::create(path).map_err(failed)?);
        export(library, scope, args.format, &mut out)?;
        return out.flush().map_err(failed);
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let beside = path.with_file_name(name);
    let mut out = BufWriter::new(std::fs::File::create(&beside).map_err(failed)?);
    let written = export(library, scope, args.format, &mut out).map_err(CliError::from);
    let written = written.and_then(|()| out.flush().map_err(failed));
    if let Err(error) = written {
        // What was begun is of no use; that it cannot be removed changes nothing.
        let _ = std::fs::remove_file(&beside);
        return Err(error);
    }
    std::fs::rename(&beside, path).map_err(failed)
}
