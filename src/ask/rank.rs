//! Which units fit a question.
//!
//! BM25F finds candidates. Then each is looked at together with its page, since a page answers
//! through its sections and a section stands on its page: how well both score, how far question and
//! header cover each other by the information of their words, what the unit has of the question at
//! all, what the author's summary of the page has, and how near the headers are by their vectors, where
//! there are some.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::cards::Cards;
use super::flow::Linked;
use super::meaning::Near;
use super::reading::{Reading, Word};
use super::signals::Signals;
use crate::index::{Field, Hit, Prepared, View};
use crate::model::{Kind, UnitNo};

/// How many units BM25F gives.
pub(super) const FOUND: usize = 300;
/// How many of those are looked at again.
const CANDIDATES: usize = 60;
/// In the choice of candidates, what the best section of a page adds to it.
const CHILD: f64 = 0.3;
/// In the choice of candidates, what a page adds to its sections.
const PAGE: f64 = 0.1;
/// What a section counts beside a page.
const SECTION: f64 = 0.88;
/// What the explanation of a term counts where more is asked for than what it means.
const TERM: f64 = 0.45;
/// What a verb of the same meaning counts beside the same verb.
const SAME_VERB: f64 = 0.8;
/// A share that is as good as all: its other name asks for a term as well as its own does.
const ALL: f64 = 0.89;
/// What a step counts beside a page: asked for is most often what it belongs to.
const STEP: f64 = 0.6;
/// The share of the question's information from which a step is asked for itself: through it the procedure
/// answers, as through a section.
const ITSELF: f64 = 0.8;

/// What a page loses that has nothing of the thing that is asked about, and only its verb or what is around
/// it: "unload a lorry" for fireworks.
const BESIDE: f64 = 0.5;
/// The same of what words give where there are vectors, which find a thing that is called otherwise.
const BESIDE_WITH_VECTORS: f64 = 0.85;
/// The share of what tells of the thing from which on a page has it.
const SOME: f64 = 0.3;

/// What stands for a word, and counts more than this, mostly means the same.
const LIKELY: f64 = 0.5;

/// What a word of a header tells that is not in the question, as a share of what a word tells that
/// one unit has. So no header has to be read.
const OTHER_WORD: f64 = 0.45;

/// The ranking of a question: what could answer it, the best first.
pub(super) struct Ranking {
    pub(super) candidates: Vec<Candidate>,
    pub(super) wish: Wish,
    /// Were there vectors?
    pub(super) vectors: bool,
}

impl Ranking {
    pub(super) fn sort(&mut self) {
        self.candidates
            .sort_by(|a, b| a.before(b, |candidate| candidate.score));
    }
}

/// Everything that ranking looks at.
pub(super) struct Shelf<'a> {
    pub(super) view: &'a View,
    pub(super) cards: &'a Cards<'a>,
}

/// A unit that could answer.
pub(super) struct Candidate {
    pub(super) unit: UnitNo,
    pub(super) page: UnitNo,
    pub(super) score: f64,
    /// The terms of the wish that it has, by their places in the query.
    pub(super) found: Vec<usize>,
    /// Those that its header, its path, its parts or its summary has.
    pub(super) named: Vec<usize>,
    /// The share of the question's information that the header has.
    pub(super) asked: f64,
    /// The share of the header's information that the question has.
    pub(super) header: f64,
    /// The share of the question's information that the author's summary has.
    summary: f64,
    /// How far the header and the question cover each other: the harmonic mean of both shares, without
    /// what sort of text is wanted.
    pub(super) fits: f64,
    /// Words of the header.
    words: f64,
    /// 1 if the header has what it is to be without.
    opposed: f64,
    /// How far its verb is that of the question.
    action: f64,
    /// What speaks for it.
    pub(super) signals: Signals,
    /// What each signal gave to the score.
    pub(super) gave: [f64; Signals::NAMES.len()],
    /// What that is worth where only words are looked at.
    pub(super) by_words: f64,
    /// What it got over linkers, which is in its score.
    pub(super) linked: Option<Linked>,
}

impl Candidate {
    /// Is it before another, by a score, or does it come first in the set?
    pub(super) fn before(&self, other: &Candidate, score: impl Fn(&Candidate) -> f64) -> Ordering {
        let by_score = score(other).total_cmp(&score(self));
        by_score.then(self.unit.cmp(&other.unit))
    }
}

impl Shelf<'_> {
    /// Ranks the units that were found for a question; `near` has how near headers are to it.
    pub(super) fn rank(
        &self,
        reading: &Reading,
        prepared: &Prepared<'_>,
        found: &[Hit],
        near: Option<&Near<'_>>,
    ) -> Ranking {
        let wish = Wish::of(reading, prepared, self.view, near.is_some());
        let scores = self.scores(prepared, found);
        let mut found = self.first_pass(&scores);
        found.extend(near.map(|n| n.nearest(self.view)).unwrap_or_default());
        let units: Vec<UnitNo> = found.iter().copied().collect();
        let mut candidates = self.candidates(&units, prepared, &wish);
        // Most pages are candidates too; the others are looked at beside them.
        let pages: BTreeSet<UnitNo> = candidates.iter().map(|c| c.page).collect();
        let pages: Vec<UnitNo> = pages.difference(&found).copied().collect();
        let pages = self.candidates(&pages, prepared, &wish);
        let all = candidates.iter().chain(&pages);
        let summaries: FxHashMap<UnitNo, f64> = all.map(|c| (c.unit, c.summary)).collect();
        let about = wish.by_page(candidates.iter().chain(&pages));
        for candidate in &mut candidates {
            let summary = summaries.get(&candidate.page).copied().unwrap_or_default();
            let nearness = |unit| near.map_or(0.0, |n| n.of(unit));
            candidate.signals = Signals {
                asked: candidate.asked,
                header: candidate.header,
                anywhere: wish.share(&candidate.found),
                summary,
                action: candidate.action,
                length: candidate.words.min(20.0) / 10.0,
                opposed: candidate.opposed,
                near: nearness(candidate.unit),
                page_near: nearness(candidate.page),
                ..scores.signals(candidate)
            };
            let worth = match self.cards.kind(candidate.unit) {
                Kind::Term if candidate.asked < ALL => TERM,
                _ if candidate.asked > ITSELF => self.worth(candidate.unit).max(SECTION),
                _ => self.worth(candidate.unit),
            };
            let by_words = worth * about.get(&candidate.page).copied().unwrap_or(1.0);
            candidate.gave = candidate.signals.gave(by_words, worth);
            candidate.score = candidate.gave.iter().sum();
            candidate.by_words = by_words * candidate.signals.by_words();
        }
        let mut ranking = Ranking {
            candidates,
            wish,
            vectors: near.is_some(),
        };
        ranking.sort();
        ranking
    }

    /// The BM25F scores of the units that were found, and of their pages.
    fn scores(&self, prepared: &Prepared<'_>, found: &[Hit]) -> Scores {
        let mut scores = Scores::default();
        scores.own.reserve(2 * found.len());
        let mut pages = Vec::new();
        for hit in found {
            scores.own.insert(hit.unit, hit.score);
            scores.best = scores.best.max(hit.score);
            let page = self.cards.page(hit.unit);
            if page != hit.unit {
                let best = scores.best_below.entry(page).or_default();
                *best = best.max(hit.score);
                pages.push(page);
            }
        }
        pages.sort_unstable();
        pages.dedup();
        pages.retain(|page| self.view.sees(*page) && !scores.own.contains_key(page));
        let scored = prepared.scores(&pages);
        scores.own.extend(pages.into_iter().zip(scored));
        scores
    }

    /// The units that are worth a second look, by their scores alone.
    fn first_pass(&self, scores: &Scores) -> BTreeSet<UnitNo> {
        let scored = scores.own.iter().map(|(unit, score)| {
            let page = self.cards.page(*unit);
            let score = if page == *unit {
                score + CHILD * scores.below(page)
            } else {
                self.worth(*unit) * score + PAGE * scores.of(page)
            };
            (*unit, score)
        });
        let mut units: Vec<(UnitNo, f64)> = scored.collect();
        let order = |a: &(UnitNo, f64), b: &(UnitNo, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if units.len() > CANDIDATES {
            units.select_nth_unstable_by(CANDIDATES, order);
            units.truncate(CANDIDATES);
        }
        units.into_iter().map(|(unit, _)| unit).collect()
    }

    /// What a unit counts beside a page.
    fn worth(&self, unit: UnitNo) -> f64 {
        match unit {
            _ if self.cards.page(unit) == unit => 1.0,
            _ if self.is_nested_step(unit) => STEP,
            _ => SECTION,
        }
    }

    /// Is a unit a step that no heading names?
    pub(super) fn is_nested_step(&self, unit: UnitNo) -> bool {
        self.cards.kind(unit) == Kind::Step && self.cards.nested(unit)
    }

    /// Looks at units, which are ascending.
    pub(super) fn candidates(
        &self,
        units: &[UnitNo],
        prepared: &Prepared<'_>,
        wish: &Wish,
    ) -> Vec<Candidate> {
        let mut having: Vec<Having> = units.iter().map(|_| Having::default()).collect();
        prepared.found_in(units, |unit, term, field| {
            let having = &mut having[unit];
            if !wish.counts[term] {
                return;
            }
            put(&mut having.anywhere, term);
            // What something is to be without is no word of what it is.
            if !wish.is_without(term) {
                having.put(term, field);
            } else if field == Field::Header {
                put(&mut having.unwanted, term);
            }
        });
        let looked_at = units.iter().zip(having);
        looked_at
            .map(|(unit, having)| self.candidate(*unit, having, prepared, wish))
            .collect()
    }

    fn candidate(
        &self,
        unit: UnitNo,
        having: Having,
        prepared: &Prepared<'_>,
        wish: &Wish,
    ) -> Candidate {
        let words = f64::from(prepared.length(unit, Field::Header));
        let others = (words - having.header.len() as f64).max(0.0) * wish.other_word;
        let of_header = |shared: f64| shared / (shared + others).max(f64::MIN_POSITIVE);
        let shared = wish.sum(&wish.information, &having.header);
        let told = match wish.tells_all {
            true => shared,
            false => wish.tells(&having.header),
        };
        Candidate {
            unit,
            page: self.cards.page(unit),
            score: 0.0,
            asked: wish.of_total(shared),
            header: of_header(shared),
            fits: harmonic(wish.of_heavy(told), of_header(told)),
            summary: wish.share(&having.summary),
            opposed: wish.opposed(&having.header, &having.unwanted),
            action: wish.action(&having.action),
            found: having.anywhere,
            named: having.named,
            words,
            signals: Signals::default(),
            gave: [0.0; Signals::NAMES.len()],
            by_words: 0.0,
            linked: None,
        }
    }
}

/// The terms of the wish that a unit has, by their places in the query, and where it has them.
#[derive(Default)]
struct Having {
    anywhere: Vec<usize>,
    named: Vec<usize>,
    header: Vec<usize>,
    summary: Vec<usize>,
    action: Vec<usize>,
    /// Words in its header that the wish is to be without.
    unwanted: Vec<usize>,
}

impl Having {
    /// Puts down in which fields a term is.
    fn put(&mut self, term: usize, field: Field) {
        match field {
            Field::Header => put(&mut self.header, term),
            Field::Summary => put(&mut self.summary, term),
            Field::Action => put(&mut self.action, term),
            _ => {}
        }
        if matches!(
            field,
            Field::Header | Field::Summary | Field::Path | Field::Parts
        ) {
            put(&mut self.named, term);
        }
    }
}

/// Puts down a term, which is not before the last one.
fn put(list: &mut Vec<usize>, term: usize) {
    if list.last() != Some(&term) {
        list.push(term);
    }
}

/// BM25F scores.
#[derive(Default)]
struct Scores {
    own: FxHashMap<UnitNo, f64>,
    /// By page, that of its best unit.
    best_below: FxHashMap<UnitNo, f64>,
    best: f64,
}

impl Scores {
    fn of(&self, unit: UnitNo) -> f64 {
        self.own.get(&unit).copied().unwrap_or_default()
    }

    fn below(&self, page: UnitNo) -> f64 {
        self.best_below.get(&page).copied().unwrap_or_default()
    }

    /// What the scores of a unit and its page say, as shares of the best one.
    fn signals(&self, candidate: &Candidate) -> Signals {
        let share = |score: f64| score / self.best.max(f64::MIN_POSITIVE);
        let (best_section, its_page) = match candidate.page {
            page if page == candidate.unit => (self.below(page), 0.0),
            page => (0.0, self.of(page)),
        };
        Signals {
            own: share(self.of(candidate.unit)),
            best_section: share(best_section),
            its_page: share(its_page),
            ..Signals::default()
        }
    }
}

/// What something is to be without.
struct Unwanted {
    /// The word.
    term: usize,
    /// What says that it is not there: "gluten-free".
    unless: Vec<usize>,
}

/// How much each word of the wish tells: its inverse document frequency.
pub(super) struct Wish {
    /// By term of the query; 0 for what is not part of the wish.
    information: Vec<f64>,
    /// Are there vectors?
    vectors: bool,
    /// The same without words that tell nothing of what is asked about.
    heavy: Vec<f64>,
    /// Of all those.
    pub(super) heavy_total: f64,
    /// The same again without what sort of text is wanted, which says nothing of what it is about.
    told: Vec<f64>,
    /// Is what words tell as evidence all that they tell?
    tells_all: bool,
    /// The same without the verb: what tells of the thing.
    about: Vec<f64>,
    /// Of all words that tell of the thing.
    about_total: f64,
    /// By term of the query: is it of the wish, or may it stand for such a word?
    counts: Vec<bool>,
    /// For words of the wish, in their order, the words that together stand for them, and what they count.
    others: Vec<(usize, Vec<usize>, f64)>,
    /// What the wish is to be without.
    unwanted: Vec<Unwanted>,
    /// Of all words.
    total: f64,
    /// Of those of the thing and the verb that no unit has, and that nothing is known to stand for.
    unheard: f64,
    /// The terms of its verb, then those of each verb of the same meaning.
    actions: Vec<Vec<usize>>,
    /// How many words there are.
    pub(super) words: usize,
    /// What a word tells that one unit has.
    pub(super) rare: f64,
    other_word: f64,
}

impl Wish {
    fn of(reading: &Reading, prepared: &Prepared<'_>, view: &View, vectors: bool) -> Self {
        let wish = reading.wish();
        let terms = prepared.terms().iter();
        let information: Vec<f64> = terms
            .map(|term| match wish.contains_key(term.text.as_str()) {
                true => f64::from(term.idf),
                false => 0.0,
            })
            .collect();
        let place = |text: &String| prepared.terms().iter().position(|t| t.text == *text);
        // A name of several words is none without one of them.
        let known = |text: &String| place(text).filter(|at| prepared.terms()[*at].df > 0);
        let all = |texts: &[String]| texts.iter().map(known).collect::<Option<Vec<usize>>>();
        let others = reading.others.iter().filter_map(|other| {
            let terms = all(&other.terms)?;
            let of = other.of.iter().filter_map(place);
            Some(of.map(move |of| (of, terms.clone(), other.rank)))
        });
        let others = others.flatten();
        let mut others: Vec<(usize, Vec<usize>, f64)> = others.collect();
        others.sort_by_key(|other| other.0);
        let mut counts: Vec<bool> = information.iter().map(|i| *i > 0.0).collect();
        others
            .iter()
            .flat_map(|(_, terms, _)| terms)
            .for_each(|term| counts[*term] = true);
        let without = reading.words.iter().filter(|w| w.wished && w.without);
        let unwanted = without.filter_map(|w| place(&w.text)).map(|term| {
            let lacking = others.iter().filter(|other| other.0 == term);
            Unwanted {
                term,
                unless: lacking.flat_map(|other| other.1.clone()).collect(),
            }
        });
        let unwanted = unwanted.collect();
        let actions = reading
            .actions
            .iter()
            .map(|verb| all(verb).unwrap_or_default());
        let verb: Vec<usize> = reading.verb.iter().filter_map(place).collect();
        let words = || reading.words.iter().filter(|w| w.wished);
        // Where nothing else is left, it is what is asked.
        let without = |information: &[f64], is: fn(&Word) -> bool| {
            let mut left = information.to_vec();
            let gone = words().filter(|w| is(w)).filter_map(|w| place(&w.text));
            gone.for_each(|term| left[term] = 0.0);
            match left.iter().any(|i| *i > 0.0) {
                true => left,
                false => information.to_vec(),
            }
        };
        let heavy = without(&information, |w| w.light);
        let told = without(&heavy, |w| w.genre);
        let stood_for = |term: usize| others.iter().any(|other| other.0 == term);
        let terms = prepared.terms().iter().enumerate();
        let unheard = terms.filter(|(i, term)| term.df == 0 && !stood_for(*i));
        let unheard = unheard.map(|(i, _)| told[i]).sum();
        let mut about = without(&information, |w| w.genre);
        verb.iter().for_each(|term| about[*term] = 0.0);
        let rare = (1.0 + f64::from(view.len())).ln();
        Wish {
            total: information.iter().sum(),
            heavy_total: heavy.iter().sum(),
            unheard,
            words: wish.len(),
            about_total: about.iter().sum(),
            vectors,
            tells_all: !vectors && told == information,
            information,
            heavy,
            told,
            about,
            counts,
            others,
            unwanted,
            actions: actions.collect(),
            rare,
            other_word: OTHER_WORD * rare,
        }
    }

    /// What some terms tell, and those that others of them stand for.
    fn sum(&self, tells: &[f64], terms: &[usize]) -> f64 {
        let own: f64 = terms.iter().map(|term| tells[*term]).sum();
        own + self.lent(tells, terms, |worth| worth)
    }

    /// What some terms tell as evidence, without what sort of text is wanted. A word that stands for another
    /// may mean something else, unless the vectors of the headers tell that too.
    fn tells(&self, terms: &[usize]) -> f64 {
        let own: f64 = terms.iter().map(|term| self.told[*term]).sum();
        let lent = self.lent(&self.told, terms, |worth| match self.vectors {
            true if worth > LIKELY => 1.0,
            _ => worth,
        });
        own + lent
    }

    /// What words of the wish tell that are not among some terms, as far as others of these stand for
    /// them.
    fn lent(&self, tells: &[f64], terms: &[usize], counts: impl Fn(f64) -> f64) -> f64 {
        let of_one = self.others.chunk_by(|a, b| a.0 == b.0);
        let lent = of_one.map(|others| {
            let of = others[0].0;
            if terms.contains(&of) {
                return 0.0;
            }
            let stand = |all: &[usize]| all.iter().all(|term| terms.contains(term));
            let standing = others.iter().filter(|other| stand(&other.1));
            let worth = standing.map(|other| counts(other.2));
            tells[of] * worth.fold(0.0, f64::max)
        });
        lent.sum()
    }

    /// Is a word what the wish is to be without?
    fn is_without(&self, term: usize) -> bool {
        self.unwanted.iter().any(|unwanted| unwanted.term == term)
    }

    /// Does a header have a word that the wish is to be without, and does not say that it lacks it? 1 if so.
    fn opposed(&self, header: &[usize], unwanted: &[usize]) -> f64 {
        let mut words = self.unwanted.iter();
        let there = words.any(|word| {
            let lacks = word.unless.iter().any(|term| header.contains(term));
            unwanted.contains(&word.term) && !lacks
        });
        f64::from(u8::from(there))
    }

    /// How far a verb is that of the wish: the same, one of the same meaning, or another.
    fn action(&self, terms: &[usize]) -> f64 {
        let is = |verb: &Vec<usize>| !verb.is_empty() && verb.iter().all(|t| terms.contains(t));
        match self.actions.iter().position(is) {
            Some(0) => 1.0,
            Some(_) => SAME_VERB,
            None => 0.0,
        }
    }

    /// Their share of all information.
    pub(super) fn share(&self, terms: &[usize]) -> f64 {
        self.of_total(self.sum(&self.information, terms))
    }

    /// The share of all information that they tell as evidence.
    pub(super) fn told(&self, terms: &[usize]) -> f64 {
        self.of_heavy(self.tells(terms))
    }

    /// The same where that there is such a sort of text says something too.
    pub(super) fn told_with_genre(&self, terms: &[usize]) -> f64 {
        self.of_heavy(self.sum(&self.heavy, terms))
    }

    /// The share of what was never heard of.
    pub(super) fn unheard(&self) -> f64 {
        self.of_heavy(self.unheard)
    }

    fn of_heavy(&self, information: f64) -> f64 {
        information / self.heavy_total.max(f64::MIN_POSITIVE)
    }

    fn of_total(&self, information: f64) -> f64 {
        information / self.total.max(f64::MIN_POSITIVE)
    }

    /// By page, what it counts for what it has of the thing that is asked about, anywhere.
    fn by_page<'c>(
        &self,
        candidates: impl Iterator<Item = &'c Candidate>,
    ) -> FxHashMap<UnitNo, f64> {
        let mut having: FxHashMap<UnitNo, Vec<usize>> = FxHashMap::default();
        for candidate in candidates {
            let terms = having.entry(candidate.page).or_default();
            for term in &candidate.found {
                if !terms.contains(term) {
                    terms.push(*term);
                }
            }
        }
        let pages = having.into_iter();
        pages
            .map(|(page, terms)| (page, self.about(&terms)))
            .collect()
    }

    /// What a page counts that has these terms: less, the less of the thing it has.
    fn about(&self, terms: &[usize]) -> f64 {
        let some = SOME * self.about_total;
        // Most pages have enough in the same words.
        let own: f64 = terms.iter().map(|term| self.about[*term]).sum();
        if own >= some {
            return 1.0;
        }
        let has = own + self.lent(&self.about, terms, |_| 1.0);
        let beside = match self.vectors {
            true => BESIDE_WITH_VECTORS,
            false => BESIDE,
        };
        1.0 - beside * (1.0 - (has / some).min(1.0))
    }
}

/// The harmonic mean of two shares.
pub(super) fn harmonic(a: f64, b: f64) -> f64 {
    2.0 * a * b / (a + b).max(f64::MIN_POSITIVE)
}
