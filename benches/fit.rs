//! What each signal of ranking is worth, fitted to questions whose pages are known.
//! `cargo bench --bench fit -- STORE QUESTIONS`, with a store that was compiled before and questions as
//! `stepwell eval` reads them.
//!
//! The likelihood of the right page under a softmax over the pages of a question, each page worth its
//! best unit, is climbed (ListNet, Cao et al., 2007), with a small penalty on large weights. It is done
//! for all questions, and for random halves, each checked on the other half: a fit that only learnt its
//! questions by heart does worse there.
#![allow(
    clippy::print_stdout,
    reason = "the figures are what this program is for"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use stepwell::ask::{Cards, Desk, Embeds, Meaning, Request, Signals, ask};
use stepwell::embed::{Embedder, Quantized, Vectors};
use stepwell::eval::{self, Case, Place};
use stepwell::grammar::Grammar;
use stepwell::index::{Index, View};
use stepwell::model::{Facts, Library};
use stepwell::store::{self, Section};

/// So many units are looked at for a question.
const LIMIT: usize = 1000;
/// Steps of the climb, their length, and the penalty.
const STEPS: usize = 300;
const RATE: f64 = 1.0;
const PENALTY: f64 = 0.002;
/// How often the questions are halved.
const HALVES: u64 = 6;

const SIGNALS: usize = Signals::NAMES.len();
type Weights = [f64; SIGNALS];

/// A question: for each page its units' signals, and whether it is right.
struct Asked {
    pages: Vec<(Vec<Weights>, bool)>,
}

struct Model(Embedder);

impl Embeds for Model {
    fn embed(&self, text: &str) -> Option<Quantized> {
        self.0.embed(text).ok()
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let [store, questions] = paths.as_slice() else {
        println!("fit: name a store and a file of questions to fit the weights of ranking to them");
        return Ok(());
    };
    let cases = eval::read(questions, &std::fs::read_to_string(questions)?)?;
    let asked = ask_all(Path::new(store), &cases)?;
    let (all, now) = (Vec::from_iter(&asked), Signals::weights().values());
    println!("{:<14}{:>9}{:>9}", "signal", "weight", "fitted");
    let fitted = fit(&all, now);
    for ((name, now), fitted) in Signals::NAMES.iter().zip(now).zip(fitted) {
        println!("{name:<14}{now:>9.2}{fitted:>9.2}");
    }
    println!("\n{:<28}{:>7}{:>7}{:>7}", "questions", "R@1", "R@5", "MRR");
    show("all, weights as they are", &all, now);
    show("all, fitted on all", &all, fitted);
    let (mut own, mut other) = ([0.0; 3], [0.0; 3]);
    for seed in 0..HALVES {
        let (mut order, mut random) = (all.clone(), Random(seed));
        random.shuffle(&mut order);
        let (a, b) = order.split_at(order.len() / 2);
        for (learnt, new) in [(a, b), (b, a)] {
            let weights = fit(learnt, now);
            let share = 1.0 / (2 * HALVES) as f64;
            for (sum, questions) in [(&mut own, learnt), (&mut other, new)] {
                let figures = figures(questions, weights);
                sum.iter_mut()
                    .zip(figures)
                    .for_each(|(sum, f)| *sum += f * share);
            }
        }
    }
    line("a half, fitted on it", own);
    line("a half, fitted on the other", other);
    Ok(())
}

/// Asks every question; what is given or held does not matter for the weights.
fn ask_all(store: &Path, cases: &[Case]) -> Result<Vec<Asked>, Box<dyn Error>> {
    let shelf = store::open(store)?;
    let index = Index::open(shelf.section(Section::Index)?)?;
    let cards = Cards::open(shelf.section(Section::Cards)?)?;
    let grammar: Grammar = postcard::from_bytes(shelf.section(Section::Lexicon)?)?;
    let vectors = shelf.section_if_any(Section::Vectors)?.map(Vectors::open);
    let vectors = vectors.transpose()?;
    let model = vectors.as_ref().map(|v| Embedder::again(v.maker()));
    let model = model.transpose()?.map(Model);
    let view = View::all(&index);
    let meaning = vectors.as_ref().zip(model.as_ref());
    let meaning = meaning.map(|(vectors, model)| Meaning { vectors, model });
    let desk = Desk {
        library: &shelf,
        index: &index,
        view: &view,
        cards: &cards,
        meaning,
    };
    let facts = Facts::default();
    let mut all = Vec::new();
    for case in cases {
        let request = Request {
            question: &case.query,
            limit: LIMIT,
            facts: &facts,
        };
        let answer = ask(&desk, grammar.detect(&case.query), &request)?;
        let mut pages: BTreeMap<u32, (Vec<Weights>, bool)> = BTreeMap::new();
        for hit in &answer.hits {
            // A unit counts for less than its page, by the same factor for all its signals.
            let worth = hit.score / hit.signals.weighed();
            let page = &shelf.file(hit.unit.page)?.path;
            let right = case.expected.iter().any(|e| page_of(e) == page);
            let entry = pages.entry(cards.page(hit.no).0).or_default();
            entry.0.push(hit.signals.values().map(|v| v * worth));
            entry.1 |= right;
        }
        all.push(Asked {
            pages: pages.into_values().collect(),
        });
    }
    Ok(all)
}

fn page_of(place: &Place) -> &str {
    let name = place.name();
    name.split_once('#').map_or(name, |(page, _)| page)
}

fn dot(a: &Weights, b: &Weights) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The best unit of a page and its score.
fn best<'a>(units: &'a [Weights], weights: &Weights) -> (&'a Weights, f64) {
    let scored = units.iter().map(|unit| (unit, dot(unit, weights)));
    scored
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .unwrap_or((&[0.0; SIGNALS], 0.0))
}

fn fit(questions: &[&Asked], from: Weights) -> Weights {
    let mut weights = from;
    for _ in 0..STEPS {
        let mut slope = weights.map(|w| -PENALTY * w);
        for question in questions.iter().filter(|q| q.pages.iter().any(|p| p.1)) {
            let scored: Vec<(&Weights, f64, bool)> = question
                .pages
                .iter()
                .map(|(units, right)| {
                    let (unit, score) = best(units, &weights);
                    (unit, score, *right)
                })
                .collect();
            let most = scored.iter().map(|s| s.1).fold(f64::MIN, f64::max);
            let share = |only: bool| -> f64 {
                let counted = scored.iter().filter(|s| s.2 || !only);
                counted.map(|s| (s.1 - most).exp()).sum()
            };
            let (all, right) = (share(false), share(true).max(f64::MIN_POSITIVE));
            for (unit, score, is_right) in &scored {
                let likely = (score - most).exp();
                let wanted = if *is_right { likely / right } else { 0.0 };
                let pull = (wanted - likely / all) / questions.len() as f64;
                slope
                    .iter_mut()
                    .zip(unit.iter())
                    .for_each(|(s, u)| *s += pull * u);
            }
        }
        weights
            .iter_mut()
            .zip(slope)
            .for_each(|(w, s)| *w += RATE * s);
    }
    weights
}

/// R@1, R@5 and MRR over pages.
fn figures(questions: &[&Asked], weights: Weights) -> [f64; 3] {
    let mut sums = [0.0; 3];
    for question in questions {
        let scores = question
            .pages
            .iter()
            .map(|(units, right)| (best(units, &weights).1, *right));
        let mut scores: Vec<(f64, bool)> = scores.collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0));
        if let Some(place) = scores.iter().position(|s| s.1) {
            sums[0] += f64::from(u8::from(place == 0));
            sums[1] += f64::from(u8::from(place < 5));
            sums[2] += 1.0 / (place + 1) as f64;
        }
    }
    sums.map(|sum| sum / questions.len().max(1) as f64)
}

fn show(name: &str, questions: &[&Asked], weights: Weights) {
    line(name, figures(questions, weights));
}

fn line(name: &str, [r1, r5, mrr]: [f64; 3]) {
    println!("{name:<28}{r1:>7.3}{r5:>7.3}{mrr:>7.3}");
}

/// SplitMix64 (Steele, Lea and Flood, 2014), so that the halves are the same every time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}
