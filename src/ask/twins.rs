//! Twins among hits: those of one header whose words are the same.
//!
//! Twins that say the same are one answer, not several to choose from. Twins that differ in a number or
//! a negation contradict each other, and cannot both be right: what most of them say counts, and who
//! says otherwise is held back. Where it stands even all of them are flagged, and a question back is
//! better than an answer. Twins by their headers alone, of which one denies what the other says, are
//! told apart by whether the question denies it.

use std::collections::{BTreeMap, BTreeSet};

use super::sift::held_back;
use super::{Hit, RuledOut, Why};
use crate::grammar::{Cursor, Lexicon, Role, TokenKind, Tokens};
use crate::model::{Library, LinkerKind, Target, Unit, UnitNo, Unreadable, Via};

/// Twins of it say otherwise.
const CONTRADICTED: &str = "guard.contradicted";
/// Its header denies what the question does not, or the other way round, and another's does not.
const DENIED: &str = "guard.negation";
/// A better hit says the same.
const SAME: &str = "same";
/// Stands for every negation.
const NEGATION: &str = "not";
const NOT: Role = Role::named("negation.not");
/// So many hits are compared, however many were asked for.
pub(super) const COMPARED: usize = 5;
/// Longer procedures are not compared.
const MOST_UNITS: usize = 40;

/// What was found among hits.
#[derive(Default)]
pub(super) struct Twins {
    /// Those that are outvoted.
    pub(super) lost: Vec<Hit>,
    /// Those that say what a better one says.
    pub(super) same: Vec<RuledOut>,
}

impl Twins {
    /// Looks for twins among hits. Those that are outvoted are taken out of them; of an even vote all
    /// are flagged where they are.
    pub(super) fn among(
        library: &dyn Library,
        lexicon: &Lexicon,
        hits: &mut Vec<Hit>,
    ) -> Result<Self, Unreadable> {
        let votes = votes(library, lexicon, hits)?;
        let mut twins = Twins::default();
        let mut kept = Vec::new();
        for (i, mut hit) in std::mem::take(hits).into_iter().enumerate() {
            match votes.get(&i).cloned() {
                Some(Vote::Lost(to)) => {
                    twins.lost.push(held_back(hit, CONTRADICTED, to));
                    continue;
                }
                Some(Vote::Even(with)) => hit.why.push(Why {
                    rule: CONTRADICTED,
                    matched: with,
                    weight: 0.0,
                }),
                Some(Vote::Same(first)) => twins.same.push(hit.clone().ruled_out(SAME, first)),
                None => {}
            }
            kept.push(hit);
        }
        *hits = kept;
        Ok(twins)
    }
}

/// Of hits whose headers are the same but for a negation, takes those out that deny what the question
/// does not, or the other way round.
pub(super) fn denied(lexicon: &Lexicon, question: &str, hits: &mut Vec<Hit>) -> Vec<Hit> {
    let read = |text: &str| {
        let mut said = Said::default();
        said.read(text, lexicon);
        said
    };
    let asked = read(question).denied();
    let mut alike: BTreeMap<Vec<String>, Vec<(usize, bool)>> = BTreeMap::new();
    for (i, hit) in hits.iter().enumerate().take(COMPARED) {
        let mut header = read(&hit.unit.header);
        let denied = header.denied();
        let fits = header
            .words
            .iter()
            .all(|w| denied.contains(w) == asked.contains(w));
        header.words.sort_unstable();
        alike.entry(header.words).or_default().push((i, fits));
    }
    let mixed = alike
        .into_values()
        .filter(|all| all.iter().any(|(_, fits)| *fits));
    let wrong: BTreeSet<usize> = mixed
        .flatten()
        .filter_map(|(i, fits)| (!fits).then_some(i))
        .collect();
    let (mut kept, mut out) = (Vec::new(), Vec::new());
    for (i, hit) in std::mem::take(hits).into_iter().enumerate() {
        match wrong.contains(&i) {
            true => out.push(held_back(hit, DENIED, question.to_owned())),
            false => kept.push(hit),
        }
    }
    *hits = kept;
    out
}

/// Do twins of a hit say otherwise?
pub(super) fn is_contradicted(hit: &Hit) -> bool {
    hit.why.iter().any(|why| why.rule == CONTRADICTED)
}

/// What twins of a hit say, with the first of those that do.
#[derive(Clone)]
enum Vote {
    /// More of them say otherwise.
    Lost(String),
    /// As many of them say otherwise.
    Even(String),
    /// A better one says the same.
    Same(String),
}

/// The votes on hits, by their places; none where there is nothing to say.
fn votes(
    library: &dyn Library,
    lexicon: &Lexicon,
    hits: &[Hit],
) -> Result<BTreeMap<usize, Vote>, Unreadable> {
    let mut titled: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (i, hit) in hits.iter().enumerate().take(COMPARED) {
        let (header, applies) = (hit.unit.header.to_lowercase(), &hit.unit.applies);
        titled.entry((header, applies)).or_default().push(i);
    }
    let mut votes = BTreeMap::new();
    for twins in titled.into_values().filter(|twins| twins.len() > 1) {
        // By their words, then by their numbers and negations.
        let mut said: BTreeMap<_, BTreeMap<_, Vec<usize>>> = BTreeMap::new();
        for i in twins {
            if let Some(Said { words, fixed }) = Said::by(library, lexicon, &hits[i].unit)? {
                let versions = said.entry(words).or_default();
                versions.entry(fixed).or_default().push(i);
            }
        }
        for versions in said.into_values() {
            let versions: Vec<Vec<usize>> = versions.into_values().collect();
            votes.extend(count(&versions, hits));
        }
    }
    Ok(votes)
}

/// Counts who says what: `versions` are the twins that agree, the best first.
fn count(versions: &[Vec<usize>], hits: &[Hit]) -> Vec<(usize, Vote)> {
    let id = |hit: usize| hits[hit].unit.id.0.clone();
    let most = versions.iter().map(Vec::len).max().unwrap_or_default();
    let decided = versions.iter().filter(|v| v.len() == most).count() == 1;
    let mut votes = Vec::new();
    for version in versions {
        let others = versions.iter().filter(|other| *other != version);
        let against = others.flatten().min().copied();
        for (i, hit) in version.iter().enumerate() {
            let vote = match against {
                Some(other) if version.len() < most => Vote::Lost(id(other)),
                Some(other) if !decided => Vote::Even(id(other)),
                _ if i > 0 => Vote::Same(id(version[0])),
                _ => continue,
            };
            votes.push((*hit, vote));
        }
    }
    votes
}

/// What a unit and its steps say.
#[derive(Default)]
struct Said {
    /// Their words, without numbers, negations and words without meaning.
    words: Vec<String>,
    /// The numbers and negations, each with the word that it stands before.
    fixed: Vec<(usize, String)>,
}

impl Said {
    /// `None` where it is too long, or says nothing.
    fn by(
        library: &dyn Library,
        lexicon: &Lexicon,
        unit: &Unit<Target>,
    ) -> Result<Option<Self>, Unreadable> {
        let (mut said, mut open, mut read) = (Said::default(), Vec::new(), 0);
        said.read(&unit.body, lexicon);
        push_parts(unit, &mut open);
        while let Some(no) = open.pop() {
            read += 1;
            if read > MOST_UNITS {
                return Ok(None);
            }
            let part = library.unit(no)?;
            said.read(&part.body, lexicon);
            push_parts(&part, &mut open);
        }
        Ok((!said.words.is_empty()).then_some(said))
    }

    /// The words that stand behind a negation.
    fn denied(&self) -> BTreeSet<String> {
        let negations = self.fixed.iter().filter(|(_, what)| what == NEGATION);
        let words = negations.filter_map(|(at, _)| self.words.get(*at));
        words.cloned().collect()
    }

    fn read(&mut self, text: &str, lexicon: &Lexicon) {
        let tokens = Tokens::plain(text, lexicon);
        let all = Cursor::whole(&tokens);
        let mut i = 0;
        while let Some(token) = tokens.tokens.get(i) {
            let negation = Cursor { at: i, ..all }.find(NOT);
            let spelled = tokens.spelling(i).to_lowercase();
            i = negation.map_or(i + 1, |(m, _)| m.end as usize);
            let at = self.words.len();
            match token.kind {
                _ if negation.is_some() => self.fixed.push((at, NEGATION.to_owned())),
                TokenKind::Punct(_) => {}
                _ if spelled.contains(|c: char| c.is_ascii_digit()) => {
                    let letters = spelled.chars().filter(|c| !c.is_ascii_digit() && *c != '.');
                    self.words.push(letters.collect());
                    self.fixed.push((at, spelled));
                }
                _ if lexicon.is_stop(token.sym) => {}
                _ => self.words.push(spelled),
            }
        }
    }
}

fn push_parts(unit: &Unit<Target>, open: &mut Vec<UnitNo>) {
    use LinkerKind::{Branch, Option, Part};
    let held = unit
        .linkers
        .iter()
        .rev()
        .filter(|l| matches!(l.kind, Part | Option | Branch) && l.via == Via::Order);
    open.extend(held.filter_map(|l| l.target.unit()));
}
