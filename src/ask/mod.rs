//! Stage 6a: from a question to the procedure that answers it.
//!
//! A question is read as an intent by the same grammar that read the headers, and matched to what
//! a unit is *for*; the text it holds counts for less. What answers is one procedure with everything
//! that belongs to it, or a question back, or nothing.
//!
//! *Deliberately absent:* documents and the store. Units come through a [`Library`], postings
//! through the index.

mod assemble;
mod cards;
mod confidence;
mod evidence;
mod fields;
mod meaning;
mod others;
mod rank;
mod reading;
mod signals;
mod why;

use std::sync::Arc;

use crate::grammar::Lexicon;
use crate::index::{Index, Prepared, View, Weights};
use crate::model::{Facts, Intent, Library, Target, Unit, UnitNo, Unreadable};

pub use assemble::{Procedure, Step, assemble};
pub use cards::{BadCards, Cards, write as write_cards};
pub use fields::index;
pub use meaning::{Embeds, Meaning};
pub use others::Other;
pub use reading::Reading;
pub use signals::Signals;

/// Everything that a question is asked of.
pub struct Desk<'a> {
    /// The units.
    pub library: &'a dyn Library,
    /// Their postings.
    pub index: &'a Index<'a>,
    /// Which of them the caller may see.
    pub view: &'a View,
    /// What is known of each without reading it.
    pub cards: &'a Cards<'a>,
    /// The vectors of their headers, where there is a model.
    pub meaning: Option<Meaning<'a>>,
}

/// A question.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// As it was asked.
    pub question: &'a str,
    /// How many hits are wanted.
    pub limit: usize,
    /// What is so.
    pub facts: &'a Facts,
}

/// Answers a question; `lexicon` is the language it is asked in.
///
/// # Errors
/// A unit cannot be read.
pub fn ask(
    desk: &Desk<'_>,
    lexicon: &Lexicon,
    request: &Request<'_>,
) -> Result<Answer, Unreadable> {
    let mut reading = Reading::of(request.question, lexicon);
    let shelf = rank::Shelf {
        view: desk.view,
        cards: desk.cards,
    };
    let weights = Weights::default();
    let mut prepared = Prepared::new(desk.index, &reading.query, &weights, desk.view);
    let mut found = prepared.search(rank::FOUND);
    if reading.add_glosses(desk, lexicon, &found)? {
        prepared = Prepared::new(desk.index, &reading.query, &weights, desk.view);
        found = prepared.search(rank::FOUND);
    }
    let near = desk.meaning.as_ref().and_then(|m| m.near(&reading.said));
    let ranking = shelf.rank(&reading, &prepared, &found, near.as_ref());
    let (outcome, confidence) = confidence::outcome(&ranking.evidence);
    let mut hits = Vec::new();
    for ranked in &ranking.units {
        if hits.len() == request.limit {
            break;
        }
        let unit = desk.library.unit(ranked.unit)?;
        if applies(&unit, request.facts) {
            hits.push(Hit {
                no: ranked.unit,
                unit,
                score: ranked.score,
                signals: ranked.signals,
                why: Vec::new(),
            });
        }
    }
    why::explain(&prepared, &mut hits);
    let outcome = if hits.is_empty() {
        Outcome::NoMatch
    } else {
        outcome
    };
    let procedure = match (outcome, hits.first()) {
        (Outcome::Answered, Some(hit)) => Some(assemble(desk.library, hit.no)?),
        _ => None,
    };
    Ok(Answer {
        query: request.question.to_owned(),
        intent: reading.intent,
        outcome,
        confidence,
        question: (outcome == Outcome::Ambiguous).then(|| which(&hits)),
        hits,
        procedure,
    })
}

/// Can a unit apply, by what is so?
fn applies(unit: &Unit<Target>, facts: &Facts) -> bool {
    unit.applies.iter().all(|(key, values)| {
        facts
            .value(key)
            .is_none_or(|v| values.is_empty() || values.iter().any(|x| x.eq_ignore_ascii_case(v)))
    })
}

/// The question that tells the first hits apart.
fn which(hits: &[Hit]) -> String {
    let names: Vec<String> = hits
        .iter()
        .take(3)
        .map(|h| format!("\u{201c}{}\u{201d}", h.unit.path.join(" \u{203a} ")))
        .collect();
    format!("Which of these do you mean: {}?", names.join(", "))
}

/// What a question was answered with.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The question as it was asked.
    pub query: String,
    /// What it was read as.
    pub intent: Intent,
    /// What came of it.
    pub outcome: Outcome,
    /// 0 to 1: how likely the first hit is what was meant.
    pub confidence: f64,
    /// The units that fit, best first.
    pub hits: Vec<Hit>,
    /// What would tell the hits apart, where several fit alike.
    pub question: Option<String>,
    /// The procedure that answers.
    pub procedure: Option<Procedure>,
}

/// What came of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// One unit answers.
    Answered,
    /// Several fit alike.
    Ambiguous,
    /// Nothing fits.
    NoMatch,
}

impl Outcome {
    /// The name in the public interface.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Answered => "answered",
            Outcome::Ambiguous => "ambiguous",
            Outcome::NoMatch => "no_match",
        }
    }
}

/// A unit that fits.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Its number.
    pub no: UnitNo,
    /// The unit.
    pub unit: Arc<Unit<Target>>,
    /// How well it fits; comparable within one answer.
    pub score: f64,
    /// What speaks for it.
    pub signals: Signals,
    /// Why, the strongest reason first.
    pub why: Vec<Why>,
}

/// One reason for a hit.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// The rule that found it: `intent.action`, `header`.
    pub rule: &'static str,
    /// The words it found.
    pub matched: String,
    /// What it gave.
    pub weight: f64,
}
