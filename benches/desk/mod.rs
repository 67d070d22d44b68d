//! A store, open for questions.

use std::error::Error;

use stepwell::ask::{Cards, Desk, Meaning, Names};
use stepwell::grammar::Grammar;
use stepwell::index::{Index, View};
use stepwell::store::{Section, Shelf};

/// Does something with all of a store at hand that questions need.
pub(crate) fn at_desk<T>(
    shelf: &Shelf,
    meaning: Option<Meaning<'_>>,
    does: impl FnOnce(&Desk<'_>, &Grammar) -> Result<T, Box<dyn Error>>,
) -> Result<T, Box<dyn Error>> {
    let grammar: Grammar = postcard::from_bytes(shelf.section(Section::Lexicon)?)?;
    let index = Index::open(shelf.section(Section::Index)?)?;
    let cards = Cards::open(shelf.section(Section::Cards)?)?;
    let view = View::all(&index);
    let desk = Desk {
        library: shelf,
        index: &index,
        view: &view,
        cards: &cards,
        names: Names::open(shelf.section(Section::Names)?)?,
        meaning,
    };
    does(&desk, &grammar)
}
