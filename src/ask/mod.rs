//! Stage 6a: from a question to the procedure that answers it.

mod assemble;

pub use assemble::{Procedure, Step, assemble};
