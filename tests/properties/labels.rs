//! A caller without a label gets what a store without those files would give, byte for byte.
//!
//! Small sets are made up whose pages share words, titles, steps and terms, lead to each other in
//! every way that an author can name a page, and have labels at random. A set is compiled twice: as
//! it is, and without the files that a caller may not see. The caller must not be able to tell.

use std::collections::BTreeSet;
use std::fmt::Write;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use serde_json::json;

use crate::cli::program::{Folder, Run};

/// All labels.
const LABELS: [&str; 3] = ["night", "ops", "staff"];
/// Where pages are. Two folders have index pages, two names are found by more than one address.
const PATHS: [&str; 8] = [
    "README.md",
    "drain.md",
    "drain/README.md",
    "ops/fill.md",
    "ops/pump.md",
    "staff/index.md",
    "staff/keys.md",
    "words.md",
];
/// Several pages have the same title.
const TITLES: [&str; 5] = [
    "Drain the pump",
    "Fill the pump",
    "Restart the pump server",
    "Change the keys",
    "Drain the server",
];
/// Several pages have the same steps.
const STEPS: [&str; 5] = [
    "Open the valve of the pump and wait for the lamp to go out.",
    "Stop the server with the key from the cabinet in the hall.",
    "Check that the level of the tank is above the red line.",
    "Close the lid, and turn the key to the left until it clicks.",
    "Write the time and the level of the tank into the log.",
];
/// What a link can be written as.
const ADDRESSES: [&str; 14] = [
    "/README.md",
    "/drain",
    "/drain.md#steps",
    "/drain/",
    "/drain/README.md",
    "/ops/fill.md",
    "/ops/fill.md#no-such-place",
    "/ops/pump",
    "/ops",
    "/staff",
    "/staff/keys.md#before-you-begin",
    "/words.md#valve",
    "/old/name",
    "/nowhere.md",
];
/// What spells an abbreviation out; two for the same.
const SPELLED: [&str; 3] = [
    "A main pump station (MPS) stands in the hall.",
    "The MPS (mobile pump set) stands outside.",
    "The second tank lamp (STL) is red.",
];
/// What uses one of these names.
const USED: [&str; 4] = [
    "Look at the MPS.",
    "Look at the main pump station.",
    "Look at the mobile pump set.",
    "Look at the STL.",
];
const TERMS: [&str; 4] = ["valve", "tank", "lamp", "main pump station"];

/// A page before it is written.
#[derive(Clone, Debug)]
struct Page {
    path: usize,
    title: usize,
    /// One bit a label.
    labels: u8,
    /// Are its labels in its front matter, and not in the project file?
    front: bool,
    alias: bool,
    pieces: Vec<Piece>,
}

/// Something that stands on a page.
#[derive(Clone, Debug)]
enum Piece {
    Step(usize),
    /// A step that says to do what another page says.
    Follow(usize),
    /// A step that says to go to a page and not to come back.
    Go(usize),
    /// A step that says to go to a page, by its title.
    Named(usize),
    Mention(usize),
    Requires(usize),
    After(usize),
    /// A word of a glossary is defined.
    Defines(usize),
    /// A word of a glossary is used.
    Uses(usize),
    /// A page is named by its title.
    Tells(usize),
    /// An abbreviation is spelled out.
    Spells(usize),
    /// It is used, or what it stands for.
    Says(usize),
}

fn piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        4 => (0..STEPS.len()).prop_map(Piece::Step),
        2 => (0..ADDRESSES.len()).prop_map(Piece::Follow),
        2 => (0..ADDRESSES.len()).prop_map(Piece::Go),
        2 => (0..TITLES.len()).prop_map(Piece::Named),
        2 => (0..ADDRESSES.len()).prop_map(Piece::Mention),
        2 => (0..ADDRESSES.len()).prop_map(Piece::Requires),
        2 => (0..ADDRESSES.len()).prop_map(Piece::After),
        1 => (0..TERMS.len()).prop_map(Piece::Defines),
        1 => (0..TERMS.len()).prop_map(Piece::Uses),
        1 => (0..TITLES.len()).prop_map(Piece::Tells),
        1 => (0..SPELLED.len()).prop_map(Piece::Spells),
        2 => (0..USED.len()).prop_map(Piece::Says),
    ]
}

fn page() -> impl Strategy<Value = Page> {
    let labels = prop_oneof![2 => Just(0u8), 3 => 0u8..8];
    let pieces = prop::collection::vec(piece(), 1..8);
    let parts = (
        0..PATHS.len(),
        0..TITLES.len(),
        labels,
        any::<bool>(),
        any::<bool>(),
        pieces,
    );
    parts.prop_map(|(path, title, labels, front, alias, pieces)| Page {
        path,
        title,
        labels,
        front,
        alias,
        pieces,
    })
}

/// Pages of different paths.
fn pages() -> impl Strategy<Value = Vec<Page>> {
    prop::collection::vec(page(), 2..8).prop_map(|mut pages| {
        let mut seen = BTreeSet::new();
        pages.retain(|page| seen.insert(page.path));
        pages
    })
}

fn names(labels: u8) -> Vec<&'static str> {
    let held = (0..LABELS.len()).filter(|i| labels >> i & 1 == 1);
    held.map(|i| LABELS[i]).collect()
}

impl Page {
    fn text(&self) -> String {
        let mut front = String::new();
        if self.front && self.labels != 0 {
            let _ = writeln!(front, "labels: [{}]", names(self.labels).join(", "));
        }
        if self.alias {
            let _ = writeln!(front, "aliases: [/old/name/]");
        }
        let mut text = match front.is_empty() {
            true => String::new(),
            false => format!("---\n{front}---\n\n"),
        };
        let _ = writeln!(text, "# {}\n", TITLES[self.title]);
        self.section(&mut text, "", |piece| match piece {
            Piece::Mention(to) => Some(format!("See [this page]({}).\n", ADDRESSES[*to])),
            Piece::Tells(title) => Some(format!("See the {} section.\n", TITLES[*title])),
            Piece::Spells(at) => Some(format!("{}\n", SPELLED[*at])),
            Piece::Uses(term) => {
                let term = TERMS[*term];
                let tip = format!("{{{{< glossary_tooltip term_id=\"{term}\" >}}}}");
                Some(format!("Mind the {tip} here.\n"))
            }
            _ => None,
        });
        self.section(&mut text, "Before you begin", |piece| match piece {
            Piece::Requires(to) => Some(format!("- [Be prepared]({})", ADDRESSES[*to])),
            _ => None,
        });
        self.section(&mut text, "Steps", |piece| match piece {
            Piece::Step(step) => Some(format!("1. {}", STEPS[*step])),
            Piece::Says(at) => Some(format!("1. {}", USED[*at])),
            Piece::Follow(to) => Some(format!("1. Follow [that page]({}).", ADDRESSES[*to])),
            Piece::Go(to) => Some(format!("1. Go to [that page]({}).", ADDRESSES[*to])),
            Piece::Named(title) => Some(format!("1. Go to the {} section.", TITLES[*title])),
            _ => None,
        });
        self.section(&mut text, "Next steps", |piece| match piece {
            Piece::After(to) => Some(format!("- [Go on here]({})", ADDRESSES[*to])),
            _ => None,
        });
        self.section(&mut text, "Glossary", |piece| match piece {
            Piece::Defines(term) => Some(format!("### {}\n\nA part of it.\n", TERMS[*term])),
            _ => None,
        });
        text
    }

    /// What `write` makes of the pieces, below a heading.
    fn section(&self, text: &mut String, heading: &str, write: impl Fn(&Piece) -> Option<String>) {
        let lines: Vec<String> = self.pieces.iter().filter_map(write).collect();
        if lines.is_empty() {
            return;
        }
        if !heading.is_empty() {
            let _ = writeln!(text, "## {heading}\n");
        }
        let _ = writeln!(text, "{}\n", lines.join("\n"));
    }
}

/// What labels pages by their paths: the same file whichever pages are there.
fn project(pages: &[Page]) -> String {
    let mut project = String::new();
    for page in pages.iter().filter(|p| !p.front && p.labels != 0) {
        let add: Vec<String> = names(page.labels)
            .iter()
            .map(|l| format!("{l:?}"))
            .collect();
        let (path, add) = (PATHS[page.path], add.join(", "));
        let _ = writeln!(project, "[[labels]]\npaths = [{path:?}]\nadd = [{add}]");
    }
    project
}

fn compiled<'p>(all: &[Page], there: impl Iterator<Item = &'p Page>) -> Folder {
    let folder = Folder::with(&[("stepwell.toml", &project(all))]);
    for page in there {
        folder.write(PATHS[page.path], page.text());
    }
    folder.compiled()
}

/// Questions about everything that any page could say.
fn questions() -> String {
    let mut lines = String::new();
    let more = [
        "pump",
        "How do I drain the pupm?",
        "the key from the cabient",
        "How do I fill the pump and how do I retsart the server?",
        "change the valve of the tank",
        "zebra",
        "look at the MPS",
        "main pump station",
        "where is the second tank lamp?",
    ];
    for query in TITLES.iter().chain(&STEPS).chain(&TERMS).chain(&more) {
        let _ = writeln!(lines, "{}", json!({ "id": 1, "query": query }));
    }
    lines
}

/// What a caller gets of a command, without where the store is and how large.
fn told(folder: &Folder, args: &[&str], held: &[&str]) -> (Option<i32>, String, String) {
    let labels = held.iter().flat_map(|label| ["--as", *label]);
    let args: Vec<&str> = args.iter().copied().chain(labels).collect();
    let Run { code, out, err } = folder.run(&args).typing(questions()).run();
    let place = folder.path().canonicalize().expect("it is there");
    let place = place.display().to_string();
    let out = out.replace(&place, "HERE");
    let sized = |line: &str| {
        let Some((before, after)) = line.split_once("\"bytes\":") else {
            return line.to_owned();
        };
        let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
        format!("{before}{after}")
    };
    let out = match args[0] {
        "status" => out.lines().map(sized).collect(),
        _ => out,
    };
    (code, out, err)
}

fn cannot_tell(pages: &[Page], caller: u8) -> Result<(), TestCaseError> {
    let seen = |page: &&Page| page.labels & !caller == 0;
    if pages.iter().filter(seen).count() == 0 {
        // There is no store without a page.
        return Ok(());
    }
    let whole = compiled(pages, pages.iter());
    let part = compiled(pages, pages.iter().filter(seen));
    let held = names(caller);
    let unit = format!("{}#before-you-begin", PATHS[pages[0].path]);
    for args in [
        &["ask", "--batch", "-", "--limit", "20"][..],
        &["export", "--format", "ndjson"],
        &["list", "--format", "json"],
        &["status", "--format", "json"],
        &["ask", "--explain", "drain the pump"],
        &["show", &unit],
        &["walk", "--json", "drain the pump"],
    ] {
        let (all, some) = (told(&whole, args, &held), told(&part, args, &held));
        prop_assert_eq!(all, some, "{:?} for {:?}", args, held);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn what_is_hidden_is_not_there(pages in pages(), caller in 0u8..8) {
        cannot_tell(&pages, caller)?;
    }
}

/// A title that two pages have names neither; without one of them it names the other.
#[test]
fn a_name_means_the_page_that_is_left() {
    let page = |path, title, labels, pieces| Page {
        path,
        title,
        labels,
        front: false,
        alias: false,
        pieces,
    };
    let pages = [
        page(0, 1, 0, vec![Piece::Named(0), Piece::Step(1)]),
        page(1, 0, 0, vec![Piece::Step(2)]),
        page(3, 0, 4, vec![Piece::Step(2)]),
    ];
    for caller in [0, 4] {
        if let Err(why) = cannot_tell(&pages, caller) {
            panic!("{why}");
        }
    }
    let folder = compiled(&pages, pages.iter());
    let leads = |labels: &[&str]| {
        let (_, out, _) = told(&folder, &["export", "--format", "ndjson"], labels);
        out.contains("drain.md#drain-the-pump\"},\"via\":\"phrase\"")
    };
    assert!(leads(&[]), "there is one page of that title");
    assert!(!leads(&["staff"]), "there are two");
}
