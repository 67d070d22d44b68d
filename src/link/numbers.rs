//! Where the numbered units of a page stand: a page may have as many mentions of steps as it has steps.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::titles::normal;
use crate::extract::Extracted;
use crate::model::{Kind, Mention, Role, Unit, UnitNo};

/// What holds a unit.
type Holder = Option<UnitNo>;

/// The units of one page, by what holds them and by their numbers. All are in the order of the page.
pub(super) struct Numbers<'p> {
    page: &'p Extracted,
    /// Those that stand in a sequence, or under its decisions.
    placed: FxHashMap<Holder, Vec<usize>>,
    within: FxHashMap<&'p str, FxHashMap<Holder, Called>>,
    /// The first in each container whose number ends so.
    ends: FxHashMap<&'p str, FxHashMap<Holder, usize>>,
    /// Wherever they are.
    anywhere: FxHashMap<&'p str, Called>,
    /// The same, where items of lists are called as they begin.
    labelled: OnceLock<FxHashMap<&'p str, Called>>,
    /// The first step that is called so.
    steps: OnceLock<FxHashMap<String, usize>>,
    /// Pages and sections only.
    titled: FxHashMap<&'p str, Called>,
    /// The first page or section with a number that a letter goes on: `2` for "Step 2a".
    lettered: FxHashMap<&'p str, Called>,
    /// The first page or section whose title begins so.
    headed: FxHashMap<&'p str, usize>,
    /// By unit: in which list of its container it stands, or behind which.
    lists: Vec<usize>,
    /// By unit: the last that it holds, in the end; itself, where it holds none.
    lasts: Vec<usize>,
    /// By unit: the last step of the list that it stands in, or else of the next one in what holds it.
    ends_of_lists: Vec<Option<usize>>,
    /// The last step of the first list that each holds.
    first_lists: FxHashMap<Holder, usize>,
}

impl<'p> Numbers<'p> {
    pub(super) fn of(page: &'p Extracted) -> Self {
        let mut numbers = Numbers {
            page,
            placed: FxHashMap::default(),
            within: FxHashMap::default(),
            ends: FxHashMap::default(),
            anywhere: FxHashMap::default(),
            labelled: OnceLock::new(),
            steps: OnceLock::new(),
            titled: FxHashMap::default(),
            lettered: FxHashMap::default(),
            headed: FxHashMap::default(),
            lists: Vec::with_capacity(page.units.len()),
            lasts: (0..page.units.len()).collect(),
            ends_of_lists: vec![None; page.units.len()],
            first_lists: FxHashMap::default(),
        };
        // By container: the list that is going on, and its last number.
        let mut going: FxHashMap<Holder, (usize, u32)> = FxHashMap::default();
        for (i, unit) in page.units.iter().enumerate() {
            let holder = page.containers[i];
            let (list, last) = going.entry(holder).or_default();
            if let Some(ordinal) = ordinal(unit) {
                *list += usize::from(ordinal <= *last);
                *last = ordinal;
            }
            numbers.lists.push(*list);
            if matches!(unit.place.role, Role::Part | Role::Choice(_)) {
                numbers.placed.entry(holder).or_default().push(i);
            }
            if page.titled[i]
                && let Some((first, _)) = unit.header.split_once(char::is_whitespace)
            {
                let number = first.trim_end_matches(['.', ')', ':']);
                numbers.headed.entry(number).or_insert(i);
            }
            let Some(number) = unit.number.as_deref() else {
                continue;
            };
            let ends = numbers.ends.entry(last_part(number)).or_default();
            ends.entry(holder).or_insert(i);
            let within = numbers.within.entry(number).or_default();
            let within = within.entry(holder).or_default();
            let anywhere = numbers.anywhere.entry(number).or_default();
            if is_listed(page, i) {
                within.add_item(i);
                anywhere.add_item(i);
                continue;
            }
            let word = first_word(unit);
            within.add(i, &word);
            anywhere.add(i, &word);
            if page.titled[i] {
                numbers.titled.entry(number).or_default().add(i, &word);
                let bare = number.trim_end_matches(|c: char| c.is_ascii_lowercase());
                if bare.len() < number.len() && !bare.is_empty() {
                    numbers.lettered.entry(bare).or_default().add(i, &word);
                }
            }
        }
        numbers.end();
        numbers
    }

    /// The first step whose header is this.
    pub(super) fn step_called(&self, name: &str) -> Option<usize> {
        let steps = self.steps.get_or_init(|| {
            let mut steps = FxHashMap::default();
            for (i, unit) in self.page.units.iter().enumerate() {
                if unit.kind == Kind::Step {
                    steps.entry(normal(&unit.header)).or_insert(i);
                }
            }
            steps
        });
        steps.get(&normal(name)).copied()
    }

    /// Notes where what each unit holds ends, and where lists do.
    fn end(&mut self) {
        let page = self.page;
        // By container: what stands behind, from the end on.
        let mut behind: FxHashMap<Holder, usize> = FxHashMap::default();
        for (i, unit) in page.units.iter().enumerate().rev() {
            let holder = page.containers[i];
            if let Some(outer) = holder.map(UnitNo::index) {
                self.lasts[outer] = self.lasts[outer].max(self.lasts[i]);
            }
            let next = behind.insert(holder, i);
            let last = next.and_then(|next| self.ends_of_lists[next]);
            self.ends_of_lists[i] = match is_listed(page, i) {
                true => {
                    let on =
                        |next: &usize| is_listed(page, *next) && goes_on(unit, &page.units[*next]);
                    next.filter(on).and(last).or(Some(i))
                }
                false => last,
            };
        }
        let firsts = behind.into_iter();
        let firsts = firsts.filter_map(|(holder, i)| Some((holder, self.ends_of_lists[i]?)));
        self.first_lists = firsts.collect();
    }

    /// The last step of the list that a unit stands in, or else of the next one beside it.
    pub(super) fn end_of_list(&self, unit: usize) -> Option<usize> {
        self.ends_of_lists[unit]
    }

    /// The last step of the first list that a unit holds.
    pub(super) fn end_of_first_list(&self, holder: Holder) -> Option<usize> {
        self.first_lists.get(&holder).copied()
    }

    /// The first step, or heading of this label, with a number that a unit holds, in the end.
    pub(super) fn inside(&self, unit: usize, (label, number): (&str, &str)) -> Option<usize> {
        let first = self.anywhere.get(number)?.first_behind(unit, label);
        first.filter(|i| *i <= self.lasts[unit])
    }

    /// What is placed in a unit.
    pub(super) fn placed(&self, holder: Holder) -> &[usize] {
        self.placed.get(&holder).map_or(&[], Vec::as_slice)
    }

    /// What is placed before a unit in what holds it, and behind it.
    pub(super) fn around(&self, holder: Holder, unit: usize) -> (&[usize], &[usize]) {
        let all = self.placed(holder);
        let before = all.partition_point(|i| *i < unit);
        let behind = all.partition_point(|i| *i <= unit);
        (&all[..before], &all[behind..])
    }

    /// The steps with a number that a unit holds, and what is numbered under a label.
    pub(super) fn within(&self, holder: Holder, number: &str) -> Option<&Called> {
        self.within.get(number)?.get(&holder)
    }

    /// The first that a unit holds whose number ends so: `2` of `5.1.2`.
    pub(super) fn ending(&self, holder: Holder, number: &str) -> Option<usize> {
        self.ends.get(number)?.get(&holder).copied()
    }

    /// The first unit with a number.
    pub(super) fn anywhere(&self, number: &str) -> Option<usize> {
        self.anywhere.get(number)?.first
    }

    /// The first unit with a number whose header begins with the label.
    pub(super) fn labelled(&self, label: &str, number: &str) -> Option<usize> {
        let labelled = || {
            let mut labelled: FxHashMap<&str, Called> = FxHashMap::default();
            for (i, unit) in self.page.units.iter().enumerate() {
                if let Some(number) = unit.number.as_deref() {
                    let called = labelled.entry(number).or_default();
                    called.add(i, &first_word(unit));
                }
            }
            labelled
        };
        let all = self.labelled.get_or_init(labelled).get(number)?;
        all.first_called(label)
    }

    /// The first page or section with a number whose title begins with the label.
    pub(super) fn titled(&self, label: &str, number: &str) -> Option<usize> {
        self.titled.get(number)?.first_called(label)
    }

    /// The first of the sections that share a number, "Step 2a" and "Step 2b".
    pub(super) fn lettered(&self, label: &str, number: &str) -> Option<usize> {
        self.lettered.get(number)?.first_called(label)
    }

    /// The section whose title begins with a number: "3.4 Drain it".
    pub(super) fn headed(&self, number: &str) -> Option<usize> {
        self.headed.get(number).copied()
    }

    /// In which list of its container a unit stands.
    pub(super) fn list(&self, unit: usize) -> usize {
        self.lists[unit]
    }
}

/// Units of one number, by what they are called. Each row is in the order of the page.
#[derive(Default)]
pub(super) struct Called {
    first: Option<usize>,
    /// Items of lists, which have no label of their own: "step 5" and "item 5" both mean them.
    items: Vec<usize>,
    /// By the word that their headers begin with.
    words: FxHashMap<String, Vec<usize>>,
    /// By that word without its last letter, or its last two.
    stems: FxHashMap<String, Vec<usize>>,
}

impl Called {
    fn add_item(&mut self, unit: usize) {
        self.first.get_or_insert(unit);
        self.items.push(unit);
    }

    fn add(&mut self, unit: usize, word: &str) {
        self.first.get_or_insert(unit);
        if word.is_empty() {
            return;
        }
        self.words.entry(word.to_owned()).or_default().push(unit);
        for stem in stems(word) {
            self.stems.entry(stem.to_owned()).or_default().push(unit);
        }
    }

    /// Those whose header begins with the label, in singular or plural.
    fn called<'c>(&'c self, label: &'c str) -> impl Iterator<Item = &'c [usize]> {
        let words = std::iter::once(label).chain(stems(label));
        let rows = words.filter_map(|word| self.words.get(word));
        rows.chain(self.stems.get(label)).map(Vec::as_slice)
    }

    /// Those, and the items.
    pub(super) fn rows<'c>(&'c self, label: &'c str) -> impl Iterator<Item = &'c [usize]> {
        std::iter::once(self.items.as_slice()).chain(self.called(label))
    }

    fn first_called(&self, label: &str) -> Option<usize> {
        self.called(label)
            .filter_map(|row| row.first())
            .min()
            .copied()
    }

    /// The first behind a unit that is an item, or has this label.
    pub(super) fn first_behind(&self, unit: usize, label: &str) -> Option<usize> {
        let behind = |row: &[usize]| row.get(row.partition_point(|i| *i <= unit)).copied();
        self.rows(label).filter_map(behind).min()
    }
}

/// A word without its last letter, and without its last two.
fn stems(word: &str) -> impl Iterator<Item = &str> {
    let stem = |cut| word.get(..word.len().checked_sub(cut)?);
    [1, 2].into_iter().filter_map(stem)
}

/// The word that the header of a unit begins with, lower case.
fn first_word(unit: &Unit<Mention>) -> String {
    let header = unit.header.trim_start_matches(['(', '[']);
    let word = header
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .next();
    word.unwrap_or_default().to_lowercase()
}

/// Is a unit an item of a list of steps?
fn is_listed(page: &Extracted, unit: usize) -> bool {
    page.units[unit].kind == Kind::Step && !page.titled[unit]
}

/// Does a list go on from one step to the next?
fn goes_on(step: &Unit<Mention>, next: &Unit<Mention>) -> bool {
    match (ordinal(step), ordinal(next)) {
        (Some(a), Some(b)) => b > a,
        (a, b) => a.is_some() == b.is_some(),
    }
}

/// The number of a list item.
pub(super) fn ordinal(unit: &Unit<Mention>) -> Option<u32> {
    last_part(unit.number.as_deref()?).parse().ok()
}

/// `2` of `5.1.2`.
fn last_part(number: &str) -> &str {
    number.rsplit('.').next().unwrap_or(number)
}
