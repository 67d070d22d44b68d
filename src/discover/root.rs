//! What all paths are relative to.

use std::path::{Component, Path, PathBuf};

use super::DiscoverError;
use super::place::Place;

/// The root: the one that was named, else the folder that all places have in common. It is
/// absolute and without links.
pub(super) fn of(named: Option<&Path>, places: &[Place]) -> Result<PathBuf, DiscoverError> {
    let Some(path) = named else {
        return common(places);
    };
    let root = folder(path)?;
    for place in places {
        if place
            .folder()
            .is_some_and(|folder| !folder.starts_with(&root))
        {
            return Err(DiscoverError::OutsideRoot {
                path: place.shown(),
                root,
            });
        }
    }
    Ok(root)
}

/// A path relative to the root, with `/`.
///
/// # Errors
/// The name is not UTF-8; the nearest name that is.
pub(super) fn relative(root: &Path, path: &Path) -> Result<String, String> {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts = inside.components().filter_map(|c| match c {
        Component::Normal(part) => Some(part),
        _ => None,
    });
    let (mut name, mut whole) = (String::new(), true);
    for part in parts {
        if !name.is_empty() {
            name.push('/');
        }
        whole &= part.to_str().is_some();
        name.push_str(&part.to_string_lossy());
    }
    if whole { Ok(name) } else { Err(name) }
}

fn common(places: &[Place]) -> Result<PathBuf, DiscoverError> {
    let mut folders = places.iter().filter_map(Place::folder);
    let Some(first) = folders.next() else {
        return folder(Path::new("."));
    };
    let shared = folders.fold(first, |shared, folder| {
        let holds = |a: &&Path| folder.starts_with(a);
        shared.ancestors().find(holds).unwrap_or(shared)
    });
    Ok(shared.to_owned())
}

fn folder(path: &Path) -> Result<PathBuf, DiscoverError> {
    let bad = |problem: String| DiscoverError::BadRoot {
        path: path.to_owned(),
        problem,
    };
    let root = path.canonicalize().map_err(|e| bad(e.to_string()))?;
    if root.is_dir() {
        Ok(root)
    } else {
        Err(bad("it is a file".to_owned()))
    }
}
