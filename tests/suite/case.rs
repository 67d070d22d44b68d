//! Cases on disk.

use std::fs;
use std::path::{Path, PathBuf};

use stepwell::config::{Config, FILE_NAME};
use stepwell::model::SourceText;

use crate::compiled::dialects;

/// What a case is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Parse,
    Extract,
    Link,
}

impl Stage {
    fn folder(self) -> &'static str {
        match self {
            Stage::Parse => "parse",
            Stage::Extract => "extract",
            Stage::Link => "link",
        }
    }
}

/// One case.
pub(crate) struct Case {
    pub(crate) stage: Stage,
    /// `parse/heading-in-fence`.
    pub(crate) name: String,
    /// The documents, by path.
    pub(crate) texts: Vec<SourceText>,
    /// What the case's own `stepwell.toml` says.
    pub(crate) config: Config,
    /// Where its expectation is, or would be.
    pub(crate) expected: PathBuf,
}

/// The folder of all cases.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

impl Case {
    /// Every case of a stage, by name.
    pub(crate) fn all(stage: Stage) -> Vec<Case> {
        let wanted = std::env::var("STEPWELL_CASE").unwrap_or_default();
        let folder = root().join(stage.folder());
        let entries = entries(&folder).into_iter();
        entries
            .filter(|path| path.is_dir() || is_document(path))
            .map(|path| Case::read(stage, &path))
            .filter(|case| case.name.contains(&wanted))
            .collect()
    }

    /// The folder of files with this name: `link/two-pages`.
    pub(crate) fn named(name: &str) -> Case {
        Case::read(Stage::Link, &root().join(name))
    }

    fn read(stage: Stage, path: &Path) -> Case {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let config = config(path);
        let mut texts = Vec::new();
        if path.is_dir() {
            gather(path, path, &config, &mut texts);
        } else {
            let folder = path.parent().unwrap_or(path);
            texts.push(text(path, folder, &config));
        }
        texts.sort_by(|a, b| a.path.cmp(&b.path));
        Case {
            stage,
            name: format!("{}/{stem}", stage.folder()),
            expected: path.with_extension("expected"),
            texts,
            config,
        }
    }
}

fn config(path: &Path) -> Config {
    let file = path.join(FILE_NAME);
    match fs::read_to_string(&file) {
        Ok(text) => Config::parse(&text, &file, &dialects().names()).expect("a project file"),
        Err(_) => Config::default(),
    }
}

fn gather(folder: &Path, root: &Path, config: &Config, texts: &mut Vec<SourceText>) {
    for path in entries(folder) {
        if path.is_dir() {
            gather(&path, root, config, texts);
        } else if is_document(&path) {
            texts.push(text(&path, root, config));
        }
    }
}

fn text(path: &Path, root: &Path, config: &Config) -> SourceText {
    let relative = path.strip_prefix(root).expect("a path below the root");
    let relative = relative.to_string_lossy().replace('\\', "/");
    SourceText {
        text: fs::read_to_string(path).expect("a case is UTF-8"),
        labels: config.labels.of(&relative),
        path: relative,
    }
}

fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "md" || e == "mdx")
}

/// What is in a folder, by name.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).expect("a folder of cases");
    let mut paths: Vec<PathBuf> = read.map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    paths
}
