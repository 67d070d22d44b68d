//! What each signal of ranking is worth, and what tells a question that a set can answer from one that it
//! cannot, fitted to questions whose pages are known.
//! `cargo bench --bench fit -- STORE QUESTIONS [STORE QUESTIONS]…`, with stores that were compiled before
//! and for each the questions it answers, as `stepwell eval` reads them; `-` for a set that answers none
//! of the questions of the others.
//!
//! For the weights of ranking, the likelihood of the right page under a softmax over the pages of a
//! question, each page worth its best unit, is climbed (ListNet, Cao et al., 2007), with a small penalty
//! on large weights. It is done for all questions, and for random halves, each checked on the other half:
//! a fit that only learnt its questions by heart does worse there.
//!
//! For the outcome, every question is asked of every set, and a logistic regression tells those asked at
//! home from the others, each pair of questions and set counting alike.
#![allow(
    clippy::print_stdout,
    reason = "the figures are what this program is for"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use stepwell::ask::{Cards, Desk, Embeds, Evidence, Meaning, Names, Signals, sight};
use stepwell::embed::{Embedder, Maker, Quantized, Vectors};
use stepwell::eval::{self, Case};
use stepwell::grammar::Grammar;
use stepwell::index::{Index, View};
use stepwell::model::Library;
use stepwell::store::{self, Section, Shelf};

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
    fn embed(&self, _: &Maker, text: &str) -> Option<Quantized> {
        self.0.embed(text).ok()
    }
}

/// A set and its questions.
struct Set {
    shelf: Shelf,
    cases: Vec<Case>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    if paths.is_empty() || !paths.len().is_multiple_of(2) {
        println!(
            "fit: name stores, each with a file of questions, to fit the weights of ranking to them"
        );
        return Ok(());
    }
    let mut sets = Vec::new();
    for pair in paths.chunks(2) {
        sets.push(Set {
            shelf: store::open(Path::new(&pair[0]))?,
            cases: match pair[1].as_str() {
                "-" => Vec::new(),
                file => eval::read(file, &std::fs::read_to_string(file)?)?,
            },
        });
    }
    let (mut asked, mut pairs) = (Vec::new(), Vec::new());
    for (i, set) in sets.iter().enumerate() {
        let others = sets.iter().enumerate();
        for (j, other) in others.filter(|(_, other)| !other.cases.is_empty()) {
            let (questions, evidence) = ask_all(&set.shelf, &other.cases)?;
            pairs.push((i == j, evidence));
            if i == j {
                asked.extend(questions);
            }
        }
    }
    fit_ranking(&asked);
    fit_outcome(&pairs);
    Ok(())
}

fn fit_ranking(asked: &[Asked]) {
    let (all, now) = (Vec::from_iter(asked), Signals::weights().values());
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
}

/// Is a question asked at home? Newton's method on the weighted log-likelihood.
fn fit_outcome(pairs: &[(bool, Vec<Evidence>)]) {
    let vectors = pairs
        .iter()
        .all(|(_, all)| all.iter().all(|e| e.nearest.is_some()));
    let values = |e: &Evidence| -> Vec<f64> {
        let near = e.nearest.filter(|_| vectors);
        let own = e.values().into_iter().chain(near);
        std::iter::once(1.0).chain(own).collect()
    };
    let mut rows: Vec<(Vec<f64>, f64, f64)> = Vec::new();
    for (home, evidence) in pairs {
        let alike = pairs.iter().filter(|pair| pair.0 == *home).count();
        let share = 1.0 / (evidence.len() * alike) as f64;
        let home = f64::from(u8::from(*home));
        rows.extend(evidence.iter().map(|e| (values(e), home, share)));
    }
    let size = rows.first().map_or(0, |row| row.0.len());
    let mut weights = vec![0.0; size];
    for _ in 0..50 {
        let mut slope = vec![0.0; size];
        let mut bend = vec![vec![0.0; size]; size];
        for (x, home, share) in &rows {
            let sum: f64 = x.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let p = 1.0 / (1.0 + (-sum).exp());
            for i in 0..size {
                slope[i] += share * (home - p) * x[i];
                for j in 0..size {
                    bend[i][j] += share * p * (1.0 - p) * x[i] * x[j];
                }
            }
        }
        (0..size).for_each(|i| bend[i][i] += 1e-6);
        let step = solved(bend, slope);
        weights.iter_mut().zip(step).for_each(|(w, s)| *w += s);
    }
    println!(
        "\nasked at home or not, fitted with {} pairs of questions and set",
        pairs.len()
    );
    let names = Evidence::NAMES
        .into_iter()
        .chain(vectors.then_some("nearest"));
    for (name, weight) in std::iter::once("constant").chain(names).zip(&weights) {
        println!("{name:<14}{weight:>9.2}");
    }
    println!(
        "\n{:<28}{:>9}{:>9}",
        "called no match below", "at home", "elsewhere"
    );
    for line in [-1.0, -0.75, -0.5, -0.25, 0.0_f64] {
        let below = |home: bool| {
            let rows = rows.iter().filter(|row| (row.1 > 0.5) == home);
            let sums = rows.map(|(x, _, share)| {
                let sum: f64 = x.iter().zip(&weights).map(|(x, w)| x * w).sum();
                if sum < line { *share } else { 0.0 }
            });
            sums.sum::<f64>()
        };
        let chance = 1.0 / (1.0 + (-line).exp());
        println!("{chance:<28.2}{:>9.3}{:>9.3}", below(true), below(false));
    }
}

/// Gaussian elimination with pivots.
fn solved(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let size = b.len();
    for i in 0..size {
        let pivot = (i..size).max_by(|x, y| a[*x][i].abs().total_cmp(&a[*y][i].abs()));
        let pivot = pivot.unwrap_or(i);
        a.swap(i, pivot);
        b.swap(i, pivot);
        for row in 0..size {
            if row != i {
                let factor = a[row][i] / a[i][i];
                let top = a[i].clone();
                a[row]
                    .iter_mut()
                    .zip(&top)
                    .for_each(|(x, t)| *x -= factor * t);
                b[row] -= factor * b[i];
            }
        }
    }
    (0..size).map(|i| b[i] / a[i][i]).collect()
}

/// Asks every question; what is given or held does not matter for the weights.
fn ask_all(shelf: &Shelf, cases: &[Case]) -> Result<(Vec<Asked>, Vec<Evidence>), Box<dyn Error>> {
    let index = Index::open(shelf.section(Section::Index)?)?;
    let cards = Cards::open(shelf.section(Section::Cards)?)?;
    let names = Names::open(shelf.section(Section::Names)?)?;
    let grammar: Grammar = postcard::from_bytes(shelf.section(Section::Lexicon)?)?;
    let vectors = shelf.section_if_any(Section::Vectors)?.map(Vectors::open);
    let vectors = vectors.transpose()?;
    let model = vectors.as_ref().map(|v| Embedder::again(v.maker()));
    let model = model.transpose()?.map(Model);
    let view = View::all(&index);
    let meaning = vectors.as_ref().zip(model.as_ref());
    let meaning = meaning.map(|(vectors, model)| Meaning { vectors, model });
    let desk = Desk {
        library: shelf,
        index: &index,
        view: &view,
        cards: &cards,
        names,
        meaning,
    };
    // No weight is zero, so what a signal is can be told from what it gave.
    let now = Signals::weights().values();
    let (mut all, mut evidence) = (Vec::new(), Vec::new());
    for case in cases {
        let sight = sight(&desk, grammar.detect(&case.query), &case.query)?;
        let mut pages: BTreeMap<u32, (Vec<Weights>, bool)> = BTreeMap::new();
        for (unit, gave) in &sight.candidates {
            let page = cards.page(*unit);
            let path = &shelf.file(shelf.unit(page)?.page)?.path;
            let right = case.expected.iter().any(|e| e.page() == path);
            let entry = pages.entry(page.0).or_default();
            let mut values = *gave;
            values.iter_mut().zip(now).for_each(|(v, w)| *v /= w);
            entry.0.push(values);
            entry.1 |= right;
        }
        all.push(Asked {
            pages: pages.into_values().collect(),
        });
        evidence.push(sight.evidence);
    }
    Ok((all, evidence))
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
