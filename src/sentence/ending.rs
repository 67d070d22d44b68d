//! Where the author stops: "Escalate to the database owner."

use crate::grammar::{Cursor, Role};
use crate::model::Ending;

const ENDINGS: [(Role, Ending); 3] = [
    (Role::named("ending.handed_over"), Ending::HandedOver),
    (Role::named("ending.not_applicable"), Ending::NotApplicable),
    (Role::named("ending.resolved"), Ending::Resolved),
];

/// The ending that a sentence begins with: "you are done".
pub fn ends_at_once(said: Cursor<'_>) -> Option<Ending> {
    let found = ENDINGS.iter().find(|(role, _)| said.find(*role).is_some());
    found.map(|(_, ending)| *ending)
}

/// The first ending that a sentence states.
pub fn ending(sentence: Cursor<'_>) -> Option<Ending> {
    ENDINGS
        .into_iter()
        .filter_map(|(role, ending)| sentence.seek(role).map(|(at, ..)| (at.at, ending)))
        .min_by_key(|(at, _)| *at)
        .map(|(_, ending)| ending)
}
