//! Numbered pieces of a procedure: "Step 3", "Path 2.1", "Option A".

use crate::grammar::{Cursor, Role, TokenKind};

const KINDS: [(Role, LabelKind); 5] = [
    (Role::named("label.step"), LabelKind::Step),
    (Role::named("label.stage"), LabelKind::Stage),
    (Role::named("label.section"), LabelKind::Section),
    (Role::named("label.option"), LabelKind::Option),
    (Role::named("label.procedure"), LabelKind::Procedure),
];

/// "Three"
const NUMBER: Role = Role::named("label.number");

/// What kind of piece a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelKind {
    /// "Step", "item".
    Step,
    /// "Phase", "path": a larger piece, with steps of its own.
    Stage,
    /// "Section", "chapter".
    Section,
    /// "Option", "method".
    Option,
    /// "Flow", "runbook".
    Procedure,
}

/// A label with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What kind of piece.
    pub kind: LabelKind,
    /// The word, lower case: `step`.
    pub word: String,
    /// As written, in digits: `2.1`, `A`.
    pub number: String,
    /// One past the last token of the label, closing punctuation included.
    pub end: usize,
}

/// The label word at the cursor, and where it ends.
pub(super) fn word_at(at: Cursor<'_>) -> Option<(LabelKind, usize)> {
    at.longest(&KINDS)
}

/// May a title without quotes stand before the label? Not where every noun has a capital.
pub(super) fn takes_title(at: Cursor<'_>) -> bool {
    let mut found = KINDS.iter().filter_map(|(role, _)| at.find(*role));
    found.all(|(_, e)| !e.says("title", "quoted"))
}

/// A number or a single letter at the cursor: `3`, `2.1`, `A`, `3a`, or `3` for "three".
pub(super) fn number_at<'a>(at: Cursor<'a>) -> Option<&'a str> {
    let token = at.peek()?;
    if let Some((_, entry)) = at.find(NUMBER) {
        return entry.get("number");
    }
    let text = at.tokens.spelling(at.at);
    let counted = match token.kind {
        TokenKind::Number => true,
        TokenKind::Word => {
            let letter = text.chars().count() == 1 && text.chars().all(char::is_uppercase);
            letter || (text.starts_with(|c: char| c.is_ascii_digit()) && text.len() <= 4)
        }
        TokenKind::Code | TokenKind::Punct(_) => false,
    };
    counted.then_some(text)
}

/// The label that a text begins with: "Step 2.1: Verify …", "(Option A) If …".
pub fn label(text: Cursor<'_>) -> Option<Label> {
    let open = matches!(
        text.peek().map(|t| t.kind),
        Some(TokenKind::Punct('(' | '['))
    );
    let at = if open { text.skip(1) } else { text };
    let (kind, word_end) = word_at(at)?;
    let word = at.tokens.slice(at.at..word_end).to_lowercase();
    let after = at.skip(word_end - at.at);
    let number = number_at(after)?.to_owned();
    let mut rest = after.skip(1);
    // "Steps one should take"
    let set_off = || !matches!(rest.peek().map(|t| t.kind), Some(TokenKind::Word));
    if after.find(NUMBER).is_some() && !set_off() {
        return None;
    }
    while let Some(TokenKind::Punct(':' | '.' | ')' | ']' | '-' | '–' | '—')) =
        rest.peek().map(|t| t.kind)
    {
        rest = rest.skip(1);
    }
    Some(Label {
        kind,
        word,
        number,
        end: rest.at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Tokens;
    use crate::grammar::testing::english;

    #[test]
    fn labels_have_a_number_or_a_letter() {
        let read = |text: &str| {
            let tokens = Tokens::plain(text, english());
            label(Cursor::whole(&tokens)).map(|l| {
                (
                    l.word,
                    l.number,
                    tokens.slice(l.end..tokens.tokens.len()).to_owned(),
                )
            })
        };
        let some = |a: &str, b: &str, c: &str| Some((a.to_owned(), b.to_owned(), c.to_owned()));
        assert_eq!(
            read("Step 2.1: Verify it"),
            some("step", "2.1", "Verify it")
        );
        assert_eq!(read("(Option A) If so"), some("option", "A", "If so"));
        assert_eq!(read("Step by step"), None);
        assert_eq!(read("Options"), None);
    }
}
