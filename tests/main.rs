//! Stepwell, read from outside: documents in, what became of them out.
//!
//! * [`suite`] holds every file under `tests/cases` against the expectation beside it.
//! * [`properties`] says what is true of every document, whatever stands in it.
//! * [`cli`] runs the program itself, as people and other programs do.
//!
//! *Deliberately absent:* anything timed, and anything that needs a network.

mod cli;
mod compiled;
mod properties;
mod suite;
