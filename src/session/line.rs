//! For a person: text out, a line in, on any terminal or pipe.

use std::io::{self, BufRead, Write};

use serde_json::{Value, json};

use super::Session;
use crate::json::{Lookup, Versioned};
use crate::model::{Fact, Library, UnitId, Unreadable};
use crate::render::{RenderError, Renderer};
use crate::walk::{Event, Input, Reason};

/// The template of an event.
const TEMPLATE: &str = "walk.text";

const HELP: &str = "\
Enter     done here: go on
1, 2 …    take this choice
b         back
g UNIT    go to a unit
f KEY=VALUE  state a fact
m TEXT    a prerequisite is met
q         quit
anything else is read as what you report, or as a side question";

/// Why a walk stopped early.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// The store cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The template is wrong.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// A line cannot be read or written.
    #[error("cannot go on: {0}")]
    Io(#[from] io::Error),
}

/// Where a walk is shown: to the person, and to a transcript.
pub struct Screen<'a> {
    /// To the person.
    pub out: &'a mut dyn Write,
    /// What is put before each line that the person types; empty where nobody types.
    pub prompt: &'a str,
    /// What was shown and typed, without colour.
    pub transcript: Option<&'a mut dyn Write>,
    /// For the person.
    pub renderer: &'a Renderer,
    /// For the transcript.
    pub plain: &'a Renderer,
}

/// Walks until the input ends or the person quits; tells how the walk ended.
///
/// # Errors
/// The store cannot be read, or the other end is gone.
pub fn run(
    session: &mut Session<'_>,
    begun: &[Event],
    library: &dyn Library,
    input: &mut dyn BufRead,
    screen: &mut Screen<'_>,
) -> Result<Option<Reason>, LineError> {
    let mut ended = screen.show(session, library, begun)?;
    let mut line = String::new();
    loop {
        screen.ask()?;
        line.clear();
        let typed = match read(input, &mut line)? {
            0 => "q",
            _ => line.trim(),
        };
        screen.typed(typed)?;
        if typed == "?" || typed == "help" {
            screen.say(HELP)?;
            continue;
        }
        let message = match meant(typed, library)? {
            Ok(message) => message,
            Err(problem) => {
                screen.say(&problem)?;
                continue;
            }
        };
        let quits = message == Input::Quit;
        // Whoever leaves after the end has heard how it ended.
        if quits && ended.is_some() {
            return Ok(ended);
        }
        let events = session.step(message)?;
        ended = screen.show(session, library, &events)?;
        if quits {
            return Ok(ended);
        }
    }
}

/// Reads a line; bytes that are no text are replaced.
fn read(input: &mut dyn BufRead, line: &mut String) -> io::Result<usize> {
    let mut bytes = Vec::new();
    let read = input.read_until(b'\n', &mut bytes)?;
    line.push_str(&String::from_utf8_lossy(&bytes));
    Ok(read)
}

/// What a typed line means; the inner error is for the person.
fn meant(typed: &str, library: &dyn Library) -> Result<Result<Input, String>, Unreadable> {
    let (word, rest) = typed.split_once(' ').unwrap_or((typed, ""));
    Ok(Ok(match (word, rest.trim()) {
        ("" | "n" | "next", "") => Input::Next,
        ("b" | "back", "") => Input::Back,
        ("q" | "quit" | "exit", "") => Input::Quit,
        ("g" | "goto", id) if !id.is_empty() => match library.find(&UnitId(id.to_owned()))? {
            Some(no) => Input::Goto(no),
            None => return Ok(Err(format!("there is no unit {id:?}"))),
        },
        ("f" | "given", fact) if !fact.is_empty() => match fact.parse::<Fact>() {
            Ok(fact) => Input::Given(vec![fact]),
            Err(e) => return Ok(Err(e.to_string())),
        },
        ("m" | "met", text) if !text.is_empty() => Input::Met(vec![text.to_owned()]),
        _ => match typed.parse::<usize>() {
            Ok(n) => Input::Choose(n),
            Err(_) => Input::Say(typed.to_owned()),
        },
    }))
}

impl Screen<'_> {
    /// Shows events, and tells whether the last one ended the walk.
    fn show(
        &mut self,
        session: &Session<'_>,
        library: &dyn Library,
        events: &[Event],
    ) -> Result<Option<Reason>, LineError> {
        let lookup = Lookup::new(library);
        for event in events {
            let value = with_names(
                serde_json::to_value(Versioned::new(lookup.event(event)?)),
                session,
            );
            write!(self.out, "{}", self.renderer.render(TEMPLATE, &value)?)?;
            if let Some(transcript) = &mut self.transcript {
                write!(transcript, "{}", self.plain.render(TEMPLATE, &value)?)?;
            }
        }
        self.out.flush()?;
        Ok(match events.last() {
            Some(Event::End { reason, .. }) => Some(*reason),
            _ => None,
        })
    }

    fn ask(&mut self) -> io::Result<()> {
        if self.prompt.is_empty() {
            return Ok(());
        }
        write!(self.out, "\n{}", self.prompt)?;
        self.out.flush()
    }

    fn typed(&mut self, line: &str) -> io::Result<()> {
        match &mut self.transcript {
            Some(transcript) => writeln!(transcript, "\n> {line}"),
            None => Ok(()),
        }
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        let text = crate::terminal::clean(text);
        writeln!(self.out, "{text}")?;
        if let Some(transcript) = &mut self.transcript {
            writeln!(transcript, "{text}")?;
        }
        self.out.flush()
    }
}

/// Candidates are numbers; a person wants names.
fn with_names(event: Result<Value, serde_json::Error>, session: &Session<'_>) -> Value {
    let mut event = event.unwrap_or_default();
    let names = session.candidates();
    if let Some(candidates) = event.get_mut("candidates").and_then(Value::as_array_mut) {
        for (candidate, name) in candidates.iter_mut().zip(names) {
            candidate["header"] = json!(name);
        }
    }
    event
}
