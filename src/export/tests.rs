use std::io;

use serde_json::Value;

use super::*;
use crate::json::sample::{InMemory, drain, linker, span, unit};
use crate::model::{CompiledSet, Kind, LinkerKind, SourceFile, Target, UnitId, UnitNo, Via};

fn exported(set: CompiledSet, scope: &Scope, format: Format) -> Result<String, ExportError> {
    let mut out = Vec::new();
    export(&InMemory::new(set), scope, format, &mut out)?;
    Ok(String::from_utf8(out).expect("text"))
}

fn all(set: CompiledSet, format: Format) -> String {
    exported(set, &Scope::All, format).expect("an export")
}

fn around(unit: &str, depth: u32) -> Scope {
    Scope::Around {
        unit: UnitId(unit.to_owned()),
        depth,
    }
}

fn ids(lines: &str) -> Vec<String> {
    let id = |line: &str| {
        let unit: Value = serde_json::from_str(line).expect("JSON");
        unit["id"].as_str().expect("an id").to_owned()
    };
    lines.lines().map(id).collect()
}

#[test]
fn lines_are_ordered_by_file_then_place_then_id() {
    let mut set = drain();
    // A unit of the first page that stands in the second file, as included text does.
    let mut included = unit(
        "ops/drain.md#included",
        Kind::Reference,
        "Included",
        span(1, 0, 9),
    );
    included.page = crate::model::FileId(0);
    let twin = unit(
        "ops/drain.md#a-twin",
        Kind::Reference,
        "Twin",
        span(1, 0, 9),
    );
    set.units.extend([included, twin]);
    assert_eq!(
        ids(&all(set, Format::Ndjson)),
        [
            "ops/drain.md#drain-a-node",
            "ops/drain.md#drain-a-node/1",
            "ops/drain.md#drain-a-node/2",
            "ops/drain.md#drain-a-node/3",
            "ops/drain.md#a-twin",
            "ops/drain.md#included",
            "setup.md#set-up",
            "setup.md#set-up/1",
            "setup.md#pod",
        ]
    );
}

#[test]
fn every_line_is_whole_and_versioned() {
    for line in all(drain(), Format::Ndjson).lines() {
        assert!(line.starts_with("{\"v\":1,\"id\":\""), "{line}");
        let unit: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(unit["source"]["file"], unit["page"]);
    }
}

#[test]
fn a_part_reaches_as_far_as_it_is_told_in_both_directions() {
    let reached = |unit: &str, depth| {
        ids(&exported(drain(), &around(unit, depth), Format::Ndjson).expect("a part")).len()
    };
    assert_eq!(reached("ops/drain.md#drain-a-node/2", 0), 1);
    assert_eq!(
        reached("ops/drain.md#drain-a-node/2", 1),
        3,
        "1 before, 3 after"
    );
    assert_eq!(
        reached("ops/drain.md#drain-a-node/2", 2),
        4,
        "and the procedure"
    );
    assert_eq!(
        reached("ops/drain.md#drain-a-node/2", 9),
        6,
        "never the term alone"
    );
    assert_eq!(reached("setup.md#pod", DEFAULT_DEPTH), 1);
}

#[test]
fn a_unit_that_is_not_there_is_named() {
    for format in Format::ALL {
        let error = exported(drain(), &around("nowhere.md#x", 2), format).expect_err("no unit");
        assert!(error.to_string().contains("`nowhere.md#x`"), "{error}");
    }
}

#[test]
fn dot_draws_pages_kinds_and_conditions() {
    let text = all(drain(), Format::Dot);
    for part in [
        "digraph stepwell {",
        "label=\"ops/drain.md\"",
        "\"ops/drain.md#drain-a-node\" [label=\"Drain a node\", shape=box, style=bold]",
        "\"setup.md#pod\" [label=\"pod\", shape=ellipse]",
        "\"ops/drain.md#drain-a-node/1\" -> \"ops/drain.md#drain-a-node/2\" [color=black]",
        "-> \"ops/drain.md#drain-a-node/3\" [label=\"unless the node is \\\"empty\\\"\"",
        "-> \"#query/0\" [label=\"otherwise\"",
        "\"#query/0\" [label=\"Stop there\"",
        "-> \"setup.md#set-up\" [label=\"requires\"",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(
        !text.contains("k8s.example"),
        "addresses outside of the set are not drawn"
    );
}

#[test]
fn mermaid_draws_the_same() {
    let text = all(drain(), Format::Mermaid);
    for part in [
        "flowchart TD\n  subgraph p0[\"ops/drain.md\"]\n    n0([\"Drain a node\"])\n",
        "  n1 --> n2\n",
        "  n2 -->|\"unless the node is #34;empty#34;\"| n3\n",
        "  n2 -->|\"otherwise\"| q0\n",
        "  n0 -.->|\"requires\"| n4\n",
        "  q0[/\"Stop there\"/]\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

/// Headers that are code in one of the languages, or act on a terminal.
const NASTY: [&str; 14] = [
    "say \"hello\" \\ and \\\"more\\\"",
    "ends with a backslash \\",
    "1. not a list",
    "- nor this",
    "%%{init: {}}%% --> x",
    "a --> b; end",
    "end",
    "<b>bold</b> &amp; &#35; #quot; #35;",
    "`code` \"`markdown`\"",
    "[x] {y} (z) |w| ]] }} ))",
    "\u{1b}[31mred\u{1b}[0m \u{9b}2J",
    "new\nline\ttab \\N \\G \\l",
    "日本語 ü 👍 \u{202e}x",
    "",
];

fn nasty() -> CompiledSet {
    let files = vec![SourceFile::new("a \"b\"\\.md".into(), b"x\n")];
    let name = |n: usize| format!("a \"b\"\\.md#x\\\"/{n}");
    let mut units: Vec<_> = NASTY
        .iter()
        .enumerate()
        .map(|(n, header)| unit(&name(n), Kind::ALL[n % 5], header, span(0, 0, 1)))
        .collect();
    for (n, header) in NASTY.iter().enumerate().skip(1) {
        let to = Target::Unit(UnitNo(n as u32));
        let mut branch = linker(LinkerKind::Branch, to, span(0, 0, 1));
        branch.condition = Some(Box::new(crate::model::Condition::yes(*header)));
        branch.via = Via::Phrase;
        units[0].linkers.push(branch);
    }
    let query = Target::Query(NASTY.concat());
    units[0]
        .linkers
        .push(linker(LinkerKind::Call, query, span(0, 0, 1)));
    CompiledSet {
        files,
        units,
        ..CompiledSet::default()
    }
}

#[test]
fn a_label_is_no_markdown_list() {
    let text = all(nasty(), Format::Mermaid);
    assert!(
        text.contains("\"1#46; not a list\"") && text.contains("\"#45; nor this\""),
        "{text}"
    );
}

#[test]
fn nothing_in_a_header_acts_or_breaks_out_of_its_label() {
    for format in Format::ALL {
        let text = all(nasty(), format);
        let acts = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!text.chars().any(acts), "{}", format.name());
    }
    // Only quotes that open or close a label are left in Mermaid's text.
    let text = all(nasty(), Format::Mermaid);
    assert!(text.lines().all(|line| line.matches('"').count() % 2 == 0));
    assert!(!text.contains("%%") && !text.contains('`') && !text.contains('&'));
}

#[test]
fn graphviz_reads_what_is_drawn_if_it_is_there() {
    for set in [drain(), nasty(), CompiledSet::default()] {
        let Some((code, shown)) = graphviz(&all(set, Format::Dot)) else {
            return;
        };
        assert!(code, "{shown}");
    }
}

/// Whether `dot` takes the text, and what it says; `None` where it is not installed.
fn graphviz(text: &str) -> Option<(bool, String)> {
    use std::process::{Command, Stdio};
    let mut child = Command::new("dot")
        .arg("-Tplain")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(text.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Some((output.status.success() && !said.contains("rror"), said))
}

/// A page whose unit leads to every one of `n` others.
fn star(n: u32) -> CompiledSet {
    let mut units = vec![unit("a.md#0", Kind::Procedure, "Start", span(0, 0, 1))];
    for i in 1..=n {
        units.push(unit(&format!("a.md#{i}"), Kind::Step, "Go", span(0, 0, 1)));
        let to = Target::Unit(UnitNo(i));
        units[0]
            .linkers
            .push(linker(LinkerKind::Part, to, span(0, 0, 1)));
    }
    CompiledSet {
        files: vec![SourceFile::new("a.md".into(), b"x\n")],
        units,
        ..CompiledSet::default()
    }
}

#[test]
fn mermaid_refuses_more_than_it_can_draw_and_says_what_helps() {
    assert!(exported(star(500), &Scope::All, Format::Mermaid).is_ok());
    let error = exported(star(501), &Scope::All, Format::Mermaid).expect_err("too big");
    let message = error.to_string();
    for part in [
        "502 units",
        "501 edges",
        "500 edges",
        "--unit ID",
        "--depth N",
    ] {
        assert!(message.contains(part), "{message}");
    }
    let mut long = star(499);
    for unit in &mut long.units {
        unit.header = "word ".repeat(24);
    }
    let error = exported(long, &Scope::All, Format::Mermaid).expect_err("too long");
    assert!(
        matches!(error, ExportError::TooBigForMermaid { characters, .. } if characters > 50_000)
    );
}

#[test]
fn a_closed_pipe_is_passed_up() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    for format in Format::ALL {
        let error = export(&InMemory::new(drain()), &Scope::All, format, &mut Closed);
        let error = error.expect_err("closed");
        assert!(
            matches!(&error, ExportError::Write(e) if e.kind() == io::ErrorKind::BrokenPipe),
            "{error}"
        );
    }
}

#[test]
fn formats_are_known_by_name() {
    for format in Format::ALL {
        assert_eq!(format.name().parse(), Ok(format));
    }
    let error = "svg".parse::<Format>().expect_err("no format");
    assert!(
        error.to_string().contains("ndjson, dot, mermaid"),
        "{error}"
    );
}
