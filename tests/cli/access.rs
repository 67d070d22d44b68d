//! A unit that a caller may not see does not exist for that caller.

use serde_json::Value;

use super::program::{Folder, runbooks, stepwell};

/// Words that only a page for staff has.
const SECRET: &str = "has full rights on all hosts";
const STAFF: &str = "internal/break-glass-access.md#use-the-break-glass-access";

#[test]
fn a_page_for_staff_is_nowhere_without_the_label() {
    for args in [
        &["list"][..],
        &["list", "--format", "json"],
        &["export", "--format", "ndjson"],
        &["export", "--format", "dot"],
        &[
            "ask",
            "--format",
            "json",
            "--limit",
            "100",
            "use the break-glass access",
        ],
        &["ask", "--format", "json", "--limit", "100", "reboot a host"],
        &["ask", "--explain", "open the emergency account"],
        &["status", "--format", "json"],
        &[
            "walk",
            "--json",
            "--threshold",
            "0",
            "use the break-glass access",
        ],
    ] {
        let run = stepwell(args).store(runbooks()).run();
        let all = run.out + &run.err;
        // The words of a page that may be seen stay as they are, even where they hold a link there.
        let named = all.replace("../internal/", "");
        assert!(!named.contains("internal/"), "{args:?}");
        assert!(!all.contains(SECRET), "{args:?}");
    }
    for args in [
        &["list", "--as", "staff"][..],
        &["export", "--format", "ndjson", "--as", "staff"],
        &["ask", "use the break-glass access", "--as", "staff"],
    ] {
        let out = stepwell(args).store(runbooks()).prints();
        assert!(out.contains("internal/break"), "{args:?}: {out}");
    }
}

#[test]
fn naming_a_hidden_unit_is_answered_as_if_it_were_not_there() {
    let message = |args: &[&str], id: &str| {
        let args = [args, &[id]].concat();
        stepwell(args).store(runbooks()).refuses().replace(id, "ID")
    };
    let none = "internal/zzzzz-zzzzz-zzzzzz.md#zzz-zzz-zzzzz-zzzzz-zzzzzz";
    for args in [
        &["show"][..],
        &["walk", "--unit"],
        &["export", "--format", "dot", "--unit"],
    ] {
        let hidden = message(args, STAFF);
        assert!(
            !hidden.contains("break-glass"),
            "no suggestion leads there: {hidden}"
        );
        assert_eq!(hidden, message(args, none));
    }
    stepwell(["show", STAFF, "--as", "staff"])
        .store(runbooks())
        .ends(0);
    let near = stepwell(["show", "use-the-break-glass-access"])
        .store(runbooks())
        .refuses();
    assert!(!near.contains("internal"), "{near}");
    let goto = |id: &str| {
        let walk = stepwell(["walk", "--json", "free disk space"]).store(runbooks());
        let said = serde_json::json!({ "goto": id });
        walk.typing(format!("{said}\n")).lines()[1]
            .to_string()
            .replace(id, "ID")
    };
    assert_eq!(goto(STAFF), goto(none));
}

#[test]
fn a_set_with_a_hidden_page_looks_like_one_without_it() {
    let pages = [
        (
            "stepwell.toml",
            "[[labels]]\npaths = [\"staff/**\"]\nadd = [\"staff\"]\n",
        ),
        (
            "a.md",
            "# Restart the server\n\n1. Stop the server.\n2. Start it.\n",
        ),
        (
            "b.md",
            "# Stop the pump\n\n1. Press the button.\n\n## What is a pump?\n\nIt moves water.\n",
        ),
    ];
    let without = Folder::with(&pages).compiled();
    let with = Folder::with(&pages);
    with.write(
        "staff/c.md",
        "# Restart the server for real\n\n1. Pull the plug of the server.\n",
    );
    let with = with.compiled();
    for args in [
        &["list"][..],
        &["export", "--format", "ndjson"],
        &["export", "--format", "mermaid"],
        &["ask", "--format", "json", "restart the server"],
        &["ask", "--format", "json", "--explain", "pull the plug"],
        &["ask", "server"],
        &["show", "restart-the-server-for-real"],
    ] {
        let (a, b) = (without.run(args).run(), with.run(args).run());
        assert_eq!(
            (a.code, &a.out, &a.err),
            (b.code, &b.out, &b.err),
            "{args:?}"
        );
        let seen = with.run([args, &["--as", "staff"]].concat()).run();
        assert_ne!(
            seen.out + &seen.err,
            b.out + &b.err,
            "{args:?} tells staff more"
        );
    }
}

#[test]
fn the_language_of_a_hidden_page_is_not_that_of_a_question() {
    let labels = "[[labels]]\npaths = [\"staff/**\"]\nadd = [\"staff\"]\n";
    let pages = [
        ("stepwell.toml", labels),
        (
            "a.md",
            "# Die server\n\n1. Stop the server.\n2. Start it.\n",
        ),
    ];
    let without = Folder::with(&pages).compiled();
    let with = Folder::with(&pages);
    with.write(
        "staff/c.md",
        "# Server neu starten\n\n!!! note\n    Nur nachts.\n\n1. Halten Sie den Server an.\n2. Starten Sie ihn wieder.\n",
    );
    let with = with.compiled();
    let question = "Wie kann ich die Server wieder starten?";
    for args in [
        &["ask", "--explain", "--format", "json", question][..],
        &["ask", question],
        &["walk", question],
        &["show", "a.md#die-server"],
    ] {
        let (a, b) = (without.run(args).run(), with.run(args).run());
        assert_eq!(
            (a.code, &a.out, &a.err),
            (b.code, &b.out, &b.err),
            "{args:?}"
        );
    }
    let staff = with.run(["ask", question, "--as", "staff"]).prints();
    assert!(staff.contains("Note: Nur nachts."), "{staff}");
}

#[test]
fn status_counts_and_names_only_what_the_caller_may_see() {
    let folder = Folder::with(&[
        (
            "stepwell.toml",
            "[[labels]]\npaths = [\"staff/**\"]\nadd = [\"staff\"]\n",
        ),
        ("a.md", "# A\n\nText.\n"),
        ("staff/plans.md", "# Plans\n\nText.\n"),
    ])
    .compiled();
    std::fs::remove_file(folder.join("staff/plans.md")).expect("removed");
    let everyone = folder.run(["status"]).ends(0).out;
    assert!(everyone.contains(" 1 page under"), "{everyone}");
    assert!(
        everyone.contains("stale     no") && !everyone.contains("plans"),
        "{everyone}"
    );
    let staff = folder.run(["status", "--as", "staff"]).ends(1).out;
    assert!(
        staff.contains(" 2 pages under") && staff.contains("gone  staff/plans.md"),
        "{staff}"
    );
}

#[test]
fn all_labels_of_a_page_are_needed() {
    let folder =
        Folder::with(&[("a.md", "---\nlabels: [staff, night]\n---\n\n# A\n\nText.\n")]).compiled();
    folder.run(["list", "--as", "staff"]).ends(1);
    folder.run(["list", "--as", "night"]).ends(1);
    let both: Vec<Value> = folder
        .run(["list", "--format", "json", "--as", "night", "--as", "staff"])
        .lines();
    assert_eq!(both[0]["id"], "a.md#a");
}
