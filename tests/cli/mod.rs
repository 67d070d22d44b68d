//! The program as people and other programs meet it: the real binary, on the documents in `corpora/`
//! and on folders that are made for a test.

mod access;
mod bad_input;
mod batch;
mod closed_pipe;
mod color;
mod commands;
mod documented;
mod embedding;
mod eval;
mod explained;
mod facts;
mod grammar;
mod json;
mod languages;
mod line;
pub(crate) mod program;
mod protocol;
mod questions;
mod same_bytes;
mod settings;
mod shells;
mod templates;
mod terminal;
