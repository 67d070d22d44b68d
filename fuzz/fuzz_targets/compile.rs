//! Any bytes, compiled from parse to link. The first byte chooses the dialect; what follows a line
//! of `%%%` is a second file, which the first may include or link to as `b.md`.
//!
//! Nothing may panic, every range must be one of its file, and a second compile must give the same.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use stepwell::grammar::{Grammar, PACKS};
use stepwell::model::{CompiledSet, SourceText, Span};
use stepwell::parse::{Dialects, Texts};
use stepwell::pipeline::{Reading, compile};

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| Grammar::load(&PACKS).expect("the packs"));
static DIALECTS: LazyLock<Dialects> = LazyLock::new(|| {
    Dialects::load(PACKS.get_dir("dialects").expect("dialects"), Texts::Pages).expect("the dialects")
});

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(rest);
    let (a, b) = text.split_once("\n%%%\n").unwrap_or((&text, ""));
    let texts = [source("a.md", a), source("b.md", b)];
    let set = compiled(&texts, *first);
    check(&texts, &set);
    assert_eq!(set.units, compiled(&texts, *first).units);
});

fn source(path: &str, text: &str) -> SourceText {
    SourceText {
        path: path.to_owned(),
        text: text.to_owned(),
        labels: Vec::new(),
    }
}

fn compiled(texts: &[SourceText], choice: u8) -> CompiledSet {
    let names = DIALECTS.names();
    // One more than there are: told from the text itself.
    let chosen = names.get(usize::from(choice) % (names.len() + 1));
    let reading = Reading {
        grammar: &GRAMMAR,
        dialects: &DIALECTS,
        dialect: chosen.and_then(|name| DIALECTS.get(name)),
        language: None,
        rewrite: &|_| None,
        exists: &|_| false,
    };
    compile(texts, &reading)
}

fn check(texts: &[SourceText], set: &CompiledSet) {
    let within = |span: Span| {
        let text = &texts[span.file.index()].text;
        assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    };
    for unit in &set.units {
        within(unit.span);
        unit.linkers.iter().for_each(|l| within(l.span));
        unit.prerequisites.iter().for_each(|p| within(p.span));
    }
    set.diagnostics.iter().filter_map(|d| d.span).for_each(within);
}
