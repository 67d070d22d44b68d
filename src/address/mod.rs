//! Addresses that authors write, and the files of a set they lead to.
//!
//! *Deliberately absent:* reading files. A path is looked up among the paths of the set.

use rustc_hash::FxHashMap;

use crate::model::FileId;

/// What is tried behind an address that is no file of the set itself, in this order.
const EXTENSIONS: [&str; 3] = [".md", ".mdx", ".html.md"];
/// What is tried in a folder, in this order.
const INDEX_FILES: [&str; 4] = ["_index.md", "index.md", "README.md", "index.mdx"];

/// The paths of a set.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    by_path: FxHashMap<String, FileId>,
    /// The files below each folder.
    folders: FxHashMap<String, Vec<FileId>>,
}

/// An address in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Decoded, without query and fragment. Empty for `#fragment`.
    pub path: String,
    /// Decoded, without `#`. Empty where there is none.
    pub fragment: String,
}

/// What an address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// A file of the set.
    File(FileId),
    /// A folder of the set that has no index page.
    Folder,
    /// A path outside the root.
    Outside,
    /// Nothing.
    Nothing,
}

impl Paths {
    /// The paths of files, in the order of their ids.
    pub fn new<'a>(paths: impl IntoIterator<Item = &'a str>) -> Self {
        let mut index = Paths::default();
        for (i, path) in paths.into_iter().enumerate() {
            index.by_path.insert(path.to_owned(), FileId(i as u32));
            for (at, _) in path.match_indices('/') {
                let below = index.folders.entry(path[..at].to_owned()).or_default();
                below.push(FileId(i as u32));
            }
        }
        index
    }

    /// What `path`, written in the file `from`, leads to. A leading `/` is the root.
    pub fn lead(&self, from: &str, path: &str) -> Lead {
        self.lead_among(from, path, &|_| true)
    }

    /// [`Paths::lead`], where only some of the files are there.
    pub fn lead_among(&self, from: &str, path: &str, there: &dyn Fn(FileId) -> bool) -> Lead {
        match joined(from, path) {
            Some(path) => self.at_among(&path, there),
            None => Lead::Outside,
        }
    }

    /// What a path relative to the root leads to, where only some of the files are there: the file,
    /// the file with `.md` or `.mdx`, in place of `.html` too, an index page.
    pub fn at_among(&self, path: &str, there: &dyn Fn(FileId) -> bool) -> Lead {
        let path = path.trim_matches('/');
        let get = |path: &str| self.by_path.get(path).filter(|file| there(**file));
        let page = path.strip_suffix(".html").unwrap_or(path);
        let found = get(path)
            .or_else(|| {
                EXTENSIONS
                    .iter()
                    .find_map(|end| get(&format!("{page}{end}")))
            })
            .or_else(|| {
                let folder = page.strip_suffix("/index").unwrap_or(path);
                let prefix = match folder {
                    "" | "index.html" => String::new(),
                    folder => format!("{folder}/"),
                };
                INDEX_FILES
                    .iter()
                    .find_map(|name| get(&format!("{prefix}{name}")))
            });
        match found {
            Some(file) => Lead::File(*file),
            None if path.is_empty() || self.holds_any(path, there) => Lead::Folder,
            None => Lead::Nothing,
        }
    }

    /// Is any of the files that are there below the folder?
    fn holds_any(&self, folder: &str, there: &dyn Fn(FileId) -> bool) -> bool {
        let below = self.folders.get(folder);
        below.is_some_and(|files| files.iter().any(|file| there(*file)))
    }
}

/// `path` as seen from the file `from`, without `.` and `..`; `None` where it leaves the root.
fn joined(from: &str, path: &str) -> Option<String> {
    let base = match path.starts_with('/') {
        true => "",
        false => from.rsplit_once('/').map_or("", |(folder, _)| folder),
    };
    let mut parts: Vec<&str> = base.split('/').filter(|p| !p.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

impl Address {
    /// Takes an address as written apart; `None` for one that is not a path: `https:`, `mailto:`.
    pub fn read(written: &str) -> Option<Self> {
        let written = written.trim();
        if has_scheme(written) || written.starts_with("//") {
            return None;
        }
        let (rest, fragment) = written.split_once('#').unwrap_or((written, ""));
        let path = rest.split_once('?').map_or(rest, |(path, _)| path);
        Some(Address {
            path: decoded(path),
            fragment: decoded(fragment),
        })
    }
}

/// Does an address begin with `scheme:`?
pub fn has_scheme(address: &str) -> bool {
    let Some((scheme, _)) = address.split_once(':') else {
        return false;
    };
    scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}

/// The slug of a heading's text, as GitHub makes it: lower case, spaces to hyphens, punctuation
/// away, hyphens and underscores kept.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            ' ' | '\t' | '\n' => out.push('-'),
            '-' | '_' => out.push(c),
            c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

/// The slugs of a heading's text that other sites make: MkDocs writes one hyphen for several, VitePress and
/// Docutils one for whatever is between two words. Only those that [`slug()`] is not.
pub fn other_slugs(text: &str) -> Vec<String> {
    // Of plain words every site makes the same.
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b' ';
    if text.bytes().all(plain) && !text.contains("  ") {
        return Vec::new();
    }
    let own = slug(text);
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let parts = own.split('-');
    let mut all = vec![joined_words(words), joined_words(parts)];
    all.dedup();
    all.retain(|other| !other.is_empty() && *other != own);
    all
}

/// Words in lower case with a hyphen between them.
fn joined_words<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words: Vec<String> = words
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_files_folders_or_nowhere() {
        let paths = Paths::new(["a.md", "ops/drain.md", "ops/sub/README.md", "img/x/y.md"]);
        let lead = |from: &str, path: &str| paths.lead(from, path);
        assert_eq!(lead("ops/drain.md", "../a.md"), Lead::File(FileId(0)));
        assert_eq!(lead("a.md", "ops/drain"), Lead::File(FileId(1)));
        assert_eq!(lead("a.md", "ops/drain.html"), Lead::File(FileId(1)));
        assert_eq!(lead("a.md", "/ops/sub/"), Lead::File(FileId(2)));
        assert_eq!(lead("a.md", "./img/x"), Lead::Folder);
        assert_eq!(lead("a.md", "../etc/passwd"), Lead::Outside);
        assert_eq!(lead("a.md", "b.md"), Lead::Nothing);
    }

    #[test]
    fn an_address_is_a_path_and_a_fragment() {
        let read = |s: &str| Address::read(s).map(|a| (a.path, a.fragment));
        assert_eq!(
            read("a%20b.md?x=1#c%2Fd"),
            Some(("a b.md".into(), "c/d".into()))
        );
        assert_eq!(read("#top"), Some((String::new(), "top".into())));
        assert_eq!(read("https://example.com/a"), None);
        assert_eq!(read("mailto:ops@example.com"), None);
    }

    #[test]
    fn slugs_are_those_of_github() {
        assert_eq!(slug("`--config` flag"), "--config-flag");
        assert_eq!(slug("24/7 Support"), "247-support");
        assert_eq!(slug("What's next?"), "whats-next");
    }

    #[test]
    fn other_sites_make_other_slugs() {
        assert_eq!(other_slugs("Fill & drain"), ["fill-drain"]);
        assert_eq!(other_slugs("What's in pump.toml"), ["what-s-in-pump-toml"]);
        assert_eq!(other_slugs("R & D's lab"), ["r-d-s-lab", "r-ds-lab"]);
        assert!(other_slugs("Open the lid").is_empty());
    }
}
