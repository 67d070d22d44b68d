//! The intent index beside `tantivy`, in one run: the same units, the same questions, one BM25 field
//! against nine in BM25F.
//!
//! ```sh
//! cargo bench --bench beside_tantivy                      # texts that are made up
//! cargo bench --bench beside_tantivy -- STORE QUESTIONS   # a store, and a suite as `stepwell eval` reads it
//! ```
//!
//! With a store, what is timed of ours is the whole of a warm `ask`, from the question to the procedure,
//! and of `tantivy` the search for the ten best units by all words of the question, as its own analyzer
//! reads them. Each question is asked once before that.
//!
//! `tantivy` keeps no positions and stores no text here, builds with as many threads, is merged into
//! one segment before it is asked (which is not counted), and gets the question's words stemmed.
#![allow(
    clippy::print_stdout,
    reason = "the figures are what this program is for"
)]

use std::borrow::Cow;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use include_dir::{Dir, include_dir};
use stepwell::ask::{Cards, Desk, Names, Request, ask};
use stepwell::eval;
use stepwell::grammar::{Grammar, Lexicon};
use stepwell::index::{Analyzer, Field, Fields, Index, Prepared, Query, View, Weights, build};
use stepwell::model::{Facts, Library, UnitNo};
use stepwell::store::{self, Section};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query as Asked, TermQuery};
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Searcher, TantivyDocument, Term};

mod zipf;

static PACKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/grammar");

const BUILDS: usize = 7;
const ROUNDS: usize = 5;
const QUESTIONS: usize = 500;
const HITS: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo adds `--bench`.
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    match args.as_slice() {
        [] => made_up(),
        [store, questions] => warm(Path::new(store), questions),
        _ => Err("give a store and questions, or nothing".into()),
    }
}

/// A warm `ask` beside a search over the same units.
fn warm(store: &Path, questions: &str) -> Result<(), Box<dyn Error>> {
    let shelf = store::open(store)?;
    let cases = eval::read(questions, &std::fs::read_to_string(questions)?)?;
    let grammar: Grammar = postcard::from_bytes(shelf.section(Section::Lexicon)?)?;
    let index = Index::open(shelf.section(Section::Index)?)?;
    let cards = Cards::open(shelf.section(Section::Cards)?)?;
    let names = Names::open(shelf.section(Section::Names)?)?;
    let view = View::all(&index);
    let desk = Desk {
        library: &shelf,
        index: &index,
        view: &view,
        cards: &cards,
        names,
        meaning: None,
    };
    let units: Result<Vec<zipf::Unit>, _> = (0..shelf.len())
        .map(|no| {
            let unit = shelf.unit(UnitNo(no))?;
            Ok::<_, Box<dyn Error>>(zipf::Unit {
                header: unit.header.clone(),
                path: unit.path.clone(),
                body: unit.body.clone(),
            })
        })
        .collect();
    let units = units?;
    let mut other = Theirs::new(&units)?;
    let searcher = other.searcher()?;
    let mut analyzer = other.analyzer()?;
    let facts = Facts::default();
    let ask_ours = |question: &str| {
        let request = Request {
            question,
            limit: HITS,
            facts: &facts,
        };
        ask(&desk, grammar.detect(question), &request)
    };
    let mut ask_theirs = |question: &str| {
        let mut words = Vec::new();
        analyzer
            .token_stream(question)
            .process(&mut |token| words.push(token.text.clone()));
        let query = asked(&words, other.field);
        searcher.search(&query, &TopDocs::with_limit(HITS).order_by_score())
    };
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        for case in &cases {
            let start = Instant::now();
            black_box(ask_ours(&case.query)?);
            let own = start.elapsed();
            let start = Instant::now();
            black_box(ask_theirs(&case.query)?);
            if round > 0 {
                ours.push(own);
                theirs.push(start.elapsed());
            }
        }
    }
    println!(
        "{} units, {} questions, {ROUNDS} times",
        units.len(),
        cases.len()
    );
    compare("ask", &ours, &theirs);
    Ok(())
}

/// Texts and questions whose words are as frequent as those of a language.
fn made_up() -> Result<(), Box<dyn Error>> {
    let grammar = Grammar::load(&PACKS)?;
    let lexicon = grammar.language("en").ok_or("English is built in")?;
    let language = zipf::Language::new();
    let units = language.units();
    let questions: Vec<Vec<String>> = language
        .questions(QUESTIONS)
        .iter()
        .map(|q| words(q, lexicon))
        .collect();

    let (bytes, ours) = repeated(|| Ok(ours(&units, lexicon)))?;
    let (mut other, theirs) = repeated(|| Theirs::new(&units))?;
    compare("build", &ours, &theirs);
    let searcher = other.searcher()?;

    let index = Index::open(&bytes)?;
    let (view, weights) = (View::all(&index), Weights::default());
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for words in (0..ROUNDS).flat_map(|_| &questions) {
        let start = Instant::now();
        let query: Query = words.iter().map(|w| (w.clone(), 1.0)).collect();
        black_box(Prepared::new(&index, &query, &weights, &view).search(HITS));
        ours.push(start.elapsed());
        let start = Instant::now();
        let query = asked(words, other.field);
        black_box(searcher.search(&query, &TopDocs::with_limit(HITS).order_by_score())?);
        theirs.push(start.elapsed());
    }
    compare("search", &ours, &theirs);
    Ok(())
}

/// The words of a question, each once.
fn words(question: &str, lexicon: &Lexicon) -> Vec<String> {
    let terms = Analyzer::new(lexicon).terms(question);
    let mut words: Vec<String> = terms.into_iter().map(|t| t.text).collect();
    words.sort();
    words.dedup();
    words
}

/// Does it several times; gives the last result and all times.
fn repeated<T>(
    mut run: impl FnMut() -> Result<T, Box<dyn Error>>,
) -> Result<(T, Vec<Duration>), Box<dyn Error>> {
    let mut times = Vec::new();
    loop {
        let start = Instant::now();
        let result = run()?;
        times.push(start.elapsed());
        if times.len() == BUILDS {
            return Ok((result, times));
        }
    }
}

fn ours(units: &[zipf::Unit], lexicon: &Lexicon) -> Vec<u8> {
    build(units.len() as u32, |unit| {
        let unit = &units[unit.index()];
        let mut texts: Vec<(Field, Cow<'_, str>)> = vec![
            (Field::Header, unit.header.as_str().into()),
            (Field::Body, unit.body.as_str().into()),
        ];
        texts.extend(unit.path.iter().map(|t| (Field::Path, t.as_str().into())));
        Fields { lexicon, texts }
    })
}

/// An index of `tantivy`'s.
struct Theirs {
    index: tantivy::Index,
    writer: tantivy::IndexWriter,
    field: tantivy::schema::Field,
}

impl Theirs {
    fn new(units: &[zipf::Unit]) -> Result<Self, Box<dyn Error>> {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(IndexRecordOption::WithFreqs);
        let text = TextOptions::default().set_indexing_options(indexing);
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", text);
        let index = tantivy::Index::create_in_ram(schema.build());
        let mut writer =
            index.writer_with_num_threads(rayon::current_num_threads(), 200_000_000)?;
        for unit in units {
            let mut document = TantivyDocument::new();
            document.add_text(field, &unit.header);
            document.add_text(field, &unit.body);
            unit.path.iter().for_each(|t| document.add_text(field, t));
            writer.add_document(document)?;
        }
        writer.commit()?;
        Ok(Theirs {
            index,
            writer,
            field,
        })
    }

    /// What it reads texts with.
    fn analyzer(&self) -> Result<TextAnalyzer, Box<dyn Error>> {
        let analyzer = self.index.tokenizers().get("en_stem");
        Ok(analyzer.ok_or("it has an analyzer for English")?)
    }

    /// As fast as it can be: over one segment.
    fn searcher(&mut self) -> Result<Searcher, Box<dyn Error>> {
        let segments = self.index.searchable_segment_ids()?;
        self.writer.merge(&segments).wait()?;
        Ok(self.index.reader()?.searcher())
    }
}

fn asked(words: &[String], field: tantivy::schema::Field) -> BooleanQuery {
    let clause = |word: &String| {
        let term = Term::from_field_text(field, word);
        let query: Box<dyn Asked> = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
        (Occur::Should, query)
    };
    BooleanQuery::new(words.iter().map(clause).collect())
}

fn compare(what: &str, ours: &[Duration], theirs: &[Duration]) {
    for (name, share) in [("p50", 0.5), ("p99", 0.99)] {
        let at = |times: &[Duration]| {
            let mut times = times.to_vec();
            times.sort();
            times[((times.len() - 1) as f64 * share) as usize]
        };
        let (ours, theirs) = (at(ours), at(theirs));
        let ratio = theirs.as_secs_f64() / ours.as_secs_f64();
        println!("{what} {name}: stepwell {ours:.2?}, tantivy {theirs:.2?}, {ratio:.2} times that");
    }
}
