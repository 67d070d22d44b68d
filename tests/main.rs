//! Stepwell, read from outside: documents in, what became of them out.
//!
//! * [`suite`] holds every file under `tests/cases` against the expectation beside it.
//! * [`cli`] runs the program as people and other programs meet it.
//! * [`store`] reads and writes a store from many processes.
//! * [`properties`] says what is true of every document, whatever stands in it.
//!
//! *Deliberately absent:* anything timed, and anything that needs a network.

mod cli;
mod compiled;
mod properties;
mod store;
mod suite;

// Where the store's samples look for the model.
use stepwell::model;
