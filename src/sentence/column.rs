//! Columns of tables: "Step", "Action", "If …", "Then".

use crate::grammar::{Cursor, Role, TokenKind, at_end};

const NUMBER: Role = Role::named("column.number");
const ACTION: Role = Role::named("column.action");
/// "Then", "What to do"
const THEN: Role = Role::named("column.then");
const CONDITION: Role = Role::named("column.condition");
/// "Result", of what was looked at
const OUTCOME: Role = Role::named("column.outcome");
/// "Item"
const ITEM: Role = Role::named("column.item");
/// "And your contract is"
const ALSO: Role = Role::named("column.also");
/// "any"
const ANY: Role = Role::named("column.any");

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column<'a> {
    /// The numbers of steps.
    Number,
    /// What is to be done.
    Action,
    /// What is to be done where the other column says.
    Then,
    /// What it is done to.
    Item,
    /// When it is to be done; what its head says of every cell: "the lamp" of "If the lamp".
    Condition(&'a str),
    /// Why it is to be done, which says when where nothing else does.
    Cause,
    /// What must be so besides; all that its head says: "and the door".
    Also(&'a str),
}

/// What a column holds, by its head.
pub fn column(head: Cursor<'_>) -> Option<Column<'_>> {
    let ends = |role| head.find(role).map(|(m, _)| m.end as usize);
    let rest = |end: usize| {
        let mut rest = head.skip(end - head.at);
        while matches!(rest.peek().map(|t| t.kind), Some(TokenKind::Punct(_))) {
            rest = rest.skip(1);
        }
        rest
    };
    let whole = |role| ends(role).is_some_and(|end| rest(end).is_empty());
    if whole(ACTION) {
        return Some(Column::Action);
    }
    if whole(THEN) {
        return Some(Column::Then);
    }
    if let Some((found, entry)) = head.find(CONDITION) {
        let behind = rest(found.end as usize).rest();
        let cells = entry.says("behind", "cells");
        if entry.says("of", "cause") {
            return Some(Column::Cause);
        }
        return Some(Column::Condition(if cells { behind } else { "" }));
    }
    if ends(ALSO).is_some() {
        return Some(Column::Also(head.rest()));
    }
    if whole(ITEM) {
        return Some(Column::Item);
    }
    whole(NUMBER).then_some(Column::Number)
}

/// Does a head say that what came of something stands below it: "Result"?
pub fn tells_outcomes(head: Cursor<'_>) -> bool {
    let behind = head.find(OUTCOME).map(|(m, _)| head.behind(m));
    behind.is_some_and(|rest| at_end(rest).is_ok())
}

/// Does a cell of conditions leave it open: "any", "-"?
pub fn says_nothing(cell: Cursor<'_>) -> bool {
    let any = cell.find(ANY).map(|(m, _)| m.end as usize);
    let rest = any.map_or(cell, |end| cell.skip(end - cell.at));
    let mut kinds = rest.range().map(|i| rest.tokens.tokens[i].kind);
    kinds.all(|kind| matches!(kind, TokenKind::Punct(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Tokens;
    use crate::grammar::testing::english;

    #[test]
    fn heads_say_what_a_column_holds() {
        for (text, want) in [
            ("Step", Some(Column::Number)),
            ("No.", Some(Column::Number)),
            ("Action", Some(Column::Action)),
            ("What to do:", Some(Column::Then)),
            ("If the lamp …", Some(Column::Condition("the lamp …"))),
            ("Symptom", Some(Column::Condition(""))),
            ("Reason in the log", Some(Column::Condition(""))),
            ("And the door is", Some(Column::Also("And the door is"))),
            ("Challenge", Some(Column::Item)),
            ("Step name", None),
            ("Likely cause", Some(Column::Cause)),
            ("Meaning", None),
        ] {
            let tokens = Tokens::plain(text, english());
            let all = Cursor::whole(&tokens);
            assert_eq!(column(all), want, "{text}");
        }
    }
}
