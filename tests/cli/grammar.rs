//! `--grammar DIR`: a company's own words, and what is said of a mistake in them.

use super::documented::{blocks, read};
use super::program::{Folder, object, root};

const PAGE: &str = "# Open the vault\n\n## Prerequisites\n\n- Your break-glass card.\n\n## Steps\n\n\
    1. Turn the key.\n2. If the light stays red, raise a SEV1.\n";

/// An entry of a pack, with the line on which each part of it stands.
fn entry(construct: &str, role: &str, phrase: &str, accept: &str) -> String {
    format!(
        "construct = \"{construct}\"\n\n[[entry]]\nrole = \"{role}\"\nphrases = [\"{phrase}\"]\naccept = [\"{accept}\"]\nreject = [\"Wait.\"]\n"
    )
}

/// What is said of a pack that is one file.
#[track_caller]
fn refused(path: &str, text: &str) -> String {
    let folder = Folder::with(&[("docs/a.md", PAGE), (path, text)]);
    folder
        .run(["compile", "docs", "--grammar", "ours"])
        .refuses()
}

#[test]
fn words_of_a_company_are_read_beside_the_built_in_ones() {
    let readme = read(&root().join("grammar/README.md"));
    let packs = blocks(&readme, "toml");
    let pack = |construct: &str| {
        let line = format!("construct = \"{construct}\"");
        packs
            .iter()
            .find(|b| b.contains(&line) && b.contains("accept"))
    };
    let folder = Folder::with(&[
        ("docs/a.md", PAGE),
        (
            "ours/en/ending.toml",
            pack("ending").expect("in the README"),
        ),
        (
            "ours/en/prerequisite.toml",
            pack("prerequisite").expect("in the README"),
        ),
    ]);
    let seen = |args: &[&str]| {
        folder.run(args).ends(0);
        let shown = |unit: &str| {
            folder
                .run(["show", "--format", "json", unit])
                .lines()
                .remove(0)
        };
        let ends = shown("a.md#steps/2")["ends"].as_str().map(str::to_owned);
        let kind = shown("a.md#open-the-vault")["prerequisites"][0]["kind"].clone();
        (ends, kind.as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(seen(&["compile", "docs"]), (None, "state".to_owned()));
    let with = seen(&["compile", "docs", "--grammar", "ours"]);
    assert_eq!(with, (Some("handed_over".to_owned()), "access".to_owned()));
}

#[test]
fn synonyms_of_a_company_find_what_its_pages_call_otherwise() {
    let readme = read(&root().join("grammar/README.md"));
    let packs = blocks(&readme, "toml");
    let words = packs.iter().find(|b| b.contains("things = "));
    let page = |title: &str| format!("# {title}\n\n1. Open the list.\n2. Close the list.\n");
    let folder = Folder::with(&[
        ("docs/a.md", &page("Rebook a flight")),
        ("docs/b.md", &page("Rebook a passenger")),
        ("docs/c.md", &page("Feed a guest")),
        ("docs/d.md", &page("Deplane a guest")),
        ("ours/en/words.toml", words.expect("in the README")),
    ]);
    let first = |question: &str| {
        let answer = folder.run(["ask", "--format", "json", question]).run();
        let answer = object(answer.out.trim());
        let unit = answer["hits"][0]["unit"].as_str();
        unit.unwrap_or_default().to_owned()
    };
    let asked = ["how do I rebook a pax", "how do I offload a guest"];
    folder.run(["compile", "docs"]).ends(0);
    let both = ["a.md#rebook-a-flight", "c.md#feed-a-guest"];
    assert_eq!(asked.map(first), both.map(str::to_owned));
    folder.run(["compile", "docs", "--grammar", "ours"]).ends(0);
    let both = ["b.md#rebook-a-passenger", "d.md#deplane-a-guest"];
    assert_eq!(asked.map(first), both.map(str::to_owned));
}

#[test]
fn phrases_can_stand_in_place_of_the_built_in_ones() {
    let ours = entry(
        "condition",
        "if",
        "in the event of",
        "In the event of fire, leave.",
    );
    let ours = ours.replace("phrases", "replace = true\nphrases");
    let page = "# Leave\n\n1. Look around.\n2. If it burns, run.\n3. In the event of rain, wait.\n";
    let folder = Folder::with(&[("docs/a.md", page), ("ours/en/if.toml", &ours)]);
    folder.run(["compile", "docs", "--grammar", "ours"]).ends(0);
    let first = folder
        .run(["show", "--format", "json", "a.md#leave/1"])
        .lines()
        .remove(0);
    assert_eq!(
        first["linkers"][0]["kind"], "next",
        "`if` is no cue any more: {first}"
    );
    let second = folder
        .run(["show", "--format", "json", "a.md#leave/2"])
        .lines()
        .remove(0);
    assert_eq!(
        second["linkers"][0]["condition"]["text"], "rain",
        "{second}"
    );
}

#[test]
fn a_language_of_ones_own_is_a_folder() {
    let language = "code = \"nl\"\nname = \"Nederlands\"\nstemmer = \"dutch\"\n\
        function_words = [\"de\", \"het\", \"een\", \"van\", \"niet\"]\n";
    let jump = entry("jump", "go", "ga naar", "Ga naar stap 3.").replace("Wait.", "Wacht.");
    let label = entry("label", "step", "stap", "stap 3").replace("Wait.", "Wacht.");
    let page =
        "# Het lek\n\n1. Sluit de kraan van het huis.\n2. Ga naar stap 4.\n3. Wacht.\n4. Bel.\n";
    let folder = Folder::with(&[
        ("docs/a.md", page),
        ("ours/nl/language.toml", language),
        ("ours/nl/jump.toml", &jump),
        ("ours/nl/label.toml", &label),
    ]);
    folder.run(["compile", "docs", "--grammar", "ours"]).ends(0);
    let step = folder
        .run(["show", "--format", "json", "a.md#het-lek/2"])
        .lines()
        .remove(0);
    assert_eq!(step["language"], "nl");
    assert_eq!(
        step["linkers"][0]["target"]["unit"], "a.md#het-lek/4",
        "{step}"
    );
}

#[test]
fn a_mistake_has_a_file_a_line_and_a_remedy() {
    let good = entry("ending", "handed_over", "raise a sev1", "Raise a SEV1.");
    let with = |from: &str, to: &str| good.replace(from, to);
    for (path, text, parts) in [
        // Not TOML, or not the keys of a pack.
        (
            "ours/en/a.toml",
            "construct = \"ending\"\n[[entry\n".to_owned(),
            ["a.toml:2: ", ""],
        ),
        (
            "ours/en/a.toml",
            with("accept", "accepts"),
            ["a.toml:6: ", "unknown field `accepts`"],
        ),
        // Names that nothing asks for.
        (
            "ours/en/a.toml",
            with("\"ending\"", "\"endings\""),
            ["a.toml:1: ", "there is no construct \"endings\""],
        ),
        (
            "ours/en/a.toml",
            with("handed_over", "handed-over"),
            [
                "a.toml:4: ",
                "its roles are handed_over, not_applicable, resolved",
            ],
        ),
        // Phrases.
        (
            "ours/en/a.toml",
            with("raise a sev1", "raise (a|the sev1"),
            ["a.toml:5: ", "is not of the form"],
        ),
        (
            "ours/en/a.toml",
            with("raise a sev1", "raise {amount}"),
            ["a.toml:5: ", "is not of the form"],
        ),
        // Examples.
        (
            "ours/en/a.toml",
            with("[\"Raise a SEV1.\"]", "[]"),
            ["a.toml:4: ", "needs at least one `accept`"],
        ),
        (
            "ours/en/a.toml",
            with("Raise a SEV1.", "Raise a SEV2."),
            ["a.toml:6: ", "is not read as ending.handed_over"],
        ),
        (
            "ours/en/a.toml",
            with("Wait.", "We raise a SEV1."),
            ["a.toml:7: ", "is read as ending.handed_over"],
        ),
        (
            "ours/en/words.toml",
            "things = [\"pax\"]\n".to_owned(),
            ["words.toml:1: ", "expected a sequence"],
        ),
        (
            "ours/en/words.toml",
            "\nthing = [[\"pax\", \"passenger\"]]\n".to_owned(),
            ["words.toml:2: ", "unknown field `thing`"],
        ),
        // Languages.
        (
            "ours/xx/a.toml",
            good.clone(),
            ["language.toml: ", "cannot be read"],
        ),
        (
            "ours/en/language.toml",
            "code = \"en\"\n".to_owned(),
            ["language.toml: ", "is known already"],
        ),
        (
            "ours/xx/language.toml",
            "code = \"yy\"\nname = \"Y\"\nstemmer = \"none\"\nfunction_words = []\n".to_owned(),
            ["language.toml: ", "the two must agree"],
        ),
        // Folders.
        (
            "ours/readme.txt",
            String::new(),
            ["ours: ", "no packs here"],
        ),
        (
            "theirs/en/a.toml",
            good.clone(),
            ["ours: ", "cannot be read"],
        ),
    ] {
        let message = refused(path, &text);
        let all = parts.iter().all(|part| message.contains(part));
        assert!(
            all && message.contains("the grammar pack"),
            "{parts:?}\n{text}\n{message}"
        );
    }
}
