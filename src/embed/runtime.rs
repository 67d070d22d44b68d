//! The library that computes models: found, and loaded once a process.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::{EmbedError, folders};
use crate::model::one_line;

/// The variable that names the library; every program that uses the ONNX Runtime reads it.
const VARIABLE: &str = "ORT_DYLIB_PATH";

/// Loads the library: the one that `ORT_DYLIB_PATH` names, else the one beside the models, else one of
/// the system's.
pub(super) fn load() -> Result<(), EmbedError> {
    static LOADED: OnceLock<Result<(), EmbedError>> = OnceLock::new();
    LOADED
        .get_or_init(|| {
            let path = library();
            match ort::init_from(&path) {
                // The environment that sessions share is made with the first of them.
                Ok(_builder) => Ok(()),
                Err(cause) => Err(EmbedError::NoRuntime {
                    why: one_line(&cause.to_string()),
                }),
            }
        })
        .clone()
}

fn library() -> PathBuf {
    if let Some(named) = std::env::var_os(VARIABLE).filter(|v| !v.is_empty()) {
        return PathBuf::from(named);
    }
    let beside = folders::models().join(name());
    match beside.is_file() {
        true => beside,
        false => Path::new(name()).to_owned(),
    }
}

/// The file name of the library, by platform.
fn name() -> &'static str {
    if cfg!(windows) {
        "onnxruntime.dll"
    } else if cfg!(target_os = "macos") {
        "libonnxruntime.dylib"
    } else {
        "libonnxruntime.so"
    }
}
