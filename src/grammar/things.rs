//! Things and verbs of one meaning: what a language calls by several names.

use serde::{Deserialize, Serialize};

use super::language::Rule;
use super::packed;

/// Names of things, each with its classes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Things {
    /// The names in their order, one behind the other; one that is in several classes is there as often.
    text: String,
    /// Where each ends in it.
    #[serde(with = "packed")]
    ends: Vec<u32>,
    /// The class of each.
    #[serde(with = "packed")]
    classes: Vec<u32>,
    /// The places of the names, by their classes.
    #[serde(with = "packed")]
    by_class: Vec<u32>,
}

impl Things {
    pub(super) fn new(classes: &[Vec<String>]) -> Self {
        let mut things = Things::default();
        things.add(classes);
        things
    }

    /// Adds classes to those that are there.
    pub(super) fn add(&mut self, classes: &[Vec<String>]) {
        let next = self.classes.iter().max().map_or(0, |last| last + 1);
        let new = (next..).zip(classes).flat_map(|(class, names)| {
            let names = names.iter().map(|name| name.to_lowercase());
            names.map(move |name| (name, class))
        });
        let names = (0..self.ends.len()).filter_map(|at| self.name(at));
        let names = names.map(str::to_owned).zip(self.classes.iter().copied());
        let mut names: Vec<(String, u32)> = names.chain(new).collect();
        names.sort();
        *self = Things::default();
        for (name, class) in names {
            self.text.push_str(&name);
            self.ends.push(self.text.len() as u32);
            self.classes.push(class);
        }
        self.by_class = (0..self.classes.len() as u32).collect();
        let classes = &self.classes;
        self.by_class.sort_by_key(|at| classes[*at as usize]);
    }

    /// Does a name begin so?
    pub(super) fn begin(&self, words: &str) -> bool {
        let first = self.name(self.first(words));
        first.is_some_and(|name| name.starts_with(words))
    }

    /// The other names of what is called so, in their order; `plural` has its endings.
    pub(super) fn others<'a>(&'a self, called: &str, plural: &[Rule]) -> Vec<&'a str> {
        let one = plural.iter().filter_map(|(one, many)| {
            let stem = called.strip_suffix(many.as_str())?;
            Some(format!("{stem}{one}"))
        });
        let forms = std::iter::once(called.to_owned()).chain(one);
        let known = forms.map(|form| (self.classes_of(&form), form));
        let Some((classes, form)) = known.into_iter().find(|(classes, _)| !classes.is_empty())
        else {
            return Vec::new();
        };
        let places = classes.iter().flat_map(|class| self.places(*class));
        let mut places: Vec<u32> = places.copied().collect();
        places.sort_unstable();
        let names = places.into_iter().filter_map(|at| self.name(at as usize));
        let mut names: Vec<&str> = names.collect();
        names.retain(|name| *name != form);
        names.dedup();
        names
    }

    /// The places of the names of a class.
    fn places(&self, class: u32) -> &[u32] {
        let of = |at: &u32| self.classes.get(*at as usize).copied();
        let from = self.by_class.partition_point(|at| of(at) < Some(class));
        let rest = &self.by_class[from..];
        &rest[..rest.partition_point(|at| of(at) == Some(class))]
    }

    /// The names that have more words behind this one, each with those words.
    pub(super) fn longer<'a>(&'a self, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let begin = format!("{name} ");
        let all = self.first(&begin)..self.ends.len();
        let names = all.map_while(move |at| {
            let name = self.name(at)?;
            Some((name, name.strip_prefix(begin.as_str())?))
        });
        names.filter(|(_, more)| !more.is_empty())
    }

    fn classes_of(&self, name: &str) -> &[u32] {
        let first = self.first(name);
        let same = (first..self.ends.len()).take_while(|at| self.name(*at) == Some(name));
        self.classes
            .get(first..first + same.count())
            .unwrap_or_default()
    }

    /// The place of the first name that is not before this.
    fn first(&self, name: &str) -> usize {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.name(middle).is_some_and(|other| other < name) {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        low
    }

    fn name(&self, at: usize) -> Option<&str> {
        let start = match at.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start as usize..*self.ends.get(at)? as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_finds_the_others_of_its_classes() {
        let class = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
        let things = Things::new(&[
            class(&["lift", "elevator"]),
            class(&["E-Mail", "mail"]),
            class(&["post", "mail"]),
            class(&["credit card", "charge card"]),
        ]);
        let plural = [("".to_owned(), "s".to_owned())];
        assert_eq!(things.others("elevators", &plural), ["lift"]);
        assert_eq!(things.others("mail", &plural), ["e-mail", "post"]);
        assert_eq!(things.others("post", &plural), ["mail"]);
        assert!(things.begin("credit") && things.begin("credit card"));
        assert!(!things.begin("card"));
        assert_eq!(things.others("credit", &plural), [""; 0]);
        let longer: Vec<_> = things.longer("credit").collect();
        assert_eq!(longer, [("credit card", "card")]);
        assert_eq!(things.longer("cred").count(), 0);
        assert_eq!(Things::default().others("lift", &plural), [""; 0]);
    }

    #[test]
    fn classes_are_added_to_those_that_are_there() {
        let class = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
        let mut things = Things::new(&[class(&["lift", "elevator"]), class(&["post", "mail"])]);
        things.add(&[
            class(&["blue bird", "elevator"]),
            class(&["parcel", "post"]),
        ]);
        assert_eq!(things.others("elevator", &[]), ["blue bird", "lift"]);
        assert_eq!(things.others("lift", &[]), ["elevator"]);
        assert_eq!(things.others("post", &[]), ["mail", "parcel"]);
    }
}
