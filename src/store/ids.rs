//! From the id of a unit to its number.
//!
//! ```text
//! units × (xxh3 of the id u64 | number u32), ascending
//! ```
//!
//! Numbers are little-endian. Ids may hash alike, so a number that is found is a candidate: its unit
//! says whether it is the one.

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::{Target, Unit, UnitId, UnitNo};

use super::block::{u32_at, u64_at};
use super::error::StoreError;

const ENTRY: usize = 12;

/// Writes the numbers of units, which are in the order of their numbers.
pub(super) fn write(units: &[Unit<Target>]) -> Result<Vec<u8>, StoreError> {
    let mut ids: Vec<(u64, u32)> = (0..units.len() as u32)
        .into_par_iter()
        .map(|no| (xxh3_64(units[no as usize].id.0.as_bytes()), no))
        .collect();
    ids.par_sort_unstable();
    for alike in ids
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|alike| alike.len() > 1)
    {
        let mut named: Vec<&UnitId> = alike
            .iter()
            .map(|(_, no)| &units[*no as usize].id)
            .collect();
        named.sort_unstable();
        if let Some(same) = named.windows(2).find(|two| two[0] == two[1]) {
            return Err(StoreError::SameId(same[0].clone()));
        }
    }
    let mut bytes = Vec::with_capacity(ids.len() * ENTRY);
    for (hash, no) in ids {
        bytes.extend(hash.to_le_bytes());
        bytes.extend(no.to_le_bytes());
    }
    Ok(bytes)
}

/// The numbers of all units whose id hashes like this one.
pub(super) fn candidates(bytes: &[u8], id: &UnitId) -> impl Iterator<Item = UnitNo> {
    let wanted = xxh3_64(id.0.as_bytes());
    let (entries, _) = bytes.as_chunks::<ENTRY>();
    let hash = |entry: &[u8; ENTRY]| u64_at(entry, 0).unwrap_or_default();
    let first = entries.partition_point(|entry| hash(entry) < wanted);
    let alike = entries[first..]
        .iter()
        .take_while(move |entry| hash(entry) == wanted);
    alike.filter_map(|entry| u32_at(entry, 8).map(UnitNo))
}
