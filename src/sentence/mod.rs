//! What sentences say: one file of combinators for each construct, and for each a file of phrases
//! in the packs of `grammar/`.
//!
//! The parsers are `nom` parsers over words ([`crate::grammar::Cursor`]), not over characters, so
//! that inflection, code spans and phrases are settled before a construct is read. Documents and
//! questions are read by the same parsers.
//!
//! To add a construct: a file of phrases in `grammar/en/`, a file here, and the place in
//! [`crate::extract`] that asks for it.
//!
//! *Deliberately absent:* words of any language, and any knowledge of where in a document a
//! sentence stands.

mod call;
mod check;
mod column;
mod comparison;
mod condition;
mod ending;
mod heading;
mod intent;
mod intro;
mod jump;
mod label;
mod name;
mod option;
mod prerequisite;
mod question;
mod say;
mod tells;
mod term;
mod verb;

pub use call::{Call, calls, pointers};
pub use check::{goal, is_outcome, is_still_not, looked_at};
pub use column::{Column, column};
pub use comparison::test;
pub use condition::{Conditional, Cue, exclude, in_that_case, leading, trailing, until};
pub use ending::ending;
pub use heading::{SectionRole, section_role};
pub use intent::intent;
pub use intro::{ListIntro, list_intro};
pub use jump::{Destination, Jump, JumpKind, jumps};
pub use label::{Label, LabelKind, label};
pub use name::named;
pub use option::option_label;
pub use prerequisite::{prerequisite_kind, states_prerequisite};
pub use question::{Question, behind_question_label, is_question, question};
pub use say::{Saying, saying};
pub use tells::tells;
pub use term::definition;
pub use verb::{Verb, VerbForm, imperative, is_optional, verb_at};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::{Cursor, Example, Lexicon, Tokens, testing};

    /// Does the sentence read as the construct of the example says? A phrase alone is not enough
    /// where a combinator decides.
    fn reads(lexicon: &Lexicon, example: &Example) -> bool {
        let tokens = Tokens::plain(&example.text, lexicon);
        let all = Cursor::over(&tokens, 0..tokens.tokens.len());
        let (construct, role) = example.name.split_once('.').unwrap_or_default();
        match (construct, role) {
            ("verb", "not_verb") => verb_at(all).is_none(),
            ("verb", _) => imperative(all).is_some() || !intent(all).action.is_empty(),
            ("condition", "if" | "unless" | "other") => leading(all).is_some(),
            ("condition", "else") => {
                leading(all).is_some_and(|c| c.cue == Cue::Else || c.cue == Cue::No)
            }
            ("condition", "yes") => leading(all).is_some_and(|c| c.cue == Cue::Yes),
            ("condition", "no") => leading(all).is_some_and(|c| c.cue == Cue::No),
            ("heading", _) => {
                all.find(example.role).is_some() && section_role(all) != SectionRole::Plain
            }
            ("prerequisite", "states" | "requires") => states_prerequisite(all),
            ("sequence", _) | ("condition", "when") => all.find(example.role).is_some(),
            ("comparison", "has") => lexicon.has(&example.text, example.role),
            ("comparison", _) => test(all).is_some(),
            _ => lexicon.has(&example.text, example.role),
        }
    }

    #[test]
    fn every_example_reads_as_it_says() {
        let mut wrong = Vec::new();
        for lexicon in testing::built_in().languages() {
            for example in lexicon.examples() {
                if reads(lexicon, example) != example.accept {
                    let want = if example.accept { "accept" } else { "reject" };
                    wrong.push(format!(
                        "{} {}: must {want} {:?}",
                        lexicon.code(),
                        example.name,
                        example.text
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
