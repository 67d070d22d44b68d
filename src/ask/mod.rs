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
mod choice;
mod confidence;
mod elbow;
mod evidence;
mod fields;
mod flow;
mod meaning;
mod mend;
mod names;
mod others;
mod rank;
mod reading;
mod sift;
mod signals;
mod twins;
mod which;
mod why;

use std::sync::Arc;

use crate::grammar::Lexicon;
use crate::index::{Index, Prepared, View};
use crate::model::{Facts, Intent, Library, Target, Unit, UnitNo, Unreadable};

use choice::Choice;

pub use assemble::{Procedure, Step, answering, assemble};
pub use cards::{BadCards, Cards, write as write_cards};
pub use evidence::Evidence;
pub use fields::index;
pub use meaning::{Embeds, Meaning};
pub use mend::Mend;
pub use names::{BadNames, Names, write as write_names};
pub use others::Other;
pub use reading::{Reading, Word};
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
    /// What the set calls by two names.
    pub names: Names<'a>,
    /// The vectors of their headers, where there is a model.
    pub meaning: Option<Meaning<'a>>,
}

/// A question.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// As it was asked.
    pub question: &'a str,
    /// How many hits are wanted.
    pub limit: usize,
    /// What is so.
    pub facts: &'a Facts,
}

/// Answers a question; `lexicon` is the language it is asked in. Of several questions in one, the
/// first that has an answer is answered, and the others are offered.
///
/// # Errors
/// A unit cannot be read.
pub fn ask(
    desk: &Desk<'_>,
    lexicon: &Lexicon,
    request: &Request<'_>,
) -> Result<Answer, Unreadable> {
    let asked = reading::apart(request.question, lexicon);
    if asked.len() < 2 {
        return one(desk, lexicon, request);
    }
    let answers = asked.iter().map(|question| {
        let request = Request {
            question,
            ..*request
        };
        one(desk, lexicon, &request)
    });
    let mut answers: Vec<Answer> = answers.collect::<Result<_, _>>()?;
    let of = |outcome| answers.iter().position(|a| a.outcome == outcome);
    let Some(best) = of(Outcome::Answered).or_else(|| of(Outcome::Ambiguous)) else {
        return one(desk, lexicon, request);
    };
    let mut answer = answers.remove(best);
    answer.query = request.question.to_owned();
    let unit = answer.hits.first().map(|h| h.no);
    let others = answers.into_iter().map(Also::of);
    answer.also = others
        .filter(|also| also.hit.as_ref().is_none_or(|h| Some(h.no) != unit))
        .collect();
    Ok(answer)
}

/// Answers one question.
fn one(desk: &Desk<'_>, lexicon: &Lexicon, request: &Request<'_>) -> Result<Answer, Unreadable> {
    let looked = Looked::of(desk, lexicon, request.question)?;
    let mut choice = Choice::of(desk.library, lexicon, request, &looked.ranking)?;
    why::explain(&looked.prepared, &mut choice.hits);
    let procedure = match (choice.outcome, choice.hits.first()) {
        (Outcome::Answered, Some(hit)) => Some(answering(desk.library, hit.no, &hit.unit)?),
        _ => None,
    };
    Ok(Answer {
        query: request.question.to_owned(),
        intent: looked.reading.intent,
        mends: looked.mends,
        outcome: choice.outcome,
        confidence: choice.confidence,
        question: (choice.outcome == Outcome::Ambiguous).then(|| which::question(&choice.hits)),
        hits: choice.hits,
        ruled_out: choice.ruled_out,
        procedure,
        also: Vec::new(),
    })
}

/// A question that was read and looked up.
struct Looked<'d> {
    reading: Reading,
    mends: Vec<Mend>,
    prepared: Prepared<'d>,
    ranking: rank::Ranking,
}

impl<'d> Looked<'d> {
    fn of(desk: &Desk<'d>, lexicon: &Lexicon, question: &str) -> Result<Self, Unreadable> {
        let mut reading = Reading::of(question, lexicon);
        let mends = mend::mend(&mut reading, lexicon, desk.index, desk.view);
        reading.add_synonyms(lexicon);
        reading.add_lacking(lexicon);
        reading.add_names(desk);
        reading.add_things(desk, lexicon);
        let mut prepared = reading.prepared(desk);
        let mut found = prepared.search(rank::FOUND);
        if reading.add_glosses(desk, lexicon, &found)? {
            prepared = reading.prepared(desk);
            found = prepared.search(rank::FOUND);
        }
        let near = desk.meaning.as_ref().and_then(|m| m.near(&reading.said));
        let shelf = rank::Shelf {
            view: desk.view,
            cards: desk.cards,
        };
        let mut ranking = shelf.rank(&reading, &prepared, &found, near.as_ref());
        shelf.flow(desk.library, &prepared, &mut ranking)?;
        Ok(Looked {
            reading,
            mends,
            prepared,
            ranking,
        })
    }
}

/// What ranking sees of a question: for fits, and for whoever wants to know more than an answer says.
#[derive(Clone, Debug)]
pub struct Sight {
    /// What could answer, the best first: the unit, and what each signal gave, by [`Signals::NAMES`].
    pub candidates: Vec<(UnitNo, [f64; Signals::NAMES.len()])>,
    /// What speaks for the first.
    pub evidence: Evidence,
}

/// Looks a question up and ranks what could answer it, whatever comes of it.
///
/// # Errors
/// A unit cannot be read.
pub fn sight(desk: &Desk<'_>, lexicon: &Lexicon, question: &str) -> Result<Sight, Unreadable> {
    let ranking = Looked::of(desk, lexicon, question)?.ranking;
    let all: Vec<&rank::Candidate> = ranking.candidates.iter().collect();
    Ok(Sight {
        evidence: Evidence::of(&all, &ranking.wish, ranking.vectors),
        candidates: all.iter().map(|c| (c.unit, c.gave)).collect(),
    })
}

/// What a question was answered with.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The question as it was asked.
    pub query: String,
    /// What it was read as.
    pub intent: Intent,
    /// The words that were read otherwise than they were written.
    pub mends: Vec<Mend>,
    /// What came of it.
    pub outcome: Outcome,
    /// 0 to 1: how likely the first hit is what was meant.
    pub confidence: f64,
    /// The units that fit, best first.
    pub hits: Vec<Hit>,
    /// What would tell the hits apart, where several fit alike.
    pub question: Option<String>,
    /// What else was looked at, and why it is no hit, or does not answer.
    pub ruled_out: Vec<RuledOut>,
    /// The procedure that answers.
    pub procedure: Option<Procedure>,
    /// What else was asked in the same breath. The rest of this answer is about one question.
    pub also: Vec<Also>,
}

/// Another question in the one that was asked.
#[derive(Clone, Debug)]
pub struct Also {
    /// The question.
    pub query: String,
    /// What came of it.
    pub outcome: Outcome,
    /// 0 to 1: how likely the hit is what was meant.
    pub confidence: f64,
    /// What fits best, unless nothing does.
    pub hit: Option<Hit>,
}

impl Also {
    fn of(answer: Answer) -> Self {
        let fits = answer.outcome != Outcome::NoMatch;
        Also {
            query: answer.query,
            outcome: answer.outcome,
            confidence: answer.confidence,
            hit: answer.hits.into_iter().next().filter(|_| fits),
        }
    }
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
    /// Why, the strongest reason first; behind them `linked`, the unit that leads here, and what flags
    /// it: `guard.hollow`, `guard.contradicted`, `guard.negation`.
    pub why: Vec<Why>,
    /// What each signal gave. They add up to the score, unless the hit is held back.
    pub signals: Vec<Signal>,
}

/// What one signal gave to a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signal {
    /// Its name: `bm25f`, `header`.
    pub name: &'static str,
    /// What it gave; below zero where it speaks against.
    pub gave: f64,
}

/// A unit that was looked at and does not answer.
#[derive(Clone, Debug)]
pub struct RuledOut {
    /// Its number.
    pub no: UnitNo,
    /// The unit.
    pub unit: Arc<Unit<Target>>,
    /// How well it fits.
    pub score: f64,
    /// The rule: `given.applies`, `given.constraint`, `guard.hollow`, `guard.contradicted`,
    /// `guard.negation`, `page` (a better unit is on its page), `same` (a better hit says the same),
    /// `drop` (it stands below where the evidence drops), `line` (the evidence is not enough for an
    /// answer).
    pub rule: &'static str,
    /// What the rule is about: the variant, the prerequisite, the other unit.
    pub matched: String,
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
