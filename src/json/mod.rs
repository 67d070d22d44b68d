//! The public JSON: what programs read.
//!
//! The model serialises itself for the store; this is the other face of it, with ids instead of
//! numbers, lines beside bytes, and only the keys that apply. Everything borrows from the unit it
//! shows, and a [`Lookup`] remembers ids and line tables, so that a large export costs little more
//! than writing its bytes.
//!
//! Keys may be added; none changes its meaning. Their order is fixed, so that the same set gives
//! the same bytes.
//!
//! *Deliberately absent:* reading. What programs send is the business of those who listen.

mod answer;
mod condition;
mod diagnostic;
mod event;
mod line;
mod linker;
mod lookup;
mod prerequisite;
mod source;
mod unit;

pub use answer::{AnswerJson, Detail, HitJson, LeadJson, ProcedureJson};
pub use condition::ConditionJson;
pub use diagnostic::DiagnosticJson;
pub use event::{CandidateJson, ChoiceJson, EventJson, StateJson};
pub use line::{Versioned, write_line};
pub use linker::{LinkerJson, TargetJson};
pub use lookup::Lookup;
pub use prerequisite::PrerequisiteJson;
pub use source::{PageJson, SourceJson};
pub use unit::UnitJson;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
