//! Titles that a sentence names, and where they end: "see Red flags below", "follow *Fill in oil*", "section Roll back".

use super::name::{behind_articles, closing, marked, named};
use crate::grammar::{Cursor, Role, Token, TokenKind, at_end};
use crate::model::{Inline, MarkKind, Name, Stands};

/// What may stand behind a title: "below".
const BEHIND: Role = Role::named("call.behind");
const SECTION: Role = Role::named("label.section");
/// The longest title of a section, in words.
const MAX_TITLE: usize = 10;

/// The titles that may be named at the cursor without a word for what has them: "see Red flags below", "see
/// \"Red flags\"". Where one ends is not always to be told from the sentence, so that there may be several.
pub(super) fn titles(at: Cursor<'_>) -> Vec<(Name, usize)> {
    let at = behind_articles(at);
    let quote = match at.peek().map(|t| t.kind) {
        Some(TokenKind::Punct(c)) => closing(c),
        _ => None,
    };
    let at = at.skip(usize::from(quote.is_some()));
    let word = at.peek().is_some_and(|t| t.kind == TokenKind::Word);
    if !word || !at.tokens.spelling(at.at).starts_with(char::is_uppercase) {
        return Vec::new();
    }
    let kind = |i: usize| at.tokens.tokens[i].kind;
    let stops = |i: &usize| match quote {
        Some(quote) => kind(*i) == TokenKind::Punct(quote),
        None => {
            matches!(kind(*i), TokenKind::Punct(c) if !matches!(c, '-' | '/' | '&' | '\'' | '’'))
        }
    };
    let mut near = at.range().take(MAX_TITLE + 1);
    let end = near.find(stops).unwrap_or(at.end);
    let behind = |i: &usize| quote.is_none() && Cursor { at: *i, ..at }.find(BEHIND).is_some();
    let ends = (at.at + 1..end).filter(behind).chain([end]);
    ends.filter(|end| end - at.at <= MAX_TITLE)
        .map(|end| {
            let name = Name {
                title: Some(at.tokens.slice(at.at..end).trim().to_owned()),
                stands: match quote {
                    Some(_) => Stands::Anywhere,
                    None => Stands::OnPage,
                },
                ..Name::default()
            };
            (name, end)
        })
        .collect()
}

/// The title in quotes of what has the steps: "the steps in "Roll back"".
pub(super) fn titled(at: Cursor<'_>) -> Option<(Name, usize)> {
    let quoted = matches!(at.peek()?.kind, TokenKind::Punct(c) if closing(c).is_some());
    titles(at).into_iter().next().filter(|_| quoted)
}

/// The title in strong or slanted letters of a text of the page, behind which nothing more is said of it: "use
/// **Fill in oil**", "follow *Fill in oil* below, then come back".
pub(super) fn on_page(at: Cursor<'_>, inline: &Inline) -> Option<(Name, usize)> {
    let at = behind_articles(at);
    let (title, end) = marked(at, inline, &[MarkKind::Strong, MarkKind::Emphasis])?;
    let behind = at.skip(end - at.at);
    let sign = |t: &Token| matches!(t.kind, TokenKind::Punct(',' | ';' | '('));
    let closes = || behind.peek().is_some_and(|t| sign(&t)) || behind.find(BEHIND).is_some();
    let whole = at_end(behind).is_ok() || closes();
    let named = whole && title.starts_with(char::is_uppercase);
    named.then(|| {
        let name = Name {
            title: Some(title.to_owned()),
            stands: Stands::OnPage,
            ..Name::default()
        };
        (name, end)
    })
}

/// The title in quotes of a text of the page, behind which nothing more is said of it: "do "Fill in oil" below".
pub(super) fn quoted_title(at: Cursor<'_>) -> Option<(Name, usize)> {
    let (name, end) = titled(at)?;
    let behind = at.skip(end + 1 - at.at);
    let whole = at_end(behind).is_ok() || behind.find(BEHIND).is_some();
    let stands = Stands::OnPage;
    whole.then_some((Name { stands, ..name }, end))
}

/// A title of the page that nothing sets off, behind which nothing more is said of it: "Closing the gate".
pub(super) fn plain_title(at: Cursor<'_>, inline: &Inline) -> Option<(Name, usize)> {
    // "Follow an oil-driven mill", "Complete lists of mills are in [Mills](mills.md)"
    let article = |first: &Token| at.tokens.lexicon.is_article(first.sym);
    at.peek()
        .filter(|first| first.kind == TokenKind::Word && !article(first))?;
    let plain = |end: usize| inline.marks_in(&at.tokens.bytes(at.at..end)).is_empty();
    titles(at).into_iter().find(|(name, end)| {
        let behind = at.skip(end - at.at);
        let closes = |at: Cursor<'_>| {
            let comma = || matches!(at.peek().map(|t| t.kind), Some(TokenKind::Punct(',' | ';')));
            at_end(at).is_ok() || comma()
        };
        // "Clean up below", but not "Clean" of "Clean up for the night".
        let below = || behind.find(BEHIND).map(|(m, _)| behind.behind(m));
        let whole = closes(behind) || below().is_some_and(closes);
        name.stands == Stands::OnPage && whole && plain(*end)
    })
}

/// Is it a section that is named?
pub(super) fn is_section(at: Cursor<'_>, name: &Name) -> bool {
    at.tokens.lexicon.has(&name.label, SECTION)
}

/// A section named at the cursor.
pub(super) fn section(at: Cursor<'_>) -> Option<(Name, usize)> {
    if let Some((name, end)) = named(at).filter(|(name, _)| is_section(at, name)) {
        let name = Name {
            stated: false,
            ..name
        };
        return Some((name, end));
    }
    let at = behind_articles(at);
    let (m, _) = at.find(SECTION)?;
    let title = at.behind(m);
    let stops = |i: &usize| matches!(at.tokens.tokens[*i].kind, TokenKind::Punct(c) if c != '-');
    let mut near = title.range().take(MAX_TITLE + 1);
    let end = near.find(stops).unwrap_or(title.end);
    let text = title
        .tokens
        .slice(title.at..end.min(title.at + MAX_TITLE))
        .trim();
    let named = text.starts_with(char::is_uppercase) && end - title.at <= MAX_TITLE;
    named.then(|| {
        let name = Name {
            label: at.tokens.slice(at.at..title.at).to_lowercase(),
            title: Some(text.to_owned()),
            ..Name::default()
        };
        (name, end)
    })
}
