//! All dialects, and which of them a page speaks.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError};
use include_dir::Dir;

use super::columns;
use super::dialect::Dialect;
use super::fence::{Fences, Place};
use crate::model::lines;

/// All dialects that are known.
#[derive(Clone, Debug)]
pub struct Dialects {
    /// Sorted by name.
    known: Vec<Dialect>,
    /// Every string that speaks for a dialect.
    words: AhoCorasick,
    /// What each of these strings says, in their order.
    signs: Vec<Sign>,
}

/// What a string says.
#[derive(Clone, Copy, Debug)]
struct Sign {
    /// The place of the dialect that it speaks for.
    dialect: usize,
    /// Only where a line begins with it.
    begins_line: bool,
}

/// What will be read: it decides between what is fast and what is soon ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// A set of pages.
    Pages,
    /// A few units, to show them.
    Excerpts,
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
    pub fn load(folder: &Dir<'_>, texts: Texts) -> Result<Self, BadDialect> {
        let mut known = Vec::new();
        for file in folder.files() {
            let text = file.contents_utf8().unwrap_or_default();
            let dialect: Dialect = toml::from_str(text).map_err(|e| BadDialect {
                file: file.path().display().to_string(),
                message: e.to_string(),
            })?;
            known.push(dialect);
        }
        known.sort_by(|a, b| a.name.cmp(&b.name));
        Self::of(known, texts).map_err(|e| BadDialect {
            file: folder.path().display().to_string(),
            message: e.to_string(),
        })
    }

    /// These dialects alone, in the order of their names.
    ///
    /// # Errors
    /// Together they have more to look for than can be looked for at once.
    pub fn of(known: Vec<Dialect>, texts: Texts) -> Result<Self, BuildError> {
        let (words, signs) = signs(&known);
        let kind = match texts {
            Texts::Pages => AhoCorasickKind::DFA,
            Texts::Excerpts => AhoCorasickKind::ContiguousNFA,
        };
        let words = AhoCorasick::builder().kind(Some(kind)).build(words)?;
        Ok(Dialects {
            known,
            words,
            signs,
        })
    }

    /// The dialect of this name.
    pub fn get(&self, name: &str) -> Option<&Dialect> {
        self.known.iter().find(|d| d.name == name)
    }

    /// Those with these names, and that of texts that speak no other.
    pub fn only(&self, names: &BTreeSet<&str>) -> Vec<Dialect> {
        let named = self.known.iter().filter(|d| d.is_among(names));
        named.cloned().collect()
    }

    /// All names, sorted.
    pub fn names(&self) -> Vec<&str> {
        self.known.iter().map(|d| d.name.as_str()).collect()
    }

    /// The dialect that the text itself speaks outside of its code; CommonMark where nothing says
    /// otherwise. Ties go to the first name.
    pub fn detect(&self, text: &str) -> &Dialect {
        let mut votes = vec![0usize; self.known.len()];
        if self.words.is_match(text) {
            self.count(text, &mut votes);
        }
        let plain = self.known.iter().position(Dialect::is_plain);
        let best = (0..votes.len()).rev().max_by_key(|i| votes[*i]);
        let found = best.filter(|i| votes[*i] > 0).or(plain).unwrap_or(0);
        &self.known[found]
    }

    fn count(&self, text: &str, votes: &mut [usize]) {
        let mut fences = Fences::default();
        for line in lines(text) {
            // The line that opens a fence may name a directive.
            let place = fences.place(line);
            if place == Place::Inside {
                continue;
            }
            let start = line.len() - behind_prefix(line).len();
            let mut ticks = None;
            for found in self.words.find_overlapping_iter(line) {
                let sign = self.signs[found.pattern().as_usize()];
                let holds = !sign.begins_line || found.start() == start;
                let code = match place {
                    Place::Opening => !sign.begins_line,
                    _ => {
                        let ticks = ticks.get_or_insert_with(|| backticks(line));
                        is_code(ticks, found.start())
                    }
                };
                if holds && !code {
                    votes[sign.dialect] += 1;
                }
            }
        }
    }
}

/// Every string that speaks for a dialect, and what it says.
fn signs(known: &[Dialect]) -> (Vec<&str>, Vec<Sign>) {
    let mut words = Vec::new();
    let mut signs = Vec::new();
    for (dialect, d) in known.iter().enumerate() {
        for (list, begins_line) in [(&d.detect, false), (&d.detect_lines, true)] {
            for word in list {
                words.push(word.as_str());
                signs.push(Sign {
                    dialect,
                    begins_line,
                });
            }
        }
    }
    (words, signs)
}

/// A line without its indentation, the marker of its list item and those of its quotes.
fn behind_prefix(line: &str) -> &str {
    let body = line.trim_start_matches([' ', '\t', '>', '\u{feff}']);
    let after = columns::item_marker(body).map(|n| &body[n..]);
    after.map_or(body, str::trim_start)
}

/// Where the backticks of a line stand.
fn backticks(line: &str) -> Vec<usize> {
    line.match_indices('`').map(|(at, _)| at).collect()
}

/// Does the byte at `at` stand in a code span of its line, which has these backticks?
fn is_code(backticks: &[usize], at: usize) -> bool {
    let before = backticks.partition_point(|tick| *tick < at);
    before % 2 == 1 && before < backticks.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::PACKS;

    #[test]
    fn pages_tell_their_dialect() {
        let folder = PACKS.get_dir("dialects").expect("dialects are built in");
        let dialects = Dialects::load(folder, Texts::Pages).expect("the dialects load");
        for (text, want) in [
            ("# Plain\n\n> [!NOTE]\n> a\n", "commonmark"),
            ("Stop!!! Now. Why??? So.\n", "commonmark"),
            ("```md\n{{< note >}}\n:::note\n```\n", "commonmark"),
            ("Write `{{< note >}}` or `:::zone`.\n", "commonmark"),
            ("Title\n=== \n\na::b and a :::c\n", "commonmark"),
            ("Import the data, then {export} it <tabs>.\n", "commonmark"),
            ("a\n\n:::tip[Do]\nb\n:::\n", "docusaurus"),
            ("import A from './_a.mdx';\n\n<A />\n", "docusaurus"),
            ("1. {% data reusables.a %}\n", "github"),
            ("{% note %}\n\na\n\n{% endnote %}\n", "github"),
            ("[[_TOC_]]\n", "gitlab"),
            ("- {{< glossary_tooltip term_id=\"a\" >}}\n", "hugo"),
            ("1. a\n\n    ??? note\n        b\n", "mkdocs"),
            ("=== \"A\"\n\n    a\n", "mkdocs"),
            ("{% tab label=\"A\" %}\na\n{% /tab %}\n", "markdoc"),
            ("{{#include a.md}}\n", "mdbook"),
            ("(a)=\n# A\n", "myst"),
            ("```{note}\na\n```\n", "myst"),
            ("1. a\n\n   :::{tip}\n   b\n   :::\n", "myst"),
            ("```{r}\nplot(x)\n```\n", "commonmark"),
            ("- a\n\n    :::image source=\"a.png\":::\n", "msdocs"),
            ("# [A](#tab/a)\n", "msdocs"),
            ("> [!div class=\"checklist\"]\n> * a\n", "msdocs"),
        ] {
            assert_eq!(dialects.detect(text).name, want, "{text}");
        }
    }
}
