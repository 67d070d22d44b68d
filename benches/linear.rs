//! Does time grow faster than the input?
//!
//! `cargo bench --bench linear` compiles texts that are made to be hard at three sizes, each twice
//! the one before, and prints how much longer the larger takes: `parse` alone, and everything. Two
//! is linear, four is quadratic. What is above three is marked. `cargo bench --bench linear -- NAME`
//! looks only at texts with that in their name.

#![allow(
    clippy::print_stdout,
    missing_docs,
    reason = "a program whose output is its purpose"
)]

use std::time::{Duration, Instant};

use stepwell::grammar::{Grammar, PACKS};
use stepwell::model::{FileId, SourceText};
use stepwell::parse::{Dialects, Texts, parse};
use stepwell::pipeline::{Reading, compile};

/// Bytes of the smallest text.
const SIZE: usize = 40_000;

/// Where growth is worth a look.
const SUSPECT: f64 = 3.0;

/// A kind of text: its name, its dialect and what is repeated. `@` in it becomes the number of the
/// repetition.
type Kind = (&'static str, &'static str, &'static str);

const KINDS: [Kind; 94] = [
    ("words", "commonmark", "word "),
    ("paragraphs", "commonmark", "A word.\n\n"),
    ("one long word", "commonmark", "w"),
    ("quotes", "commonmark", "> "),
    ("quote lines", "commonmark", "> a\n"),
    ("bullets on a line", "commonmark", "- "),
    ("bullets", "commonmark", "- a\n"),
    ("commands in bullets", "commonmark", "- Run it.\n"),
    ("steps", "commonmark", "1. Run a@.\n"),
    ("loose steps", "commonmark", "1. Run it.\n\n"),
    (
        "steps with code",
        "commonmark",
        "1. Run:\n\n   ```\n   a\n   ```\n\n",
    ),
    ("steps apart", "commonmark", "1. Run it.\n\nText.\n\n"),
    ("markers in turn", "commonmark", "- a\n* b\n"),
    ("opening brackets", "commonmark", "["),
    ("closing brackets", "commonmark", "]"),
    ("links", "commonmark", "[a](b@.md) "),
    ("links without a title", "commonmark", "[](b@.md) "),
    (
        "includes in a sentence",
        "msdocs",
        "Take [!INCLUDE [a](b@.md)] now. ",
    ),
    (
        "includes behind a sentence",
        "msdocs",
        "Take it.\n[!INCLUDE [a](b@.md)]\n",
    ),
    ("names of values", "github", "Take {% data a.b@ %} now. "),
    ("broken links", "commonmark", "[a]("),
    ("images", "commonmark", "![a"),
    ("references", "commonmark", "[a@]: b\n"),
    ("uses of references", "commonmark", "[a][b] "),
    ("emphasis", "commonmark", "*a **b "),
    ("underscores", "commonmark", "_a_b"),
    ("backticks", "commonmark", "`a``b"),
    ("fences", "commonmark", "```\na\n```\n"),
    ("fences that open", "commonmark", "```a\n"),
    ("fences in items", "commonmark", "- ```\n"),
    ("indented code", "commonmark", "    a\n\n"),
    ("tabs", "commonmark", "\t"),
    ("tabbed lines", "commonmark", "\ta\n"),
    ("headings", "commonmark", "## A@\n"),
    ("headings of one name", "commonmark", "## A\n"),
    ("headings with text", "commonmark", "## A@\n\nRun it.\n\n"),
    (
        "steps in headings",
        "commonmark",
        "## Step @: Run\n\nRun it.\n\n",
    ),
    (
        "options in headings",
        "commonmark",
        "## Option A\n\nRun it.\n\n",
    ),
    ("braces in headings", "commonmark", "# {#a} {"),
    (
        "table rows",
        "commonmark",
        "| a | b |\n|---|---|\n| c | d |\n\n",
    ),
    ("table columns", "commonmark", "a|"),
    ("delimiter rows", "commonmark", "a|b\n-|-\n"),
    ("footnotes", "commonmark", "[^@]: a\n\n"),
    ("HTML comments", "commonmark", "<!-- "),
    ("HTML tags", "commonmark", "<a "),
    (
        "lists in HTML",
        "commonmark",
        "<ol>\n<li>Run a@.</li>\n</ol>\n\n",
    ),
    ("HTML links", "commonmark", "<a href=\"b\">"),
    (
        "collapsed",
        "commonmark",
        "<details>\n<summary>a</summary>\n\n",
    ),
    ("bold lines", "commonmark", "- a\n**b:**\n"),
    ("conditions", "commonmark", "If a, "),
    (
        "conditions in items",
        "commonmark",
        "- If a@ is b, run it.\n",
    ),
    (
        "jumps in items",
        "commonmark",
        "- If a@ is b, go to step 3. If not, go to 2.\n",
    ),
    (
        "conditions over lists",
        "commonmark",
        "**If a@:**\n\n- Run it.\n\n",
    ),
    (
        "otherwise",
        "commonmark",
        "1. If a, stop.\n2. Otherwise, run it.\n",
    ),
    ("otherwise again", "commonmark", "- Otherwise, run it.\n"),
    (
        "skips",
        "commonmark",
        "1. If it is a@, skip the next step.\n2. Run it.\n",
    ),
    (
        "skips of several",
        "commonmark",
        "1. If it is a@, skip steps 2-3.\n1. Run it.\n",
    ),
    (
        "skips of the rest",
        "commonmark",
        "1. If it is a@, skip the remaining steps.\n",
    ),
    (
        "sections of one name",
        "commonmark",
        "## A\n\n1. Run it.\n2. Stop it.\n\n",
    ),
    (
        "texts of one name",
        "commonmark",
        "A word.\n\n1. Run it.\n2. Stop it.\n\n",
    ),
    (
        "prerequisites",
        "commonmark",
        "## Prerequisites\n\n- [A](#a@)\n\n### A@\n\n1. Run it.\n\n",
    ),
    (
        "notes in a case",
        "commonmark",
        "> [!NOTE]\n> If you have a@, go on with step 4.\n\n",
    ),
    (
        "labels",
        "commonmark",
        "## Step 3: Run\n\nRun it. Go to path 3.\n\n",
    ),
    (
        "sentences with links",
        "commonmark",
        "Open it. Follow the steps in [a@](b@.md). ",
    ),
    (
        "sentences with code",
        "commonmark",
        "If it is `a@`, go to step 2. ",
    ),
    ("abbreviations", "commonmark", "An Ab@ Cd (AC) is here. "),
    ("jumps", "commonmark", "1. Go to step @.\n"),
    ("jumps in a line", "commonmark", "Go to step @. "),
    ("calls", "commonmark", "Follow the steps in [a](b@.md). "),
    (
        "flows in a case",
        "commonmark",
        "1. If it is a@, use the A@ flow.\n\n## A@ flow\n\n1. Run it.\n\n",
    ),
    (
        "bullets beside steps",
        "commonmark",
        "1. Run it:\n - Stop it.\n\n",
    ),
    (
        "tables that tell what to do",
        "commonmark",
        "## A@\n\n| Symptom | Action |\n|---|---|\n| a@ | Stop @ |\n| b@ | Start @ |\n\n",
    ),
    (
        "names that set cases apart",
        "commonmark",
        "Depending on a@:\n\n**A@:** Stop it.\n\n**B@:** Go on.\n\n",
    ),
    ("needs", "commonmark", "You need:\n\n- [A](a@.md)\n\n"),
    (
        "code in tags",
        "hugo",
        "{{< text bash >}}\nrun it\n{{< /text >}}\n",
    ),
    ("names", "commonmark", "1. See the \"A@\" section.\n"),
    ("questions", "commonmark", "## What is a@?\n\nAn a.\n\n"),
    ("alerts", "commonmark", "> [!NOTE]\n> a\n\n"),
    ("includes", "msdocs", "[!INCLUDE [a](b@.md)]\n"),
    ("zones", "msdocs", ":::zone pivot=\"a@\"\na\n:::zone-end\n"),
    ("tab headings", "msdocs", "# [a](#tab/a@)\na\n"),
    ("tab groups", "msdocs", "# [a](#tab/a@)\na\n---\n"),
    ("shortcodes", "hugo", "{{< note >}}\na\n{{< /note >}}\n"),
    ("shortcodes in a line", "hugo", "a {{< b >}} "),
    ("unclosed shortcodes", "hugo", "{{< "),
    ("opening shortcodes", "hugo", "{{< note >}}\n"),
    ("closing shortcodes", "hugo", "{{< tip >}}\n{{< /note >}}\n"),
    (
        "text with shortcodes",
        "hugo",
        "{{< note >}}a\nb{{< /tip >}}\n",
    ),
    (
        "liquid",
        "github",
        "{% ifversion a@ %}\na\n{% else %}\nb\n{% endif %}\n",
    ),
    (
        "JSX tags",
        "docusaurus",
        "<Tabs>\n<TabItem value=\"a@\">\n\na\n\n</TabItem>\n</Tabs>\n",
    ),
    ("open JSX", "docusaurus", "<A b={{\n"),
    ("MDX comments", "docusaurus", "{/* a\n"),
    ("indented notes", "mkdocs", "!!! note\n    a\n"),
    ("indented tabs", "mkdocs", "=== \"a@\"\n\n    a\n\n"),
];

fn main() {
    let wanted = std::env::args().skip(1).find(|a| !a.starts_with('-'));
    let wanted = wanted.unwrap_or_default();
    let bench = Bench::new();
    println!(
        "{:<24} {:>24} {:>26}",
        "", "parse: µs, ×2, ×2", "all: µs, ×2, ×2"
    );
    for kind in KINDS.iter().filter(|k| k.0.contains(&wanted)) {
        bench.show(kind);
    }
}

/// What is repeated up to a size.
fn text(piece: &str, size: usize) -> String {
    let mut out = String::with_capacity(size + piece.len());
    let mut i = 0;
    while out.len() < size {
        i += 1;
        out.push_str(&piece.replace('@', &i.to_string()));
    }
    out
}

struct Bench {
    grammar: Grammar,
    dialects: Dialects,
}

impl Bench {
    fn new() -> Self {
        let folder = PACKS.get_dir("dialects").expect("dialects are built in");
        Bench {
            grammar: Grammar::load(&PACKS).expect("the packs load"),
            dialects: Dialects::load(folder, Texts::Pages).expect("the dialects load"),
        }
    }

    fn show(&self, (name, dialect, piece): &Kind) {
        let sizes = [SIZE, 2 * SIZE, 4 * SIZE];
        let texts = sizes.map(|size| text(piece, size));
        let parsed = texts.each_ref().map(|t| self.parse(t, dialect));
        let compiled = texts.each_ref().map(|t| self.compile(t, dialect));
        println!("{name:<24} {} {}", Growth(parsed), Growth(compiled));
    }

    fn parse(&self, text: &str, dialect: &str) -> Duration {
        let dialect = self.dialects.get(dialect).expect("a known dialect");
        fastest(|| drop(parse(FileId(0), text, dialect)))
    }

    fn compile(&self, text: &str, dialect: &str) -> Duration {
        let texts = [SourceText {
            path: "a.md".to_owned(),
            text: text.to_owned(),
            labels: Vec::new(),
        }];
        let reading = Reading {
            grammar: &self.grammar,
            dialects: &self.dialects,
            dialect: self.dialects.get(dialect),
            language: Some("en"),
            rewrite: &|_| None,
            exists: &|_| false,
        };
        fastest(|| drop(compile(&texts, &reading)))
    }
}

/// The shortest of a few runs; of one, where it takes long.
fn fastest(mut run: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let begin = Instant::now();
        run();
        best = best.min(begin.elapsed());
        if best > Duration::from_millis(500) {
            break;
        }
    }
    best
}

/// Three times, each for twice the size of the one before.
struct Growth([Duration; 3]);

impl std::fmt::Display for Growth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [a, b, c] = self.0.map(|d| d.as_secs_f64().max(1e-9));
        let (first, second) = (b / a, c / b);
        let mark = if first > SUSPECT || second > SUSPECT {
            '!'
        } else {
            ' '
        };
        write!(f, "{:>12.0} {first:>5.2} {second:>5.2}{mark}", a * 1e6)
    }
}
