//! One JSON object a line, both ways.

use std::io::{self, BufRead, Write};

use serde::Deserialize;
use serde_json::Value;

use super::Session;
use crate::json::{EventJson, Lookup, Versioned, write_line};
use crate::model::{Fact, Facts, Library, Op, Test, UnitId, Unreadable};
use crate::walk::{Event, Input, Reason};

/// Why a session over JSON stopped early.
#[derive(Debug, thiserror::Error)]
pub enum ProtocolError {
    /// The store cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// A line cannot be read or written.
    #[error("cannot go on: {0}")]
    Io(#[from] io::Error),
}

/// A line longer than this, in bytes, is refused.
const LONGEST: usize = 1 << 20;

/// What a program sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    say: Option<String>,
    choose: Option<usize>,
    back: Option<bool>,
    goto: Option<String>,
    next: Option<bool>,
    met: Option<Vec<String>>,
    given: Option<serde_json::Map<String, Value>>,
    quit: Option<bool>,
}

/// Speaks until the input ends or somebody quits; tells how the walk ended.
///
/// # Errors
/// The store cannot be read, or the other end is gone.
pub fn run(
    session: &mut Session<'_>,
    begun: &[Event],
    library: &dyn Library,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<Option<Reason>, ProtocolError> {
    let mut ended = tell(library, begun, out)?;
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = io::Read::take(&mut *input, LONGEST as u64 + 1).read_until(b'\n', &mut line)?;
        if read == 0 {
            break;
        }
        if line.len() > LONGEST {
            skip_line(input)?;
            refuse(out, &format!("a line may have {LONGEST} bytes"))?;
            continue;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match read_line(&line, library) {
            Ok(message) => {
                let quits = message == Input::Quit;
                let events = session.step(message)?;
                let told = tell(library, &events, out)?;
                // Whoever goes back behind the end walks again.
                let walks = events.iter().any(|e| matches!(e, Event::Unit(_)));
                ended = told.or(ended.filter(|_| !walks));
                if quits {
                    return Ok(ended);
                }
            }
            Err(problem) => refuse(out, &problem)?,
        }
    }
    // The end of the input is a quit, unless the walk was over.
    if ended.is_none() {
        let events = session.step(Input::Quit)?;
        ended = tell(library, &events, out)?;
    }
    Ok(ended)
}

fn skip_line(input: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let (taken, done) = match buffer.iter().position(|b| *b == b'\n') {
            Some(n) => (n + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(taken);
        if done {
            return Ok(());
        }
    }
}

/// Writes events, and tells whether the last one ended the walk.
fn tell(
    library: &dyn Library,
    events: &[Event],
    out: &mut dyn Write,
) -> Result<Option<Reason>, ProtocolError> {
    let lookup = Lookup::new(library);
    let mut out = out;
    for event in events {
        write_line(&mut out, &Versioned::new(lookup.event(event)?))?;
    }
    out.flush()?;
    Ok(match events.last() {
        Some(Event::End { reason, .. }) => Some(*reason),
        _ => None,
    })
}

fn refuse(mut out: &mut dyn Write, message: &str) -> io::Result<()> {
    write_line(&mut out, &Versioned::new(EventJson::Error { message }))?;
    out.flush()
}

/// Reads one message; says what is wrong with one that is none.
fn read_line(line: &[u8], library: &dyn Library) -> Result<Input, String> {
    let message: Message = serde_json::from_slice(line)
        .map_err(|e| format!("cannot read this line: {e}; write one of say, choose, back, goto, next, met, given, quit"))?;
    let inputs = [
        message.say.map(Input::Say),
        message.choose.map(Input::Choose),
        message.back.filter(|b| *b).map(|_| Input::Back),
        message.goto.map(|id| goto(&id, library)).transpose()?,
        message.next.filter(|b| *b).map(|_| Input::Next),
        message.met.map(Input::Met),
        message
            .given
            .map(|map| given(&map).map(Input::Given))
            .transpose()?,
        message.quit.filter(|b| *b).map(|_| Input::Quit),
    ];
    let mut found = inputs.into_iter().flatten();
    match (found.next(), found.next()) {
        (Some(input), None) => Ok(input),
        (None, _) => Err(
            "this line says nothing: write one of say, choose, back, goto, next, met, given, quit"
                .to_owned(),
        ),
        (Some(_), Some(_)) => {
            Err("this line says several things: send one object a line for each".to_owned())
        }
    }
}

fn goto(id: &str, library: &dyn Library) -> Result<Input, String> {
    match library.find(&UnitId(id.to_owned())) {
        Ok(Some(no)) => Ok(Input::Goto(no)),
        Ok(None) => Err(format!("there is no unit {id:?}")),
        Err(e) => Err(e.to_string()),
    }
}

/// `{"os": "linux", "kubernetes": 1.29}`: what is so.
///
/// # Errors
/// A value that is neither text, number nor truth value.
pub fn given(map: &serde_json::Map<String, Value>) -> Result<Vec<Fact>, String> {
    map.iter().map(|(key, value)| fact(key, value)).collect()
}

fn fact(key: &str, value: &Value) -> Result<Fact, String> {
    let value = match value {
        Value::String(text) => text.to_lowercase(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ => {
            return Err(format!(
                "the fact {key:?} needs a text, a number, true or false"
            ));
        }
    };
    Ok(Fact(Test {
        key: key.to_lowercase(),
        op: Op::Eq,
        value,
    }))
}

/// The same, as facts.
///
/// # Errors
/// As [`given`].
pub fn facts(map: &serde_json::Map<String, Value>) -> Result<Facts, String> {
    Ok(given(map)?.into_iter().collect())
}
