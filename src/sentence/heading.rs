//! What a section is for, told by its heading.

use crate::grammar::{Cursor, Role};

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
    let heading = behind_number(heading);
    let found = ROLES.iter().filter_map(|(role, what)| {
        let (m, entry) = heading.find(*role)?;
        let whole = heading.skip((m.end - m.start) as usize).range().is_empty();
        (whole || !entry.says("whole", "yes")).then_some((m.end, *what))
    });
    found
        .max_by_key(|(end, _)| *end)
        .map_or(SectionRole::Plain, |(_, what)| what)
}

/// Behind "1. ", "🚀 " and the like.
fn behind_number(mut at: Cursor<'_>) -> Cursor<'_> {
    use crate::grammar::TokenKind;
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
            ("Terms of use", SectionRole::Plain),
            ("Drain a node", SectionRole::Plain),
            ("Understand the requirements", SectionRole::Plain),
        ] {
            let tokens = Tokens::plain(text, english());
            assert_eq!(
                section_role(Cursor::over(&tokens, 0..tokens.tokens.len())),
                want,
                "{text}"
            );
        }
    }
}
