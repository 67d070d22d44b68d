//! What is known about languages: the packs of `grammar/`, and text as their words.
//!
//! A pack is a folder of TOML files, one per construct, each with phrases by role and with examples
//! that must and must not read. This module knows how phrases are written and found; what a
//! construct *means* is written in [`crate::extract`], one file of combinators each.
//!
//! *Deliberately absent:* any word of any language.

mod cursor;
mod lexicon;
mod pack;
mod pattern;
mod role;
mod tokens;

pub use cursor::{
    Cursor, Parsed, any, at_end, number, phrase, punct, punct_in, spelled, text_between, word,
};
pub use lexicon::{Entry, Example, Lexicon};
pub use pack::{BadGrammar, Grammar};
pub use role::Role;
pub use tokens::{Match, Sym, Token, TokenKind, Tokens};
