//! Is everything in a store as it was written?

use std::collections::BTreeSet;

use crate::model::{Diagnostic, FileId, Library, SourceFile, Target, Unit};

use super::flaw::Flaw;
use super::rack::Rack;
use super::section::{Part, RackKind};
use super::shelf::Shelf;

/// Checks every checksum, decodes every item and follows every reference.
pub(super) fn verify(shelf: &Shelf) -> Result<(), Flaw> {
    shelf.file.check_all()?;
    let counts = shelf.counts();
    let files: Vec<SourceFile> = shelf.all(RackKind::Files)?;
    let diagnostics: Vec<Diagnostic> = shelf.all(RackKind::Diagnostics)?;
    let units = Rack::of(&shelf.file, RackKind::Units)?;
    let found = [files.len(), diagnostics.len(), units.items() as usize];
    let told = [counts.files, counts.diagnostics, counts.units].map(|n| n as usize);
    if found != told {
        return Err(Flaw::Garbled(format!("its part `{}`", Part::Info.name())));
    }
    let mut number = 0;
    units.for_each(&mut |unit| {
        number += 1;
        verify_unit(shelf, &unit, number - 1)
    })
}

fn verify_unit(shelf: &Shelf, unit: &Unit<Target>, number: u32) -> Result<(), Flaw> {
    let found = shelf.number(&unit.id)?.map(|no| no.0);
    if found != Some(number) {
        return Err(Flaw::Garbled(format!("the number of {}", unit.id)));
    }
    for no in units_named(unit) {
        within("unit", no, shelf.len())?;
    }
    for file in files_named(unit) {
        within("file", file.0, shelf.file_count())?;
    }
    Ok(())
}

fn units_named(unit: &Unit<Target>) -> BTreeSet<u32> {
    let linked = unit.linkers.iter().map(|l| &l.target);
    let required = unit.prerequisites.iter().flat_map(|p| &p.target);
    linked
        .chain(required)
        .filter_map(Target::unit)
        .chain(unit.place.parent)
        .map(|no| no.0)
        .collect()
}

fn files_named(unit: &Unit<Target>) -> BTreeSet<FileId> {
    let linked = unit.linkers.iter().map(|l| l.span.file);
    let required = unit.prerequisites.iter().map(|p| p.span.file);
    linked
        .chain(required)
        .chain([unit.page, unit.span.file])
        .collect()
}

fn within(what: &'static str, number: u32, len: u32) -> Result<(), Flaw> {
    if number < len {
        return Ok(());
    }
    Err(Flaw::Beyond { what, number, len })
}
