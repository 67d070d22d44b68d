//! What ranking has to know of every unit without reading it.

use crate::model::{Kind, Target, Unit, UnitNo};

/// Bytes of a unit's card: page, set of labels, kind, place.
const CARD: usize = 8;
const HEAD: usize = 8;

/// Cards that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the cards of the units are damaged")]
pub struct BadCards;

/// One card for every unit, read in place.
#[derive(Clone, Debug)]
pub struct Cards<'a> {
    cards: &'a [u8],
    label_sets: Vec<Vec<String>>,
}

/// Writes the cards of units, which are in the order of their numbers.
pub fn write(units: &[Unit<Target>]) -> Vec<u8> {
    let mut label_sets: Vec<&[String]> = Vec::new();
    let mut cards = Vec::with_capacity(units.len() * CARD);
    let mut page_unit = 0;
    for (i, unit) in units.iter().enumerate() {
        if i == 0 || units[i - 1].page != unit.page {
            page_unit = i as u32;
        }
        let set = label_sets
            .iter()
            .position(|s| *s == unit.labels.as_slice())
            .unwrap_or_else(|| {
                label_sets.push(&unit.labels);
                label_sets.len() - 1
            });
        cards.extend_from_slice(&page_unit.to_le_bytes());
        cards.extend_from_slice(&(set as u16).to_le_bytes());
        cards.push(
            Kind::ALL
                .iter()
                .position(|k| *k == unit.kind)
                .unwrap_or_default() as u8,
        );
        cards.push(u8::from(unit.id.is_nested()));
    }
    let sets = postcard::to_stdvec(&label_sets).unwrap_or_default();
    let mut out = Vec::with_capacity(HEAD + cards.len() + sets.len());
    out.extend_from_slice(&(units.len() as u32).to_le_bytes());
    out.extend_from_slice(&(sets.len() as u32).to_le_bytes());
    out.extend_from_slice(&cards);
    out.extend_from_slice(&sets);
    out
}

impl<'a> Cards<'a> {
    /// Reads cards in place.
    ///
    /// # Errors
    /// Bytes that are none.
    pub fn open(bytes: &'a [u8]) -> Result<Self, BadCards> {
        let number = |at: usize| {
            let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
            Some(u32::from_le_bytes(bytes) as usize)
        };
        let (units, sets) = number(0).zip(number(4)).ok_or(BadCards)?;
        let end = units
            .checked_mul(CARD)
            .and_then(|n| n.checked_add(HEAD))
            .ok_or(BadCards)?;
        let cards = bytes.get(HEAD..end).ok_or(BadCards)?;
        let sets = bytes.get(end..end.saturating_add(sets)).ok_or(BadCards)?;
        let label_sets = postcard::from_bytes(sets).map_err(|_| BadCards)?;
        Ok(Cards { cards, label_sets })
    }

    fn card(&self, unit: UnitNo) -> Option<&'a [u8]> {
        self.cards
            .get(unit.index() * CARD..(unit.index() + 1) * CARD)
    }

    /// The unit of the page that a unit is on.
    pub fn page(&self, unit: UnitNo) -> UnitNo {
        let bytes = self.card(unit).and_then(|c| c[..4].try_into().ok());
        bytes.map_or(unit, |b| UnitNo(u32::from_le_bytes(b)))
    }

    /// What a unit is.
    pub fn kind(&self, unit: UnitNo) -> Kind {
        let place = self.card(unit).map_or(0, |c| c[6] as usize);
        Kind::ALL.get(place).copied().unwrap_or(Kind::Reference)
    }

    /// Is a unit named by its place in what holds it, and not by a heading?
    pub fn nested(&self, unit: UnitNo) -> bool {
        self.card(unit).is_some_and(|c| c[7] != 0)
    }

    /// Who may see a unit; empty for everyone.
    pub fn labels(&self, unit: UnitNo) -> &[String] {
        let bytes = self.card(unit).and_then(|c| c[4..6].try_into().ok());
        let set = bytes
            .map(u16::from_le_bytes)
            .and_then(|n| self.label_sets.get(n as usize));
        set.map_or(&[], Vec::as_slice)
    }

    /// Are there units that not everyone may see?
    pub fn restricted(&self) -> bool {
        self.label_sets.iter().any(|set| !set.is_empty())
    }

    /// May holders of these labels see the unit?
    pub fn visible(&self, unit: UnitNo, held: &[String]) -> bool {
        self.labels(unit).iter().all(|label| held.contains(label))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_cards_are_refused() {
        for bytes in [
            &[][..],
            &[1, 0, 0, 0, 0, 0, 0, 0],
            &[0xff; 12],
            &[0, 0, 0, 0, 9, 0, 0, 0, 1],
        ] {
            assert_eq!(Cards::open(bytes).err(), Some(BadCards), "{bytes:?}");
        }
        assert!(Cards::open(&write(&[])).is_ok());
    }
}
