//! Stage 6b: from unit to unit along the linkers, one question at a time.
//!
//! A walk is a pure function: [`Walk::step`] takes what the person does and gives the events that
//! answer. Where it goes on is told by the structure of the units and nothing else:
//!
//! 1. At a unit, what it holds comes in the order of the text: its parts, its calls, its decisions.
//! 2. Then `next`; where there is none, what follows its parent, but never past the procedure in
//!    which the walk or the current call began, save along a linker that the text states.
//! 3. After the last part of a branch's block the walk goes on after the decision. A jump that leads
//!    elsewhere does not come back.
//! 4. A call returns to what follows its caller; a call of something that is already open goes back
//!    to it instead of deeper.
//! 5. Where the author stops (`ends`), the current call is left, or the walk ends.
//!
//! *Deliberately absent:* a clock, a terminal, a store. Units come through [`Library`].

mod choices;
mod hear;
mod position;
mod ways;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Ending, Fact, Facts, Library, Linker, Prerequisite, Target, Unit, UnitNo, Unreadable,
};
use position::{Frame, Position};
use std::sync::Arc;

pub use choices::{Choice, PrerequisiteState};
pub use hear::{Aside, Heard, Listener};

/// What the person does.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Reports something in words.
    Say(String),
    /// Takes the choice with this number.
    Choose(usize),
    /// Done here; at a decision, none of it holds.
    Next,
    /// One event back.
    Back,
    /// To this unit.
    Goto(UnitNo),
    /// These prerequisites are met.
    Met(Vec<String>),
    /// These facts are so.
    Given(Vec<Fact>),
    /// Stops.
    Quit,
}

/// What the walk answers.
#[derive(Clone, Debug)]
pub enum Event {
    /// Now at this unit.
    Unit(Stop),
    /// How words were read; a unit or an end follows.
    Chose {
        /// The number of the choice.
        n: usize,
        /// 0 to 1.
        confidence: f64,
        /// Which words decided.
        why: String,
    },
    /// The words fit several choices, or none; nothing moved.
    Unsure {
        /// Choices and how well each fits.
        candidates: Vec<(usize, f64)>,
        /// What would tell them apart.
        question: String,
    },
    /// A side question answered; still at the same unit.
    Aside {
        /// The unit that answers.
        unit: Arc<Unit<Target>>,
        /// 0 to 1.
        confidence: f64,
    },
    /// The walk is over.
    End {
        /// Why.
        reason: Reason,
        /// The units that were visited, in order.
        path: Vec<UnitNo>,
        /// What the author suggests for afterwards.
        follow_ups: Vec<Linker<Target>>,
    },
    /// The input makes no sense here; nothing changed.
    Refused(String),
}

/// A unit, and what can be done there.
#[derive(Clone, Debug)]
pub struct Stop {
    /// Its number.
    pub no: UnitNo,
    /// The unit.
    pub unit: Arc<Unit<Target>>,
    /// How many calls are open.
    pub depth: usize,
    /// The linkers that can be taken now, in the order of the text.
    pub choices: Vec<Choice>,
    /// What must be so first.
    pub prerequisites: Vec<(Prerequisite<Target>, PrerequisiteState)>,
    /// What the walk comes to where nothing is chosen here; `None` where it ends.
    pub onward: Option<String>,
}

/// Why a walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The procedure was done to its end.
    Complete,
    /// The author stops here.
    Ends(Ending),
    /// What comes next could not be found.
    DeadEnd,
    /// Nothing fits the question.
    NoMatch,
    /// The person stopped.
    Quit,
}

impl Reason {
    /// The name in the public interface.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Complete => "complete",
            Reason::Ends(ending) => ending.name(),
            Reason::DeadEnd => "dead_end",
            Reason::NoMatch => "no_match",
            Reason::Quit => "quit",
        }
    }
}

/// A walk in progress.
#[derive(Clone, Debug)]
pub struct Walk {
    at: Position,
    ended: Option<Reason>,
    path: Vec<UnitNo>,
    /// What `back` returns to.
    history: Vec<(Position, usize)>,
    /// Options taken so far, by what they vary in.
    options: BTreeMap<String, String>,
    met: BTreeSet<String>,
    facts: Facts,
    /// Below this confidence it asks rather than chooses.
    threshold: f64,
}

impl Walk {
    /// Begins a walk at a unit.
    ///
    /// # Errors
    /// The unit cannot be read.
    pub fn begin(
        library: &dyn Library,
        unit: UnitNo,
        facts: Facts,
        threshold: f64,
    ) -> Result<(Walk, Vec<Event>), Unreadable> {
        let frame = Frame {
            scope: position::procedure_of(library, unit)?,
            caller: None,
        };
        let mut walk = Walk {
            at: Position {
                unit,
                way: 0,
                frames: vec![frame],
            },
            ended: None,
            path: Vec::new(),
            history: Vec::new(),
            options: BTreeMap::new(),
            met: BTreeSet::new(),
            facts,
            threshold,
        };
        let event = walk.arrive(library)?;
        Ok((walk, vec![event]))
    }

    /// Where the walk is.
    pub fn at(&self) -> UnitNo {
        self.at.unit
    }

    /// Is the walk over?
    pub fn ended(&self) -> Option<Reason> {
        self.ended
    }

    /// Does what the person does, and tells the answer. `listener` reads free words.
    ///
    /// # Errors
    /// A unit cannot be read.
    pub fn step(
        &mut self,
        library: &dyn Library,
        input: Input,
        listener: &dyn Listener,
    ) -> Result<Vec<Event>, Unreadable> {
        match input {
            Input::Quit => Ok(vec![self.end(Reason::Quit, library)?]),
            Input::Back => self.back(library),
            Input::Goto(unit) => self.goto(library, unit),
            _ if self.ended.is_some() => Ok(vec![Event::Refused(
                "the walk is over: go back, go to a unit, or quit".to_owned(),
            )]),
            Input::Met(texts) => {
                self.met.extend(texts);
                Ok(vec![Event::Unit(self.stop(library)?)])
            }
            Input::Given(facts) => {
                facts.into_iter().for_each(|f| self.facts.add(f));
                Ok(vec![Event::Unit(self.stop(library)?)])
            }
            Input::Next => self.next(library),
            Input::Choose(n) => self.choose(library, n),
            Input::Say(words) => self.say(library, &words, listener),
        }
    }

    fn back(&mut self, library: &dyn Library) -> Result<Vec<Event>, Unreadable> {
        let Some((position, visited)) = self.history.pop() else {
            return Ok(vec![Event::Refused(
                "this is where the walk began".to_owned(),
            )]);
        };
        self.at = position;
        self.ended = None;
        self.path.truncate(visited);
        Ok(vec![Event::Unit(self.stop(library)?)])
    }

    fn goto(&mut self, library: &dyn Library, unit: UnitNo) -> Result<Vec<Event>, Unreadable> {
        self.remember();
        self.ended = None;
        let scope = position::procedure_of(library, unit)?;
        self.at = Position {
            unit,
            way: 0,
            frames: vec![Frame {
                scope,
                caller: None,
            }],
        };
        Ok(vec![self.arrive(library)?])
    }

    fn next(&mut self, library: &dyn Library) -> Result<Vec<Event>, Unreadable> {
        self.remember();
        let there = self.at.on(library, &self.known())?;
        Ok(vec![self.moved(library, there)?])
    }

    /// What is known of the options that nobody is asked about.
    fn known(&self) -> position::Known<'_> {
        position::Known {
            options: &self.options,
            facts: &self.facts,
        }
    }

    fn choose(&mut self, library: &dyn Library, n: usize) -> Result<Vec<Event>, Unreadable> {
        let stop = self.stop(library)?;
        let Some(choice) = n.checked_sub(1).and_then(|i| stop.choices.get(i)) else {
            let count = stop.choices.len();
            return Ok(vec![Event::Refused(match count {
                0 => "there is nothing to choose here: go on with next".to_owned(),
                _ => format!("there is no choice {n}: choose 1 to {count}"),
            })]);
        };
        self.take(library, &choice.clone())
    }

    /// Follows a linker.
    fn take(&mut self, library: &dyn Library, choice: &Choice) -> Result<Vec<Event>, Unreadable> {
        use crate::model::LinkerKind::{Defines, See};
        let Some(target) = choice.linker.target.unit() else {
            return Ok(vec![Event::Refused(
                "this leads out of the set: open it, then go on with next".to_owned(),
            )]);
        };
        if matches!(choice.linker.kind, See | Defines) {
            return Ok(vec![Event::Aside {
                unit: library.unit(target)?,
                confidence: 1.0,
            }]);
        }
        self.remember();
        if choice.linker.kind == crate::model::LinkerKind::Option {
            self.remember_option(library, target)?;
        }
        let there = self.at.along(library, &choice.linker, target)?;
        Ok(vec![self.moved(library, there)?])
    }

    fn remember_option(&mut self, library: &dyn Library, target: UnitNo) -> Result<(), Unreadable> {
        for (key, values) in &library.unit(target)?.applies {
            if let Some(value) = values.first() {
                self.options.insert(key.clone(), value.clone());
            }
        }
        Ok(())
    }

    fn remember(&mut self) {
        self.history.push((self.at.clone(), self.path.len()));
    }

    fn moved(&mut self, library: &dyn Library, to: position::Moved) -> Result<Event, Unreadable> {
        match to {
            position::Moved::To(position) => {
                self.at = position;
                self.arrive(library)
            }
            position::Moved::End(reason) => self.end(reason, library),
        }
    }

    fn arrive(&mut self, library: &dyn Library) -> Result<Event, Unreadable> {
        if self.path.last() != Some(&self.at.unit) {
            self.path.push(self.at.unit);
        }
        Ok(Event::Unit(self.stop(library)?))
    }

    fn end(&mut self, reason: Reason, library: &dyn Library) -> Result<Event, Unreadable> {
        self.ended = Some(reason);
        let scope = self.at.frames.first().map_or(self.at.unit, |f| f.scope);
        let unit = library.unit(scope)?;
        let follow_ups = unit
            .linkers
            .iter()
            .filter(|l| l.kind == crate::model::LinkerKind::FollowUp);
        Ok(Event::End {
            reason,
            path: self.path.clone(),
            follow_ups: follow_ups.cloned().collect(),
        })
    }

    fn say(
        &mut self,
        library: &dyn Library,
        words: &str,
        listener: &dyn Listener,
    ) -> Result<Vec<Event>, Unreadable> {
        let stop = self.stop(library)?;
        match listener.hear(library, words, &stop, self.threshold)? {
            Heard::Choice { n, confidence, why } => {
                let mut events = vec![Event::Chose { n, confidence, why }];
                events.extend(self.choose(library, n)?);
                Ok(events)
            }
            Heard::Next { confidence, why } => {
                let mut events = vec![Event::Chose {
                    n: 0,
                    confidence,
                    why,
                }];
                events.extend(self.next(library)?);
                Ok(events)
            }
            Heard::Back => self.back(library),
            Heard::Quit => Ok(vec![self.end(Reason::Quit, library)?]),
            Heard::Aside(aside) => {
                let unit = library.unit(aside.unit)?;
                Ok(vec![Event::Aside {
                    unit,
                    confidence: aside.confidence,
                }])
            }
            Heard::Unsure {
                candidates,
                question,
            } => Ok(vec![Event::Unsure {
                candidates,
                question,
            }]),
        }
    }
}
