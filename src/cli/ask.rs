//! `stepwell ask`: a question in, a procedure in one piece out.

use std::io::Write;
use std::mem::ManuallyDrop;
use std::time::Instant;

use serde_json::Value;

use super::args::{AnswerFormat, Ask, Global};
use super::look::{look, plain};
use super::opened::{Opened, Room};
use super::stages;
use super::{CliError, Outcome, batch, detail, stdout};
use crate::ask::{Answer, Outcome as Came, Request, ask};
use crate::json::{AnswerJson, Detail, Lookup, Versioned, write_line};
use crate::model::Facts;
use crate::render::Renderer;

pub(super) fn run(global: &Global, args: &Ask) -> Result<Outcome, CliError> {
    let question = args.question.join(" ");
    if args.batch.is_none() && question.trim().is_empty() {
        return Err(CliError::EmptyQuestion { command: "ask" });
    }
    // The process is about to end: taking the set apart would only make the user wait.
    let opened = ManuallyDrop::new(Opened::new(global, &args.from)?);
    if let Some(file) = &args.batch {
        return batch::run(&opened, args, file);
    }
    let room = opened.room(&args.from.labels)?;
    let library = room.library();
    let given: Facts = args.asking.given.iter().cloned().collect();
    let started = Instant::now();
    let limit = usize::from(args.asking.limit);
    let answer = one(&room, &question, limit, &given)?;
    let took = stages::shown(started.elapsed());
    detail(global, &format!("answered in {took}"));
    let lookup = Lookup::new(&*library);
    let json = Versioned::new(lookup.answer(&answer, detail_of(args))?);
    let mut out = stdout();
    match (args.format, &args.template) {
        (AnswerFormat::Json, None) => write_line(&mut out, &json)?,
        _ => write!(out, "{}", render(global, &room, args, &json)?)?,
    }
    out.flush()?;
    Ok(if answer.outcome == Came::NoMatch {
        Outcome::Found
    } else {
        Outcome::Done
    })
}

/// How much is told of an answer.
pub(super) fn detail_of(args: &Ask) -> Detail {
    match args.explain {
        true => Detail::Explained,
        false => Detail::Brief,
    }
}

/// Answers one question.
pub(super) fn one(
    room: &Room<'_>,
    question: &str,
    limit: usize,
    given: &Facts,
) -> Result<Answer, CliError> {
    let library = room.library();
    let desk = room.desk(&*library);
    let lexicon = room.grammar.detect(question);
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
    room: &Room<'_>,
    args: &Ask,
    answer: &Versioned<AnswerJson<'_>>,
) -> Result<String, CliError> {
    let look = look(global, room.dialects()?);
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
