//! Stage 5b: headers to vectors, and a question to the headers that are near to it.
//!
//! Vectors are an aid. They measure what is said in the same places, which is more than what means the
//! same (*queen* is nearer to *king* than *ruler* is), so a vector is one signal of several, and only
//! headers have one: a header says what its unit is for, in one line, which is what such models are
//! trained on. A step that is named by its place has none; it is found through what it belongs to.
//!
//! Each header is embedded alone, on one thread of the runtime, and kept as eight-bit integers. So its
//! vector is the same whatever else is in the set, whatever the number of threads, and whoever looks.
//!
//! A vector that a store has is not made again, as long as the model and the header are the same.
//!
//! Models are those that [fastembed](https://docs.rs/fastembed) knows, or any folder with one. They are
//! computed by the ONNX Runtime, a library that is looked for when a model is asked for; without it, and
//! without a model, everything else works.
//!
//! *Deliberately absent:* what a vector is worth beside words; that is for [`crate::ask`].

mod embedder;
mod error;
mod files;
mod folders;
mod model;
mod quantized;
mod runtime;
mod vectors;

pub use embedder::Embedder;
pub use error::EmbedError;
pub use model::Model;
pub use quantized::Quantized;
pub use vectors::{BadVectors, Known, Maker, Vectors, texts, write};
