//! Short answers of a person who is walking: "done", "back", "yes".

use crate::grammar::{Cursor, Role, at_end};

const SAYINGS: [(Role, Saying); 5] = [
    (Role::named("say.next"), Saying::Next),
    (Role::named("say.back"), Saying::Back),
    (Role::named("say.quit"), Saying::Quit),
    (Role::named("say.yes"), Saying::Yes),
    (Role::named("say.no"), Saying::No),
];

/// A short answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saying {
    /// Done here.
    Next,
    /// One step back.
    Back,
    /// Stop.
    Quit,
    /// It is so.
    Yes,
    /// It is not so.
    No,
}

/// The short answer that the words are, if they are nothing else.
pub fn saying(words: Cursor<'_>) -> Option<Saying> {
    SAYINGS
        .iter()
        .filter_map(|(role, saying)| words.find(*role).map(|(m, _)| (*saying, m.end as usize)))
        .filter(|(_, end)| at_end(words.skip(end - words.at)).is_ok())
        .max_by_key(|(_, end)| *end)
        .map(|(saying, _)| saying)
}
