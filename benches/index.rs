//! The intent index on a made-up set of 40,000 units and 9 MB: `cargo bench --bench index`.
//!
//! What it costs that a caller does not see every unit: `index/view`, once for each caller, and
//! `index/search/view` beside `index/search/all`, with every question. The caller sees two units in
//! three.

use std::borrow::Cow;
use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use include_dir::{Dir, include_dir};
use stepwell::grammar::{Grammar, Lexicon};
use stepwell::index::{
    Analyzer, Edits, Field, Fields, Index, Prepared, Query, View, Weights, build,
};
use stepwell::model::UnitNo;

mod zipf;

static PACKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/grammar");

fn fields<'a>(unit: &'a zipf::Unit, lexicon: &'a Lexicon) -> Fields<'a> {
    let mut texts: Vec<(Field, Cow<'_, str>)> = vec![
        (Field::Header, unit.header.as_str().into()),
        (Field::Body, unit.body.as_str().into()),
    ];
    texts.extend(unit.path.iter().map(|t| (Field::Path, t.as_str().into())));
    Fields { lexicon, texts }
}

/// Calls `run` with one question after the other.
fn each_question<'q, R>(
    c: &mut Criterion,
    name: &str,
    questions: &'q [Query],
    run: impl Fn(&'q Query) -> R,
) {
    let mut next = questions.iter().cycle();
    c.bench_function(name, |b| {
        b.iter_batched(
            || next.next(),
            |q| black_box(q.map(&run)),
            BatchSize::SmallInput,
        );
    });
}

fn bench(c: &mut Criterion) {
    let grammar = Grammar::load(&PACKS).expect("the built-in packs can be read");
    let lexicon = grammar.language("en").expect("English is built in");
    let language = zipf::Language::new();
    let units = language.units();
    let make = || build(units.len() as u32, |u| fields(&units[u.index()], lexicon));
    let text: usize = units.iter().map(|u| u.header.len() + u.body.len()).sum();

    let mut group = c.benchmark_group("index");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(text as u64));
    group.bench_function("build", |b| b.iter(|| black_box(make())));
    group.finish();

    let bytes = make();
    c.bench_function("index/open", |b| {
        b.iter(|| black_box(Index::open(&bytes).is_ok()))
    });
    let index = Index::open(&bytes).expect("it was just built");
    let analyzer = Analyzer::new(lexicon);
    let read = |text: &String| analyzer.terms(text).iter().collect();
    let questions: Vec<Query> = language.questions(500).iter().map(read).collect();
    let weights = Weights::default();
    let all = View::all(&index);
    let sees = |unit: UnitNo| !unit.0.is_multiple_of(3);
    let some = View::of(&index, sees);

    c.bench_function("index/view", |b| {
        b.iter(|| black_box(View::of(&index, sees)))
    });
    for (name, view, k) in [
        ("all, 10", &all, 10),
        ("all, 100", &all, 100),
        ("view, 10", &some, 10),
        ("view, 100", &some, 100),
    ] {
        each_question(c, &format!("index/search/{name}"), &questions, |query| {
            Prepared::new(&index, query, &weights, view).search(k)
        });
    }
    each_question(c, "index/explain", &questions, |query| {
        Prepared::new(&index, query, &weights, &all).explain(UnitNo(4711))
    });
    c.bench_function("index/near", |b| {
        b.iter(|| black_box(index.near("tramilokan", Edits::Two, &all)))
    });
}

criterion_group!(benches, bench);
criterion_main!(benches);
