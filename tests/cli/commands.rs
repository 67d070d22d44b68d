//! Every command: what it prints where, and how it ends.

use super::program::{Folder, corpus, handbook, runbooks, stepwell};

const FREE: &str = "host/free-disk-space.md#free-disk-space";

#[test]
fn data_goes_to_standard_output_and_everything_else_to_standard_error() {
    for args in [
        &["ask", "free disk space"][..],
        &["ask", "--explain", "free disk space"],
        &["ask", "--format", "markdown", "free disk space"],
        &["ask", "--format", "json", "free disk space"],
        &["show", FREE],
        &["show", "--format", "markdown", FREE],
        &["show", "--format", "json", FREE],
        &["list"],
        &["list", "--kind", "term", "--format", "json"],
        &["export", "--format", "ndjson"],
        &["export", "--format", "dot"],
        &[
            "export", "--format", "mermaid", "--unit", FREE, "--depth", "1",
        ],
        &["status", "--verify"],
        &["status", "--format", "json"],
        &["walk", "free disk space"],
        &["walk", "--json", "free disk space"],
    ] {
        let run = stepwell(args).store(runbooks()).ends(0);
        assert!(!run.out.is_empty(), "{args:?} prints");
        assert_eq!(run.err, "", "{args:?} says nothing else");
    }
}

#[test]
fn compile_prints_nothing_and_tells_people_what_it_did() {
    let folder = Folder::with(&[(
        "a.md",
        "# Stop the pump\n\n1. Press the button.\n2. Wait.\n",
    )]);
    let run = folder.run(["compile", "."]).ends(0);
    assert_eq!(run.out, "");
    assert!(
        run.err.starts_with("compiled 1 page into 3 units ("),
        "{}",
        run.err
    );
    assert!(run.err.contains(" in .stepwell, "), "{}", run.err);
    let quiet = folder.run(["compile", "-q", "."]).ends(0);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
}

#[test]
fn compile_ends_with_1_for_warnings_only_where_they_are_denied() {
    let folder = Folder::with(&[("a.md", "# A\n\nSee [b](gone.md).\n")]);
    let run = folder.run(["compile", "."]).ends(0);
    assert!(
        run.err.contains("a.md:3:") && run.err.contains("warning[SW101]"),
        "{}",
        run.err
    );
    folder.run(["compile", ".", "--deny", "warnings"]).ends(1);
    folder.run(["list"]).ends(0);
}

#[test]
fn the_findings_of_check_are_data() {
    let folder = Folder::with(&[("a.md", "# A\n\nSee [b](gone.md).\n")]);
    let run = folder.run(["check", "."]).ends(1);
    assert!(
        run.out.contains("a.md:3:") && run.out.contains("warning[SW101]"),
        "{}",
        run.out
    );
    assert_eq!(run.err, "1 page, 1 warning in 1 file\n");
    assert!(!folder.join(".stepwell").exists(), "check leaves no store");
    folder.write("a.md", "# A\n\nNothing to find.\n");
    let run = folder.run(["check", "."]).ends(0);
    assert_eq!(run.out, "");
    assert_eq!(run.err, "1 page, nothing to report\n");
}

#[test]
fn a_link_out_of_the_folder_is_found_where_it_leads_to_a_page() {
    let page = "# A\n\nSee [b](../b.md) and [its tool](../b.sh).\n";
    let folder = Folder::with(&[("docs/a.md", page), ("b.md", "# B\n"), ("b.sh", "true\n")]);
    let run = folder.run(["check", "docs"]).ends(0);
    assert!(
        run.out.contains("note[SW101]") && run.out.contains("leads out of the compiled folder"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("b.sh`"), "{}", run.out);
    let both = folder.run(["check", "docs", "b.md"]).ends(0);
    assert_eq!(both.out, "");
}

#[test]
fn many_findings_are_shown_in_part_unless_they_are_asked_for() {
    let links: String = (0..30)
        .map(|n| format!("See [n](gone-{n}.md).\n\n"))
        .collect();
    let folder = Folder::with(&[("a.md", &format!("# A\n\n{links}"))]);
    let shown = |args: &[&str]| {
        let run = folder.run(args).ends(0);
        (run.err.matches("warning[SW101]").count(), run.err)
    };
    let (some, said) = shown(&["compile", "."]);
    assert_eq!(some, 10);
    assert!(
        said.contains("… and 20 more findings: `stepwell check` shows all"),
        "{said}"
    );
    assert_eq!(shown(&["compile", "-v", "."]).0, 30);
}

#[test]
fn nothing_that_fits_ends_with_1() {
    let run = stepwell(["ask", "zzz", "qqq"]).store(runbooks()).ends(1);
    assert!(
        run.out.starts_with("Nothing here answers “zzz qqq”."),
        "{}",
        run.out
    );
    let run = stepwell(["walk", "zzz qqq"]).store(runbooks()).ends(1);
    assert!(
        run.out.contains("Nothing here answers that."),
        "{}",
        run.out
    );
    let folder = Folder::with(&[("a.md", "# A\n\nText.\n")]).compiled();
    let run = folder.run(["list", "--kind", "term"]).ends(1);
    assert_eq!(
        (run.out.as_str(), run.err.as_str()),
        ("", "there is no term here\n")
    );
}

#[test]
fn a_question_needs_no_quotes() {
    let quoted = stepwell(["ask", "free disk space"])
        .store(runbooks())
        .prints();
    let loose = stepwell(["ask", "free", "disk", "space"])
        .store(runbooks())
        .prints();
    assert_eq!(quoted, loose);
}

#[test]
fn what_cannot_run_ends_with_2_and_says_what_to_do() {
    let folder = Folder::with(&[]);
    for (args, message) in [
        (
            &["ask", "x"][..],
            "there is no store at .stepwell; run `stepwell compile PATH` first",
        ),
        (
            &["ask", " "],
            "the question is empty; say what you want to do: `stepwell ask",
        ),
        (&["ask"], "<QUESTION>..."),
        (
            &["compile", "gone"],
            "gone does not exist; name a file, a folder, or `-`",
        ),
        (&["compile", "."], "no document in "),
        (
            &["export", "--format", "pdf"],
            "[possible values: ndjson, dot, mermaid]",
        ),
        (
            &["list", "--kind", "task"],
            "[possible values: procedure, step, term, faq, reference]",
        ),
        (
            &["ask", "x", "--given", "os"],
            "write KEY=VALUE, or KEY>=VALUE",
        ),
        (
            &["walk", "x", "--threshold", "2"],
            "write a number from 0 to 1",
        ),
        (&["walk", "x", "--unit", "y"], "cannot be used with"),
        (&["ask", "x", "--batch", "y"], "cannot be used with"),
        (
            &["wakl", "x"],
            "some similar subcommands exist: 'ask', 'walk'",
        ),
        (
            &["completions", "tcsh"],
            "[possible values: bash, elvish, fish, powershell, zsh]",
        ),
    ] {
        let message_is = folder.run(args).refuses();
        assert!(message_is.contains(message), "{args:?}: {message_is}");
    }
    assert!(
        !folder.join(".stepwell").exists(),
        "a mistake leaves no store"
    );
}

#[test]
fn a_store_that_is_there_stays_when_a_compile_fails() {
    let folder = Folder::with(&[("a.md", "# A\n\nText.\n")]).compiled();
    let before = folder.run(["export", "--format", "ndjson"]).prints();
    folder.run(["compile", "gone"]).refuses();
    assert_eq!(
        folder.run(["export", "--format", "ndjson"]).prints(),
        before
    );
}

#[test]
fn a_mistyped_unit_gets_a_suggestion() {
    let show = |id: &str| stepwell(["show", id]).store(runbooks()).refuses();
    let asked = |id: &str, answer: &str| {
        let message = show(id);
        assert!(message.contains(answer), "{message}");
    };
    asked("free-disk-space", &format!("did you mean {FREE:?}?"));
    asked(
        "host/free-disk-space.md#free-disk-spcae",
        &format!("did you mean {FREE:?}?"),
    );
    asked("zzz", "`stepwell list` shows all of them");
    let goto = stepwell(["walk", "--unit", "free-disk-space"]).store(runbooks());
    assert!(goto.refuses().contains("did you mean"));
}

#[test]
fn list_names_every_unit_once_with_tabs_between() {
    let listed = stepwell(["list"]).store(runbooks()).prints();
    let exported = stepwell(["export", "--format", "ndjson"])
        .store(runbooks())
        .prints();
    assert_eq!(listed.lines().count(), exported.lines().count());
    assert!(
        listed.lines().all(|line| line.split('\t').count() == 3),
        "{listed}"
    );
    let terms = stepwell(["list", "--kind", "term"])
        .store(runbooks())
        .prints();
    assert!(terms.lines().count() > 10 && terms.lines().all(|l| l.contains("\tterm\t")));
}

#[test]
fn status_tells_what_changed_since() {
    let folder = Folder::with(&[("a.md", "# A\n\nText.\n"), ("b.md", "# B\n\nText.\n")]).compiled();
    let fresh = folder.run(["status", "--verify"]).prints();
    assert!(fresh.contains("sources   2 pages under "), "{fresh}");
    assert!(
        fresh.contains("whole     yes") && fresh.contains("stale     no"),
        "{fresh}"
    );
    folder.write("a.md", "# A\n\nOther text.\n");
    std::fs::remove_file(folder.join("b.md")).expect("removed");
    let stale = folder.run(["status"]).ends(1).out;
    assert!(
        stale.contains("stale     yes: 2 of its pages changed since"),
        "{stale}"
    );
    assert!(
        stale.contains("changed  a.md") && stale.contains("gone  b.md"),
        "{stale}"
    );
}

#[test]
fn an_export_goes_to_a_file_whole_or_not_at_all() {
    let folder = Folder::with(&[]);
    let printed = stepwell(["export", "--format", "dot"])
        .store(runbooks())
        .prints();
    let run = folder
        .run(["export", "--format", "dot", "-o", "graph.dot"])
        .store(runbooks());
    assert_eq!(run.prints(), "");
    assert_eq!(
        std::fs::read_to_string(folder.join("graph.dot")).expect("a file"),
        printed
    );
    let run = folder
        .run(["export", "--format", "mermaid", "-o", "graph.dot"])
        .store(runbooks());
    assert!(
        run.refuses()
            .contains("narrow it with --unit ID and --depth N")
    );
    assert_eq!(
        std::fs::read_to_string(folder.join("graph.dot")).expect("a file"),
        printed
    );
    let files = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(files, 1, "nothing is left beside it");
}

#[test]
fn what_is_asked_for_is_found_in_the_handbook() {
    for (question, page) in [
        ("how do I compile a documentation set", "compile.md"),
        ("walk a procedure in the terminal", "walk.md"),
        ("set up completions", "completions.md"),
        ("recover from a broken store", "recover-a-store.md"),
    ] {
        let answer = stepwell(["ask", "--format", "json", question])
            .store(handbook())
            .lines();
        let first = answer[0]["hits"][0]["unit"].as_str().unwrap_or_default();
        assert!(first.starts_with(page), "{question}: {first}");
    }
}

#[test]
fn help_says_what_there_is_and_fits_the_width() {
    for args in [&["--help"][..], &["help", "ask"], &["walk", "-h"]] {
        let help = stepwell(args).prints();
        assert!(help.contains("Usage: stepwell"), "{help}");
    }
    let top = stepwell::<&str>([]).ends(2);
    assert!(
        top.err.contains("Begin with:\n  stepwell compile DOCS\n"),
        "{}",
        top.err
    );
    let version = stepwell(["--version"]).prints();
    assert_eq!(version, format!("stepwell {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn verbose_tells_where_things_are_and_what_took_how_long() {
    let folder = Folder::with(&[("stepwell.toml", ""), ("a.md", "# A\n\nText.\n")]);
    let said = folder.run(["compile", "-v", "."]).ends(0).err;
    for part in [
        "store    .stepwell",
        "stepwell.toml\n",
        "root     ",
        "stages   read ",
        "write ",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let said = folder.run(["ask", "-v", "text"]).run().err;
    for part in [
        "(the nearest from here upwards)",
        "opened   in ",
        "answered in ",
        "took     ",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let said = folder
        .run(["ask", "-v", "text"])
        .env("STEPWELL_STORE", folder.join(".stepwell"));
    assert!(said.run().err.contains("(named by STEPWELL_STORE)"));
}

#[test]
fn standard_input_can_be_compiled() {
    let page = std::fs::read(corpus("runbooks").join("host/free-disk-space.md")).expect("a page");
    let folder = Folder::with(&[]);
    folder.run(["compile", "-"]).typing(&page).ends(0);
    let listed = folder.run(["list", "--kind", "procedure"]).prints();
    assert!(
        listed.contains("stdin.md#free-disk-space\tprocedure\tFree disk space\n"),
        "{listed}"
    );
}
