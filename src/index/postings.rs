//! Which units have a term.

use super::block::BlockCounts;
use super::encode::BLOCK;
use super::field::{FIELDS, Field};
use super::list::List;
use super::view::View;
use crate::model::UnitNo;

/// A unit that has a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The unit.
    pub unit: UnitNo,
    counts: [u32; FIELDS],
}

impl Posting {
    /// How often a field of the unit has the term.
    pub fn count(&self, field: Field) -> u32 {
        self.counts[field.index()]
    }
}

/// The visible units that have a term, ascending.
pub struct Postings<'a, 'v> {
    list: Option<List<'a>>,
    view: &'v View,
    next_block: usize,
    units: [u32; BLOCK],
    counts: BlockCounts<'a>,
    at: usize,
    end: usize,
}

impl<'a, 'v> Postings<'a, 'v> {
    pub(super) fn new(list: Option<List<'a>>, view: &'v View) -> Self {
        Postings {
            list,
            view,
            next_block: 0,
            units: [0; BLOCK],
            counts: BlockCounts::default(),
            at: 0,
            end: 0,
        }
    }

    /// Reads the next block; `None` after the last.
    fn advance(&mut self) -> Option<()> {
        let list = self.list.filter(|l| self.next_block < l.blocks())?;
        let block = list.block(self.next_block)?;
        let (end, unread) = block.read(&mut self.units)?;
        (self.end, self.counts) = (end, unread.read()?);
        self.at = 0;
        self.next_block += 1;
        Some(())
    }
}

impl Iterator for Postings<'_, '_> {
    type Item = Posting;

    fn next(&mut self) -> Option<Posting> {
        loop {
            if self.at >= self.end {
                self.advance()?;
            }
            let at = self.at;
            self.at += 1;
            let unit = UnitNo(*self.units.get(at)?);
            if self.view.sees(unit) {
                let counts = self.counts.row(at);
                return Some(Posting { unit, counts });
            }
        }
    }
}

/// How many visible units have the term.
pub(super) fn df(list: &List<'_>, view: &View) -> u32 {
    if view.is_whole() {
        return list.df;
    }
    let mut units = [0; BLOCK];
    let mut df = 0;
    for block in (0..list.blocks()).map_while(|b| list.block(b)) {
        let Some((count, _)) = block.read(&mut units) else {
            break;
        };
        let seen = units.iter().take(count).filter(|u| view.sees(UnitNo(**u)));
        df += seen.count() as u32;
    }
    df
}
