//! `stepwell ask`: a question in, a procedure in one piece out.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::time::Instant;

use serde::Deserialize;
use serde_json::Value;

use super::args::{AnswerFormat, Ask, Global};
use super::look::{look, plain};
use super::opened::{Opened, Room};
use super::stages;
use super::{CliError, Outcome, detail, stdout};
use crate::ask::{Answer, Outcome as Came, Request, ask};
use crate::json::{AnswerJson, Lookup, Versioned, write_line};
use crate::model::Facts;
use crate::render::Renderer;
use crate::session::protocol::facts;

pub(super) fn run(global: &Global, args: &Ask) -> Result<Outcome, CliError> {
    let opened = Opened::new(global, &args.from)?;
    if let Some(file) = &args.batch {
        return batch(&opened, args, file);
    }
    let room = opened.room(&args.from.labels)?;
    let library = room.library();
    let question = args.question.join(" ");
    if question.trim().is_empty() {
        return Err(CliError::EmptyQuestion { command: "ask" });
    }
    let given: Facts = args.asking.given.iter().cloned().collect();
    let started = Instant::now();
    let limit = usize::from(args.asking.limit);
    let answer = one(&opened, &room, &question, limit, &given)?;
    let took = stages::shown(started.elapsed());
    detail(global, &format!("answered in {took}"));
    let lookup = Lookup::new(&*library);
    let json = Versioned::new(lookup.answer(&answer)?);
    let mut out = stdout();
    match (args.format, &args.template) {
        (AnswerFormat::Json, None) => write_line(&mut out, &json)?,
        _ => write!(out, "{}", render(global, args, &json)?)?,
    }
    out.flush()?;
    Ok(if answer.outcome == Came::NoMatch {
        Outcome::Found
    } else {
        Outcome::Done
    })
}

fn one(
    opened: &Opened,
    room: &Room<'_>,
    question: &str,
    limit: usize,
    given: &Facts,
) -> Result<Answer, CliError> {
    let library = room.library();
    let desk = room.desk(&*library);
    let lexicon = opened.grammar.detect(question);
    Ok(ask(
        &desk,
        lexicon,
        &Request {
            question,
            limit,
            facts: given,
        },
    )?)
}

fn render(
    global: &Global,
    args: &Ask,
    answer: &Versioned<AnswerJson<'_>>,
) -> Result<String, CliError> {
    let look = look(global)?;
    let (look, built_in) = match args.format {
        AnswerFormat::Markdown => (plain(&look), "ask.markdown"),
        _ => (look, "ask.text"),
    };
    let mut renderer = Renderer::new(&look)?;
    let template = renderer.choose(args.template.as_deref().unwrap_or(built_in))?;
    let mut value = serde_json::to_value(answer)?;
    value["explain"] = Value::Bool(args.explain);
    Ok(renderer.render(&template, &value)?)
}

/// A line of a batch.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(default)]
    id: Value,
    query: String,
    #[serde(default)]
    given: serde_json::Map<String, Value>,
    #[serde(default, rename = "as")]
    labels: Vec<String>,
}

/// Answers one question a line. A bad line gets an error in its place, and the rest goes on.
fn batch(opened: &Opened, args: &Ask, file: &Path) -> Result<Outcome, CliError> {
    let mut out = stdout();
    let plain = opened.room(&args.from.labels)?;
    for line in reader(file)?.split(b'\n') {
        let line = line.map_err(|cause| CliError::File {
            action: "read",
            path: file.to_owned(),
            cause,
        })?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let line: Line = match serde_json::from_slice(&line) {
            Ok(line) => line,
            Err(problem) => {
                refuse(
                    &mut out,
                    id_of(&line),
                    &format!("cannot read this line: {problem}"),
                )?;
                continue;
            }
        };
        let given = match facts(&line.given) {
            Ok(given) => args
                .asking
                .given
                .iter()
                .cloned()
                .chain(given.iter().cloned())
                .collect(),
            Err(problem) => {
                refuse(&mut out, line.id, &problem)?;
                continue;
            }
        };
        let own = own_room(opened, args, &line)?;
        answer_line(
            &mut out,
            opened,
            own.as_ref().unwrap_or(&plain),
            args,
            &line,
            &given,
        )?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// The room of a line that brings labels of its own.
fn own_room<'o>(opened: &'o Opened, args: &Ask, line: &Line) -> Result<Option<Room<'o>>, CliError> {
    if line.labels.is_empty() {
        return Ok(None);
    }
    let held: Vec<String> = args
        .from
        .labels
        .iter()
        .chain(&line.labels)
        .cloned()
        .collect();
    opened.room(&held).map(Some)
}

fn answer_line(
    out: &mut impl Write,
    opened: &Opened,
    room: &Room<'_>,
    args: &Ask,
    line: &Line,
    given: &Facts,
) -> Result<(), CliError> {
    #[derive(serde::Serialize)]
    struct Identified<'a> {
        id: &'a Value,
        #[serde(flatten)]
        answer: AnswerJson<'a>,
    }
    let answer = one(
        opened,
        room,
        &line.query,
        usize::from(args.asking.limit),
        given,
    )?;
    let library = room.library();
    let lookup = Lookup::new(&*library);
    let answer = Identified {
        id: &line.id,
        answer: lookup.answer(&answer)?,
    };
    Ok(write_line(out, &Versioned::new(answer))?)
}

fn refuse(out: &mut impl Write, id: Value, error: &str) -> Result<(), CliError> {
    Ok(write_line(
        out,
        &Versioned::new(serde_json::json!({ "id": id, "error": error })),
    )?)
}

/// The id of a line that is not a question, where it has one.
fn id_of(line: &[u8]) -> Value {
    let value: Option<Value> = serde_json::from_slice(line).ok();
    value.and_then(|v| v.get("id").cloned()).unwrap_or_default()
}

fn reader(file: &Path) -> Result<Box<dyn BufRead>, CliError> {
    if file == Path::new("-") {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    let opened = std::fs::File::open(file);
    let opened = opened.map_err(|cause| CliError::File {
        action: "read",
        path: file.to_owned(),
        cause,
    })?;
    Ok(Box::new(BufReader::new(opened)))
}
