//! The same input gives the same bytes: twice, with any number of threads, with or without a store,
//! and for readers that come while a compile is under way.

use std::process::{Command, Stdio};

use super::program::{Folder, STEPWELL, corpus, runbooks, stepwell};

#[test]
fn compiling_twice_and_with_any_number_of_threads_gives_the_same_export() {
    for set in ["runbooks", "handbook"] {
        let folder = Folder::with(&[]);
        let set = corpus(set).display().to_string();
        let exported = |args: &[&str]| {
            let args = [&["compile", &set], args].concat();
            folder.run(args).ends(0);
            folder.run(["export", "--format", "ndjson"]).prints()
        };
        let first = exported(&[]);
        assert!(first == exported(&[]), "twice");
        assert!(first == exported(&["--jobs", "1"]), "one thread");
        assert!(first == exported(&["--jobs", "7"]), "seven threads");
    }
}

#[test]
fn the_findings_do_not_depend_on_the_threads() {
    let set = corpus("runbooks").display().to_string();
    let folder = Folder::with(&[]);
    let found = |jobs: &str| {
        folder
            .run(["compile", &set, "--format", "json", "--jobs", jobs])
            .prints()
    };
    assert_eq!(found("1"), found("5"));
}

#[test]
fn sources_in_memory_answer_like_a_store() {
    let from = corpus("runbooks").display().to_string();
    let folder = Folder::with(&[]);
    for args in [
        &["export", "--format", "ndjson"][..],
        &["export", "--format", "dot"],
        &["list"],
        &["list", "--format", "json", "--as", "staff"],
        &["show", "host/free-disk-space.md#make-room/4"],
        &["ask", "--format", "json", "free disk space"],
        &["ask", "how do I renew a certificate"],
        &["walk", "--json", "restart the web service"],
    ] {
        let stored = stepwell(args).store(runbooks()).prints();
        let args = [args, &["--from", &from]].concat();
        assert!(folder.run(&args).prints() == stored, "{args:?}");
    }
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("a folder").count(),
        0
    );
}

#[test]
fn readers_get_whole_answers_while_a_compile_runs() {
    let set = corpus("runbooks").display().to_string();
    let folder = Folder::with(&[]);
    folder.run(["compile", &set]).ends(0);
    let expected = folder
        .run(["ask", "--format", "json", "free disk space"])
        .prints();
    let start = |args: &[&str]| {
        let mut command = Command::new(STEPWELL);
        command
            .args(args)
            .current_dir(folder.path())
            .env_remove("STEPWELL_STORE");
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.spawn().expect("the binary starts")
    };
    let mut writer = start(&["compile", "-q", &set]);
    for _ in 0..3 {
        let readers: Vec<_> = (0..8)
            .map(|_| start(&["ask", "--format", "json", "free disk space"]))
            .collect();
        for reader in readers {
            let output = reader.wait_with_output().expect("it ends");
            let error = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{error}");
            assert!(output.stdout == expected.as_bytes(), "a whole answer");
        }
    }
    assert!(writer.wait().expect("it ends").success());
    assert_eq!(
        folder
            .run(["ask", "--format", "json", "free disk space"])
            .prints(),
        expected
    );
}
