//! Targets named in words: "Step 2.1", "the 'Recover Username' flow", "section Roll back".

use super::label::{LabelKind, number_at, takes_title, word_at};
use crate::grammar::{Cursor, Role, TokenKind, at_end};
use crate::model::{Inline, Mark, MarkKind, Name, Stands};

const RANGE: Role = Role::named("jump.range");

/// The longest title before a label, in words: "the Recover Username flow".
const MAX_TITLE: usize = 8;

/// The target named at the cursor, and the token behind it.
pub fn named(at: Cursor<'_>) -> Option<(Name, usize)> {
    let at = behind_articles(at);
    numbered(at).or_else(|| quoted(at)).or_else(|| titled(at))
}

/// Behind "the", "a".
pub(super) fn behind_articles(mut at: Cursor<'_>) -> Cursor<'_> {
    while at
        .peek()
        .is_some_and(|t| at.tokens.lexicon.is_article(t.sym))
    {
        at = at.skip(1);
    }
    at
}

/// "Step 2.1", "steps 2-4", "Path 1 (No Service)"
pub(super) fn numbered(at: Cursor<'_>) -> Option<(Name, usize)> {
    let (kind, end) = word_at(at)?;
    let mut after = at.skip(end - at.at);
    if after.peek().map(|t| t.kind) == Some(TokenKind::Punct('#')) {
        after = after.skip(1);
    }
    let number = number_at(after)?;
    let (first, last) = match number.split_once('-') {
        Some((first, last)) => (first, Some((last, after.at + 1))),
        None => (number, last_of(after.skip(1))),
    };
    let plain = |number: &str| number.trim_end_matches('.').to_owned();
    let name = Name {
        label: at.tokens.slice(at.at..end).to_lowercase(),
        capital: at.tokens.spelling(at.at).starts_with(char::is_uppercase),
        number: Some(plain(first)),
        last: last.map(|(last, _)| plain(last)),
        stated: kind != LabelKind::Option,
        stands: match kind {
            LabelKind::Option => Stands::BehindLabel,
            LabelKind::Section => Stands::InTitle,
            _ => Stands::Anywhere,
        },
        ..Name::default()
    };
    Some((name, last.map_or(after.at + 1, |(_, end)| end)))
}

/// The last number of a range, behind its first, and the token behind it: "to 5", "and 5". "Step 2
/// and 3 times more" names one step.
fn last_of<'a>(at: Cursor<'a>) -> Option<(&'a str, usize)> {
    let (m, _) = at.find(RANGE)?;
    let at = at.behind(m);
    let last = number_at(at).filter(|n| n.starts_with(|c: char| c.is_ascii_digit()))?;
    let counts = at
        .skip(1)
        .peek()
        .is_some_and(|t| t.kind == TokenKind::Word && !at.tokens.lexicon.is_function(t.sym));
    (!counts).then_some((last, at.at + 1))
}

/// "'Recover Username' flow", "section "Roll back""
fn quoted(at: Cursor<'_>) -> Option<(Name, usize)> {
    let (label, open) = match word_at(at) {
        Some((_, end)) => (
            at.tokens.slice(at.at..end).to_lowercase(),
            at.skip(end - at.at),
        ),
        None => (String::new(), at),
    };
    let quote = match open.peek().map(|t| t.kind) {
        Some(TokenKind::Punct(c)) => closing(c)?,
        _ => return None,
    };
    let inner = open.skip(1);
    let end = inner
        .range()
        .take(MAX_TITLE + 2)
        .find(|i| inner.tokens.tokens[*i].kind == TokenKind::Punct(quote))?;
    let title = inner.tokens.slice(inner.at..end).trim();
    let mut after = inner.skip(end + 1 - inner.at);
    let mut name = Name {
        label,
        title: Some(title.to_owned()),
        stated: true,
        ..Name::default()
    };
    if let Some((_, end)) = word_at(after) {
        name.label = after.tokens.slice(after.at..end).to_lowercase();
        after = after.skip(end - after.at);
    }
    let worth = !title.is_empty() && !name.label.is_empty();
    worth.then_some((name, after.at))
}

/// The quote that closes what this one opens.
pub(super) fn closing(open: char) -> Option<char> {
    Some(match open {
        '"' => '"',
        '\'' => '\'',
        '“' => '”',
        '‘' => '’',
        '„' => '“',
        '‚' => '‘',
        '»' => '«',
        '«' => '»',
        '[' => ']',
        _ => return None,
    })
}

/// "section *Roll back*": a label before a title that is set in other letters.
pub(super) fn set_off(at: Cursor<'_>, inline: &Inline) -> Option<(Name, usize)> {
    let at = behind_articles(at);
    let (kind, end) = word_at(at)?;
    let title = at.skip(end - at.at);
    let letters = [MarkKind::Strong, MarkKind::Emphasis];
    let (title, behind) = marked(title, inline, &letters)?;
    let name = Name {
        label: at.tokens.slice(at.at..end).to_lowercase(),
        title: Some(title.to_owned()),
        stated: false,
        ..Name::default()
    };
    let names = matches!(kind, LabelKind::Procedure | LabelKind::Section);
    names.then_some((name, behind))
}

/// A title in strong letters that is all of a text: "**Fill in oil**."
pub(super) fn strong(text: Cursor<'_>, inline: &Inline) -> Option<Name> {
    let (title, behind) = marked(text, inline, &[MarkKind::Strong])?;
    let whole = at_end(text.skip(behind - text.at)).is_ok();
    whole.then(|| Name {
        title: Some(title.to_owned()),
        ..Name::default()
    })
}

/// The title in such letters that begins at the cursor, and the token behind it.
pub(super) fn marked<'i>(
    at: Cursor<'_>,
    inline: &'i Inline,
    letters: &[MarkKind],
) -> Option<(&'i str, usize)> {
    let start = at.peek()?.start;
    let is_title = |m: &&Mark| m.start == start && letters.contains(&m.kind);
    let here = start as usize..start as usize + 1;
    let mark = inline.marks_in(&here).iter().find(is_title)?;
    let title = inline.text.get(here.start..mark.end as usize)?;
    let behind = at.range().find(|i| at.tokens.tokens[*i].start >= mark.end);
    let title = title.trim_matches(['.', ':', ' ']);
    Some((title, behind.unwrap_or(at.end)))
}

/// "Recover Username flow": capitalised words up to a label that names a procedure or a section.
fn titled(at: Cursor<'_>) -> Option<(Name, usize)> {
    let first = at.peek().filter(|t| t.kind == TokenKind::Word)?;
    if !at.tokens.text[first.start as usize..].starts_with(char::is_uppercase) {
        return None;
    }
    for i in at.range().skip(1).take(MAX_TITLE) {
        let here = Cursor { at: i, ..at };
        if let Some((kind @ (LabelKind::Procedure | LabelKind::Section), end)) = word_at(here)
            && takes_title(here)
        {
            let name = Name {
                label: at.tokens.slice(i..end).to_lowercase(),
                title: Some(at.tokens.slice(at.at..i).trim().to_owned()),
                stated: false,
                stands: match kind {
                    LabelKind::Section => Stands::InTitle,
                    _ => Stands::Anywhere,
                },
                ..Name::default()
            };
            return Some((name, end));
        }
        if matches!(here.peek()?.kind, TokenKind::Punct(c) if c != '-' && c != '/' && c != '&') {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Tokens;
    use crate::grammar::testing::english;

    #[test]
    fn several_steps_have_a_last_one() {
        for (text, first, last) in [
            ("steps 3-5", "3", Some("5")),
            ("steps 3 to 5.", "3", Some("5")),
            ("steps 10–12", "10", Some("12")),
            ("steps 4 and 5", "4", Some("5")),
            ("step 2 and 3 times more", "2", None),
            ("step 2.1", "2.1", None),
        ] {
            let tokens = Tokens::plain(text, english());
            let (name, _) = named(Cursor::whole(&tokens)).expect(text);
            let got = (name.number.as_deref(), name.last.as_deref());
            assert_eq!(got, (Some(first), last), "{text}");
        }
    }

    #[test]
    fn targets_are_named_by_number_or_title() {
        for (text, label, number, title) in [
            ("Step 1.2", "step", Some("1.2"), None),
            ("steps 2-4 until it works", "steps", Some("2"), None),
            (
                "the 'Recover Username' flow above",
                "flow",
                None,
                Some("Recover Username"),
            ),
            (
                "the Recover Username subflow",
                "subflow",
                None,
                Some("Recover Username"),
            ),
            ("section \"Roll back\"", "section", None, Some("Roll back")),
        ] {
            let tokens = Tokens::plain(text, english());
            let (name, _) = named(Cursor::whole(&tokens)).expect(text);
            assert_eq!(
                (
                    name.label.as_str(),
                    name.number.as_deref(),
                    name.title.as_deref()
                ),
                (label, number, title)
            );
        }
        for text in ["the manual", "step by step", "it"] {
            let tokens = Tokens::plain(text, english());
            assert_eq!(named(Cursor::whole(&tokens)), None, "{text}");
        }
    }
}
