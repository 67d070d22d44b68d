//! The intent index: which units have which terms, in which field, and how well they fit a query.
//!
//! In reading order: texts become terms ([`Analyzer`]), units become an index ([`build`]), which is
//! read in place ([`Index`]) for the units that a caller may see ([`View`]). A [`Query`] is looked
//! up once ([`Prepared`]); then it finds the best units, scores one of them, or explains a score.
//!
//! Two rules run through all of it:
//!
//! * **Counts are stored, scores are not.** Every weight can change, and every part of the units can
//!   be hidden, without a new index: a view gives the scores that an index of its units alone would
//!   give.
//! * **Nothing that is read is trusted.** Garbled bytes are refused or give wrong hits; they never
//!   stop the program.
//!
//! *Deliberately absent:* reading a question as an intent, choosing an answer, positions, vectors.

mod analyze;
mod bitmap;
mod bits;
mod block;
mod bm25f;
mod bounds;
mod builder;
mod cursor;
mod decoded;
mod dictionary;
mod encode;
mod explain;
mod field;
mod layout;
mod list;
mod merge;
mod parts;
mod postings;
mod prepared;
#[cfg(test)]
mod properties;
mod query;
mod runs;
mod search;
mod section;
mod stem;
mod tally;
mod top;
mod totals;
mod view;
mod vocabulary;
mod walk;
mod weights;
mod window;

pub use analyze::{Analyzer, LONGEST_TERM, Term};
pub use bm25f::idf;
pub use builder::{Fields, build};
pub use dictionary::Edits;
pub use explain::{Contribution, Share};
pub use field::{FIELDS, Field};
pub use layout::{BadIndex, VERSION};
pub use parts::Form;
pub use postings::{Posting, Postings};
pub use prepared::{Prepared, PreparedTerm};
pub use query::Query;

pub use section::{Index, Near};
pub use top::Hit;
pub use view::View;
pub use weights::{FieldWeight, Weights};
