//! The little that is read in HTML: anchors, links, and what a collapsed section says of itself.

use super::inline::InlineBuilder;
use super::offsets::Offsets;
use crate::model::{Inline, MarkKind};

/// What an HTML block shows beside Markdown: the summary of a collapsed section, or an anchor.
/// `start` is where the block stands in the text at `offsets`.
pub(super) fn shown(html: &str, start: usize, offsets: &Offsets) -> Option<Inline> {
    let mut builder = InlineBuilder::default();
    if let Some(summary) = summary(html) {
        builder.open(MarkKind::Strong);
        let mut at = summary.start;
        for piece in html[summary].split_inclusive('>') {
            let text = piece.split('<').next().unwrap_or_default();
            let text = if builder.is_empty() {
                text.trim_start()
            } else {
                text
            };
            if !text.is_empty() {
                let end = at + piece.find('<').unwrap_or(piece.len());
                builder.text(text, offsets.file(start + end - text.len()));
            }
            at += piece.len();
        }
        builder.close();
    }
    if let Some(id) = anchor(html) {
        builder.anchor(id, offsets.file(start));
    }
    (!builder.is_empty()).then(|| builder.plain())
}

/// Where the text of a summary stands.
fn summary(html: &str) -> Option<std::ops::Range<usize>> {
    let lower = html.to_ascii_lowercase();
    let tag = lower.find("<summary")?;
    let start = tag + lower[tag..].find('>')? + 1;
    let end = lower[start..]
        .find("</summary")
        .unwrap_or(lower.len() - start);
    Some(start..start + end)
}

/// The `id` or `name` of an anchor element.
pub(super) fn anchor(html: &str) -> Option<String> {
    let of = |element: &str| {
        let id = attribute(html, element, "id");
        id.or_else(|| attribute(html, element, "name"))
    };
    of("a").or_else(|| of("span"))
}

/// The value of an attribute of the first element of this name.
pub(super) fn attribute(html: &str, element: &str, name: &str) -> Option<String> {
    let lower = html.to_ascii_lowercase();
    let start = lower.find(&format!("<{element} "))?;
    let end = lower[start..].find('>').map_or(html.len(), |n| start + n);
    let at = lower[start..end].find(&format!(" {name}="))? + name.len() + 2;
    let value = html[start + at..end].trim_start();
    let value = match value.chars().next()? {
        q @ ('"' | '\'') => value[1..].split(q).next()?,
        _ => value.split([' ', '/', '>']).next()?,
    };
    (!value.is_empty()).then(|| value.to_owned())
}
