//! Files in folders. The only module that names `ignore`.
//!
//! The walk is sequential and sorted: finding files is cheap beside reading them, and what it
//! reports never depends on a race.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder};
use rustc_hash::FxHashMap;

use super::checks::{
    broken_link, folder_named_document, leaves_root, repeated_folder, unnameable, unreadable,
};
use super::format::Format;
use super::gathered::Gathered;
use super::root;
use crate::config::{Config, Globs};

/// Takes the documents below `folder`. Both paths are absolute and without links.
pub(super) fn walk(folder: &Path, root: &Path, config: &Config, gathered: &mut Gathered) {
    let gate = Arc::new(Gate::new(root, config, std::mem::take(gathered)));
    let at_gate = Arc::clone(&gate);
    let entries = builder(folder)
        .filter_entry(move |entry| at_gate.lets_in(entry))
        .build();
    for entry in entries {
        match entry {
            Ok(entry) => gate.take(&entry),
            Err(error) => gate.fail(&error),
        }
    }
    *gathered = std::mem::take(&mut *gate.gathered());
}

/// Only the `.gitignore` files of the project count: those of the machine would make the same
/// sources compile differently elsewhere.
fn builder(folder: &Path) -> WalkBuilder {
    let repository = folder.ancestors().any(|f| f.join(".git").exists());
    let mut builder = WalkBuilder::new(folder);
    builder
        .ignore(false)
        .git_global(false)
        .git_exclude(false)
        .require_git(repository)
        .parents(repository)
        .follow_links(true)
        .sort_by_file_name(|a, b| a.cmp(b));
    builder
}

/// Decides what is entered and what is taken.
struct Gate {
    root: PathBuf,
    include: Globs,
    exclude: Globs,
    gathered: Mutex<Gathered>,
    /// How often each real folder was entered, under whatever name.
    entered: Mutex<FxHashMap<PathBuf, usize>>,
}

impl Gate {
    fn new(root: &Path, config: &Config, gathered: Gathered) -> Self {
        Gate {
            root: root.to_owned(),
            include: config.include.clone(),
            exclude: config.exclude.clone(),
            gathered: Mutex::new(gathered),
            entered: Mutex::default(),
        }
    }

    fn gathered(&self) -> std::sync::MutexGuard<'_, Gathered> {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// May the walk go on with this entry?
    fn lets_in(&self, entry: &DirEntry) -> bool {
        if entry.depth() == 0 {
            return true;
        }
        let name = self.name(entry.path());
        if self.exclude.is_match(&name) {
            return false;
        }
        let is_folder = is_folder(entry);
        if !entry.path_is_symlink() && !is_folder {
            return true;
        }
        let Ok(real) = entry.path().canonicalize() else {
            return true;
        };
        if !real.starts_with(&self.root) {
            self.refuse(&name, &real, is_folder);
            return false;
        }
        !is_folder || self.may_enter(&name, real)
    }

    /// A link that leaves the root. One that no glob asks for is nobody's business.
    fn refuse(&self, name: &str, real: &Path, is_folder: bool) {
        let finding = || leaves_root::finding(name, real, &self.root);
        if is_folder {
            self.gathered().diagnostics.push(finding());
        } else if self.wants(name) {
            self.gathered().skip(finding());
        }
    }

    /// Links that cross each other can give a folder more names than a disk has files.
    fn may_enter(&self, name: &str, real: PathBuf) -> bool {
        let mut entered = self.entered.lock().unwrap_or_else(PoisonError::into_inner);
        let times = entered.entry(real).or_default();
        *times += 1;
        if *times > repeated_folder::LIMIT {
            self.gathered()
                .diagnostics
                .push(repeated_folder::finding(name));
            return false;
        }
        true
    }

    /// Is a file of this name part of the set?
    fn wants(&self, name: &str) -> bool {
        let stated = Format::of_name(Path::new(name)).is_some();
        let asked_for = if stated {
            self.include.is_match(name)
        } else {
            self.include.names(name)
        };
        asked_for && !self.exclude.is_match(name)
    }

    fn take(&self, entry: &DirEntry) {
        if entry.depth() == 0 {
            return;
        }
        let name = root::relative(&self.root, entry.path());
        let mut gathered = self.gathered();
        if is_folder(entry) {
            let name = name.unwrap_or_else(|lossy| lossy);
            if self.wants(&name) {
                gathered
                    .diagnostics
                    .push(folder_named_document::finding(&name));
            }
            return;
        }
        if !entry.file_type().is_some_and(|t| t.is_file()) {
            return;
        }
        gathered.seen.add(entry.path());
        match name {
            Ok(name) if self.wants(&name) => gathered.take(name, entry.path()),
            Err(name) if self.wants(&name) => gathered.skip(unnameable::finding(&name)),
            _ => {}
        }
    }

    /// What the walk stumbled over: a link that leads nowhere or in a circle, a closed folder.
    fn fail(&self, error: &ignore::Error) {
        let Some(at) = culprit(error) else {
            return;
        };
        let name = self.name(at);
        if self.exclude.is_match(&name) {
            return;
        }
        let is_link = at.is_symlink();
        match error.io_error() {
            None => self.gathered().diagnostics.push(broken_link::circle(&name)),
            Some(_) if is_link && self.wants(&name) => {
                self.gathered().skip(broken_link::nowhere(&name));
            }
            Some(_) if is_link => {}
            Some(io) => {
                let finding = unreadable::finding(&name, io);
                self.gathered().diagnostics.push(finding);
            }
        }
    }

    fn name(&self, path: &Path) -> String {
        root::relative(&self.root, path).unwrap_or_else(|lossy| lossy)
    }
}

fn is_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|t| t.is_dir())
}

/// The path that an error is about; `None` for a line of a `.gitignore`.
fn culprit(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, err } if err.is_io() => Some(path),
        ignore::Error::WithDepth { err, .. } => culprit(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}
