//! Questions drawn from a store, as `stepwell eval` reads them, each with the page that should answer it: whether
//! a question about a step finds its procedure, whether a need that takes two hops finds the second page, and
//! whether simple questions still find their page.
//! `cargo bench --bench draw -- STORE KIND N [SEED] > SUITE` and then `stepwell eval SUITE --store STORE`.
//!
//! `KIND` is `step` for texts of steps of six words and more, `words` for six words in ten of such texts, in
//! their order, `section` for headers of sections of four words and more, `title` for titles of pages. All of
//! these are to find the page they were drawn from. `linked` is for six words in ten of what a step says around
//! links to one other page, without the text of the links; that page is to be found.
#![allow(clippy::print_stdout, reason = "the suite is what this program is for")]

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;

use serde_json::json;
use stepwell::model::{FileId, Kind, Library, LinkerKind, Target, Unit, UnitNo, Via};
use stepwell::store::{self, Shelf};

use random::Random;

mod random;

const SEED: u64 = 7;
/// Texts of steps have so many words.
const LEAST: usize = 6;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let [folder, kind, number, rest @ ..] = &args[..] else {
        println!("draw: name a store, a kind of question and how many of them");
        return Ok(());
    };
    let seed = rest.first().map_or(Ok(SEED), |seed| seed.parse())?;
    let shelf = store::open(Path::new(folder))?;
    let mut random = Random(seed);
    let mut order: Vec<UnitNo> = (0..shelf.len()).map(UnitNo).collect();
    random.shuffle(&mut order);
    let number: usize = number.parse()?;
    let mut drawn = 0;
    for no in order {
        if drawn == number {
            break;
        }
        let unit = shelf.unit(no)?;
        let is_title = no.0 == 0 || shelf.unit(UnitNo(no.0 - 1))?.page != unit.page;
        let drawn_from = match kind.as_str() {
            "linked" => around_links(&shelf, &unit)?,
            _ => question(&unit, is_title, kind)?.map(|query| (query, unit.page)),
        };
        let Some((words, page)) = drawn_from else {
            continue;
        };
        let query = match kind.as_str() {
            "words" | "linked" => some(&words, &mut random),
            _ => words,
        };
        let page = &shelf.file(page)?.path;
        println!("{}", json!({ "query": query, "page": page }));
        drawn += 1;
    }
    Ok(())
}

/// The words that a unit gives; `None` where it gives none of this kind.
fn question(
    unit: &Unit<Target>,
    is_title: bool,
    kind: &str,
) -> Result<Option<String>, Box<dyn Error>> {
    let words = unit.header.split_whitespace().count();
    let fits = match kind {
        "step" | "words" => is_step(unit) && words >= LEAST,
        "section" => !is_title && !unit.id.is_nested() && words >= 4,
        "title" => is_title,
        _ => return Err(format!("no kind of question is called {kind:?}").into()),
    };
    Ok(fits.then(|| unit.header.clone()))
}

fn is_step(unit: &Unit<Target>) -> bool {
    unit.kind == Kind::Step && unit.id.is_nested()
}

/// What a step says in the first paragraph that has a link, without its links, and the one page that it
/// leads to.
fn around_links(
    shelf: &Shelf,
    unit: &Unit<Target>,
) -> Result<Option<(String, FileId)>, Box<dyn Error>> {
    use LinkerKind::{Branch, Call, Next, Requires, See};
    let mut pages = BTreeSet::new();
    for linker in unit.linkers.iter().filter(|_| is_step(unit)) {
        let leads = matches!(linker.kind, Branch | Call | Next | Requires | See);
        if let Some(to) = linker.target.unit().filter(|_| leads)
            && matches!(linker.via, Via::Phrase | Via::Link)
        {
            pages.insert(shelf.unit(to)?.page);
        }
    }
    pages.remove(&unit.page);
    let (Some(page), true) = (pages.first().copied(), pages.len() == 1) else {
        return Ok(None);
    };
    let mut paragraphs = unit
        .body
        .split("\n\n")
        .map(|text| (text, without_links(text)));
    let said = paragraphs.find(|(text, rest)| text.len() != rest.len());
    let Some((_, rest)) = said else {
        return Ok(None);
    };
    let words = rest.split_whitespace();
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    // The number of an item is none of its words.
    let words = words.enumerate().filter(|(at, w)| *at > 0 || !is_number(w));
    let words: Vec<&str> = words.map(|(_, w)| w).filter(|w| !w.is_empty()).collect();
    Ok((words.len() >= LEAST).then(|| (words.join(" "), page)))
}

/// Markdown without its links: `[text](address)`, `[text][name]`.
fn without_links(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(open) = rest.find('[') {
        let link = &rest[open..];
        let middle = link.find(']').unwrap_or(link.len());
        let close = match link.get(middle + 1..middle + 2) {
            Some("(") => link[middle..].find(')'),
            Some("[") => link[middle + 1..].find(']').map(|at| at + 1),
            _ => None,
        };
        let end = open + close.map_or(1, |at| middle + at + 1);
        out.push_str(&rest[..if close.is_some() { open } else { end }]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Six words in ten, in their order.
fn some(words: &str, random: &mut Random) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut places: Vec<usize> = (0..words.len()).collect();
    random.shuffle(&mut places);
    places.truncate((words.len() * 6).div_ceil(10));
    places.sort_unstable();
    let kept: Vec<&str> = places.iter().map(|at| words[*at]).collect();
    kept.join(" ")
}
