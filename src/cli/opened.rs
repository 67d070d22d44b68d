//! Where units come from: a store, or documents that are compiled in memory first.

use std::path::{Path, PathBuf};

use super::args::{From, Global};
use super::workshop::{Order, make};
use super::{CliError, remark};
use crate::access::Restricted;
use crate::ask::{Cards, Desk};
use crate::grammar::Grammar;
use crate::index::{Index, View};
use crate::model::{Library, UnitId, UnitNo};
use crate::store::{self, Section, Shelf};

/// The name of a store's folder.
const FOLDER: &str = ".stepwell";

/// A set that is open.
pub(super) struct Opened {
    pub(super) shelf: Shelf,
    pub(super) grammar: Grammar,
}

/// The store: the one that was named, else the nearest one from here upwards, else one here.
pub(super) fn store_folder(global: &Global) -> PathBuf {
    if let Some(named) = &global.store {
        return named.clone();
    }
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let found = here
        .ancestors()
        .map(|folder| folder.join(FOLDER))
        .find(|store| store.is_dir());
    found.unwrap_or_else(|| PathBuf::from(FOLDER))
}

impl Opened {
    /// What a command asks for.
    pub(super) fn new(global: &Global, from: &From) -> Result<Self, CliError> {
        if from.from.is_empty() {
            return Self::store(&store_folder(global));
        }
        let order = Order {
            paths: &from.from,
            root: from.root.as_deref(),
            grammar: None,
            config: global.config.as_deref(),
        };
        let made = make(global, &order)?;
        if made.texts.is_empty() {
            made.report(
                usize::MAX,
                global.color.palette(crate::terminal::Stream::Err),
            )?;
            return Err(CliError::NothingRead);
        }
        let findings = made.set.diagnostics.len();
        if findings > 0 && global.verbose {
            remark(
                global,
                &format!("{findings} findings: `stepwell check` shows them"),
            );
        }
        let extras = made.extras()?;
        let shelf = store::in_memory(&made.set, &made.info, &extras)?;
        Ok(Opened {
            shelf,
            grammar: made.grammar,
        })
    }

    fn store(folder: &Path) -> Result<Self, CliError> {
        let shelf = store::open(folder)?;
        let bytes = shelf.section(Section::Lexicon)?;
        let grammar =
            postcard::from_bytes(bytes).map_err(|e| CliError::damaged(&place(&shelf), e))?;
        Ok(Opened { shelf, grammar })
    }

    /// The set as holders of these labels see it.
    pub(super) fn room(&self, held: &[String]) -> Result<Room<'_>, CliError> {
        let shelf = &self.shelf;
        let index = Index::open(shelf.section(Section::Index)?).map_err(|e| (place(shelf), e))?;
        let cards = Cards::open(shelf.section(Section::Cards)?).map_err(|e| (place(shelf), e))?;
        let view = if cards.restricted() {
            View::of(&index, |no| cards.visible(no, held))
        } else {
            View::all(&index)
        };
        Ok(Room {
            shelf,
            index,
            cards,
            view,
            held: held.to_vec(),
        })
    }
}

fn place(shelf: &Shelf) -> String {
    shelf
        .path()
        .map_or_else(|| "memory".to_owned(), |p| p.display().to_string())
}

/// A set as a caller sees it.
pub(super) struct Room<'a> {
    shelf: &'a Shelf,
    index: Index<'a>,
    cards: Cards<'a>,
    view: View,
    held: Vec<String>,
}

impl Room<'_> {
    /// The units that the caller may see.
    pub(super) fn library(&self) -> Box<dyn Library + '_> {
        if self.cards.restricted() {
            Box::new(Restricted::new(self.shelf, &self.cards, &self.held))
        } else {
            Box::new(self.shelf)
        }
    }

    /// What questions are asked of.
    pub(super) fn desk<'r>(&'r self, library: &'r dyn Library) -> Desk<'r> {
        Desk {
            library,
            index: &self.index,
            view: &self.view,
            cards: &self.cards,
        }
    }
}

/// A unit by its public name; says what is nearly called so where there is none.
pub(super) fn find(library: &dyn Library, id: &str) -> Result<UnitNo, CliError> {
    if let Some(no) = library.find(&UnitId(id.to_owned()))? {
        return Ok(no);
    }
    let mut nearest: Option<(f64, String)> = None;
    for no in (0..library.len())
        .map(UnitNo)
        .filter(|no| library.sees(*no))
    {
        let other = library.unit(no)?.id.0.clone();
        let near = strsim::jaro_winkler(id, &other);
        if near > NEAR && nearest.as_ref().is_none_or(|(best, _)| near > *best) {
            nearest = Some((near, other));
        }
    }
    let near = match nearest {
        Some((_, other)) => format!("; did you mean {other:?}?"),
        None => "; `stepwell list` shows all of them".to_owned(),
    };
    Err(CliError::NoSuchUnit {
        id: id.to_owned(),
        near,
    })
}

/// Names less alike than this are not worth suggesting.
const NEAR: f64 = 0.85;
