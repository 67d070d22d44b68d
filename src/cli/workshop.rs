//! How documents become a set, for the commands that compile.

use std::path::{Path, PathBuf};

use crate::ask;
use crate::config::Config;
use crate::discover::{Found, Request, discover};
use crate::grammar::{Grammar, PACKS};
use crate::model::{CompiledSet, Diagnostic, FileId, SourceText};
use crate::parse::Dialects;
use crate::pipeline::{Reading, compile};
use crate::store::{Extra, Section, SetInfo};
use crate::terminal::{Page, Palette, Progress, Texts, report};

use super::CliError;
use super::args::Global;

/// What is compiled, and how.
pub(super) struct Order<'a> {
    pub(super) paths: &'a [PathBuf],
    pub(super) root: Option<&'a Path>,
    pub(super) grammar: Option<&'a Path>,
    pub(super) config: Option<&'a Path>,
}

/// A set that was compiled, and what it was made from.
pub(super) struct Made {
    pub(super) set: CompiledSet,
    pub(super) texts: Vec<SourceText>,
    pub(super) grammar: Grammar,
    pub(super) info: SetInfo,
}

/// The grammar packs, with those of a folder on top.
pub(super) fn grammar(folder: Option<&Path>) -> Result<Grammar, CliError> {
    let mut grammar = Grammar::load(&PACKS)?;
    if let Some(folder) = folder {
        grammar.extend(folder)?;
    }
    Ok(grammar)
}

/// Finds, reads and compiles documents.
pub(super) fn make(global: &Global, order: &Order<'_>) -> Result<Made, CliError> {
    let dialects = dialects()?;
    let start = order.paths.first().map_or(Path::new("."), PathBuf::as_path);
    let start = if start == Path::new("-") {
        Path::new(".")
    } else {
        start
    };
    let config = Config::load(order.config, start, &dialects.names())?;
    let grammar = grammar(order.grammar)?;
    let found = discover(&Request {
        paths: order.paths,
        root: order.root,
        config: &config,
    })?;
    let progress = progress(global).begin("Compiling", found.files.len());
    let root = found.root.clone();
    let exists = move |path: &str| root.join(path.trim_start_matches('/')).exists();
    let rewrite = |address: &str| config.rewrites.apply(address);
    let reading = Reading {
        grammar: &grammar,
        dialects: &dialects,
        dialect: config
            .dialect
            .as_deref()
            .and_then(|name| dialects.get(name)),
        language: config.language.as_deref(),
        rewrite: &rewrite,
        exists: &exists,
    };
    let mut set = compile(&found.files, &reading);
    progress.add(found.files.len());
    let info = info(&found, order, &config);
    set.diagnostics.splice(0..0, found.diagnostics);
    Ok(Made {
        set,
        texts: found.files,
        grammar,
        info,
    })
}

fn dialects() -> Result<Dialects, CliError> {
    // The folder is part of the program.
    let folder = PACKS.get_dir("dialects").unwrap_or(&PACKS);
    Ok(Dialects::load(folder)?)
}

/// Whether progress is shown.
pub(super) fn progress(global: &Global) -> Progress {
    if global.quiet {
        Progress::Silent
    } else {
        Progress::on_terminal()
    }
}

fn info(found: &Found, order: &Order<'_>, config: &Config) -> SetInfo {
    let shown = |path: &Path| path.display().to_string();
    SetInfo {
        root: shown(&found.root),
        paths: order.paths.iter().map(|p| shown(p)).collect(),
        config: config
            .file
            .as_deref()
            .map(|file| shown(&file.canonicalize().unwrap_or_else(|_| file.to_owned()))),
        program: concat!("stepwell ", env!("CARGO_PKG_VERSION")).to_owned(),
        embedder: "none".to_owned(),
    }
}

impl Made {
    /// The sections that other stages read from the store.
    pub(super) fn extras(&self) -> Result<Vec<Extra>, CliError> {
        let (index, (cards, grammar)) = rayon::join(
            || ask::index(&self.set, &self.grammar),
            || {
                (
                    ask::write_cards(&self.set.units),
                    postcard::to_stdvec(&self.grammar),
                )
            },
        );
        let grammar = grammar.map_err(|e| CliError::damaged("memory", e))?;
        Ok(vec![
            Extra {
                section: Section::Index,
                bytes: index,
            },
            Extra {
                section: Section::Lexicon,
                bytes: grammar,
            },
            Extra {
                section: Section::Cards,
                bytes: cards,
            },
        ])
    }

    /// Shows findings to people, on standard error; at most `most` of them.
    pub(super) fn report(&self, most: usize, palette: Palette) -> Result<(), CliError> {
        let shown: Vec<Diagnostic> = self.set.diagnostics.iter().take(most).cloned().collect();
        report(&mut std::io::stderr().lock(), &shown, self, palette)?;
        Ok(())
    }
}

impl Texts for Made {
    fn page(&self, file: FileId) -> Option<Page<'_>> {
        let text = self.texts.get(file.index())?;
        Some(Page {
            path: &text.path,
            text: &text.text,
        })
    }
}
