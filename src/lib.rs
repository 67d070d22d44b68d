//! Stepwell compiles how-to documents into logic units and walks them step by step.

// The nouns.
pub mod model;

// What is known about language.
pub mod grammar;
pub mod sentence;

// The stages, in their order.
pub mod config;
pub mod discover;

pub mod parse;

pub mod extract;

pub mod address;
pub mod link;

pub mod index;

pub mod store;

pub mod access;
pub mod ask;
pub mod walk;

pub mod session;

pub mod export;
pub mod json;
pub mod render;
pub mod terminal;

pub mod cli;
pub mod pipeline;
