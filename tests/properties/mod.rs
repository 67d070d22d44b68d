//! What is true of every document, whatever stands in it.
//!
//! Documents are made by [`page`] (Markdown and a dialect as people write them, nested at will) and
//! by [`soup`] (the pieces of such documents in any order). [`truths`] says what must hold.

mod deep;
mod labels;
mod page;
mod soup;
mod truths;

use proptest::prelude::*;
use stepwell::config::Config;
use stepwell::model::{CompiledSet, SourceText};

use crate::compiled::compile;
use page::{Page, Written};

fn config(dialect: &str) -> Config {
    Config {
        dialect: Some(dialect.to_owned()),
        ..Config::default()
    }
}

fn source(text: &str) -> SourceText {
    SourceText {
        path: "page.md".to_owned(),
        text: text.to_owned(),
        labels: Vec::new(),
    }
}

fn read(text: &str, dialect: &str) -> CompiledSet {
    compile(&[source(text)], &config(dialect))
}

fn set_of(page: &Written) -> CompiledSet {
    read(&page.text, page.dialect)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn no_word_is_lost(page in page::pages()) {
        let written = page.written();
        truths::words_are_kept(&written, &set_of(&written))?;
    }

    #[test]
    fn code_survives(page in page::pages()) {
        let written = page.written();
        truths::code_is_kept(&written, &set_of(&written))?;
    }

    #[test]
    fn ranges_are_true(page in page::pages()) {
        let written = page.written();
        truths::ranges_are_true(&written.text, &set_of(&written))?;
    }

    #[test]
    fn the_same_text_gives_the_same_units(page in page::pages()) {
        let written = page.written();
        let (a, b) = (set_of(&written), set_of(&written));
        prop_assert_eq!(a.units, b.units);
        prop_assert_eq!(a.diagnostics, b.diagnostics);
    }

    #[test]
    fn an_edit_leaves_other_sections_alone(
        page in page::whole_pages(),
        other in page::section(),
        at in any::<prop::sample::Index>(),
    ) {
        let before = page.written();
        let i = at.index(page.sections.len());
        let after = page.with(i, other).written();
        truths::other_ids_stay(&before, &after, i, &set_of(&before), &set_of(&after))?;
    }

    #[test]
    fn no_text_stops_the_compiler(text in soup::soup(), dialect in page::dialect()) {
        let set = read(&text, dialect);
        truths::ranges_are_true(&text, &set)?;
        prop_assert_eq!(set.units, read(&text, dialect).units);
    }
}

/// The texts of the case files are documents as well.
#[test]
fn the_truths_hold_for_the_cases() {
    use crate::suite::{Case, Stage};
    for case in Case::all(Stage::Parse) {
        let text = &case.texts[0].text;
        let dialect = &crate::compiled::dialect_of(text, &case.config).name;
        let set = read(text, dialect);
        if let Err(why) = truths::ranges_are_true(text, &set) {
            panic!("{}: {why}", case.name);
        }
    }
}

/// A page of one section, for the tests that are no property.
#[test]
fn a_page_is_written_as_it_is_meant() {
    let page = Page::sample();
    let written = page.written();
    assert!(written.text.contains("## w"), "{}", written.text);
    assert!(!written.words.is_empty());
}
