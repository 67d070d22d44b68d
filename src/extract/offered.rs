//! Lists of which one item is enough: who offers them, and what their items name.

use std::borrow::Cow;

use super::alternatives::place;
use super::builder::Builder;
use super::fill::paragraph;
use super::lists::{holds_code_or_steps, intro_of, is_link, lead};
use super::numbered::is_name;
use crate::address;
use crate::grammar::{Cursor, Role};
use crate::model::{Block, BlockKind, Inline, Item, List};
use crate::sentence::{ListIntro, depends, imperative, option_label, tells};

/// What ways are called: "methods".
const WAY: Role = Role::named("label.option");
/// "The matching"
const MATCHING: Role = Role::named("intro.matching");
/// The longest title of a section that a list names, in words.
const MAX_TITLE: usize = 12;

/// The places on the page that bullets name as ways to do the same: "There are several ways:", "[By
/// rope](#by-rope)".
pub(super) fn named_ways<'b>(blocks: &'b [Block], builder: &Builder<'_>) -> Vec<Cow<'b, str>> {
    let introduced = blocks.windows(2).filter_map(|pair| match &pair[1].kind {
        BlockKind::List(list) if list.start.is_none() => Some((paragraph(&pair[0])?, list)),
        _ => None,
    });
    let offered = introduced.filter(|(text, list)| offers(text, list, builder));
    let items = offered.flat_map(|(_, list)| &list.items);
    items.filter_map(named_place).collect()
}

/// Does a text say that one of the items below it is enough, or that there are as many ways as there are items?
pub(super) fn offers(text: &Inline, list: &List, builder: &Builder<'_>) -> bool {
    let choice = intro_of(text, builder) == ListIntro::Choice;
    choice || builder.counted(text) == Some(list.items.len()) || fits_one(text, list, builder)
}

/// Does a text say that one of the places on the page that items lead to is for the reader: "Open the matching
/// door: [red](#red), [blue](#blue)"?
fn fits_one(text: &Inline, list: &List, builder: &Builder<'_>) -> bool {
    let matching = |last: Cursor<'_>| imperative(last).is_some() && last.seek(MATCHING).is_some();
    list.items.iter().all(|item| linked_place(item).is_some()) && builder.last_says(text, matching)
}

/// The place on the page that an item names: it begins with a link there, or is nothing but the heading there.
pub(super) fn named_place(item: &Item) -> Option<Cow<'_, str>> {
    let text = lead(item)?;
    let alone = item.blocks.len() == 1 && text.links().next().is_none();
    let short = || text.text.split_whitespace().count() <= MAX_TITLE;
    let titled = || (alone && short()).then(|| address::slug(&text.text).into());
    linked_place(item).map(Cow::from).or_else(titled)
}

/// The place on the page that an item begins with a link to.
fn linked_place(item: &Item) -> Option<&str> {
    let first = lead(item)?.marks.iter().find(|m| m.start == 0);
    first.and_then(place)
}

/// Is an item nothing but a link that leads away from the page, of more than a word? A word names a thing.
pub(super) fn leads_off(item: &Item) -> bool {
    let text = lead(item).filter(|text| item.blocks.len() == 1 && is_link(text));
    text.is_some_and(|text| {
        let here = text.marks.iter().any(|m| place(m).is_some());
        !here && text.text.trim().contains(char::is_whitespace)
    })
}

/// Is each item labelled as one of several ways, "Option A: …", and does at least every other one tell what
/// to do?
pub(super) fn labels_ways(items: &[Item], builder: &Builder<'_>) -> bool {
    let mut told = 0;
    let labelled = items.iter().all(|item| {
        let way = || {
            let lead = lead(item)?;
            let tokens = builder.words(lead);
            let first = Cursor::sentences(&tokens).next()?;
            let behind = first.skip(option_label(first)?.end - first.at);
            Some(tells(behind, lead) || holds_code_or_steps(item, builder))
        };
        let tells = way();
        told += usize::from(tells == Some(true));
        tells.is_some()
    });
    labelled && items.len() > 1 && told * 2 >= items.len()
}

/// Is each item called by a system of which a reader has one, and tells what to do there? "Windows:" over steps
pub(super) fn are_for_systems(items: &[Item], builder: &Builder<'_>) -> bool {
    let for_one = |item: &Item| {
        let Some(lead) = lead(item) else { return false };
        let over = builder.names_systems(lead) && builder.acts(&item.blocks[1..]);
        over || builder.begins_with_system(lead)
    };
    items.len() > 1 && items.iter().all(for_one)
}

/// Is each item a name in strong letters over what to do, where the text before says that it depends on something?
pub(super) fn are_named_below(items: &[Item], before: &Inline, builder: &Builder<'_>) -> bool {
    let named = |item: &Item| lead(item).is_some_and(is_name) && builder.acts(&item.blocks[1..]);
    items.len() > 1 && items.iter().all(named) && builder.last_says(before, depends)
}

/// Does a text end with what ways are called, and a colon: "There are two ways to do it:"?
pub(super) fn announces_ways(text: &Inline, builder: &Builder<'_>) -> bool {
    let called = |last: Cursor<'_>| last.seek(WAY).is_some();
    text.text.trim_end().ends_with(':') && builder.last_says(text, called)
}
