//! What a stretch of a posting list says before it is read: enough to tell that no unit in it can
//! score more than so much.
//!
//! These are counts, never scores: they hold under every weighting, and for every part of the units
//! that a caller may see.

use super::bits::{Reader, put_varint};
use super::field::{FIELDS, FieldSet};

/// The largest counts and smallest field lengths of some postings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    /// The fields that any of them has the term in.
    pub(super) fields: FieldSet,
    /// By field: the largest count.
    pub(super) most: [u32; FIELDS],
    /// By field: the smallest length of a field that has the term.
    pub(super) shortest: [u16; FIELDS],
    /// The fields that every posting has the term in.
    pub(super) full: FieldSet,
    /// The fields in which every posting that has the term has it equally often.
    pub(super) uniform: FieldSet,
}

impl Bounds {
    /// Appends them: the set of fields, then for each its largest count, with a bit for `full` and
    /// one for `uniform`, and its smallest length.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        put_varint(out, u32::from(self.fields.0));
        for field in self.fields.iter() {
            let full = u32::from(self.full.contains(field));
            let uniform = u32::from(self.uniform.contains(field));
            put_varint(out, self.most[field] << 2 | full << 1 | uniform);
            put_varint(out, u32::from(self.shortest[field]));
        }
    }

    /// Makes them hold for other postings too.
    pub(super) fn widen(&mut self, other: &Bounds) {
        for field in other.fields.iter() {
            let first = !self.fields.contains(field);
            let shortest = self.shortest[field].min(other.shortest[field]);
            self.shortest[field] = if first {
                other.shortest[field]
            } else {
                shortest
            };
            self.most[field] = self.most[field].max(other.most[field]);
            self.fields.insert(field);
        }
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Option<Bounds> {
        let mut bounds = Bounds {
            fields: FieldSet(from.varint()? as u16),
            ..Bounds::default()
        };
        for field in bounds.fields.iter() {
            let most = from.varint()?;
            bounds.most[field] = most >> 2;
            bounds.shortest[field] = from.varint()?.min(u32::from(u16::MAX)) as u16;
            if most & 2 != 0 {
                bounds.full.insert(field);
            }
            if most & 1 != 0 {
                bounds.uniform.insert(field);
            }
        }
        Some(bounds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_come_back() {
        let mut bounds = Bounds::default();
        for (field, most, shortest) in [(0, 1, 3), (8, 200, 65_535)] {
            bounds.fields.insert(field);
            bounds.most[field] = most;
            bounds.shortest[field] = shortest;
        }
        bounds.uniform.insert(0);
        bounds.full.insert(8);
        let mut bytes = Vec::new();
        bounds.write(&mut bytes);
        assert_eq!(Bounds::read(&mut Reader(&bytes)), Some(bounds));
        assert_eq!(Bounds::read(&mut Reader(&bytes[..3])), None);
    }
}
