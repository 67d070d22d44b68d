//! Where the numbered units of a page stand: a page may have as many mentions of steps as it has steps.

use rustc_hash::FxHashMap;

use crate::extract::Extracted;
use crate::model::{Mention, Unit, UnitNo};

/// What holds a unit.
type Holder = Option<UnitNo>;

/// The units of one page, by what holds them and by their numbers. All are in the order of the page.
#[derive(Default)]
pub(super) struct Numbers<'p> {
    children: FxHashMap<Holder, Vec<usize>>,
    within: FxHashMap<&'p str, FxHashMap<Holder, Vec<usize>>>,
    /// The first in each container whose number ends so.
    ends: FxHashMap<&'p str, FxHashMap<Holder, usize>>,
    /// Wherever they are.
    anywhere: FxHashMap<&'p str, Vec<usize>>,
    /// Pages and sections only.
    titled: FxHashMap<&'p str, Vec<usize>>,
    /// The first page or section whose title begins so.
    headed: FxHashMap<&'p str, usize>,
    /// By unit: in which list of its container it stands, or behind which.
    lists: Vec<usize>,
}

impl<'p> Numbers<'p> {
    pub(super) fn of(page: &'p Extracted) -> Self {
        let mut numbers = Numbers::default();
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
            numbers.children.entry(holder).or_default().push(i);
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
            within.entry(holder).or_default().push(i);
            numbers.anywhere.entry(number).or_default().push(i);
            if page.titled[i] {
                numbers.titled.entry(number).or_default().push(i);
            }
        }
        numbers
    }

    /// What a unit holds.
    pub(super) fn children(&self, holder: Holder) -> &[usize] {
        self.children.get(&holder).map_or(&[], Vec::as_slice)
    }

    /// What stands before a unit in what holds it, and what stands behind it.
    pub(super) fn around(&self, holder: Holder, unit: usize) -> (&[usize], &[usize]) {
        let all = self.children(holder);
        let before = all.partition_point(|i| *i < unit);
        let behind = all.partition_point(|i| *i <= unit);
        (&all[..before], &all[behind..])
    }

    /// The units with a number that a unit holds.
    pub(super) fn within(&self, holder: Holder, number: &str) -> &[usize] {
        let found = self.within.get(number).and_then(|all| all.get(&holder));
        found.map_or(&[], Vec::as_slice)
    }

    /// The first that a unit holds whose number ends so: `2` of `5.1.2`.
    pub(super) fn ending(&self, holder: Holder, number: &str) -> Option<usize> {
        self.ends.get(number)?.get(&holder).copied()
    }

    /// The units with a number.
    pub(super) fn anywhere(&self, number: &str) -> &[usize] {
        self.anywhere.get(number).map_or(&[], Vec::as_slice)
    }

    /// The pages and sections with a number.
    pub(super) fn titled(&self, number: &str) -> &[usize] {
        self.titled.get(number).map_or(&[], Vec::as_slice)
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

/// The number of a list item.
pub(super) fn ordinal(unit: &Unit<Mention>) -> Option<u32> {
    last_part(unit.number.as_deref()?).parse().ok()
}

/// `2` of `5.1.2`.
fn last_part(number: &str) -> &str {
    number.rsplit('.').next().unwrap_or(number)
}
