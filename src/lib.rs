//! Stepwell compiles how-to documents into logic units and walks them step by step.

pub mod grammar;
pub mod index;
pub mod model;
pub mod parse;
