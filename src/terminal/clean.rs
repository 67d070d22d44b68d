//! What may reach a terminal.

use std::borrow::Cow;

/// The text with a visible stand-in for everything that could act on a terminal: control
/// characters but line ends and tabs, and the marks that turn the direction of text around (Boucher
/// and Anderson, "Trojan Source", 2021).
///
/// Every character is replaced on its own, so it does not matter where a text was cut. A CRLF is a
/// line end; a carriage return elsewhere, which would overwrite the line, is not.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if !acts(c) {
            shown.push(c);
        } else if c != '\r' || rest.peek() != Some(&'\n') {
            push_stand_in(&mut shown, c);
        }
    }
    Cow::Owned(shown)
}

/// Could this character do more than stand there?
fn acts(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        c => c.is_control(),
    }
}

/// `␛` for an escape, which has a picture of its own, `<U+009B>` for what has none.
fn push_stand_in(shown: &mut String, c: char) {
    let picture = match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code),
        0x7f => Some('\u{2421}'),
        _ => None,
    };
    match picture {
        Some(picture) => shown.push(picture),
        None => shown.push_str(&format!("<U+{:04X}>", u32::from(c))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sequences_become_visible() {
        for (text, shown) in [
            ("\u{1b}[31mred\u{1b}[0m", "␛[31mred␛[0m"),
            ("\u{1b}]0;title\u{7}", "␛]0;title␇"),
            ("\u{9b}2J", "<U+009B>2J"),
            ("rm\rls", "rm␍ls"),
            ("del\u{7f}", "del␡"),
            ("nul\0", "nul␀"),
            ("if \u{202e}drawkcab\u{2069}", "if <U+202E>drawkcab<U+2069>"),
        ] {
            assert_eq!(clean(text), shown);
        }
    }

    #[test]
    fn harmless_text_is_not_copied() {
        for text in ["", "a\tb\nc", "日本語 ü 👍 שלום", "\u{feff}x"] {
            assert!(matches!(clean(text), Cow::Borrowed(same) if same == text));
        }
        assert_eq!(clean("a\r\nb\r\n"), "a\nb\n");
    }

    proptest! {
        #[test]
        fn nothing_that_acts_survives_however_it_is_cut(
            parts in prop::collection::vec("(\u{1b}|\\[|\u{9b}|\r|\n|[a-z;0-9]|\u{202e}){0,4}", 0..8)
        ) {
            let pieces: String = parts.iter().map(|p| clean(p).into_owned()).collect();
            prop_assert!(!pieces.chars().any(acts));
            prop_assert!(!clean(&parts.concat()).chars().any(acts));
        }
    }
}
