//! The dialects of Markdown, as data: one file each under `grammar/dialects`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The dialect of pages that speak no other.
const PLAIN: &str = "commonmark";

/// What a documentation tool adds to Markdown.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Dialect {
    /// Its name in `stepwell.toml`.
    pub name: String,
    /// Strings that speak for it, wherever they stand outside of code.
    pub(super) detect: Vec<String>,
    /// Strings that speak for it where a line begins with them.
    #[serde(default)]
    pub(super) detect_lines: Vec<String>,
    /// A heading that is only a link to an address with this beginning opens a tab.
    #[serde(default)]
    pub(super) tab_links: Option<String>,
    /// Lines of `import …` and `export …` outside of code are not text.
    #[serde(default)]
    pub(super) esm: bool,
    /// Braces right behind a link or other markup hold attributes.
    #[serde(default)]
    pub(super) attributes: bool,
    /// Links with these texts show the title of what they lead to.
    #[serde(default)]
    pub(super) untitled: Vec<String>,
    #[serde(default, rename = "delimiter")]
    pub(super) delimiters: Vec<Delimiter>,
    #[serde(default, rename = "tag")]
    pub(super) tags: Vec<TagRule>,
    #[serde(default)]
    pub(super) indented: Vec<IndentedRule>,
    #[serde(default, rename = "directive")]
    pub(super) directives: Vec<DirectiveRule>,
    /// What stands in backticks behind a name in braces.
    #[serde(default, rename = "role")]
    pub(super) roles: Vec<RoleRule>,
    #[serde(default, rename = "snippet")]
    pub(super) snippets: Vec<SnippetRule>,
    /// A line that is this opens a quote over several paragraphs, and closes it.
    #[serde(default)]
    pub(super) quote: Option<String>,
}

/// How a tag is written.
#[derive(Clone, Debug, Deserialize, Serialize)]
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
    /// Elements of JSX: names that are not listed must begin with a capital letter, values may be
    /// expressions in braces, and what stands indented between opening and closing is no code.
    #[serde(default)]
    pub(super) components: bool,
    /// Only names that are listed make a tag.
    #[serde(default)]
    pub(super) listed: bool,
    /// What tags do whose name is not listed.
    #[serde(default)]
    pub(super) other: Option<TagRole>,
}

/// What tags of these names do.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TagRule {
    pub(super) names: Vec<String>,
    pub(super) role: TagRole,
    /// The name of the closing tag, where it is not `closer` and the name.
    #[serde(default)]
    pub(super) end: Option<String>,
    /// What stands indented between opening and closing is no code.
    #[serde(default)]
    pub(super) loose: bool,
    /// Tags between opening and closing that begin the next alternative.
    #[serde(default)]
    pub(super) alternatives: Vec<String>,
    /// For a variant: the attributes that may say which one it is; the first that is there does. For an
    /// admonition: those that may say of which kind it is.
    #[serde(default)]
    pub(super) key: Vec<String>,
    /// For a variant: what kind of choice it is, where the attribute's name does not say. For an admonition:
    /// of which kind it is, where its name does not say.
    #[serde(default)]
    pub(super) kind: Option<String>,
    /// The attributes that may hold what a reader sees.
    #[serde(default)]
    pub(super) text: Vec<String>,
    /// What `text` holds is the name of a value that only the site knows: it is shown in braces.
    #[serde(default)]
    pub(super) variable: bool,
    /// The attributes that may hold an address.
    #[serde(default)]
    pub(super) address: Vec<String>,
    /// The address is a dotted path, of which only those with a certain beginning are files.
    #[serde(default)]
    pub(super) dotted: Option<Dotted>,
    /// What a reader sees for certain values of `text`.
    #[serde(default)]
    pub(super) words: std::collections::BTreeMap<String, String>,
}

/// How a dotted path becomes an address: `reusables.git.push` is `/data/reusables/git/push.md`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dotted {
    /// What the path of a file begins with: `reusables.`
    pub(super) prefix: String,
    /// What comes in its place: `/data/reusables/`
    pub(super) folder: String,
    /// What comes after: `.md`
    pub(super) suffix: String,
}

impl Dotted {
    /// The address that a path means; `None` where it names no file.
    pub(super) fn address(&self, path: &str) -> Option<String> {
        let rest = path.strip_prefix(&self.prefix)?;
        let (folder, suffix) = (&self.folder, &self.suffix);
        Some(format!("{folder}{}{suffix}", rest.replace('.', "/")))
    }
}

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum TagRole {
    /// A note, a warning.
    Admonition,
    /// Holds variants.
    Variants,
    /// One of several alternatives.
    Variant,
    /// Holds steps.
    Steps,
    /// One step, with its title among the attributes or as a heading in it.
    Step,
    /// Holds what its title names.
    Titled,
    /// Code of which each piece is one alternative, named behind the language.
    Codes,
    /// What is in it is code, whatever it looks like.
    Code,
    /// A container without meaning of its own.
    Plain,
    /// What is in it is not shown to readers.
    Comment,
    /// Text of another file stands here.
    Include,
    /// Stands for a text.
    Text,
    /// Stands for an address.
    Address,
    /// A reference to a glossary entry.
    Term,
    /// Stands for something that is not text.
    Skip,
}

/// A marker line whose content is indented below it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IndentedRule {
    pub(super) open: String,
    pub(super) role: TagRole,
    #[serde(default)]
    pub(super) kind: Option<String>,
}

impl IndentedRule {
    /// What stands behind the marker on a line that this rule is about.
    pub(super) fn opens<'t>(&self, text: &'t str) -> Option<&'t str> {
        let rest = text.strip_prefix(&self.open)?;
        (rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n'])).then_some(rest)
    }
}

/// Fences of these names hold Markdown: "```{note}".
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DirectiveRule {
    pub(super) names: Vec<String>,
    pub(super) role: TagRole,
}

/// What roles of these names do; any other shows code.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoleRule {
    pub(super) names: Vec<String>,
    pub(super) does: RoleDoes,
}

/// What a role does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RoleDoes {
    /// Leads to a label of the set.
    Label,
    /// Leads to a file.
    Path,
    /// Marks text up.
    Text,
}

/// A marker line that names a file to include.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SnippetRule {
    pub(super) open: String,
}

impl Dialect {
    /// Is it the one of pages that speak no other?
    pub(super) fn is_plain(&self) -> bool {
        self.name == PLAIN
    }

    /// Is it one of these, or that of pages that speak no other?
    pub fn is_among(&self, names: &BTreeSet<&str>) -> bool {
        self.is_plain() || names.contains(self.name.as_str())
    }

    /// Is it MDX: elements of JSX among Markdown?
    pub(super) fn has_components(&self) -> bool {
        self.delimiters.iter().any(|d| d.components)
    }

    /// The signs of a tag that may hold code, where a line begins with them.
    pub(super) fn may_hold_code(&self, line: &str) -> Option<&Delimiter> {
        let opens = |d: &&Delimiter| !d.open.is_empty() && line.starts_with(&d.open);
        let found = self.delimiters.iter().find(opens)?;
        let holds = self.tags.iter().any(|rule| rule.role == TagRole::Code);
        holds.then_some(found)
    }

    /// Are there containers whose content is a text of its own?
    pub(super) fn holds_texts(&self) -> bool {
        !self.indented.is_empty() || !self.directives.is_empty()
    }

    /// The rule for tags of this name.
    pub(super) fn rule(&self, name: &str) -> Option<&TagRule> {
        self.tags
            .iter()
            .find(|rule| rule.names.iter().any(|n| n == name))
    }

    /// Does this name close a container of the dialect?
    pub(super) fn closes(&self, name: &str) -> bool {
        self.tags
            .iter()
            .any(|rule| rule.end.as_deref() == Some(name))
    }

    /// Does this name open or close a container in which indented text is no code?
    pub(super) fn is_loose(&self, name: &str) -> bool {
        let named = |rule: &TagRule| {
            rule.end.as_deref() == Some(name) || rule.names.iter().any(|n| n == name)
        };
        self.tags.iter().any(|rule| rule.loose && named(rule))
    }

    /// The rule of a container in which this name begins the next alternative.
    pub(super) fn continued(&self, name: &str) -> Option<&TagRule> {
        self.tags
            .iter()
            .find(|rule| rule.alternatives.iter().any(|n| n == name))
    }
}
