//! Which model: one of a name, or one in a folder.

use std::fmt;
use std::path::{Path, PathBuf};

use fastembed::{
    EmbeddingModel, InitOptionsUserDefined, ModelTrait, TextEmbedding, TextInitOptions,
};

use super::{EmbedError, files, folders, runtime};

/// A model that was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Model {
    /// One of the folder of models, or of a hub.
    Named(String),
    /// One in a folder.
    Folder(PathBuf),
}

impl Model {
    /// What was written: a folder if there is one or it is written like one, else a name.
    pub fn of(text: &str) -> Self {
        let path = Path::new(text);
        match path.is_dir() || path.components().count() > 1 && hub(text).is_none() {
            true => Model::Folder(path.to_owned()),
            false => Model::Named(text.to_owned()),
        }
    }

    /// The same with its folder's whole path, so that it is found from anywhere.
    pub fn absolute(self) -> Self {
        match self {
            Model::Folder(folder) => Model::Folder(std::path::absolute(&folder).unwrap_or(folder)),
            named => named,
        }
    }

    /// Loads it; `fetch` allows to ask a hub for it where it is not on this machine.
    pub(super) fn load(&self, fetch: bool) -> Result<TextEmbedding, EmbedError> {
        match self {
            Model::Folder(folder) => self.of_folder(folder),
            Model::Named(name) => {
                let folder = folders::models().join(name);
                match (folder.is_dir(), hub(name)) {
                    (true, _) => self.of_folder(&folder),
                    (false, Some(model)) => self.of_hub(model, fetch, folder),
                    (false, None) => Err(EmbedError::Unknown {
                        name: name.clone(),
                        help: known(name),
                    }),
                }
            }
        }
    }

    fn of_folder(&self, folder: &Path) -> Result<TextEmbedding, EmbedError> {
        let files = files::read(folder)?;
        runtime::load()?;
        let options = InitOptionsUserDefined::new().with_intra_threads(1);
        TextEmbedding::try_new_from_user_defined(files, options).map_err(|why| self.unusable(&why))
    }

    fn of_hub(
        &self,
        model: EmbeddingModel,
        fetch: bool,
        folder: PathBuf,
    ) -> Result<TextEmbedding, EmbedError> {
        runtime::load()?;
        let cache = folders::models().join("hub");
        if !fetch && !fetched(&model, &cache) {
            let name = self.to_string();
            return Err(EmbedError::NotFetched { name, folder });
        }
        let options = TextInitOptions::new(model)
            .with_cache_dir(cache)
            .with_show_download_progress(false)
            .with_intra_threads(1);
        TextEmbedding::try_new(options).map_err(|why| self.unusable(&why))
    }

    pub(super) fn unusable(&self, why: &fastembed::Error) -> EmbedError {
        let cause = std::error::Error::source(why).map(|cause| format!(" ({cause})"));
        EmbedError::Unusable {
            model: self.to_string(),
            why: format!("{why}{}", cause.unwrap_or_default()),
        }
    }
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Model::Named(name) => f.write_str(name),
            Model::Folder(folder) => write!(f, "{}", folder.display()),
        }
    }
}

/// The model of a hub that is called so: as fastembed calls it, as the hub does, or by the last part of
/// that.
fn hub(name: &str) -> Option<EmbeddingModel> {
    let called = |code: &str| {
        let last = code.rsplit('/').next().unwrap_or(code);
        [code, last, last.trim_end_matches("-onnx")]
            .iter()
            .any(|c| c.eq_ignore_ascii_case(name))
    };
    let listed = TextEmbedding::list_supported_models();
    let by_code = listed.into_iter().find(|info| called(&info.model_code));
    name.parse().ok().or(by_code.map(|info| info.model))
}

/// Was the model fetched before? A hub keeps it in a folder that has its name.
fn fetched(model: &EmbeddingModel, cache: &Path) -> bool {
    let code = EmbeddingModel::get_model_info(model).map(|info| &info.model_code);
    code.is_some_and(|code| {
        let folder = format!("models--{}", code.replace('/', "--"));
        cache.join(folder).is_dir()
    })
}

/// The models of this machine, and the one of a hub that is called most like `name`.
fn known(name: &str) -> String {
    let folder = folders::models();
    let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut here: Vec<String> = entries
        .filter(|entry| entry.path().join("model.onnx").is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    here.sort();
    let here = match here.is_empty() {
        true => format!("{} has none", folder.display()),
        false => format!("{} has {}", folder.display(), here.join(", ")),
    };
    let listed = TextEmbedding::list_supported_models();
    let likeness = |code: &str| strsim::jaro_winkler(&name.to_lowercase(), &code.to_lowercase());
    let last = |code: &str| code.rsplit('/').next().unwrap_or(code).to_owned();
    let nearest = listed
        .iter()
        .map(|info| last(&info.model_code))
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)).then(b.cmp(a)));
    match nearest {
        Some(nearest) => format!("{here}, and the nearest that can be fetched is {nearest}"),
        None => here,
    }
}
