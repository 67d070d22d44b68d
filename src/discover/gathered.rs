//! What is known while files are looked for.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::model::Diagnostic;

/// Everything that was found so far.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The files to read, by their names relative to the root. A file that several paths lead to
    /// is here once.
    pub(super) candidates: BTreeMap<String, PathBuf>,
    /// How many files were asked for, readable or not.
    pub(super) matched: usize,
    /// What is odd.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What was looked at.
    pub(super) seen: Seen,
}

impl Gathered {
    /// A file to read.
    pub(super) fn take(&mut self, name: String, path: &Path) {
        self.matched += 1;
        self.candidates.insert(name, path.to_owned());
    }

    /// A file that was asked for and cannot be read.
    pub(super) fn skip(&mut self, finding: Diagnostic) {
        self.matched += 1;
        self.diagnostics.push(finding);
    }
}

/// The files that a walk met, whether they were taken or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// How many.
    pub files: usize,
    /// How many by extension, as written; "" for none.
    pub extensions: BTreeMap<String, usize>,
}

impl Seen {
    pub(super) fn add(&mut self, path: &Path) {
        let extension = path.extension().unwrap_or_default();
        let extension = extension.to_string_lossy().into_owned();
        self.files += 1;
        *self.extensions.entry(extension).or_default() += 1;
    }
}

impl fmt::Display for Seen {
    /// `12 files were seen (7 .html, 3 .png, 2 without extension)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// More kinds than this do not help anyone.
        const SHOWN: usize = 5;
        match self.files {
            0 => return f.write_str("no file was seen"),
            1 => f.write_str("1 file was seen (")?,
            n => write!(f, "{n} files were seen (")?,
        }
        let mut kinds: Vec<_> = self.extensions.iter().collect();
        kinds.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        for (i, (extension, count)) in kinds.iter().take(SHOWN).enumerate() {
            let comma = if i == 0 { "" } else { ", " };
            match extension.as_str() {
                "" => write!(f, "{comma}{count} without extension")?,
                extension => write!(f, "{comma}{count} .{extension}")?,
            }
        }
        f.write_str(if kinds.len() > SHOWN { ", …)" } else { ")" })
    }
}
