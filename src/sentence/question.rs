//! Questions: what people put around what they want, and headings that ask.

use crate::grammar::{Cursor, Role, TokenKind, text_between};

const ROLE: Role = Role::named("question.role");
const WANT: Role = Role::named("question.want");
const PURPOSE: Role = Role::named("question.purpose");
const LABEL: Role = Role::named("question.label");
const INTERROGATIVE: Role = Role::named("question.interrogative");
const JOINS: Role = Role::named("question.joins");

/// A question taken apart: "As a **role**, I want to **wish**, so that **goal**."
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Question<'a> {
    /// Who asks.
    pub role: &'a str,
    /// What is wanted, without "How do I …".
    pub wish: &'a str,
    /// What for.
    pub goal: &'a str,
}

/// Takes a question apart. Where nothing is wrapped around it, all of it is the wish.
pub fn question<'a>(text: Cursor<'a>) -> Question<'a> {
    let mut question = Question::default();
    let mut at = text;
    if let Some((m, entry)) = at.find(ROLE) {
        let role = at.behind(m);
        // "Als Betreiber möchte ich …": no comma, the verb follows.
        let wanted = role.seek(WANT).filter(|_| entry.says("ends", "want"));
        if let Some((want, ..)) = wanted {
            question.role = text_between(role, want);
            at = want;
        } else if let Some(comma) = next_comma(role) {
            question.role = role.tokens.slice(role.at..comma).trim();
            at = role.skip(comma + 1 - role.at);
        }
    }
    // "I want to be able to …" is no purpose.
    while let Some(end) = wrapper_end(at) {
        at = at.skip(end - at.at);
    }
    if let Some((goal_at, m, _)) = at.skip(1).seek(PURPOSE) {
        question.goal = goal_at.behind(m).rest();
        at = at.until(goal_at.at);
    }
    question.wish = at.rest().trim_end_matches([',', ' ', '?', '.', '!']);
    question
}

/// The questions that are asked in one text: "How do I drain it, and how do I bring it back?" Each
/// asks by itself; a text that only tells, before a question or behind it, stays with it.
pub fn questions<'a>(text: Cursor<'a>) -> Vec<&'a str> {
    let whole = text.rest();
    if text.find(INTERROGATIVE).is_none() {
        return vec![whole];
    }
    let mut asked = Vec::new();
    let (mut from, mut at) = (text, text.skip(1));
    while !at.is_empty() {
        let closed = text.tokens.tokens[at.at - 1].kind == TokenKind::Punct('?');
        let joined = at.find(JOINS).map(|(m, _)| at.behind(m));
        let asks = |at: &Cursor<'_>| at.find(INTERROGATIVE).is_some();
        // Within a sentence, a question word alone may only begin a clause.
        let wants = |at: &Cursor<'_>| asks(at) && at.find(WANT).is_some();
        let next = match joined {
            Some(behind) => Some(behind).filter(|b| wants(b) || closed && asks(b)),
            None => Some(at).filter(|at| closed && asks(at)),
        };
        match next {
            Some(next) => {
                asked.push(trimmed(from.until(at.at).rest()));
                (from, at) = (next, next.skip(1));
            }
            None => at = at.skip(1),
        }
    }
    asked.push(trimmed(from.rest()));
    match asked.iter().any(|question| question.is_empty()) {
        true => vec![whole],
        false => asked,
    }
}

fn trimmed(question: &str) -> &str {
    question.trim_end_matches([',', ';', ' ', '?', '.', '!'])
}

fn next_comma(at: Cursor<'_>) -> Option<usize> {
    at.range()
        .find(|i| at.tokens.tokens[*i].kind == TokenKind::Punct(','))
}

/// Behind one piece of wrapping, where something is left after it.
fn wrapper_end(at: Cursor<'_>) -> Option<usize> {
    let (m, _) = at.find(WANT)?;
    let mut rest = at.behind(m);
    while matches!(rest.peek().map(|t| t.kind), Some(TokenKind::Punct(_))) {
        rest = rest.skip(1);
    }
    (!rest.is_empty()).then_some(rest.at)
}

/// Behind the "Q:" that a question begins with, where its answer follows.
pub fn behind_question_label<'a>(text: Cursor<'a>) -> Option<Cursor<'a>> {
    // "Q2" is one token.
    let numbered = text.peek().is_some_and(|t| t.kind == TokenKind::Word)
        && text.tokens.spelling(text.at).len() <= 4
        && text
            .tokens
            .spelling(text.at)
            .ends_with(|c: char| c.is_ascii_digit())
        && text.tokens.lexicon.has(letters(text), LABEL);
    let end = match text.find(LABEL) {
        Some((m, _)) => m.end as usize,
        None if numbered => text.at + 1,
        None => return None,
    };
    let rest = text.skip(end - text.at);
    let set_off = matches!(
        rest.peek().map(|t| t.kind),
        Some(TokenKind::Punct(':' | '.' | ')'))
    );
    set_off.then(|| rest.skip(1))
}

/// The letters that a token begins with.
fn letters<'a>(text: Cursor<'a>) -> &'a str {
    let word = text.tokens.spelling(text.at);
    word.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Is a text a question that a reader asks: "and how do I lift it"?
pub fn asks_for_answer(text: Cursor<'_>) -> bool {
    text.seek(INTERROGATIVE).is_some() || text.find(WANT).is_some()
}

/// Is a heading a question?
pub fn is_question(heading: Cursor<'_>) -> bool {
    // "Ask: "Is it red?""
    let quote = |kind: &TokenKind| matches!(kind, TokenKind::Punct('"' | '”' | '\'' | '’'));
    let mut kinds = heading.range().rev().map(|i| heading.tokens.tokens[i].kind);
    kinds.find(|kind| !quote(kind)) == Some(TokenKind::Punct('?'))
        && heading.range().len() > 2
        && asks_for_answer(heading)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Tokens;
    use crate::grammar::testing::english;

    #[test]
    fn several_questions_are_taken_apart() {
        for (text, asked) in [
            (
                "How do I drain a node and how do I bring it back?",
                &["How do I drain a node", "how do I bring it back"][..],
            ),
            (
                "How do I drain a node? What is a taint?",
                &["How do I drain a node", "What is a taint"],
            ),
            (
                "How do I open, and then how can I close the valve?",
                &["How do I open", "how can I close the valve"],
            ),
            (
                "As an operator, I want to know what a node is and how to drain it.",
                &["As an operator, I want to know what a node is and how to drain it."],
            ),
            (
                "How do I drain a node and know what is on it?",
                &["How do I drain a node and know what is on it"],
            ),
            ("drain a node", &["drain a node"]),
            ("?", &["?"]),
            ("", &[""]),
        ] {
            let tokens = Tokens::plain(text, english());
            let got = questions(Cursor::whole(&tokens));
            assert_eq!(got, asked, "{text}");
        }
    }

    #[test]
    fn wrapping_is_removed() {
        for (text, role, wish, goal) in [
            (
                "As a cloud operator, I want to drain a node, so that I can patch it.",
                "cloud operator",
                "drain a node",
                "I can patch it.",
            ),
            ("How do I delete a cluster?", "", "delete a cluster", ""),
            ("drain a node", "", "drain a node", ""),
            (
                "I want to be able to drain a node, so that I can patch it.",
                "",
                "drain a node",
                "I can patch it.",
            ),
            (
                "Drain a node to be able to patch it",
                "",
                "Drain a node",
                "patch it",
            ),
            (
                "How do I handle: Recover Username?",
                "",
                "Recover Username",
                "",
            ),
            ("Please show me how to rotate keys", "", "rotate keys", ""),
        ] {
            let tokens = Tokens::plain(text, english());
            let got = question(Cursor::whole(&tokens));
            assert_eq!((got.role, got.wish, got.goal), (role, wish, goal), "{text}");
        }
    }
}
