//! The titles of a set: what a name in running text can mean.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::extract::Extracted;
use crate::model::{Kind, Mention, Unit, UnitNo};

/// Pages and sections by their titles, and glossary entries by their keys.
pub(super) struct Titles {
    by_title: FxHashMap<String, Vec<UnitNo>>,
    /// The same without what stands in brackets behind them, or without their numbers, or their numbers alone.
    shortened: FxHashMap<String, Vec<UnitNo>>,
    /// The same behind what kind of text it is: "Subflow: Drain it".
    labelled: FxHashMap<String, Vec<UnitNo>>,
    /// The entries of each key, those first that others give way to.
    terms: FxHashMap<String, Vec<UnitNo>>,
    /// The entries of each name without its abbreviation.
    spelled: FxHashMap<String, Vec<UnitNo>>,
}

impl Titles {
    pub(super) fn new(pages: &[Extracted], bases: &[u32]) -> Self {
        let mut titles = Titles {
            by_title: FxHashMap::default(),
            shortened: FxHashMap::default(),
            labelled: FxHashMap::default(),
            terms: FxHashMap::default(),
            spelled: FxHashMap::default(),
        };
        for (page, base) in pages.iter().zip(bases) {
            for (i, unit) in page.units.iter().enumerate() {
                let no = UnitNo(base + i as u32);
                if page.titled.get(i).copied().unwrap_or_default() {
                    let title = normal(&unit.header);
                    for short in
                        [without_remark, without_number, counted].map(|of| of(&unit.header))
                    {
                        let Some(short) = short else { continue };
                        titles.shortened.entry(normal(short)).or_default().push(no);
                    }
                    if let Some(name) = behind_label(&unit.header) {
                        titles.labelled.entry(normal(name)).or_default().push(no);
                    }
                    titles.by_title.entry(title).or_default().push(no);
                }
                if unit.kind == Kind::Term {
                    let entries = titles.terms.entry(normal(&unit.header)).or_default();
                    entries.push(no);
                    for name in spelled(unit) {
                        titles.spelled.entry(name).or_default().push(no);
                    }
                }
            }
            if let Some(key) = &page.term {
                let entries = titles.terms.entry(normal(key)).or_default();
                entries.insert(0, UnitNo(*base));
            }
        }
        titles
    }

    /// The units with this title, in page order; then those that have it but for what stands in brackets
    /// behind it; then those that have it behind what kind of text they are.
    pub(super) fn titled(&self, title: &str) -> [&[UnitNo]; 3] {
        let title = normal(title);
        [&self.by_title, &self.shortened, &self.labelled]
            .map(|titles| titles.get(&title).map_or(&[][..], Vec::as_slice))
    }

    /// The glossary entries of what is spelled out so.
    pub(super) fn spelled(&self, name: &str) -> &[UnitNo] {
        self.spelled.get(&normal(name)).map_or(&[], Vec::as_slice)
    }

    /// The glossary entries with this key or name, the one that is meant first.
    pub(super) fn terms(&self, key: &str) -> &[UnitNo] {
        self.terms.get(&normal(key)).map_or(&[], Vec::as_slice)
    }
}

/// The names of an entry: its header, and what that stands for where it is an abbreviation, or has one:
/// "Write-ahead log (WAL)".
fn spelled(entry: &Unit<Mention>) -> BTreeSet<String> {
    let header = normal(&entry.header);
    let stands = entry.abbreviations.iter().filter_map(|a| {
        let (short, long) = (normal(&a.short), normal(&a.long));
        let both = [format!("{long} {short}"), format!("{short} {long}")];
        (header == short || both.contains(&header)).then_some(long)
    });
    let mut names: BTreeSet<String> = stands.collect();
    names.insert(header);
    names
}

/// "Drain it" of "3.4 Drain it".
fn without_number(title: &str) -> Option<&str> {
    let digit = |c: char| c.is_ascii_digit();
    let rest = title.trim_start_matches(|c: char| digit(c) || matches!(c, '.' | ')' | ':'));
    let title = rest.strip_prefix(' ').filter(|_| title.starts_with(digit));
    title.map(str::trim).filter(|title| !title.is_empty())
}

/// "Red flags" of "Red flags (mandatory)".
fn without_remark(title: &str) -> Option<&str> {
    let (short, _) = title.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    Some(short).filter(|short| !short.trim().is_empty())
}

/// "Test 4" of "Test 4 – Control unit".
fn counted(title: &str) -> Option<&str> {
    let (front, _) = title.split_once([':', '–', '—'])?;
    let (name, number) = front.trim().split_once(' ')?;
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    (digits && name.starts_with(char::is_uppercase)).then_some(front.trim())
}

/// "Drain it" of "Subflow: Drain it" and "Flow 2 – Drain it".
fn behind_label(title: &str) -> Option<&str> {
    let (label, name) = title.split_once([':', '–', '—'])?;
    let (word, number) = match label.trim().split_once(' ') {
        Some((word, number)) => (word, number),
        None => (label.trim(), ""),
    };
    let counts = number.chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || c == '-');
    (counts && is_word && !name.trim().is_empty()).then_some(name.trim())
}

/// A title as its words, lower case.
pub(super) fn normal(title: &str) -> String {
    let words = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
