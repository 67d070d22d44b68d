//! `language.toml`: what has to be known of a language before any construct.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::things::Things;

/// How an ending changes: the suffix that is taken away, and what stands in its place.
pub(super) type Rule = (String, String);

/// `language.toml` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LanguageFile {
    pub(super) code: String,
    name: String,
    stemmer: String,
    function_words: Vec<String>,
    #[serde(default)]
    abbreviations: Vec<String>,
    #[serde(default)]
    determiners: Vec<String>,
    #[serde(default)]
    articles: Vec<String>,
    #[serde(default)]
    subjects: Vec<String>,
    #[serde(default)]
    stop_words: Vec<String>,
    #[serde(default)]
    light_words: Vec<String>,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    synonyms: Vec<Vec<String>>,
    #[serde(default)]
    nouns: Vec<Vec<String>>,
    #[serde(default)]
    things: Vec<Vec<String>>,
    #[serde(default)]
    genres: Vec<String>,
    #[serde(default)]
    lacking: Vec<String>,
    #[serde(default)]
    morphology: MorphologyFile,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct MorphologyFile {
    #[serde(default)]
    verb: Place,
    #[serde(default)]
    gerund: Vec<Rule>,
    #[serde(default)]
    third: Vec<Rule>,
    #[serde(default)]
    past: Vec<Rule>,
    #[serde(default)]
    plural: Vec<Rule>,
    #[serde(default)]
    command: Vec<Rule>,
    #[serde(default)]
    marker: Option<String>,
    #[serde(default)]
    doubled: Vec<String>,
    #[serde(default)]
    unlisted: Vec<Rule>,
    #[serde(default)]
    irregular_past: BTreeMap<String, String>,
    #[serde(default)]
    irregular_third: BTreeMap<String, String>,
    #[serde(default)]
    irregular_command: BTreeMap<String, String>,
}

/// Words of one meaning that a company adds to a language: its `words.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordsFile {
    #[serde(default)]
    synonyms: Vec<Vec<String>>,
    #[serde(default)]
    nouns: Vec<Vec<String>>,
    #[serde(default)]
    things: Vec<Vec<String>>,
}

impl Language {
    /// Adds words of one meaning to those that are known.
    pub(super) fn add(&mut self, words: WordsFile) {
        self.synonyms.add(&words.synonyms);
        self.nouns.extend(words.nouns);
        self.things.add(&words.things);
    }
}

/// Where the verb stands in a heading.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    #[default]
    First,
    Last,
}

/// What of a language is kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Language {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) stemmer: String,
    pub(super) function_words: Vec<String>,
    pub(super) abbreviations: Vec<String>,
    pub(super) determiners: Vec<String>,
    pub(super) articles: Vec<String>,
    pub(super) subjects: Vec<String>,
    pub(super) stop_words: Vec<String>,
    /// Every word knows whether it is one, so no store keeps the list.
    #[serde(skip)]
    pub(super) light_words: Vec<String>,
    pub(super) kinds: Vec<String>,
    pub(super) synonyms: Things,
    pub(super) nouns: Vec<Vec<String>>,
    pub(super) things: Things,
    pub(super) genres: Vec<String>,
    pub(super) lacking: Vec<String>,
    pub(super) morphology: Morphology,
}

/// How verbs change their form.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Morphology {
    /// `first` or `last`: where the verb stands in a heading.
    pub(super) verb: String,
    pub(super) gerund: Vec<Rule>,
    pub(super) third: Vec<Rule>,
    pub(super) past: Vec<Rule>,
    pub(super) plural: Vec<Rule>,
    pub(super) doubled: Vec<String>,
    /// The form in which a word stands that no list has, by its ending. Only documents are read so, and no
    /// store keeps it.
    #[serde(skip)]
    pub(super) unlisted: Vec<Rule>,
    pub(super) irregular_past: BTreeMap<String, String>,
}

/// More about forms, needed only while a pack is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Bending {
    /// The form of a command that is not the base form: "starte".
    pub(super) command: Vec<Rule>,
    pub(super) irregular_third: BTreeMap<String, String>,
    pub(super) irregular_command: BTreeMap<String, String>,
    /// The word that marks a verb which is no command: "zu".
    pub(super) marker: Option<String>,
}

impl LanguageFile {
    /// What is kept, and what is needed until the pack is read.
    pub(super) fn split(self) -> (Language, Bending) {
        let written = self.morphology;
        let verb = match written.verb {
            Place::First => "first",
            Place::Last => "last",
        };
        let language = Language {
            code: self.code,
            name: self.name,
            stemmer: self.stemmer,
            function_words: self.function_words,
            abbreviations: self.abbreviations,
            determiners: self.determiners,
            articles: self.articles,
            subjects: self.subjects,
            stop_words: self.stop_words,
            light_words: self.light_words,
            kinds: self.kinds,
            synonyms: Things::new(&self.synonyms),
            nouns: self.nouns,
            things: Things::new(&self.things),
            genres: self.genres,
            lacking: self.lacking,
            morphology: Morphology {
                verb: verb.to_owned(),
                gerund: written.gerund,
                third: written.third,
                past: written.past,
                plural: written.plural,
                doubled: written.doubled,
                unlisted: written.unlisted,
                irregular_past: written.irregular_past,
            },
        };
        let bending = Bending {
            command: written.command,
            irregular_third: written.irregular_third,
            irregular_command: written.irregular_command,
            marker: written.marker,
        };
        (language, bending)
    }
}
