//! What programs read: one valid object a line, for every command that has JSON.

use serde_json::Value;

use super::program::{Folder, object, runbooks, stepwell};

#[test]
fn every_command_that_has_json_prints_an_object_a_line() {
    let unit = "host/free-disk-space.md#free-disk-space";
    for args in [
        &["ask", "--format", "json", "free disk space"][..],
        &["ask", "--format", "json", "--explain", "restart"],
        &["show", "--format", "json", unit],
        &["list", "--format", "json"],
        &["export", "--format", "ndjson"],
        &[
            "export", "--format", "ndjson", "--unit", unit, "--depth", "1",
        ],
        &["status", "--format", "json"],
        &["walk", "--json", "free disk space"],
    ] {
        let lines = stepwell(args).store(runbooks()).lines();
        assert!(!lines.is_empty(), "{args:?}");
    }
    let none = stepwell(["ask", "--format", "json", "zzz qqq"])
        .store(runbooks())
        .ends(1);
    let none = object(none.out.trim_end());
    assert_eq!(none["outcome"], "no_match");
    assert_eq!(none["answer"], Value::Null);
}

#[test]
fn findings_as_json_have_their_place() {
    let folder = Folder::with(&[]);
    folder.write("a.md", "# A\n\nSee [b](gone.md).\n");
    folder.write("b.md", b"# B \xff\n");
    for command in ["check", "compile"] {
        let run = folder.run([command, "--format", "json", "."]).ends(1);
        let found: Vec<Value> = run.out.lines().map(object).collect();
        let link = found
            .iter()
            .find(|f| f["code"] == "SW101")
            .expect("the link");
        assert_eq!(link["severity"], "warning");
        assert_eq!(link["source"]["file"], "a.md");
        assert_eq!(link["source"]["lines"], serde_json::json!([3, 3]));
        assert!(found.iter().any(|f| f["severity"] == "error"), "{found:?}");
        assert!(found.iter().all(|f| f["help"].is_string()), "{found:?}");
    }
}

#[test]
fn a_unit_is_the_same_wherever_it_is_shown() {
    let unit = "host/free-disk-space.md#make-room/1";
    let shown = stepwell(["show", "--format", "json", unit])
        .store(runbooks())
        .prints();
    let exported = stepwell(["export", "--format", "ndjson"])
        .store(runbooks())
        .prints();
    assert!(
        exported.lines().any(|line| line == shown.trim_end()),
        "{shown}"
    );
    let walk = stepwell(["walk", "--json", "--unit", unit])
        .store(runbooks())
        .lines();
    let mut whole = object(&shown);
    whole.as_object_mut().expect("an object").remove("v");
    assert_eq!(walk[0]["unit"], whole);
}

#[test]
fn an_export_is_ordered_and_complete() {
    let units = stepwell(["export", "--format", "ndjson"])
        .store(runbooks())
        .lines();
    let place = |u: &Value| {
        let file = u["source"]["file"].as_str().map(str::to_owned);
        (file, u["source"]["bytes"][0].as_u64())
    };
    let places: Vec<_> = units.iter().map(place).collect();
    assert!(places.is_sorted(), "by file, then by byte");
    let ids: std::collections::BTreeSet<_> = units.iter().map(|u| u["id"].as_str()).collect();
    assert_eq!(ids.len(), units.len(), "every id is there once");
    for unit in &units {
        for linker in unit["linkers"].as_array().expect("linkers") {
            if let Some(target) = linker["target"]["unit"].as_str() {
                assert!(
                    ids.contains(&Some(target)),
                    "{} leads to {target}",
                    unit["id"]
                );
            }
            assert!(linker["source"]["file"].is_string());
        }
    }
}
