//! There and back again.

use std::fs;
use std::path::Path;

use super::*;
use crate::model::{Span, UnitId};
use crate::store::section::RackKind;

#[test]
fn a_set_comes_back_as_it_went_in() -> Outcome {
    let dir = tempfile::tempdir()?;
    for len in [0, 1, 127, 128, 129, 1000] {
        let (set, extras) = (samples::set(len), extras());
        let published = publish(dir.path(), &set, &info(), &extras)?;
        let shelf = open(dir.path())?;
        assert_eq!(shelf.generation(), Some(published.generation));
        assert_eq!(shelf.size(), published.bytes);
        assert_holds(&shelf, &set, &extras)?;
        assert_holds(&in_memory(&set, &info(), &extras)?, &set, &extras)?;
    }
    Ok(())
}

#[test]
fn the_bytes_depend_on_the_set_alone() -> Outcome {
    let (set, extras) = (samples::set(500), extras());
    let bytes = published_bytes(&set, &info(), &extras)?;
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let again = one_thread.install(|| published_bytes(&set, &info(), &extras))?;
    let dir = tempfile::tempdir()?;
    publish(dir.path(), &set, &info(), &extras)?;
    let path = open(dir.path())?.path().map(fs::read).transpose()?;
    assert!(bytes == again && Some(bytes) == path);
    Ok(())
}

#[test]
fn large_units_do_not_burden_their_neighbours() -> Outcome {
    let mut set = samples::set(300);
    for no in [0, 1, 130, 131, 299] {
        set.units[no].body = "word ".repeat(200_000);
    }
    let shelf = in_memory(&set, &info(), &[])?;
    let rack = rack::Rack::of(&shelf.file, RackKind::Units)?;
    for small in [2, 129, 132, 298] {
        assert!(rack.block(rack.find(small)?.block)?.size() < 300_000);
    }
    assert_holds(&shelf, &set, &[])
}

#[test]
fn what_is_not_there_is_an_answer_not_a_panic() -> Outcome {
    let shelf = in_memory(&samples::set(10), &info(), &[])?;
    assert_eq!(shelf.find(&UnitId("nowhere.md".into()))?, None);
    let message = shelf
        .unit(UnitNo(10))
        .expect_err("no such unit")
        .to_string();
    assert_eq!(
        message,
        "the set in memory: there is no unit 10, only 10 of them; run `stepwell compile` again"
    );
    let elsewhere = Span {
        file: FileId(7),
        ..Span::default()
    };
    assert!(shelf.source(elsewhere).is_err() && shelf.file(FileId(7)).is_err());
    let message = shelf.section(Section::Index).expect_err("none").to_string();
    assert!(message.contains("it has no part `index`"), "{message}");
    Ok(())
}

#[test]
fn a_reader_keeps_the_generation_it_opened() -> Outcome {
    let dir = tempfile::tempdir()?;
    let old = samples::set(300);
    publish(dir.path(), &old, &info(), &[])?;
    let shelf = open(dir.path())?;
    publish(dir.path(), &samples::set(9), &info(), &[])?;
    assert!(!shelf.path().is_some_and(Path::exists));
    assert_holds(&shelf, &old, &[])?;
    assert_eq!(open(dir.path())?.len(), 9);
    Ok(())
}
