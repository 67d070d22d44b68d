//! What can keep a model from being used.

use std::path::PathBuf;

/// Why headers or a question have no vectors. Each message names what it is about and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmbedError {
    /// The library that computes models is not there, or is too old.
    #[error(
        "the ONNX Runtime cannot be loaded ({why}); run `models/install` of Stepwell's source, or set \
         ORT_DYLIB_PATH to a libonnxruntime of version 1.24 or later"
    )]
    NoRuntime {
        /// Where it was looked for, and what was the matter.
        why: String,
    },
    /// There is no model of this name.
    #[error("there is no model {name:?}; {help}")]
    Unknown {
        /// The name that was given.
        name: String,
        /// Which there are.
        help: String,
    },
    /// A model that a hub has, and that may not be fetched unasked.
    #[error(
        "the model {name:?} is not on this machine; `--embedder {name}` fetches it, or put its files \
         into {}",
        folder.display()
    )]
    NotFetched {
        /// Its name.
        name: String,
        /// Where it would be found.
        folder: PathBuf,
    },
    /// A folder without all that a model needs.
    #[error(
        "the model folder {} is incomplete: it has no {missing}; a model has {}",
        folder.display(),
        super::files::NEEDED.join(", ")
    )]
    Incomplete {
        /// The folder.
        folder: PathBuf,
        /// The files that are not there.
        missing: String,
    },
    /// The model is there and cannot be used.
    #[error(
        "the model {model} cannot be used: {why}; get it anew, or name another with --embedder"
    )]
    Unusable {
        /// Which.
        model: String,
        /// What was the matter.
        why: String,
    },
    /// The model has another dimension than the vectors in the store.
    #[error(
        "the model {model} gives vectors of {now} numbers and the store has vectors of {stored}; \
         compile again with `--embedder {model}`, or bring back the model that the store was made with"
    )]
    OtherDimension {
        /// Which.
        model: String,
        /// The numbers of a vector in the store.
        stored: usize,
        /// The numbers of a vector that the model makes.
        now: usize,
    },
    /// The model is not the one that made the vectors in the store.
    #[error(
        "the model {model} has changed since the store was made with it: it gives other vectors for the \
         same text; compile again with `--embedder {model}`, or bring back the model that was there"
    )]
    Changed {
        /// Which.
        model: String,
    },
}
