//! All languages that are known: the built-in packs, and a company's own on top of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use include_dir::Dir;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::language::LanguageFile;
use super::lexicon::{Example, Lexicon};
use super::pack::{BadGrammar, File};
use super::role::Role;
use super::tokens::{Sym, Tokens};

/// The name of the file that says what a language is like.
const LANGUAGE: &str = "language.toml";
/// The language of texts that speak no other.
pub const ENGLISH: &str = "en";
/// How many words of a page are looked at to tell its language.
const DETECT_WORDS: usize = 300;
/// After how many it is asked each time whether the language is clear.
const DETECT_AT_ONCE: usize = 25;
/// It is where one has twice as many words as any other that it does not do without, and so many more.
const CLEAR_LEAD: usize = 12;

/// All languages that are known, by code.
#[derive(Clone, Serialize, Deserialize)]
pub struct Grammar {
    languages: Vec<Lexicon>,
}

impl Grammar {
    /// The packs in a folder that has one folder a language.
    ///
    /// # Errors
    /// A file that is not a pack, with its line.
    pub fn load(folder: &Dir<'_>) -> Result<Self, BadGrammar> {
        let packs: Vec<&Dir<'_>> = folder.dirs().collect();
        let languages: Result<Vec<Option<Lexicon>>, _> =
            packs.into_par_iter().map(built_in_language).collect();
        let mut languages: Vec<Lexicon> = languages?.into_iter().flatten().collect();
        languages.sort_by(|a, b| a.code().cmp(b.code()));
        Ok(Grammar { languages })
    }

    /// Adds the packs in a folder on disk: `DIR/en/condition.toml` adds to English; a language that
    /// is new brings its own `language.toml`. The examples of what was added are for the caller to
    /// try ([`crate::sentence::reads`]).
    ///
    /// # Errors
    /// A folder that cannot be read, or a file that is not a pack, with its line.
    pub fn extend(&mut self, folder: &Path) -> Result<(), BadGrammar> {
        let known = self.roles();
        let mut found = false;
        for pack in entries(folder)?.iter().filter(|p| p.is_dir()) {
            let files: Vec<PathBuf> = entries(pack)?.into_iter().filter(|p| is_toml(p)).collect();
            if files.is_empty() {
                continue;
            }
            found = true;
            let lexicon = self.language_of(pack)?;
            for path in files.iter().filter(|f| !f.ends_with(LANGUAGE)) {
                let text = &read(path)?;
                File { path, text }.add_to(lexicon, Some(&known))?;
            }
            lexicon.settle();
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

    /// Keeps the languages with these codes, and English, which stands in for every other. A question is
    /// then read sooner, and as one of the languages that there are answers in.
    pub fn keep(&mut self, codes: &BTreeSet<&str>) {
        let known = codes.iter().filter_map(|code| self.language(code));
        let kept: BTreeSet<String> = known
            .chain(self.language(ENGLISH))
            .map(|l| l.code().to_owned())
            .collect();
        self.languages.retain(|l| kept.contains(l.code()));
    }

    /// The examples of the packs in a folder, each with the language it is written in.
    pub fn examples_of<'g>(
        &'g self,
        folder: &'g Path,
    ) -> impl Iterator<Item = (&'g Lexicon, &'g Example)> {
        self.languages.iter().flat_map(move |lexicon| {
            let examples = lexicon.examples().iter();
            let own = examples.filter(move |e| e.file.starts_with(folder));
            own.map(move |e| (lexicon, e))
        })
    }

    /// The roles that the packs have phrases for.
    fn roles(&self) -> BTreeSet<String> {
        let names = self.languages.iter().flat_map(Lexicon::role_names);
        names.map(str::to_owned).collect()
    }

    /// The language that a folder adds to.
    fn language_of(&mut self, pack: &Path) -> Result<&mut Lexicon, BadGrammar> {
        let code = pack.file_name().unwrap_or_default().to_string_lossy();
        let path = &pack.join(LANGUAGE);
        let known = self.languages.iter().position(|l| l.code() == code);
        let at = match known {
            Some(_) if path.exists() => {
                return Err(BadGrammar {
                    file: path.to_owned(),
                    line: 0,
                    message: format!(
                        "{code:?} is known already and keeps its `{LANGUAGE}`; take this file away, and name a language that is new by a code of its own"
                    ),
                });
            }
            Some(at) => at,
            None => {
                let text = &read(path)?;
                let file: LanguageFile = File { path, text }.parse()?;
                if file.code != code {
                    return Err(BadGrammar {
                        file: path.to_owned(),
                        line: 0,
                        message: format!(
                            "says `code = {:?}`, but stands in the folder {code:?}: the two must agree",
                            file.code
                        ),
                    });
                }
                self.languages.push(Lexicon::new(file));
                self.languages.len() - 1
            }
        };
        Ok(&mut self.languages[at])
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

    /// The language whose function words a text has most of; where two have as many, as in a title
    /// that has none, the one that knows most of its words; English where that does not tell either.
    pub fn detect(&self, text: &str) -> &Lexicon {
        let english = self.language(ENGLISH).unwrap_or(&self.languages[0]);
        if self.languages.len() == 1 {
            return english;
        }
        let mut votes = vec![Votes::default(); self.languages.len()];
        for (read, word) in text.split_whitespace().take(DETECT_WORDS).enumerate() {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            for (votes, lexicon) in votes.iter_mut().zip(&self.languages) {
                votes.count(lexicon, word);
            }
            if read % DETECT_AT_ONCE == DETECT_AT_ONCE - 1 && is_clear(&votes) {
                break;
            }
        }
        // Of several that are best, English, else the first: `max_by_key` gives the last.
        let all = self.languages.iter().zip(&votes).rev();
        let best = all.max_by_key(|(lexicon, votes)| (*votes, lexicon.code() == english.code()));
        best.map_or(english, |(lexicon, _)| lexicon)
    }
}

/// What speaks for a language: first how many words a text has that it does not do without, then how
/// many it knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Votes {
    function: usize,
    known: usize,
}

impl Votes {
    fn count(&mut self, lexicon: &Lexicon, word: &str) {
        let sym = lexicon.symbol(word);
        self.function += usize::from(lexicon.is_function(sym));
        self.known += usize::from(sym != Sym::UNKNOWN);
    }
}

/// Is one language so far ahead of all others that the rest of the text will not change it?
fn is_clear(votes: &[Votes]) -> bool {
    let mut function: Vec<usize> = votes.iter().map(|v| v.function).collect();
    function.sort_unstable_by(|a, b| b.cmp(a));
    matches!(function[..], [first, second, ..] if first >= second * 2 + CLEAR_LEAD)
}

fn built_in<'a>(file: &'a include_dir::File<'a>) -> File<'a> {
    File {
        path: file.path(),
        text: file.contents_utf8().unwrap_or_default(),
    }
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "toml")
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, BadGrammar> {
    let read = std::fs::read_dir(folder).map_err(|e| unreadable(folder, &e))?;
    let mut paths: Vec<PathBuf> = read.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<String, BadGrammar> {
    std::fs::read_to_string(path).map_err(|e| unreadable(path, &e))
}

fn unreadable(file: &Path, error: &std::io::Error) -> BadGrammar {
    BadGrammar {
        file: file.to_owned(),
        line: 0,
        message: format!("cannot be read: {error}"),
    }
}

/// The language in a folder of the program; `None` where it says of no language what it is like.
fn built_in_language(pack: &Dir<'_>) -> Result<Option<Lexicon>, BadGrammar> {
    let Some(language) = pack.get_file(pack.path().join(LANGUAGE)) else {
        return Ok(None);
    };
    let mut lexicon = Lexicon::new(built_in(language).parse::<LanguageFile>()?);
    let others = |f: &&include_dir::File<'_>| is_toml(f.path()) && f.path() != language.path();
    let mut files: Vec<_> = pack.files().filter(others).collect();
    files.sort_by_key(|f| f.path());
    for file in files {
        built_in(file).add_to(&mut lexicon, None)?;
    }
    lexicon.settle();
    Ok(Some(lexicon))
}

impl Lexicon {
    /// Does the text have a phrase of the role?
    pub fn has(&self, text: &str, role: Role) -> bool {
        let tokens = Tokens::plain(text, self);
        let all = 0..tokens.tokens.len();
        tokens.matches_in(all, role).next().is_some()
    }
}
