//! `stepwell status`: what is in the store, is it whole, is it stale.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use serde_json::json;

use super::args::{Global, ListFormat, Status};
use super::opened::store_folder;
use super::{CliError, Outcome, stdout};
use crate::json::{Versioned, write_line};
use crate::model::{FileId, Library};
use crate::store::{self, Shelf};
use crate::terminal::clean;

pub(super) fn run(global: &Global, args: &Status) -> Result<Outcome, CliError> {
    let folder = store_folder(global);
    let shelf = store::open(&folder)?;
    if args.verify {
        shelf.verify()?;
    }
    let stale = stale(&shelf)?;
    let mut out = stdout();
    match args.format {
        ListFormat::Json => write_line(
            &mut out,
            &Versioned::new(as_json(&shelf, args, &stale, &folder)),
        )?,
        ListFormat::Text => text(&mut out, &shelf, args, &stale, &folder)?,
    }
    out.flush()?;
    Ok(if stale.is_empty() {
        Outcome::Done
    } else {
        Outcome::Found
    })
}

/// Files that are not any more what was compiled, and how they differ. Files that are new are not
/// looked for: only a compile knows which belong to the set.
fn stale(shelf: &Shelf) -> Result<BTreeMap<String, &'static str>, CliError> {
    let root = Path::new(&shelf.info().root).to_owned();
    let mut stale = BTreeMap::new();
    for id in (0..shelf.file_count()).map(FileId) {
        let file = shelf.file(id)?;
        match std::fs::read(root.join(&file.path)) {
            Ok(bytes) if blake3::hash(&bytes).to_hex().as_str() == file.hash => {}
            Ok(_) => {
                stale.insert(file.path.clone(), "changed");
            }
            // What came from standard input was never there.
            Err(_) if file.path == "stdin.md" => {}
            Err(_) => {
                stale.insert(file.path.clone(), "gone");
            }
        }
    }
    Ok(stale)
}

fn as_json(
    shelf: &Shelf,
    args: &Status,
    stale: &BTreeMap<String, &str>,
    folder: &Path,
) -> serde_json::Value {
    let info = shelf.info();
    let kinds: BTreeMap<&str, u32> = shelf
        .counts()
        .visible(&args.labels)
        .iter()
        .map(|(k, n)| (k.name(), *n))
        .collect();
    json!({
        "store": folder.display().to_string(),
        "generation": shelf.generation().map(|g| g.0),
        "program": info.program,
        "root": info.root,
        "config": info.config,
        "bytes": shelf.size(),
        "pages": shelf.counts().files,
        "units": kinds,
        "verified": args.verify,
        "stale": stale,
    })
}

fn text(
    out: &mut impl Write,
    shelf: &Shelf,
    args: &Status,
    stale: &BTreeMap<String, &str>,
    folder: &Path,
) -> Result<(), CliError> {
    let info = shelf.info();
    let generation = shelf.generation().map_or(0, |g| g.0);
    writeln!(
        out,
        "store     {} (generation {generation}, {:.1} MB, {})",
        clean(&folder.display().to_string()),
        shelf.size() as f64 / 1e6,
        clean(&info.program)
    )?;
    writeln!(
        out,
        "sources   {} pages under {}",
        shelf.counts().files,
        clean(&info.root)
    )?;
    writeln!(
        out,
        "project   {}",
        clean(info.config.as_deref().unwrap_or("no stepwell.toml"))
    )?;
    let kinds = shelf.counts().visible(&args.labels);
    let kinds: Vec<String> = kinds
        .iter()
        .map(|(kind, n)| format!("{n} {}", kind.name()))
        .collect();
    writeln!(out, "units     {}", kinds.join(", "))?;
    if args.verify {
        writeln!(out, "whole     yes, every checksum is right")?;
    }
    if stale.is_empty() {
        writeln!(out, "stale     no")?;
    } else {
        writeln!(
            out,
            "stale     yes: {} of its pages changed; run `stepwell compile` again",
            stale.len()
        )?;
        for (path, how) in stale {
            writeln!(out, "          {how}: {}", clean(path))?;
        }
    }
    Ok(())
}
