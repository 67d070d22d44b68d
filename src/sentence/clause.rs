//! Where the clause of a condition ends and what is done begins.

use super::name::named as named_at;
use super::verb::{VerbForm, imperative, verb_at};
use crate::grammar::{Cursor, Role, TokenKind};

/// "Perhaps"
const PERHAPS: Role = Role::named("condition.perhaps");
const IF: Role = Role::named("condition.if");
const THEN: Role = Role::named("condition.then");
const MODAL: Role = Role::named("condition.modal");
const SUBORDINATE: Role = Role::named("condition.subordinate");
const MAIN: Role = Role::named("condition.main");
/// "Be aware"
const WARNS: Role = Role::named("condition.warns");
/// "and", "or"
const JOINS: [Role; 2] = [Role::named("call.joins"), Role::named("option.either")];
const INDIRECT: Role = Role::named("condition.indirect");
/// Verbs whose object may stand below: "run:".
const BELOW: Role = Role::named("condition.below");
const IS: Role = Role::named("comparison.is");
/// A clause has at least so many words: "it is off".
const MIN_CLAUSE: usize = 3;
/// In so many words a command shows that it is one.
const MAX_COMMAND: usize = 24;

pub(super) struct ClauseEnd {
    /// One past the clause's last token.
    pub(super) clause: usize,
    /// The first token of what follows.
    pub(super) consequence: usize,
}

/// Where a clause ends and what is done begins.
pub(super) fn clause_end(clause: Cursor<'_>) -> ClauseEnd {
    let mut depth = 0usize;
    let mut low_quotes = 0usize;
    let mut first_comma = None;
    // "If A, and you want B, do this": where "and" begins a clause that may go on with the condition.
    let mut second = None;
    let mut i = clause.at;
    while i < clause.end {
        let here = Cursor { at: i, ..clause };
        let kind = clause.tokens.tokens[i].kind;
        match kind {
            TokenKind::Punct('„') => (depth, low_quotes) = (depth + 1, low_quotes + 1),
            // What opens elsewhere closes what a low quote opened.
            TokenKind::Punct('“') if low_quotes > 0 => {
                (depth, low_quotes) = (depth.saturating_sub(1), low_quotes - 1);
            }
            TokenKind::Punct('(' | '[' | '“') => depth += 1,
            TokenKind::Punct(')' | ']' | '”') => depth = depth.saturating_sub(1),
            TokenKind::Punct(c) if depth == 0 && ends_clause(here, c) => {
                let earlier = without_comma(clause, i);
                return match second.or(first_comma) {
                    None if earlier.clause < i => earlier,
                    _ => found(here, clause),
                };
            }
            TokenKind::Punct(',') if depth == 0 => {
                let after = here.skip(1);
                // "If this fails, perhaps the valve is shut, open it": a guess at why stands between.
                if after.find(PERHAPS).is_some() {
                    let comma = |i: &usize| clause.tokens.tokens[*i].kind == TokenKind::Punct(',');
                    let next = after
                        .range()
                        .find(comma)
                        .map(|i| clause.skip(i - clause.at));
                    let rest = next.map_or_else(|| found(here, clause), |n| found(n, clause));
                    return ClauseEnd { clause: i, ..rest };
                }
                if second.is_none() && (joins_clause(after) || joins_verb(after)) {
                    second = Some(i);
                } else if goes_on(after) {
                    // One of several clauses of the condition.
                } else if opens_main_clause(after) || says_something(after) {
                    // "If it is off you can start it, and then call me": it only goes on behind the comma.
                    let joined = || after.find(JOINS[0]).map(|_| without_comma(clause, i));
                    let earlier = joined().filter(|end| end.clause < i);
                    return earlier.unwrap_or_else(|| found(here, clause));
                }
                first_comma.get_or_insert(i);
            }
            TokenKind::Word if depth == 0 && i > clause.at && here.find(THEN).is_some() => {
                return found(here, clause);
            }
            _ => {}
        }
        i += 1;
    }
    match second.or(first_comma) {
        Some(at) => found(Cursor { at, ..clause }, clause),
        None => without_comma(clause, clause.end),
    }
}

/// Is what stands behind a comma one of several clauses, the last behind an "or", before a command: "If the lamp is
/// red, the fan stands still, or it smells, turn it off"?
fn goes_on(after: Cursor<'_>) -> bool {
    let joined = |at: &Cursor<'_>| at.find_any(&JOINS).is_some() && at.skip(1).find(IF).is_none();
    let subject = |at: Cursor<'_>| {
        at.peek()
            .is_some_and(|t| at.tokens.lexicon.is_subject(t.sym))
    };
    let clause =
        || after.find_any(&[THEN, IF]).is_none() && (subject(after) || says_something(after));
    let last = match joined(&after) {
        true => Some(after),
        false => behind_comma(after).filter(joined).filter(|_| clause()),
    };
    let told = last.and_then(behind_comma);
    told.is_some_and(|told| imperative(told).is_some())
}

/// The first of some signs.
pub(super) fn first_of(text: Cursor<'_>, signs: &[char]) -> Option<usize> {
    let is_sign = |i: &usize| match text.tokens.tokens[*i].kind {
        TokenKind::Punct(c) => signs.contains(&c),
        _ => false,
    };
    text.range().find(is_sign)
}

/// What stands behind the last sign of this kind; all of a text without one.
pub(super) fn behind_last(text: Cursor<'_>, sign: char) -> Cursor<'_> {
    let is_sign = |i: &usize| text.tokens.tokens[*i].kind == TokenKind::Punct(sign);
    let last = text.range().rfind(is_sign);
    last.map_or(text, |at| text.skip(at + 1 - text.at))
}

/// Behind the next comma, where no other sign stands before it.
fn behind_comma(text: Cursor<'_>) -> Option<Cursor<'_>> {
    let sign = first_of(text, &[',', ':', ';', '(', '→', '–', '—'])?;
    let comma = text.tokens.tokens[sign].kind == TokenKind::Punct(',');
    comma.then(|| text.skip(sign + 1 - text.at))
}

/// Does another clause with a subject of its own stand behind an "and"?
fn joins_clause(after: Cursor<'_>) -> bool {
    let lexicon = after.tokens.lexicon;
    if lexicon.verb_last() || after.find(THEN).is_some() {
        return false;
    }
    let joined = JOINS.iter().find_map(|r| after.find(*r));
    let next = joined.and_then(|(m, _)| after.behind(m).peek());
    next.is_some_and(|t| lexicon.is_subject(t.sym))
}

/// Does another verb of the same clause stand behind an "and": "If you open it, and use the other key, …"?
fn joins_verb(after: Cursor<'_>) -> bool {
    let joined = after.find(JOINS[0]).filter(|_| after.find(THEN).is_none());
    joined.is_some_and(|(m, _)| {
        let single = m.end - m.start == 1;
        let verb = verb_at(after.skip(1)).is_some_and(|v| v.form == VerbForm::Base);
        single && verb && !after.tokens.lexicon.verb_last()
    })
}

/// The end of a clause that no comma ends: where a main clause begins, else `end`.
fn without_comma(clause: Cursor<'_>, end: usize) -> ClauseEnd {
    let before = |i: usize| Cursor {
        at: i - 1,
        ..clause
    };
    let begins = (clause.at + MIN_CLAUSE..end).find(|i| {
        let here = Cursor { at: *i, ..clause };
        here.find(MAIN).is_some() && before(*i).find(SUBORDINATE).is_none()
    });
    let begins = begins.or_else(|| command_at_end(clause.until(end)));
    ClauseEnd {
        clause: begins.unwrap_or(end),
        consequence: begins.unwrap_or(clause.end),
    }
}

/// Where a command begins that no comma sets off: "If you made a copy delete the copy:". A word before
/// it names something, and the verb of the condition stands before that.
fn command_at_end(clause: Cursor<'_>) -> Option<usize> {
    let tokens = &clause.tokens.tokens;
    let lexicon = clause.tokens.lexicon;
    let colon = tokens.get(clause.end).map(|t| t.kind) == Some(TokenKind::Punct(':'));
    let last = clause.end.checked_sub(1).map(|i| tokens[i].kind);
    let stop = matches!(last, Some(TokenKind::Punct('.' | '!')));
    let closed = colon || stop || clause.end == tokens.len();
    if !closed || lexicon.verb_last() {
        return None;
    }
    // "If you need Windows update packages:" can be a case and nothing else.
    let more = !colon || clause.end + 1 < tokens.len();
    let (mut stated, mut named) = (false, false);
    let (mut subject, mut someone) = (false, false);
    let mut depth = 0usize;
    for i in clause.range() {
        // What stands in brackets says nothing of the clause.
        match tokens[i].kind {
            TokenKind::Punct('(' | '[') => depth += 1,
            TokenKind::Punct(')' | ']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 {
            continue;
        }
        let here = Cursor { at: i, ..clause };
        let sym = tokens[i].sym;
        let joins = here.find_any(&JOINS).is_some();
        let opens = here.find_any(&[SUBORDINATE, INDIRECT]).is_some();
        if opens && !joins {
            return None;
        }
        let verb = verb_at(here);
        let modal = here.find(MODAL).is_some() || here.find(IS).is_some();
        if let Some(verb) = &verb {
            let told = match verb.end == clause.end {
                true => colon && here.find(BELOW).is_some(),
                false => imperative(here.until(i + MAX_COMMAND)).is_some(),
            };
            let label = named_at(here).is_some();
            if stated && named && told && !label && verb.form == VerbForm::Base {
                return Some(i);
            }
            stated |= subject || matches!(verb.form, VerbForm::Third | VerbForm::Past);
        }
        let word = tokens[i].kind == TokenKind::Word && !lexicon.is_function(sym);
        let states = more && someone && word;
        stated |= modal || states;
        subject = lexicon.is_subject(sym);
        // "You want", but not "the lamp".
        someone = subject && !lexicon.is_article(sym);
        let says = verb.is_some() || modal || subject || lexicon.is_function(sym);
        named = tokens[i].kind == TokenKind::Word && !says && !states;
    }
    None
}

fn found(at: Cursor<'_>, clause: Cursor<'_>) -> ClauseEnd {
    let rest = behind_separator(at);
    ClauseEnd {
        clause: at.at,
        consequence: rest.at.min(clause.end),
    }
}

/// Punctuation that ends a clause wherever it stands.
fn ends_clause(at: Cursor<'_>, c: char) -> bool {
    let tokens = &at.tokens.tokens;
    let spaced = |i: usize| {
        let before = i.checked_sub(1).map_or(0, |b| tokens[b].end);
        let after = tokens.get(i + 1).map_or(u32::MAX, |n| n.start);
        before < tokens[i].start && tokens[i].end < after
    };
    match c {
        ':' => tokens
            .get(at.at + 1)
            .is_none_or(|n| n.start > tokens[at.at].end),
        ';' | '→' => true,
        // "Between 6.0–7.9" is one amount.
        '–' => !within_words(at),
        '—' => true,
        '-' | '=' if is_arrow(at) => true,
        '-' => spaced(at.at),
        '>' => {
            spaced(at.at)
                && tokens
                    .get(at.at + 1)
                    .is_some_and(|n| n.kind != TokenKind::Number)
        }
        _ => false,
    }
}

/// Does a sign touch what stands on both sides of it?
fn within_words(at: Cursor<'_>) -> bool {
    let tokens = &at.tokens.tokens;
    let (before, sign, after) = (at.at.checked_sub(1), tokens[at.at], tokens.get(at.at + 1));
    before.is_some_and(|b| tokens[b].end == sign.start)
        && after.is_some_and(|n| n.start == sign.end)
}

/// "->" or "=>", which sets off what is done; "=> 5" compares.
fn is_arrow(at: Cursor<'_>) -> bool {
    let tokens = &at.tokens.tokens[at.at..];
    let [sign, head, next, ..] = tokens else {
        return false;
    };
    let joined = head.kind == TokenKind::Punct('>') && head.start == sign.end;
    joined && next.start > head.end && next.kind != TokenKind::Number
}

/// Does what follows the comma say what to do, or what is the case?
fn opens_main_clause(after: Cursor<'_>) -> bool {
    // "…, if the speed is low, …", "…, as well as the pump, …": the condition goes on.
    let lexicon = after.tokens.lexicon;
    let subject = after.peek().is_some_and(|t| lexicon.is_subject(t.sym));
    let joined = after.find_any(&JOINS).is_some();
    let narrows = !subject && !joined && after.find(SUBORDINATE).is_some();
    if after.find(IF).is_some() || narrows {
        return false;
    }
    after.find(THEN).is_some()
        || subject
        || imperative(after).is_some()
        || after.find(WARNS).is_some()
        || begins_with_verb(after)
        || is_shown_below(after)
}

/// Is a verb all that stands there, whose object is shown below: "…, type:"?
fn is_shown_below(after: Cursor<'_>) -> bool {
    after.find(BELOW).is_some_and(|(m, _)| {
        let behind = after.behind(m);
        let colon = behind.peek().map(|t| t.kind) == Some(TokenKind::Punct(':'));
        colon && behind.skip(1).is_empty()
    })
}

/// Where verbs stand last in a condition, the main clause behind it begins with its verb.
fn begins_with_verb(after: Cursor<'_>) -> bool {
    after.tokens.lexicon.verb_last() && verb_at(after).is_some_and(|v| v.form == VerbForm::Third)
}

/// Is what stands behind the comma, up to the next, a clause with a verb of its own? "…, `sha256`
/// exits with an error", "…, pods must be restarted"; not "…, Silver or Bronze", "…, which is new".
fn says_something(after: Cursor<'_>) -> bool {
    if after.find(SUBORDINATE).is_some() {
        return false;
    }
    let verb = |at: Cursor<'_>| {
        let finite = |v: &super::verb::Verb<'_>| v.form == VerbForm::Third;
        at.find(MODAL).is_some()
            || at.find(IS).is_some()
            || verb_at(at).as_ref().is_some_and(finite)
    };
    let words = after.range().map(|i| Cursor { at: i, ..after });
    words
        .take_while(|at| {
            let stop = |t: TokenKind| matches!(t, TokenKind::Punct(',' | ':' | ';'));
            !at.peek().is_some_and(|t| stop(t.kind)) && at.find(SUBORDINATE).is_none()
        })
        .skip(1)
        .any(verb)
}

/// Behind the punctuation and the "then" that separate a condition from what is done.
pub(super) fn behind_separator(mut at: Cursor<'_>) -> Cursor<'_> {
    loop {
        match at.peek().map(|t| t.kind) {
            Some(TokenKind::Punct(
                ',' | ':' | ';' | '–' | '—' | '→' | '-' | '=' | '>' | '.' | '*' | '\u{fe0f}',
            )) => at = at.skip(1),
            _ => match at.find(THEN) {
                Some((m, _)) => at = at.behind(m),
                None => return at,
            },
        }
    }
}
