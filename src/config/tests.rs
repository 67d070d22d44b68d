use std::fs;

use super::*;

const DIALECTS: [&str; 3] = ["commonmark", "hugo", "msdocs"];

fn parse(text: &str) -> Result<Config, String> {
    Config::parse(text, Path::new("stepwell.toml"), &DIALECTS).map_err(|e| e.to_string())
}

fn fails(text: &str) -> String {
    parse(text).expect_err(text)
}

#[test]
fn every_key_is_read() {
    let config = parse(
        r#"
[compile]
include = ["docs/**/*.md"]
exclude = ["docs/archive"]
language = "de-CH"
dialect = "hugo"

[[link.rewrite]]
from = "/docs/"
to = ""

[[link.rewrite]]
from = "/api/"
to = "reference/"

[[labels]]
paths = ["internal/**"]
add = ["staff", "ops"]

[embed]
model = "all-MiniLM-L6-v2"
"#,
    )
    .expect("a good file");
    assert!(config.include.is_match("docs/a/b.md") && !config.include.is_match("a.md"));
    assert!(config.exclude.is_match("docs/archive/x.md"));
    assert_eq!(config.language.as_deref(), Some("de-CH"));
    assert_eq!(config.dialect.as_deref(), Some("hugo"));
    assert_eq!(
        config.rewrites.apply("/api/v1").as_deref(),
        Some("reference/v1")
    );
    assert_eq!(config.labels.of("internal/keys.md"), ["ops", "staff"]);
    assert!(config.labels.of("public.md").is_empty());
    assert_eq!(config.model.as_deref(), Some("all-MiniLM-L6-v2"));
}

#[test]
fn an_empty_file_and_the_words_for_nothing_are_the_defaults() {
    let text = "[compile]\nlanguage = \"auto\"\ndialect = \"auto\"\n[embed]\nmodel = \"none\"\n";
    for text in ["", text] {
        let config = parse(text).expect(text);
        assert_eq!(config.include.written(), DEFAULT_INCLUDE);
        assert!(config.exclude.is_empty() && config.labels.rules().is_empty());
        assert_eq!(
            (config.language, config.dialect, config.model),
            (None, None, None)
        );
        assert!(config.file.is_some());
    }
}

#[test]
fn an_unknown_key_names_itself_its_line_and_the_nearest() {
    assert_eq!(
        fails("[compile]\n\ninclde = []\n"),
        "stepwell.toml:3: unknown key `inclde` in [compile]; the nearest known key is `include`"
    );
    let message = fails("[[link.rewrite]]\nform = \"/a/\"\nto = \"\"\n");
    assert!(
        message.contains(":2: unknown key `form` in [[link.rewrite]]"),
        "{message}"
    );
    assert!(message.ends_with("`from`"), "{message}");
    let message = fails("[compiler]\n");
    assert!(
        message.contains(":1:") && message.ends_with("`compile`"),
        "{message}"
    );
    let message = fails("exclude = []\n");
    assert!(message.ends_with("`exclude` in [compile]"), "{message}");
    let message = fails("[embed]\nrun = \"make\"\n");
    assert!(message.contains("unknown key `run`"), "{message}");
}

#[test]
fn a_wrong_type_names_what_is_right() {
    for (text, line, expected) in [
        (
            "[compile]\ninclude = \"**\"\n",
            2,
            "`compile.include` must be an array of strings, not a string",
        ),
        (
            "[compile]\ninclude = [\n  \"a\",\n  3,\n]\n",
            4,
            "not an integer",
        ),
        (
            "[compile]\ndialect = true\n",
            2,
            "`compile.dialect` must be a string, not true or false",
        ),
        ("compile = 1\n", 1, "`compile` must be a table"),
        (
            "[link]\nrewrite = \"x\"\n",
            2,
            "`link.rewrite` must be an array of tables",
        ),
        (
            "[labels]\npaths = []\n",
            1,
            "`labels` must be an array of tables",
        ),
    ] {
        let message = fails(text);
        assert!(message.contains(expected), "{message}");
        assert!(
            message.starts_with(&format!("stepwell.toml:{line}:")),
            "{message}"
        );
    }
}

#[test]
fn wrong_values_are_named_with_their_line() {
    for (text, line, expected) in [
        (
            "[compile]\nexclude = [\n  \"a\",\n  \"b[\",\n]\n",
            4,
            "the glob \"b[\" cannot be read",
        ),
        (
            "[compile]\ninclude = [\"../secrets/**\"]\n",
            2,
            "leaves the root",
        ),
        (
            "\n[compile]\ndialect = \"hugoo\"\n",
            3,
            "the nearest is `hugo` (known: auto, commonmark, hugo, msdocs)",
        ),
        (
            "[compile]\nlanguage = \"English, please\"\n",
            2,
            "a language tag",
        ),
        (
            "[[link.rewrite]]\nfrom = \"/a/\"\n",
            1,
            "[[link.rewrite]] needs `to`",
        ),
        (
            "[[link.rewrite]]\nfrom = \"/\"\nto = \"\"\n",
            2,
            "match every address",
        ),
        (
            "[[link.rewrite]]\nfrom = \"/a/\"\nto = \"../b\"\n",
            3,
            "leaves the root",
        ),
        ("[[labels]]\nadd = [\"x\"]\n", 1, "[[labels]] needs `paths`"),
        (
            "[[labels]]\npaths = [\"x\"]\nadd = []\n",
            1,
            "[[labels]] needs `add`",
        ),
        (
            "[[labels]]\npaths = [\"x\"]\nadd = [\" \"]\n",
            3,
            "a label is a word",
        ),
        ("[embed]\nmodel = \"/opt/model\"\n", 2, "--embedder"),
        ("[embed]\nmodel = \"../../model\"\n", 2, "--embedder"),
        ("[embed]\nmodel = \"~/model\"\n", 2, "--embedder"),
        ("[compile]\ninclude = [\n", 2, "not valid TOML"),
        ("[compile]\n[compile]\n", 2, "not valid TOML"),
    ] {
        let message = fails(text);
        assert!(message.contains(expected), "{message}");
        assert!(
            message.starts_with(&format!("stepwell.toml:{line}:")),
            "{text:?}: {message}"
        );
    }
}

#[test]
fn the_nearest_file_upwards_is_taken_unless_one_is_named() {
    let root = tempfile::tempdir().expect("a folder");
    let deep = root.path().join("a/b/c");
    fs::create_dir_all(&deep).expect("folders");
    fs::write(
        root.path().join(FILE_NAME),
        "[compile]\nlanguage = \"en\"\n",
    )
    .expect("outer");
    fs::write(
        root.path().join("a").join(FILE_NAME),
        "[compile]\nlanguage = \"de\"\n",
    )
    .expect("inner");
    fs::write(deep.join("page.md"), "x").expect("page");
    let language = |explicit: Option<&Path>, start: &Path| {
        let config = Config::load(explicit, start, &DIALECTS).expect("config");
        (config.language.unwrap_or_default(), config.file)
    };
    let (found, file) = language(None, &deep);
    assert_eq!(found, "de");
    assert!(file.expect("its file").ends_with("a/stepwell.toml"));
    assert_eq!(language(None, &deep.join("page.md")).0, "de");
    assert_eq!(language(None, root.path()).0, "en");
    assert_eq!(language(Some(&root.path().join(FILE_NAME)), &deep).0, "en");
}

#[test]
fn a_named_file_that_is_not_there_is_an_error() {
    let root = tempfile::tempdir().expect("a folder");
    let error = Config::load(Some(&root.path().join("no.toml")), root.path(), &DIALECTS);
    let message = error.expect_err("no such file").to_string();
    assert!(
        message.contains("no.toml") && message.contains("--config"),
        "{message}"
    );
}
