//! Where settings come from: a flag beats the environment beats the project file.

use super::program::Folder;

const PAGE: &str = "# Stop the pump\n\n1. Press the button.\n";

#[test]
fn the_store_is_named_by_flag_then_by_environment_then_found_upwards() {
    let folder = Folder::with(&[("a.md", PAGE), ("deep/er/b.md", PAGE)]);
    folder.run(["compile", "."]).ends(0);
    let inner = || folder.run(["list"]).within(folder.join("deep/er"));
    assert_eq!(
        inner().prints().lines().count(),
        4,
        "the nearest one upwards"
    );
    folder.run(["compile", "a.md", "--store", "flag"]).ends(0);
    folder
        .run(["compile", "deep"])
        .env("STEPWELL_STORE", "variable")
        .ends(0);
    let variable = folder.join("variable");
    let listed = inner().env("STEPWELL_STORE", &variable).prints();
    assert!(listed.starts_with("er/b.md#"), "{listed}");
    let listed = inner()
        .env("STEPWELL_STORE", &variable)
        .store(folder.join("flag"))
        .prints();
    assert!(listed.starts_with("a.md#"), "{listed}");
    assert_eq!(
        inner().env("STEPWELL_STORE", "").prints().lines().count(),
        4,
        "an empty name is none"
    );
}

#[test]
fn compile_looks_for_the_project_file_from_its_first_path() {
    let folder = Folder::with(&[
        ("set/stepwell.toml", "[compile]\nexclude = [\"old/**\"]\n"),
        ("set/sub/a.md", PAGE),
        ("set/sub/old/b.md", PAGE),
        ("set/old/b.md", PAGE),
        ("other.toml", "[compile]\ninclude = [\"old/*.md\"]\n"),
    ]);
    let listed = |args: &[&str]| {
        folder.run(args).ends(0);
        folder.run(["list", "--kind", "procedure"]).prints()
    };
    assert_eq!(
        listed(&["compile", "set"]),
        "sub/a.md#stop-the-pump\tprocedure\tStop the pump\nsub/old/b.md#stop-the-pump\tprocedure\tStop the pump\n"
    );
    let one = listed(&["compile", "set", "--config", "other.toml"]);
    assert_eq!(one, "old/b.md#stop-the-pump\tprocedure\tStop the pump\n");
    let message = folder
        .run(["compile", "set", "--config", "gone.toml"])
        .refuses();
    assert!(
        message.contains("cannot read the configuration gone.toml"),
        "{message}"
    );
}

#[test]
fn from_looks_here_first_then_at_the_sources() {
    let folder = Folder::with(&[
        (
            "set/stepwell.toml",
            "[[labels]]\npaths = [\"b.md\"]\nadd = [\"staff\"]\n",
        ),
        ("set/a.md", PAGE),
        ("set/b.md", PAGE),
        (
            "here/stepwell.toml",
            "[[labels]]\npaths = [\"a.md\"]\nadd = [\"staff\"]\n",
        ),
        ("nowhere/x", ""),
    ]);
    let listed = |here: &str| {
        let run = folder
            .run(["list", "--from", "../set"])
            .within(folder.join(here));
        run.prints()
    };
    assert!(
        listed("here").starts_with("b.md#"),
        "the project file of this folder"
    );
    assert!(
        listed("nowhere").starts_with("a.md#"),
        "else that of the sources"
    );
}

#[test]
fn root_says_what_pages_are_named_from() {
    let folder = Folder::with(&[("docs/a/x.md", PAGE), ("docs/b/y.md", PAGE)]);
    let first = |args: &[&str]| folder.run(args).prints().lines().next().map(str::to_owned);
    assert_eq!(
        first(&["list", "--from", "docs/b"]).as_deref(),
        Some("y.md#stop-the-pump\tprocedure\tStop the pump")
    );
    assert_eq!(
        first(&["list", "--from", "docs/b", "--root", "docs"]).as_deref(),
        Some("b/y.md#stop-the-pump\tprocedure\tStop the pump")
    );
    folder
        .run(["compile", "docs/a", "docs/b", "--root", "."])
        .ends(0);
    assert!(folder.run(["list"]).prints().starts_with("docs/a/x.md#"));
    let message = folder
        .run(["compile", "docs/a", "--root", "docs/b"])
        .refuses();
    assert!(message.contains("lies outside of the root"), "{message}");
    let message = folder.run(["list", "--root", "docs"]).refuses();
    assert!(message.contains("--from <PATH>"), "{message}");
}

#[test]
fn a_mistake_in_the_project_file_names_the_key_the_line_and_the_nearest() {
    let folder = Folder::with(&[
        ("a.md", PAGE),
        ("stepwell.toml", "[compile]\n\ninclud = [\"*.md\"]\n"),
    ]);
    let message = folder.run(["compile", "."]).refuses();
    assert!(
        message.contains("stepwell.toml:3: unknown key `includ` in [compile]"),
        "{message}"
    );
    assert!(message.contains("`include`"), "{message}");
    for (text, part) in [
        ("[compile\n", "not valid TOML"),
        ("[compile]\ninclude = 3\n", "`compile.include` must be"),
        ("[compile]\ninclude = [\"[\"]\n", "stepwell.toml:2:"),
        ("[compile]\ndialect = \"hugoo\"\n", "the nearest is `hugo`"),
        ("[[link.rewrite]]\nfrom = \"/a/\"\n", "needs `to`"),
    ] {
        folder.write("stepwell.toml", text);
        let message = folder.run(["check", "."]).refuses();
        assert!(message.contains(part), "{text}: {message}");
    }
}

#[test]
fn a_grammar_folder_adds_to_the_built_in_packs() {
    let folder = Folder::with(&[("a.md", PAGE), ("grammar/en/broken.toml", "not toml")]);
    let message = folder
        .run(["compile", ".", "--grammar", "grammar"])
        .refuses();
    assert!(
        message.contains("the grammar pack") && message.contains("broken.toml"),
        "{message}"
    );
    let message = folder.run(["compile", ".", "--grammar", "gone"]).refuses();
    assert!(message.contains("gone"), "{message}");
}
