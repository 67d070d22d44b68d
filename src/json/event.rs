//! What a walk answers.

use serde::Serialize;

use super::answer::{LeadJson, rounded};
use super::{ConditionJson, Lookup, TargetJson, UnitJson};
use crate::model::{Unreadable, Via};
use crate::walk::{Event, Stop};

/// An event of the walk protocol.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum EventJson<'a> {
    /// Now at this unit.
    Unit {
        /// The unit.
        unit: Box<UnitJson<'a>>,
        /// How many calls are open.
        depth: usize,
        /// What can be taken now.
        choices: Vec<ChoiceJson<'a>>,
        /// What must be so first.
        prerequisites: Vec<StateJson<'a>>,
    },
    /// How words were read.
    Chose {
        /// The choice; 0 for "done here".
        n: usize,
        /// 0 to 1.
        confidence: f64,
        /// Which words decided.
        why: &'a str,
    },
    /// Nothing moved.
    Unsure {
        /// What the words may mean.
        candidates: Vec<CandidateJson>,
        /// What would tell them apart.
        question: &'a str,
    },
    /// A side question answered.
    Aside {
        /// The unit that answers.
        unit: Box<UnitJson<'a>>,
        /// 0 to 1.
        confidence: f64,
    },
    /// The walk is over.
    End {
        /// Why.
        reason: &'static str,
        /// Ids of the units that were visited.
        path: Vec<String>,
        /// What the author suggests for afterwards.
        follow_ups: Vec<LeadJson<'a>>,
    },
    /// The input makes no sense here, or cannot be read.
    Error {
        /// What to do instead.
        message: &'a str,
    },
}

/// A linker that can be taken now.
#[derive(Clone, Debug, Serialize)]
pub struct ChoiceJson<'a> {
    n: usize,
    kind: &'static str,
    condition: Option<ConditionJson<'a>>,
    target: TargetJson<'a>,
    header: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    remark: bool,
}

/// A choice and how well the words fit it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct CandidateJson {
    n: usize,
    confidence: f64,
}

/// A prerequisite and whether it is met.
#[derive(Clone, Debug, Serialize)]
pub struct StateJson<'a> {
    text: &'a str,
    state: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    remark: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<ConditionJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    one_of: Option<u16>,
}

impl Lookup<'_> {
    /// An event. `aside` is the unit that an aside shows, where the event is one.
    ///
    /// # Errors
    /// The set cannot be read.
    pub fn event<'u>(&self, event: &'u Event) -> Result<EventJson<'u>, Unreadable> {
        Ok(match event {
            Event::Unit(stop) => self.stop(stop)?,
            Event::Chose { n, confidence, why } => EventJson::Chose {
                n: *n,
                confidence: rounded(*confidence),
                why,
            },
            Event::Unsure {
                candidates,
                question,
            } => EventJson::Unsure {
                candidates: candidates
                    .iter()
                    .map(|(n, c)| CandidateJson {
                        n: *n,
                        confidence: rounded(*c),
                    })
                    .collect(),
                question,
            },
            Event::Aside { unit, confidence } => EventJson::Aside {
                unit: Box::new(self.unit(unit)?),
                confidence: rounded(*confidence),
            },
            Event::End {
                reason,
                path,
                follow_ups,
            } => EventJson::End {
                reason: reason.name(),
                path: path
                    .iter()
                    .map(|no| Ok(self.id(*no)?.to_string()))
                    .collect::<Result<_, Unreadable>>()?,
                follow_ups: self.leads(follow_ups)?,
            },
            Event::Refused(message) => EventJson::Error { message },
        })
    }

    fn stop<'u>(&self, stop: &'u Stop) -> Result<EventJson<'u>, Unreadable> {
        let choices = stop.choices.iter().enumerate().map(|(i, choice)| {
            Ok(ChoiceJson {
                n: i + 1,
                kind: choice.linker.kind.name(),
                condition: choice.linker.condition.as_deref().map(Into::into),
                target: self.target(&choice.linker.target)?,
                header: &choice.header,
                remark: choice.linker.via == Via::Remark,
            })
        });
        Ok(EventJson::Unit {
            unit: Box::new(self.unit(&stop.unit)?),
            depth: stop.depth,
            choices: choices.collect::<Result<_, Unreadable>>()?,
            prerequisites: stop
                .prerequisites
                .iter()
                .map(|(p, state)| StateJson {
                    text: &p.text,
                    state: state.name(),
                    remark: p.remark,
                    condition: p.condition.as_deref().map(Into::into),
                    one_of: p.one_of,
                })
                .collect(),
        })
    }
}
