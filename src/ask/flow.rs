//! Relevance that flows over linkers.
//!
//! Where no header says what is asked, what fits is mostly a step somewhere on a page, and what it leads
//! to may be what is needed: "if the queue is full, follow …" fits a full queue, and the page behind it
//! has the answer. This is personalised PageRank (Haveliwala, 2002), of which two moves are made: from the
//! first pages to what fits on them, and from there over typed linkers to other pages, in equal shares.
//!
//! What is reached stays below the page that leads to it, which says when to go there. So what is asked
//! of one page alone keeps its first answer.

use std::collections::BTreeMap;

use super::rank::{Candidate, Ranking, Shelf, harmonic};
use crate::index::Prepared;
use crate::model::{Library, LinkerKind, Target, Unit, UnitNo, Unreadable, Via};

/// A header that covers the question, and is covered by it, as far as this says what is asked.
const FITS: f64 = 0.55;
/// How many pages relevance flows from.
const PAGES: usize = 3;
/// How many units it flows through.
const SOURCES: usize = 10;
/// How much of it goes on.
const DAMPING: f64 = 0.85;
/// The most that is reached can have of the score of the page that leads to it: what fits about as well by
/// itself stays before it.
const BELOW: f64 = 0.9;

/// What a unit got over linkers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Linked {
    /// The unit that gave most of it.
    pub(super) from: UnitNo,
    /// How much its score is higher for it.
    pub(super) gave: f64,
}

/// A unit that relevance flows through.
struct Source {
    unit: UnitNo,
    page: UnitNo,
    /// How much flows.
    mass: f64,
    /// The score of its page.
    top: f64,
}

/// A page that relevance flows from.
struct Page {
    no: UnitNo,
    score: f64,
    /// The score of the best unit below it.
    below: Option<f64>,
}

/// A unit that it flows to.
#[derive(Default)]
struct Reached {
    /// All that arrives.
    sum: f64,
    /// The most that one source sends, and which.
    most: Option<(f64, UnitNo)>,
    /// The best score of a page that leads there.
    top: f64,
}

impl Reached {
    fn add(&mut self, source: &Source, mass: f64) {
        self.sum += mass;
        self.top = self.top.max(source.top);
        if self.most.is_none_or(|(most, _)| mass > most) {
            self.most = Some((mass, source.unit));
        }
    }
}

impl Shelf<'_> {
    /// Lets relevance flow over the linkers of what is ranked first, unless a header fits.
    ///
    /// # Errors
    /// A unit cannot be read.
    pub(super) fn flow(
        &self,
        library: &dyn Library,
        prepared: &Prepared<'_>,
        ranking: &mut Ranking,
    ) -> Result<(), Unreadable> {
        if self.header_fits(&ranking.candidates) {
            return Ok(());
        }
        let mut reached: BTreeMap<UnitNo, Reached> = BTreeMap::new();
        for source in self.sources(&ranking.candidates) {
            let leads = self.leads(&*library.unit(source.unit)?, source.page);
            let share = DAMPING * source.mass / leads.len().max(1) as f64;
            for (to, worth) in leads {
                reached.entry(to).or_default().add(&source, share * worth);
            }
        }
        let ranked = |to: &UnitNo| ranking.candidates.iter().any(|c| c.unit == *to);
        let new: Vec<UnitNo> = reached.keys().copied().filter(|to| !ranked(to)).collect();
        let new = self.candidates(&new, prepared, &ranking.wish);
        ranking.candidates.extend(new);
        for candidate in &mut ranking.candidates {
            if let Some(reached) = reached.get(&candidate.unit) {
                candidate.get(reached);
            }
        }
        ranking.sort();
        Ok(())
    }

    /// Does a header on the first page say what is asked? A step is no header.
    fn header_fits(&self, candidates: &[Candidate]) -> bool {
        let Some(first) = candidates.first() else {
            return true;
        };
        let page = candidates.iter().filter(|c| c.page == first.page);
        let mut headers = page.filter(|c| !self.is_nested_step(c.unit));
        headers.any(|c| harmonic(c.asked, c.header) >= FITS)
    }

    fn sources(&self, candidates: &[Candidate]) -> Vec<Source> {
        let mut pages: Vec<Page> = Vec::new();
        for candidate in candidates {
            let below = (candidate.unit != candidate.page).then_some(candidate.score);
            let open = pages.len() < PAGES;
            match pages.iter_mut().find(|page| page.no == candidate.page) {
                Some(page) => page.below = page.below.or(below),
                None if open => pages.push(Page {
                    no: candidate.page,
                    score: candidate.score,
                    below,
                }),
                None => {}
            }
        }
        let sources = candidates.iter().take(SOURCES).filter_map(|candidate| {
            let page = pages.iter().find(|page| page.no == candidate.page)?;
            let mass = match page.below.filter(|_| candidate.unit != candidate.page) {
                Some(best) => page.score * candidate.score / best,
                None => candidate.score,
            };
            let fits = candidate.score > 0.0;
            fits.then_some(Source {
                unit: candidate.unit,
                page: candidate.page,
                mass,
                top: page.score,
            })
        });
        sources.collect()
    }

    /// The units on other pages that the words of a unit lead to, and what the way there is worth.
    fn leads(&self, unit: &Unit<Target>, page: UnitNo) -> BTreeMap<UnitNo, f64> {
        let mut leads = BTreeMap::new();
        let said = unit.linkers.iter().filter(|l| l.via != Via::Order);
        for (to, worth) in said.filter_map(|l| Some((l.target.unit()?, worth(l.kind)))) {
            if worth > 0.0 && self.cards.page(to) != page {
                let most: &mut f64 = leads.entry(to).or_default();
                *most = most.max(worth);
            }
        }
        leads
    }
}

/// What a linker is worth as a way to what is needed: what is to be done there, what first, what is
/// read beside, what may be done afterwards.
fn worth(kind: LinkerKind) -> f64 {
    match kind {
        LinkerKind::Call | LinkerKind::Next | LinkerKind::Branch => 1.0,
        LinkerKind::Requires | LinkerKind::See => 0.8,
        LinkerKind::FollowUp => 0.6,
        LinkerKind::Part | LinkerKind::Option | LinkerKind::Defines | LinkerKind::Same => 0.0,
    }
}

impl Candidate {
    /// Gets what arrives, as far as it stays below what leads to it.
    fn get(&mut self, reached: &Reached) {
        let gave = reached.sum.min(BELOW * reached.top - self.score);
        if let Some((_, from)) = reached.most.filter(|_| gave > 0.0) {
            self.score += gave;
            self.linked = Some(Linked { from, gave });
        }
    }

    /// Its score without what it got over linkers.
    pub(super) fn own_score(&self) -> f64 {
        self.score - self.linked.map_or(0.0, |linked| linked.gave)
    }
}
