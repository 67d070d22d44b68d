//! For a person: text out, a line in, on any terminal or pipe.

use std::io::{self, BufRead, Write};

use serde_json::{Value, json};

use super::typed::{HELP, Moment, Typed};
use super::{Session, aids, typed};
use crate::json::{Lookup, Versioned};
use crate::model::{Library, Linker, Target, UnitNo, Unreadable};
use crate::render::{RenderError, Renderer};
use crate::terminal::clean;
use crate::walk::{Event, Input, Reason, Stop};

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
    /// The template of an event: [`TEMPLATE`], or another that both renderers have taken.
    pub template: &'a str,
}

/// The built-in template of an event.
pub const TEMPLATE: &str = "walk.text";

/// A line longer than this, in bytes, is cut.
const LONGEST: u64 = 1 << 20;

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
    let mut talk = Talk {
        session,
        library,
        screen,
        stop: None,
        ended: None,
        follow_ups: Vec::new(),
    };
    talk.show(begun)?;
    loop {
        talk.screen.ask()?;
        let Some(line) = read(input)? else {
            return talk.leave();
        };
        talk.screen.typed(&line)?;
        match typed::read(&line, &talk.moment())? {
            Typed::Walk(Input::Quit) => return talk.leave(),
            Typed::Walk(input) => {
                let events = talk.session.step(input)?;
                talk.show(&events)?;
            }
            Typed::Ask(question) => {
                let events = talk.session.ask(&question)?;
                talk.show(&events)?;
            }
            Typed::Again => talk.again()?,
            Typed::Help => talk.screen.say(HELP)?,
            Typed::Problem(problem) => talk.screen.say(&problem)?,
        }
    }
}

/// A walk and the person who walks it.
struct Talk<'t, 's, 'w> {
    session: &'t mut Session<'s>,
    library: &'t dyn Library,
    screen: &'t mut Screen<'w>,
    stop: Option<Stop>,
    ended: Option<Reason>,
    follow_ups: Vec<Linker<Target>>,
}

impl Talk<'_, '_, '_> {
    fn moment(&self) -> Moment<'_> {
        Moment {
            library: self.library,
            stop: self.stop.as_ref(),
            ended: self.ended,
            follow_ups: &self.follow_ups,
        }
    }

    /// Shows events and remembers what the next line may refer to.
    fn show(&mut self, events: &[Event]) -> Result<(), LineError> {
        for event in events {
            let value = self.value(event)?;
            self.screen.render(&value)?;
            match event {
                Event::Unit(stop) => {
                    self.stop = Some(stop.clone());
                    self.ended = None;
                }
                Event::Unsure { .. } => self.ended = None,
                Event::End {
                    reason, follow_ups, ..
                } => {
                    self.ended = Some(*reason);
                    self.follow_ups = follow_ups.clone();
                }
                _ => {}
            }
        }
        Ok(self.screen.flush()?)
    }

    /// An event as the template gets it.
    fn value(&self, event: &Event) -> Result<Value, LineError> {
        let lookup = Lookup::new(self.library);
        let mut value =
            serde_json::to_value(Versioned::new(lookup.event(event)?)).map_err(io::Error::from)?;
        aids::add(&mut value, event, self.session, self.stop.as_ref());
        value["typing"] = json!(!self.screen.prompt.is_empty());
        if let Event::End { path, .. } = event {
            value["began"] = json!(self.header(path.first())?);
            value["steps"] = json!(path.len());
        }
        Ok(value)
    }

    fn header(&self, unit: Option<&UnitNo>) -> Result<Option<String>, Unreadable> {
        let unit = unit.map(|no| self.library.unit(*no)).transpose()?;
        Ok(unit.map(|u| u.header.clone()))
    }

    fn again(&mut self) -> Result<(), LineError> {
        match self.stop.clone() {
            Some(stop) if self.ended.is_none() => self.show(&[Event::Unit(stop)]),
            _ => Ok(self.screen.say("there is nothing to show again")?),
        }
    }

    /// Whoever leaves after the end has heard how it ended.
    fn leave(&mut self) -> Result<Option<Reason>, LineError> {
        if self.ended.is_none() {
            let events = self.session.step(Input::Quit)?;
            self.show(&events)?;
        }
        Ok(self.ended)
    }
}

/// Reads a line; `None` where there are no more. Bytes that are no text are replaced.
fn read(input: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = io::Read::take(input, LONGEST).read_until(b'\n', &mut bytes)?;
    let line = String::from_utf8_lossy(&bytes).trim().to_owned();
    Ok((read > 0).then_some(line))
}

impl Screen<'_> {
    fn render(&mut self, event: &Value) -> Result<(), LineError> {
        let shown = self.renderer.render(self.template, event)?;
        self.out.write_all(shown.as_bytes())?;
        if let Some(transcript) = &mut self.transcript {
            let plain = self.plain.render(self.template, event)?;
            transcript.write_all(plain.as_bytes())?;
        }
        Ok(())
    }

    /// Somebody who interrupts the walk has seen, and keeps, all of it.
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()?;
        self.transcript.as_mut().map_or(Ok(()), |t| t.flush())
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
            Some(transcript) => writeln!(transcript, "\n> {}", clean(line)),
            None => Ok(()),
        }
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        let text = clean(text);
        writeln!(self.out, "{text}")?;
        if let Some(transcript) = &mut self.transcript {
            writeln!(transcript, "{text}")?;
        }
        self.flush()
    }
}
