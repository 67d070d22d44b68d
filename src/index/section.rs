//! An index, read in place from its bytes.

use super::dictionary::{Dictionary, Edits};
use super::field::{FIELDS, Field};
use super::layout::{BadIndex, Part, Parts};
use super::list::List;
use super::postings::{self, Postings};
use super::totals::{self, Totals};
use super::view::View;
use crate::model::UnitNo;

/// An inverted index of units by their fields.
///
/// It borrows its bytes, which may be a mapped file, and copies none of them. What it tells about
/// terms is always told for a [`View`], because a unit that a caller may not see must not show in
/// any count.
#[derive(Clone)]
pub struct Index<'a> {
    units: u32,
    dictionary: Dictionary<'a>,
    offsets: &'a [[u8; OFFSET]],
    lists: &'a [u8],
    lengths: [&'a [[u8; 2]]; FIELDS],
    totals: Totals,
}

/// Bytes of an offset.
pub(super) const OFFSET: usize = 5;

/// A term of the index that is spelled nearly like another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The term.
    pub term: String,
    /// How many visible units have it.
    pub df: u32,
    /// How many edits it takes; 0 for the term itself.
    pub edits: u8,
}

impl<'a> Index<'a> {
    /// Opens an index. The dictionary's checksum is computed, at several gigabytes a second; the
    /// rest is read when it is needed. Open once and ask often.
    ///
    /// # Errors
    /// The bytes are not an index, not of this version, or not whole.
    pub fn open(bytes: &'a [u8]) -> Result<Self, BadIndex> {
        let parts = Parts::open(bytes)?;
        let dictionary =
            Dictionary::open(parts.part(Part::Dictionary)?).map_err(BadIndex::Dictionary)?;
        let offsets = parts.part(Part::Offsets)?;
        if offsets.len() != dictionary.len().saturating_mul(OFFSET) {
            let part = Part::Offsets.name();
            return Err(BadIndex::Broken { part });
        }
        Ok(Index {
            units: parts.units,
            dictionary,
            offsets: offsets.as_chunks().0,
            lists: parts.part(Part::Lists)?,
            lengths: columns(parts.part(Part::Lengths)?, parts.units)?,
            totals: totals::read(parts.part(Part::Totals)?)?,
        })
    }

    /// How many units there are, visible or not. Their numbers are `0..units()`.
    pub fn units(&self) -> u32 {
        self.units
    }

    /// How many terms a field of a unit has, up to 65,535.
    pub fn length(&self, field: Field, unit: UnitNo) -> u16 {
        self.length_at(field.index(), unit.0)
    }

    /// How many units of the view have the term.
    pub fn df(&self, term: &str, view: &View) -> u32 {
        self.list(term).map_or(0, |list| postings::df(&list, view))
    }

    /// Which units of the view have the term, ascending, and how often.
    pub fn postings<'v>(&self, term: &str, view: &'v View) -> Postings<'a, 'v> {
        Postings::new(self.list(term), view)
    }

    /// The terms of the view that are spelled nearly like `term`, in their order; the term itself
    /// too, if the view has it.
    pub fn near(&self, term: &str, edits: Edits, view: &View) -> Vec<Near> {
        let mut near = Vec::new();
        self.dictionary.near(term, edits, |term, number, edits| {
            let df = self.list_at(number).map_or(0, |l| postings::df(&l, view));
            if df > 0 {
                let term = term.to_owned();
                near.push(Near { term, df, edits });
            }
        });
        near
    }

    pub(super) fn totals(&self) -> &Totals {
        &self.totals
    }

    pub(super) fn list(&self, term: &str) -> Option<List<'a>> {
        self.list_at(self.dictionary.number(term)?)
    }

    fn list_at(&self, number: u64) -> Option<List<'a>> {
        let offset = self.offsets.get(usize::try_from(number).ok()?)?;
        let mut wide = [0; 8];
        wide[..OFFSET].copy_from_slice(offset);
        let start = usize::try_from(u64::from_le_bytes(wide)).ok()?;
        List::read(self.lists.get(start..)?)
    }

    pub(super) fn length_at(&self, field: usize, unit: u32) -> u16 {
        length(self.lengths(field), unit)
    }

    /// The lengths of a field, by unit.
    pub(super) fn lengths(&self, field: usize) -> &'a [[u8; 2]] {
        self.lengths.get(field).copied().unwrap_or_default()
    }
}

/// The length at a unit.
#[inline]
pub(super) fn length(lengths: &[[u8; 2]], unit: u32) -> u16 {
    lengths
        .get(unit as usize)
        .map_or(0, |n| u16::from_le_bytes(*n))
}

fn columns(bytes: &[u8], units: u32) -> Result<[&[[u8; 2]]; FIELDS], BadIndex> {
    let lengths = bytes.as_chunks().0;
    let units = units as usize;
    if bytes.len() != units.saturating_mul(2 * FIELDS) {
        let part = Part::Lengths.name();
        return Err(BadIndex::Broken { part });
    }
    Ok(std::array::from_fn(|field| {
        lengths
            .get(field * units..(field + 1) * units)
            .unwrap_or_default()
    }))
}
