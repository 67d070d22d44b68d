//! Files that were named: taken whatever the globs say.

use std::path::Path;

use super::checks::{leaves_root, unnameable};
use super::gathered::Gathered;
use super::place::NamedFile;
use super::root;

/// Takes a file that was named, unless it is a link that leaves the root.
pub(super) fn take(file: &NamedFile, root: &Path, gathered: &mut Gathered) {
    match root::relative(root, &file.folder.join(&file.name)) {
        Ok(name) if file.real.starts_with(root) => gathered.take(name, &file.real),
        Ok(name) => gathered.skip(leaves_root::finding(&name, &file.real, root)),
        Err(name) => gathered.skip(unnameable::finding(&name)),
    }
}
