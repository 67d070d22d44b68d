//! Compiling texts with the built-in packs.

use std::sync::LazyLock;

use stepwell::config::Config;
use stepwell::grammar::{Grammar, PACKS};
use stepwell::model::{CompiledSet, SourceText};
use stepwell::parse::{Dialect, Dialects, Texts};
use stepwell::pipeline::{self, Reading};

static GRAMMAR: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::load(&PACKS).expect("the built-in packs load"));

static DIALECTS: LazyLock<Dialects> = LazyLock::new(|| {
    let folder = PACKS.get_dir("dialects").expect("dialects are built in");
    Dialects::load(folder, Texts::Pages).expect("the built-in dialects load")
});

/// The built-in dialects.
pub(crate) fn dialects() -> &'static Dialects {
    &DIALECTS
}

/// The dialect of a text: what the project file says, else what the text itself speaks.
pub(crate) fn dialect_of(text: &str, config: &Config) -> &'static Dialect {
    match &config.dialect {
        Some(name) => DIALECTS.get(name).expect("a dialect that is known"),
        None => DIALECTS.detect(text),
    }
}

/// Parses, extracts and links texts. Nothing but these texts is there.
pub(crate) fn compile(texts: &[SourceText], config: &Config) -> CompiledSet {
    let named = config.dialect.as_deref();
    let reading = Reading {
        grammar: &GRAMMAR,
        dialects: &DIALECTS,
        dialect: named.map(|name| DIALECTS.get(name).expect("a dialect that is known")),
        language: config.language.as_deref(),
        rewrite: &|address| config.rewrites.apply(address),
        exists: &|_| false,
    };
    pipeline::compile(texts, &reading)
}
