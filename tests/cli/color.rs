//! When there is colour. Where it is, it changes no letter.

use super::program::{Folder, runbooks, stepwell};

const ESCAPE: char = '\u{1b}';

#[test]
fn a_pipe_has_no_colour_unless_it_is_asked_for() {
    let ask =
        |color: &str| stepwell(["ask", "--color", color, "free disk space"]).store(runbooks());
    assert!(!ask("auto").prints().contains(ESCAPE));
    assert!(!ask("never").prints().contains(ESCAPE));
    assert!(ask("always").prints().contains(ESCAPE));
    let forced = ask("always").env("NO_COLOR", "1").prints();
    assert!(forced.contains(ESCAPE), "a flag beats the environment");
    let forced = ask("auto").env("CLICOLOR_FORCE", "1").prints();
    assert!(forced.contains(ESCAPE));
    let refused = ask("auto")
        .env("CLICOLOR_FORCE", "1")
        .env("NO_COLOR", "1")
        .prints();
    assert!(!refused.contains(ESCAPE), "NO_COLOR is honoured");
    let message = ask("sometimes").refuses();
    assert!(
        message.contains("[possible values: auto, always, never]"),
        "{message}"
    );
}

#[test]
fn colour_changes_no_letter() {
    let unit = "host/free-disk-space.md#make-room/4";
    for args in [
        &["ask", "free disk space"][..],
        &["ask", "restart"],
        &["show", unit],
        &["status"],
    ] {
        let run = |color: &str| {
            stepwell([args, &["--color", color]].concat())
                .store(runbooks())
                .prints()
        };
        assert_eq!(without_escapes(&run("always")), run("never"), "{args:?}");
    }
}

#[test]
fn errors_and_findings_are_coloured_alike() {
    let folder = Folder::with(&[("a.md", "# A\n\nSee [b](gone.md).\n")]);
    for args in [&["check", "."][..], &["compile", "."], &["show", "nothing"]] {
        let run = |color: &str| {
            let run = folder.run([args, &["--color", color]].concat()).run();
            run.out + &run.err
        };
        assert!(run("always").contains(ESCAPE), "{args:?}");
        assert!(!run("never").contains(ESCAPE), "{args:?}");
    }
}

fn without_escapes(text: &str) -> String {
    let mut parts = text.split(ESCAPE);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once('m').map_or("", |(_, rest)| rest)
    })
}
