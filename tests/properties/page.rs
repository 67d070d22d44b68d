//! Pages as people write them: sections of text, lists, code, tables, quotes, and the notes and
//! tabs of a dialect, nested at will.
//!
//! Every word of the text is used once on its page, so that a word that is lost has a name.

use std::ops::Range;

use proptest::prelude::*;

/// The dialects that have notes and tabs of their own.
const DIALECTS: [&str; 7] = [
    "commonmark",
    "docusaurus",
    "github",
    "gitlab",
    "hugo",
    "mkdocs",
    "msdocs",
];

/// A page that can be written down.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) dialect: &'static str,
    pub(crate) sections: Vec<Section>,
    pub(crate) style: Style,
}

/// How a page is written.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    crlf: bool,
    mark: bool,
    front: bool,
    title: bool,
    /// The last fence of the page is not closed.
    unclosed: bool,
    /// No line end after the last line.
    bare_end: bool,
}

/// A heading and what stands under it.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// 0 for a plain title; others have markup, a number, a role.
    heading: u8,
    level: u8,
    blocks: Vec<Block>,
}

/// A block of text.
#[derive(Clone, Debug)]
enum Block {
    Paragraph(u8),
    Code {
        fence: u8,
        lines: Vec<u8>,
    },
    Table {
        columns: u8,
        rows: u8,
    },
    Rule,
    Hidden,
    Details(Vec<Block>),
    List {
        marker: u8,
        tight: bool,
        items: Vec<Vec<Block>>,
    },
    Quote(Vec<Block>),
    Note(Vec<Block>),
    Tabs(Vec<Vec<Block>>),
}

/// A page as a text, and what must be found of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) dialect: &'static str,
    /// Every word that a reader sees.
    pub(crate) words: Vec<String>,
    /// The lines of every block of code.
    pub(crate) codes: Vec<Vec<String>>,
    /// Where each section stands in the text.
    pub(crate) sections: Vec<Range<usize>>,
}

/// Any dialect.
pub(crate) fn dialect() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&DIALECTS[..])
}

/// Any page.
pub(crate) fn pages() -> impl Strategy<Value = Page> {
    let style = any::<[bool; 6]>().prop_map(|b| Style {
        crlf: b[0],
        mark: b[1],
        front: b[2],
        title: b[3],
        unclosed: b[4],
        bare_end: b[5],
    });
    (dialect(), prop::collection::vec(section(), 1..4), style).prop_map(
        |(dialect, sections, style)| Page {
            dialect,
            sections,
            style,
        },
    )
}

/// Pages of several sections in which nothing is left open.
pub(crate) fn whole_pages() -> impl Strategy<Value = Page> {
    (pages(), prop::collection::vec(section(), 2..4)).prop_map(|(mut page, sections)| {
        page.sections = sections;
        page.style.unclosed = false;
        page.style.title = true;
        page
    })
}

/// Any section.
pub(crate) fn section() -> impl Strategy<Value = Section> {
    (0..8u8, 2..5u8, blocks(0..4)).prop_map(|(heading, level, blocks)| Section {
        heading,
        level,
        blocks,
    })
}

fn blocks(size: Range<usize>) -> impl Strategy<Value = Vec<Block>> {
    prop::collection::vec(block(), size)
}

fn block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        5 => (0..18u8).prop_map(Block::Paragraph),
        3 => (0..5u8, prop::collection::vec(0..9u8, 0..5))
            .prop_map(|(fence, lines)| Block::Code { fence, lines }),
        1 => (1..4u8, 0..3u8).prop_map(|(columns, rows)| Block::Table { columns, rows }),
        1 => Just(Block::Rule),
        1 => Just(Block::Hidden),
    ];
    leaf.prop_recursive(5, 24, 4, |inner| {
        let some = move |size: Range<usize>| prop::collection::vec(inner.clone(), size);
        let groups = prop::collection::vec(some(1..3), 1..4);
        prop_oneof![
            4 => (0..8u8, any::<bool>(), groups.clone())
                .prop_map(|(marker, tight, items)| Block::List { marker, tight, items }),
            1 => some(1..3).prop_map(Block::Quote),
            2 => some(1..3).prop_map(Block::Note),
            2 => groups.prop_map(Block::Tabs),
            1 => some(1..3).prop_map(Block::Details),
        ]
    })
}

impl Page {
    /// A page that has a bit of everything.
    pub(crate) fn sample() -> Page {
        let note = Block::Note(vec![Block::Paragraph(0)]);
        Page {
            dialect: "hugo",
            sections: vec![Section {
                heading: 0,
                level: 2,
                blocks: vec![note, Block::Hidden],
            }],
            style: Style {
                crlf: false,
                mark: false,
                front: true,
                title: true,
                unclosed: false,
                bare_end: false,
            },
        }
    }

    /// The page with another section in the place of one; its heading stays.
    pub(crate) fn with(&self, at: usize, other: Section) -> Page {
        let mut page = self.clone();
        page.sections[at].blocks = other.blocks;
        page
    }

    /// The page as a text.
    pub(crate) fn written(&self) -> Written {
        let mut writer = Writer {
            dialect: self.dialect,
            words: Vec::new(),
            codes: Vec::new(),
            used: 0,
            depth: 0,
        };
        let mut text = String::new();
        let mut sections = Vec::new();
        if self.style.mark {
            text.push('\u{feff}');
        }
        if self.style.front {
            text.push_str("---\ntitle: Front title\nlabels: [staff]\n---\n\n");
        }
        if self.style.title {
            writer.used = 900_000;
            text.push_str(&format!("# {}\n\n", writer.word()));
        }
        for (i, section) in self.sections.iter().enumerate() {
            // The words of a section do not depend on the sections before it.
            writer.used = i * 100_000;
            let start = text.len();
            for line in writer.section(section) {
                text.push_str(&line);
                text.push('\n');
            }
            sections.push(start..text.len());
        }
        if self.style.unclosed {
            let word = writer.word();
            text.push_str(&format!("```sh\n{word}\n"));
        }
        if self.style.bare_end {
            text.truncate(text.trim_end().len());
        }
        if self.style.crlf {
            (text, sections) = with_crlf(&text, &sections);
        }
        Written {
            text,
            dialect: self.dialect,
            words: writer.words,
            codes: writer.codes,
            sections,
        }
    }
}

fn with_crlf(text: &str, sections: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let moved = |at: usize| at + text[..at.min(text.len())].matches('\n').count();
    let sections = sections.iter().map(|r| moved(r.start)..moved(r.end));
    (text.replace('\n', "\r\n"), sections.collect())
}

/// Turns blocks into lines.
struct Writer {
    dialect: &'static str,
    words: Vec<String>,
    codes: Vec<Vec<String>>,
    used: usize,
    /// How deep the block that is written is nested.
    depth: usize,
}

type Lines = Vec<String>;

impl Writer {
    /// A word that is used nowhere else.
    fn word(&mut self) -> String {
        self.used += 1;
        let word = format!("w{}x", self.used);
        self.words.push(word.clone());
        word
    }

    fn section(&mut self, section: &Section) -> Lines {
        let (a, b) = (self.word(), self.word());
        let title = match section.heading {
            0 => format!("{a} {b}"),
            1 => format!("Create the `{a}` {b}"),
            2 => format!("Step 2: **{a}** {b}"),
            3 => format!("Before you begin {a} {b}"),
            4 => format!("[{a}](page.md#x) {b} {{#id-{a}}}"),
            5 => format!("What is {a} {b}?"),
            6 => format!("![{a}](a.png) {b} ##"),
            _ => format!("{a} / {b}\u{a0}é"),
        };
        let mut lines = vec![format!("{} {title}", "#".repeat(section.level.into()))];
        lines.push(String::new());
        lines.extend(self.blocks(&section.blocks));
        lines.push(String::new());
        lines
    }

    fn blocks(&mut self, blocks: &[Block]) -> Lines {
        let mut lines = Lines::new();
        for (i, block) in blocks.iter().enumerate() {
            if i > 0 {
                lines.push(String::new());
            }
            lines.extend(self.block(block));
        }
        lines
    }

    fn block(&mut self, block: &Block) -> Lines {
        self.depth += 1;
        let lines = self.block_inside(block);
        self.depth -= 1;
        lines
    }

    fn block_inside(&mut self, block: &Block) -> Lines {
        match block {
            Block::Paragraph(kind) => self.paragraph(*kind),
            Block::Code { fence, lines } => self.code(*fence, lines),
            Block::Table { columns, rows } => self.table(*columns, *rows),
            Block::Rule => vec!["***".to_owned()],
            Block::Hidden => vec!["<!-- hidden".to_owned(), "- text -->".to_owned()],
            Block::Details(inner) => self.details(inner),
            Block::List {
                marker,
                tight,
                items,
            } => self.list(*marker, *tight, items),
            Block::Quote(inner) => prefixed(self.blocks(inner), "> "),
            Block::Note(inner) => self.note(inner),
            Block::Tabs(groups) => self.tabs(groups),
        }
    }

    fn paragraph(&mut self, kind: u8) -> Lines {
        let (a, b) = (self.word(), self.word());
        let text = match kind {
            0 => format!("{a} {b}."),
            1 => format!("If the {a} is {b}, go to step 2."),
            2 => format!("**If {a} is {b}:**"),
            3 => format!("Run `{a}` and\n{b}."),
            4 => format!("Follow the steps in [{a}](other.md), then {b}."),
            5 => format!("See [{a}][ref] and ![{b}](b.png)."),
            6 => format!("{a}\u{a0}{b} jalapeño 日本 — “quoted” 🚀"),
            7 => format!("Otherwise, repeat steps 1-2 until {a} is {b}."),
            8 => format!("{a}<br>{b} <kbd>Ctrl</kbd> <a id=\"x{a}\"></a>"),
            9 => format!("*{a}* _{b}_ ~~old~~ \\* &amp; <https://example.com>"),
            10 => format!("{a} `{{{{< note >}}}}` {b} `::: x`"),
            11 => format!("You need {a}, version 2.1 or later, and {b}:"),
            12 => format!("{a}\\\n  {b}"),
            13 => format!("Unless {a}, escalate to {b}!"),
            14 => format!("Is {a} {b}? Yes → go on. No → stop."),
            15 => format!("[{a}]: not.md {b}.\n"),
            16 => format!("{a} {{% unknown %}} {b} {{{{< unknown >}}}} <Unknown a=\"b\">"),
            _ => format!("{a} [unclosed ({b}"),
        };
        text.lines().map(str::to_owned).collect()
    }

    fn code(&mut self, fence: u8, lines: &[u8]) -> Lines {
        let content: Lines = lines.iter().map(|kind| self.code_line(*kind)).collect();
        let (open, close) = match fence {
            0 => ("```", "```"),
            1 => ("```sh", "```"),
            2 => ("~~~ text", "~~~"),
            3 => ("````md", "````"),
            _ => ("```yaml {highlight=1}", "`````"),
        };
        let mut out = vec![open.to_owned()];
        out.extend(content.iter().cloned());
        out.push(close.to_owned());
        if content.first().is_some_and(|l| !l.trim().is_empty()) {
            self.codes.push(content);
        }
        out
    }

    fn code_line(&mut self, kind: u8) -> String {
        let word = self.word();
        match kind {
            0 => word,
            1 => format!("  {word}"),
            2 => format!("\t{word}"),
            3 => format!("    \t{word}\u{a0}  "),
            4 => format!("# {word}"),
            5 => format!("- {word}"),
            6 => format!("{{{{< note >}}}} {word}"),
            7 => format!(":::note {word}"),
            _ => format!("> {word} | <Tabs>"),
        }
    }

    fn table(&mut self, columns: u8, rows: u8) -> Lines {
        let row = |writer: &mut Writer| {
            let cells: Vec<String> = (0..columns).map(|_| writer.word()).collect();
            format!("| {} |", cells.join(" | "))
        };
        let mut lines = vec![row(self)];
        lines.push(format!("|{}", "---|".repeat(columns.into())));
        lines.extend((0..rows).map(|_| row(self)));
        lines
    }

    fn details(&mut self, inner: &[Block]) -> Lines {
        let summary = self.word();
        let mut lines = vec![
            "<details>".to_owned(),
            format!("<summary>{summary}</summary>"),
            String::new(),
        ];
        lines.extend(self.blocks(inner));
        lines.extend([String::new(), "</details>".to_owned()]);
        lines
    }

    fn list(&mut self, marker: u8, tight: bool, items: &[Vec<Block>]) -> Lines {
        let mut lines = Lines::new();
        for (i, item) in items.iter().enumerate() {
            let (first, rest) = match marker {
                0 => ("- ".to_owned(), "  "),
                1 => ("* ".to_owned(), "  "),
                2 => ("-   ".to_owned(), "    "),
                3 => (format!("{}. ", i + 1), "   "),
                4 => ("1. ".to_owned(), "   "),
                5 => (format!("{}) ", i + 7), "   "),
                // A tab reaches as far behind the marker as below it only at the margin.
                6 if self.depth == 1 => ("-\t".to_owned(), "\t"),
                6 => ("+ ".to_owned(), "  "),
                _ => ("- [ ] ".to_owned(), "  "),
            };
            let mut content = self.blocks(item);
            if content
                .first()
                .is_some_and(|l| l.starts_with(['`', '~', '-', '1', '*', '+']))
            {
                // What begins behind a marker is `extract/code-behind-a-bullet` among the cases.
                content.splice(0..0, [self.word(), String::new()]);
            }
            // A task box needs text behind it.
            let begins_text = matches!(item.first(), Some(Block::Paragraph(_)));
            let first = if marker > 6 && !begins_text {
                "- ".to_owned()
            } else {
                first
            };
            for (j, line) in content.into_iter().enumerate() {
                lines.push(match (j, line.is_empty()) {
                    (0, _) => format!("{first}{line}"),
                    (_, true) => line,
                    (_, false) => format!("{rest}{line}"),
                });
            }
            if !tight && i + 1 < items.len() {
                lines.push(String::new());
            }
        }
        lines
    }

    fn note(&mut self, inner: &[Block]) -> Lines {
        let content = self.blocks(inner);
        let around = |open: &str, content: Lines, close: &str| {
            let mut lines = vec![open.to_owned()];
            lines.extend(content);
            lines.push(close.to_owned());
            lines
        };
        match self.dialect {
            "docusaurus" => around(":::note[Title]", spaced(content), ":::"),
            "github" => around("{% note %}", spaced(content), "{% endnote %}"),
            "hugo" => around("{{< note >}}", content, "{{< /note >}}"),
            "mkdocs" => around("!!! note", prefixed(content, "    "), ""),
            _ => around("> [!NOTE]", prefixed(content, "> "), ""),
        }
    }

    fn tabs(&mut self, groups: &[Vec<Block>]) -> Lines {
        let mut lines = Lines::new();
        let (before, after) = match self.dialect {
            "docusaurus" => ("<Tabs>", "</Tabs>"),
            "hugo" => ("{{< tabs name=\"t\" >}}", "{{< /tabs >}}"),
            "gitlab" => ("::Tabs", "::EndTabs"),
            _ => ("", ""),
        };
        lines.push(before.to_owned());
        for group in groups {
            lines.extend(self.tab(group));
        }
        lines.push(after.to_owned());
        if self.dialect == "msdocs" {
            lines.extend(["---".to_owned(), String::new()]);
        }
        lines
    }

    fn tab(&mut self, group: &[Block]) -> Lines {
        let title = self.word();
        let content = self.blocks(group);
        let (open, close) = match self.dialect {
            "docusaurus" => (format!("<TabItem value=\"{title}\">"), "</TabItem>"),
            "github" => (format!("{{% ifversion {title} %}}"), "{% endif %}"),
            "gitlab" => (format!(":::TabTitle {title}"), ""),
            "hugo" => (format!("{{{{% tab name=\"{title}\" %}}}}"), "{{% /tab %}}"),
            "mkdocs" => (format!("=== \"{title}\""), ""),
            "msdocs" => (format!("# [{title}](#tab/{title})"), ""),
            _ => (title, ""),
        };
        let content = match self.dialect {
            "mkdocs" => prefixed(content, "    "),
            _ => content,
        };
        let mut lines = vec![open, String::new()];
        lines.extend(content);
        lines.extend([String::new(), close.to_owned()]);
        lines
    }
}

fn prefixed(lines: Lines, prefix: &str) -> Lines {
    let prefix = |line: String| match line.is_empty() {
        true => prefix.trim_end().to_owned(),
        false => format!("{prefix}{line}"),
    };
    lines.into_iter().map(prefix).collect()
}

/// With blank lines around.
fn spaced(lines: Lines) -> Lines {
    let blank = || std::iter::once(String::new());
    blank().chain(lines).chain(blank()).collect()
}
