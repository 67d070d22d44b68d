//! Tables whose rows are steps, or branches of a decision.
//!
//! A row is a unit with the whole row as its body. The head of the table stays text: it stands with
//! what is before it.

use super::body::Body;
use super::builder::{Builder, New};
use super::chain::{Chain, Layout};
use super::fill::Frame;
use super::header;
use super::ids::Slug;
use super::items::{Told, says_the_other_side, stays};
use super::lists::is_link;
use crate::address::has_scheme;
use crate::grammar::{Cursor, Role, Tokens};
use crate::model::{
    Condition, Inline, Kind, Link, Linker, LinkerKind, Mark, Mention, Name, Span, Stands, Table,
    UnitNo, Via,
};
use crate::sentence::{
    Column, Conditional, Cue, Destination, SectionRole, column, imperative, jumps, label, leading,
    looks_for_case, only_named, only_seen, says_nothing, seen_last, tells, tells_outcomes, test,
};

/// "Flow", "runbook"
const FLOW: Role = Role::named("label.procedure");
const IF: Role = Role::named("condition.if");
/// "Go to"
const GO: Role = Role::named("jump.go");
/// A cell that names a case has no more words than this.
const MAX_CASE: usize = 3;

/// What the rows of a table are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// Steps: the column of what is done, and those of the numbers and of what it is done to, if there are
    /// any.
    Steps {
        action: usize,
        number: Option<usize>,
        item: Option<usize>,
    },
    /// Branches: the columns that together are the condition, each with what its head says of every
    /// cell, and the column of what is done.
    Branches {
        conditions: Vec<(usize, String)>,
        action: usize,
    },
}

/// What the columns of a table hold, by their heads.
#[derive(Debug, Default)]
struct Columns {
    action: Option<usize>,
    number: Option<usize>,
    item: Option<usize>,
    /// The columns that say when, each with what its head says of every cell.
    conditions: Vec<(usize, String)>,
    /// Does the column of what is done say that it depends on another?
    decides: bool,
}

impl Builder<'_> {
    /// What the rows of a table are; `None` where they only say how things are. `before`: the text above it.
    pub(super) fn rows(
        &self,
        table: &Table,
        before: Option<&Inline>,
        frame: Frame,
    ) -> Option<Rows> {
        let facts = frame.role == SectionRole::Facts;
        let read = facts || matches!(frame.role, SectionRole::Plain | SectionRole::Steps);
        if !read || table.rows.len() < 2 {
            return None;
        }
        let Columns {
            action,
            number,
            item,
            mut conditions,
            decides,
        } = self.columns(table);
        if action.is_none()
            && let Some(flow) = self.flow_column(table)
        {
            return Some(self.flows(table, flow));
        }
        let linked = match (action, conditions.as_slice()) {
            (None, [(condition, _)]) => leads_on(table, *condition),
            _ => None,
        };
        // Among facts, a table can do no more than lead to where something is done.
        let action = action.filter(|_| !facts).or(linked)?;
        // "Below 30 mg" beside "Action"
        let pair = || action == 1 && table.head.len() == 2;
        let values = || pair() && self.holds_values(table, 0);
        // "Oil level" beside "Action", below "Read the oil level."
        let read = || pair() && before.is_some_and(|text| self.looks_at(text, &table.head[0]));
        // Where each row only says where to go on, one of them is meant.
        let mut cells = table.rows.iter().map(|(_, row)| row.get(action));
        let decides = decides
            || conditions.is_empty() && (values() || read())
            || cells.all(|cell| self.says_where(cell));
        if decides && !self.tells_rows(table, &conditions) && number.or(item).is_none() {
            conditions = self.beside(table, action).unwrap_or(conditions);
        }
        let told = table.rows.iter().filter(|(_, row)| {
            let cell = row.get(action);
            linked.is_some()
                || self.tells_cell(cell)
                || decides && self.says_where(cell)
                || item.is_some() && cell.is_some_and(is_in_capitals)
        });
        if told.count() * 2 < table.rows.len() {
            return None;
        }
        if conditions.is_empty() {
            return self.step_rows(table, action, number, item);
        }
        let apart = self.tells_rows(table, &conditions);
        apart.then_some(Rows::Branches { conditions, action })
    }

    /// What the heads of a table say that its columns hold.
    fn columns(&self, table: &Table) -> Columns {
        let mut found = Columns::default();
        for (i, head) in table.head.iter().enumerate() {
            let tokens = self.words(head);
            let conditions = &mut found.conditions;
            match column(Cursor::whole(&tokens)) {
                Some(Column::Action) => found.action = found.action.or(Some(i)),
                Some(Column::Then) => {
                    found.action = found.action.or(Some(i));
                    found.decides = true;
                }
                Some(Column::Number) => found.number = found.number.or(Some(i)),
                Some(Column::Item) => found.item = found.item.or(Some(i)),
                Some(Column::Condition(of)) if conditions.is_empty() => {
                    conditions.push((i, of.trim_end_matches(':').to_owned()));
                }
                // "Lamp" before "Cause": what shows itself says when.
                Some(Column::Cause) if conditions.is_empty() => {
                    let shown = i == 1 && found.number.is_none() && found.item.is_none();
                    conditions.push(match table.head.first().filter(|_| shown) {
                        Some(first) => (0, self.said_of_cells(first)),
                        None => (i, String::new()),
                    });
                }
                Some(Column::Also(of)) if !conditions.is_empty() => {
                    conditions.push((i, of.trim_end_matches(':').to_lowercase()));
                }
                Some(Column::Condition(_) | Column::Also(_) | Column::Cause) | None => {}
            }
        }
        // "Result" before "Action", and no other column: what is done depends on what came.
        if let ([outcome, _], Some(1)) = (table.head.as_slice(), found.action)
            && found.conditions.is_empty()
            && !found.decides
            && tells_outcomes(Cursor::whole(&self.words(outcome)))
        {
            found.conditions.push((0, String::new()));
        }
        found
    }

    /// "The caller …" beside "Flow": which section is for whom.
    fn flows(&self, table: &Table, flow: usize) -> Rows {
        let case = 1 - flow;
        Rows::Branches {
            conditions: vec![(case, self.said_of_cells(&table.head[case]))],
            action: flow,
        }
    }

    /// The columns beside what is done that say when, though not by their heads: "Measured rate" beside "What to do",
    /// "Sealed?" and "Paid?" before it.
    fn beside(&self, table: &Table, action: usize) -> Option<Vec<(usize, String)>> {
        let others = table.head.iter().enumerate().filter(|(i, _)| *i != action);
        let others: Vec<_> = others.collect();
        match others.as_slice() {
            [(other, head)] => Some(vec![(*other, head.text.trim().to_owned())]),
            [(0, _), ..] if action + 1 == table.head.len() => {
                let said = others.iter().take_while(|(i, _)| names_cases(table, *i));
                let said = said.map(|(i, head)| (*i, self.said_of_cells(head)));
                Some(said.collect())
            }
            _ => None,
        }
    }

    /// Rows that are steps, if they are counted, or each names what it is about, as in a checklist.
    fn step_rows(
        &self,
        table: &Table,
        action: usize,
        number: Option<usize>,
        item: Option<usize>,
    ) -> Option<Rows> {
        let all = |column: usize, says: &dyn Fn(&Inline) -> bool| {
            let mut cells = table.rows.iter().map(|(_, row)| row.get(column));
            cells.all(|cell| cell.is_some_and(says))
        };
        let numbered = |column| all(column, &|cell| self.cell_number(cell).is_some());
        let full = |column| all(column, &|cell| !cell.text.trim().is_empty());
        let number = number.filter(|n| numbered(*n));
        let item = item.filter(|item| full(*item) && full(action));
        let counted = number.is_some() || numbered(action) || item.is_some();
        counted.then_some(Rows::Steps {
            action,
            number,
            item,
        })
    }

    /// What the head of a column says of each of its cells: "the lamp is" of "If the lamp is", "Place:" of
    /// "Place".
    fn said_of_cells(&self, head: &Inline) -> String {
        let tokens = self.words(head);
        let all = Cursor::whole(&tokens);
        match all.find(IF) {
            Some((m, _)) => all.behind(m).rest().to_owned(),
            // "The caller …"
            None => match head.text.trim().trim_end_matches(['…', '.', ' ']) {
                open if open.len() < head.text.trim().len() => open.to_owned(),
                whole => format!("{}:", whole.trim_end_matches(['?', ':'])),
            },
        }
    }

    /// Does a text end by telling to look at what the head of a column names?
    fn looks_at(&self, text: &Inline, head: &Inline) -> bool {
        let name = head.text.trim().to_lowercase();
        let named = |last: Cursor<'_>| {
            looks_for_case(last) && last.rest().to_lowercase().contains(name.as_str())
        };
        !name.is_empty() && self.last_says(text, named)
    }

    /// Does each cell of a column tell a value: "below 30 mg", "30 to 100 mg"?
    fn holds_values(&self, table: &Table, column: usize) -> bool {
        let mut cells = table.rows.iter().map(|(_, row)| row.get(column));
        cells.all(|cell| cell.is_some_and(|cell| self.names_value(cell.text.trim())))
    }

    /// Do these columns tell the rows from each other? What is said of several tells none of them.
    fn tells_rows(&self, table: &Table, conditions: &[(usize, String)]) -> bool {
        let mut seen = std::collections::BTreeSet::new();
        let rows = table.rows.iter().map(|(_, row)| row);
        let mut said = rows.map(|row| self.row_condition(row, conditions).condition.text);
        !conditions.is_empty() && said.all(|text| text.is_empty() || seen.insert(text))
    }

    /// The one of two columns that is called like procedures, where most of its cells name sections of the page.
    fn flow_column(&self, table: &Table) -> Option<usize> {
        if table.head.len() != 2 {
            return None;
        }
        let called = |head: &Inline| {
            let tokens = self.words(head);
            let found = Cursor::whole(&tokens).find(FLOW);
            found.is_some_and(|(m, _)| m.end as usize == tokens.tokens.len())
        };
        let column = table.head.iter().position(called)?;
        let cells = table.rows.iter().filter_map(|(_, row)| row.get(column));
        let here = |cell: &Inline| is_link(cell) && cell.links().any(|(_, to)| to.starts_with('#'));
        let named = cells.filter(|cell| here(cell) || self.is_heading(&cell.text));
        (named.count() * 2 > table.rows.len()).then_some(column)
    }

    /// Does a cell tell the reader something to do?
    fn tells_cell(&self, cell: Option<&Inline>) -> bool {
        let Some(cell) = cell else { return false };
        let tokens = self.words(cell);
        tokens.sentences.iter().any(|range| {
            let sentence = Cursor::over(&tokens, range.clone());
            let said = label(sentence).map_or(sentence, |l| sentence.skip(l.end - sentence.at));
            imperative(said).is_some() || tells(said, cell) || leading(said).is_some()
        })
    }

    /// Does a cell say nothing but where on the page to go on: "[Drain it](#drain-it)", "Go to step 3"?
    fn says_where(&self, cell: Option<&Inline>) -> bool {
        let Some(cell) = cell else { return false };
        let here = |(_, to): (&Mark, &str)| to.starts_with('#');
        if is_link(cell) {
            return cell.links().any(here);
        }
        let tokens = self.words(cell);
        let all = Cursor::whole(&tokens);
        let jumps = || {
            jumps(all, cell)
                .first()
                .is_some_and(|jump| jump.bytes.start == 0)
        };
        tokens.sentences.len() == 1 && (only_named(all).is_some() || jumps())
    }

    /// The number that a cell is, or begins with: "3", "Step 3: Open it".
    fn cell_number(&self, cell: &Inline) -> Option<String> {
        let tokens = self.words(cell);
        let all = Cursor::whole(&tokens);
        let bare = cell.text.trim().trim_end_matches(['.', ')']);
        let is_number = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        is_number
            .then(|| bare.to_owned())
            .or_else(|| label(all).map(|l| l.number))
    }

    /// Cuts a table into its rows.
    pub(super) fn table(
        &mut self,
        chain: &mut Chain,
        span: Span,
        table: &Table,
        rows: &Rows,
        frame: Frame,
    ) {
        let end = table.rows.first().map_or(span.end, |(row, _)| row.start);
        self.table_head(chain, Span { end, ..span }, table, frame);
        if let Rows::Branches { .. } = rows {
            chain.ask_anew();
        }
        let (Rows::Steps { action, .. } | Rows::Branches { action, .. }) = rows;
        let leads = self.kind_of_lead(table.head.get(*action));
        for (at, row) in &table.rows {
            match rows {
                Rows::Steps {
                    action,
                    number,
                    item,
                } => {
                    let counted = row.get(number.unwrap_or(*action));
                    let number = counted.and_then(|c| self.cell_number(c));
                    let unit = self.row(chain, *at, row, *action, frame);
                    if let Some(item) = item.and_then(|i| row.get(i)) {
                        let done = std::mem::take(&mut self.units[unit.index()].header);
                        self.units[unit.index()].header = format!("{}: {done}", item.text.trim());
                    }
                    self.units[unit.index()].number = number;
                    match self.step_condition(row, *action, *item) {
                        Some((conditional, under)) => {
                            chain.branch(self, unit, &conditional, Layout::Numbered);
                            self.notes[unit.index()].under = under;
                        }
                        None => chain.part(self, unit),
                    }
                    self.read_row(unit, *at, row, *action, leads);
                }
                Rows::Branches { conditions, action } => {
                    let conditional = self.row_condition(row, conditions);
                    let unit = self.row(chain, *at, row, *action, frame);
                    let said = &conditional.condition;
                    match said.otherwise || !said.text.is_empty() {
                        true => chain.branch(self, unit, &conditional, Layout::Tabled),
                        false => chain.part(self, unit),
                    }
                    self.read_row(unit, *at, row, *action, leads);
                }
            }
        }
    }

    /// The head of a table goes on with the text before it, or else is a text of its own.
    fn table_head(&mut self, chain: &mut Chain, span: Span, table: &Table, frame: Frame) {
        let text = self.source().text;
        let body = &mut self.notes[chain.owner.index()].body;
        let between = text.get(body.range.end..span.start as usize);
        let unit = if between.is_some_and(|b| b.trim().is_empty()) {
            body.range.end = span.end as usize;
            body.margin = body.range.end;
            chain.owner
        } else {
            let heads = table.head.iter().map(|h| h.text.trim());
            let header = heads.collect::<Vec<_>>().join(", ");
            let unit = self.add(New {
                slug: Slug::words(&header),
                header,
                span,
                container: Some(chain.owner),
                fixed: Some(Kind::Reference),
            });
            self.notes[unit.index()].body = Body::indented(span.range(), frame.indent);
            chain.part(self, unit);
            unit
        };
        table
            .head
            .iter()
            .for_each(|h| self.read_inline(unit, h, span));
    }

    fn row(
        &mut self,
        chain: &mut Chain,
        span: Span,
        row: &[Inline],
        action: usize,
        frame: Frame,
    ) -> UnitNo {
        chain.ordinal += 1;
        let header = row
            .get(action)
            .map_or_else(String::new, |cell| header::of_text(cell, &self.words(cell)));
        let unit = self.add(New {
            header,
            span,
            slug: Slug::Ordinal(chain.ordinal),
            container: Some(chain.owner),
            fixed: Some(Kind::Step),
        });
        self.notes[unit.index()].body = Body::indented(span.range(), frame.indent);
        unit
    }

    /// Reads what a row says: sentences in the cell of what is done, links in the others.
    fn read_row(
        &mut self,
        unit: UnitNo,
        span: Span,
        row: &[Inline],
        action: usize,
        leads: LinkerKind,
    ) {
        for (i, cell) in row.iter().enumerate() {
            let done = i == action;
            let alone = done.then(|| self.led_to(cell, leads)).flatten();
            if let Some((kind, target, via)) = alone {
                let linker = Linker {
                    kind,
                    target,
                    via,
                    condition: None,
                    decision: None,
                    span,
                };
                self.link(unit, linker);
            } else if done && !is_link(cell) {
                self.read_paragraph(unit, cell, span);
            } else {
                self.read_inline(unit, cell, span);
            }
        }
    }

    /// How a link leads on that is all of a cell: it is where to go on below "Then go to", else what is done.
    fn kind_of_lead(&self, head: Option<&Inline>) -> LinkerKind {
        let goes = |head: &Inline| {
            let tokens = self.words(head);
            Cursor::whole(&tokens).seek(GO).is_some()
        };
        match head.is_some_and(goes) {
            true => LinkerKind::Next,
            false => LinkerKind::Call,
        }
    }

    /// The text of the page to which one sentence that tells what to do points at its end.
    fn points_at_end(&self, cell: &Inline) -> Option<Link> {
        let tokens = self.words(cell);
        let all = Cursor::whole(&tokens);
        let told =
            tokens.sentences.len() == 1 && imperative(all).is_some() && leading(all).is_none();
        let call = seen_last(all, cell).filter(|_| told)?;
        match call.to {
            Destination::Link(link) => Some(link),
            Destination::Name(_) | Destination::Offset(_) => None,
        }
    }

    /// Where to go on, or what is to be done, is another procedure: nothing but its link, its number, or the title
    /// of its section, stands in a cell.
    fn led_to(&self, cell: &Inline, kind: LinkerKind) -> Option<(LinkerKind, Mention, Via)> {
        if is_link(cell) {
            let via = match kind {
                LinkerKind::Next => Via::Phrase,
                _ => Via::Link,
            };
            return Some((kind, Mention::Address(link_in_set(cell)?), via));
        }
        if let Some((name, step)) = only_seen(Cursor::whole(&self.words(cell))) {
            // "See 8.2" is done, "see step 6" is where the steps go on.
            let kind = if step { LinkerKind::Next } else { kind };
            return Some((kind, Mention::Named(Box::new(name)), Via::Phrase));
        }
        if let Some(call) = self.points_at_end(cell) {
            return Some((kind, Mention::Address(call), Via::Link));
        }
        if !self.is_heading(&cell.text) {
            return None;
        }
        let name = Name {
            title: Some(cell.text.trim().to_owned()),
            stands: Stands::OnPage,
            ..Name::default()
        };
        Some((kind, Mention::Named(Box::new(name)), Via::Phrase))
    }

    /// The case in which the step of a row is done: "If it stalls: Throttle", "If it is hot, close it". Does
    /// what is done begin with it?
    fn step_condition(
        &self,
        row: &[Inline],
        action: usize,
        item: Option<usize>,
    ) -> Option<(Conditional, bool)> {
        let case = |cell: &Inline| {
            let tokens = self.words(cell);
            let first = Cursor::over(&tokens, tokens.sentences.first()?.clone());
            let found = leading(first).filter(|c| matches!(c.cue, Cue::If | Cue::Unless))?;
            let only =
                !says_the_other_side(&tokens, cell, Told::Reader) && !stays(first, &found, cell);
            (only && !found.consequence.is_empty()).then_some(found)
        };
        let named = item.and_then(|i| case(row.get(i)?)).map(|c| (c, false));
        named.or_else(|| Some((case(row.get(action)?)?, true)))
    }

    /// The condition that the cells of a row say together, each behind what the head of its column says
    /// of every cell.
    fn row_condition(&self, row: &[Inline], conditions: &[(usize, String)]) -> Conditional {
        let mut text = String::new();
        for (column, of) in conditions {
            let Some(cell) = row.get(*column) else {
                continue;
            };
            let tokens = self.words(cell);
            let all = Cursor::whole(&tokens);
            if let ([_], Some(found)) = (
                conditions,
                leading(all).filter(|c| c.consequence.is_empty()),
            ) {
                return found;
            }
            if says_nothing(all) {
                continue;
            }
            let of = of.trim_end_matches(['…', '.', ' ']);
            let cell = cell.text.trim().trim_end_matches('.');
            // "Sealed: yes; paid: no"
            if of.ends_with(':') && !text.is_empty() {
                text.push(';');
            }
            for said in [of, cell].into_iter().filter(|said| !said.is_empty()) {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(said);
            }
        }
        let tokens = Tokens::plain(&text, self.lexicon);
        let read = test(Cursor::whole(&tokens));
        Conditional {
            condition: Condition {
                test: read,
                ..Condition::yes(text.as_str())
            },
            cue: Cue::If,
            consequence: 0..0,
        }
    }
}

/// The one column beside the condition, where nothing but links to other texts of the set stand in it: "What you
/// see | Where to look".
fn leads_on(table: &Table, condition: usize) -> Option<usize> {
    let other = 1usize
        .checked_sub(condition)
        .filter(|_| table.head.len() == 2)?;
    let leads = |cell: &Inline| is_link(cell) && link_in_set(cell).is_some();
    let mut cells = table.rows.iter().map(|(_, row)| row.get(other));
    cells.all(|cell| cell.is_some_and(leads)).then_some(other)
}

/// The first link of a cell, if it leads to another text of the set.
fn link_in_set(cell: &Inline) -> Option<Link> {
    let (mark, _) = cell.links().next()?;
    cell.link(mark).filter(|link| !has_scheme(&link.address))
}

/// Do the cells of a column name cases: "yes", "above 20 °C"? What they mean takes more words.
fn names_cases(table: &Table, column: usize) -> bool {
    let words = |cell: &Inline| cell.text.split_whitespace().count();
    let mut cells = table.rows.iter().filter_map(|(_, row)| row.get(column));
    cells.all(|cell| (1..=MAX_CASE).contains(&words(cell)))
}

/// "SET", "CHECK IN": what a checklist says in short.
fn is_in_capitals(cell: &Inline) -> bool {
    let letters = || cell.text.chars().filter(|c| c.is_alphabetic());
    letters().count() > 1 && letters().all(char::is_uppercase)
}
