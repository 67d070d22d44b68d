//! Which units of a ranking are hits, and what comes of them.

use std::collections::BTreeSet;

use super::evidence::Evidence;
use super::rank::{Candidate, Ranking};
use super::sift::Sifted;
use super::twins::{Twins, denied, is_contradicted};
use super::{Hit, Outcome, Request, RuledOut, confidence, elbow};
use crate::grammar::Lexicon;
use crate::model::{Library, UnitNo, Unreadable};

/// A better unit is on its page.
const PAGE: &str = "page";
/// It stands below where the evidence drops.
const DROP: &str = "drop";
/// The evidence is not enough for an answer.
const LINE: &str = "line";

/// What is chosen.
pub(super) struct Choice {
    pub(super) outcome: Outcome,
    pub(super) confidence: f64,
    pub(super) hits: Vec<Hit>,
    pub(super) ruled_out: Vec<RuledOut>,
}

impl Choice {
    /// Chooses from a ranking.
    pub(super) fn of(
        library: &dyn Library,
        lexicon: &Lexicon,
        request: &Request<'_>,
        ranking: &Ranking,
    ) -> Result<Self, Unreadable> {
        let candidates = &ranking.candidates;
        let mut sifted = Sifted::of(library, request, candidates.iter())?;
        let denied = denied(lexicon, request.question, &mut sifted.hits);
        sifted.held.extend(denied);
        let twins = Twins::among(library, lexicon, &mut sifted.hits)?;
        sifted.held.extend(twins.lost);
        let mut out = sifted.out();
        out.extend(twins.same.iter().map(|twin| twin.no));
        // What is on the page of a unit goes with it.
        let left = candidates.iter();
        let left = left.filter(|c| !out.contains(&c.unit) && !out.contains(&c.page));
        let left: Vec<&Candidate> = left.collect();
        sifted.ruled_out.extend(twins.same);
        let evidence = Evidence::of(&left, &ranking.wish, ranking.vectors);
        let (outcome, confidence) = confidence::outcome(&evidence);
        let contradicted = sifted.hits.first().is_some_and(is_contradicted);
        let choice = Choice {
            outcome,
            confidence,
            hits: sifted.hits,
            ruled_out: sifted.ruled_out,
        };
        let choice = match outcome {
            Outcome::NoMatch => choice.below_the_line(),
            _ if choice.hits.is_empty() => choice.below_the_line(),
            _ if contradicted => choice.contradicted(),
            Outcome::Answered => choice,
            Outcome::Ambiguous => {
                let mut seen = BTreeSet::new();
                let first = left.iter().filter(|c| seen.insert(c.page));
                let first = Sifted::of(library, request, first.copied())?;
                choice.between(first.hits, &left, request.limit)
            }
        };
        Ok(choice.with(sifted.held, request.limit))
    }

    /// Nothing answers.
    fn below_the_line(mut self) -> Self {
        self.outcome = Outcome::NoMatch;
        let below = self.hits.iter().cloned();
        let below = below.map(|hit| hit.ruled_out(LINE, String::new()));
        self.ruled_out.extend(below);
        self
    }

    /// The first hit and its twins say opposite things.
    fn contradicted(mut self) -> Self {
        self.outcome = Outcome::Ambiguous;
        let (twins, others): (Vec<Hit>, Vec<Hit>) = self.hits.drain(..).partition(is_contradicted);
        self.rule_out(others, |_| (DROP, String::new()));
        self.hits = twins;
        self
    }

    /// Several pages fit alike: what is left are the first units of those above the drop.
    fn between(mut self, mut pages: Vec<Hit>, left: &[&Candidate], limit: usize) -> Self {
        let scores: Vec<f64> = pages.iter().map(|hit| hit.score).collect();
        // Two pages fit alike, or there would be an answer.
        let above = elbow::above(&scores[..scores.len().min(limit)]);
        let below = pages.split_off(above.max(2).min(pages.len()));
        let page = |no: UnitNo| left.iter().find(|c| c.unit == no).map(|c| c.page);
        let beside: Vec<Hit> = self.hits.drain(..).collect();
        let chosen: Vec<_> = pages
            .iter()
            .map(|h| (page(h.no), h.no, h.unit.id.0.clone()))
            .collect();
        let dropped: BTreeSet<UnitNo> = below.iter().map(|h| h.no).collect();
        let others = beside.into_iter().filter(|hit| {
            !dropped.contains(&hit.no) && chosen.iter().all(|(_, no, _)| *no != hit.no)
        });
        let others: Vec<Hit> = below.into_iter().chain(others).collect();
        self.rule_out(others, |hit| {
            let better = chosen.iter().find(|(of, ..)| *of == page(hit.no));
            better.map_or((DROP, String::new()), |(_, _, id)| (PAGE, id.clone()))
        });
        self.hits = pages;
        self
    }

    fn rule_out(&mut self, hits: Vec<Hit>, why: impl Fn(&Hit) -> (&'static str, String)) {
        self.ruled_out.extend(hits.into_iter().map(|hit| {
            let (rule, matched) = why(&hit);
            hit.ruled_out(rule, matched)
        }));
        let order = |a: &RuledOut, b: &RuledOut| b.score.total_cmp(&a.score).then(a.no.cmp(&b.no));
        self.ruled_out.sort_by(order);
    }

    /// Cut to what was asked for; what is held back stands behind everything else.
    fn with(mut self, held: Vec<Hit>, limit: usize) -> Self {
        self.hits.truncate(limit);
        for hit in held {
            let flag = hit.why.last().cloned();
            if let Some(flag) = flag {
                let mut out = hit.clone().ruled_out(flag.rule, flag.matched);
                out.score = -flag.weight;
                self.ruled_out.push(out);
            }
            // Who is asked back does not choose what cannot answer.
            if self.outcome != Outcome::Ambiguous && self.hits.len() < limit {
                self.hits.push(hit);
            }
        }
        self
    }
}
