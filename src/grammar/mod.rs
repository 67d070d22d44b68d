//! What is known about languages: the packs of `grammar/`, and text as their words.
//!
//! A pack is a folder of TOML files, one per construct, each with phrases by role and with examples
//! that must and must not read. This module knows how phrases are written and found; what a
//! construct *means* is written in [`crate::sentence`], one file of combinators each.
//!
//! *Deliberately absent:* any word of any language.

mod cursor;
mod entries;
mod language;
mod languages;
mod lexicon;
mod pack;
mod packed;
mod pattern;
mod phrases;
mod role;
mod spoken;
mod things;
mod tokens;
mod verbs;
mod words;

use include_dir::{Dir, include_dir};

/// The packs that travel inside the binary: one folder a language, and `dialects`.
pub static PACKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/grammar");

pub use cursor::{
    Cursor, Parsed, any, at_end, number, phrase, punct, punct_in, spelled, text_between, word,
};
pub use entries::Entry;
pub use languages::{ENGLISH, Grammar};
pub use lexicon::{Example, Lexicon};
pub use pack::BadGrammar;
pub use role::Role;
pub use spoken::Spoken;
pub use tokens::{ARROWS, Cut, Match, Sym, Token, TokenKind, Tokens};

#[cfg(test)]
pub(crate) mod testing {
    //! The built-in packs, loaded once for all tests.

    use std::sync::LazyLock;

    use super::{Grammar, Lexicon, PACKS};

    static BUILT_IN: LazyLock<Grammar> =
        LazyLock::new(|| Grammar::load(&PACKS).expect("the built-in packs load"));

    pub(crate) fn english() -> &'static Lexicon {
        BUILT_IN.language("en").expect("English is built in")
    }

    pub(crate) fn built_in() -> &'static Grammar {
        &BUILT_IN
    }
}
