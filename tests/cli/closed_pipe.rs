//! A reader that goes away is how pipes end, and no failure.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::program::{Folder, STEPWELL, corpus, runbooks, start};

/// Runs until its reader has one line and goes away; tells the exit code.
fn one_line(args: &[&str], input: &[u8]) -> (Option<i32>, String) {
    let mut command = Command::new(STEPWELL);
    command.args(args).env("STEPWELL_STORE", runbooks());
    let (mut child, typist) = start(&mut command, input.to_vec());
    let mut line = String::new();
    let mut out = BufReader::with_capacity(16, child.stdout.take().expect("a pipe"));
    out.read_line(&mut line).expect("a line");
    drop(out);
    let output = child.wait_with_output().expect("it ends");
    typist.join().expect("nothing to fail");
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn every_command_ends_well_when_its_reader_goes_away() {
    let batch = "{\"query\":\"free disk space\"}\n".repeat(200);
    let nexts = "{\"next\":true}\n".repeat(2000);
    let enters = "\n".repeat(2000);
    for (args, input) in [
        (&["list"][..], ""),
        (&["list", "--format", "json"], ""),
        (&["export", "--format", "ndjson"], ""),
        (&["export", "--format", "dot"], ""),
        (&["ask", "free disk space"], ""),
        (&["ask", "--format", "json", "free disk space"], ""),
        (&["ask", "--batch", "-"], &batch),
        (&["show", "host/free-disk-space.md#free-disk-space"], ""),
        (&["status"], ""),
        (&["walk", "--json", "free disk space"], &nexts),
        (&["walk", "free disk space"], &enters),
        (&["completions", "bash"], ""),
        (&["man"], ""),
        (&["--help"], ""),
        (&["help", "walk"], ""),
    ] {
        let (code, error) = one_line(args, input.as_bytes());
        assert_eq!((code, error.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn the_findings_of_a_large_set_may_go_unread() {
    let links: String = (0..3000)
        .map(|n| format!("See [n](gone-{n}.md).\n\n"))
        .collect();
    let folder = Folder::with(&[("a.md", &format!("# A\n\n{links}"))]);
    let path = folder.path().display().to_string();
    for format in ["human", "json"] {
        let (code, error) = one_line(&["check", "--format", format, &path], b"");
        assert_eq!((code, error.as_str()), (Some(0), ""), "{format}");
    }
}

#[test]
fn a_compile_whose_findings_nobody_reads_still_compiles() {
    let folder = Folder::with(&[]);
    let set = corpus("runbooks");
    let store = folder.join("store");
    let mut child = Command::new(STEPWELL)
        .args([
            "compile".as_ref(),
            "--store".as_ref(),
            store.as_os_str(),
            set.as_os_str(),
        ])
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    drop(child.stderr.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    folder.run(["list"]).store(&store).ends(0);
}
