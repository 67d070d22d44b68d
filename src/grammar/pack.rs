//! Reading the packs: the built-in ones, and a company's own on top of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::Dir;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::lexicon::{Entry, Example, Lexicon, Morphology};
use super::pattern::{self, Element};
use super::role::Role;
use super::tokens::Tokens;

/// All languages that are known, by code.
#[derive(Clone, Serialize, Deserialize)]
pub struct Grammar {
    languages: Vec<Lexicon>,
}

/// A pack that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct BadGrammar {
    /// The file of the pack.
    pub file: PathBuf,
    /// 1-based; 0 where the file as a whole is meant.
    pub line: usize,
    /// What is wrong and what would be right.
    pub message: String,
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
    accept: Vec<String>,
    #[serde(default)]
    reject: Vec<String>,
    /// In a pack that adds to a built-in one: these phrases stand instead of the built-in ones.
    #[serde(default)]
    replace: bool,
}

impl Grammar {
    /// The packs in a folder that has one folder a language.
    ///
    /// # Errors
    /// A file that is not a pack, with its line.
    pub fn load(folder: &Dir<'_>) -> Result<Self, BadGrammar> {
        let mut languages = Vec::new();
        for pack in folder.dirs() {
            let Some(language) = pack.get_file(pack.path().join("language.toml")) else {
                continue;
            };
            let text = language.contents_utf8().unwrap_or_default();
            let mut lexicon = Lexicon::new(parse(language.path(), text)?);
            let mut files: Vec<_> = pack
                .files()
                .filter(|f| f.path() != language.path())
                .collect();
            files.sort_by_key(|f| f.path());
            for file in files.iter().filter(|f| is_toml(f.path())) {
                add(
                    &mut lexicon,
                    file.path(),
                    file.contents_utf8().unwrap_or_default(),
                )?;
            }
            lexicon.settle();
            languages.push(lexicon);
        }
        languages.sort_by(|a, b| a.code().cmp(b.code()));
        Ok(Grammar { languages })
    }

    /// Adds the packs in a folder on disk: `DIR/en/condition.toml` adds to English; a language that
    /// is new brings its own `language.toml`.
    ///
    /// # Errors
    /// A folder that cannot be read, or a file that is not a pack, with its line.
    pub fn extend(&mut self, folder: &Path) -> Result<(), BadGrammar> {
        let mut found = false;
        for pack in entries(folder)?.iter().filter(|p| p.is_dir()) {
            let code = pack.file_name().unwrap_or_default().to_string_lossy();
            let files: Vec<PathBuf> = entries(pack)?.into_iter().filter(|p| is_toml(p)).collect();
            if files.is_empty() {
                continue;
            }
            found = true;
            let at = self.language_of(pack, &code)?;
            for file in files.iter().filter(|f| !f.ends_with("language.toml")) {
                let text = std::fs::read_to_string(file).map_err(|e| io(file, &e))?;
                add(&mut self.languages[at], file, &text)?;
            }
            self.languages[at].settle();
        }
        if found {
            return Ok(());
        }
        Err(BadGrammar {
            file: folder.to_owned(),
            line: 0,
            message: "no packs here: a pack is a folder named after its language (`en`) with `.toml` files in it".to_owned(),
        })
    }

    fn language_of(&mut self, pack: &Path, code: &str) -> Result<usize, BadGrammar> {
        if let Some(at) = self.languages.iter().position(|l| l.code() == code) {
            return Ok(at);
        }
        let file = pack.join("language.toml");
        let text = std::fs::read_to_string(&file).map_err(|e| io(&file, &e))?;
        self.languages.push(Lexicon::new(parse(&file, &text)?));
        Ok(self.languages.len() - 1)
    }

    /// The language with this code; its primary tag is enough (`en-US` is `en`).
    pub fn language(&self, code: &str) -> Option<&Lexicon> {
        let primary = code.split(['-', '_']).next().unwrap_or(code);
        self.languages
            .iter()
            .find(|l| l.code().eq_ignore_ascii_case(code) || l.code().eq_ignore_ascii_case(primary))
    }

    /// All languages, by code.
    pub fn languages(&self) -> impl Iterator<Item = &Lexicon> {
        self.languages.iter()
    }

    /// The language whose function words a text has most of; English where it has none.
    pub fn detect(&self, text: &str) -> &Lexicon {
        let votes = |lexicon: &Lexicon| {
            text.split_whitespace()
                .take(DETECT_WORDS)
                .filter(|w| {
                    lexicon
                        .is_function(lexicon.symbol(w.trim_matches(|c: char| !c.is_alphanumeric())))
                })
                .count()
        };
        let english = self.language("en").unwrap_or(&self.languages[0]);
        if self.languages.len() == 1 {
            return english;
        }
        let mut best = (votes(english), english);
        for lexicon in &self.languages {
            let n = votes(lexicon);
            if n > best.0 {
                best = (n, lexicon);
            }
        }
        best.1
    }
}

/// How many words of a page are looked at to tell its language.
const DETECT_WORDS: usize = 300;

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "toml")
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, BadGrammar> {
    let read = std::fs::read_dir(folder).map_err(|e| io(folder, &e))?;
    let mut paths: Vec<PathBuf> = read.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    Ok(paths)
}

fn io(file: &Path, error: &std::io::Error) -> BadGrammar {
    BadGrammar {
        file: file.to_owned(),
        line: 0,
        message: format!("cannot be read: {error}"),
    }
}

fn parse<T: serde::de::DeserializeOwned>(file: &Path, text: &str) -> Result<T, BadGrammar> {
    toml::from_str(text).map_err(|e| BadGrammar {
        file: file.to_owned(),
        line: line_of(text, e.span().map_or(0, |s| s.start)),
        message: e.message().to_owned(),
    })
}

fn line_of(text: &str, offset: usize) -> usize {
    text[..offset.min(text.len())].matches('\n').count() + 1
}

fn add(lexicon: &mut Lexicon, file: &Path, text: &str) -> Result<(), BadGrammar> {
    let bad = |offset: usize, message: String| BadGrammar {
        file: file.to_owned(),
        line: line_of(text, offset),
        message,
    };
    let read: PhraseFile = parse(file, text)?;
    let construct = read.construct.get_ref().as_str();
    for entry in &read.entry {
        let name = format!("{construct}.{}", entry.role.get_ref());
        let role = Role::of(construct, entry.role.get_ref());
        if entry.accept.is_empty() || entry.reject.is_empty() {
            let message = format!("{name} needs at least one `accept` and one `reject` example");
            return Err(bad(entry.role.span().start, message));
        }
        if entry.replace {
            lexicon.forget(role);
        }
        let number = lexicon.add_entry(Entry {
            role,
            name: name.clone(),
            set: entry.set.clone(),
        });
        for phrase in &entry.phrases {
            let sequences = pattern::expand(phrase.get_ref())
                .map_err(|message| bad(phrase.span().start, message))?;
            for sequence in sequences {
                if construct == VERB && entry.role.get_ref() != NOT_VERB {
                    add_verb(lexicon, entry.role.get_ref(), &sequence);
                }
                lexicon.add_phrase(number, &sequence);
            }
        }
        let examples = entry.accept.iter().map(|t| (t, true));
        for (text, accept) in examples.chain(entry.reject.iter().map(|t| (t, false))) {
            lexicon.add_example(Example {
                name: name.clone(),
                role,
                text: text.clone(),
                accept,
            });
        }
    }
    Ok(())
}

const VERB: &str = "verb";
const NOT_VERB: &str = "not_verb";
const AMBIGUOUS: &str = "ambiguous";

/// Adds every form of a verb, each as an entry of the role `verb.form`.
fn add_verb(lexicon: &mut Lexicon, class: &str, sequence: &[Element]) {
    let Some((Element::Word(verb), particles)) = sequence.split_first() else {
        return;
    };
    if class == AMBIGUOUS {
        return;
    }
    let lemma: Vec<&str> = sequence
        .iter()
        .filter_map(|e| match e {
            Element::Word(w) => Some(w.as_str()),
            _ => None,
        })
        .collect();
    let lemma = lemma.join(" ");
    let forms = forms(&lexicon.language.morphology, verb);
    for (form, word) in forms {
        let entry = lexicon.add_entry(Entry {
            role: Role::named("verb.form"),
            name: format!("verb.{class}"),
            set: BTreeMap::from([
                ("class".to_owned(), class.to_owned()),
                ("form".to_owned(), form.to_owned()),
                ("lemma".to_owned(), lemma.clone()),
            ]),
        });
        let mut elements = vec![Element::Word(word)];
        elements.extend_from_slice(particles);
        lexicon.add_phrase(entry, &elements);
    }
}

/// The forms of a verb that instructions use.
fn forms(morphology: &Morphology, verb: &str) -> Vec<(&'static str, String)> {
    let doubled = morphology.doubled.iter().any(|d| d == verb);
    let last = verb.chars().last().map(String::from).unwrap_or_default();
    let bend = |rules: &[(String, String)]| {
        let rule = rules
            .iter()
            .find(|(suffix, _)| verb.ends_with(suffix.as_str()))?;
        let stem = &verb[..verb.len() - rule.0.len()];
        let double = if doubled && rule.0.is_empty() {
            last.as_str()
        } else {
            ""
        };
        Some(format!("{stem}{double}{}", rule.1))
    };
    let mut forms = vec![("base", verb.to_owned())];
    if let Some(gerund) = bend(&morphology.gerund) {
        forms.push(("gerund", gerund));
    }
    let third = morphology
        .third
        .iter()
        .find(|(suffix, _)| verb.ends_with(suffix.as_str()))
        .map(|(suffix, with)| format!("{}{with}", &verb[..verb.len() - suffix.len()]));
    if let Some(third) = third {
        forms.push(("third", third));
    }
    let past = morphology
        .irregular_past
        .get(verb)
        .cloned()
        .or_else(|| bend(&morphology.past));
    if let Some(past) = past.filter(|p| p != verb) {
        forms.push(("past", past));
    }
    forms
}

impl Lexicon {
    /// Does the text have a phrase of the role? This is what `accept` and `reject` say.
    pub fn has(&self, text: &str, role: Role) -> bool {
        let tokens = Tokens::plain(text, self);
        let all = 0..tokens.tokens.len();
        tokens.matches_in(all, role).next().is_some()
    }
}
