//! `stepwell status`: what is in the store, is it whole, is it stale.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::args::{Global, ListFormat, Status};
use super::look::look;
use super::opened::{dialects, place, store_folder};
use super::{CliError, Outcome, detail, stdout};
use crate::ask::Cards;
use crate::json::{Versioned, write_line};
use crate::model::{FileId, Library, SourceFile, UnitNo};
use crate::render::Renderer;
use crate::store::{self, Section, Shelf};

pub(super) fn run(global: &Global, args: &Status) -> Result<Outcome, CliError> {
    let folder = store_folder(global);
    detail(global, &folder.shown());
    let shelf = store::open(&folder.path)?;
    if args.verify {
        shelf.verify()?;
    }
    let pages = pages(&shelf, &args.labels)?;
    let stale = stale(&shelf, &pages)?;
    let status = Versioned::new(status(&shelf, args, &pages, &stale, &folder.path));
    let mut out = stdout();
    match args.format {
        ListFormat::Json => write_line(&mut out, &status)?,
        ListFormat::Text => {
            let renderer = Renderer::new(&look(global, dialects(&shelf, None)?))?;
            out.write_all(renderer.render("status.text", &status)?.as_bytes())?;
        }
    }
    out.flush()?;
    Ok(if stale.is_empty() {
        Outcome::Done
    } else {
        Outcome::Found
    })
}

/// The files that hold something that holders of these labels may see. The others do not exist for
/// them: not even their names and their number are told.
fn pages(shelf: &Shelf, held: &[String]) -> Result<BTreeSet<FileId>, CliError> {
    let cards = Cards::open(shelf.section(Section::Cards)?).map_err(|e| (place(shelf), e))?;
    if !cards.restricted() {
        return Ok((0..shelf.file_count()).map(FileId).collect());
    }
    let mut pages = BTreeSet::new();
    for no in (0..shelf.len())
        .map(UnitNo)
        .filter(|no| cards.visible(*no, held))
    {
        let unit = shelf.unit(no)?;
        pages.extend([unit.page, unit.span.file]);
    }
    Ok(pages)
}

/// Files that are not any more what was compiled, and how they differ. Files that are new are not
/// looked for: only a compile knows which belong to the set.
fn stale(
    shelf: &Shelf,
    pages: &BTreeSet<FileId>,
) -> Result<BTreeMap<String, &'static str>, CliError> {
    let root = Path::new(&shelf.info().root);
    let mut stale = BTreeMap::new();
    for id in pages {
        let file = shelf.file(*id)?;
        if let Some(how) = differs(root, &file) {
            stale.insert(file.path.clone(), how);
        }
    }
    Ok(stale)
}

fn differs(root: &Path, file: &SourceFile) -> Option<&'static str> {
    match std::fs::read(root.join(&file.path)) {
        Ok(bytes) if blake3::hash(&bytes).to_hex().as_str() == file.hash => None,
        Ok(_) => Some("changed"),
        // What came from standard input was never there.
        Err(_) if file.path == "stdin.md" => None,
        Err(_) => Some("gone"),
    }
}

fn status(
    shelf: &Shelf,
    args: &Status,
    pages: &BTreeSet<FileId>,
    stale: &BTreeMap<String, &str>,
    folder: &Path,
) -> Value {
    let info = shelf.info();
    let kinds = shelf.counts().visible(&args.labels);
    let kinds: BTreeMap<&str, u32> = kinds.iter().map(|(k, n)| (k.name(), *n)).collect();
    json!({
        "store": folder.display().to_string(),
        "generation": shelf.generation().map(|g| g.0),
        "program": info.program,
        "embedder": info.embedder,
        "root": info.root,
        "config": info.config,
        "bytes": shelf.size(),
        "pages": pages.len(),
        "units": kinds,
        "verified": args.verify,
        "stale": stale,
    })
}
