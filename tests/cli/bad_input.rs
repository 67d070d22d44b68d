//! Documents, folders and disks as they should not be: each is named, the rest is compiled, and the
//! store that was there answers as before.

use std::process::{Command, Stdio};

use serde_json::Value;

use super::program::{Folder, STEPWELL, is_there, object, skip};

const GOOD: &str = "# Stop the pump\n\n1. Press the button.\n2. Wait.\n";

/// Compiles a folder that holds something bad beside a good page; gives the findings.
#[track_caller]
fn findings(folder: &Folder) -> Vec<Value> {
    let run = folder.run(["compile", ".", "--format", "json"]).run();
    assert!(matches!(run.code, Some(0 | 1)), "{}", run.err);
    let shown = folder.run(["show", "a.md#stop-the-pump/1"]).prints();
    assert!(
        shown.contains("Press the button"),
        "the good page is there: {shown}"
    );
    run.out.lines().map(object).collect()
}

#[track_caller]
fn one<'a>(found: &'a [Value], file: &str, part: &str) -> &'a Value {
    let about = |f: &&Value| {
        f["message"].as_str().is_some_and(|m| m.contains(part))
            && (f["source"]["file"] == file
                || f["message"].as_str().is_some_and(|m| m.contains(file))
                || f["file"] == file)
    };
    found
        .iter()
        .find(about)
        .unwrap_or_else(|| panic!("{file}: {part}: {found:#?}"))
}

#[test]
fn an_empty_folder_and_globs_that_match_nothing_say_where_they_looked() {
    let folder = Folder::with(&[("a.md", GOOD)]).compiled();
    std::fs::create_dir(folder.join("empty")).expect("made");
    let message = folder.run(["compile", "empty"]).refuses();
    let place = folder
        .join("empty")
        .canonicalize()
        .expect("there")
        .display()
        .to_string();
    assert!(message.contains("no document in "), "{message}");
    assert!(
        message.contains("empty") && message.contains("**/*.md"),
        "{message}"
    );
    assert!(message.contains("(the defaults)"), "{place}: {message}");
    folder.write("other/notes.txt", "x");
    folder.write(
        "other/stepwell.toml",
        "[compile]\ninclude = [\"howto/**/*.md\"]\n",
    );
    let message = folder.run(["compile", "other"]).refuses();
    assert!(message.contains("howto/**/*.md (from "), "{message}");
    assert!(
        folder
            .run(["ask", "stop the pump"])
            .prints()
            .contains("Press the button")
    );
}

#[test]
fn a_file_that_is_not_utf_8_is_named_and_skipped() {
    let folder = Folder::with(&[("a.md", GOOD)]);
    folder.write("latin.md", b"# Stra\xdfe\n\nText.\n");
    folder.write("wide.md", b"\xff\xfe#\0 \0A\0");
    let found = findings(&folder);
    for file in ["latin.md", "wide.md"] {
        let finding = one(&found, file, "UTF-");
        assert_eq!(finding["severity"], "error");
        assert!(finding["help"].as_str().is_some_and(|h| !h.is_empty()));
    }
    assert!(!folder.run(["list"]).prints().contains("latin.md"));
    folder.run(["compile", "latin.md"]).ends(2);
}

#[test]
fn a_byte_order_mark_and_crlf_change_nothing_but_the_bytes() {
    let folder = Folder::with(&[("a.md", GOOD), ("b/bom.md", &format!("\u{feff}{GOOD}"))]);
    folder.write("c/crlf.md", GOOD.replace('\n', "\r\n"));
    findings(&folder);
    let units: Vec<Value> = folder.run(["export", "--format", "ndjson"]).lines();
    let of = |page: &str| -> Vec<(Value, Value, Value)> {
        let on = units.iter().filter(|u| u["page"] == page);
        on.map(|u| {
            (
                u["kind"].clone(),
                u["header"].clone(),
                u["source"]["lines"].clone(),
            )
        })
        .collect()
    };
    assert_eq!(of("a.md").len(), 3);
    assert_eq!(of("b/bom.md"), of("a.md"));
    assert_eq!(of("c/crlf.md"), of("a.md"));
    let text = std::fs::read(folder.join("c/crlf.md")).expect("the page");
    let unit = units
        .iter()
        .find(|u| u["id"] == "c/crlf.md#stop-the-pump/2")
        .expect("a step");
    let range = |i: usize| unit["source"]["bytes"][i].as_u64().expect("a number") as usize;
    assert!(
        text[range(0)..range(1)].starts_with(b"2. Wait."),
        "bytes count in the file as it is"
    );
}

#[test]
fn a_fence_that_is_never_closed_is_code_to_the_end() {
    let open = "# Start the pump\n\n1. Run this:\n\n```sh\nstart\n\n2. Not a step.\n";
    let folder = Folder::with(&[("a.md", GOOD), ("open.md", open)]);
    findings(&folder);
    let out = folder.run(["export", "--format", "ndjson"]).prints();
    assert!(out.contains("start\\n"), "nothing is lost: {out}");
    assert!(out.contains("Not a step."), "nothing is lost: {out}");
    assert!(
        !out.contains("\"header\":\"Not a step\""),
        "and code is no step: {out}"
    );
    folder.run(["ask", "start the pump"]).ends(0);
}

#[test]
fn a_line_of_fifty_megabytes_is_read() {
    let folder = Folder::with(&[("a.md", GOOD)]);
    folder.write("long.md", "x".repeat(50_000_000));
    findings(&folder);
    let listed = folder.run(["list"]).prints();
    assert!(
        listed.len() < 10_000,
        "and is not a header: {} bytes",
        listed.len()
    );
    let shown = folder.run(["status"]).prints();
    assert!(shown.contains(" 2 pages"), "{shown}");
}

#[test]
fn a_folder_that_is_called_like_a_page_is_walked_and_named() {
    let folder = Folder::with(&[("a.md", GOOD), ("x.md/inner.md", "# Inner\n\nText.\n")]);
    let found = findings(&folder);
    one(&found, "x.md", "folder");
    assert!(
        folder
            .run(["list"])
            .prints()
            .contains("x.md/inner.md#inner")
    );
}

#[cfg(unix)]
#[test]
fn links_that_go_round_or_lead_out_are_named_and_not_followed() {
    use std::os::unix::fs::symlink;
    let outside = Folder::with(&[("secret.md", "# Secret\n\nOutside.\n")]);
    let folder = Folder::with(&[("a.md", GOOD), ("sub/b.md", "# B\n\nText.\n")]);
    symlink("..", folder.join("sub/up")).expect("linked");
    symlink(outside.path(), folder.join("out")).expect("linked");
    symlink(outside.join("secret.md"), folder.join("out.md")).expect("linked");
    symlink("gone.md", folder.join("broken.md")).expect("linked");
    let found = findings(&folder);
    one(&found, "sub/up", "a folder that holds it");
    one(&found, "out.md", "root");
    one(&found, "broken.md", "target is not there");
    let listed = folder.run(["list"]).prints();
    assert!(!listed.contains("ecret"), "{listed}");
    assert_eq!(listed.matches("sub/b.md#b\t").count(), 1, "{listed}");
}

#[test]
fn two_files_with_one_text_are_two_pages() {
    let folder = Folder::with(&[("a.md", GOOD), ("b.md", GOOD)]);
    findings(&folder);
    let listed = folder.run(["list", "--kind", "procedure"]).prints();
    assert_eq!(listed.lines().count(), 2, "{listed}");
    let show = |id: &str| folder.run(["show", id]).prints();
    assert!(show("a.md#stop-the-pump").contains("a.md:1-4"));
    assert!(show("b.md#stop-the-pump").contains("b.md:1-4"));
}

#[test]
fn an_empty_page_and_one_of_blanks_are_pages() {
    let folder = Folder::with(&[
        ("a.md", GOOD),
        ("empty.md", ""),
        ("blank.md", " \n\n\t\n"),
        ("bom.md", "\u{feff}"),
    ]);
    findings(&folder);
    let alone = Folder::with(&[("empty.md", "")]);
    let run = alone.run(["compile", "."]).run();
    assert!(
        matches!(run.code, Some(0..=2)) && !run.err.contains("defect"),
        "{}",
        run.err
    );
}

#[test]
fn broken_front_matter_is_named_and_the_page_is_kept() {
    let folder = Folder::with(&[
        ("a.md", GOOD),
        ("b.md", "---\ntitle: [open\n---\n\n# B\n\nText.\n"),
    ]);
    let found = findings(&folder);
    let finding = one(&found, "b.md", "front matter");
    assert_eq!(finding["code"], "SW003");
    assert!(folder.run(["list"]).prints().contains("b.md#"));
}

#[test]
fn a_store_in_use_is_not_written() {
    let folder = Folder::with(&[("a.md", GOOD)]).compiled();
    let lock = std::fs::File::options()
        .write(true)
        .open(folder.join(".stepwell/stepwell.lock"))
        .expect("the lock");
    lock.try_lock().expect("nobody has it");
    let message = folder.run(["compile", "."]).refuses();
    assert!(
        message.contains("store in use by another compile"),
        "{message}"
    );
    assert!(
        folder
            .run(["ask", "stop the pump"])
            .prints()
            .contains("Press the button")
    );
    drop(lock);
    folder.run(["compile", "."]).ends(0);
}

#[test]
fn a_folder_that_holds_something_else_is_no_store() {
    let folder = Folder::with(&[("a.md", GOOD), ("docs/b.md", GOOD)]);
    let message = folder.run(["compile", ".", "--store", "docs"]).refuses();
    assert!(
        message.contains("is not empty and is not a store"),
        "{message}"
    );
    let message = folder.run(["compile", ".", "--store", "a.md"]).refuses();
    assert!(message.contains("is not a folder"), "{message}");
    let message = folder.run(["ask", "x", "--store", "docs"]).refuses();
    assert!(message.contains("there is no store at docs"), "{message}");
}

#[test]
fn a_damaged_store_says_what_to_do() {
    let folder = Folder::with(&[("a.md", GOOD)]).compiled();
    let generation = std::fs::read_to_string(folder.join(".stepwell/CURRENT")).expect("a name");
    let file = folder
        .join(".stepwell")
        .join(generation.trim())
        .join("units.stepwell");
    let whole = std::fs::read(&file).expect("the published file");
    let step = (whole.len() / 40).max(1);
    for at in (0..whole.len()).step_by(step) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xff;
        std::fs::remove_file(&file).expect("removed");
        std::fs::write(&file, &bytes).expect("written");
        let message = folder.run(["status", "--verify"]).refuses();
        assert!(
            message.contains("run `stepwell compile` again"),
            "byte {at}: {message}"
        );
        for args in [
            &["ask", "stop the pump"][..],
            &["list"],
            &["export", "--format", "ndjson"],
        ] {
            let run = folder.run(args).run();
            assert!(
                !run.err.contains("defect"),
                "byte {at}: {args:?}: {}",
                run.err
            );
        }
    }
    std::fs::write(&file, &whole[..whole.len() / 2]).expect("written");
    let message = folder.run(["list"]).refuses();
    assert!(
        message.contains("run `stepwell compile` again"),
        "{message}"
    );
    folder.run(["compile", "."]).ends(0);
    folder.run(["status", "--verify"]).ends(0);
}

#[test]
fn a_full_disk_leaves_the_store_as_it_was() {
    if !is_there("unshare") {
        return skip("unshare is not installed");
    }
    let folder = Folder::with(&[("small/a.md", GOOD)]);
    let page: String = (0..8000)
        .map(|n| format!("## Section {n}\n\n1. Do thing {} of {n}.\n\n", n * 7919))
        .collect();
    folder.write("large/big.md", format!("# Big\n\n{page}"));
    let script = "
        mount -t tmpfs -o size=4m none store || exit 77
        \"$1\" compile small --store store -q || exit 10
        \"$1\" compile large --store store 2> message
        echo $? > code
        \"$1\" ask 'stop the pump' --store store > answer || exit 11
        \"$1\" status --verify --store store || exit 12
    ";
    std::fs::create_dir(folder.join("store")).expect("made");
    let output = Command::new("unshare")
        .args(["-rm", "sh", "-c", script, "sh", STEPWELL])
        .current_dir(folder.path())
        .env_remove("STEPWELL_STORE")
        .stdin(Stdio::null())
        .output()
        .expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.code() == Some(77) || said.contains("unshare failed") {
        return skip(&format!("no mount can be made here: {said}"));
    }
    assert_eq!(output.status.code(), Some(0), "{said}");
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).expect("written");
    assert_eq!(read("code"), "2\n");
    let message = read("message");
    assert!(
        message.contains("error: ") && message.contains("space"),
        "{message}"
    );
    assert!(!message.contains("defect"), "{message}");
    assert!(read("answer").contains("1. Press the button."));
}

#[cfg(unix)]
#[test]
fn a_read_only_store_answers() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("a.md", GOOD)]).compiled();
    let store = folder.join(".stepwell");
    let set = |mode: u32| std::fs::set_permissions(&store, std::fs::Permissions::from_mode(mode));
    set(0o555).expect("changed");
    let answer = folder.run(["ask", "stop the pump"]).run();
    set(0o755).expect("changed back");
    assert_eq!(answer.code, Some(0), "{}", answer.err);
}
