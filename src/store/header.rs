//! The frame of a published file: its header and its table of parts.
//!
//! ```text
//! 0   "STEPWELL"
//! 8   format u32
//! 12  check u32: the low half of the xxh3 of bytes 0..12
//! 16  length of the file u64
//! 24  offset of the table u64, which reaches to the end of the file
//! 32  xxh3 of bytes 0..32 and the table, u64
//! 40  the parts, without gaps
//! …   the table, 32 bytes a part: name [u8; 8], zero-padded | offset u64 | length u64 | xxh3 u64
//! ```
//!
//! Numbers are little-endian. Every format, however new, keeps the first 16 bytes, so that any
//! Stepwell can tell an older or newer store from a broken one. Every byte of the file is under a
//! checksum (XXH3, <https://github.com/Cyan4973/xxHash>), which guards against damage, not malice.

use std::ops::Range;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::block::{u32_at, u64_at};
use super::flaw::Flaw;

/// The format that this program writes and reads. Whoever changes how anything in the file is laid
/// out or encoded, the fields of the model included, adds one.
pub(super) const FORMAT: u32 = 11;

/// Bytes before the first part.
pub(super) const HEADER: usize = 40;
const ENTRY: usize = 32;
const MAGIC: &[u8; 8] = b"STEPWELL";

/// Where a part lies in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its name, zero-padded.
    pub(super) name: [u8; 8],
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// Their xxh3.
    pub(super) sum: u64,
}

/// The bytes of a part's name, zero-padded.
pub(super) fn padded(name: &str) -> [u8; 8] {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(name.bytes()) {
        *to = from;
    }
    bytes
}

/// The table, and the header of a file whose table begins at `offset`.
pub(super) fn write(entries: &[Entry], offset: u64) -> (Vec<u8>, Vec<u8>) {
    let table: Vec<u8> = entries.iter().flat_map(entry_bytes).collect();
    let mut header = [&MAGIC[..], &FORMAT.to_le_bytes()].concat();
    header.extend(check(&header).to_le_bytes());
    header.extend((offset + table.len() as u64).to_le_bytes());
    header.extend(offset.to_le_bytes());
    header.extend(seal(&header, &table).to_le_bytes());
    (header, table)
}

fn entry_bytes(entry: &Entry) -> Vec<u8> {
    let mut bytes = entry.name.to_vec();
    for number in [
        entry.range.start as u64,
        entry.range.len() as u64,
        entry.sum,
    ] {
        bytes.extend(number.to_le_bytes());
    }
    bytes
}

/// The table of the file in `bytes`, checked.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Entry>, Flaw> {
    check_format(bytes)?;
    let broken = || Flaw::Damaged("its header".to_owned());
    let found = bytes.len() as u64;
    let expected = u64_at(bytes, 16).ok_or(Flaw::Length {
        expected: HEADER as u64,
        found,
    })?;
    if expected != found {
        return Err(Flaw::Length { expected, found });
    }
    let offset = u64_at(bytes, 24).ok_or_else(broken)? as usize;
    let table = bytes.get(offset..).ok_or_else(broken)?;
    let head = bytes.get(..32).ok_or_else(broken)?;
    if u64_at(bytes, 32) != Some(seal(head, table)) {
        return Err(broken());
    }
    table
        .chunks(ENTRY)
        .map(|entry| read_entry(entry, offset).ok_or_else(broken))
        .collect()
}

fn check_format(bytes: &[u8]) -> Result<(), Flaw> {
    if !bytes.starts_with(MAGIC) {
        return Err(Flaw::Foreign);
    }
    let format = u32_at(bytes, 8);
    if format.is_none() || u32_at(bytes, 12) != bytes.get(..12).map(check) {
        return Err(Flaw::Damaged("its header".to_owned()));
    }
    match format {
        Some(found) if found < FORMAT => Err(Flaw::Older(found)),
        Some(found) if found > FORMAT => Err(Flaw::Newer(found)),
        _ => Ok(()),
    }
}

/// An entry of the table, whose part must lie between the header and the table at `limit`.
fn read_entry(bytes: &[u8], limit: usize) -> Option<Entry> {
    let start = usize::try_from(u64_at(bytes, 8)?).ok()?;
    let length = usize::try_from(u64_at(bytes, 16)?).ok()?;
    let end = start.checked_add(length)?;
    (start >= HEADER && end <= limit).then_some(Entry {
        name: bytes.get(..8)?.try_into().ok()?,
        range: start..end,
        sum: u64_at(bytes, 24)?,
    })
}

fn check(start: &[u8]) -> u32 {
    xxh3_64(start) as u32
}

fn seal(head: &[u8], table: &[u8]) -> u64 {
    let mut hash = Xxh3::new();
    hash.update(head);
    hash.update(table);
    hash.digest()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of another format, whose first 16 bytes are sound.
    fn of_format(format: u32) -> Vec<u8> {
        let mut bytes = [&MAGIC[..], &format.to_le_bytes()].concat();
        bytes.extend(check(&bytes).to_le_bytes());
        bytes.extend([7; 100]);
        bytes
    }

    #[test]
    fn tells_other_formats_from_damage() {
        assert_eq!(read(&of_format(FORMAT + 6)), Err(Flaw::Newer(FORMAT + 6)));
        assert_eq!(read(&of_format(0)), Err(Flaw::Older(0)));
        assert_eq!(read(b"# A page\n"), Err(Flaw::Foreign));
        assert_eq!(read(b""), Err(Flaw::Foreign));
        let mut flipped = of_format(FORMAT);
        flipped[9] ^= 1;
        assert!(matches!(read(&flipped), Err(Flaw::Damaged(_))));
    }

    #[test]
    fn a_table_survives_the_trip() {
        let entries = vec![Entry {
            name: padded("units"),
            range: HEADER..HEADER + 5,
            sum: 9,
        }];
        let (header, table) = write(&entries, HEADER as u64 + 5);
        let file = [&header[..], b"abcde", &table].concat();
        assert_eq!(read(&file), Ok(entries));
        let longer = [&file[..], b"x"].concat();
        assert!(matches!(read(&longer), Err(Flaw::Length { .. })));
    }
}
