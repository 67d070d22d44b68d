//! The purpose of a unit, read off its text.

use std::ops::Range;

use crate::grammar::{Cursor, TokenKind, Tokens};
use crate::model::{Inline, one_line};
use crate::sentence::is_optional;

/// The longest header made from running text, in bytes. A longer first sentence is cut at a word.
const MAX_LEN: usize = 160;

/// A reading of a text's first sentence: a strong beginning that is set off, or the sentence.
pub(super) fn of_text(inline: &Inline, tokens: &Tokens<'_>) -> String {
    if let Some(strong) = strong_lead(inline) {
        return clean(strong);
    }
    match tokens.sentences.as_slice() {
        [] => shortened(clean(&inline.text)),
        [first, second, ..] if says_nothing(tokens, first) => {
            shortened(clean(tokens.slice(first.start..second.end)))
        }
        _ => of_sentence(tokens, 0),
    }
}

/// Does a sentence only count what follows, or say that it can be left out: "B. Order it", "5. Order it", "Optional.
/// Enter a date"?
fn says_nothing(tokens: &Tokens<'_>, sentence: &Range<usize>) -> bool {
    let text = tokens.slice(sentence.clone()).trim_end_matches(['.', ')']);
    let letter = text.len() == 1 && text.starts_with(|c: char| c.is_ascii_alphabetic());
    let number = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let word = !text.contains(char::is_whitespace);
    letter || number || word && is_optional(Cursor::over(tokens, sentence.clone()))
}

/// A reading of one sentence.
pub(super) fn of_sentence(tokens: &Tokens<'_>, sentence: usize) -> String {
    shortened(clean(tokens.slice(tokens.sentences[sentence].clone())))
}

fn shortened(text: String) -> String {
    if text.len() <= MAX_LEN {
        text
    } else {
        cut(&text)
    }
}

/// A heading's text on one line.
pub(super) fn of_heading(inline: &Inline) -> String {
    one_line(&inline.text)
}

/// "**Check the status** - shows …": the part before the dash names the whole.
fn strong_lead(inline: &Inline) -> Option<&str> {
    let (strong, rest) = inline.strong_front()?;
    let rest = rest.trim_start();
    let set_off = strong.trim_end().ends_with(':') || rest.starts_with([':', '-', '–', '—']);
    (set_off && strong.trim().len() > 1).then_some(strong)
}

fn clean(text: &str) -> String {
    one_line(text.trim().trim_end_matches(['.', ':', ' ']))
}

fn cut(text: &str) -> String {
    let mut end = MAX_LEN;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let end = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..end].trim_end_matches([',', ';', ' ']))
}

/// Does the text say anything at all?
pub(super) fn has_words(tokens: &Tokens<'_>) -> bool {
    tokens
        .tokens
        .iter()
        .any(|t| !matches!(t.kind, TokenKind::Punct(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::testing::english;
    use crate::model::{Mark, MarkKind};

    fn header(text: &str, strong: u32) -> String {
        let inline = Inline {
            text: text.to_owned(),
            marks: vec![Mark {
                start: 0,
                end: strong,
                kind: MarkKind::Strong,
            }],
            origins: vec![(0, 0)],
            ..Inline::default()
        };
        of_text(&inline, &Tokens::inline(&inline, english()))
    }

    #[test]
    fn the_first_sentence_or_what_is_set_off() {
        assert_eq!(header("Cordon the node. Run:", 0), "Cordon the node");
        assert_eq!(header("Check the bar - shows signs", 13), "Check the bar");
        assert_eq!(header("Save all files now.", 4), "Save all files now");
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_word() {
        let long = "word ".repeat(60);
        let header = header(&long, 0);
        assert!(
            header.len() <= MAX_LEN + 4 && header.ends_with("word…"),
            "{header}"
        );
    }
}
