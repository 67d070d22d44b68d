//! A flowchart in the language of Mermaid (<https://mermaid.js.org/syntax/flowchart.html>).

use std::fmt::Write as _;
use std::io::Write;

use super::ExportError;
use super::graph::{Edge, End, Graph};
use super::label;
use crate::model::{Kind, LinkerKind, Target, Unit};

/// Mermaid's default `maxEdges`: it draws an error instead of more.
pub(super) const MAX_EDGES: usize = 500;

/// Mermaid's default `maxTextSize`.
pub(super) const MAX_CHARACTERS: usize = 50_000;

pub(super) fn write(graph: &Graph, out: &mut dyn Write) -> Result<(), ExportError> {
    let text = draw(graph);
    let characters = text.encode_utf16().count();
    if graph.edges.len() > MAX_EDGES || characters > MAX_CHARACTERS {
        return Err(ExportError::TooBigForMermaid {
            units: graph.units.len(),
            edges: graph.edges.len(),
            characters,
        });
    }
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

fn draw(graph: &Graph) -> String {
    let mut text = String::from("flowchart TD\n");
    for (n, (path, units)) in graph.pages.iter().enumerate() {
        let _ = writeln!(text, "  subgraph p{n}[{}]", quoted(path));
        for at in units {
            if let Some(unit) = graph.units.get(*at) {
                let _ = writeln!(text, "    {}", node(*at, unit));
            }
        }
        text.push_str("  end\n");
    }
    for (n, query) in graph.queries.iter().enumerate() {
        let _ = writeln!(text, "  {}[/{}/]", name(End::Query(n)), quoted(query));
    }
    for edge in &graph.edges {
        let _ = writeln!(text, "  {}", arrow(edge));
    }
    text
}

fn node(at: usize, unit: &Unit<Target>) -> String {
    let (open, close) = match unit.kind {
        Kind::Procedure => ("([", "])"),
        Kind::Step => ("[", "]"),
        Kind::Term => ("{{", "}}"),
        Kind::Faq => (">", "]"),
        Kind::Reference => ("(", ")"),
    };
    let text = if unit.header.trim().is_empty() {
        &unit.id.0
    } else {
        &unit.header
    };
    format!("{}{open}{}{close}", name(End::Unit(at)), quoted(text))
}

fn arrow(edge: &Edge) -> String {
    let line = match edge.kind {
        LinkerKind::Part => "--o",
        LinkerKind::Next | LinkerKind::Branch => "-->",
        LinkerKind::Call => "==>",
        LinkerKind::Same => "-.-",
        LinkerKind::Option
        | LinkerKind::Requires
        | LinkerKind::FollowUp
        | LinkerKind::Defines
        | LinkerKind::See => "-.->",
    };
    let (from, to) = (name(End::Unit(edge.from)), name(edge.to));
    if edge.label.is_empty() {
        format!("{from} {line} {to}")
    } else {
        format!("{from} {line}|{}| {to}", quoted(&edge.label))
    }
}

/// Mermaid has words that may not be names, and no way to quote a name: units are numbered.
fn name(end: End) -> String {
    match end {
        End::Unit(at) => format!("n{at}"),
        End::Query(n) => format!("q{n}"),
    }
}

fn quoted(text: &str) -> String {
    let lines: Vec<String> = label::lines(text).iter().map(|l| escaped(l)).collect();
    format!("\"{}\"", lines.join("<br/>"))
}

/// Whatever Mermaid or the Markdown in its labels could read as more than text, as the entities
/// that it knows: quotes end a label, `%%` begins a directive, `1.` or `-` at the beginning of a
/// line makes it a list.
fn escaped(line: &str) -> String {
    let marker = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let marker = line.len() - marker.len();
    let mut text = String::with_capacity(line.len());
    for (at, c) in line.char_indices() {
        let harmless = c.is_alphanumeric()
            || u32::from(c) > 0x7f
            || " ,:/'?!=(".contains(c)
            || (at != marker && "-+.)".contains(c));
        if harmless {
            text.push(c);
        } else {
            let _ = write!(text, "#{};", u32::from(c));
        }
    }
    text
}
