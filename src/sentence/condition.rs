//! Conditions: "If the pod is pending, describe it.", "Unless …", "Otherwise …", "Yes: …".

use std::ops::Range;

use super::clause::{behind_separator, clause_end, first_of};
use super::comparison;
use super::done::is_done;
use super::ending::ending;
use super::verb::{VerbForm, imperative, verb_at};
use crate::grammar::{Cursor, Entry, Role, TokenKind, Tokens};
use crate::model::{Condition, Polarity};

const IF: Role = Role::named("condition.if");
const OTHER: Role = Role::named("condition.other");
/// "Where the", which is a condition only where what to do stands behind its comma.
const WHERE: Role = Role::named("condition.where");
/// "Goes back to"
const GO: Role = Role::named("jump.go");
const UNLESS: Role = Role::named("condition.unless");
const WHEN: Role = Role::named("condition.when");
const ELSE: Role = Role::named("condition.else");
const YES: Role = Role::named("condition.yes");
const NO: Role = Role::named("condition.no");
const SHOWN: Role = Role::named("condition.shown");
const FOR: Role = Role::named("condition.for");
/// "Only"
const ONLY: Role = Role::named("condition.only");
/// "On the portal"
const CERTAIN: Role = Role::named("condition.certain");
/// "the following", "like this"
const POINTS: Role = Role::named("condition.points");
const THEN: Role = Role::named("condition.then");
const CASE: Role = Role::named("condition.case");
const INSTEAD: Role = Role::named("condition.instead");
/// "and then", "or": what a paragraph begins with that goes on from what stands before it.
const CONTINUES: Role = Role::named("condition.continues");
/// "The output is": what a command shows.
const RESULT: Role = Role::named("condition.result");
const UNTIL: Role = Role::named("condition.until");
const LEAD: Role = Role::named("condition.lead");
const IDLE: Role = Role::named("condition.idle");
/// Who is spoken to: "you".
const READER: Role = Role::named("condition.reader");
/// Verbs that begin a condition without a cue, beside those that the language bends.
const INVERTED: Role = Role::named("condition.inverted");
/// "It", "something"
const SUBJECT: Role = Role::named("condition.subject");
/// "and", "then"
const AND: Role = Role::named("call.joins");
const NOT: Role = Role::named("negation.not");
/// "Using"
const MEANS: Role = Role::named("option.means");
const INDIRECT: Role = Role::named("condition.indirect");

/// In so many words behind the comma a clause says that the procedure ends.
const MAX_ENDING: usize = 24;

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
    /// "Otherwise, if …"
    ElseIf,
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
    if is_idle(at) {
        return None;
    }
    if let Some((m, _)) = at.find(WHEN)
        && at.find(IF).is_none_or(|(i, _)| i.end < m.end)
    {
        // "Once it is ready, if the light is red, …": what is asked is behind the comma.
        let comma = |i: &usize| at.tokens.tokens[*i].kind == TokenKind::Punct(',');
        let comma = at.range().find(comma)?;
        let rest = skip_leads(at.skip(comma + 1 - at.at));
        // "When using a stone, …" is for whoever does, whenever that is.
        let means = at.behind(m).find(MEANS).is_some();
        return match rest.find(IF) {
            Some(_) => clause_after(rest),
            None => when_until(at, comma).filter(|_| means),
        };
    }
    clause_after(at)
}

/// The condition of a line over what is done in that case: "When the belt stops:".
pub fn whenever(line: Cursor<'_>) -> Option<Conditional> {
    let last = line.end.checked_sub(1).filter(|i| *i >= line.at)?;
    let colon = line.tokens.tokens[last].kind == TokenKind::Punct(':');
    let found = when_until(line, last).filter(|_| colon)?;
    (!found.condition.text.contains(',')).then_some(found)
}

/// The condition of a sentence that begins with what somebody does: "When you use a belt, …", "When using a
/// belt: …". "When the belt stops" tells the time.
pub(super) fn when(sentence: Cursor<'_>) -> Option<Conditional> {
    let found = when_until(sentence, first_of(sentence, &[',', ':'])?)?;
    let (m, _) = sentence.find(WHEN)?;
    let clause = sentence.behind(m);
    let does = verb_at(clause).is_some_and(|v| v.form == VerbForm::Gerund);
    (does || clause.find(READER).is_some()).then_some(found)
}

/// The condition of a sentence that begins with when something is so: "When they want it by post, send it."
pub fn when_so(sentence: Cursor<'_>) -> Option<Conditional> {
    when_until(sentence, first_of(sentence, &[','])?)
}

fn when_until(sentence: Cursor<'_>, end: usize) -> Option<Conditional> {
    let (m, entry) = sentence.find(WHEN)?;
    let text = trimmed(sentence.tokens, m.end as usize..end);
    let words = text.split_whitespace().count();
    let clause = sentence.within(m.end as usize..end);
    (entry.says("case", "yes") && words > 1).then(|| Conditional {
        condition: Condition {
            test: comparison::test(clause),
            ..Condition::yes(text)
        },
        cue: Cue::If,
        consequence: end + 1..sentence.end,
    })
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
        let end = clause_end(clause);
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
    let stated = trailing(Cursor::whole(&tokens));
    let condition = stated.map_or_else(|| Condition::yes(text), |c| c.condition);
    let rest = behind_separator(sentence.behind(m));
    (!text.is_empty() && !rest.is_empty()).then(|| Conditional {
        condition,
        cue: Cue::If,
        consequence: rest.range(),
    })
}

/// "Instead, call the owner.": does a sentence go on under the condition of the one before?
pub fn instead(sentence: Cursor<'_>) -> bool {
    sentence.find(INSTEAD).is_some()
}

/// Does a sentence go on with what stands above it: "and then run:", "in that file, and start it", "Or use
/// the pump:"?
pub fn continues(sentence: Cursor<'_>) -> bool {
    let breaks_in = || {
        let spelled = sentence.tokens.spelling(sentence.at);
        let word = sentence.peek().filter(|t| t.kind == TokenKind::Word);
        word.is_some_and(|t| sentence.tokens.lexicon.is_function(t.sym))
            && spelled.starts_with(char::is_lowercase)
    };
    sentence.find(CONTINUES).is_some() || breaks_in()
}

/// Does a sentence say what a command shows or does: "The output is:", "You should see a list.", "This prints
/// a list."?
pub fn shows_result(sentence: Cursor<'_>) -> bool {
    sentence.find(RESULT).is_some_and(|(m, entry)| {
        let behind = sentence.behind(m);
        !entry.says("before", "verb") || verb_at(behind).is_some_and(|v| v.form == VerbForm::Third)
    })
}

/// Does a sentence begin with a case of its own: "Coming from an old pump, …"?
pub fn begins_with_case(sentence: Cursor<'_>) -> bool {
    let unlisted = || {
        let spelled = sentence.tokens.spelling(sentence.at);
        sentence.tokens.lexicon.form_by_ending(spelled) == Some("gerund")
    };
    let gerund = match verb_at(sentence) {
        Some(verb) => verb.form == VerbForm::Gerund,
        None => !sentence.is_empty() && unlisted(),
    };
    let comma = |i: usize| sentence.tokens.tokens[i].kind == TokenKind::Punct(',');
    gerund && sentence.range().any(comma)
}

/// What a sentence says behind the case that it begins with; all of it where it begins with none.
pub fn behind_case(sentence: Cursor<'_>) -> Cursor<'_> {
    leading(sentence).map_or(sentence, |c| sentence.within(c.consequence))
}

/// "For Windows nodes, follow the guide.", "For the new nodes only, …": the case for which something is said.
pub fn in_case_of(sentence: Cursor<'_>) -> Option<Conditional> {
    in_case_until(sentence, first_of(sentence, &[','])?)
}

/// The same, also before a colon: "On barges: a rope."
pub(super) fn in_named_case(sentence: Cursor<'_>) -> Option<Conditional> {
    in_case_until(sentence, first_of(sentence, &[',', ':'])?)
}

fn in_case_until(sentence: Cursor<'_>, end: usize) -> Option<Conditional> {
    let (m, _) = sentence.find(FOR)?;
    let narrowed = || sentence.skip(end - 1 - sentence.at).find(ONLY).is_some();
    if sentence.find(CERTAIN).is_some() && !narrowed() {
        return None;
    }
    let text = trimmed(sentence.tokens, m.end as usize..end);
    (!text.is_empty()).then(|| Conditional {
        condition: Condition::yes(text),
        cue: Cue::If,
        consequence: end + 1..sentence.end,
    })
}

/// What has to come true before a repetition ends: "it works" in "Repeat step 2 until it works."
pub fn until<'a>(sentence: Cursor<'a>) -> Option<&'a str> {
    let (at, m, _) = sentence.seek(UNTIL)?;
    let clause = at.behind(m);
    let text = trimmed(clause.tokens, clause.range());
    (!text.is_empty()).then_some(text)
}

/// Does a condition without anything that is done there only point to what is shown below it? "If it
/// prints the following line:"
pub fn points_below(sentence: Cursor<'_>, conditional: &Conditional) -> bool {
    let clause = sentence.until(conditional.consequence.start);
    conditional.consequence.is_empty() && points(clause)
}

/// Does a text point to what is shown below it: "the following", "such as:"?
pub fn points(clause: Cursor<'_>) -> bool {
    let is_punct = |i: usize| matches!(clause.tokens.tokens[i].kind, TokenKind::Punct(_));
    clause.places([POINTS]).any(|i| {
        let found = clause.skip(i - clause.at).find(POINTS);
        found.is_some_and(|(m, entry)| {
            let mut rest = m.end as usize..clause.end;
            !entry.says("stands", "last") || rest.all(is_punct)
        })
    })
}

/// Does a sentence that begins with a condition say the other side of it too? "If it is new, keep it,
/// otherwise change it.", "If A, do this; if B, do that."
pub fn has_other_side(sentence: Cursor<'_>, conditional: &Conditional) -> bool {
    let said = sentence.within(conditional.consequence.clone());
    said.range().any(|i| {
        let here = said.skip(i - said.at);
        let separated = matches!(
            said.tokens.tokens[i].kind,
            TokenKind::Punct(',' | ';' | '–' | '—')
        );
        let behind = skip_leads(here.skip(1));
        // "…, and if that does not help, …" goes on from what was done.
        let apart = here.skip(1).find(AND).is_none() && !is_idle(behind);
        // "…, you can skip it, as long as the pump runs."
        let opens = |(_, entry): (_, Entry<'_>)| !entry.says("behind", "narrows");
        separated && apart && behind.find_any(&[IF, UNLESS, ELSE]).is_some_and(opens)
    })
}

/// A sentence up to where it says the other side of a condition, and that side: "If it is red, go to step 3;
/// otherwise, go to step 2."
pub fn sides(sentence: Cursor<'_>) -> (Cursor<'_>, Option<Cursor<'_>>) {
    let behind = sentence.skip(1);
    let cue = behind.places([ELSE, IF, UNLESS, NO, YES]).next();
    if cue.is_none() {
        return (sentence, None);
    }
    let opens = |i: &usize| {
        let TokenKind::Punct(sign @ (',' | ';' | '–' | '—')) = sentence.tokens.tokens[*i].kind
        else {
            return false;
        };
        let here = sentence.skip(i + 1 - sentence.at);
        let at = match here.find(LEAD) {
            Some((m, _)) => here.behind(m),
            None => here,
        };
        let cue = || answer(at).map(|found| found.cue);
        let asks = || at.find_any(&[IF, UNLESS]).is_some() && !is_idle(at);
        match sign {
            ';' => asks() || cue().is_some(),
            _ => at.find(ELSE).is_some() && cue() == Some(Cue::Else),
        }
    };
    let Some(at) = sentence.range().skip(1).find(opens) else {
        return (sentence, None);
    };
    let one = sentence.until(at);
    match leading(one).or_else(|| trailing(one)) {
        Some(_) => (
            one,
            Some(Cursor {
                at: at + 1,
                ..sentence
            }),
        ),
        None => (sentence, None),
    }
}

/// "Yes", "If not", "Otherwise": cues that are a whole clause.
fn answer(at: Cursor<'_>) -> Option<Conditional> {
    let (cue, end) = [(ELSE, Cue::Else), (NO, Cue::No), (YES, Cue::Yes)]
        .into_iter()
        .filter_map(|(role, cue)| at.find(role).map(|(m, _)| (cue, m.end as usize)))
        .filter(|(_, end)| clause_closes(at, *end) || is_set_off(at, *end))
        .max_by_key(|(cue, end)| (*end, *cue == Cue::No))?;
    let rest = behind_separator(at.skip(end - at.at));
    let asks = || rest.find_any(&[IF, UNLESS]).is_some() && !is_idle(rest);
    if cue == Cue::Else && asks() {
        let cue = Cue::ElseIf;
        return clause_after(rest).map(|found| Conditional { cue, ..found });
    }
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

/// "YES Go to step 2.": an answer that nothing but its letters sets off from what is said.
fn is_set_off(at: Cursor<'_>, end: usize) -> bool {
    let spelled = |i: usize| at.tokens.spelling(i);
    let begins =
        |word: &str| word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
    let alone = end == at.at + 1 && end < at.end;
    alone && !spelled(at.at).contains(char::is_lowercase) && begins(spelled(end))
}

/// "if needed": a condition that only softens what it stands beside.
pub(super) fn is_idle(at: Cursor<'_>) -> bool {
    at.find(IDLE)
        .is_some_and(|(m, _)| clause_closes(at, m.end as usize))
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
                // "If not stop it"; "If not at rest: stop it" and "If not set, stop it" deny what follows.
                let states = |behind: Cursor<'_>| {
                    let closes = matches!(
                        behind.peek().map(|t| t.kind),
                        Some(TokenKind::Punct(',' | ':'))
                    );
                    closes || behind.find(AND).is_some()
                };
                let told = || {
                    let verb = imperative(rest).filter(|v| v.start <= rest.at + 1);
                    verb.is_some_and(|v| !states(rest.skip(v.end - rest.at)))
                };
                rest.find(THEN).is_some() || els.is_some_and(|e| e.says("comma", "none") || told())
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
    if clause.find(SHOWN).is_some() || denies_alone(clause) {
        return None;
    }
    let end = clause_end(clause);
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

/// "If not (or if it is old), …": what is denied stands in another sentence.
fn denies_alone(clause: Cursor<'_>) -> bool {
    let not = clause.find(NOT).map(|(m, _)| clause.behind(m));
    let next = not.and_then(|behind| behind.peek());
    next.is_some_and(|t| matches!(t.kind, TokenKind::Punct('(' | ')' | ',' | '/')))
}

/// "Startet der Pod nicht, prüfen Sie …", "Where the pod fails, …": a clause that begins with its verb, or
/// with a place, where what follows the comma tells what to do, or, behind a verb, where nothing follows but
/// a colon.
fn inverted(at: Cursor<'_>) -> Option<Conditional> {
    let bent = || verb_at(at).is_some_and(|v| v.form == VerbForm::Third);
    let placed = at.find(WHERE).is_some();
    if !placed && at.find(INVERTED).is_none() && !(at.tokens.lexicon.verb_last() && bent()) {
        return None;
    }
    let punct = |i: usize| match at.tokens.tokens[i].kind {
        TokenKind::Punct(c) => Some(c),
        _ => None,
    };
    let first = at.range().find(|i| punct(*i) == Some(','));
    let end = at.range().find(|i| match punct(*i) {
        Some(',') if !placed || first == Some(*i) => {
            let rest = Cursor { at: i + 1, ..at };
            // Looking further at every comma would take time that grows with their square.
            let near = rest.until(rest.at + MAX_ENDING);
            let told = imperative(near).is_some() || ending(near).is_some();
            // "Where it is booked, the clerk proposes another date."
            told || rest.find(THEN).is_some()
                || placed && (is_done(near) || near.seek(GO).is_some())
        }
        Some(':') => i + 1 == at.end && !placed && is_case(at),
        _ => false,
    })?;
    // Of "where" nothing is left in the condition.
    let range = at.at + usize::from(placed)..end;
    let text = trimmed(at.tokens, range.clone());
    let rest = behind_separator(Cursor { at: end, ..at });
    Some(Conditional {
        condition: condition_of(at.tokens, range, text, Cue::If),
        cue: Cue::If,
        consequence: rest.range(),
    })
}

/// Does a line that begins with its verb say when, and not what something does? "Fehlt der Deckel:", "Dreht der
/// Motor nicht:"; "Gibt den Deckel zurück:" and "Kann lokal geöffnet werden:" have no subject.
fn is_case(line: Cursor<'_>) -> bool {
    let lexicon = line.tokens.lexicon;
    let subject = |at: Cursor<'_>| {
        at.peek().is_some_and(|t| {
            let spelled = line.tokens.spelling(at.at);
            lexicon.is_article(t.sym) || spelled.starts_with(char::is_uppercase)
        }) || at.find(SUBJECT).is_some()
    };
    let happens = line.find(INVERTED).map(|(m, _)| line.behind(m));
    !lexicon.verb_last() || happens.is_some_and(subject) || line.seek(NOT).is_some()
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

/// Words and signs before the cue: "However,", "- ", "(Option A)".
fn skip_leads(mut at: Cursor<'_>) -> Cursor<'_> {
    if let Some(label) = super::label(at) {
        at = at.skip(label.end - at.at);
    }
    loop {
        if at
            .find_any(&[IF, UNLESS, OTHER, WHEN, ELSE, YES, NO])
            .is_some()
        {
            return at;
        }
        if let Some((m, _)) = at.find(LEAD) {
            at = at.behind(m);
            continue;
        }
        match at.peek().map(|t| t.kind) {
            Some(TokenKind::Punct(
                ',' | '(' | ')' | '-' | '>' | '*' | '–' | '—' | '•' | '[' | ']',
            )) => at = at.skip(1),
            Some(TokenKind::Punct(c)) if is_picture(c) => at = at.skip(1),
            _ => return at,
        }
    }
}

/// A tick, a cross, a lamp: a sign that only underlines what stands behind it.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// The text of a clause, without the punctuation at its ends.
fn trimmed<'a>(tokens: &Tokens<'a>, range: Range<usize>) -> &'a str {
    tokens
        .slice(range)
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | ':' | ',' | '.' | ';'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::testing::english;

    fn read(text: &str) -> Option<(String, Polarity, Cue, String)> {
        let tokens = Tokens::plain(text, english());
        let c = leading(Cursor::whole(&tokens))?;
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
                "If not at rest: stop it",
                "not at rest",
                Polarity::Yes,
                Cue::If,
                "stop it",
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
}
