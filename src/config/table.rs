//! TOML tables that know their place. The only module of this stage that names `toml`.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{BadGlob, ConfigError, Globs, Place, keys};

/// The text that is read, and where it is from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) file: &'a Path,
}

impl<'a> Source<'a> {
    pub(super) fn place(self, at: usize) -> Place {
        let before = self
            .text
            .as_bytes()
            .get(..at)
            .unwrap_or(self.text.as_bytes());
        Place {
            file: self.file.to_owned(),
            line: 1 + before.iter().filter(|b| **b == b'\n').count(),
        }
    }

    pub(super) fn parse(self) -> Result<Spanned<DeTable<'a>>, ConfigError> {
        DeTable::parse(self.text).map_err(|e| self.not_toml(&e))
    }

    pub(super) fn root<'t>(self, root: &'t Spanned<DeTable<'a>>) -> Result<Table<'t>, ConfigError>
    where
        'a: 't,
    {
        self.table("", root.span().start, root.get_ref())
    }

    fn not_toml(self, error: &toml::de::Error) -> ConfigError {
        ConfigError::NotToml {
            place: self.place(error.span().map_or(0, |span| span.start)),
            message: error.message().to_owned(),
        }
    }

    /// A table whose keys are all known.
    fn table<'t>(
        self,
        name: &'static str,
        at: usize,
        entries: &'t DeTable<'a>,
    ) -> Result<Table<'t>, ConfigError>
    where
        'a: 't,
    {
        let unknown = entries
            .keys()
            .find(|key| !keys::is_known(name, key.get_ref()));
        if let Some(key) = unknown {
            return Err(ConfigError::UnknownKey {
                place: self.place(key.span().start),
                key: key.get_ref().to_string(),
                table: keys::in_words(name),
                nearest: keys::nearest(name, key.get_ref()),
            });
        }
        Ok(Table {
            source: self,
            name,
            at,
            entries,
        })
    }
}

/// A table, its name, and where it begins.
pub(super) struct Table<'t> {
    pub(super) source: Source<'t>,
    name: &'static str,
    pub(super) at: usize,
    entries: &'t DeTable<'t>,
}

/// A string, and where it stands.
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Table<'t> {
    fn value(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.entries.get(key)
    }

    /// The table of this name in this one, which is the root.
    pub(super) fn child(&self, name: &'static str) -> Result<Option<Table<'t>>, ConfigError> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let entries = value.get_ref().as_table();
        let entries = entries.ok_or_else(|| self.wrong_type(name, value, "a table"))?;
        self.source
            .table(name, value.span().start, entries)
            .map(Some)
    }

    /// The array of tables of this name in this one; `name` is its full name.
    pub(super) fn children(
        &self,
        key: &str,
        name: &'static str,
    ) -> Result<Vec<Table<'t>>, ConfigError> {
        let expected = "an array of tables, written [[…]]";
        let Some(value) = self.value(key) else {
            return Ok(Vec::new());
        };
        let tables = value.get_ref().as_array();
        let tables = tables.ok_or_else(|| self.wrong_type(key, value, expected))?;
        let table = |item: &'t Spanned<DeValue<'t>>| {
            let entries = item.get_ref().as_table();
            let entries = entries.ok_or_else(|| self.wrong_type(key, item, expected))?;
            self.source.table(name, item.span().start, entries)
        };
        tables.iter().map(table).collect()
    }

    /// A string; `None` where it is absent, or `nothing`.
    pub(super) fn word(&self, key: &str, nothing: &str) -> Result<Option<Word<'t>>, ConfigError> {
        let Some(value) = self.value(key) else {
            return Ok(None);
        };
        let word = self.as_word(key, value, "a string")?;
        Ok(Some(word).filter(|w| w.text != nothing))
    }

    pub(super) fn needed(
        &self,
        key: &'static str,
        table: &'static str,
        why: &'static str,
    ) -> Result<Word<'t>, ConfigError> {
        match self.value(key) {
            Some(value) => self.as_word(key, value, "a string"),
            None => Err(self.missing(table, key, why)),
        }
    }

    /// An array of strings.
    pub(super) fn words(&self, key: &str) -> Result<Option<Vec<Word<'t>>>, ConfigError> {
        let expected = "an array of strings";
        let Some(value) = self.value(key) else {
            return Ok(None);
        };
        let items = value.get_ref().as_array();
        let items = items.ok_or_else(|| self.wrong_type(key, value, expected))?;
        let word = |item| self.as_word(key, item, expected);
        items.iter().map(word).collect::<Result<_, _>>().map(Some)
    }

    /// An array of globs. Each is tried alone first, so that the one that is wrong has its line.
    pub(super) fn globs(
        &self,
        key: &str,
        build: fn(&[&str]) -> Result<Globs, BadGlob>,
    ) -> Result<Option<Globs>, ConfigError> {
        let Some(words) = self.words(key)? else {
            return Ok(None);
        };
        let wrong = |at: usize| {
            move |source: BadGlob| ConfigError::Glob {
                place: self.source.place(at),
                source,
            }
        };
        for word in &words {
            build(&[word.text]).map_err(wrong(word.at))?;
        }
        let texts: Vec<&str> = words.iter().map(|w| w.text).collect();
        build(&texts).map(Some).map_err(wrong(self.at))
    }

    fn as_word(
        &self,
        key: &str,
        value: &'t Spanned<DeValue<'t>>,
        expected: &'static str,
    ) -> Result<Word<'t>, ConfigError> {
        let text = value.get_ref().as_str();
        Ok(Word {
            text: text.ok_or_else(|| self.wrong_type(key, value, expected))?,
            at: value.span().start,
        })
    }

    fn wrong_type(
        &self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        expected: &'static str,
    ) -> ConfigError {
        let dot = if self.name.is_empty() { "" } else { "." };
        ConfigError::WrongType {
            place: self.source.place(value.span().start),
            key: format!("{}{dot}{key}", self.name),
            expected,
            found: type_name(value.get_ref()),
        }
    }

    pub(super) fn missing(
        &self,
        table: &'static str,
        key: &'static str,
        why: &'static str,
    ) -> ConfigError {
        ConfigError::MissingKey {
            place: self.source.place(self.at),
            table,
            key,
            why,
        }
    }

    pub(super) fn bad_value(
        &self,
        key: &'static str,
        word: &Word<'_>,
        why: &'static str,
    ) -> ConfigError {
        ConfigError::BadValue {
            place: self.source.place(word.at),
            key,
            value: word.text.to_owned(),
            why,
        }
    }
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}
