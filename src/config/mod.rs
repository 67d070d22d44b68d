//! The project file, `stepwell.toml`.
//!
//! It says which files belong to the set, what site addresses mean, and who may see what. A cloned
//! repository brings its own, so it is read as data from a stranger: it never runs a program, and
//! nothing in it names a place outside of the root.
//!
//! Wrong settings are errors, not warnings: a key that is misspelt would otherwise publish what
//! was meant to be excluded.
//!
//! *Deliberately absent:* flags and the environment. A flag beats the environment beats this file,
//! but only the command line knows all three.

mod error;
mod globs;
mod keys;
mod label_rules;
mod reader;
mod rewrites;
mod table;

use std::path::{Path, PathBuf};

pub use error::{ConfigError, Place};
pub use globs::{BadGlob, Globs};
pub use label_rules::{LabelRule, LabelRules};
pub use rewrites::{Rewrite, Rewrites};

/// The name of the project file.
pub const FILE_NAME: &str = "stepwell.toml";

/// What is compiled where nothing says otherwise.
const DEFAULT_INCLUDE: [&str; 3] = ["**/*.md", "**/*.markdown", "**/*.mdx"];

/// What the project file says, or the defaults. Every glob is relative to the compiled root.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file it was read from; `None` for the defaults.
    pub file: Option<PathBuf>,
    /// The files that belong to the set.
    pub include: Globs,
    /// The files and folders that do not, even if included.
    pub exclude: Globs,
    /// The BCP 47 tag of every page; `None` to detect it page by page.
    pub language: Option<String>,
    /// The dialect of every page; `None` to tell it by a page's content.
    pub dialect: Option<String>,
    /// Site addresses that are pages of this set.
    pub rewrites: Rewrites,
    /// Who may see which files.
    pub labels: LabelRules,
    /// The embedding model, by name or by a folder below the project file's; `None` for none.
    pub model: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            file: None,
            include: Globs::files(&DEFAULT_INCLUDE).unwrap_or_default(),
            exclude: Globs::default(),
            language: None,
            dialect: None,
            rewrites: Rewrites::default(),
            labels: LabelRules::default(),
            model: None,
        }
    }
}

impl Config {
    /// Reads the file that was named, else the nearest `stepwell.toml` from `start` (a file or a
    /// folder) upwards, else takes the defaults. `dialects` are the names that `dialect` may have.
    ///
    /// # Errors
    /// The file cannot be read, or says something that is not understood; with its line.
    pub fn load(
        explicit: Option<&Path>,
        start: &Path,
        dialects: &[&str],
    ) -> Result<Config, ConfigError> {
        let Some(file) = explicit.map(Path::to_owned).or_else(|| nearest(start)) else {
            return Ok(Config::default());
        };
        match std::fs::read_to_string(&file) {
            Ok(text) => Config::parse(&text, &file, dialects),
            Err(source) => Err(ConfigError::Unreadable { file, source }),
        }
    }

    /// Reads the text of a project file; `file` is its path, for messages. Touches nothing.
    ///
    /// # Errors
    /// Something in it is not understood; with its line.
    pub fn parse(text: &str, file: &Path, dialects: &[&str]) -> Result<Config, ConfigError> {
        reader::read(text, file, dialects)
    }
}

/// The nearest project file from `start` upwards.
fn nearest(start: &Path) -> Option<PathBuf> {
    let here = if start.as_os_str().is_empty() {
        Path::new(".")
    } else {
        start
    };
    let from = here
        .canonicalize()
        .or_else(|_| std::path::absolute(here))
        .ok()?;
    from.ancestors()
        .map(|folder| folder.join(FILE_NAME))
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests;
