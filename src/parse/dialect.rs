//! The dialects of Markdown, as data: one file each under `grammar/dialects`.

use aho_corasick::AhoCorasick;
use include_dir::Dir;
use serde::Deserialize;

/// What a documentation tool adds to Markdown.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialect {
    /// Its name in `stepwell.toml`.
    pub name: String,
    /// Strings that speak for it. The dialect with most of them on a page is taken.
    detect: Vec<String>,
    /// A heading that is only a link to an address with this beginning opens a tab.
    #[serde(default)]
    pub(super) tab_links: Option<String>,
    /// Lines of `import …` and `export …` outside of code are not text.
    #[serde(default)]
    pub(super) esm: bool,
    #[serde(default, rename = "delimiter")]
    pub(super) delimiters: Vec<Delimiter>,
    #[serde(default, rename = "tag")]
    pub(super) tags: Vec<TagRule>,
    #[serde(default)]
    pub(super) indented: Vec<IndentedRule>,
    #[serde(default, rename = "snippet")]
    pub(super) snippets: Vec<SnippetRule>,
}

/// How a tag is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Delimiter {
    pub(super) open: String,
    /// Empty: the tag goes to the end of the line.
    pub(super) close: String,
    /// What stands before the name of a closing tag.
    #[serde(default)]
    pub(super) closer: Option<String>,
    /// Only at the beginning of a line; `close` may be missing there.
    #[serde(default)]
    pub(super) line: bool,
    /// Names must begin with a capital letter, or be listed.
    #[serde(default)]
    pub(super) components: bool,
}

/// What tags of these names do.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TagRule {
    pub(super) names: Vec<String>,
    pub(super) role: TagRole,
    /// The name of the closing tag, where it is not `closer` and the name.
    #[serde(default)]
    pub(super) end: Option<String>,
    /// Tags between opening and closing that begin the next alternative.
    #[serde(default)]
    pub(super) alternatives: Vec<String>,
    /// For a variant: the attributes that may say which one it is; the first that is there does.
    #[serde(default)]
    pub(super) key: Vec<String>,
    /// For a variant: what kind of choice it is, where the attribute's name does not say.
    #[serde(default)]
    pub(super) kind: Option<String>,
    /// The attributes that may hold what a reader sees.
    #[serde(default)]
    pub(super) text: Vec<String>,
    /// The attributes that may hold an address.
    #[serde(default)]
    pub(super) address: Vec<String>,
    /// What a reader sees for certain values of `text`.
    #[serde(default)]
    pub(super) words: std::collections::BTreeMap<String, String>,
}

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum TagRole {
    /// A note, a warning.
    Admonition,
    /// Holds variants.
    Variants,
    /// One of several alternatives.
    Variant,
    /// A container without meaning of its own.
    Plain,
    /// What is in it is not shown to readers.
    Comment,
    /// Text of another file stands here.
    Include,
    /// Stands for a text.
    Text,
    /// A reference to a glossary entry.
    Term,
    /// Stands for something that is not text.
    Skip,
}

/// A marker line whose content is indented below it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IndentedRule {
    pub(super) open: String,
    pub(super) role: TagRole,
    #[serde(default)]
    pub(super) kind: Option<String>,
}

/// A marker line that names a file to include.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SnippetRule {
    pub(super) open: String,
}

impl Dialect {
    /// The rule for tags of this name.
    pub(super) fn rule(&self, name: &str) -> Option<&TagRule> {
        self.tags
            .iter()
            .find(|rule| rule.names.iter().any(|n| n == name))
    }

    /// Does this name close, or continue, a container of the dialect?
    pub(super) fn closes(&self, name: &str) -> bool {
        self.tags
            .iter()
            .any(|rule| rule.end.as_deref() == Some(name))
    }
}

/// All dialects that are known.
#[derive(Clone, Debug)]
pub struct Dialects {
    /// Sorted by name.
    known: Vec<Dialect>,
    /// Every string that speaks for a dialect, and the dialect it speaks for.
    signs: AhoCorasick,
    speaks_for: Vec<usize>,
}

/// A dialect file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the dialect file {file} cannot be read: {message}")]
pub struct BadDialect {
    /// The file.
    pub file: String,
    /// What is wrong, with its place.
    pub message: String,
}

impl Dialects {
    /// The dialects in a folder of TOML files.
    ///
    /// # Errors
    /// A file that is not a dialect.
    pub fn load(folder: &Dir<'_>) -> Result<Self, BadDialect> {
        let mut dialects = Vec::new();
        for file in folder.files() {
            let name = file.path().display().to_string();
            let text = file.contents_utf8().unwrap_or_default();
            let dialect: Dialect = toml::from_str(text).map_err(|e| BadDialect {
                file: name,
                message: e.to_string(),
            })?;
            dialects.push(dialect);
        }
        dialects.sort_by(|a, b| a.name.cmp(&b.name));
        let signs = dialects.iter().flat_map(|d| &d.detect);
        let signs = AhoCorasick::new(signs).map_err(|e| BadDialect {
            file: folder.path().display().to_string(),
            message: e.to_string(),
        })?;
        let speaks_for = dialects.iter().enumerate();
        let speaks_for = speaks_for.flat_map(|(i, d)| d.detect.iter().map(move |_| i));
        Ok(Dialects {
            speaks_for: speaks_for.collect(),
            known: dialects,
            signs,
        })
    }

    /// The dialect of this name.
    pub fn get(&self, name: &str) -> Option<&Dialect> {
        self.known.iter().find(|d| d.name == name)
    }

    /// All names, sorted.
    pub fn names(&self) -> Vec<&str> {
        self.known.iter().map(|d| d.name.as_str()).collect()
    }

    /// The dialect that the text itself speaks; CommonMark where nothing says otherwise. Ties go
    /// to the first name.
    pub fn detect(&self, text: &str) -> &Dialect {
        let mut votes = vec![0usize; self.known.len()];
        for sign in self.signs.find_iter(text) {
            votes[self.speaks_for[sign.pattern().as_usize()]] += 1;
        }
        let plain = self.known.iter().position(|d| d.name == "commonmark");
        let best = (0..votes.len()).rev().max_by_key(|i| votes[*i]);
        let found = best.filter(|i| votes[*i] > 0).or(plain).unwrap_or(0);
        &self.known[found]
    }
}
