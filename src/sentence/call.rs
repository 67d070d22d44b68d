//! Doing another procedure and coming back: "Follow the steps in [Drain a node](drain.md)."

use std::ops::Range;

use super::jump::{Destination, link_at, named_in};
use crate::address::has_scheme;
use crate::grammar::{Cursor, Role, TokenKind};
use crate::model::Inline;

const FOLLOW: Role = Role::named("call.follow");
/// Verbs that say "do all of it" even where no "steps in" stands before the target.
const STRONG: Role = Role::named("call.strong");
const STEPS_IN: Role = Role::named("call.steps_in");
const BACK: Role = Role::named("call.back");
const SEE: Role = Role::named("call.see");

/// A place where the text sends the reader through another procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The procedure.
    pub to: Destination,
    /// Does the text say to do it first, or to come back?
    pub back: bool,
    /// The range of the cue and its target in the text.
    pub bytes: Range<usize>,
}

/// The calls that a sentence states.
pub fn calls(sentence: Cursor<'_>, inline: &Inline) -> Vec<Call> {
    let back = sentence.seek(BACK).is_some();
    let mut found = Vec::new();
    let mut i = sentence.at;
    while i < sentence.end {
        let here = Cursor { at: i, ..sentence };
        match call_at(here, inline, back) {
            Some((call, end)) => {
                found.push(call);
                i = end;
            }
            None => i += 1,
        }
    }
    found
}

fn call_at(here: Cursor<'_>, inline: &Inline, back: bool) -> Option<(Call, usize)> {
    let (m, _) = here.find(FOLLOW)?;
    if here.find(SEE).is_some_and(|(s, _)| s.end > m.end) {
        return None;
    }
    let verb_end = m.end as usize;
    let strong = back || here.find(STRONG).is_some();
    let target = here.skip(verb_end - here.at);
    let (steps_in, target) = match target.find(STEPS_IN) {
        Some((m, _)) => (true, target.skip((m.end - m.start) as usize)),
        None => (false, target),
    };
    let (to, end) = match link_at(target, inline) {
        // "Follow [our news](https://…)" is no procedure to do.
        Some((address, end)) if steps_in || (strong && !has_scheme(&address)) => {
            (Destination::Link(address), end)
        }
        Some(_) => return None,
        None => named_in(here.skip(verb_end - here.at), inline)
            .or_else(|| named_in(target, inline))
            .map(|(name, end)| (Destination::Name(name), end))?,
    };
    // "Use Step 2 as an example" names a step; a procedure is followed. A bare number is enough only
    // where the sentence ends, or says "steps", "first" or what is looked for.
    let bytes = here.tokens.bytes(here.at..end.min(here.end));
    Some((Call { to, back, bytes }, end)).filter(|_| !follows_noun(here))
}

/// "the check follow …": a cue right behind an article is a noun.
fn follows_noun(here: Cursor<'_>) -> bool {
    let Some(before) = here.at.checked_sub(1) else {
        return false;
    };
    let token = here.tokens.tokens[before];
    token.kind == TokenKind::Word && here.tokens.lexicon.is_article(token.sym)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Tokens;
    use crate::grammar::testing::english;

    #[test]
    fn calls_name_a_procedure() {
        let read = |text: &str| {
            let tokens = Tokens::plain(text, english());
            let all = Cursor::over(&tokens, 0..tokens.tokens.len());
            let calls = calls(all, &Inline::default());
            calls
                .into_iter()
                .map(|c| (text[c.bytes].to_owned(), c.back))
                .collect::<Vec<_>>()
        };
        let one = |t: &str, b: bool| vec![(t.to_owned(), b)];
        assert_eq!(read("Follow Path 2.1."), one("Follow Path 2.1", false));
        assert_eq!(
            read("Follow Path 1 (No Service) troubleshooting steps first."),
            one("Follow Path 1", true)
        );
        assert_eq!(
            read("Use the Recover Username flow."),
            one("Use the Recover Username flow", false)
        );
        assert_eq!(read("Use the new password."), vec![]);
    }
}
