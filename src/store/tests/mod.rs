//! The store as a whole.

mod damage;
mod engines;
mod failure;
mod trip;

use super::*;
use crate::model::{FileId, Library, UnitNo};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn info() -> SetInfo {
    SetInfo {
        root: "docs".into(),
        paths: vec!["docs/ops".into()],
        config: Some("stepwell.toml".into()),
        program: "stepwell 0.1.0".into(),
        embedder: "none".into(),
    }
}

/// Large enough for two pieces.
fn extras() -> Vec<Extra> {
    let index = (0..100_000u32).map(|n| n.wrapping_mul(n) as u8).collect();
    let of = |section, bytes| Extra { section, bytes };
    vec![of(Section::Index, index), of(Section::Lexicon, vec![])]
}

fn assert_holds(shelf: &Shelf, set: &CompiledSet, extras: &[Extra]) -> Outcome {
    assert_eq!(
        (shelf.len() as usize, shelf.info()),
        (set.units.len(), &info())
    );
    for (no, unit) in (0..).map(UnitNo).zip(&set.units) {
        assert_eq!(&*shelf.unit(no)?, unit);
        assert_eq!(shelf.find(&unit.id)?, Some(no));
    }
    assert_eq!(shelf.file_count() as usize, set.files.len());
    for (id, file) in (0..).map(FileId).zip(&set.files) {
        assert_eq!(&*shelf.file(id)?, file);
    }
    assert_eq!(shelf.diagnostics()?, set.diagnostics);
    for extra in extras {
        assert_eq!(shelf.section(extra.section)?, extra.bytes);
    }
    Ok(shelf.verify()?)
}
