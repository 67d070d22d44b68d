//! `--given`: what is so decides what applies, and which prerequisites are met.

use serde_json::{Value, json};

use super::program::Folder;

fn folder() -> Folder {
    Folder::with(&[
        (
            "debian.md",
            "---\napplies:\n  os: [debian]\n---\n\n# Install the package\n\n1. Run `apt-get`.\n",
        ),
        (
            "fedora.md",
            "---\napplies:\n  os: [fedora]\n---\n\n# Install the package\n\n1. Run `dnf`.\n",
        ),
        (
            "upgrade.md",
            "# Upgrade the server\n\n## Before you begin\n\n- PostgreSQL 14 or later is installed.\n\n## Steps\n\n1. Stop it.\n2. Start it.\n",
        ),
    ])
    .compiled()
}

fn hits(folder: &Folder, args: &[&str]) -> Vec<String> {
    let args = [&["ask", "--format", "json", "install the package"], args].concat();
    let answer = folder.run(args).lines().remove(0);
    let hits = answer["hits"].as_array().cloned().unwrap_or_default();
    let page = |h: &Value| h["source"]["file"].as_str().unwrap_or_default().to_owned();
    let mut pages: Vec<String> = hits.iter().map(page).collect();
    pages.dedup();
    pages
}

#[test]
fn a_fact_leaves_out_what_is_for_something_else() {
    let folder = folder();
    let all = hits(&folder, &[]);
    assert!(all.contains(&"debian.md".to_owned()) && all.contains(&"fedora.md".to_owned()));
    let one = hits(&folder, &["--given", "os=Fedora"]);
    assert!(one.contains(&"fedora.md".to_owned()), "{one:?}");
    assert!(!one.contains(&"debian.md".to_owned()), "{one:?}");
    let last = hits(&folder, &["--given", "os=fedora", "--given", "os=debian"]);
    assert!(
        !last.contains(&"fedora.md".to_owned()),
        "a later value replaces an earlier one"
    );
    let other = hits(&folder, &["--given", "color=red"]);
    assert_eq!(other, all, "a fact about something else changes nothing");
}

#[test]
fn a_batch_line_brings_facts_of_its_own() {
    let folder = folder();
    let line = json!({ "query": "install the package", "given": { "os": "debian" } });
    let answer = folder
        .run(["ask", "--batch", "-"])
        .typing(format!("{line}\n"))
        .lines();
    assert!(!answer[0].to_string().contains("fedora.md"));
}

#[test]
fn a_constraint_is_met_or_not_by_what_is_given() {
    let folder = folder();
    let state = |given: &[&str]| {
        let unit = "upgrade.md#upgrade-the-server";
        let args = [&["walk", "--json", "--unit", unit], given].concat();
        let events = folder.run(args).lines();
        events[0]["prerequisites"][0]["state"]
            .as_str()
            .map(str::to_owned)
    };
    assert_eq!(state(&[]).as_deref(), Some("unknown"));
    assert_eq!(state(&["--given", "postgresql=16"]).as_deref(), Some("met"));
    assert_eq!(
        state(&["--given", "postgresql>=15"]).as_deref(),
        Some("met")
    );
    assert_eq!(
        state(&["--given", "postgresql=13"]).as_deref(),
        Some("unmet")
    );
}
