//! The units that count for a caller.

use super::decoded::Kept;
use super::field::Field;
use super::section::{Index, length};
use super::totals::Totals;
use crate::model::UnitNo;

/// The units that count: all, or some of them.
///
/// Everything that scoring knows about a set comes from its view: how many units there are, how
/// many have a term, how long their fields are. So a caller who may see some of the units gets the
/// scores that an index of those units alone would give.
///
/// A view is made for one index; make it once for all questions of a caller.
#[derive(Clone, Debug)]
pub struct View {
    units: u32,
    totals: Totals,
    /// A bit for each unit; `None` where all are visible.
    visible: Option<Vec<u64>>,
    /// Posting lists that were read for it.
    pub(super) kept: Kept,
}

impl View {
    /// All units of an index.
    pub fn all(index: &Index<'_>) -> Self {
        View {
            units: index.units(),
            totals: *index.totals(),
            visible: None,
            kept: Kept::default(),
        }
    }

    /// The units of an index for which `sees` holds.
    pub fn of(index: &Index<'_>, mut sees: impl FnMut(UnitNo) -> bool) -> Self {
        let seen: Vec<u32> = (0..index.units()).filter(|u| sees(UnitNo(*u))).collect();
        let mut visible = vec![0; (index.units() as usize).div_ceil(64)];
        for unit in &seen {
            visible[*unit as usize / 64] |= 1 << (unit % 64);
        }
        let mut totals = Totals::default();
        for (field, total) in totals.iter_mut().enumerate() {
            let lengths = index.lengths(field);
            seen.iter()
                .for_each(|unit| total.add(length(lengths, *unit)));
        }
        View {
            units: seen.len() as u32,
            totals,
            visible: Some(visible),
            kept: Kept::default(),
        }
    }

    /// How many units are visible.
    pub fn len(&self) -> u32 {
        self.units
    }

    /// Is no unit visible?
    pub fn is_empty(&self) -> bool {
        self.units == 0
    }

    /// Is the unit visible?
    #[inline]
    pub fn sees(&self, unit: UnitNo) -> bool {
        match &self.visible {
            None => unit.0 < self.units,
            Some(visible) => visible
                .get(unit.index() / 64)
                .is_some_and(|bits| bits >> (unit.0 % 64) & 1 == 1),
        }
    }

    /// The average length of a field, in terms, over the visible units that have it.
    pub fn average(&self, field: Field) -> f32 {
        self.totals[field.index()].average()
    }

    /// Are all units visible?
    pub(super) fn is_whole(&self) -> bool {
        self.visible.is_none()
    }
}
