//! What the phrases of a language are for and what they say, laid out flat: a verb alone is six entries,
//! which have most of their texts in common.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::packed::{self, Packed};
use super::role::Role;

/// A phrase's entry: what it is for and what it says.
#[derive(Clone, Copy)]
pub struct Entry<'l> {
    all: &'l Entries,
    at: &'l Stored,
}

impl<'l> Entry<'l> {
    /// What it is for.
    pub fn role(self) -> Role {
        self.at.role
    }

    /// `construct.role`, for messages.
    pub fn name(self) -> &'l str {
        self.all.text(self.at.name)
    }

    /// A value of the entry: `>=` for `op`.
    pub fn get(self, key: &str) -> Option<&'l str> {
        let (from, to) = self.at.set;
        let set = self.all.sets.get(from as usize..to as usize)?;
        let (_, value) = set.iter().find(|(k, _)| self.all.text(*k) == key)?;
        Some(self.all.text(*value))
    }

    /// Does the entry say `key = value`?
    pub fn says(self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }
}

/// The entries of a language, by number.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Entries {
    /// Every name, key and value once.
    texts: Vec<Box<str>>,
    /// Their places, while entries are added; a language that was stored takes no more.
    #[serde(skip)]
    places: FxHashMap<Box<str>, u32>,
    #[serde(with = "packed")]
    list: Vec<Stored>,
    /// Keys and values, of one entry after the other.
    #[serde(with = "packed")]
    sets: Vec<(u32, u32)>,
}

/// An entry, its texts by their places.
#[derive(Clone, Copy)]
struct Stored {
    role: Role,
    name: u32,
    /// The range of its keys and values.
    set: (u32, u32),
}

impl Packed for Stored {
    const BYTES: usize = <((Role, u32), (u32, u32))>::BYTES;

    fn write(&self, out: &mut Vec<u8>) {
        ((self.role, self.name), self.set).write(out);
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        let ((role, name), set) = Packed::read(bytes);
        Stored { role, name, set }
    }
}

impl Entries {
    /// Adds an entry, and gives its number.
    pub(super) fn add<'t>(
        &mut self,
        role: Role,
        name: &str,
        set: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> u32 {
        let from = self.sets.len() as u32;
        for (key, value) in set {
            let pair = (self.place(key), self.place(value));
            self.sets.push(pair);
        }
        let stored = Stored {
            role,
            name: self.place(name),
            set: (from, self.sets.len() as u32),
        };
        self.list.push(stored);
        self.list.len() as u32 - 1
    }

    /// An entry by its number.
    pub(super) fn get(&self, number: u32) -> Entry<'_> {
        Entry {
            all: self,
            at: &self.list[number as usize],
        }
    }

    /// All entries.
    pub(super) fn iter(&self) -> impl Iterator<Item = Entry<'_>> {
        self.list.iter().map(|at| Entry { all: self, at })
    }

    /// The role of an entry.
    pub(super) fn role(&self, number: u32) -> Role {
        self.list[number as usize].role
    }

    fn text(&self, place: u32) -> &str {
        self.texts.get(place as usize).map_or("", |text| text)
    }

    fn place(&mut self, text: &str) -> u32 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = self.texts.len() as u32;
        self.texts.push(text.into());
        self.places.insert(text.into(), place);
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_say_the_same_after_storage() {
        let mut entries = Entries::default();
        let role = Role::named("compare.op");
        let least = entries.add(role, "compare.op", [("op", ">="), ("of", "number")]);
        let plain = entries.add(role, "compare.op", []);
        let bytes = postcard::to_stdvec(&entries).expect("encodes");
        let back: Entries = postcard::from_bytes(&bytes).expect("decodes");
        for entries in [&entries, &back] {
            let (least, plain) = (entries.get(least), entries.get(plain));
            assert_eq!((least.role(), least.name()), (role, "compare.op"));
            assert_eq!(least.get("op"), Some(">="));
            assert!(least.says("of", "number") && !least.says("of", "word"));
            assert_eq!(plain.get("op"), None);
        }
    }
}
