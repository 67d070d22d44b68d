//! Stepwell compiles how-to documents into logic units and walks them step by step.

pub mod address;
pub mod extract;
pub mod grammar;
pub mod link;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod sentence;
pub mod walk;
