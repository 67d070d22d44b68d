//! Stepwell compiles how-to documents into [logic units](model::Unit), keeps them in a store that is
//! indexed by intent, and answers a question with a procedure: in one piece, or step by step.
//!
//! # The pipeline
//!
//! 1. [`discover`](discover::discover()): paths to [texts](model::SourceText). The only stage that
//!    reads documents.
//! 2. [`parse`](parse::parse()): a text to a [document](model::Document) of blocks, each with its
//!    bytes.
//! 3. [`extract`](extract::extract()): a document to units. Sentences are read by the combinators in
//!    [`sentence`], over the phrases of a [`grammar`]; where they lead is still a
//!    [mention](model::Mention).
//! 4. [`link`](link::link()): mentions to [targets](model::Target), over the whole set.
//! 5. [`index`](ask::index()): units to postings in [`mod@index`]; and their headers to vectors, where
//!    there is a [model](embed::Model) to [embed] them.
//! 6. [`publish`](store::publish()): the set to a [`store`], all or nothing, which any number of
//!    readers [open](store::open()).
//! 7. [`ask`](ask::ask()): a question to a [procedure](ask::Procedure), or to a question back.
//! 8. [`walk`](walk::Walk::step): what a person does to where the procedure goes on. A
//!    [`session`] holds the two ends together, by [lines of text](session::line) or of
//!    [JSON](session::protocol).
//!    [`eval`] counts how well questions with known answers are answered.
//! 9. [`render`] and [`export`](export::export()): answers and units to text, by templates; the graph
//!    to a format.
//!
//! [`pipeline::compile`] composes the stages from 2 to 4. [`cli`] composes all of them into the
//! commands.
//!
//! # What holds everywhere
//!
//! - **Stages share nouns, not code**, so each can be read, tested and replaced alone. Parsing,
//!   extracting, storing, walking and rendering call no other stage; what one needs of another it
//!   gets passed: a [library](model::Library), a [listener](walk::Listener), a function. Linking takes
//!   what extracting gives, asking reads the index, and a session composes asking and walking.
//! - **The front end is total.** Parsing, extracting and linking return what they made and what they
//!   have to say, never an error. An error is for what the world does: a disk, a store, a setting.
//! - **The phase is in the type.** [`Unit<Mention>`](model::Unit) before linking, `Unit<Target>` after.
//! - **Spans are carried, not found again.** Everything knows its bytes from the parser on; lines are
//!   counted when they are printed.
//! - **Reading and writing happen at the rim:** in [`config`], [`discover`], [`store`],
//!   [`session`], [`terminal`] and [`cli`]. Between them everything is a pure function.
//! - **One dependency, one room.** Only one module names `pulldown-cmark`, `sled`, `minijinja`,
//!   `ignore`, `indicatif`, `annotate-snippets`, `textwrap` or `fastembed`.
//! - **The same input gives the same bytes,** whatever the number of threads. Maps that reach the
//!   output are ordered, and ties go by id.
//! - **A unit that a caller may not see does not exist** for that caller; [`access`] stands in front of
//!   the library, so that nothing behind it has to think of it.
//! - **Nothing from a document acts.** What goes to people passes [`terminal::clean`]; a command in a
//!   document is shown, never run.

// The nouns.
pub mod model;

// What is known about language.
pub mod grammar;

pub mod sentence;

// The stages, in their order.
pub mod config;

pub mod discover;

pub mod parse;

pub mod extract;

pub mod address;

pub mod link;

pub mod index;

pub mod embed;

pub mod store;

pub mod access;

pub mod ask;

pub mod walk;

pub mod session;

// What comes out, and for whom.
pub mod json;

pub mod render;

pub mod export;

pub mod eval;

pub mod terminal;

// Everything together.
pub mod pipeline;

pub mod cli;
