//! The files of a model, in a folder.

use std::path::{Path, PathBuf};

use fastembed::{Pooling, QuantizationMode, TokenizerFiles, UserDefinedEmbeddingModel};

use super::EmbedError;

/// The files that every model has.
pub(super) const NEEDED: [&str; 5] = [
    "model.onnx",
    "tokenizer.json",
    "config.json",
    "special_tokens_map.json",
    "tokenizer_config.json",
];

/// How the vectors of words become one, as sentence-transformers writes it down.
const POOLING: &str = "1_Pooling/config.json";

/// Reads a model from a folder.
pub(super) fn read(folder: &Path) -> Result<UserDefinedEmbeddingModel, EmbedError> {
    let missing: Vec<&str> = NEEDED
        .into_iter()
        .filter(|name| !folder.join(name).is_file())
        .collect();
    if !missing.is_empty() {
        return Err(EmbedError::Incomplete {
            folder: folder.to_owned(),
            missing: missing.join(", "),
        });
    }
    let [onnx, tokenizer, config, special, tokenizer_config] =
        NEEDED.map(|name| bytes(folder.join(name)));
    let tokenizer = TokenizerFiles {
        tokenizer_file: tokenizer?,
        config_file: config?,
        special_tokens_map_file: special?,
        tokenizer_config_file: tokenizer_config?,
    };
    Ok(UserDefinedEmbeddingModel::new(onnx?, tokenizer)
        .with_quantization(QuantizationMode::None)
        .with_pooling(pooling(folder)))
}

fn bytes(path: PathBuf) -> Result<Vec<u8>, EmbedError> {
    std::fs::read(&path).map_err(|cause| EmbedError::Unusable {
        model: path.display().to_string(),
        why: cause.to_string(),
    })
}

/// The mean of all words, unless the folder says that the first stands for the text.
fn pooling(folder: &Path) -> Pooling {
    let text = std::fs::read(folder.join(POOLING)).unwrap_or_default();
    let config: serde_json::Value = serde_json::from_slice(&text).unwrap_or_default();
    match config["pooling_mode_cls_token"].as_bool() {
        Some(true) => Pooling::Cls,
        _ => Pooling::Mean,
    }
}
