//! Where units come from: a store, or documents that are compiled in memory first.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Deserialize;

use super::args::{From, Global};
use super::embedding::Again;
use super::stages::{self, Stages};
use super::workshop::{LookFrom, Order, make};
use super::{CliError, counted, detail};
use crate::access::{Restricted, Spoken};
use crate::ask::{Cards, Desk, Meaning, Names};
use crate::embed::Vectors;
use crate::grammar::Grammar;
use crate::index::{Index, View};
use crate::model::{Leads, Library, UnitId, UnitNo};
use crate::parse::{Dialect, Dialects, Texts};
use crate::pipeline::{Observer, Stage};
use crate::store::{self, Section, Shelf};
use crate::terminal::Stream;

/// The name of a store's folder.
const FOLDER: &str = ".stepwell";

/// A set that is open.
pub(super) struct Opened {
    pub(super) shelf: Shelf,
    grammar: Grammar,
    /// The model of its vectors.
    model: Again,
}

/// A store's folder, and why it is that one.
pub(super) struct StoreFolder {
    pub(super) path: PathBuf,
    pub(super) why: &'static str,
}

/// The variable that names the store.
const VARIABLE: &str = "STEPWELL_STORE";

/// The store: the one that was named, else the nearest one from here upwards, else one here.
pub(super) fn store_folder(global: &Global) -> StoreFolder {
    if let Some(path) = global.store.clone() {
        let why = "named by --store";
        return StoreFolder { path, why };
    }
    if let Some(named) = std::env::var_os(VARIABLE).filter(|name| !name.is_empty()) {
        let path = PathBuf::from(named);
        let why = "named by STEPWELL_STORE";
        return StoreFolder { path, why };
    }
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let found = here
        .ancestors()
        .map(|folder| folder.join(FOLDER))
        .find(|store| store.is_dir());
    match found {
        Some(path) => StoreFolder {
            path,
            why: "the nearest from here upwards",
        },
        None => StoreFolder {
            path: PathBuf::from(FOLDER),
            why: "none here or above, so one here",
        },
    }
}

impl StoreFolder {
    /// For people who ask where things are.
    pub(super) fn shown(&self) -> String {
        format!("store    {} ({})", self.path.display(), self.why)
    }
}

impl Opened {
    /// What a command asks for.
    pub(super) fn new(global: &Global, from: &From) -> Result<Self, CliError> {
        let started = Instant::now();
        let opened = if from.from.is_empty() {
            let folder = store_folder(global);
            detail(global, &folder.shown());
            Self::store(global, &folder.path)
        } else {
            Self::sources(global, from)
        };
        let took = stages::shown(started.elapsed());
        detail(global, &format!("opened   in {took}"));
        opened
    }

    /// Documents, compiled in memory.
    fn sources(global: &Global, from: &From) -> Result<Self, CliError> {
        let order = Order {
            paths: &from.from,
            root: from.root.as_deref(),
            grammar: None,
            config: global.config.as_deref(),
            embedder: None,
            look: LookFrom::Here,
        };
        let stages = Stages::new(global);
        let made = make(global, &order, &stages)?;
        if made.texts.is_empty() {
            drop(stages);
            made.report(usize::MAX, global.color.palette(Stream::Err));
            return Err(CliError::NothingRead);
        }
        stages.begin(Stage::Index, 0);
        let extras = made.extras()?;
        let shelf = store::in_memory(&made.set, &made.info, &extras)?;
        detail(global, &format!("stages   {}", stages.times()));
        drop(stages);
        let findings = made.set.diagnostics.len();
        if findings > 0 {
            let findings = counted(findings, "finding");
            detail(
                global,
                &format!("findings {findings}: `stepwell check` shows them"),
            );
        }
        Ok(Opened {
            shelf,
            grammar: made.grammar,
            model: Again::new(global),
        })
    }

    fn store(global: &Global, folder: &Path) -> Result<Self, CliError> {
        let shelf = store::open(folder)?;
        let bytes = shelf.section(Section::Lexicon)?;
        let grammar = unpack(&shelf, bytes)?;
        Ok(Opened {
            shelf,
            grammar,
            model: Again::new(global),
        })
    }

    /// The set as a question that brings labels of its own sees it; `None` where it brings none.
    pub(super) fn room_beside(
        &self,
        held: &[String],
        own: &[String],
    ) -> Result<Option<Room<'_>>, CliError> {
        if own.is_empty() {
            return Ok(None);
        }
        self.room(&[held, own].concat()).map(Some)
    }

    /// The set as holders of these labels see it.
    pub(super) fn room(&self, held: &[String]) -> Result<Room<'_>, CliError> {
        let shelf = &self.shelf;
        let index = Index::open(shelf.section(Section::Index)?).map_err(|e| (place(shelf), e))?;
        let cards = Cards::open(shelf.section(Section::Cards)?).map_err(|e| (place(shelf), e))?;
        let names = Names::open(shelf.section(Section::Names)?)
            .map_err(|bad| CliError::damaged(&place(shelf), bad))?;
        let view = if cards.restricted() {
            View::of(&index, |no| cards.visible(no, held))
        } else {
            View::all(&index)
        };
        let leads = match cards.restricted() {
            true => unpack(shelf, shelf.section(Section::Leads)?)?,
            false => BTreeMap::new(),
        };
        let mut grammar = Cow::Borrowed(&self.grammar);
        if cards.restricted() {
            let spoken: Spoken = unpack(shelf, shelf.section(Section::Spoken)?)?;
            let seen = spoken.languages(Some(held));
            if seen != spoken.languages(None) {
                grammar.to_mut().keep(&seen);
            }
        }
        Ok(Room {
            shelf,
            index,
            cards,
            names,
            vectors: vectors(shelf)?,
            model: &self.model,
            leads,
            grammar,
            view,
            held: held.to_vec(),
        })
    }
}

/// What a section holds.
fn unpack<'b, T: Deserialize<'b>>(shelf: &Shelf, section: &'b [u8]) -> Result<T, CliError> {
    postcard::from_bytes(section).map_err(|e| CliError::damaged(&place(shelf), e))
}

/// The dialects that a set is written in, as far as holders of these labels see; `None` for all.
pub(super) fn dialects(shelf: &Shelf, held: Option<&[String]>) -> Result<Dialects, CliError> {
    let mut known: Vec<Dialect> = unpack(shelf, shelf.section(Section::Dialects)?)?;
    if held.is_some() {
        let spoken: Spoken = unpack(shelf, shelf.section(Section::Spoken)?)?;
        let seen = spoken.dialects(held);
        known.retain(|dialect| dialect.is_among(&seen));
    }
    Dialects::of(known, Texts::Excerpts).map_err(|e| CliError::damaged(&place(shelf), e))
}

/// The vectors of a set, where it has some.
fn vectors(shelf: &Shelf) -> Result<Option<Vectors<'_>>, CliError> {
    let bytes = shelf.section_if_any(Section::Vectors)?;
    let vectors = bytes.map(Vectors::open).transpose();
    vectors.map_err(|bad| CliError::damaged(&place(shelf), bad))
}

/// Where a set is, for messages.
pub(super) fn place(shelf: &Shelf) -> String {
    shelf
        .path()
        .map_or_else(|| "memory".to_owned(), |p| p.display().to_string())
}

/// A set as a caller sees it.
pub(super) struct Room<'a> {
    shelf: &'a Shelf,
    index: Index<'a>,
    cards: Cards<'a>,
    names: Names<'a>,
    vectors: Option<Vectors<'a>>,
    model: &'a Again,
    leads: BTreeMap<UnitNo, Leads>,
    /// The languages that the caller sees pages in.
    pub(super) grammar: Cow<'a, Grammar>,
    view: View,
    held: Vec<String>,
}

impl Room<'_> {
    /// The units that the caller may see.
    pub(super) fn library(&self) -> Box<dyn Library + '_> {
        if self.cards.restricted() {
            let (cards, leads) = (&self.cards, &self.leads);
            Box::new(Restricted::new(self.shelf, cards, leads, &self.held))
        } else {
            Box::new(self.shelf)
        }
    }

    /// The dialects of what the caller may see.
    pub(super) fn dialects(&self) -> Result<Dialects, CliError> {
        let held = self.cards.restricted().then_some(&self.held[..]);
        dialects(self.shelf, held)
    }

    /// What questions are asked of.
    pub(super) fn desk<'r>(&'r self, library: &'r dyn Library) -> Desk<'r> {
        Desk {
            library,
            index: &self.index,
            view: &self.view,
            cards: &self.cards,
            names: self.names,
            meaning: self.meaning(),
        }
    }

    fn meaning(&self) -> Option<Meaning<'_>> {
        let vectors = self.vectors.as_ref()?;
        Some(Meaning {
            vectors,
            model: self.model,
        })
    }
}

/// A unit by its public name; says what is nearly called so where there is none. A unit that the
/// caller may not see is not there.
pub(super) fn find(library: &dyn Library, id: &str) -> Result<UnitNo, CliError> {
    if let Some(no) = library.find(&UnitId(id.to_owned()))? {
        return Ok(no);
    }
    Err(CliError::NoSuchUnit {
        id: id.to_owned(),
        near: near(library, id)?,
    })
}

/// What may have been meant: ids that end so, else the one that looks most like it.
fn near(library: &dyn Library, id: &str) -> Result<String, CliError> {
    let mut ending = Vec::new();
    let mut alike: Option<(f64, String)> = None;
    let slug = id.trim_start_matches('#');
    for no in (0..library.len())
        .map(UnitNo)
        .filter(|no| library.sees(*no))
    {
        let other = library.unit(no)?.id.0.clone();
        if ending.len() < MOST && !slug.is_empty() && is_end(&other, slug) {
            ending.push(format!("{other:?}"));
        }
        let likeness = strsim::jaro_winkler(id, &other);
        if likeness > NEAR && alike.as_ref().is_none_or(|(best, _)| likeness > *best) {
            alike = Some((likeness, other));
        }
    }
    Ok(match (ending.is_empty(), alike) {
        (false, _) => format!("; did you mean {}?", ending.join(" or ")),
        (true, Some((_, other))) => format!("; did you mean {other:?}?"),
        (true, None) => "; `stepwell list` shows all of them".to_owned(),
    })
}

/// Is `end` all of an id behind its page, or the page itself?
fn is_end(id: &str, end: &str) -> bool {
    let (page, slug) = id.split_once('#').unwrap_or((id, ""));
    slug == end || page == end
}

/// Names less alike than this are not worth suggesting.
const NEAR: f64 = 0.85;
/// So many are suggested.
const MOST: usize = 3;
