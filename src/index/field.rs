//! The fields of a unit that are searched.

/// How many fields there are.
pub const FIELDS: usize = 9;

/// A field of a unit. The order is part of the format: a change here is a new
/// [`super::layout::VERSION`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The unit's purpose as plain text.
    Header,
    /// The verb of its intent.
    Action,
    /// What the verb is done to.
    Object,
    /// The complements of its intent: "with azure cli".
    Qualifiers,
    /// What the author says about the page.
    Summary,
    /// The titles above it.
    Path,
    /// The headers of its parts.
    Parts,
    /// What must be so first.
    Prerequisites,
    /// The author's text.
    Body,
}

impl Field {
    /// All fields, in the order of the format.
    pub const ALL: [Field; FIELDS] = [
        Field::Header,
        Field::Action,
        Field::Object,
        Field::Qualifiers,
        Field::Summary,
        Field::Path,
        Field::Parts,
        Field::Prerequisites,
        Field::Body,
    ];

    /// Its place in [`Field::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// Its name, for rationales: `header`, `body`.
    pub fn name(self) -> &'static str {
        match self {
            Field::Header => "header",
            Field::Action => "action",
            Field::Object => "object",
            Field::Qualifiers => "qualifiers",
            Field::Summary => "summary",
            Field::Path => "path",
            Field::Parts => "parts",
            Field::Prerequisites => "prerequisites",
            Field::Body => "body",
        }
    }
}

/// Which fields have a term. The last field, which most postings have, is the lowest bit, so that
/// the usual set is one byte as a varint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FieldSet(pub(super) u16);

impl FieldSet {
    pub(super) fn insert(&mut self, field: usize) {
        self.0 |= bit(field);
    }

    pub(super) fn contains(self, field: usize) -> bool {
        self.0 & bit(field) != 0
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 & ALL == 0
    }

    /// The fields in it, ascending.
    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        let mut left = self.0 & ALL;
        std::iter::from_fn(move || {
            let field = FIELDS.checked_sub(16 - left.leading_zeros() as usize)?;
            left &= !bit(field.min(FIELDS - 1));
            (field < FIELDS).then_some(field)
        })
    }
}

const ALL: u16 = (1 << FIELDS) - 1;

fn bit(field: usize) -> u16 {
    1 << (FIELDS - 1 - field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_where_its_index_says() {
        for (i, field) in Field::ALL.into_iter().enumerate() {
            assert_eq!(field.index(), i, "{}", field.name());
        }
    }

    #[test]
    fn a_set_gives_its_fields_in_order() {
        let mut set = FieldSet::default();
        for field in [Field::Body, Field::Header, Field::Path] {
            set.insert(field.index());
        }
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 5, 8]);
    }
}
