//! `stepwell list`: the units by page, one a line.

use std::io::Write;

use serde_json::json;

use super::args::{Global, List, ListFormat};
use super::opened::Opened;
use super::{CliError, Outcome, stdout};
use crate::json::{Lookup, Versioned, write_line};
use crate::model::UnitNo;
use crate::terminal::clean;

pub(super) fn run(global: &Global, args: &List) -> Result<Outcome, CliError> {
    let opened = Opened::new(global, &args.from)?;
    let room = opened.room(&args.from.labels)?;
    let library = room.library();
    let lookup = Lookup::new(&*library);
    let mut out = stdout();
    let mut listed = 0;
    for no in (0..library.len())
        .map(UnitNo)
        .filter(|no| library.sees(*no))
    {
        let unit = library.unit(no)?;
        if args.kind.is_some_and(|kind| kind != unit.kind) {
            continue;
        }
        listed += 1;
        match args.format {
            ListFormat::Text => {
                writeln!(
                    out,
                    "{}\t{}\t{}",
                    clean(&unit.id.0),
                    unit.kind.name(),
                    clean(&unit.header)
                )?;
            }
            ListFormat::Json => {
                let line = json!({ "id": unit.id.0, "kind": unit.kind.name(), "header": unit.header, "path": unit.path, "source": lookup.source(unit.span)? });
                write_line(&mut out, &Versioned::new(line))?;
            }
        }
    }
    out.flush()?;
    Ok(if listed == 0 {
        Outcome::Found
    } else {
        Outcome::Done
    })
}
