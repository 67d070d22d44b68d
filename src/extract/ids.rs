//! The public names of units: stable, readable, unique.

use rustc_hash::{FxHashMap, FxHashSet};

use super::builder::Builder;
use crate::address::slug;
use crate::model::{UnitId, UnitNo};

/// What a unit's name is made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Slug {
    /// A heading, or an explicit anchor in its place. Unique on a page as it is, or else prefixed by
    /// its parent's.
    Heading(String),
    /// Its place among the numbered units of its container.
    Ordinal(u32),
    /// A few words, within its container.
    Words(String),
    /// Not named yet.
    #[default]
    None,
}

/// How many words of a text name a unit that has neither a heading nor a number.
const NAME_WORDS: usize = 6;

impl Slug {
    /// The name of a heading.
    pub(super) fn heading(text: &str, anchor: Option<&str>) -> Slug {
        let made = anchor.map_or_else(|| slug(text), str::to_owned);
        // A name may stand in a command line and in an address.
        let made: String = made
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '#' | '/'))
            .collect();
        Slug::Heading(if made.is_empty() {
            "section".to_owned()
        } else {
            made
        })
    }

    /// The name of a text, from its first words.
    pub(super) fn words(text: &str) -> Slug {
        let words: Vec<&str> = text.split_whitespace().take(NAME_WORDS).collect();
        let made = slug(&words.join(" "));
        let made = made.trim_matches('-');
        Slug::Words(if made.is_empty() {
            "text".to_owned()
        } else {
            made.to_owned()
        })
    }
}

impl Builder<'_> {
    /// Names every unit. Containers come before what they hold, so a parent's name is there.
    pub(super) fn name_units(&mut self) {
        let repeated = self.repeated_headings();
        let path = self.context.pages[self.file.index()].path;
        let mut taken = FxHashMap::default();
        let mut locals: Vec<String> = Vec::with_capacity(self.units.len());
        for no in 0..self.units.len() {
            let notes = &self.notes[no];
            let parent = notes
                .container
                .map(|c| locals[c.index()].as_str())
                .unwrap_or_default();
            let wanted = match &notes.slug {
                Slug::Heading(s) if !repeated.contains(s) || parent.is_empty() => s.clone(),
                Slug::Heading(s) | Slug::Words(s) => format!("{parent}/{s}"),
                Slug::Ordinal(n) => format!("{parent}/{n}"),
                Slug::None => "page".to_owned(),
            };
            let local = untaken(wanted, &mut taken);
            self.units[no].id = UnitId(format!("{path}#{local}"));
            locals.push(local);
        }
    }

    /// Heading slugs that several units of the page have.
    fn repeated_headings(&self) -> FxHashSet<String> {
        let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
        for notes in &self.notes {
            if let Slug::Heading(s) = &notes.slug {
                *counts.entry(s).or_default() += 1;
            }
        }
        counts
            .into_iter()
            .filter(|(_, n)| *n > 1)
            .map(|(s, _)| s.to_owned())
            .collect()
    }

    /// The titles from the page to each unit.
    pub(super) fn name_paths(&mut self) {
        for no in 0..self.units.len() {
            let mut path = match self.notes[no].container {
                Some(UnitNo(c)) => self.units[c as usize].path.clone(),
                None => Vec::new(),
            };
            path.push(self.units[no].header.clone());
            self.units[no].path = path;
        }
    }
}

/// `wanted`, numbered where it is taken. Of each name that is, the last number that it was given is known.
fn untaken(wanted: String, taken: &mut FxHashMap<String, u32>) -> String {
    let Some(mut n) = taken.get(&wanted).copied() else {
        taken.insert(wanted.clone(), 1);
        return wanted;
    };
    loop {
        n += 1;
        let name = format!("{wanted}-{n}");
        if !taken.contains_key(&name) {
            taken.insert(name.clone(), 1);
            taken.insert(wanted, n);
            return name;
        }
    }
}
