//! One object, one line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// The version of the public JSON.
const VERSION: u8 = 1;

/// A top-level object: `"v": 1`, then the keys of what it holds.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Versioned<T> {
    v: u8,
    #[serde(flatten)]
    object: T,
}

impl<T> Versioned<T> {
    /// Marks an object as top-level. It must serialise as a map or struct.
    pub fn new(object: T) -> Self {
        Versioned { v: VERSION, object }
    }
}

/// Writes a value as one line of JSON. `out` should be buffered.
///
/// Characters that act on a terminal, and those that some programs take for the end of a line, are
/// written as `\u` escapes, which mean the same to every JSON reader.
///
/// # Errors
/// Whatever `out` fails with, of the same kind: a closed pipe stays a closed pipe.
pub fn write_line<T: Serialize + ?Sized>(out: &mut impl Write, value: &T) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Harmless))?;
    out.write_all(b"\n")
}

/// Compact JSON in which nothing acts on a terminal.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        // Printable ASCII, which is nearly everything, needs no second look.
        if fragment.bytes().all(|b| b < 0x7f) {
            return out.write_all(fragment.as_bytes());
        }
        let mut from = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| is_escaped(*c)) {
            out.write_all(&fragment.as_bytes()[from..at])?;
            write!(out, "\\u{:04x}", u32::from(c))?;
            from = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[from..])
    }
}

/// DEL, the C1 controls, line and paragraph separators, and marks that turn text around. The other
/// control characters are escaped by JSON itself.
fn is_escaped(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn line(value: &impl Serialize) -> String {
        let mut out = Vec::new();
        write_line(&mut out, value).expect("a vector");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn nothing_in_a_line_acts_and_everything_is_read_back() {
        let text = "a\u{1b}[2J\u{7f}\u{9b}2J\u{85}ü\u{2028}\u{202e}日\r\n\t\"\\";
        let written = line(&json!({ "text": text }));
        assert_eq!(written.lines().count(), 1);
        assert!(
            !written
                .trim_end()
                .chars()
                .any(|c| c.is_control() || is_escaped(c))
        );
        assert!(
            written.contains("ü") && written.contains("日"),
            "the rest is left alone"
        );
        let back: Value = serde_json::from_str(&written).expect("JSON");
        assert_eq!(back["text"], text);
    }

    #[test]
    fn the_version_comes_first() {
        assert_eq!(
            line(&Versioned::new(json!({ "b": 1, "a": [2] }))),
            "{\"v\":1,\"b\":1,\"a\":[2]}\n"
        );
    }

    #[test]
    fn a_closed_pipe_stays_a_closed_pipe() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let error = write_line(&mut Closed, &json!("x")).expect_err("closed");
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }
}
