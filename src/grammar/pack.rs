//! Reading one file of a pack: its phrases by role, and the examples of each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use memchr::memchr_iter;
use serde::Deserialize;
use toml::Spanned;

use super::lexicon::{Example, Lexicon};
use super::pattern::{self, Element};
use super::role::Role;
use super::verbs::{add_verb, joined};

/// A pack that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{}: {message}", place(file, *line))]
pub struct BadGrammar {
    /// The file of the pack.
    pub file: PathBuf,
    /// 1-based; 0 where the file as a whole is meant.
    pub line: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

fn place(file: &Path, line: usize) -> String {
    match line {
        0 => file.display().to_string(),
        _ => format!("{}:{line}", file.display()),
    }
}

/// A file of a pack: its phrases by role.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseFile {
    construct: Spanned<String>,
    #[serde(default)]
    entry: Vec<PhraseEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseEntry {
    role: Spanned<String>,
    phrases: Vec<Spanned<String>>,
    #[serde(default)]
    set: BTreeMap<String, String>,
    #[serde(default)]
    accept: Vec<Spanned<String>>,
    #[serde(default)]
    reject: Vec<Spanned<String>>,
    /// In a pack that adds to a built-in one: these phrases stand instead of the built-in ones.
    #[serde(default)]
    replace: bool,
}

const VERB: &str = "verb";
const NOT_VERB: &str = "not_verb";
const AMBIGUOUS: &str = "ambiguous";

/// The roles that constructs ask for, as `construct.role`; `None` where any may be named.
pub(super) type Known<'a> = Option<&'a BTreeSet<String>>;

/// The number of the line in which a byte stands, from where lines end.
fn line_at(ends: &[usize], offset: usize) -> usize {
    ends.partition_point(|end| *end < offset) + 1
}

/// A file of a pack while it is read.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

impl File<'_> {
    /// What the file says, as TOML.
    pub(super) fn parse<T: serde::de::DeserializeOwned>(self) -> Result<T, BadGrammar> {
        toml::from_str(self.text).map_err(|e| {
            let at = e.span().map_or(0, |s| s.start);
            self.bad(at, e.message().to_owned())
        })
    }

    fn bad(self, offset: usize, message: String) -> BadGrammar {
        BadGrammar {
            file: self.path.to_owned(),
            line: line_at(&self.line_ends(), offset),
            message,
        }
    }

    fn line_ends(self) -> Vec<usize> {
        memchr_iter(b'\n', self.text.as_bytes()).collect()
    }

    /// Adds the phrases of the file to a language.
    pub(super) fn add_to(self, lexicon: &mut Lexicon, known: Known<'_>) -> Result<(), BadGrammar> {
        let read: PhraseFile = self.parse()?;
        let ends = self.line_ends();
        let construct = read.construct.get_ref().as_str();
        for entry in &read.entry {
            if let Some(message) = unknown(construct, entry.role.get_ref(), known) {
                let at = match message.about {
                    About::Construct => read.construct.span().start,
                    About::Role => entry.role.span().start,
                };
                return Err(self.bad(at, message.text));
            }
            let (name, role) = self.add_entry(lexicon, construct, entry)?;
            let line = |offset| line_at(&ends, offset);
            self.add_examples(lexicon, (&name, role), entry, line);
        }
        Ok(())
    }

    /// Adds the phrases of an entry, and gives the name and the role that they have.
    fn add_entry(
        self,
        lexicon: &mut Lexicon,
        construct: &str,
        entry: &PhraseEntry,
    ) -> Result<(String, Role), BadGrammar> {
        let role_name = entry.role.get_ref().as_str();
        let name = format!("{construct}.{role_name}");
        let role = Role::of(construct, role_name);
        if entry.accept.is_empty() || entry.reject.is_empty() {
            let message = format!("{name} needs at least one `accept` and one `reject` example");
            return Err(self.bad(entry.role.span().start, message));
        }
        if entry.replace {
            lexicon.forget(role);
        }
        let set = entry.set.iter().map(|(k, v)| (k.as_str(), v.as_str()));
        let number = lexicon.add_entry(role, &name, set);
        let verb = construct == VERB && role_name != NOT_VERB && role_name != AMBIGUOUS;
        for phrase in &entry.phrases {
            let sequences = pattern::expand(phrase.get_ref())
                .map_err(|message| self.bad(phrase.span().start, message))?;
            for sequence in sequences {
                if verb {
                    add_verb(lexicon, role_name, &sequence);
                    lexicon.add_phrase(number, &together(sequence));
                } else {
                    lexicon.add_phrase(number, &sequence);
                }
            }
        }
        Ok((name, role))
    }

    fn add_examples(
        self,
        lexicon: &mut Lexicon,
        (name, role): (&str, Role),
        entry: &PhraseEntry,
        line: impl Fn(usize) -> usize,
    ) {
        let accepted = entry.accept.iter().map(|t| (t, true));
        for (text, accept) in accepted.chain(entry.reject.iter().map(|t| (t, false))) {
            lexicon.add_example(Example {
                name: name.to_owned(),
                role,
                text: text.get_ref().clone(),
                accept,
                file: self.path.to_owned(),
                line: line(text.span().start),
            });
        }
    }
}

/// A verb without the sign where it comes apart.
fn together(sequence: Vec<Element>) -> Vec<Element> {
    let plain = |e: Element| match e {
        Element::Word(w) => Element::Word(joined(&w).into()),
        other => other,
    };
    sequence.into_iter().map(plain).collect()
}

/// What a name that no construct asks for is a part of.
enum About {
    Construct,
    Role,
}

struct Unknown {
    about: About,
    text: String,
}

/// A role that no construct asks for would be read by nobody. Verbs have classes of any name.
fn unknown(construct: &str, role: &str, known: Known<'_>) -> Option<Unknown> {
    let known = known?;
    if construct == VERB || known.contains(&format!("{construct}.{role}")) {
        return None;
    }
    let roles: Vec<&str> = known
        .iter()
        .filter_map(|name| name.strip_prefix(construct)?.strip_prefix('.'))
        .collect();
    if !roles.is_empty() {
        let roles = roles.join(", ");
        return Some(Unknown {
            about: About::Role,
            text: format!("{construct:?} has no role {role:?}; its roles are {roles}"),
        });
    }
    let constructs = known
        .iter()
        .filter_map(|name| Some(name.split_once('.')?.0));
    let constructs: BTreeSet<&str> = constructs.collect();
    let constructs: Vec<&str> = constructs.into_iter().collect();
    Some(Unknown {
        about: About::Construct,
        text: format!(
            "there is no construct {construct:?}; there are {}",
            constructs.join(", ")
        ),
    })
}
