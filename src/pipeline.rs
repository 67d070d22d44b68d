//! The one function that composes the stages from texts to a linked set.

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

/// Parses, extracts and links texts, which are in the order of their paths.
pub fn compile(texts: &[SourceText], reading: &Reading<'_>) -> CompiledSet {
    let parsed: Vec<(Document, Vec<Diagnostic>)> = texts
        .par_iter()
        .enumerate()
        .map(|(i, t)| {
            let dialect = reading
                .dialect
                .unwrap_or_else(|| reading.dialects.detect(&t.text));
            parse(FileId(i as u32), &t.text, dialect)
        })
        .collect();
    let names: Vec<String> = texts.iter().map(|t| t.path.clone()).collect();
    let paths = Paths::new(names.iter().map(String::as_str));
    let extracted = extract_all(texts, &parsed, &paths, reading);
    let aliases = aliases(&parsed);
    let surroundings = Surroundings {
        paths: &paths,
        names: &names,
        rewrite: reading.rewrite,
        exists: reading.exists,
        aliases: &aliases,
    };
    let mut set = link(extracted, &surroundings);
    set.diagnostics
        .extend(parsed.into_iter().flat_map(|(_, found)| found));
    set.diagnostics.sort_by_key(|d| (d.span, d.code));
    set.files = texts
        .par_iter()
        .map(|t| SourceFile::new(t.path.clone(), t.text.as_bytes()))
        .collect();
    set
}

fn extract_all(
    texts: &[SourceText],
    parsed: &[(Document, Vec<Diagnostic>)],
    paths: &Paths,
    reading: &Reading<'_>,
) -> Vec<Extracted> {
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
    (0..pages.len())
        .into_par_iter()
        .map(|i| extract::extract(FileId(i as u32), &context))
        .collect()
}

/// The other names of pages.
fn aliases(parsed: &[(Document, Vec<Diagnostic>)]) -> Vec<(String, FileId)> {
    parsed
        .iter()
        .flat_map(|(d, _)| d.front.aliases.iter().map(|name| (name.clone(), d.file)))
        .collect()
}
