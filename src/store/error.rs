//! What can go wrong when a store is written or opened.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::model::{UnitId, Unreadable};

/// Why a store could not be written or opened. A store that was there before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder is not there, or nothing was ever compiled into it.
    #[error(
        "there is no store at {}; run `stepwell compile PATH` first, or name the store with --store",
        .0.display()
    )]
    Missing(PathBuf),
    /// The folder holds something else.
    #[error(
        "{} is not empty and is not a store; name another folder with --store, or empty this one",
        .0.display()
    )]
    Occupied(PathBuf),
    /// What should be a folder is a file.
    #[error("{} is not a folder; name a folder with --store", .0.display())]
    NotAFolder(PathBuf),
    /// Another process is writing it.
    #[error("store in use by another compile: {}; wait until that has ended", .0.display())]
    InUse(PathBuf),
    /// The operating system refused.
    #[error("cannot {action} {}: {cause}; {}", path.display(), advice(cause.kind()))]
    Io {
        /// What was tried: "write".
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        cause: io::Error,
    },
    /// The engine that keeps the records failed.
    #[error("cannot {action} the records in {place}: {cause}; run `stepwell compile` again")]
    Engine {
        /// What was tried: "write".
        action: &'static str,
        /// Where the records are kept.
        place: String,
        /// What the engine said.
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Two units have one name, which the compiler should have prevented.
    #[error("two units are called {0}; give one of the two headings an anchor of its own: {{#id}}")]
    SameId(UnitId),
    /// Two sections have one name, or something is too large for the format.
    #[error("the set cannot be stored: {0}; please report this")]
    Unfit(String),
    /// What is there cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

impl StoreError {
    /// Adds to an [`io::Error`] what was tried with which path; for `map_err`.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StoreError {
        move |cause| StoreError::Io {
            action,
            path: path.to_owned(),
            cause,
        }
    }
}

fn advice(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "free some space and compile again; what was stored before is untouched"
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "make it accessible to this user, or name another folder with --store"
        }
        ErrorKind::NotADirectory => "name a folder with --store",
        ErrorKind::Unsupported => "name a folder on a local disk with --store",
        _ => "see what stands in the way and try again",
    }
}
