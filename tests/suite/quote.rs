//! Text so that everything in it can be seen.

use std::fmt::Write;

/// A text on one line, in quotes.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", visible(text).replace('"', "\\\""))
}

/// A text line by line behind bars, each line indented by `depth` levels. A last line without a line
/// end is a line like any other.
pub(crate) fn barred(out: &mut String, depth: usize, text: &str) {
    for line in text.split_inclusive('\n') {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let mut shown = visible(line);
        if shown.ends_with(' ') {
            shown.pop();
            shown.push_str("\\x20");
        }
        let bar = if shown.is_empty() { "|" } else { "| " };
        writeln!(out, "{:1$}{bar}{shown}", "", depth * 2).expect("a string takes all");
    }
}

/// Characters that nobody sees, or that look like others, as escapes.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            ' '..='~' => out.push(c),
            c if c.is_alphanumeric() || "–—…“”‘’•·→✓✅❌🚀°×".contains(c) => {
                out.push(c)
            }
            c => out.extend(c.escape_unicode()),
        }
    }
    out
}
