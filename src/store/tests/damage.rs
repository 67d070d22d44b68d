//! Files that are not as they were written.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::*;
use crate::model::{Diagnostic, SourceFile, Sources, Span, Target, Unit, UnitId, Unreadable};
use crate::store::block::{Block, Packer};
use crate::store::bytes::Bytes;
use crate::store::flaw::Flaw;
use crate::store::header::{self, HEADER};

/// Reads everything; the answer does not matter, only that there is one.
fn read_all(bytes: &[u8]) -> Result<(), Unreadable> {
    let shelf = Shelf::open(Bytes::Owned(bytes.to_vec()), None)?;
    let parts = [
        shelf.section(Section::Index).map(drop),
        shelf.diagnostics().map(drop),
        shelf.unit(UnitNo(0)).map(drop),
        shelf.unit(UnitNo(1)).map(drop),
        shelf.find(&UnitId("ops/page-0.md#task/1".into())).map(drop),
        shelf.source(Span::default()).map(drop),
        shelf.verify(),
    ];
    parts.into_iter().collect()
}

fn small_file() -> Result<Vec<u8>, StoreError> {
    let index = Extra {
        section: Section::Index,
        bytes: b"postings".to_vec(),
    };
    published_bytes(&samples::set(3), &info(), &[index])
}

#[test]
fn any_damage_is_noticed() -> Outcome {
    let sound = small_file()?;
    read_all(&sound)?;
    for at in 0..sound.len() {
        assert!(read_all(&sound[..at]).is_err(), "cut at {at}");
        for mask in [0x01, 0x80, 0xff] {
            let mut bytes = sound.clone();
            bytes[at] ^= mask;
            assert!(read_all(&bytes).is_err(), "byte {at} ^ {mask}");
        }
    }
    Ok(())
}

/// `bytes` with `part` replaced, and every checksum right.
fn resealed(bytes: &[u8], name: &str, part: &[u8]) -> Result<Vec<u8>, Flaw> {
    let mut file = vec![0; HEADER];
    let mut entries = header::read(bytes)?;
    for entry in &mut entries {
        let old = &bytes[entry.range.clone()];
        let new = if entry.name == header::padded(name) {
            part
        } else {
            old
        };
        entry.range = file.len()..file.len() + new.len();
        entry.sum = xxhash_rust::xxh3::xxh3_64(new);
        file.extend(new);
    }
    let (head, table) = header::write(&entries, file.len() as u64);
    file.splice(..HEADER, head);
    file.extend(table);
    Ok(file)
}

/// Checksums that match prove nothing about what they cover: lengths and numbers are checked too.
#[test]
fn wrong_contents_with_right_checksums_do_not_panic() -> Outcome {
    let sound = small_file()?;
    for entry in header::read(&sound)? {
        let name = String::from_utf8_lossy(&entry.name).replace('\0', "");
        // The finite-state map is another crate's; it relies on the checksum.
        if name == "ids" {
            continue;
        }
        let part = &sound[entry.range];
        for at in 0..part.len() {
            let _ = read_all(&resealed(&sound, &name, &part[..at])?);
            for mask in [0x01, 0x7f, 0x80, 0xff] {
                let mut part = part.to_vec();
                part[at] ^= mask;
                let _ = read_all(&resealed(&sound, &name, &part)?);
            }
        }
    }
    Ok(())
}

/// As above, two levels further down: items in blocks.
fn read_garbled<T: Serialize + DeserializeOwned>(items: &[T], visit: impl Fn(T)) -> Outcome {
    let packed = Packer::default().pack(items)?;
    let (prefix, frame) = packed[0].bytes.split_at(8);
    let sound = zstd::bulk::decompress(frame, 1 << 20)?;
    for at in 0..sound.len() {
        for mask in [0x01, 0x10, 0x7f, 0x80, 0xff] {
            let mut raw = sound.clone();
            raw[at] ^= mask;
            let bytes = [prefix, &zstd::bulk::compress(&raw, 1)?].concat();
            let block = Block::unpack(&bytes, "item")?;
            for item in 0..=items.len() {
                block.item(item, "item").map(&visit).unwrap_or_default();
            }
        }
    }
    Ok(())
}

#[test]
fn wrong_items_with_right_checksums_do_not_panic() -> Outcome {
    let set = samples::set(3);
    read_garbled::<Unit<Target>>(&set.units, drop)?;
    read_garbled::<Diagnostic>(&set.diagnostics, drop)?;
    read_garbled(&set.files, |file: SourceFile| {
        Sources::new(vec![file]).source(Span::default());
    })
}

#[test]
fn a_block_that_promises_too_much_is_refused() -> Outcome {
    let packed = Packer::default().pack(&samples::set(3).units)?;
    for raw in [0, 1, u32::MAX] {
        let mut bytes = packed[0].bytes.clone();
        bytes.splice(4..8, raw.to_le_bytes());
        assert!(Block::unpack(&bytes, "unit").is_err());
    }
    Ok(())
}
