//! Where models and the runtime are on this machine.

use std::path::PathBuf;

/// The variable that names the folder of models.
pub(super) const VARIABLE: &str = "STEPWELL_MODELS";

/// The folder that has a folder for each model, by its name: the one that `STEPWELL_MODELS` names, else
/// `stepwell/models` among the user's data.
pub(super) fn models() -> PathBuf {
    if let Some(named) = std::env::var_os(VARIABLE).filter(|v| !v.is_empty()) {
        return PathBuf::from(named);
    }
    let data = dirs::data_dir().unwrap_or_else(|| PathBuf::from("."));
    data.join("stepwell").join("models")
}
