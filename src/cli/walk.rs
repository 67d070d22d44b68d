//! `stepwell walk`: step by step, with a person or a program.

use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write};

use super::args::{Global, Walk};
use super::opened::{Opened, find};
use super::{CliError, Outcome};
use crate::model::Library;
use crate::render::Renderer;
use crate::session::line::{self, Screen};
use crate::session::{Manner, Session, Start, protocol};
use crate::terminal::{Palette, Stream};
use crate::walk::{Event, Reason};

pub(super) fn run(global: &Global, args: &Walk) -> Result<Outcome, CliError> {
    let opened = Opened::new(global, &args.from)?;
    let room = opened.room(&args.from.labels)?;
    let library = room.library();
    let desk = room.desk(&*library);
    let start = match (&args.unit, &args.question) {
        (Some(id), _) => Start::Unit(find(&*library, id)?),
        (None, question) => Start::Question(question.clone().unwrap_or_default()),
    };
    let manner = Manner {
        facts: args.asking.given.iter().cloned().collect(),
        threshold: args.threshold,
        limit: usize::from(args.asking.limit),
    };
    let (mut session, begun) = Session::begin(&desk, &opened.grammar, &start, manner)?;
    let mut input = BufReader::new(io::stdin().lock());
    let ended = if args.json {
        protocol::run(
            &mut session,
            &begun,
            &*library,
            &mut input,
            &mut io::stdout().lock(),
        )?
    } else {
        people(global, args, &mut session, &begun, &*library, &mut input)?
    };
    Ok(if ended == Some(Reason::NoMatch) {
        Outcome::Found
    } else {
        Outcome::Done
    })
}

fn people(
    global: &Global,
    args: &Walk,
    session: &mut Session<'_>,
    begun: &[Event],
    library: &dyn Library,
    input: &mut dyn BufRead,
) -> Result<Option<Reason>, CliError> {
    let renderer = Renderer::new(global.color.palette(Stream::Out))?;
    let plain = Renderer::new(Palette::PLAIN)?;
    let mut transcript = match &args.transcript {
        Some(path) => {
            let file = std::fs::File::create(path);
            let file = file.map_err(|cause| CliError::File {
                action: "write",
                path: path.clone(),
                cause,
            })?;
            Some(BufWriter::new(file))
        }
        None => None,
    };
    let mut out = io::stdout().lock();
    let mut screen = Screen {
        out: &mut out,
        prompt: if io::stdin().is_terminal() { "> " } else { "" },
        transcript: transcript.as_mut().map(|t| t as &mut dyn Write),
        renderer: &renderer,
        plain: &plain,
    };
    let ended = line::run(session, begun, library, input, &mut screen)?;
    if let (Some(mut written), Some(path)) = (transcript, &args.transcript) {
        written.flush().map_err(|cause| CliError::File {
            action: "write",
            path: path.clone(),
            cause,
        })?;
    }
    Ok(ended)
}
