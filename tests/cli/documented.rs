//! What the README and the handbook show is what the program prints, and what they name is there.
//!
//! With `STEPWELL_BLESS` set, the shown output of the README is written anew.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::program::{Folder, STEPWELL, corpus, is_there, root, runbooks, skip, stepwell};

pub(crate) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The blocks of a page in this language, without the margin they stand behind.
pub(crate) fn blocks(page: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let margin = line.len() - line.trim_start().len();
        if line.trim_start() != format!("```{language}") {
            continue;
        }
        let inner = lines.by_ref().take_while(|l| l.trim() != "```");
        let inner: Vec<&str> = inner.map(|l| l.get(margin..).unwrap_or_default()).collect();
        blocks.push(inner.join("\n") + "\n");
    }
    blocks
}

/// Every page that documents the program.
fn pages() -> Vec<(String, String)> {
    let folder = std::fs::read_dir(corpus("handbook")).expect("the handbook");
    let paths = folder.map(|e| e.expect("an entry").path());
    let mut pages: Vec<_> = paths
        .filter(|p| p.extension().is_some_and(|e| e == "md"))
        .collect();
    pages.push(root().join("README.md"));
    pages.sort();
    pages
        .iter()
        .map(|p| (p.display().to_string(), read(p)))
        .collect()
}

/// The words of a shell command, up to where its output goes elsewhere.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in command.chars() {
        match (c, quote) {
            ('\'' | '"', None) => quote = Some(c),
            (c, Some(q)) if c == q => quote = None,
            ('|' | '>' | ';' | '&', None) => break,
            (' ', None) => words.push(String::new()),
            (c, _) => {
                if let Some(word) = words.last_mut() {
                    word.push(c);
                }
            }
        }
    }
    words.retain(|w| !w.is_empty());
    words
}

#[test]
fn every_command_that_is_documented_exists_with_its_options() {
    let mut tried = 0;
    for (page, text) in pages() {
        for block in blocks(&text, "sh") {
            let block = block
                .replace("\\\n", " ")
                .replace("cargo run --release --", "stepwell");
            for line in block.lines() {
                let Some(at) = line
                    .find("stepwell ")
                    .filter(|at| *at == 0 || line[..*at].ends_with([' ', '|']))
                else {
                    continue;
                };
                let mut words = words(&line[at..]);
                words.remove(0);
                words.push("--help".to_owned());
                let run = stepwell(&words).run();
                assert_eq!(run.code, Some(0), "{page}: {line}\n{}", run.err);
                tried += 1;
            }
        }
    }
    assert!(tried > 40, "only {tried} commands were found");
}

/// Times and sizes differ from machine to machine.
fn without_figures(line: &str) -> String {
    let Some((before, rest)) = line.split_once(" MB in .stepwell, ") else {
        return line.to_owned();
    };
    let before = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let rest = rest.split_once(')').map_or(rest, |(_, rest)| rest);
    format!("{before}N MB in .stepwell, TIME){rest}")
}

/// Does the shown output fit, where `…` on a line of its own stands for any lines?
fn fits(shown: &str, printed: &str) -> bool {
    let lines = |text: &str| text.lines().map(without_figures).collect::<Vec<_>>();
    let (shown, printed) = (lines(shown), lines(printed));
    match shown.split_first() {
        Some((first, rest)) if first == "…" => printed.ends_with(rest),
        _ => shown == printed,
    }
}

#[test]
fn the_output_in_the_readme_is_what_is_printed() {
    let path = root().join("README.md");
    let mut readme = read(&path);
    let folder = Folder::with(&[]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(root().join("corpora"), folder.join("corpora")).expect("linked");
    let bin = Path::new(STEPWELL).parent().expect("a folder");
    let search = std::env::var_os("PATH").unwrap_or_default();
    let search =
        std::env::join_paths(std::iter::once(bin.to_owned()).chain(std::env::split_paths(&search)));
    let search = search.expect("a search path");
    let shown = blocks(&readme, "console");
    assert!(shown.len() >= 4, "the README shows what it is like");
    for block in shown {
        let (command, output) = block.split_once('\n').expect("a command and its output");
        let line = command.strip_prefix("$ ").expect("one command a block");
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &format!("{line} 2>&1")])
            .current_dir(folder.path());
        shell
            .env("PATH", &search)
            .env_remove("STEPWELL_STORE")
            .env_remove("CLICOLOR_FORCE");
        let printed = shell.output().expect("a shell").stdout;
        let printed = String::from_utf8(printed)
            .expect("text")
            .trim_start_matches('\n')
            .to_owned();
        if fits(output, &printed) {
            continue;
        }
        assert!(
            std::env::var_os("STEPWELL_BLESS").is_some(),
            "{command}\n{printed}"
        );
        let printed = match output.starts_with("…\n") {
            true => format!("…\n{}\n", printed.lines().last().unwrap_or_default()),
            false => printed,
        };
        readme = readme.replace(
            &format!("```console\n{block}```"),
            &format!("```console\n{command}\n{printed}```"),
        );
    }
    if std::env::var_os("STEPWELL_BLESS").is_some() {
        std::fs::write(&path, readme).expect("written");
    }
}

#[test]
fn the_command_of_the_readme_ends_in_a_walked_procedure() {
    let readme = read(&root().join("README.md"));
    let line = readme
        .lines()
        .find(|l| l.starts_with("yes \"\" | cargo run"))
        .expect("the command");
    let (_, args) = line.split_once(" -- ").expect("arguments");
    let run = stepwell(words(args))
        .within(root())
        .typing("\n".repeat(200));
    let shown = run.prints();
    assert!(
        shown.contains("\n■ Resolved.\n") || shown.contains("\n■ Done:"),
        "{shown}"
    );
}

/// What a page becomes.
fn units(page: &str) -> Vec<Value> {
    let pages = [
        ("page.md", page),
        ("oil.md", "# Fill in oil\n\n1. Pour it in.\n"),
    ];
    Folder::with(&pages)
        .run(["export", "--format", "ndjson", "--from", "."])
        .lines()
}

#[track_caller]
fn unit<'u>(units: &'u [Value], id: &str) -> &'u Value {
    let found = units.iter().find(|u| u["id"] == format!("page.md#{id}"));
    found.unwrap_or_else(|| {
        panic!(
            "no {id} in {:?}",
            units.iter().map(|u| &u["id"]).collect::<Vec<_>>()
        )
    })
}

/// The linkers of a unit: kind, polarity of the condition or its `else`, and slug of the target.
fn leads(unit: &Value) -> Vec<String> {
    let lead = |l: &Value| {
        let target = l["target"]["unit"]
            .as_str()
            .or(l["target"]["url"].as_str())
            .unwrap_or_default();
        let slug = target.trim_start_matches("page.md#");
        let when = match &l["condition"] {
            Value::Null => String::new(),
            c if c["else"] == true => " else".to_owned(),
            c => format!(
                " {}({})",
                c["polarity"].as_str().unwrap_or_default(),
                c["text"].as_str().unwrap_or_default()
            ),
        };
        format!("{}{when} {slug}", l["kind"].as_str().unwrap_or_default())
    };
    unit["linkers"]
        .as_array()
        .into_iter()
        .flatten()
        .map(lead)
        .collect()
}

/// A row of the README's table is true of this page.
#[track_caller]
fn row(written: &[&str], page: &str, id: &str, expected: &[&str]) {
    let readme = read(&root().join("README.md"));
    let rows: Vec<&str> = readme.lines().filter(|l| l.starts_with("| ")).collect();
    assert!(
        rows.iter().any(|r| written.iter().all(|w| r.contains(w))),
        "no row for {written:?}"
    );
    let units = units(page);
    let leads = leads(unit(&units, id));
    for lead in expected {
        assert!(
            leads.iter().any(|l| l == lead),
            "{lead} is not among {leads:?}:\n{page}"
        );
    }
}

#[test]
fn the_constructs_of_the_readme_become_what_it_says() {
    let list = |items: &str| format!("# Run it\n\n{items}");
    row(
        &["a numbered list"],
        &list("1. Stop it.\n2. Start it.\n"),
        "run-it",
        &["part run-it/1", "part run-it/2"],
    );
    row(
        &["bullets that begin with a verb"],
        &list("- Open the lid.\n- Close the lid.\n"),
        "run-it/1",
        &["next run-it/2"],
    );
    row(
        &["headings `Step 1: …`"],
        &list("## Step 1: Stop it\n\nNow.\n\n## Step 2: Start it\n\nNow.\n"),
        "step-1-stop-it",
        &["next step-2-start-it"],
    );
    row(
        &["paragraphs `5.1.2 Switch it off.`"],
        &list("5.1.1 Open the lid.\n\n5.1.2 Switch it off.\n"),
        "run-it/1",
        &["next run-it/2"],
    );
    row(
        &["lines `(b) Close it.`"],
        &list("(a) Open it.\n(b) Close it.\n"),
        "run-it/1",
        &["next run-it/2"],
    );
    row(
        &["a list inside of an item"],
        &list("1. Stop it.\n   1. Press it.\n   2. Wait.\n"),
        "run-it/1",
        &["part run-it/1/1"],
    );
    row(
        &["`Before you begin`", "`requires`"],
        &list("## Before you begin\n\n- [It has oil](oil.md).\n\n## Do it\n\n1. Stop it.\n"),
        "run-it",
        &["requires oil.md#fill-in-oil"],
    );
    row(
        &["a section `Heat the oven`", "`requires`"],
        &list(
            "## Before you begin\n\n- Oil.\n\n### Heat the oven\n\n1. Press it.\n\n## Do it\n\n1. Stop it.\n",
        ),
        "run-it",
        &["requires heat-the-oven"],
    );
    row(
        &["`If the log is full, delete it.`"],
        &list("1. Look.\n2. If the log is full, delete it.\n3. Stop.\n"),
        "run-it/1",
        &["branch yes(the log is full) run-it/2"],
    );
    let question =
        list("1. Does it answer?\n   - If yes, stop it.\n   - If no, start it.\n2. Wait.\n");
    row(
        &["`Does it answer?`"],
        &question,
        "run-it/1",
        &[
            "branch yes(Does it answer) run-it/1/1",
            "branch no(Does it answer) run-it/1/2",
        ],
    );
    row(
        &["`Pass: …`", "`Fail: …`"],
        &list("1. Does it answer?\n   - Pass: stop it.\n   - Fail: start it.\n2. Wait.\n"),
        "run-it/1",
        &[
            "branch yes(Does it answer) run-it/1/1",
            "branch no(Does it answer) run-it/1/2",
        ],
    );
    row(
        &["`Otherwise, …`"],
        &list(
            "1. Look at the log.\n   - If the log is full, delete it.\n   - Otherwise, wait.\n2. Stop.\n",
        ),
        "run-it/1",
        &["branch else run-it/1/2"],
    );
    row(
        &["`**If the belt is worn:**`"],
        &list("1. Look.\n\n**If the belt is worn:**\n\n1. Take it off.\n2. Put a new one on.\n"),
        "run-it/if-the-belt-is-worn",
        &["part run-it/if-the-belt-is-worn/1"],
    );
    row(
        &["`Go to step 4.`"],
        &list("1. Look.\n2. Go to step 4.\n3. Wait.\n4. Stop.\n"),
        "run-it/2",
        &["next run-it/4"],
    );
    row(
        &["`Repeat steps 1-2 until the list is empty.`"],
        &list("1. Look.\n2. Take one.\n3. Repeat steps 1-2 until the list is empty.\n4. Stop.\n"),
        "run-it/3",
        &["branch no(the list is empty) run-it/1"],
    );
    row(
        &["`Follow [Fill in oil](oil.md), then come back here.`"],
        &list("1. Follow [Fill in oil](oil.md), then come back here.\n2. Stop.\n"),
        "run-it/1",
        &["call oil.md#fill-in-oil"],
    );
    row(
        &["`Check whether the light is green. If it still is not, return to step 1.`"],
        &list(
            "1. Press it.\n2. Check whether the light is green. If it still is not, return to step 1.\n",
        ),
        "run-it/2",
        &["branch yes(it still is not) run-it/1"],
    );
    row(
        &["`Option A: …`"],
        &list(
            "1. Start it in one of two ways.\n\n   - **Option A:** Press it.\n   - **Option B:** Call it.\n",
        ),
        "run-it/1",
        &["option run-it/1/1", "option run-it/1/2"],
    );
    row(
        &["`Use one of the following`"],
        &list("Use one of the following:\n\n- Press it.\n- Call it.\n"),
        "run-it",
        &["option run-it/1", "option run-it/2"],
    );
    row(
        &["tabs", "`option`"],
        &list("=== \"Debian\"\n\n    Run `apt`.\n\n=== \"Fedora\"\n\n    Run `dnf`.\n"),
        "run-it",
        &["option run-it/debian", "option run-it/fedora"],
    );
    row(
        &["`Item` and `Action`", "its rows are `step` units"],
        &list("| Item | Action |\n|---|---|\n| Valve | SHUT |\n| Lamp | OFF |\n"),
        "run-it/1",
        &["next run-it/2"],
    );
    row(
        &["`Next steps`", "`follow_up`"],
        &list("1. Stop it.\n\n## Next steps\n\n- [Fill in oil](oil.md)\n"),
        "run-it",
        &["follow_up oil.md#fill-in-oil"],
    );
    row(
        &["any other link", "`see`"],
        &list("See [the oil](oil.md).\n"),
        "run-it",
        &["see oil.md#fill-in-oil"],
    );
}

#[test]
fn the_kinds_and_ends_of_the_readme_are_those_of_units() {
    let page = "# Run it\n\n1. You are done.\n2. Escalate to the owner.\n3. This runbook does not apply.\n4. Check whether the light is green. If it still is not, return to step 1.\n\n## Why is it red?\n\nIt is.\n\n## Notes\n\nText.\n";
    let run = units(page);
    let ends = |n: u8| unit(&run, &format!("run-it/{n}"))["ends"].clone();
    assert_eq!(
        [ends(1), ends(2), ends(3), ends(4)],
        ["resolved", "handed_over", "not_applicable", "resolved"]
    );
    let kind = |id: &str| unit(&run, id)["kind"].clone();
    assert_eq!(
        [
            kind("run-it"),
            kind("run-it/1"),
            kind("why-is-it-red"),
            kind("notes")
        ],
        ["procedure", "step", "faq", "reference"]
    );
    let words = units("# Glossary\n\n## Pump\n\nIt moves water.\n");
    assert_eq!(unit(&words, "pump")["kind"], "term");
    let needs = units(
        "# Run it\n\n## Prerequisites\n\n- PostgreSQL 14 or later is installed.\n\n## Do it\n\n1. Stop it.\n",
    );
    let constraint = &unit(&needs, "run-it")["prerequisites"][0]["constraint"];
    assert_eq!(
        *constraint,
        serde_json::json!({ "key": "postgresql", "op": ">=", "value": "14" })
    );
}

#[test]
fn the_example_of_a_driver_drives_a_walk() {
    if !is_there("python3") {
        return skip("python3 is not installed");
    }
    let page = read(&corpus("handbook").join("walk-from-a-program.md"));
    let code = blocks(&page, "python")
        .remove(0)
        .replace("\"stepwell\"", &format!("{STEPWELL:?}"));
    let mut python = Command::new("python3");
    let output = python
        .args(["-c", &code])
        .env("STEPWELL_STORE", runbooks())
        .output();
    let output = output.expect("it starts");
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && shown.contains("ended: "),
        "{output:?}"
    );
    assert!(shown.starts_with("Restart the web service\n"), "{shown}");
}

#[test]
fn the_example_of_a_template_is_one() {
    let page = read(&corpus("handbook").join("override-a-template.md"));
    let folder = Folder::with(&[("checklist.txt", &blocks(&page, "jinja")[0])]);
    let ask = [
        "ask",
        "--template",
        "checklist.txt",
        "restart the web service",
    ];
    let shown = folder.run(ask).store(runbooks()).prints();
    assert!(shown.starts_with("# Restart the web service\n"), "{shown}");
    assert!(shown.contains("\n[ ] 1 "), "{shown}");
}

#[test]
fn the_example_of_a_grammar_is_one() {
    let page = read(&corpus("handbook").join("extend-the-grammar.md"));
    let docs = "# Wake up\n\n1. Raise a SEV1.\n2. Wait.\n";
    let folder = Folder::with(&[
        ("our-grammar/en/ours.toml", &blocks(&page, "toml")[0]),
        ("docs/a.md", docs),
    ]);
    let ends = |args: &[&str]| {
        folder.run(args).ends(0);
        let step = folder
            .run(["show", "--format", "json", "a.md#wake-up/1"])
            .lines()
            .remove(0);
        step["ends"].as_str().map(str::to_owned)
    };
    assert_eq!(ends(&["compile", "docs"]), None);
    assert_eq!(
        ends(&["compile", "--grammar", "our-grammar", "docs"]).as_deref(),
        Some("handed_over")
    );
}

#[test]
fn the_batch_of_the_handbook_is_answered() {
    let page = read(&corpus("handbook").join("batch-questions.md"));
    let run = stepwell(["ask", "--batch", "-"]).store(runbooks());
    let answers = run.typing(&blocks(&page, "json")[0]).lines();
    assert!(answers.iter().all(|a| a["error"].is_null()), "{answers:?}");
    assert_eq!(answers[0]["outcome"], "answered");
    assert!(
        answers[2]["hits"][0]["unit"]
            .as_str()
            .is_some_and(|u| u.starts_with("internal/"))
    );
}

#[test]
fn the_handbook_has_no_finding_above_a_note() {
    stepwell(["check".as_ref(), corpus("handbook").as_os_str()]).ends(0);
}
