//! Reading a part of a page as if it were one.

use std::collections::BTreeSet;

use crate::model::{Block, Document, FrontMatter};

/// The text as it was read, which may be a little longer than `part`, and its blocks.
pub(super) fn fragment(part: &str, read: &dyn Fn(&str) -> Document) -> (String, Document) {
    let mut document = read(part);
    let mut text = part.to_owned();
    let front = FrontMatter {
        span: document.front.span,
        ..FrontMatter::default()
    };
    // Two rules with text between them are no front matter unless it says something.
    if document.front.span.is_some() && document.front == front {
        text.insert(0, '\n');
        document = read(&text);
    }
    let definitions = references(&text);
    if definitions.is_empty() {
        return (text, document);
    }
    let longer = format!("{text}\n\n{definitions}");
    let with = read(&longer);
    let inside = |b: &Block| b.span.range().end <= text.len();
    if with.blocks.iter().all(inside) {
        (longer, with)
    } else {
        // They would be shown, as in code that is never closed.
        (text, document)
    }
}

/// Definitions for links like `[text][name]`, which stand elsewhere on the page.
fn references(text: &str) -> String {
    let names = text.match_indices("][").filter_map(|(at, _)| {
        let name = text[at + 2..].split([']', '\n']).next()?;
        let closed = text[at + 2 + name.len()..].starts_with(']');
        (closed && !name.trim().is_empty() && !name.contains('[')).then_some(name)
    });
    let names: BTreeSet<&str> = names.collect();
    names.iter().map(|name| format!("[{name}]: #\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_links_are_defined() {
        let text = "[a][one], [b][], [c][two\nlines], x[0][1], [d][one]";
        assert_eq!(references(text), "[1]: #\n[one]: #\n");
    }
}
