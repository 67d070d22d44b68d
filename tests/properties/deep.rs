//! Things in things in things, deeper than any stack.

use stepwell::model::{Target, Unit};

use super::{read, truths};

const DEPTH: usize = 3_000;

/// Nested `DEPTH` times: what opens a level, and what closes it.
fn nested(open: &str, close: &str) -> String {
    format!("{}text\n{}", open.repeat(DEPTH), close.repeat(DEPTH))
}

/// Nested by indentation.
fn indented(marker: &str, by: usize) -> String {
    let depth = DEPTH / 10;
    let level = |i: usize| format!("{}{marker}\n", " ".repeat(i * by));
    (0..depth).map(level).collect()
}

#[test]
fn no_depth_exhausts_the_stack() {
    let texts = [
        ("commonmark", nested("> ", "")),
        ("commonmark", nested("- ", "")),
        ("commonmark", nested("1. ", "")),
        ("commonmark", nested("> - ", "")),
        ("commonmark", nested("[", "](a)")),
        ("commonmark", nested("**a ", "**")),
        ("commonmark", nested("<details>\n\n", "\n</details>\n")),
        ("commonmark", indented("- a", 2)),
        ("commonmark", indented("1. a", 3)),
        ("docusaurus", nested(":::note\n", ":::\n")),
        (
            "docusaurus",
            nested("<Tabs>\n<TabItem value=\"a\">\n", "</TabItem>\n</Tabs>\n"),
        ),
        ("docusaurus", indented("<Tabs>", 2)),
        ("docusaurus", indented("- :::note", 2)),
        ("github", nested("{% ifversion a %}\n", "{% endif %}\n")),
        ("github", nested("- {% note %}\n", "{% endnote %}\n")),
        ("gitlab", nested("::Tabs\n:::TabTitle a\n", "::EndTabs\n")),
        ("gitlab", nested(">>>\n", ">>>\n")),
        ("hugo", nested("{{< note >}}\n", "{{< /note >}}\n")),
        ("hugo", nested("{{< note >}}", "{{< /note >}}")),
        ("mkdocs", indented("!!! note", 4)),
        ("mkdocs", indented("=== \"a\"", 4)),
        ("mkdocs", indented("- a\n!!! note", 4)),
        ("msdocs", nested(":::row:::\n", ":::row-end:::\n")),
        ("msdocs", nested("# [a](#tab/a)\n", "---\n")),
    ];
    for (dialect, text) in texts {
        let set = read(&text, dialect);
        assert!(truths::ranges_are_true(&text, &set).is_ok(), "{dialect}");
        let has = |u: &Unit<Target>| u.body.contains("text") || u.header.contains("text");
        let kept = !text.contains("text") || set.units.iter().any(has);
        assert!(kept, "{dialect}: {}", &text[..40]);
    }
}
