//! Globs over paths relative to the root. The only module that names `globset`.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// A list of globs. `*` stays within a folder, `**` crosses folders, a leading `/` is the root.
#[derive(Clone, Debug)]
pub struct Globs {
    written: Vec<String>,
    /// `written[owner[i]]` is where the set's glob `i` comes from.
    owner: Vec<usize>,
    set: GlobSet,
}

/// A glob that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the glob {glob:?} {problem}")]
pub struct BadGlob {
    /// As written.
    pub glob: String,
    /// What is wrong with it and what would be right.
    pub problem: String,
}

impl Default for Globs {
    fn default() -> Self {
        Globs {
            written: Vec::new(),
            owner: Vec::new(),
            set: GlobSet::empty(),
        }
    }
}

impl Globs {
    /// Globs that match files by their whole path.
    ///
    /// # Errors
    /// One that is not a glob, or that climbs out of the root.
    pub fn files(globs: &[&str]) -> Result<Globs, BadGlob> {
        Globs::build(globs, |glob| vec![glob.to_owned()])
    }

    /// Globs that match files, and folders with all that is in them: `internal`, `internal/` and
    /// `internal/**` mean the same.
    ///
    /// # Errors
    /// As [`Globs::files`].
    pub fn files_and_folders(globs: &[&str]) -> Result<Globs, BadGlob> {
        Globs::build(globs, |glob| {
            let folder = glob.strip_suffix("/**").unwrap_or(glob);
            let folder = folder.trim_end_matches('/');
            vec![folder.to_owned(), format!("{folder}/**"), glob.to_owned()]
        })
    }

    /// Does one of them match this path? It is relative to the root, with `/`.
    pub fn is_match(&self, path: &str) -> bool {
        self.set.is_match(path)
    }

    /// Does one of them match this path and also say how the file's name looks? `docs/**` says
    /// nothing about names, `**/*.txt` does.
    pub fn names(&self, path: &str) -> bool {
        let matches = self.set.matches(path);
        matches
            .iter()
            .any(|at| says_a_name(&self.written[self.owner[*at]]))
    }

    /// As they were written.
    pub fn written(&self) -> &[String] {
        &self.written
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.written.is_empty()
    }

    fn build(globs: &[&str], forms: impl Fn(&str) -> Vec<String>) -> Result<Globs, BadGlob> {
        let mut result = Globs::default();
        let mut set = GlobSetBuilder::new();
        for (at, glob) in globs.iter().enumerate() {
            result.written.push((*glob).to_owned());
            for form in forms(rooted(glob)?) {
                set.add(compile(&form).map_err(|e| bad(glob, &e))?);
                result.owner.push(at);
            }
        }
        let all = result.written.join(", ");
        result.set = set.build().map_err(|e| bad(&all, &e))?;
        Ok(result)
    }
}

fn compile(glob: &str) -> Result<globset::Glob, globset::Error> {
    GlobBuilder::new(glob)
        .literal_separator(true)
        .backslash_escape(true)
        .build()
}

fn bad(glob: &str, error: &globset::Error) -> BadGlob {
    BadGlob {
        glob: glob.to_owned(),
        problem: format!("cannot be read: {}", error.kind()),
    }
}

/// The glob without what stands for the root.
fn rooted(glob: &str) -> Result<&str, BadGlob> {
    let problem = |problem: &str| BadGlob {
        glob: glob.to_owned(),
        problem: problem.to_owned(),
    };
    if glob.split(['/', '\\']).any(|part| part == "..") {
        return Err(problem(
            "leaves the root: globs are relative to the root and stay in it",
        ));
    }
    let inside = glob.strip_prefix("./").unwrap_or(glob);
    let inside = inside.trim_start_matches('/');
    if inside.is_empty() {
        return Err(problem("matches nothing: write `**` for every file"));
    }
    Ok(inside)
}

fn says_a_name(glob: &str) -> bool {
    let last = glob.rsplit('/').next().unwrap_or_default();
    last.contains(|c| c != '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_in_its_folder() {
        let globs = Globs::files(&["*.md", "/docs/**/*.md"]).expect("globs");
        assert!(globs.is_match("a.md"));
        assert!(!globs.is_match("x/a.md"));
        assert!(globs.is_match("docs/a.md") && globs.is_match("docs/x/y/a.md"));
    }

    #[test]
    fn every_way_to_write_a_folder_means_all_that_is_in_it() {
        for glob in [
            "internal",
            "internal/",
            "internal/**",
            "./internal",
            "/internal/",
        ] {
            let globs = Globs::files_and_folders(&[glob]).expect(glob);
            assert!(globs.is_match("internal"), "{glob}");
            assert!(globs.is_match("internal/a.md"), "{glob}");
            assert!(globs.is_match("internal/x/y.md"), "{glob}");
            assert!(!globs.is_match("internals/a.md"), "{glob}");
            assert!(!globs.is_match("x/internal/a.md"), "{glob}");
        }
    }

    #[test]
    fn only_a_glob_with_a_name_vouches_for_a_format() {
        let globs = Globs::files(&["docs/**", "**/*.txt", "**/README"]).expect("globs");
        assert!(globs.is_match("docs/Makefile") && !globs.names("docs/Makefile"));
        assert!(globs.names("docs/a.txt") && globs.names("x/README"));
    }

    #[test]
    fn what_is_no_glob_or_leaves_the_root_is_refused() {
        for (glob, problem) in [
            ("../**", "leaves the root"),
            ("a/../../b", "leaves the root"),
            ("a[", "cannot be read"),
            ("{a,b", "cannot be read"),
            ("", "matches nothing"),
            ("/", "matches nothing"),
        ] {
            let error = Globs::files(&[glob]).expect_err(glob);
            assert!(error.to_string().contains(problem), "{error}");
        }
    }
}
