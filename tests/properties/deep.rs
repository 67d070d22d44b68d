//! Things in things in things, deeper than any stack; and more in a row than any list has.

use stepwell::config::Config;
use stepwell::model::{SourceText, Target, Unit};

use super::{compile, config, read, truths};

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
        (
            "commonmark",
            format!("1. Go to step {}\n2. text\n", "1.".repeat(DEPTH)),
        ),
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

/// Each calls the next, and the last the first.
#[test]
fn no_loop_of_pages_exhausts_the_stack() {
    let pages = 10_000;
    let texts: Vec<SourceText> = (0..pages)
        .map(|i| SourceText {
            path: format!("{i:05}.md"),
            text: format!(
                "# A\n\n1. Follow [it]({:05}.md).\n2. Stop.\n",
                (i + 1) % pages
            ),
            labels: Vec::new(),
        })
        .collect();
    let set = compile(&texts, &Config::default());
    let loops = set.diagnostics.iter().filter(|d| d.code.0 == 105);
    assert_eq!(loops.count(), 1);
}

/// The rest of the rest is that of what was asked.
#[test]
fn an_otherwise_behind_another_says_no_more() {
    let rests = "- Otherwise, run it.\n".repeat(DEPTH);
    let set = read(&format!("- If it is red, stop it.\n{rests}"), "commonmark");
    let linkers = set.units.iter().flat_map(|u| &u.linkers);
    let conditions = linkers.filter_map(|l| l.condition.as_ref());
    let texts: Vec<&str> = conditions.map(|c| c.text.as_str()).collect();
    assert_eq!(texts, vec!["it is red"; texts.len()]);
    assert!(texts.len() > 1);
}

/// Each includes the next.
#[test]
fn no_chain_of_includes_exhausts_the_stack() {
    let texts: Vec<SourceText> = (0..1_000)
        .map(|i| SourceText {
            path: format!("{i:05}.md"),
            text: format!("text {i}\n\n[!INCLUDE [a]({:05}.md)]\n", i + 1),
            labels: Vec::new(),
        })
        .collect();
    let set = compile(&texts, &config("msdocs"));
    for i in 0..texts.len() {
        let text = format!("text {i}");
        assert!(set.units.iter().any(|u| u.body.trim() == text), "{text}");
    }
}
