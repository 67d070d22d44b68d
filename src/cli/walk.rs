//! `stepwell walk`: step by step, with a person or a program.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write};
use std::path::Path;

use super::args::{Global, Walk};
use super::look::{look, plain};
use super::opened::{Opened, find};
use super::{CliError, Outcome};
use crate::model::Library;
use crate::parse::Dialects;
use crate::render::Renderer;
use crate::session::line::{self, Screen};
use crate::session::{Manner, Session, Start, protocol};
use crate::walk::{Event, Reason};

pub(super) fn run(global: &Global, args: &Walk) -> Result<Outcome, CliError> {
    let opened = Opened::new(global, &args.from)?;
    let room = opened.room(&args.from.labels)?;
    let library = room.library();
    let desk = room.desk(&*library);
    let mut input = BufReader::new(io::stdin().lock());
    let start = match &args.unit {
        Some(id) => Start::Unit(find(&*library, id)?),
        None => Start::Question(question(args, &mut input)?),
    };
    let manner = Manner {
        facts: args.asking.given.iter().cloned().collect(),
        threshold: args.threshold,
        limit: usize::from(args.asking.limit),
    };
    let (mut session, begun) = Session::begin(&desk, &room.grammar, &start, manner)?;
    let ended = if args.json {
        let mut out = io::stdout().lock();
        protocol::run(&mut session, &begun, &*library, &mut input, &mut out)?
    } else {
        people(
            global,
            room.dialects()?,
            args,
            &mut session,
            &begun,
            &*library,
            &mut input,
        )?
    };
    Ok(match ended {
        Some(Reason::NoMatch) => Outcome::Found,
        _ => Outcome::Done,
    })
}

/// The question that was given, else the answer to "What do you want to do?".
fn question(args: &Walk, input: &mut dyn BufRead) -> Result<String, CliError> {
    let mut question = args.question.join(" ");
    if args.question.is_empty() {
        if args.json {
            return Err(CliError::NothingToWalk);
        }
        if io::stdin().is_terminal() {
            let mut out = io::stdout().lock();
            write!(out, "What do you want to do?\n\n{PROMPT}")?;
            out.flush()?;
        }
        let read = input.read_line(&mut question);
        read.map_err(|cause| file("read", Path::new("-"), cause))?;
    }
    if question.trim().is_empty() {
        return Err(CliError::EmptyQuestion { command: "walk" });
    }
    Ok(question.trim().to_owned())
}

/// What stands before each line that somebody types.
const PROMPT: &str = "> ";

fn people(
    global: &Global,
    dialects: Dialects,
    args: &Walk,
    session: &mut Session<'_>,
    begun: &[Event],
    library: &dyn Library,
    input: &mut dyn BufRead,
) -> Result<Option<Reason>, CliError> {
    let look = look(global, dialects);
    let mut renderer = Renderer::new(&look)?;
    let mut for_transcript = Renderer::new(&plain(&look))?;
    let name = args.template.as_deref().unwrap_or(line::TEMPLATE);
    let template = renderer.choose(name)?;
    for_transcript.choose(name)?;
    let mut transcript = args.transcript.as_deref().map(begin).transpose()?;
    let mut out = io::stdout().lock();
    let typing = io::stdin().is_terminal();
    let mut screen = Screen {
        out: &mut out,
        prompt: if typing { PROMPT } else { "" },
        transcript: transcript.as_mut().map(|t| t as &mut dyn Write),
        renderer: &renderer,
        plain: &for_transcript,
        template: &template,
    };
    Ok(line::run(session, begun, library, input, &mut screen)?)
}

fn begin(transcript: &Path) -> Result<BufWriter<File>, CliError> {
    let begun = File::create(transcript);
    let begun = begun.map_err(|cause| file("write", transcript, cause))?;
    Ok(BufWriter::new(begun))
}

fn file(action: &'static str, path: &Path, cause: io::Error) -> CliError {
    CliError::File {
        action,
        path: path.to_owned(),
        cause,
    }
}
