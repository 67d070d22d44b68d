//! What of a unit is searched, and in which field.

use std::borrow::Cow;

use crate::grammar::{ENGLISH, Grammar, Lexicon};
use crate::index::{Field, Fields, build};
use crate::model::{CompiledSet, LinkerKind, Target, Unit, UnitNo};

/// Builds the intent index of a set.
pub fn index(set: &CompiledSet, grammar: &Grammar) -> Vec<u8> {
    let units = &set.units;
    build(units.len() as u32, |no| {
        let unit = &units[no.index()];
        Fields {
            lexicon: lexicon_of(grammar, &unit.language),
            texts: texts(units, no, unit),
        }
    })
}

/// The language that texts are looked up in; English where it is none of these.
pub(super) fn lexicon_of<'g>(grammar: &'g Grammar, language: &str) -> &'g Lexicon {
    let known = grammar.language(language);
    let known = known.or_else(|| grammar.language(ENGLISH));
    known.unwrap_or_else(|| grammar.detect(""))
}

fn texts<'a>(
    units: &'a [Unit<Target>],
    no: UnitNo,
    unit: &'a Unit<Target>,
) -> Vec<(Field, Cow<'a, str>)> {
    let mut texts = Vec::with_capacity(16);
    let mut add = |field, text: &'a str| texts.push((field, Cow::Borrowed(text)));
    add(Field::Header, &unit.header);
    add(Field::Action, &unit.intent.action);
    add(Field::Object, &unit.intent.object);
    add(Field::Summary, &unit.summary);
    add(Field::Body, &unit.body);
    unit.inserts
        .values()
        .for_each(|text| add(Field::Body, text));
    unit.intent
        .qualifiers
        .values()
        .for_each(|q| add(Field::Qualifiers, q));
    let above = unit.path.split_last().map_or(&[][..], |(_, above)| above);
    above.iter().for_each(|title| add(Field::Path, title));
    parts(units, no, unit).for_each(|header| add(Field::Parts, header));
    unit.prerequisites
        .iter()
        .for_each(|p| add(Field::Prerequisites, &p.text));
    texts
}

/// The headers of what a unit holds; for a page, of all its sections. What not everyone may see who
/// sees the unit is left out.
fn parts<'a>(
    units: &'a [Unit<Target>],
    no: UnitNo,
    unit: &'a Unit<Target>,
) -> Box<dyn Iterator<Item = &'a str> + 'a> {
    if unit.place.parent.is_some() {
        let parts = unit.linkers.iter().filter(|l| l.kind == LinkerKind::Part);
        let held = parts
            .filter_map(|l| l.target.unit())
            .map(|p| &units[p.index()])
            .filter(|part| part.labels == unit.labels);
        return Box::new(held.map(|part| part.header.as_str()));
    }
    let page = units[no.index() + 1..]
        .iter()
        .take_while(|u| u.page == unit.page);
    // A section is named by its heading alone, a step by its place under one.
    let sections = page.filter(|u| !u.id.is_nested() && u.labels == unit.labels);
    Box::new(sections.map(|u| u.header.as_str()))
}
