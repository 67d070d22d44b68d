//! What a section is for, told by its heading.

use super::label::{Label, LabelKind, label};
use crate::grammar::{Cursor, Role, TokenKind};

/// What may stand beside the version in the heading of what a release has changed.
const RELEASE: Role = Role::named("heading.release");

const ROLES: [(Role, SectionRole); 8] = [
    (
        Role::named("heading.prerequisites"),
        SectionRole::Prerequisites,
    ),
    (Role::named("heading.next_steps"), SectionRole::NextSteps),
    (Role::named("heading.related"), SectionRole::Related),
    (Role::named("heading.faq"), SectionRole::Faq),
    (Role::named("heading.glossary"), SectionRole::Glossary),
    (Role::named("heading.facts"), SectionRole::Facts),
    (Role::named("heading.steps"), SectionRole::Steps),
    (Role::named("heading.options"), SectionRole::Options),
];

/// What a section is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SectionRole {
    /// Nothing in particular.
    #[default]
    Plain,
    /// What must be so first.
    Prerequisites,
    /// What the author suggests for afterwards.
    NextSteps,
    /// Related reading.
    Related,
    /// Questions and answers.
    Faq,
    /// Definitions.
    Glossary,
    /// Facts, goals or advice: its bullets are no steps.
    Facts,
    /// Steps, whatever its bullets look like.
    Steps,
    /// Several ways to do the same.
    Options,
}

/// What a heading says its section is for.
pub fn section_role(heading: Cursor<'_>) -> SectionRole {
    if is_release(heading) {
        return SectionRole::Facts;
    }
    let heading = behind_number(behind_step(heading));
    let found = ROLES.iter().filter_map(|(role, what)| {
        let (m, entry) = heading.find(*role)?;
        let rest = heading.behind(m);
        // "Requirements 6.4.1" is one of many.
        let counted = rest.peek().map(|t| t.kind) == Some(TokenKind::Number);
        let named = counted && *what == SectionRole::Prerequisites;
        let fits = rest.is_empty() || !entry.says("whole", "yes");
        (fits && !named).then_some((m.end, *what))
    });
    found
        .max_by_key(|(end, _)| *end)
        .map_or(SectionRole::Plain, |(_, what)| what)
}

/// What a section is for whose heading says nothing else: "Before you begin:".
pub fn whole_role(title: Cursor<'_>) -> Option<SectionRole> {
    let title = behind_number(title);
    let ends = |at: Cursor<'_>| {
        let mut signs = at.range().map(|i| at.tokens.tokens[i].kind);
        signs.all(|kind| matches!(kind, TokenKind::Punct(':' | '.' | '!')))
    };
    let whole = |role: Role| {
        let found = title.find(role);
        found.is_some_and(|(m, _)| ends(title.behind(m)))
    };
    let found = ROLES.iter().find(|(role, _)| whole(*role));
    found.map(|(_, role)| *role)
}

/// Is a heading nothing but a version and its date: "v1.4.0 - 2025-03-01", "Unreleased"? Below it stands
/// what has changed, in the words of commands.
fn is_release(mut at: Cursor<'_>) -> bool {
    let mut version = false;
    while let Some(token) = at.peek() {
        let text = at.tokens.spelling(at.at);
        let digits = text.trim_start_matches(['v', 'V']);
        let counted = digits.starts_with(|c: char| c.is_ascii_digit());
        let mut length = 1;
        match token.kind {
            TokenKind::Punct(_) => {}
            TokenKind::Number => version |= text.contains('.'),
            TokenKind::Word if counted => version |= digits.len() < text.len(),
            _ => {
                let Some((m, entry)) = at.find(RELEASE) else {
                    return false;
                };
                version |= entry.says("version", "none");
                length = (m.end - m.start) as usize;
            }
        }
        at = at.skip(length);
    }
    version
}

/// Behind "Step 0: ", "Part 1 – ".
fn behind_step(heading: Cursor<'_>) -> Cursor<'_> {
    let counts = |l: &Label| matches!(l.kind, LabelKind::Step | LabelKind::Stage);
    let label = label(heading).filter(counts);
    label.map_or(heading, |l| heading.skip(l.end - heading.at))
}

/// Behind "1. ", "🚀 " and the like.
pub fn behind_number(mut at: Cursor<'_>) -> Cursor<'_> {
    while let Some(t) = at.peek()
        && matches!(t.kind, TokenKind::Number | TokenKind::Punct(_))
    {
        at = at.skip(1);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Tokens;
    use crate::grammar::testing::english;

    #[test]
    fn headings_say_what_a_section_is_for() {
        for (text, want) in [
            ("Before you begin", SectionRole::Prerequisites),
            ("1. Prerequisites for Windows", SectionRole::Prerequisites),
            ("Next steps", SectionRole::NextSteps),
            ("What's next?", SectionRole::NextSteps),
            ("See also", SectionRole::Related),
            ("Glossary", SectionRole::Glossary),
            ("Requirements 6.4.1", SectionRole::Plain),
            ("Terms of use", SectionRole::Plain),
            ("v1.4.0 - 2025-03-01", SectionRole::Facts),
            ("[1.4.0] (March 2025)", SectionRole::Facts),
            ("Unreleased", SectionRole::Facts),
            ("Bug fixes", SectionRole::Facts),
            ("Fixed costs", SectionRole::Plain),
            ("3. Drain the node", SectionRole::Plain),
            ("Version 2 of the API", SectionRole::Plain),
            ("Drain a node", SectionRole::Plain),
            ("Understand the requirements", SectionRole::Plain),
        ] {
            let tokens = Tokens::plain(text, english());
            assert_eq!(section_role(Cursor::whole(&tokens)), want, "{text}");
        }
    }
}
