//! Stepwell compiles how-to documents into logic units and walks them step by step.

pub mod grammar;
pub mod model;
pub mod parse;
pub mod store;
