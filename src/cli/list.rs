//! `stepwell list`: the units by page, one a line.

use std::io::{IsTerminal, Write};

use serde_json::json;

use super::args::{Global, List, ListFormat};
use super::opened::Opened;
use super::{CliError, Outcome, remark, stdout};
use crate::json::{Lookup, Versioned, write_line};
use crate::model::{Target, Unit, UnitNo};
use crate::terminal::{Ink, Palette, Stream, clean};

pub(super) fn run(global: &Global, args: &List) -> Result<Outcome, CliError> {
    let opened = Opened::new(global, &args.from)?;
    let room = opened.room(&args.from.labels)?;
    let library = room.library();
    let lookup = Lookup::new(&*library);
    let line = Line::new(global, args.format);
    let mut out = stdout();
    let mut listed = 0;
    for no in (0..library.len()).map(UnitNo) {
        if !library.sees(no) {
            continue;
        }
        let unit = library.unit(no)?;
        if args.kind.is_none_or(|kind| kind == unit.kind) {
            line.write(&mut out, &unit, &lookup)?;
            listed += 1;
        }
    }
    out.flush()?;
    if listed > 0 {
        return Ok(Outcome::Done);
    }
    let what = args.kind.map_or("unit", |kind| kind.name());
    remark(global, &format!("there is no {what} here"));
    Ok(Outcome::Found)
}

/// How a unit is listed.
enum Line {
    /// For programs that read fields.
    Tabs,
    /// For people.
    Columns(Palette),
    Json,
}

impl Line {
    fn new(global: &Global, format: ListFormat) -> Self {
        match format {
            ListFormat::Json => Line::Json,
            ListFormat::Text if std::io::stdout().is_terminal() => {
                Line::Columns(global.color.palette(Stream::Out))
            }
            ListFormat::Text => Line::Tabs,
        }
    }

    fn write(
        &self,
        out: &mut impl Write,
        unit: &Unit<Target>,
        lookup: &Lookup<'_>,
    ) -> Result<(), CliError> {
        let (id, kind, header) = (&unit.id.0, unit.kind.name(), &unit.header);
        match self {
            Line::Tabs => writeln!(out, "{}\t{kind}\t{}", clean(id), clean(header))?,
            Line::Columns(palette) => {
                let kind = palette
                    .paint(Ink::Condition, &format!("{kind:9}"))
                    .to_string();
                let id = palette.paint(Ink::Place, id).to_string();
                writeln!(out, "{kind}  {id}  {}", clean(header))?;
            }
            Line::Json => {
                let source = lookup.source(unit.span)?;
                let line = json!({ "id": id, "kind": kind, "header": header, "path": unit.path, "source": source });
                write_line(out, &Versioned::new(line))?;
            }
        }
        Ok(())
    }
}
