//! Reading what a person reports: which choice it answers, or which other unit.

use std::collections::BTreeSet;

use crate::ask::{self, Desk, Outcome, Request};
use crate::grammar::{Cursor, Grammar, Lexicon, Role, Tokens};
use crate::index::Analyzer;
use crate::model::{Condition, Facts, Library, LinkerKind, Polarity, Unreadable};
use crate::sentence::{Saying, saying};
use crate::walk::{Aside, Choice, Heard, Listener, Stop};

const NOT: Role = Role::named("negation.not");
/// A choice that fits this much better than the next one is meant.
const AHEAD: f64 = 0.15;
/// A side question is answered from here on.
const SURE_ASIDE: f64 = 0.5;

/// Listens at a stop of a walk.
pub(super) struct Ears<'a> {
    pub(super) desk: &'a Desk<'a>,
    pub(super) grammar: &'a Grammar,
}

impl Listener for Ears<'_> {
    fn hear(
        &self,
        _: &dyn Library,
        words: &str,
        stop: &Stop,
        threshold: f64,
    ) -> Result<Heard, Unreadable> {
        let lexicon = self
            .grammar
            .language(&stop.unit.language)
            .unwrap_or_else(|| self.grammar.detect(words));
        if let Some(heard) = short(words, stop, lexicon) {
            return Ok(heard);
        }
        let said = Said::of(words, lexicon);
        let mut fits: Vec<(usize, f64)> = stop
            .choices
            .iter()
            .enumerate()
            .map(|(i, choice)| (i + 1, said.fits(choice, lexicon)))
            .filter(|(_, fit)| *fit > 0.0)
            .collect();
        fits.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let best = fits.first().copied();
        let next = fits.get(1).map_or(0.0, |f| f.1);
        if let Some((n, fit)) =
            best.filter(|(_, fit)| threshold <= 0.0 || (*fit >= threshold && fit - next >= AHEAD))
        {
            let why = format!("“{words}” fits “{}”", stop.choices[n - 1].what());
            return Ok(Heard::Choice {
                n,
                confidence: fit,
                why,
            });
        }
        if let Some(aside) = self.aside(words, lexicon, stop)? {
            return Ok(Heard::Aside(aside));
        }
        if threshold <= 0.0 {
            return Ok(Heard::Next {
                confidence: 0.0,
                why: "nothing here answers it: going on".to_owned(),
            });
        }
        Ok(Heard::Unsure {
            candidates: fits,
            question: which(stop),
        })
    }
}

impl Ears<'_> {
    /// Another unit that the words ask for.
    fn aside(
        &self,
        words: &str,
        lexicon: &Lexicon,
        stop: &Stop,
    ) -> Result<Option<Aside>, Unreadable> {
        let facts = Facts::default();
        let request = Request {
            question: words,
            limit: 1,
            facts: &facts,
        };
        let answer = ask::ask(self.desk, lexicon, &request)?;
        let hit = answer.hits.first().filter(|h| h.no != stop.no);
        let sure = answer.outcome == Outcome::Answered && answer.confidence >= SURE_ASIDE;
        Ok(hit.filter(|_| sure).map(|h| Aside {
            unit: h.no,
            confidence: answer.confidence,
        }))
    }
}

/// Numbers, and words that are a whole answer.
fn short(words: &str, stop: &Stop, lexicon: &Lexicon) -> Option<Heard> {
    if let Ok(n) = words.trim().trim_end_matches('.').parse::<usize>() {
        return Some(Heard::Choice {
            n,
            confidence: 1.0,
            why: "by its number".to_owned(),
        });
    }
    let tokens = Tokens::plain(words, lexicon);
    match saying(Cursor::whole(&tokens))? {
        Saying::Next => Some(Heard::Next {
            confidence: 1.0,
            why: "done here".to_owned(),
        }),
        Saying::Back => Some(Heard::Back),
        Saying::Quit => Some(Heard::Quit),
        Saying::Yes => answered(stop, Polarity::Yes),
        Saying::No => answered(stop, Polarity::No),
    }
}

/// "Yes" and "no" answer a stop that asks one thing.
fn answered(stop: &Stop, said: Polarity) -> Option<Heard> {
    let asked = || {
        stop.choices
            .iter()
            .enumerate()
            .filter(|(_, c)| c.linker.kind != LinkerKind::Requires)
            .filter_map(|(i, c)| c.linker.condition.as_ref().map(|k| (i + 1, k)))
    };
    let texts: BTreeSet<&str> = asked()
        .filter(|(_, c)| !c.otherwise)
        .map(|(_, c)| c.text.as_str())
        .collect();
    if texts.len() != 1 {
        return None;
    }
    let why = format!(
        "the answer to “{}”",
        texts.first().copied().unwrap_or_default()
    );
    let fits = |c: &Condition| c.polarity == said;
    match asked().find(|(_, c)| fits(c)) {
        Some((n, _)) => Some(Heard::Choice {
            n,
            confidence: 1.0,
            why,
        }),
        None => Some(Heard::Next {
            confidence: 1.0,
            why,
        }),
    }
}

/// Words as their terms, and whether they negate.
struct Said {
    terms: BTreeSet<String>,
    negated: bool,
}

impl Said {
    fn of(text: &str, lexicon: &Lexicon) -> Self {
        let analyzer = Analyzer::new(lexicon);
        let tokens = Tokens::plain(text, lexicon);
        let all = Cursor::whole(&tokens);
        let negations = all
            .range()
            .filter(|i| Cursor { at: *i, ..all }.find(NOT).is_some())
            .count();
        Said {
            terms: analyzer.looked_up(text).into_iter().collect(),
            negated: negations % 2 == 1,
        }
    }

    /// How well the words fit a choice, 0 to 1: the share of its terms that they have, less where
    /// one of the two negates.
    fn fits(&self, choice: &Choice, lexicon: &Lexicon) -> f64 {
        if matches!(choice.linker.kind, LinkerKind::See | LinkerKind::Defines) {
            return 0.0;
        }
        let other = Said::of(choice.what(), lexicon);
        let both = self.terms.intersection(&other.terms).count() as f64;
        let (mine, its) = (
            self.terms.len().max(1) as f64,
            other.terms.len().max(1) as f64,
        );
        let overlap = (both / mine + both / its) / 2.0;
        let no = choice
            .linker
            .condition
            .as_ref()
            .is_some_and(|c| c.polarity == Polarity::No);
        let against = self.negated != (other.negated != no);
        if against { overlap * 0.3 } else { overlap }
    }
}

impl Choice {
    /// What a person would say to take it: its condition, else what it leads to, as with what is required.
    fn what(&self) -> &str {
        let condition = self.linker.condition.as_ref();
        match condition.filter(|_| self.linker.kind != LinkerKind::Requires) {
            Some(condition) if !condition.text.is_empty() => &condition.text,
            _ => &self.header,
        }
    }
}

fn which(stop: &Stop) -> String {
    match stop.choices.len() {
        0 => "Nothing can be chosen here: go on with next, or ask in other words.".to_owned(),
        n => format!("Which of the {n} choices is it?"),
    }
}
