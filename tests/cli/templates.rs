//! Every rendered text is a template, and a user can bring another.

use super::program::{Folder, runbooks};

const UNIT: &str = "host/free-disk-space.md#make-room/1";

#[test]
fn a_template_of_ones_own_gets_what_json_has() {
    let folder = Folder::with(&[
        (
            "own.jinja",
            "{{ answer.header }} has {{ answer.steps | length }} steps\n{% for hit in hits %}\n{{ hit.unit }}\n{% endfor %}\n",
        ),
        ("unit.jinja", "{{ unit.id }} {{ leads[0].header }}\n"),
        ("event.jinja", "<{{ event }}>\n"),
    ]);
    let run = folder
        .run(["ask", "--template", "own.jinja", "free disk space"])
        .store(runbooks());
    let shown = run.prints();
    assert!(shown.starts_with("Free disk space has "), "{shown}");
    assert!(
        shown.contains("\nhost/free-disk-space.md#free-disk-space\n"),
        "{shown}"
    );
    let run = folder
        .run(["show", "--template", "unit.jinja", UNIT])
        .store(runbooks());
    assert_eq!(run.prints(), format!("{UNIT} Empty the package cache\n"));
    let run = folder
        .run(["walk", "--template", "event.jinja", "--unit", UNIT])
        .store(runbooks());
    assert_eq!(run.typing("\n").prints(), "<unit>\n<unit>\n<end>\n");
}

#[test]
fn a_built_in_template_can_be_named() {
    let folder = Folder::with(&[]);
    let ask = |args: &[&str]| {
        folder
            .run([args, &["free disk space"]].concat())
            .store(runbooks())
            .prints()
    };
    let markdown = ask(&["ask", "--format", "markdown"]);
    assert_eq!(ask(&["ask", "--template", "ask.markdown"]), markdown);
    assert!(markdown.starts_with("# Free disk space\n"), "{markdown}");
    assert!(
        markdown.contains("\n```sh\njournalctl --disk-usage\n"),
        "code as the author has it"
    );
}

#[test]
fn a_wrong_template_names_its_place_and_one_that_is_not_there_the_others() {
    let folder = Folder::with(&[
        ("bad.jinja", "one\n{% if %}\n"),
        ("call.jinja", "one\n\n{{ query | nosuchfilter }}\n"),
        ("option.jinja", "{{ query | wrap(colour=3) }}\n"),
    ]);
    for (template, part) in [
        ("bad.jinja", "bad.jinja:2: "),
        ("call.jinja", "call.jinja:3: "),
        ("option.jinja", "option.jinja:1: "),
        (
            "gone.jinja",
            "there is no template \"gone.jinja\": name one of ask.markdown, ask.text, ",
        ),
    ] {
        let run = folder
            .run(["ask", "--template", template, "free disk space"])
            .store(runbooks());
        let message = run.refuses();
        assert!(message.contains(part), "{message}");
    }
    for command in [&["show", UNIT][..], &["walk", "--unit", UNIT]] {
        let run = folder
            .run([command, &["--template", "bad.jinja"]].concat())
            .store(runbooks());
        assert!(run.refuses().contains("bad.jinja:2: "));
    }
}

#[test]
fn filters_lay_out_and_clean() {
    let folder = Folder::with(&[(
        "own.jinja",
        "{{ answer.steps[0].body | unnumbered | prose(indent=2, mark='*', lead=answer.steps[0].header) }}\n{{ query | wrap(label='asked', indent=1) }}\n{{ query | title }} {{ answer.source | place }}\n",
    )]);
    let run = folder
        .run(["ask", "--template", "own.jinja", "free disk space"])
        .store(runbooks());
    let shown = run.prints();
    assert!(
        shown.starts_with("  * Find the cause\n asked: free disk space\n"),
        "{shown}"
    );
    assert!(
        shown.ends_with("free disk space host/free-disk-space.md:6-160\n"),
        "{shown}"
    );
}
