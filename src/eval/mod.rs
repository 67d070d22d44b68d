//! Questions with the page or unit that should answer them, and how well they are answered.
//!
//! Recall@k is the share of questions whose expected page or unit is among the first k distinct ones
//! of the hits; MRR the mean of one by its rank (Voorhees, TREC-8, 1999). A question that is not
//! answered (`no_match`) has no rank, whatever hits are listed below it.
//!
//! *Deliberately absent:* how a question is answered. What answers, Stepwell or a baseline, gives a
//! list of places; this only counts.

mod baseline;
mod score;
mod suite;

pub use baseline::{Baseline, ChunkVectors, Pieces};
pub use score::{Asked, Covered, Figures, Metric, Reliability, Tally};
pub use suite::{BadSuite, Case, Place, read};
