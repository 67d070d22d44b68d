//! Questions drawn from a store, as `stepwell eval` reads them, each with the page it was drawn from: whether
//! a question about a step finds its procedure, and whether simple questions still find their page.
//! `cargo bench --bench draw -- STORE KIND N [SEED] > SUITE` and then `stepwell eval SUITE --store STORE`.
//!
//! `KIND` is `step` for texts of steps of six words and more, `words` for six words in ten of such texts, in
//! their order, `section` for headers of sections of four words and more, `title` for titles of pages.
#![allow(clippy::print_stdout, reason = "the suite is what this program is for")]

use std::error::Error;
use std::path::Path;

use serde_json::json;
use stepwell::model::{Kind, Library, Target, Unit, UnitNo};
use stepwell::store;

use random::Random;

mod random;

const SEED: u64 = 7;

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
        let Some(query) = question(&unit, is_title, kind, &mut random)? else {
            continue;
        };
        let page = &shelf.file(unit.page)?.path;
        println!("{}", json!({ "query": query, "page": page }));
        drawn += 1;
    }
    Ok(())
}

/// The question that a unit gives; `None` where it gives none of this kind.
fn question(
    unit: &Unit<Target>,
    is_title: bool,
    kind: &str,
    random: &mut Random,
) -> Result<Option<String>, Box<dyn Error>> {
    let words: Vec<&str> = unit.header.split_whitespace().collect();
    let is_step = unit.kind == Kind::Step && unit.id.is_nested() && words.len() >= 6;
    let fits = match kind {
        "step" | "words" => is_step,
        "section" => !is_title && !unit.id.is_nested() && words.len() >= 4,
        "title" => is_title,
        _ => return Err(format!("no kind of question is called {kind:?}").into()),
    };
    if !fits {
        return Ok(None);
    }
    if kind != "words" {
        return Ok(Some(unit.header.clone()));
    }
    let mut places: Vec<usize> = (0..words.len()).collect();
    random.shuffle(&mut places);
    places.truncate((words.len() * 6).div_ceil(10));
    places.sort_unstable();
    let kept: Vec<&str> = places.iter().map(|at| words[*at]).collect();
    Ok(Some(kept.join(" ")))
}
