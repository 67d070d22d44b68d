//! A walk with somebody at the other end: a program that speaks JSON, or a person with a keyboard.
//!
//! [`Session`] is the same for both: it begins with a question or a unit, asks which unit is meant
//! where several fit, and then walks. [`protocol`] and [`line`](mod@line) are its two faces.
//!
//! *Deliberately absent:* where lines come from and go to. Both faces take any reader and writer.

mod aids;
mod ears;
pub mod line;
pub mod protocol;
mod typed;

use crate::ask::{self, Answer, Desk, Hit, Outcome, Request};
use crate::grammar::{Grammar, Lexicon};
use crate::model::{Facts, UnitNo, Unreadable};
use crate::walk::{Event, Input, Reason, Walk};

use ears::Ears;

/// Where a walk begins.
#[derive(Clone, Debug)]
pub enum Start {
    /// At this unit.
    Unit(UnitNo),
    /// At what answers this question.
    Question(String),
}

/// A walk and what it is asked of.
pub struct Session<'a> {
    desk: &'a Desk<'a>,
    grammar: &'a Grammar,
    facts: Facts,
    threshold: f64,
    limit: usize,
    stage: Stage,
}

enum Stage {
    /// Which of these is meant?
    Choosing(Vec<Hit>),
    Walking(Box<Walk>),
    /// Nothing fitted.
    Over,
}

/// How a session is held.
#[derive(Clone, Debug)]
pub struct Manner {
    /// What is so.
    pub facts: Facts,
    /// Below this confidence it asks rather than chooses.
    pub threshold: f64,
    /// How many hits are considered.
    pub limit: usize,
}

impl<'a> Session<'a> {
    /// Begins, and tells the first events.
    ///
    /// # Errors
    /// A unit cannot be read.
    pub fn begin(
        desk: &'a Desk<'a>,
        grammar: &'a Grammar,
        start: &Start,
        manner: Manner,
    ) -> Result<(Self, Vec<Event>), Unreadable> {
        let mut session = Session {
            desk,
            grammar,
            facts: manner.facts,
            threshold: manner.threshold,
            limit: manner.limit,
            stage: Stage::Over,
        };
        let events = match start {
            Start::Unit(unit) => session.walk_from(*unit)?,
            Start::Question(question) => session.ask(question)?,
        };
        Ok((session, events))
    }

    /// Does what the person does.
    ///
    /// # Errors
    /// A unit cannot be read.
    pub fn step(&mut self, input: Input) -> Result<Vec<Event>, Unreadable> {
        match &mut self.stage {
            Stage::Walking(walk) => {
                let ears = Ears {
                    desk: self.desk,
                    grammar: self.grammar,
                };
                walk.step(self.desk.library, input, &ears)
            }
            Stage::Choosing(_) => self.choose(input),
            Stage::Over => match input {
                Input::Goto(unit) => self.walk_from(unit),
                Input::Quit => Ok(vec![over(Reason::Quit)]),
                _ => Ok(vec![Event::Refused(
                    "nothing fitted the question: go to a unit, or quit".to_owned(),
                )]),
            },
        }
    }

    /// The headers of what can be chosen from before the walk begins.
    pub fn candidates(&self) -> Vec<String> {
        match &self.stage {
            Stage::Choosing(hits) => hits.iter().map(|h| h.unit.path.join(" › ")).collect(),
            Stage::Walking(_) | Stage::Over => Vec::new(),
        }
    }

    /// The language of some words.
    fn lexicon(&self, words: &str) -> &'a Lexicon {
        self.grammar.detect(words)
    }

    fn ask(&mut self, question: &str) -> Result<Vec<Event>, Unreadable> {
        let request = Request {
            question,
            limit: self.limit,
            facts: &self.facts,
        };
        let answer = ask::ask(self.desk, self.lexicon(question), &request)?;
        let sure = answer.outcome == Outcome::Answered && answer.confidence >= self.threshold;
        match (answer.outcome, answer.hits.first()) {
            (Outcome::NoMatch, _) | (_, None) => Ok(vec![over(Reason::NoMatch)]),
            (_, Some(first)) if sure || self.threshold <= 0.0 => self.walk_from(first.no),
            _ => Ok(vec![self.unsure(answer)]),
        }
    }

    fn unsure(&mut self, answer: Answer) -> Event {
        let best = answer
            .hits
            .first()
            .map_or(1.0, |h| h.score)
            .max(f64::MIN_POSITIVE);
        let candidates = answer.hits.iter().enumerate();
        let candidates = candidates
            .map(|(i, h)| (i + 1, answer.confidence * h.score / best))
            .collect();
        let question = answer
            .question
            .unwrap_or_else(|| "Which of these do you mean?".to_owned());
        self.stage = Stage::Choosing(answer.hits);
        Event::Unsure {
            candidates,
            question,
        }
    }

    fn walk_from(&mut self, unit: UnitNo) -> Result<Vec<Event>, Unreadable> {
        let (walk, events) =
            Walk::begin(self.desk.library, unit, self.facts.clone(), self.threshold)?;
        self.stage = Stage::Walking(Box::new(walk));
        Ok(events)
    }

    /// While it is open which unit is meant.
    fn choose(&mut self, input: Input) -> Result<Vec<Event>, Unreadable> {
        let Stage::Choosing(hits) = &self.stage else {
            return Ok(Vec::new());
        };
        match input {
            Input::Choose(n) => match n.checked_sub(1).and_then(|i| hits.get(i)) {
                Some(hit) => self.walk_from(hit.no),
                None => Ok(vec![Event::Refused(format!(
                    "there is no choice {n}: choose 1 to {}",
                    hits.len()
                ))]),
            },
            Input::Goto(unit) => self.walk_from(unit),
            Input::Say(words) => self.ask(&words),
            Input::Given(facts) => {
                facts.into_iter().for_each(|f| self.facts.add(f));
                Ok(vec![Event::Refused(
                    "noted: now choose one of them".to_owned(),
                )])
            }
            Input::Quit => {
                self.stage = Stage::Over;
                Ok(vec![over(Reason::Quit)])
            }
            Input::Next | Input::Back | Input::Met(_) => Ok(vec![Event::Refused(format!(
                "choose one of them first: 1 to {}",
                hits.len()
            ))]),
        }
    }
}

fn over(reason: Reason) -> Event {
    Event::End {
        reason,
        path: Vec::new(),
        follow_ups: Vec::new(),
    }
}
