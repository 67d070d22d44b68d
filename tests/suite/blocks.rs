//! The blocks of a file as text.
//!
//! One line a block: what it is, its byte range, its text. What is marked up in a text stands
//! below it, and so does what a block holds.

use std::fmt::Write;

use stepwell::model::{
    Block, BlockKind, Diagnostic, Document, FileId, FrontMatter, Inline, MarkKind, SourceFile,
    SourceText, Sources, Span, Table, Variant,
};
use stepwell::parse::parse;

use super::case::Case;
use super::quote::{barred, quoted};
use crate::compiled::dialect_of;

/// The blocks of a text, its dialect and what was found in it.
pub(crate) fn show(source: &SourceText, case: &Case) -> String {
    let dialect = dialect_of(&source.text, &case.config);
    let (document, found) = parse(FileId(0), &source.text, dialect);
    let mut tree = Tree {
        text: &source.text,
        out: format!("dialect {}\n", dialect.name),
    };
    tree.front(&document.front);
    tree.document(&document);
    let file = SourceFile::new(source.path.clone(), source.text.as_bytes());
    let sources = Sources::new(vec![file]);
    for diagnostic in &found {
        tree.out.push_str(&finding(diagnostic, &sources));
    }
    tree.out
}

/// A finding: its code, how bad it is and where.
pub(crate) fn finding(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let (code, severity) = (diagnostic.code, diagnostic.severity.name());
    let place = match diagnostic.span {
        Some(span) => {
            let source = sources.source(span);
            format!("{}:{} {}", source.file, source.lines[0], bytes(span))
        }
        None => diagnostic.file.clone().unwrap_or_default(),
    };
    format!("! {code} {severity} {place}\n")
}

fn bytes(span: Span) -> String {
    format!("{}..{}", span.start, span.end)
}

struct Tree<'a> {
    text: &'a str,
    out: String,
}

impl Tree<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        writeln!(self.out, "{:1$}{text}", "", depth * 2).expect("a string takes all");
    }

    fn front(&mut self, front: &FrontMatter) {
        let Some(span) = front.span else { return };
        self.line(0, &format!("front {}", bytes(span)));
        let texts = [
            ("title", &front.title),
            ("description", &front.description),
            ("language", &front.language),
            ("term", &front.term),
        ];
        for (key, value) in texts {
            if let Some(value) = value {
                self.line(1, &format!("{key} {}", quoted(value)));
            }
        }
        for (key, values) in [("labels", &front.labels), ("aliases", &front.aliases)] {
            if !values.is_empty() {
                self.line(1, &format!("{key} {}", values.join(", ")));
            }
        }
        for (key, values) in &front.applies {
            self.line(1, &format!("applies {key} = {}", values.join(", ")));
        }
    }

    fn document(&mut self, document: &Document) {
        self.blocks(0, &document.blocks);
    }

    fn blocks(&mut self, depth: usize, blocks: &[Block]) {
        for block in blocks {
            self.block(depth, block);
        }
    }

    fn block(&mut self, depth: usize, block: &Block) {
        let at = bytes(block.span);
        match &block.kind {
            BlockKind::Heading(heading) => {
                let anchor = heading.anchor.as_ref();
                let anchor = anchor.map_or(String::new(), |a| format!(" #{a}"));
                let name = format!("heading {}{anchor} {at}", heading.level);
                self.inline(depth, &name, &heading.text);
            }
            BlockKind::Paragraph(inline) => self.inline(depth, &format!("paragraph {at}"), inline),
            BlockKind::Code => self.raw(depth, "code", block.span),
            BlockKind::Other => self.raw(depth, "other", block.span),
            BlockKind::List(list) => {
                let start = list
                    .start
                    .map_or("bullets".to_owned(), |n| format!("from {n}"));
                self.line(depth, &format!("list {at} {start}"));
                for item in &list.items {
                    let task = match item.task {
                        Some(true) => " done",
                        Some(false) => " to do",
                        None => "",
                    };
                    let (at, text, indent) = (bytes(item.span), item.content, item.indent);
                    let line = format!("item {at} text at {text}, column {indent}{task}");
                    self.line(depth + 1, &line);
                    self.blocks(depth + 2, &item.blocks);
                }
            }
            BlockKind::Table(table) => self.table(depth, &at, table),
            BlockKind::Quote(inner) => {
                self.line(depth, &format!("quote {at}"));
                self.blocks(depth + 1, inner);
            }
            BlockKind::Admonition {
                kind,
                title,
                blocks,
            } => {
                let title = match title.is_empty() {
                    true => String::new(),
                    false => format!("{title:?} "),
                };
                self.line(depth, &format!("admonition {kind} {title}{at}"));
                self.blocks(depth + 1, blocks);
            }
            BlockKind::Variants(variants) => {
                self.line(depth, &format!("variants {at}"));
                for variant in variants {
                    self.variant(depth + 1, variant);
                }
            }
            BlockKind::Include(address) => {
                self.line(depth, &format!("include {at} {}", quoted(address)));
            }
        }
    }

    fn variant(&mut self, depth: usize, variant: &Variant) {
        let values = variant.values.join(", ");
        let (at, key, content) = (bytes(variant.span), &variant.key, variant.content);
        let title = quoted(&variant.title);
        self.line(
            depth,
            &format!("variant {at} {key} = {values} {title} content at {content}"),
        );
        self.blocks(depth + 1, &variant.blocks);
    }

    fn table(&mut self, depth: usize, at: &str, table: &Table) {
        self.line(depth, &format!("table {at}"));
        self.row(depth + 1, "head", &table.head);
        for (span, cells) in &table.rows {
            self.row(depth + 1, &format!("row {}", bytes(*span)), cells);
        }
    }

    fn row(&mut self, depth: usize, name: &str, cells: &[Inline]) {
        let texts: Vec<String> = cells.iter().map(|c| quoted(&c.text)).collect();
        self.line(depth, &format!("{name} {}", texts.join(" | ")));
        for cell in cells {
            self.marks(depth + 1, cell);
        }
    }

    fn inline(&mut self, depth: usize, name: &str, inline: &Inline) {
        self.line(depth, &format!("{name} {}", quoted(&inline.text)));
        self.marks(depth + 1, inline);
    }

    fn marks(&mut self, depth: usize, inline: &Inline) {
        for mark in &inline.marks {
            let range = mark.start as usize..mark.end as usize;
            let text = inline.text.get(range).map_or("?".to_owned(), quoted);
            let line = match &mark.kind {
                MarkKind::Strong => format!("strong {text}"),
                MarkKind::Emphasis => format!("emphasis {text}"),
                MarkKind::Code => format!("code {text}"),
                MarkKind::Link(to) => format!("link {text} -> {to}"),
                MarkKind::Image(to) => format!("image {text} -> {to}"),
                MarkKind::Anchor(id) => format!("anchor #{id}"),
                MarkKind::Label(name) => format!("label {name}"),
                MarkKind::Term(key) => format!("term {text} -> {key}"),
                MarkKind::Insert(to) => format!("insert {text} -> {to}"),
                MarkKind::Title(to) => format!("title {text} -> {to}"),
            };
            self.line(depth, &line);
        }
    }

    fn raw(&mut self, depth: usize, name: &str, span: Span) {
        self.line(depth, &format!("{name} {}", bytes(span)));
        match self.text.get(span.range()) {
            Some(text) => barred(&mut self.out, depth + 1, text),
            None => self.line(depth + 1, "? not a range of the text"),
        }
    }
}
