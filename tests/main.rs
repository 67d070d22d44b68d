//! Stepwell, read from outside: documents in, what became of them out.
//!
//! * [`suite`] holds every file under `tests/cases` against the expectation beside it.
//!
//! *Deliberately absent:* anything timed, and anything that needs a network.

mod suite;
