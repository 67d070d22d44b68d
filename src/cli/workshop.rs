//! How documents become a set, for the commands that compile.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::access::Spoken;
use crate::ask;
use crate::config::Config;
use crate::discover::{Found, Reached, Request, discover_observed};
use crate::grammar::{BadGrammar, Example, Grammar, PACKS};
use crate::model::{CompiledSet, Diagnostic, FileId, SourceText};
use crate::parse::{self, Dialect, Dialects};
use crate::pipeline::{Observer, Reading, Stage, compile_parsed, parse_all};
use crate::sentence::reads;
use crate::store::{Extra, Section, SetInfo};
use crate::terminal::{Page, Palette, Texts, report};

use super::args::Global;
use super::embedding::{self, Choice};
use super::stages::Stages;
use super::{CliError, detail, huge_pages, stdout};

/// What is compiled, and how.
pub(super) struct Order<'a> {
    pub(super) paths: &'a [PathBuf],
    pub(super) root: Option<&'a Path>,
    pub(super) grammar: Option<&'a Path>,
    pub(super) config: Option<&'a Path>,
    pub(super) embedder: Option<&'a str>,
    pub(super) look: LookFrom,
}

/// Where the search for a project file begins that goes on upwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LookFrom {
    /// At the first path.
    Path,
    /// Here, and at the first path where there is none.
    Here,
}

/// A set that was compiled, and what it was made from.
pub(super) struct Made {
    pub(super) set: CompiledSet,
    pub(super) texts: Vec<SourceText>,
    pub(super) grammar: Grammar,
    /// The dialects of its pages.
    pub(super) dialects: Vec<Dialect>,
    spoken: Spoken,
    pub(super) info: SetInfo,
    model: Option<Choice>,
}

/// The grammar packs, with those of a folder on top. Each example of the folder must read as its
/// entry says.
pub(super) fn grammar(folder: Option<&Path>) -> Result<Grammar, CliError> {
    let mut grammar = Grammar::load(&PACKS)?;
    let Some(folder) = folder else {
        return Ok(grammar);
    };
    grammar.extend(folder)?;
    let wrong = grammar
        .examples_of(folder)
        .find(|(lexicon, example)| reads(lexicon, example) != example.accept)
        .map(|(_, example)| misread(example));
    match wrong {
        Some(bad) => Err(bad.into()),
        None => Ok(grammar),
    }
}

/// An example that reads otherwise than its entry says.
fn misread(example: &Example) -> BadGrammar {
    let (name, text) = (&example.name, &example.text);
    let message = if example.accept {
        format!("{text:?} is not read as {name}, but stands under `accept`")
    } else {
        format!("{text:?} is read as {name}, but stands under `reject`")
    };
    BadGrammar {
        file: example.file.clone(),
        line: example.line,
        message: format!("{message}; mend the phrases, or the example"),
    }
}

/// Finds, reads and compiles documents.
pub(super) fn make(global: &Global, order: &Order<'_>, stages: &Stages) -> Result<Made, CliError> {
    huge_pages(true);
    // The folder is part of the program.
    let folder = PACKS.get_dir("dialects").unwrap_or(&PACKS);
    let dialects = Dialects::load(folder, parse::Texts::Pages)?;
    let config = configured(order, &dialects)?;
    detail(global, &project(&config));
    let named = config.dialect.as_deref();
    let dialect = named.and_then(|name| dialects.get(name));
    // Parsing needs no language: it goes on beside reading what the packs say.
    let (grammar, read) = rayon::join(
        || grammar(order.grammar),
        || {
            let found = find(order, &config, stages)?;
            let parsed = parse_all(&found.files, &dialects, dialect, stages);
            Ok::<_, CliError>((found, parsed))
        },
    );
    let (mut grammar, (found, parsed)) = (grammar?, read?);
    detail(global, &format!("root     {}", found.root.display()));
    let root = found.root.clone();
    let exists = move |path: &str| root.join(path.trim_start_matches('/')).exists();
    let rewrite = |address: &str| config.rewrites.apply(address);
    let reading = Reading {
        grammar: &grammar,
        dialects: &dialects,
        dialect,
        language: config.language.as_deref(),
        rewrite: &rewrite,
        exists: &exists,
    };
    let written = parsed.dialects.clone();
    let mut set = compile_parsed(&found.files, parsed, &reading, stages);
    let info = info(&found, order, &config);
    set.diagnostics.splice(0..0, found.diagnostics);
    // Questions are read as what there are answers in, and pages as what they are written in.
    let spoken = Spoken::of(&set.units, &written);
    grammar.keep(&spoken.languages(None));
    Ok(Made {
        set,
        texts: found.files,
        grammar,
        dialects: dialects.only(&spoken.dialects(None)),
        spoken,
        info,
        model: Choice::of(order.embedder, &config),
    })
}

/// The project file that was named, else the nearest one.
fn configured(order: &Order<'_>, dialects: &Dialects) -> Result<Config, CliError> {
    let first = order.paths.first().map(PathBuf::as_path);
    let first = first.filter(|path| *path != Path::new("-"));
    let first = first.unwrap_or(Path::new("."));
    let names = dialects.names();
    if order.look == LookFrom::Here {
        let here = Config::load(order.config, Path::new("."), &names)?;
        if here.file.is_some() {
            return Ok(here);
        }
    }
    Ok(Config::load(order.config, first, &names)?)
}

fn project(config: &Config) -> String {
    match &config.file {
        Some(file) => format!("project  {}", file.display()),
        None => "project  no stepwell.toml here or above".to_owned(),
    }
}

fn find(order: &Order<'_>, config: &Config, stages: &Stages) -> Result<Found, CliError> {
    let request = Request {
        paths: order.paths,
        root: order.root,
        config,
    };
    stages.begin(Stage::Read, 0);
    Ok(discover_observed(&request, &|reached| match reached {
        Reached::Files(n) => stages.extend(n),
        Reached::Read => stages.step(),
    })?)
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
    /// The vectors of the headers, where a model is to make them; those that the store in `folder` has
    /// are taken from there.
    pub(super) fn embed(
        &mut self,
        global: &Global,
        folder: &Path,
        stages: &Stages,
    ) -> Result<Option<Extra>, CliError> {
        let loaded = self.model.as_ref().map(|choice| choice.load(global));
        let Some(embedder) = loaded.transpose()?.flatten() else {
            return Ok(None);
        };
        self.info.embedder = embedder.maker().model;
        let known = embedding::known(folder, &embedder);
        embedding::vectors(&self.set, &embedder, &known, stages).map(Some)
    }

    /// The sections that other stages read from the store.
    pub(super) fn extras(&self) -> Result<Vec<Extra>, CliError> {
        let packed =
            |made: postcard::Result<Vec<u8>>| made.map_err(|e| CliError::damaged("memory", e));
        let (index, (cards, names, grammar)) = rayon::join(
            || ask::index(&self.set, &self.grammar),
            || {
                (
                    ask::write_cards(&self.set.units),
                    ask::write_names(&self.set.units, &self.grammar),
                    postcard::to_stdvec(&self.grammar),
                )
            },
        );
        let sections = [
            (Section::Index, index),
            (Section::Lexicon, packed(grammar)?),
            (
                Section::Dialects,
                packed(postcard::to_stdvec(&self.dialects))?,
            ),
            (Section::Spoken, packed(postcard::to_stdvec(&self.spoken))?),
            (Section::Cards, cards),
            (Section::Names, names),
            (
                Section::Leads,
                packed(postcard::to_stdvec(&self.set.leads))?,
            ),
        ];
        Ok(sections
            .map(|(section, bytes)| Extra { section, bytes })
            .into())
    }

    /// Writes all findings for people to standard output.
    pub(super) fn write_report(&self, palette: Palette) -> Result<(), CliError> {
        let mut out = stdout();
        report(&mut out, &self.set.diagnostics, self, palette)?;
        Ok(out.flush()?)
    }

    /// Shows findings to people, on standard error; at most `most` of them. With nobody left to
    /// tell there is nothing to do.
    pub(super) fn report(&self, most: usize, palette: Palette) {
        let shown: Vec<Diagnostic> = self.set.diagnostics.iter().take(most).cloned().collect();
        let mut out = BufWriter::new(std::io::stderr().lock());
        let _ = report(&mut out, &shown, self, palette).and_then(|()| out.flush());
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
