//! From a compiled set to records, and to the parts that are made of it.

use std::io::{Seek, Write};
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use crate::model::CompiledSet;

use super::block::{Packed, Packer};
use super::error::StoreError;
use super::ids;
use super::info::{Counts, Front, SetInfo};
use super::records::{Records, Table};
use super::section::{Part, RackKind, Section};
use super::sheet::Sheet;

/// The key of the only record in [`Table::Info`].
pub(super) const INFO_KEY: &[u8] = b"info";

/// A part of the store that another stage made.
#[derive(Clone, Debug)]
pub struct Extra {
    /// Which.
    pub section: Section,
    /// Its content. Deterministic, so that the store is.
    pub bytes: Vec<u8>,
}

/// A set that is to be recorded, encoded.
pub(super) struct Parcel {
    info: Vec<u8>,
    racks: [(RackKind, Vec<Packed>); 3],
    ids: Vec<u8>,
}

impl Parcel {
    /// Encodes a set, on all threads. The result does not depend on how many there are.
    pub(super) fn pack(set: &CompiledSet, info: &SetInfo) -> Result<Self, StoreError> {
        let front = front(set, info)?;
        let ids = ids::write(&set.units)?;
        let units = pack(&set.units, RackKind::Units)?;
        let files = pack(&set.files, RackKind::Files)?;
        let diagnostics = pack(&set.diagnostics, RackKind::Diagnostics)?;
        Ok(Parcel {
            info: front,
            racks: [
                (RackKind::Units, units),
                (RackKind::Files, files),
                (RackKind::Diagnostics, diagnostics),
            ],
            ids,
        })
    }

    /// Puts the set into `records`, which are empty.
    pub(super) fn put(&self, records: &mut dyn Records) -> Result<(), StoreError> {
        records.put(Table::Info, INFO_KEY, &self.info)?;
        for (kind, blocks) in &self.racks {
            put_rack(records, *kind, blocks)?;
        }
        Ok(())
    }

    /// Begins the published file at `place` with what is in `records`, which this was put into, and with
    /// what is made of that alone.
    pub(super) fn begin<W: Write + Seek>(
        &self,
        records: &dyn Records,
        out: W,
        place: &Path,
    ) -> Result<Sheet<W>, StoreError> {
        let mut sheet = Sheet::of(records, out, place)?;
        sheet.part(Part::Ids, &self.ids)?;
        Ok(sheet)
    }
}

/// Adds what other stages made to a published file.
pub(super) fn add_extras<W: Write + Seek>(
    sheet: &mut Sheet<W>,
    extras: &[Extra],
) -> Result<(), StoreError> {
    no_twins(extras)?;
    for extra in extras {
        sheet.part(Part::Extra(extra.section), &extra.bytes)?;
    }
    Ok(())
}

fn front(set: &CompiledSet, info: &SetInfo) -> Result<Vec<u8>, StoreError> {
    let front = Front {
        set: info.clone(),
        counts: Counts::of(set)?,
    };
    serde_json::to_vec(&front).map_err(|e| StoreError::Unfit(e.to_string()))
}

fn no_twins(extras: &[Extra]) -> Result<(), StoreError> {
    for (n, extra) in extras.iter().enumerate() {
        let section = extra.section;
        if extras.iter().take(n).any(|other| other.section == section) {
            let twice = format!("there are two parts `{}`", section.name());
            return Err(StoreError::Unfit(twice));
        }
    }
    Ok(())
}

fn pack<T: Serialize + Sync>(items: &[T], kind: RackKind) -> Result<Vec<Packed>, StoreError> {
    let blocks: Result<Vec<_>, _> = items
        .par_chunks(kind.block_items())
        .map_init(Packer::default, Packer::pack)
        .collect();
    Ok(blocks?.into_iter().flatten().collect())
}

fn put_rack(
    records: &mut dyn Records,
    kind: RackKind,
    blocks: &[Packed],
) -> Result<(), StoreError> {
    let mut first = 0u32;
    for block in blocks {
        records.put(kind.table(), &first.to_be_bytes(), &block.bytes)?;
        first += block.items;
    }
    Ok(())
}
