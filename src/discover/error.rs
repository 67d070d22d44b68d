//! Why nothing can be read.

use std::fmt;
use std::path::PathBuf;

use super::Seen;
use crate::model::Diagnostic;

/// Why there is nothing to compile.
#[derive(Debug, thiserror::Error)]
pub enum DiscoverError {
    /// A path that was named is not there.
    #[error("{} does not exist; name a file, a folder, or `-` for standard input", path.display())]
    Missing {
        /// As it was named.
        path: PathBuf,
    },
    /// A path that was named cannot be looked at.
    #[error("cannot look at {}: {source}", path.display())]
    Unreachable {
        /// As it was named.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A path that was named is a device, a socket or a pipe.
    #[error("{} is neither a file nor a folder; to read a pipe, name `-`", path.display())]
    NotAFile {
        /// As it was named.
        path: PathBuf,
    },
    /// The root that was named is no folder.
    #[error("the root {} is not a folder that can be read: {problem}", path.display())]
    BadRoot {
        /// As it was named.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// A path that was named lies outside of the root that was named.
    #[error("{} lies outside of the root {}; name a root that holds it with --root", path.display(), root.display())]
    OutsideRoot {
        /// As it was named.
        path: PathBuf,
        /// The root.
        root: PathBuf,
    },
    /// Not one document.
    #[error("{0}")]
    NothingMatched(Box<NothingMatched>),
}

/// Where there was no document, and what was there instead.
#[derive(Debug)]
pub struct NothingMatched {
    /// Where it looked.
    pub places: Vec<PathBuf>,
    /// The globs that files had to match.
    pub include: Vec<String>,
    /// The globs that they must not match.
    pub exclude: Vec<String>,
    /// Where the globs are from; `None` for the built-in ones.
    pub config: Option<PathBuf>,
    /// What was there.
    pub seen: Seen,
    /// What was odd on the way.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for NothingMatched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places: Vec<String> = self
            .places
            .iter()
            .map(|p| p.display().to_string())
            .collect();
        write!(f, "no document in {}: ", places.join(", "))?;
        write!(f, "{}, and none is a document that matches ", self.seen)?;
        write!(f, "{}", self.include.join(", "))?;
        if !self.exclude.is_empty() {
            write!(f, " without {}", self.exclude.join(", "))?;
        }
        match &self.config {
            Some(file) => write!(f, " (from {})", file.display())?,
            None => f.write_str(" (the defaults)")?,
        }
        f.write_str("; hidden files and what .gitignore names are not looked at. Name a file, or set [compile] include in stepwell.toml")
    }
}
