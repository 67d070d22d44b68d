//! The one function that composes the stages from texts to a linked set.
//!
//! *Deliberately absent:* reading files and writing the store; both are at the rim, in
//! [`crate::discover`] and [`crate::store`]. The clock, too: whoever wants to know how long a stage
//! takes, or how far it is, observes it.

use rayon::prelude::*;

use crate::address::Paths;
use crate::extract::{self, Context, Extracted, Page};
use crate::grammar::Grammar;
use crate::link::{Surroundings, link};
use crate::model::{CompiledSet, Diagnostic, Document, FileId, SourceFile, SourceText};
use crate::parse::{Dialect, Dialects, parse};

/// How texts are read.
pub struct Reading<'a> {
    /// The languages.
    pub grammar: &'a Grammar,
    /// What documentation tools add to Markdown.
    pub dialects: &'a Dialects,
    /// The dialect of every page; `None` to tell it from each page.
    pub dialect: Option<&'a Dialect>,
    /// The language of pages that state none; `None` to tell it from each page.
    pub language: Option<&'a str>,
    /// Turns an address of the site into one relative to the root.
    pub rewrite: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// Is there a file or folder at this path, relative to the root?
    pub exists: &'a (dyn Fn(&str) -> bool + Sync),
}

/// What a compile does, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Finding and reading files.
    Read,
    /// Texts to documents, file by file.
    Parse,
    /// Documents to units, file by file.
    Extract,
    /// Mentions to targets, over the whole set.
    Link,
    /// Headers to vectors, where there is a model.
    Embed,
    /// Units to postings.
    Index,
    /// The set into the store.
    Write,
}

/// How many pages a thread takes at a time. Some are much longer than others: with larger portions, one
/// thread is still at its last when the others have nothing left.
const PAGES_AT_ONCE: usize = 1;

/// Is told how far a compile is, from any thread.
pub trait Observer: Sync {
    /// A stage begins, with so many steps; 0 if it cannot be told how many.
    fn begin(&self, stage: Stage, steps: usize);
    /// One step of the stage was done.
    fn step(&self);
}

/// Nobody watches.
impl Observer for () {
    fn begin(&self, _: Stage, _: usize) {}
    fn step(&self) {}
}

/// Texts that were parsed, with what was found while parsing.
pub struct Parsed<'d> {
    pages: Vec<(Document, Vec<Diagnostic>)>,
    /// The names of the dialects that they were read in, in their order.
    pub dialects: Vec<&'d str>,
}

/// Parses, extracts and links texts, which are in the order of their paths.
pub fn compile(texts: &[SourceText], reading: &Reading<'_>) -> CompiledSet {
    compile_observed(texts, reading, &())
}

/// [`compile`], under the eyes of an observer. It changes nothing in what is made.
pub fn compile_observed(
    texts: &[SourceText],
    reading: &Reading<'_>,
    observer: &dyn Observer,
) -> CompiledSet {
    let parsed = parse_all(texts, reading.dialects, reading.dialect, observer);
    compile_parsed(texts, parsed, reading, observer)
}

/// Parses texts, for which no language need be known yet; each in the dialect, or in the one that it
/// looks like.
pub fn parse_all<'d>(
    texts: &[SourceText],
    dialects: &'d Dialects,
    dialect: Option<&'d Dialect>,
    observer: &dyn Observer,
) -> Parsed<'d> {
    observer.begin(Stage::Parse, texts.len());
    let parse = |(i, t): (usize, &SourceText)| {
        let dialect = dialect.unwrap_or_else(|| dialects.detect(&t.text));
        let parsed = parse(FileId(i as u32), &t.text, dialect);
        observer.step();
        (parsed, dialect.name.as_str())
    };
    let texts = texts.par_iter().with_max_len(PAGES_AT_ONCE);
    let (pages, dialects) = texts.enumerate().map(parse).unzip();
    Parsed { pages, dialects }
}

/// Extracts and links texts that were parsed.
pub fn compile_parsed(
    texts: &[SourceText],
    Parsed {
        pages: mut parsed, ..
    }: Parsed<'_>,
    reading: &Reading<'_>,
    observer: &dyn Observer,
) -> CompiledSet {
    let names: Vec<String> = texts.iter().map(|t| t.path.clone()).collect();
    let paths = Paths::new(names.iter().map(String::as_str));
    extract::insert(&mut parsed, texts, &paths, reading.rewrite);
    let extracted = extract_all(texts, &parsed, &paths, reading, observer);
    observer.begin(Stage::Link, 0);
    let aliases = aliases(&parsed, &names);
    let surroundings = Surroundings {
        paths: &paths,
        names: &names,
        rewrite: reading.rewrite,
        exists: reading.exists,
        aliases: &aliases,
    };
    // Taking documents apart, of which there are many pieces, goes on beside linking.
    let (mut set, found) = rayon::join(|| link(extracted, &surroundings), || diagnostics(parsed));
    set.diagnostics.extend(found);
    set.diagnostics.sort_by_key(|d| (d.span, d.code));
    set.files = texts
        .par_iter()
        .map(|t| SourceFile::new(t.path.clone(), t.text.as_bytes()))
        .collect();
    set
}

/// What was found while parsing; the documents are no longer needed.
fn diagnostics(parsed: Vec<(Document, Vec<Diagnostic>)>) -> Vec<Diagnostic> {
    parsed.into_iter().flat_map(|(_, found)| found).collect()
}

fn extract_all(
    texts: &[SourceText],
    parsed: &[(Document, Vec<Diagnostic>)],
    paths: &Paths,
    reading: &Reading<'_>,
    observer: &dyn Observer,
) -> Vec<Extracted> {
    observer.begin(Stage::Extract, texts.len());
    let pages: Vec<Page<'_>> = texts
        .iter()
        .zip(parsed)
        .map(|(t, (document, _))| Page {
            path: &t.path,
            text: &t.text,
            document,
            labels: &t.labels,
        })
        .collect();
    let context = Context {
        grammar: reading.grammar,
        language: reading.language,
        pages: &pages,
        paths,
    };
    let mut extracted: Vec<Extracted> = (0..pages.len())
        .into_par_iter()
        .with_max_len(PAGES_AT_ONCE)
        .map(|i| {
            let extracted = extract::extract(FileId(i as u32), &context);
            observer.step();
            extracted
        })
        .collect();
    extract::say(&mut extracted, reading.grammar);
    extracted
}

/// The other names of pages, which are in files of these names.
fn aliases(parsed: &[(Document, Vec<Diagnostic>)], names: &[String]) -> Vec<(String, FileId)> {
    let of_page = |document: &Document| {
        let front = &document.front;
        let folder = names[document.file.index()].rsplit_once('/');
        let own = front.slug.as_ref().map(|slug| match folder {
            Some((folder, _)) if !slug.starts_with('/') => format!("{folder}/{slug}"),
            _ => slug.clone(),
        });
        let all = own.into_iter().chain(front.aliases.iter().cloned());
        all.map(|name| (name, document.file)).collect::<Vec<_>>()
    };
    parsed.iter().flat_map(|(d, _)| of_page(d)).collect()
}
