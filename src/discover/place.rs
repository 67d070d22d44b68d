//! A path as it was named, and what is there.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::DiscoverError;

/// What a named path leads to.
#[derive(Debug)]
pub(super) enum Place {
    /// `-`
    Stdin,
    /// A file.
    File(NamedFile),
    /// A folder.
    Folder {
        /// As it was named.
        named: PathBuf,
        /// Absolute and without links.
        real: PathBuf,
    },
}

/// A file that was named.
#[derive(Debug)]
pub(super) struct NamedFile {
    /// As it was named.
    pub(super) named: PathBuf,
    /// The folder it was named in, absolute and without links.
    pub(super) folder: PathBuf,
    /// Its name there.
    pub(super) name: OsString,
    /// Where its bytes are, absolute and without links.
    pub(super) real: PathBuf,
}

impl Place {
    /// Looks at a path.
    pub(super) fn of(path: &Path) -> Result<Place, DiscoverError> {
        if path == Path::new("-") {
            return Ok(Place::Stdin);
        }
        let metadata = path.metadata().map_err(|e| unreachable(path, e))?;
        let real = path.canonicalize().map_err(|e| unreachable(path, e))?;
        if metadata.is_dir() {
            Ok(Place::Folder {
                named: path.to_owned(),
                real,
            })
        } else if metadata.is_file() {
            NamedFile::of(path, real).map(Place::File)
        } else {
            Err(DiscoverError::NotAFile {
                path: path.to_owned(),
            })
        }
    }

    /// The folder that the default root is made of.
    pub(super) fn folder(&self) -> Option<&Path> {
        match self {
            Place::Stdin => None,
            Place::File(file) => Some(&file.folder),
            Place::Folder { real, .. } => Some(real),
        }
    }

    /// Is it this folder?
    pub(super) fn is(&self, folder: &Path) -> bool {
        matches!(self, Place::Folder { real, .. } if real == folder)
    }

    /// As it was named.
    pub(super) fn shown(&self) -> PathBuf {
        match self {
            Place::Stdin => PathBuf::from("standard input"),
            Place::File(file) => file.named.clone(),
            Place::Folder { named, .. } => named.clone(),
        }
    }
}

impl NamedFile {
    fn of(path: &Path, real: PathBuf) -> Result<NamedFile, DiscoverError> {
        let parent = match path.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let folder = parent.canonicalize().map_err(|e| unreachable(path, e))?;
        let name = path.file_name().or_else(|| real.file_name());
        Ok(NamedFile {
            named: path.to_owned(),
            folder,
            name: name.unwrap_or_default().to_owned(),
            real,
        })
    }
}

fn unreachable(path: &Path, source: std::io::Error) -> DiscoverError {
    let path = path.to_owned();
    match source.kind() {
        std::io::ErrorKind::NotFound => DiscoverError::Missing { path },
        _ => DiscoverError::Unreachable { path, source },
    }
}
