//! `stepwell ask --batch`: a question a line in, an answer a line out.
//!
//! A bad line gets an error in its place, and the rest goes on.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::args::Ask;
use super::ask::{detail_of, one};
use super::opened::{Opened, Room};
use super::{CliError, Outcome, stdout};
use crate::json::{AnswerJson, Lookup, Versioned, write_line};
use crate::model::Facts;
use crate::session::protocol::facts;

/// A question.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(default)]
    id: Value,
    query: String,
    #[serde(default)]
    given: Map<String, Value>,
    #[serde(default, rename = "as")]
    labels: Vec<String>,
}

/// A line that is no question.
struct Bad {
    id: Value,
    error: String,
}

/// Answers every line of a file, or of standard input where it is `-`.
pub(super) fn run(opened: &Opened, args: &Ask, file: &Path) -> Result<Outcome, CliError> {
    let mut out = stdout();
    let room = opened.room(&args.from.labels)?;
    for line in reader(file)?.split(b'\n') {
        let line = line.map_err(|cause| unreadable(file, cause))?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match read(&line, args) {
            Ok((line, given)) => answer(&mut out, opened, &room, args, &line, &given)?,
            Err(Bad { id, error }) => {
                write_line(
                    &mut out,
                    &Versioned::new(json!({ "id": id, "error": error })),
                )?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// A question, and the facts that hold for it: those of the flags, then its own.
fn read(line: &[u8], args: &Ask) -> Result<(Line, Facts), Bad> {
    let read: Line = serde_json::from_slice(line).map_err(|problem| Bad {
        id: id_of(line),
        error: format!("cannot read this line: {problem}"),
    })?;
    match facts(&read.given) {
        Ok(own) => {
            let all = args.asking.given.iter().cloned().chain(own.iter().cloned());
            Ok((read, all.collect()))
        }
        Err(error) => Err(Bad { id: read.id, error }),
    }
}

/// The id of a line that is not a question, where it has one.
fn id_of(line: &[u8]) -> Value {
    let value: Option<Value> = serde_json::from_slice(line).ok();
    value.and_then(|v| v.get("id").cloned()).unwrap_or_default()
}

fn answer(
    out: &mut impl Write,
    opened: &Opened,
    room: &Room<'_>,
    args: &Ask,
    line: &Line,
    given: &Facts,
) -> Result<(), CliError> {
    #[derive(Serialize)]
    struct Identified<'a> {
        id: &'a Value,
        #[serde(flatten)]
        answer: AnswerJson<'a>,
    }
    let own = opened.room_beside(&args.from.labels, &line.labels)?;
    let room = own.as_ref().unwrap_or(room);
    let limit = usize::from(args.asking.limit);
    let answer = one(room, &line.query, limit, given)?;
    let library = room.library();
    let lookup = Lookup::new(&*library);
    let answer = Identified {
        id: &line.id,
        answer: lookup.answer(&answer, detail_of(args))?,
    };
    Ok(write_line(out, &Versioned::new(answer))?)
}

fn reader(file: &Path) -> Result<Box<dyn BufRead>, CliError> {
    if file == Path::new("-") {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    let opened = std::fs::File::open(file).map_err(|cause| unreadable(file, cause))?;
    Ok(Box::new(BufReader::new(opened)))
}

fn unreadable(file: &Path, cause: std::io::Error) -> CliError {
    CliError::File {
        action: "read",
        path: file.to_owned(),
        cause,
    }
}
