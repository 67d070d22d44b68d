//! How much text a set of units has.

use super::bits::Reader;
use super::field::FIELDS;
use super::layout::{BadIndex, Part};
use super::tally::Lengths;

/// By field: how much text some units have in it.
pub(super) type Totals = [Total; FIELDS];

/// How much text some units have in one field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Total {
    /// The sum of its lengths, in terms.
    pub(super) length: u64,
    /// How many units have something in it.
    pub(super) units: u32,
}

impl Total {
    pub(super) fn add(&mut self, length: u16) {
        self.length += u64::from(length);
        self.units += u32::from(length > 0);
    }

    /// The average length of the field where it is not empty; zero where it always is.
    ///
    /// Units without the field do not count: most fields are absent from most units, and a summary
    /// of twenty words is not a long one because other units have none.
    pub(super) fn average(self) -> f32 {
        if self.units == 0 {
            return 0.0;
        }
        (self.length as f64 / f64::from(self.units)) as f32
    }
}

/// The totals of all units.
pub(super) fn of(lengths: &[Lengths]) -> Totals {
    let mut totals = Totals::default();
    for unit in lengths {
        for (total, length) in totals.iter_mut().zip(unit) {
            total.add(*length);
        }
    }
    totals
}

pub(super) fn write(totals: &Totals) -> Vec<u8> {
    let mut out = Vec::with_capacity(FIELDS * 12);
    for total in totals {
        out.extend_from_slice(&total.length.to_le_bytes());
        out.extend_from_slice(&total.units.to_le_bytes());
    }
    out
}

pub(super) fn read(bytes: &[u8]) -> Result<Totals, BadIndex> {
    let mut from = Reader(bytes);
    let mut totals = Totals::default();
    for total in &mut totals {
        let (Some(length), Some(units)) = (from.u64(), from.u32()) else {
            let part = Part::Totals.name();
            return Err(BadIndex::Broken { part });
        };
        *total = Total { length, units };
    }
    Ok(totals)
}
