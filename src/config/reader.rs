//! From TOML to [`Config`], with the line of every mistake.

use std::path::Path;

use super::table::{Source, Table, Word};
use super::{Config, ConfigError, Globs, LabelRule, LabelRules, Rewrite, Rewrites, keys};

/// Reads the text of a project file.
pub(super) fn read(text: &str, file: &Path, dialects: &[&str]) -> Result<Config, ConfigError> {
    let source = Source { text, file };
    let root = source.parse()?;
    let root = source.root(&root)?;
    let mut config = Config {
        file: Some(file.to_owned()),
        ..Config::default()
    };
    if let Some(table) = root.child("compile")? {
        read_compile(&table, dialects, &mut config)?;
    }
    if let Some(table) = root.child("link")? {
        config.rewrites = read_rewrites(&table)?;
    }
    config.labels = read_labels(&root)?;
    if let Some(table) = root.child("embed")? {
        config.model = read_model(&table)?;
    }
    Ok(config)
}

fn read_compile(
    table: &Table<'_>,
    dialects: &[&str],
    config: &mut Config,
) -> Result<(), ConfigError> {
    if let Some(globs) = table.globs("include", Globs::files)? {
        config.include = globs;
    }
    if let Some(globs) = table.globs("exclude", Globs::files_and_folders)? {
        config.exclude = globs;
    }
    config.language = table
        .word("language", "auto")?
        .map(|w| language(table, w))
        .transpose()?;
    let dialect = table.word("dialect", "auto")?;
    config.dialect = dialect
        .map(|w| dialect_name(table, w, dialects))
        .transpose()?;
    Ok(())
}

fn language(table: &Table<'_>, word: Word<'_>) -> Result<String, ConfigError> {
    let mut parts = word.text.split('-');
    let primary = parts.next().unwrap_or_default();
    let fits = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    if fits(primary, 2..=8) && parts.all(|part| fits(part, 1..=8)) {
        return Ok(word.text.to_owned());
    }
    Err(table.bad_value(
        "compile.language",
        &word,
        "write a language tag such as `en` or `de-CH`, or `auto`",
    ))
}

fn dialect_name(
    table: &Table<'_>,
    word: Word<'_>,
    dialects: &[&str],
) -> Result<String, ConfigError> {
    if dialects.contains(&word.text) {
        return Ok(word.text.to_owned());
    }
    let names = dialects.iter().copied().chain(["auto"]);
    let nearest = keys::nearest_name(word.text, names).and_then(|at| dialects.get(at));
    Err(ConfigError::UnknownDialect {
        place: table.source.place(word.at),
        name: word.text.to_owned(),
        nearest: nearest.copied().unwrap_or("auto").to_owned(),
        known: dialects.iter().map(|d| (*d).to_owned()).collect(),
    })
}

fn read_rewrites(link: &Table<'_>) -> Result<Rewrites, ConfigError> {
    let rules = link.children("rewrite", "link.rewrite")?;
    let rules = rules.iter().map(|rule| {
        let from = rule.needed(
            "from",
            "[[link.rewrite]]",
            "the beginning of the site's addresses",
        )?;
        let to = rule.needed(
            "to",
            "[[link.rewrite]]",
            "a folder relative to the root, or empty",
        )?;
        if from.text.trim_matches('/').is_empty() {
            return Err(rule.bad_value("link.rewrite.from", &from, "it would match every address"));
        }
        if leaves_the_root(to.text.trim_start_matches('/')) {
            return Err(rule.bad_value(
                "link.rewrite.to",
                &to,
                "it leaves the root; name a folder in it",
            ));
        }
        Ok(Rewrite {
            from: from.text.to_owned(),
            to: to.text.to_owned(),
        })
    });
    Ok(Rewrites::new(rules.collect::<Result<_, _>>()?))
}

fn read_labels(root: &Table<'_>) -> Result<LabelRules, ConfigError> {
    let rules = root.children("labels", "labels")?;
    let rules = rules.iter().map(|rule| {
        let paths = rule.globs("paths", Globs::files_and_folders)?;
        let add = rule.words("add")?;
        Ok(LabelRule {
            paths: paths.ok_or_else(|| {
                rule.missing("[[labels]]", "paths", "the files that get the labels")
            })?,
            add: labels(rule, add)?,
            place: rule.source.place(rule.at),
        })
    });
    Ok(LabelRules::new(rules.collect::<Result<_, _>>()?))
}

fn labels(rule: &Table<'_>, add: Option<Vec<Word<'_>>>) -> Result<Vec<String>, ConfigError> {
    let add = add.filter(|add| !add.is_empty());
    let add =
        add.ok_or_else(|| rule.missing("[[labels]]", "add", "the labels that the files get"))?;
    let label = |word: Word<'_>| match word.text.trim() {
        "" => Err(rule.bad_value("labels.add", &word, "a label is a word such as `staff`")),
        label => Ok(label.to_owned()),
    };
    add.into_iter().map(label).collect()
}

fn read_model(embed: &Table<'_>) -> Result<Option<String>, ConfigError> {
    let Some(word) = embed.word("model", "none")? else {
        return Ok(None);
    };
    if word.text.is_empty() || word.text.starts_with('~') || leaves_the_root(word.text) {
        let why = "name a model, `none`, or a folder below this file's; any other folder is for --embedder";
        return Err(embed.bad_value("embed.model", &word, why));
    }
    Ok(Some(word.text.to_owned()))
}

/// Is this an absolute path, or one that climbs?
fn leaves_the_root(path: &str) -> bool {
    let drive = path.chars().nth(1) == Some(':');
    drive || path.starts_with(['/', '\\']) || path.split(['/', '\\']).any(|part| part == "..")
}
