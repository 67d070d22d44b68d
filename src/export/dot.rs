//! A directed graph in the language of Graphviz (<https://graphviz.org/doc/info/lang.html>).

use std::fmt::Write as _;
use std::io::Write;

use super::ExportError;
use super::graph::{Edge, End, Graph};
use super::label;
use crate::model::{Kind, LinkerKind, Target, Unit};
use crate::terminal::clean;

pub(super) fn write(graph: &Graph, out: &mut dyn Write) -> Result<(), ExportError> {
    out.write_all(draw(graph).as_bytes())?;
    Ok(out.flush()?)
}

fn draw(graph: &Graph) -> String {
    let mut text = String::from(HEAD);
    for (n, (path, units)) in graph.pages.iter().enumerate() {
        let _ = writeln!(text, "  subgraph \"cluster_{n}\" {{");
        let _ = writeln!(text, "    label={}", quoted_label(path));
        for unit in units.iter().filter_map(|at| graph.units.get(*at)) {
            let _ = writeln!(text, "    {}", node(unit));
        }
        text.push_str("  }\n");
    }
    for (n, query) in graph.queries.iter().enumerate() {
        let label = quoted_label(query);
        let _ = writeln!(text, "  {} [label={label}, {QUERY}]", query_id(n));
    }
    for edge in &graph.edges {
        let _ = writeln!(text, "  {}", arrow(graph, edge));
    }
    text.push_str("}\n");
    text
}

const HEAD: &str = "digraph stepwell {
  graph [rankdir=TB, fontname=\"Helvetica\", style=rounded, color=\"gray70\"]
  node [fontname=\"Helvetica\", fontsize=11, shape=box]
  edge [fontname=\"Helvetica\", fontsize=9]
";

/// What is found by search when it is reached.
const QUERY: &str = "shape=box, style=dashed, color=\"gray50\"";

fn node(unit: &Unit<Target>) -> String {
    let look = match unit.kind {
        Kind::Procedure => "shape=box, style=bold",
        Kind::Step => "shape=box, style=rounded",
        Kind::Term => "shape=ellipse",
        Kind::Faq => "shape=hexagon",
        Kind::Reference => "shape=note",
    };
    let text = if unit.header.trim().is_empty() {
        &unit.id.0
    } else {
        &unit.header
    };
    format!(
        "{} [label={}, {look}]",
        quoted_id(&unit.id.0),
        quoted_label(text)
    )
}

fn arrow(graph: &Graph, edge: &Edge) -> String {
    let look = match edge.kind {
        LinkerKind::Part => "color=\"gray60\", arrowhead=odot",
        LinkerKind::Next => "color=black",
        LinkerKind::Branch => "color=\"darkorange3\"",
        LinkerKind::Option => "color=\"darkorange3\", style=dashed",
        LinkerKind::Call => "color=\"royalblue\", style=bold",
        LinkerKind::Requires => "color=\"firebrick\", style=dashed",
        LinkerKind::FollowUp => "color=\"seagreen\", style=dashed",
        LinkerKind::Defines | LinkerKind::See => "color=\"gray60\", style=dotted, constraint=false",
        LinkerKind::Same => "color=\"gray60\", style=dotted, dir=none, constraint=false",
    };
    let (from, to) = (end(graph, End::Unit(edge.from)), end(graph, edge.to));
    if edge.label.is_empty() {
        format!("{from} -> {to} [{look}]")
    } else {
        format!(
            "{from} -> {to} [label={}, {look}]",
            quoted_label(&edge.label)
        )
    }
}

fn end(graph: &Graph, end: End) -> String {
    match end {
        End::Unit(at) => quoted_id(graph.units.get(at).map_or("", |unit| &unit.id.0)),
        End::Query(n) => query_id(n),
    }
}

/// No unit has such a name: the path of its page would be empty.
fn query_id(n: usize) -> String {
    format!("\"#query/{n}\"")
}

fn quoted_id(id: &str) -> String {
    format!("\"{}\"", escaped(&clean(id)))
}

/// Graphviz reads entities in labels, and backslashes begin its escapes.
fn quoted_label(text: &str) -> String {
    let lines = label::lines(text);
    let lines: Vec<String> = lines
        .iter()
        .map(|line| escaped(&line.replace('&', "&amp;")))
        .collect();
    format!("\"{}\"", lines.join("\\n"))
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
