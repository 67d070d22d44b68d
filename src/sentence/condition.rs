//! Conditions: "If the pod is pending, describe it.", "Unless …", "Otherwise …", "Yes: …".

use std::ops::Range;

use super::comparison::{self, Comparison};
use super::ending::ending;
use super::verb::{VerbForm, imperative, verb_at};
use crate::grammar::{Cursor, Lexicon, Role, TokenKind, Tokens};
use crate::model::{Condition, Op, Polarity};

const IF: Role = Role::named("condition.if");
const OTHER: Role = Role::named("condition.other");
const UNLESS: Role = Role::named("condition.unless");
const WHEN: Role = Role::named("condition.when");
const ELSE: Role = Role::named("condition.else");
const YES: Role = Role::named("condition.yes");
const NO: Role = Role::named("condition.no");
const MODAL: Role = Role::named("condition.modal");
const SUBORDINATE: Role = Role::named("condition.subordinate");
const MAIN: Role = Role::named("condition.main");
const FOR: Role = Role::named("condition.for");
const IS: Role = Role::named("comparison.is");
const THEN: Role = Role::named("condition.then");
const CASE: Role = Role::named("condition.case");
const UNTIL: Role = Role::named("condition.until");
const LEAD: Role = Role::named("condition.lead");
const IDLE: Role = Role::named("condition.idle");
/// Verbs that begin a condition without a cue, beside those that the language bends.
const INVERTED: Role = Role::named("condition.inverted");
const INDIRECT: Role = Role::named("condition.indirect");
const NOT: Role = Role::named("negation.not");
const OPPOSITES: Role = Role::named("negation.opposites");

/// In so many words behind the comma a clause says that the procedure ends.
const MAX_ENDING: usize = 24;

/// A clause has at least so many words: "it is off".
const MIN_CLAUSE: usize = 3;

/// A sentence under a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditional {
    /// The condition. For [`Cue::Yes`] and [`Cue::No`] its text is empty: it is the question before.
    pub condition: Condition,
    /// What opened it.
    pub cue: Cue,
    /// The tokens of what is done where it holds; empty for "If the disk is full:".
    pub consequence: Range<usize>,
}

/// What opens a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// "If …", "In case …"
    If,
    /// "Unless …"
    Unless,
    /// "For any other …": what the conditions before it leave.
    Other,
    /// "Otherwise …"
    Else,
    /// "Yes: …", "If so, …"
    Yes,
    /// "No: …", "If not, …"
    No,
}

/// The condition that a sentence begins with.
pub fn leading(sentence: Cursor<'_>) -> Option<Conditional> {
    let at = skip_leads(sentence);
    if let Some(found) = answer(at) {
        return Some(found);
    }
    if at
        .find(IDLE)
        .is_some_and(|(m, _)| clause_closes(at, m.end as usize))
    {
        return None;
    }
    if let Some((m, _)) = at.find(WHEN)
        && at.find(IF).is_none_or(|(i, _)| i.end < m.end)
    {
        // "Once it is ready, if the light is red, …": what is asked is behind the comma.
        let comma = (at.at..at.end).find(|i| {
            let here = at.tokens.tokens[*i].kind == TokenKind::Punct(',');
            here && skip_leads(Cursor { at: i + 1, ..at }).find(IF).is_some()
        })?;
        let rest = skip_leads(Cursor {
            at: comma + 1,
            ..at
        });
        return clause_after(rest);
    }
    clause_after(at)
}

/// The condition that a sentence ends with: "Go to step 5 if the disk is full." Its consequence is
/// what stands before it.
pub fn trailing(sentence: Cursor<'_>) -> Option<Conditional> {
    let mut indirect_until = 0;
    for i in sentence.at + 1..sentence.end {
        let here = Cursor { at: i, ..sentence };
        if let Some((m, _)) = here.find(INDIRECT) {
            indirect_until = m.end as usize;
        }
        if i < indirect_until {
            continue;
        }
        let (cue, end) = match (here.find(IF), here.find(UNLESS)) {
            (Some((m, _)), _) => (Cue::If, m.end as usize),
            (None, Some((m, _))) => (Cue::Unless, m.end as usize),
            (None, None) => continue,
        };
        let clause = here.skip(end - i);
        let end = clause_end(clause)?;
        let text = trimmed(clause.tokens, clause.at..end.clause);
        if text.is_empty() {
            return None;
        }
        let condition = condition_of(clause.tokens, clause.at..end.clause, text, cue);
        return Some(Conditional {
            condition,
            cue,
            consequence: sentence.at..i,
        });
    }
    None
}

/// "In this case, call the owner.": the condition is what the sentence before says may be so.
pub fn in_that_case(sentence: Cursor<'_>, before: &str) -> Option<Conditional> {
    let (m, _) = sentence.find(CASE)?;
    let text = before.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '!'));
    // "It may fail if the disk is full. In that case, …"
    let tokens = Tokens::plain(text, sentence.tokens.lexicon);
    let stated = trailing(Cursor::over(&tokens, 0..tokens.tokens.len()));
    let condition = stated.map_or_else(|| Condition::yes(text), |c| c.condition);
    let rest = behind_separator(sentence.skip((m.end - m.start) as usize));
    (!text.is_empty() && !rest.is_empty()).then(|| Conditional {
        condition,
        cue: Cue::If,
        consequence: rest.range(),
    })
}

/// "For Windows nodes, follow the guide.": the case for which something is said.
pub fn in_case_of(sentence: Cursor<'_>) -> Option<Conditional> {
    let (m, _) = sentence.find(FOR)?;
    let comma = |i: &usize| sentence.tokens.tokens[*i].kind == TokenKind::Punct(',');
    let comma = sentence.range().find(comma)?;
    let text = trimmed(sentence.tokens, m.end as usize..comma);
    (!text.is_empty()).then(|| Conditional {
        condition: Condition::yes(text),
        cue: Cue::If,
        consequence: comma + 1..sentence.end,
    })
}

/// What has to come true before a repetition ends: "it works" in "Repeat step 2 until it works."
pub fn until<'a>(sentence: Cursor<'a>) -> Option<&'a str> {
    let (at, m, _) = sentence.seek(UNTIL)?;
    let clause = at.skip((m.end - m.start) as usize);
    let text = trimmed(clause.tokens, clause.range());
    (!text.is_empty()).then_some(text)
}

/// "Yes", "If not", "Otherwise": cues that are a whole clause.
fn answer(at: Cursor<'_>) -> Option<Conditional> {
    let (cue, end) = [(ELSE, Cue::Else), (NO, Cue::No), (YES, Cue::Yes)]
        .into_iter()
        .filter_map(|(role, cue)| at.find(role).map(|(m, _)| (cue, m.end as usize)))
        .filter(|(_, end)| clause_closes(at, *end))
        .max_by_key(|(cue, end)| (*end, *cue == Cue::No))?;
    let rest = behind_separator(at.skip(end - at.at));
    let polarity = if cue == Cue::Yes {
        Polarity::Yes
    } else {
        Polarity::No
    };
    let condition = Condition {
        polarity,
        otherwise: cue == Cue::Else,
        ..Condition::yes("")
    };
    Some(Conditional {
        condition,
        cue,
        consequence: rest.range(),
    })
}

/// Does a clause end before token `end`?
fn clause_closes(at: Cursor<'_>, end: usize) -> bool {
    let rest = at.skip(end - at.at);
    match rest.peek() {
        None => true,
        Some(t) => match t.kind {
            TokenKind::Punct(
                ',' | ':' | '.' | ';' | '!' | '–' | '—' | '→' | '-' | ')' | '>' | '*',
            ) => true,
            TokenKind::Word => {
                let els = at.find(ELSE).map(|(_, entry)| entry);
                rest.find(THEN).is_some()
                    || els.is_some_and(|e| e.says("comma", "none") || imperative(rest).is_some())
            }
            _ => false,
        },
    }
}

fn clause_after(at: Cursor<'_>) -> Option<Conditional> {
    let Some((cue, words)) = cue_at(at) else {
        return inverted(at);
    };
    let clause = at.skip(words);
    let end = clause_end(clause)?;
    let range = clause.at..end.clause;
    let text = trimmed(at.tokens, range.clone());
    if text.is_empty() {
        return None;
    }
    let condition = condition_of(at.tokens, range, text, cue);
    Some(Conditional {
        condition,
        cue,
        consequence: end.consequence..at.end,
    })
}

/// "Startet der Pod nicht, prüfen Sie …": a clause that begins with its verb, where what follows the
/// comma tells what to do, or where nothing follows but a colon.
fn inverted(at: Cursor<'_>) -> Option<Conditional> {
    let bent = || verb_at(at).is_some_and(|v| v.form == VerbForm::Third);
    if at.find(INVERTED).is_none() && !(at.tokens.lexicon.verb_last() && bent()) {
        return None;
    }
    let punct = |i: usize| match at.tokens.tokens[i].kind {
        TokenKind::Punct(c) => Some(c),
        _ => None,
    };
    let end = at.range().find(|i| match punct(*i) {
        Some(',') => {
            let rest = Cursor { at: i + 1, ..at };
            // Looking further at every comma would take time that grows with their square.
            let near = rest.until(rest.at + MAX_ENDING);
            rest.find(THEN).is_some() || imperative(near).is_some() || ending(near).is_some()
        }
        Some(':') => i + 1 == at.end,
        _ => false,
    })?;
    let range = at.at..end;
    let text = trimmed(at.tokens, range.clone());
    let rest = behind_separator(Cursor { at: end, ..at });
    Some(Conditional {
        condition: condition_of(at.tokens, range, text, Cue::If),
        cue: Cue::If,
        consequence: rest.range(),
    })
}

/// The cue of a clause, and how many words of it are no part of the clause.
fn cue_at(at: Cursor<'_>) -> Option<(Cue, usize)> {
    let words = |role| at.find(role).map(|(m, _)| (m.end - m.start) as usize);
    if let Some(n) = words(UNLESS) {
        return Some((Cue::Unless, n));
    }
    // Of "for any other speed" only "for" is the cue.
    words(IF)
        .map(|n| (Cue::If, n))
        .or_else(|| words(OTHER).map(|_| (Cue::Other, 1)))
}

fn condition_of(tokens: &Tokens<'_>, range: Range<usize>, text: &str, cue: Cue) -> Condition {
    Condition {
        polarity: if cue == Cue::Unless {
            Polarity::No
        } else {
            Polarity::Yes
        },
        test: comparison::test(Cursor::over(tokens, range)),
        ..Condition::yes(text)
    }
}

struct ClauseEnd {
    /// One past the clause's last token.
    clause: usize,
    /// The first token of what follows.
    consequence: usize,
}

/// Where a clause ends and what is done begins.
fn clause_end(clause: Cursor<'_>) -> Option<ClauseEnd> {
    let mut depth = 0usize;
    let mut low_quotes = 0usize;
    let mut first_comma = None;
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
                let earlier = (earlier.clause < i && first_comma.is_none()).then_some(earlier);
                return earlier.or_else(|| Some(found(here, clause)));
            }
            TokenKind::Punct(',') if depth == 0 => {
                let after = here.skip(1);
                if opens_main_clause(after) || says_something(after) {
                    return Some(found(here, clause));
                }
                first_comma.get_or_insert(i);
            }
            TokenKind::Word if depth == 0 && i > clause.at && here.find(THEN).is_some() => {
                return Some(found(here, clause));
            }
            _ => {}
        }
        i += 1;
    }
    match first_comma {
        Some(comma) => Some(found(
            Cursor {
                at: comma,
                ..clause
            },
            clause,
        )),
        None => Some(without_comma(clause, clause.end)),
    }
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
    ClauseEnd {
        clause: begins.unwrap_or(end),
        consequence: begins.unwrap_or(clause.end),
    }
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
        '–' | '—' => true,
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

/// Does what follows the comma say what to do, or what is the case?
fn opens_main_clause(after: Cursor<'_>) -> bool {
    // "…, if the speed is low, …": the condition goes on.
    if after.find(IF).is_some() {
        return false;
    }
    after.find(THEN).is_some()
        || after
            .peek()
            .is_some_and(|t| after.tokens.lexicon.is_subject(t.sym))
        || imperative(after).is_some()
        || begins_with_verb(after)
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
fn behind_separator(mut at: Cursor<'_>) -> Cursor<'_> {
    loop {
        match at.peek().map(|t| t.kind) {
            Some(TokenKind::Punct(',' | ':' | ';' | '–' | '—' | '→' | '-' | '>' | '.' | '*')) => {
                at = at.skip(1)
            }
            _ => match at.find(THEN) {
                Some((m, _)) => at = at.skip((m.end - m.start) as usize),
                None => return at,
            },
        }
    }
}

/// Words and signs before the cue: "However,", "- ", "(Option A)".
fn skip_leads(mut at: Cursor<'_>) -> Cursor<'_> {
    if let Some(label) = super::label(at) {
        at = at.skip(label.end - at.at);
    }
    loop {
        if [IF, UNLESS, OTHER, WHEN, ELSE, YES, NO]
            .iter()
            .any(|r| at.find(*r).is_some())
        {
            return at;
        }
        if let Some((m, _)) = at.find(LEAD) {
            at = at.skip((m.end - m.start) as usize);
            continue;
        }
        match at.peek().map(|t| t.kind) {
            Some(TokenKind::Punct(
                ',' | '(' | ')' | '-' | '>' | '*' | '–' | '—' | '•' | '[' | ']',
            )) => at = at.skip(1),
            _ => return at,
        }
    }
}

/// The text of a clause, without the punctuation at its ends.
fn trimmed<'a>(tokens: &Tokens<'a>, range: Range<usize>) -> &'a str {
    tokens
        .slice(range)
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | ':' | ',' | '.' | ';'))
}

/// Can at most one of the two hold? Only what the words themselves show counts.
pub fn exclude(a: &Condition, b: &Condition, lexicon: &Lexicon) -> bool {
    if a.text.is_empty() || b.text.is_empty() {
        // Answers to one question.
        return a.text == b.text && a.polarity != b.polarity;
    }
    let (ta, tb) = (
        Tokens::plain(&a.text, lexicon),
        Tokens::plain(&b.text, lexicon),
    );
    let (na, nb) = (Normal::of(&ta, a.polarity), Normal::of(&tb, b.polarity));
    if na.words == nb.words {
        return na.negated != nb.negated;
    }
    if na.negated == nb.negated && na.is_opposite(&nb, lexicon) {
        return true;
    }
    let whole = |t: &Tokens<'_>| comparison::read(Cursor::over(t, 0..t.tokens.len()));
    match (whole(&ta), whole(&tb)) {
        (Some(ca), Some(cb)) => values_differ(&ca, &cb),
        _ => false,
    }
}

/// Two readings of one thing that cannot both be right: "SIM is MISSING", "SIM is LOCKED".
fn values_differ(a: &Comparison, b: &Comparison) -> bool {
    a.test.key == b.test.key
        && a.test.op == Op::Eq
        && b.test.op == Op::Eq
        && a.marked
        && b.marked
        && a.test.value != b.test.value
}

/// A clause as its words, without articles, parentheses and negations.
struct Normal {
    words: Vec<String>,
    negated: bool,
}

impl Normal {
    fn of(tokens: &Tokens<'_>, polarity: Polarity) -> Self {
        let mut normal = Normal {
            words: Vec::new(),
            negated: polarity == Polarity::No,
        };
        let all = Cursor::over(tokens, 0..tokens.tokens.len());
        let (mut i, mut depth) = (0, 0usize);
        while i < all.end {
            let here = Cursor { at: i, ..all };
            let token = tokens.tokens[i];
            i += 1;
            match token.kind {
                TokenKind::Punct('(') => depth += 1,
                TokenKind::Punct(')') => depth = depth.saturating_sub(1),
                TokenKind::Punct(_) => {}
                _ if depth > 0 || tokens.lexicon.is_article(token.sym) => {}
                _ => {
                    if let Some((m, _)) = here.find(NOT) {
                        normal.negated = !normal.negated;
                        i = m.end as usize;
                    } else {
                        normal.words.push(tokens.spelling(i - 1).to_lowercase());
                    }
                }
            }
        }
        normal
    }

    /// Do the two differ in one word, and are these words opposites?
    fn is_opposite(&self, other: &Normal, lexicon: &Lexicon) -> bool {
        if self.words.len() != other.words.len() {
            return false;
        }
        let mut differing = self.words.iter().zip(&other.words).filter(|(a, b)| a != b);
        let (Some((a, b)), None) = (differing.next(), differing.next()) else {
            return false;
        };
        lexicon.has(&format!("{a} {b}"), OPPOSITES) || lexicon.has(&format!("{b} {a}"), OPPOSITES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::testing::english;

    fn read(text: &str) -> Option<(String, Polarity, Cue, String)> {
        let tokens = Tokens::plain(text, english());
        let c = leading(Cursor::over(&tokens, 0..tokens.tokens.len()))?;
        Some((
            c.condition.text,
            c.condition.polarity,
            c.cue,
            tokens.slice(c.consequence).to_owned(),
        ))
    }

    #[test]
    fn the_clause_is_kept_as_written() {
        for (text, clause, polarity, cue, rest) in [
            (
                "If the pod is pending, describe it.",
                "the pod is pending",
                Polarity::Yes,
                Cue::If,
                "describe it.",
            ),
            (
                "If the SIM is not active: call support",
                "the SIM is not active",
                Polarity::Yes,
                Cue::If,
                "call support",
            ),
            (
                "Unless the valve is open, stop.",
                "the valve is open",
                Polarity::No,
                Cue::Unless,
                "stop.",
            ),
            (
                "Otherwise, call the supplier.",
                "",
                Polarity::No,
                Cue::Else,
                "call the supplier.",
            ),
            (
                "If yes, go to step 3.",
                "",
                Polarity::Yes,
                Cue::Yes,
                "go to step 3.",
            ),
            ("No → replace it", "", Polarity::No, Cue::No, "replace it"),
            (
                "If it is Gold, Silver or Bronze, then offer it.",
                "it is Gold, Silver or Bronze",
                Polarity::Yes,
                Cue::If,
                "offer it.",
            ),
            (
                "For any other speed ('Poor', 'Fair'), the line is slow.",
                "any other speed ('Poor', 'Fair')",
                Polarity::Yes,
                Cue::Other,
                "the line is slow.",
            ),
            (
                "If SIM shows as MISSING:",
                "SIM shows as MISSING",
                Polarity::Yes,
                Cue::If,
                "",
            ),
            (
                "However, if it fails, retry.",
                "it fails",
                Polarity::Yes,
                Cue::If,
                "retry.",
            ),
        ] {
            let got = read(text);
            let want = (clause.to_owned(), polarity, cue, rest.to_owned());
            assert_eq!(got, Some(want), "{text}");
        }
        for text in [
            "Ask if the pod is pending.",
            "If needed, restart it.",
            "Once it is ready, uncordon it.",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn only_what_the_words_show_excludes() {
        let c = |text: &str| Condition::yes(text);
        for (a, b, want) in [
            ("SIM shows as MISSING", "SIM is LOCKED with PIN/PUK", true),
            (
                "the service is available",
                "the service is not available",
                true,
            ),
            ("Mobile Data is ON", "Mobile Data is OFF", true),
            ("the disk is full", "the network is down", false),
            (
                "the customer is mistaken (Oracle says No)",
                "the customer is correct (Oracle says Yes)",
                false,
            ),
        ] {
            assert_eq!(exclude(&c(a), &c(b), english()), want, "{a} / {b}");
        }
    }
}
