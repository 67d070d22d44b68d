//! `stepwell show`: one unit and its linkers.

use std::io::Write;

use serde_json::json;

use super::args::{AnswerFormat, Global, Show};
use super::look::{look, plain};
use super::opened::{Opened, find};
use super::{CliError, Outcome, stdout};
use crate::json::{Lookup, Versioned, write_line};
use crate::render::Renderer;

pub(super) fn run(global: &Global, args: &Show) -> Result<Outcome, CliError> {
    let opened = Opened::new(global, &args.from)?;
    let room = opened.room(&args.from.labels)?;
    let library = room.library();
    let unit = library.unit(find(&*library, &args.unit)?)?;
    let lookup = Lookup::new(&*library);
    let mut out = stdout();
    if args.format == AnswerFormat::Json && args.template.is_none() {
        write_line(&mut out, &Versioned::new(lookup.unit(&unit)?))?;
    } else {
        let look = look(global, room.dialects()?);
        let (look, built_in) = match args.format {
            AnswerFormat::Markdown => (plain(&look), "show.markdown"),
            _ => (look, "show.text"),
        };
        let mut renderer = Renderer::new(&look)?;
        let template = renderer.choose(args.template.as_deref().unwrap_or(built_in))?;
        let value = json!({ "unit": lookup.unit(&unit)?, "leads": lookup.leads(&unit.linkers)? });
        out.write_all(renderer.render(&template, &value)?.as_bytes())?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}
