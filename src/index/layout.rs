//! What the bytes of an index are: a head, a table of parts, the parts.
//!
//! ```text
//! head    "SWINDEX\n", version, number of units, number of parts (u32 each)
//! table   for each part: kind (u32), then its first byte and its length (u64 each)
//! ```
//!
//! All numbers are little-endian. A reader passes over kinds it does not know, so that positions or
//! vectors can be added beside what is there.

use super::bits::Reader;
use super::dictionary::BadDictionary;

/// The version of the format. A reader reads its own and no other.
pub const VERSION: u32 = 1;

const MAGIC: &[u8; 8] = b"SWINDEX\n";
const HEAD: usize = MAGIC.len() + 3 * 4;
const TABLE_ROW: usize = 4 + 2 * 8;

/// A part of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Terms and their numbers.
    Dictionary = 1,
    /// By term: where its list begins (five bytes each).
    Offsets = 2,
    /// The posting lists.
    Lists = 3,
    /// By field, by unit: the number of terms (u16 each).
    Lengths = 4,
    /// By field: the sum of its lengths (u64) and the number of units that have it (u32).
    Totals = 5,
}

/// Why bytes cannot be read as an index.
#[derive(Debug, thiserror::Error)]
pub enum BadIndex {
    /// Another kind of file, or nothing.
    #[error("this is not an intent index: compile the documents again")]
    NotAnIndex,
    /// Written by another version of the program.
    #[error(
        "the intent index has format {found} and this program reads {VERSION}: compile the documents again"
    )]
    Version {
        /// The version that is stated.
        found: u32,
    },
    /// Cut off, or overwritten.
    #[error("the {part} of the intent index are not whole: compile the documents again")]
    Broken {
        /// Which part.
        part: &'static str,
    },
    /// The dictionary's checksum is wrong.
    #[error("the terms of the intent index are not whole: compile the documents again")]
    Dictionary(#[source] BadDictionary),
}

/// The parts of an index, in place.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) units: u32,
    table: &'a [[u8; TABLE_ROW]],
    bytes: &'a [u8],
}

/// Writes an index from its parts.
pub(super) fn write(units: u32, parts: &[(Part, Vec<&[u8]>)]) -> Vec<u8> {
    let length = |pieces: &[&[u8]]| pieces.iter().map(|p| p.len()).sum::<usize>();
    let mut at = HEAD + parts.len() * TABLE_ROW;
    let total: usize = parts.iter().map(|(_, pieces)| length(pieces)).sum();
    let mut out = Vec::with_capacity(at + total);
    out.extend_from_slice(MAGIC);
    for n in [VERSION, units, parts.len() as u32] {
        out.extend_from_slice(&n.to_le_bytes());
    }
    for (part, pieces) in parts {
        out.extend_from_slice(&(*part as u32).to_le_bytes());
        out.extend_from_slice(&(at as u64).to_le_bytes());
        out.extend_from_slice(&(length(pieces) as u64).to_le_bytes());
        at += length(pieces);
    }
    parts
        .iter()
        .flat_map(|(_, pieces)| pieces)
        .for_each(|piece| out.extend_from_slice(piece));
    out
}

impl<'a> Parts<'a> {
    /// Reads the head and the table.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, BadIndex> {
        let mut from = Reader(bytes);
        if from.bytes(MAGIC.len()) != Some(MAGIC) {
            return Err(BadIndex::NotAnIndex);
        }
        let broken = BadIndex::Broken {
            part: "first bytes",
        };
        let Some(found) = from.u32() else {
            return Err(broken);
        };
        if found != VERSION {
            return Err(BadIndex::Version { found });
        }
        let (Some(units), Some(count)) = (from.u32(), from.u32()) else {
            return Err(broken);
        };
        let table = (count as usize)
            .checked_mul(TABLE_ROW)
            .and_then(|n| from.bytes(n));
        Ok(Parts {
            units,
            table: table.ok_or(broken)?.as_chunks().0,
            bytes,
        })
    }

    /// The bytes of a part.
    pub(super) fn part(&self, part: Part) -> Result<&'a [u8], BadIndex> {
        let found = self.table.iter().find_map(|row| self.row(row, part));
        found.ok_or(BadIndex::Broken { part: part.name() })
    }

    fn row(&self, row: &[u8], part: Part) -> Option<&'a [u8]> {
        let mut from = Reader(row);
        if from.u32()? != part as u32 {
            return None;
        }
        let start = usize::try_from(from.u64()?).ok()?;
        let length = usize::try_from(from.u64()?).ok()?;
        self.bytes.get(start..start.checked_add(length)?)
    }
}

impl Part {
    /// Its name, for messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Part::Dictionary => "terms",
            Part::Offsets => "offsets",
            Part::Lists => "posting lists",
            Part::Lengths => "field lengths",
            Part::Totals => "totals",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_back() {
        let bytes = write(
            7,
            &[(Part::Lists, vec![b"ab", b"c"]), (Part::Totals, vec![])],
        );
        let parts = Parts::open(&bytes).expect("whole");
        assert_eq!(parts.units, 7);
        assert_eq!(parts.part(Part::Lists).expect("lists"), b"abc");
        assert_eq!(parts.part(Part::Totals).expect("totals"), b"");
        let missing = parts.part(Part::Lengths).expect_err("not written");
        assert!(missing.to_string().contains("field lengths"));
    }

    #[test]
    fn what_is_no_index_is_told() {
        let bytes = write(7, &[(Part::Lists, vec![b"abc"])]);
        assert!(matches!(
            Parts::open(b"PK\x03\x04"),
            Err(BadIndex::NotAnIndex)
        ));
        assert!(matches!(
            Parts::open(&bytes[..9]),
            Err(BadIndex::Broken { .. })
        ));
        assert!(matches!(
            Parts::open(&bytes[..30]),
            Err(BadIndex::Broken { .. })
        ));
        let mut newer = bytes.clone();
        newer[8] = 9;
        let error = Parts::open(&newer).err().expect("newer").to_string();
        assert!(
            error.contains("format 9") && error.contains("compile"),
            "{error}"
        );
        let cut = &bytes[..bytes.len() - 1];
        assert!(Parts::open(cut).expect("head").part(Part::Lists).is_err());
    }
}
