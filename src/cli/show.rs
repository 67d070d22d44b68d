//! `stepwell show`: one unit and its linkers.

use std::io::Write;

use serde_json::json;

use super::args::{AnswerFormat, Global, Show};
use super::opened::{Opened, find};
use super::{CliError, Outcome, stdout};
use crate::json::{Lookup, Versioned, write_line};
use crate::render::Renderer;
use crate::terminal::{Palette, Stream};

pub(super) fn run(global: &Global, args: &Show) -> Result<Outcome, CliError> {
    let opened = Opened::new(global, &args.from)?;
    let room = opened.room(&args.from.labels)?;
    let library = room.library();
    let unit = library.unit(find(&*library, &args.unit)?)?;
    let lookup = Lookup::new(&*library);
    let mut out = stdout();
    let (palette, template) = match args.format {
        AnswerFormat::Json => {
            write_line(&mut out, &Versioned::new(lookup.unit(&unit)?))?;
            out.flush()?;
            return Ok(Outcome::Done);
        }
        AnswerFormat::Markdown => (Palette::PLAIN, "show.markdown"),
        AnswerFormat::Text => (global.color.palette(Stream::Out), "show.text"),
    };
    let value = json!({ "unit": lookup.unit(&unit)?, "leads": lookup.leads(&unit.linkers)? });
    write!(out, "{}", Renderer::new(palette)?.render(template, &value)?)?;
    out.flush()?;
    Ok(Outcome::Done)
}
