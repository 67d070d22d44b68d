//! Stepwell compiles how-to documents into logic units and walks them step by step.

pub mod config;
pub mod discover;
pub mod export;
pub mod grammar;
pub mod json;
pub mod model;
pub mod parse;
pub mod terminal;
