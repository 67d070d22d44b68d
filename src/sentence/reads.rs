//! Whether an example of a pack reads as its entry says.

use super::{Cue, SectionRole};
use super::{
    ending, imperative, intent, leading, section_role, states_prerequisite, test as comparison,
    verb_at,
};
use crate::grammar::{Cursor, Example, Lexicon, Tokens};

/// Does the sentence of an example read as the construct says? A phrase alone is not enough where a
/// combinator decides.
pub fn reads(lexicon: &Lexicon, example: &Example) -> bool {
    let tokens = Tokens::plain(&example.text, lexicon);
    let all = Cursor::whole(&tokens);
    let begins = |cue| leading(all).is_some_and(|c| c.cue == cue);
    let (construct, role) = example.name.split_once('.').unwrap_or_default();
    match (construct, role) {
        ("verb", "not_verb") => verb_at(all).is_none(),
        ("verb", _) => imperative(all).is_some() || !intent(all).action.is_empty(),
        ("condition", "if" | "unless" | "other" | "inverted") => leading(all).is_some(),
        ("condition", "else") => begins(Cue::Else) || begins(Cue::No),
        ("condition", "yes") => begins(Cue::Yes),
        ("condition", "no") => begins(Cue::No),
        ("heading", _) => {
            all.find(example.role).is_some() && section_role(all) != SectionRole::Plain
        }
        ("ending", "handed_over" | "not_applicable" | "resolved") => ending(all).is_some(),
        ("prerequisite", "states" | "requires") => states_prerequisite(all),
        ("sequence", _) | ("condition", "when") => all.find(example.role).is_some(),
        (
            "comparison",
            "has" | "closes" | "holder" | "of" | "adverb" | "where" | "there" | "refers"
            | "quantifier",
        ) => lexicon.has(&example.text, example.role),
        ("comparison", _) => comparison(all).is_some(),
        _ => lexicon.has(&example.text, example.role),
    }
}

#[cfg(test)]
mod tests {
    use super::reads;
    use crate::grammar::testing;

    #[test]
    fn every_example_reads_as_it_says() {
        let mut wrong = Vec::new();
        for lexicon in testing::built_in().languages() {
            for example in lexicon.examples() {
                if reads(lexicon, example) != example.accept {
                    let want = if example.accept { "accept" } else { "reject" };
                    wrong.push(format!(
                        "{}:{} {}: must {want} {:?}",
                        example.file.display(),
                        example.line,
                        example.name,
                        example.text
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
