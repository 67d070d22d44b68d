//! What templates may do to a text.

use minijinja::Environment;
use minijinja::value::Value;

use crate::terminal::{Ink, Palette, clean};

/// Adds the filters: one for each ink, and `indent`, `unnumbered`, `place`.
pub(super) fn add(environment: &mut Environment<'static>, palette: Palette) {
    for (name, ink) in [
        ("title", Ink::Title),
        ("number", Ink::Number),
        ("condition", Ink::Condition),
        ("place_ink", Ink::Place),
        ("code", Ink::Code),
        ("good", Ink::Good),
        ("warning", Ink::Warning),
        ("quiet", Ink::Quiet),
    ] {
        environment.add_filter(name, move |text: String| {
            Value::from_safe_string(palette.paint(ink, &text).to_string())
        });
    }
    environment.add_filter("place", move |source: Value| {
        Value::from_safe_string(palette.paint(Ink::Place, &place(&source)).to_string())
    });
    environment.add_filter("lines", |text: String| {
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    });
    environment.add_filter("indent", |text: String, columns: usize| {
        indent(&text, columns)
    });
    environment.add_filter("more_than", |text: String, header: String| {
        more_than(&text, &header)
    });
    environment.add_filter("unnumbered", |text: String| unnumbered(&text).to_owned());
}

/// `ops/drain.md:14-18`
fn place(source: &Value) -> String {
    let part = |name: &str| source.get_attr(name).unwrap_or_default();
    let line = |i: usize| {
        part("lines")
            .get_item(&Value::from(i))
            .unwrap_or_default()
            .to_string()
    };
    let (first, last) = (line(0), line(1));
    let file = part("file");
    if first == last {
        format!("{file}:{first}")
    } else {
        format!("{file}:{first}-{last}")
    }
}

/// Every line behind so many spaces; blank lines stay blank.
fn indent(text: &str, columns: usize) -> String {
    let margin = " ".repeat(columns);
    let lines = text.trim_end().lines().map(|line| {
        let line = clean(line);
        if line.trim().is_empty() {
            String::new()
        } else {
            format!("{margin}{line}")
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A body without the number that the author gave the item, where a template shows one itself.
fn unnumbered(text: &str) -> &str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[digits..].strip_prefix(['.', ')']) {
        Some(rest) if digits > 0 && rest.starts_with([' ', '\t']) => rest.trim_start(),
        _ => text,
    }
}

/// Does a body say more than its header, which is a reading of it?
fn more_than(body: &str, header: &str) -> bool {
    let body = unnumbered(body).trim().trim_end_matches(['.', ':']);
    !body.is_empty() && body != header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_items_own_number_goes() {
        assert_eq!(unnumbered("12. Stop it."), "Stop it.");
        assert_eq!(unnumbered("3) Stop it."), "Stop it.");
        assert_eq!(unnumbered("1.29 is out"), "1.29 is out");
        assert_eq!(unnumbered("Stop 3. now"), "Stop 3. now");
    }

    #[test]
    fn blank_lines_stay_blank() {
        assert_eq!(indent("a\n\nb\n", 2), "  a\n\n  b");
    }
}
