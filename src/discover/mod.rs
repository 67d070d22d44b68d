//! Stage 1: paths to texts.
//!
//! The only stage that reads documents from disk. It decides which files belong to the set, reads
//! them in parallel and hands them on in the order of their paths, so that everything after it is a
//! pure function of what it found.
//!
//! What cannot be read is a diagnostic and the rest goes on; only a path that is not there, or a
//! set without a single document, is an error.
//!
//! *Deliberately absent:* any idea of what is in a file beyond "it is text". A byte-order mark and
//! CRLF line ends stay where they are, or every byte offset after them would be a lie.

mod checks;
mod error;
mod format;
mod gathered;
mod named;
mod place;
mod read;
mod root;
mod rule;
mod walk;

use std::io::Read;
use std::path::{Path, PathBuf};

pub use checks::RULES;
pub use error::{DiscoverError, NothingMatched};
pub use gathered::Seen;
pub use rule::Rule;

use crate::config::Config;
use crate::model::{Diagnostic, SourceText};
use gathered::Gathered;
use place::Place;

/// The name of the page that is read from standard input.
const STDIN_NAME: &str = "stdin.md";

/// What to look for, and where.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Files, folders, or `-` for standard input.
    pub paths: &'a [PathBuf],
    /// The folder that all paths in the result are relative to. Without it: the folder that was
    /// named, or that of the file; their common parent where several were.
    pub root: Option<&'a Path>,
    /// Which files belong to the set, and their labels.
    pub config: &'a Config,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The root, absolute and without links.
    pub root: PathBuf,
    /// The documents in the byte order of their paths. Empty where all that matched were
    /// unreadable; each of them has a diagnostic then.
    pub files: Vec<SourceText>,
    /// What was skipped, and what is odd, by file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds and reads the documents that are asked for.
///
/// # Errors
/// A path that does not exist or lies outside of the root, or no document at all.
pub fn discover(request: &Request<'_>) -> Result<Found, DiscoverError> {
    discover_observed(request, &|_| {})
}

/// How far [`discover_observed`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// So many files are going to be read.
    Files(usize),
    /// One of them was.
    Read,
}

/// [`discover`], which tells how far it is, from any thread.
///
/// # Errors
/// As [`discover`].
pub fn discover_observed(
    request: &Request<'_>,
    tell: &(dyn Fn(Reached) + Sync),
) -> Result<Found, DiscoverError> {
    discover_from(request, &mut std::io::stdin(), tell)
}

/// [`discover_observed`] with something else in the place of standard input.
fn discover_from(
    request: &Request<'_>,
    stdin: &mut dyn Read,
    tell: &(dyn Fn(Reached) + Sync),
) -> Result<Found, DiscoverError> {
    let places = request.paths.iter().map(|p| Place::of(p));
    let places: Vec<Place> = places.collect::<Result<_, _>>()?;
    let root = root::of(request.root, &places)?;
    let mut gathered = gather(&places, &root, request.config);
    tell(Reached::Files(gathered.candidates.len()));
    let mut pages = read::all(&gathered.candidates, &mut gathered.diagnostics, tell);
    if places.iter().any(|p| matches!(p, Place::Stdin)) {
        read_stdin(stdin, &mut pages, &mut gathered);
    }
    if gathered.matched == 0 {
        return Err(nothing_matched(request, &places, gathered));
    }
    let files = label(pages, request.config);
    let mut diagnostics = gathered.diagnostics;
    if places.iter().any(|p| p.is(&root)) {
        diagnostics.extend(checks::unused_labels::check(request.config, &files));
    }
    diagnostics.sort_by(|a, b| (&a.file, a.code, &a.message).cmp(&(&b.file, b.code, &b.message)));
    Ok(Found {
        root,
        files,
        diagnostics,
    })
}

/// The files that the places lead to.
fn gather(places: &[Place], root: &Path, config: &Config) -> Gathered {
    let mut gathered = Gathered::default();
    for place in places {
        match place {
            Place::Stdin => {}
            Place::File(file) => named::take(file, root, &mut gathered),
            Place::Folder { real, .. } => walk::walk(real, root, config, &mut gathered),
        }
    }
    gathered
}

/// Adds the page from standard input under the first name that no file has.
fn read_stdin(stdin: &mut dyn Read, pages: &mut read::Pages, gathered: &mut Gathered) {
    let mut name = STDIN_NAME.to_owned();
    let mut n = 1;
    while gathered.candidates.contains_key(&name) {
        n += 1;
        name = format!("stdin-{n}.md");
    }
    gathered.matched += 1;
    match read::stream(&name, stdin) {
        Ok(text) => drop(pages.insert(name, text)),
        Err(finding) => gathered.diagnostics.push(finding),
    }
}

fn label(pages: read::Pages, config: &Config) -> Vec<SourceText> {
    let page = |(path, text): (String, String)| SourceText {
        labels: config.labels.of(&path),
        path,
        text,
    };
    pages.into_iter().map(page).collect()
}

fn nothing_matched(request: &Request<'_>, places: &[Place], gathered: Gathered) -> DiscoverError {
    DiscoverError::NothingMatched(Box::new(NothingMatched {
        places: places.iter().map(Place::shown).collect(),
        include: request.config.include.written().to_vec(),
        exclude: request.config.exclude.written().to_vec(),
        config: request.config.file.clone(),
        seen: gathered.seen,
        diagnostics: gathered.diagnostics,
    }))
}

#[cfg(test)]
mod tests;
