//! From files to texts.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Reached;
use super::checks::{not_text, not_utf8, too_large, unreadable};
use super::format::Format;
use crate::model::Diagnostic;

/// Texts by name.
pub(super) type Pages = BTreeMap<String, String>;

/// Reads all files in parallel. The result does not depend on the number of threads.
pub(super) fn all(
    files: &BTreeMap<String, PathBuf>,
    findings: &mut Vec<Diagnostic>,
    tell: &(dyn Fn(Reached) + Sync),
) -> Pages {
    let texts: Vec<_> = files
        .par_iter()
        .map(|(name, path)| {
            let text = file(name, path);
            tell(Reached::Read);
            text
        })
        .collect();
    let mut pages = Pages::new();
    for (name, text) in files.keys().zip(texts) {
        match text {
            Ok(text) => drop(pages.insert(name.clone(), text)),
            Err(finding) => findings.push(finding),
        }
    }
    pages
}

/// Reads a stream to its end.
pub(super) fn stream(name: &str, from: &mut dyn Read) -> Result<String, Diagnostic> {
    let bytes = bounded(from, 0).map_err(|e| unreadable::finding(name, &e))?;
    text(name, bytes)
}

fn file(name: &str, path: &Path) -> Result<String, Diagnostic> {
    let open = || {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        Ok((file, size))
    };
    let (mut file, size) = open().map_err(|e: io::Error| unreadable::finding(name, &e))?;
    too_large::check(name, size)?;
    let bytes = bounded(&mut file, size).map_err(|e| unreadable::finding(name, &e))?;
    text(name, bytes)
}

/// All bytes, but no more than one past what a span can name. `size` is what to expect.
fn bounded(from: &mut dyn Read, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    from.take(too_large::LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn text(name: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    too_large::check(name, bytes.len() as u64)?;
    let format = Format::of_name(Path::new(name)).or_else(|| Format::of_content(&bytes));
    match format {
        Some(Format::Markdown) => not_utf8::decode(name, bytes),
        None => Err(not_text::finding(name)),
    }
}
