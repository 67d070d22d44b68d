//! How fast each stage is, on the documents in `corpora/`, sixteen times over.
//!
//! ```sh
//! cargo bench --bench stages            # all
//! cargo bench --bench stages -- parse   # one
//! ```

#![allow(missing_docs, reason = "criterion's macros make items of their own")]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use stepwell::address::Paths;
use stepwell::ask::{self, Cards, Desk, Names, Request};
use stepwell::config::Config;
use stepwell::discover::{self, discover};
use stepwell::extract::{Context, Extracted, Page, extract};
use stepwell::grammar::{Grammar, PACKS};
use stepwell::index::{Index, View};
use stepwell::link::{Surroundings, link};
use stepwell::model::{CompiledSet, Document, Facts, FileId, SourceText};
use stepwell::parse::{Dialects, Texts, parse};
use stepwell::pipeline::{Reading, compile};
use stepwell::store::{self, Extra, Section, SetInfo};

/// How often the documents are repeated, each time under another folder.
const TIMES: usize = 16;

/// What people ask of the runbooks.
const QUESTIONS: [&str; 4] = [
    "free disk space",
    "how do I renew a certificate",
    "As an operator, I want to restart the web service, so that it answers again",
    "what is a replica",
];

/// Everything that the stages need.
struct Set {
    texts: Vec<SourceText>,
    names: Vec<String>,
    bytes: u64,
    grammar: Grammar,
    dialects: Dialects,
}

impl Set {
    fn new() -> Self {
        let path = [Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora")];
        let found = discover(&discover::Request {
            paths: &path,
            root: None,
            config: &Config::default(),
        });
        let pages = found.expect("the documents").files;
        let copies = (0..TIMES).flat_map(|n| {
            pages.iter().map(move |page| SourceText {
                path: format!("{n:02}/{}", page.path),
                ..page.clone()
            })
        });
        let texts: Vec<SourceText> = copies.collect();
        let folder = PACKS.get_dir("dialects").expect("a part of the program");
        Set {
            names: texts.iter().map(|t| t.path.clone()).collect(),
            bytes: texts.iter().map(|t| t.text.len() as u64).sum(),
            texts,
            grammar: Grammar::load(&PACKS).expect("a part of the program"),
            dialects: Dialects::load(folder, Texts::Pages).expect("a part of the program"),
        }
    }

    fn parsed(&self) -> Vec<Document> {
        let pages = self.texts.iter().enumerate();
        let read = |(i, t): (usize, &SourceText)| {
            parse(FileId(i as u32), &t.text, self.dialects.detect(&t.text)).0
        };
        pages.map(read).collect()
    }

    fn extracted(&self, documents: &[Document], paths: &Paths) -> Vec<Extracted> {
        let pages: Vec<Page<'_>> = self
            .texts
            .iter()
            .zip(documents)
            .map(|(t, document)| Page {
                path: &t.path,
                text: &t.text,
                document,
                labels: &t.labels,
            })
            .collect();
        let context = Context {
            grammar: &self.grammar,
            language: None,
            pages: &pages,
            paths,
        };
        let files = (0..pages.len()).map(|i| FileId(i as u32));
        files.map(|file| extract(file, &context)).collect()
    }

    fn reading(&self) -> Reading<'_> {
        Reading {
            grammar: &self.grammar,
            dialects: &self.dialects,
            dialect: None,
            language: None,
            rewrite: &|_| None,
            exists: &|_| false,
        }
    }

    fn compiled(&self) -> CompiledSet {
        compile(&self.texts, &self.reading())
    }

    fn extras(&self, set: &CompiledSet) -> Vec<Extra> {
        let index = Extra {
            section: Section::Index,
            bytes: ask::index(set, &self.grammar),
        };
        let cards = Extra {
            section: Section::Cards,
            bytes: ask::write_cards(&set.units),
        };
        let names = Extra {
            section: Section::Names,
            bytes: ask::write_names(&set.units, &self.grammar),
        };
        vec![index, cards, names]
    }
}

fn front_end(c: &mut Criterion) {
    let set = Set::new();
    let paths = Paths::new(set.names.iter().map(String::as_str));
    let documents = set.parsed();
    let surroundings = Surroundings {
        paths: &paths,
        names: &set.names,
        rewrite: &|_| None,
        exists: &|_| false,
        aliases: &[],
    };
    let mut group = c.benchmark_group("stage");
    group
        .throughput(Throughput::Bytes(set.bytes))
        .sample_size(10);
    group.bench_function("parse", |b| b.iter(|| black_box(set.parsed())));
    group.bench_function("extract", |b| {
        b.iter(|| black_box(set.extracted(&documents, &paths)));
    });
    group.bench_function("link", |b| {
        b.iter_batched(
            || set.extracted(&documents, &paths),
            |pages| black_box(link(pages, &surroundings)),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("parse, extract and link, all cores", |b| {
        b.iter(|| black_box(set.compiled()));
    });
    group.finish();
}

fn back_end(c: &mut Criterion) {
    let set = Set::new();
    let compiled = set.compiled();
    let extras = set.extras(&compiled);
    let info = SetInfo::default();
    let mut group = c.benchmark_group("stage");
    group
        .throughput(Throughput::Bytes(set.bytes))
        .sample_size(10);
    group.bench_function("index", |b| {
        b.iter(|| black_box(ask::index(&compiled, &set.grammar)));
    });
    group.bench_function("publish", |b| {
        b.iter_batched(
            || tempfile::tempdir().expect("a folder"),
            |folder| {
                let store: PathBuf = folder.path().join("store");
                store::publish(&store, &compiled, &info, &extras).expect("published");
                folder
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn questions(c: &mut Criterion) {
    let set = Set::new();
    let compiled = set.compiled();
    let extras = set.extras(&compiled);
    let shelf = store::in_memory(&compiled, &SetInfo::default(), &extras).expect("a set");
    let index = Index::open(shelf.section(Section::Index).expect("there")).expect("an index");
    let cards = Cards::open(shelf.section(Section::Cards).expect("there")).expect("cards");
    let names = Names::open(shelf.section(Section::Names).expect("there")).expect("names");
    let view = View::all(&index);
    let desk = Desk {
        library: &shelf,
        index: &index,
        view: &view,
        cards: &cards,
        names,
        meaning: None,
    };
    let facts = Facts::default();
    let mut group = c.benchmark_group("ask");
    for question in QUESTIONS {
        let lexicon = set.grammar.detect(question);
        let request = Request {
            question,
            limit: 5,
            facts: &facts,
        };
        group.bench_function(question, |b| {
            b.iter(|| black_box(ask::ask(&desk, lexicon, &request)));
        });
    }
    group.finish();
}

criterion_group!(benches, front_end, back_end, questions);
criterion_main!(benches);
