//! What stands in braces behind a heading: `{#anchor}`, `{: #anchor .class}`, `{/* #anchor */}`.

use crate::model::{Inline, Mark, MarkKind};

/// A list of attributes longer than this, in characters, is none.
const MAX_LIST: usize = 256;

/// A heading's text without the attributes behind it, and the anchor among them. Braces that hold
/// anything else are words of the heading.
pub(super) fn attributes(mut inline: Inline) -> (Inline, Option<String>) {
    let Some((cut, anchor)) = find(&inline) else {
        return (inline, None);
    };
    inline.text.truncate(cut);
    let end = cut as u32;
    inline.marks.retain(|m| m.start < end || m.start == m.end);
    for mark in &mut inline.marks {
        mark.end = mark.end.min(end);
        mark.start = mark.start.min(end);
    }
    inline.origins.retain(|(text, _)| *text <= end);
    (inline, anchor)
}

/// Where the text before the attributes ends, and the anchor.
fn find(inline: &Inline) -> Option<(usize, Option<String>)> {
    let text = inline.text.trim_end();
    let open = text.rfind('{')?;
    let inside = text[open + 1..].strip_suffix('}')?;
    let code = |kind: &MarkKind| *kind == MarkKind::Code;
    let in_code = |m: &Mark| code(&m.kind) && m.end as usize > open;
    if inline.marks.iter().any(in_code) {
        return None;
    }
    let mut all = listed(inside)?;
    let anchor = all.find_map(|a| a.strip_prefix('#'));
    let anchor = anchor.filter(|a| !a.is_empty()).map(str::to_owned);
    Some((text[..open].trim_end().len(), anchor))
}

/// The length of the list of attributes in braces that a text begins with.
pub(super) fn attribute_list(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('{')?;
    let near = rest.char_indices().take(MAX_LIST);
    let end = near
        .take_while(|(_, c)| *c != '{')
        .find(|(_, c)| *c == '}')?
        .0;
    listed(&rest[..end]).map(|_| end + 2)
}

/// The attributes between braces: `#id`, `.class`, `key=value`, and behind a colon the name of a list
/// of them; `None` where there is anything else.
fn listed(inside: &str) -> Option<impl Iterator<Item = &str>> {
    let comment = inside.strip_prefix("/*").and_then(|i| i.strip_suffix("*/"));
    let named = inside.starts_with(':');
    let inside = comment.unwrap_or(inside.strip_prefix(':').unwrap_or(inside));
    let attribute = move |a: &str| named || a.starts_with(['#', '.']) || a.contains('=');
    let all = inside.split_whitespace();
    (!inside.trim().is_empty() && all.clone().all(attribute)).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Option<String>) {
        let inline = Inline {
            text: text.to_owned(),
            ..Inline::default()
        };
        let (inline, anchor) = attributes(inline);
        (inline.text, anchor)
    }

    #[test]
    fn only_attributes_are_taken_off() {
        for (text, title, anchor) in [
            ("A {#b}", "A", Some("b")),
            ("A {: #b .c }", "A", Some("b")),
            ("A {.c}", "A", None),
            ("A {/* #b */}", "A", Some("b")),
            ("A {:toc}", "A", None),
            ("Get /users/{id}", "Get /users/{id}", None),
            ("Set {name}", "Set {name}", None),
            ("Empty {}", "Empty {}", None),
        ] {
            assert_eq!(
                read(text),
                (title.to_owned(), anchor.map(str::to_owned)),
                "{text}"
            );
        }
    }
}
