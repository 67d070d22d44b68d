//! The question back: what tells candidates apart, in the words of the documents.
//!
//! The first of these that separates all candidates is asked for: the variant they are for, what they
//! do, the words in which alone their headers differ, the pages they are on, what they ask for first,
//! whether they do something or tell about it. Else they are named.

use std::collections::BTreeSet;

use super::Hit;
use crate::model::Kind;

/// So many candidates are named.
const NAMED: usize = 4;
/// Longer differences are not what sets candidates apart.
const LONGEST: usize = 6;

/// Asks which of several hits is meant.
pub(super) fn question(hits: &[Hit]) -> String {
    let hits = &hits[..hits.len().min(NAMED)];
    let asked = variants(hits)
        .or_else(|| actions(hits))
        .or_else(|| headers(hits))
        .or_else(|| pages(hits))
        .or_else(|| prerequisites(hits))
        .or_else(|| kinds(hits));
    asked.unwrap_or_else(|| {
        let names = hits.iter().map(|h| quoted(&h.unit.path.join(" \u{203a} ")));
        format!("Which of these do you mean: {}?", listed(names))
    })
}

/// "for debian or for fedora": they are for different values of one key.
fn variants(hits: &[Hit]) -> Option<String> {
    let first = hits.first()?;
    let mut keys = first.unit.applies.keys();
    let told = keys.find_map(|key| {
        let values: Option<Vec<String>> = hits
            .iter()
            .map(|h| h.unit.applies.get(key).map(|v| v.join(", ")))
            .collect();
        values.filter(|v| v.iter().all(|v| !v.is_empty()) && are_distinct(v))
    })?;
    let named = told.iter().map(|value| format!("for {value}"));
    Some(format!("Which do you mean: {}?", listed(named)))
}

/// "with Azure CLI or with PowerShell": their headers are the same but for this.
fn headers(hits: &[Hit]) -> Option<String> {
    let headers: Vec<&str> = hits.iter().map(|h| h.unit.header.as_str()).collect();
    let differ = differences(&headers)?;
    Some(format!(
        "Which do you mean: {}?",
        listed(differ.into_iter())
    ))
}

/// "in “Install it” or in “Remove it”": sections of one header, on different pages.
fn pages(hits: &[Hit]) -> Option<String> {
    let first = &hits.first()?.unit.header;
    if hits.iter().any(|h| h.unit.header != *first) {
        return None;
    }
    let above = |h: &Hit| {
        let (_, above) = h.unit.path.split_last()?;
        (!above.is_empty()).then(|| above.join(" \u{203a} "))
    };
    let above: Vec<String> = hits.iter().map(above).collect::<Option<_>>()?;
    if !are_distinct(&above) {
        return None;
    }
    let titles: Vec<&str> = above.iter().map(String::as_str).collect();
    let named = differences(&titles)
        .unwrap_or_else(|| titles.iter().map(|t| format!("in {}", quoted(t))).collect());
    let named = listed(named.into_iter());
    Some(format!("Which {} do you mean: {named}?", quoted(first)))
}

/// "“The server is stopped” or “the server runs”": each asks for something that the others do not.
fn prerequisites(hits: &[Hit]) -> Option<String> {
    let first = &hits.first()?.unit.header;
    if hits.iter().any(|h| h.unit.header != *first) {
        return None;
    }
    let asks = |h: &Hit, text: &str| h.unit.prerequisites.iter().any(|p| p.text == text);
    let own = |i: usize| {
        let asked = hits[i].unit.prerequisites.iter();
        let mut asked = asked
            .filter(|p| p.is_asked_of_all())
            .map(|p| p.text.as_str());
        let others = |text: &str| (0..hits.len()).any(|j| j != i && asks(&hits[j], text));
        asked.find(|text| !others(text))
    };
    let own: Vec<&str> = (0..hits.len()).map(own).collect::<Option<_>>()?;
    let named = own.iter().map(|text| quoted(text));
    Some(format!("Which of these holds: {}?", listed(named)))
}

/// "to install or to configure": they do different things.
fn actions(hits: &[Hit]) -> Option<String> {
    let action = |h: &Hit| Some(h.unit.intent.action.clone()).filter(|a| !a.is_empty());
    let actions: Vec<String> = hits.iter().map(action).collect::<Option<_>>()?;
    let named = hits.iter().zip(&actions);
    let named = named.map(|(h, action)| format!("to {action} ({})", quoted(&h.unit.header)));
    are_distinct(&actions).then(|| format!("Do you want {}?", listed(named)))
}

/// "steps or to read about it": of two, one does something and one tells about it.
fn kinds(hits: &[Hit]) -> Option<String> {
    let [a, b] = hits else { return None };
    let acts = |h: &Hit| matches!(h.unit.kind, Kind::Procedure | Kind::Step);
    let (does, tells) = match (acts(a), acts(b)) {
        (true, false) => (a, b),
        (false, true) => (b, a),
        _ => return None,
    };
    let (does, tells) = (quoted(&does.unit.header), quoted(&tells.unit.header));
    Some(format!(
        "Do you want the steps ({does}), or to read about it ({tells})?"
    ))
}

/// What each header has between the words that all of them begin and end with, together with the
/// small word or the name that it belongs to. Nothing where they have little in common.
fn differences(headers: &[&str]) -> Option<Vec<String>> {
    let words: Vec<Vec<&str>> = headers
        .iter()
        .map(|h| h.split_whitespace().collect())
        .collect();
    let first = words.first()?;
    let shortest = words.iter().map(Vec::len).min()?;
    let same = |at: &dyn Fn(&[&str]) -> Option<String>| {
        let one = at(first);
        one.is_some() && words.iter().all(|w| at(w) == one)
    };
    let mut front = 0;
    while front < shortest && same(&|w| w.get(front).map(|w| plain(w))) {
        front += 1;
    }
    let mut back = 0;
    while front + back < shortest && same(&|w| w.iter().rev().nth(back).map(|w| plain(w))) {
        back += 1;
    }
    let middles: Vec<&[&str]> = words.iter().map(|w| &w[front..w.len() - back]).collect();
    let longest = middles.iter().map(|m| m.len()).max()?;
    let alike = front > 0 && longest <= LONGEST.min(front + back);
    if !alike || middles.iter().any(|m| m.is_empty()) {
        return None;
    }
    // The word before belongs to it: "with", "Linux".
    let differ = words.iter().map(|w| w[front - 1..w.len() - back].join(" "));
    let differ: Vec<String> = differ
        .map(|d| d.trim_end_matches([',', ':', '.']).to_owned())
        .collect();
    are_distinct(&differ).then_some(differ)
}

/// A word as it is compared: without case and the marks around it.
fn plain(word: &str) -> String {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.to_lowercase()
}

fn are_distinct(texts: &[String]) -> bool {
    let all: BTreeSet<String> = texts.iter().map(|t| t.to_lowercase()).collect();
    texts.len() > 1 && all.len() == texts.len()
}

fn quoted(text: &str) -> String {
    format!("\u{201c}{text}\u{201d}")
}

/// "a, b or c"
fn listed(texts: impl Iterator<Item = String>) -> String {
    let texts: Vec<String> = texts.collect();
    match texts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_differ_between_what_they_share() {
        for (headers, differ) in [
            (
                &["Deploy it with Azure CLI", "Deploy it with PowerShell"][..],
                Some(&["with Azure CLI", "with PowerShell"][..]),
            ),
            (
                &[
                    "CIS Azure Linux 2.0 benchmark",
                    "CIS Azure Linux 3.0 benchmark",
                ],
                Some(&["Linux 2.0", "Linux 3.0"]),
            ),
            (
                &["Drain the pump", "Drain the tank", "Drain the hose"],
                Some(&["the pump", "the tank", "the hose"]),
            ),
            (&["Drain the pump", "Drain the pump by hand"], None),
            (&["Install the extension", "Configure the extension"], None),
            (&["Drain it", "Drain it"], None),
        ] {
            let found = differences(headers);
            let expected = differ.map(|d| d.iter().map(|s| (*s).to_owned()).collect());
            assert_eq!(found, expected, "{headers:?}");
        }
    }
}
