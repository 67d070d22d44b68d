//! What can be wrong with a project file.

use std::fmt;
use std::path::PathBuf;

/// A line of a project file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: PathBuf,
    /// 1-based.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file.display(), self.line)
    }
}

/// Why a project file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is not there, or is not text.
    #[error("cannot read the configuration {}: {source}; name another one with --config", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("{place}: not valid TOML: {message}")]
    NotToml {
        /// Where.
        place: Place,
        /// What the TOML reader says.
        message: String,
    },
    /// A key that nothing reads.
    #[error("{place}: unknown key `{key}` {table}; the nearest known key is {nearest}")]
    UnknownKey {
        /// Where.
        place: Place,
        /// The key as written.
        key: String,
        /// The table it stands in, as a phrase: `in [compile]`.
        table: String,
        /// The known key that looks most like it, and its table where that is another one.
        nearest: String,
    },
    /// A value of another type than the key takes.
    #[error("{place}: `{key}` must be {expected}, not {found}")]
    WrongType {
        /// Where.
        place: Place,
        /// The key, with its table.
        key: String,
        /// What it takes.
        expected: &'static str,
        /// What stands there.
        found: &'static str,
    },
    /// A table lacks a key that it cannot do without.
    #[error("{place}: {table} needs `{key}`; {why}")]
    MissingKey {
        /// Where the table begins.
        place: Place,
        /// The table: "[[link.rewrite]]".
        table: &'static str,
        /// The key.
        key: &'static str,
        /// What it is needed for.
        why: &'static str,
    },
    /// A glob that cannot be read.
    #[error("{place}: {source}")]
    Glob {
        /// Where.
        place: Place,
        /// What is wrong with it.
        source: super::BadGlob,
    },
    /// No dialect has this name.
    #[error("{place}: no dialect is called `{name}`; the nearest is `{nearest}` (known: auto, {})", known.join(", "))]
    UnknownDialect {
        /// Where.
        place: Place,
        /// The name as written.
        name: String,
        /// The known name that looks most like it.
        nearest: String,
        /// The names that are known.
        known: Vec<String>,
    },
    /// A value that the key does not take.
    #[error("{place}: `{key}` cannot be {value:?}: {why}")]
    BadValue {
        /// Where.
        place: Place,
        /// The key, with its table.
        key: &'static str,
        /// The value as written.
        value: String,
        /// What would be right.
        why: &'static str,
    },
}
