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

mod abbreviation;
mod asked;
mod call;
mod called;
mod case;
mod check;
mod clause;
mod column;
mod comparison;
mod condition;
mod done;
mod ending;
mod exclude;
mod heading;
mod intent;
mod intro;
mod jump;
mod kind;
mod label;
mod name;
mod option;
mod prerequisite;
mod question;
mod reads;
mod say;
mod tells;
mod term;
mod title;
mod verb;

pub use abbreviation::{Spelled, abbreviations, may_abbreviate};
pub use asked::{
    Unasked, asking, asks, demands, describes, insists, is_remark, is_unneeded, only_points_on,
    states_fact, tells_more, unasked, without_reason,
};
pub use call::{
    Call, begins_with_more, calls, linked_act, names_other_way, only_link, only_seen, pointers,
    points_elsewhere, seen_last,
};
pub use case::{asked_in_case, case_of, names_holder};
pub use check::{depends, goal, is_outcome, is_still_not, looked_at, looks_for_case};
pub use column::{Column, column, says_nothing, tells_outcomes};
pub use comparison::test;
pub use condition::{
    Conditional, Cue, begins_with_case, behind_case, continues, has_other_side, in_case_of,
    in_that_case, instead, leading, points, points_below, shows_result, sides, trailing, until,
    when_so, whenever,
};
pub use done::{is_being_done, is_done, says_who_does};
pub use ending::{ending, ends_at_once, stops};
pub use exclude::exclude;
pub use heading::{SectionRole, behind_number, section_role, whole_role};
pub use intent::{intent, put_together};
pub use intro::{ListIntro, list_intro, lists_conditions};
pub use jump::{Destination, Jump, JumpKind, jumps, only_continues, only_named, only_strong};
pub use kind::{kind_of, prerequisite_kind};
pub use label::{Label, LabelKind, label};
pub use name::named;
pub use option::{
    are_for_some, are_ways, chooses_between, chosen_acts, counts_ways, ends_with_or,
    introduces_ways, is_or, names_systems, offers_list, offers_ways, offers_ways_to_do,
    option_label,
};
pub use prerequisite::{
    asks_below, asks_for_list, constraint, further_aim, introduces_prerequisites, points_to_list,
    sets, shows_below, shows_how, states_prerequisite, told_of_how,
};
pub use question::{
    Question, asks_for_answer, behind_question_label, is_question, question, questions,
};
pub use reads::reads;
pub use say::{Saying, saying};
pub use tells::{is_premise, shows_itself, speaks, tells};
pub use term::{Gloss, definition, gloss};
pub use verb::{Verb, VerbForm, imperative, is_optional, verb_at};
