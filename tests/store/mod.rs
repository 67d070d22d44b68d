//! The store among processes: many readers, one writer, a writer that is killed, a full disk, a
//! read-only disk, and a store that an earlier version wrote.
//!
//! Other processes are this test program itself, asked for one of the tests that are marked as
//! ignored; see [`process`].

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use stepwell::model::{CompiledSet, FileId, Library, UnitNo};
use stepwell::store::{self, Extra, Section, SetInfo, Shelf, StoreError};

#[path = "../../src/store/samples.rs"]
mod samples;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// The variable that tells such a process which folder it works on.
const FOLDER: &str = "STEPWELL_TEST_FOLDER";

/// This program, running the ignored test `name` on `folder`.
fn process(name: &str, folder: &Path) -> Result<Command, std::io::Error> {
    let mut command = Command::new(env::current_exe()?);
    command
        .args([
            &format!("store::{name}"),
            "--exact",
            "--ignored",
            "--nocapture",
        ])
        .env(FOLDER, folder)
        .stdout(Stdio::null());
    Ok(command)
}

fn folder() -> Option<PathBuf> {
    env::var_os(FOLDER).map(PathBuf::from)
}

/// A set whose every part tells its size.
fn set(len: u32) -> (CompiledSet, SetInfo, Vec<Extra>) {
    let info = SetInfo {
        root: len.to_string(),
        program: "stepwell 0.1.0".into(),
        embedder: "none".into(),
        ..SetInfo::default()
    };
    let index = Extra {
        section: Section::Index,
        bytes: len.to_le_bytes().repeat(1000),
    };
    (samples::set(len), info, vec![index])
}

fn publish(dir: &Path, len: u32) -> Result<store::Published, StoreError> {
    let (set, info, extras) = set(len);
    store::publish(dir, &set, &info, &extras)
}

/// Everything in `shelf` is of one and the same generation.
fn assert_whole(shelf: &Shelf) -> Outcome {
    let (expected, info, extras) = set(shelf.info().root.parse()?);
    assert_eq!(shelf.info(), &info);
    assert_eq!(shelf.len() as usize, expected.units.len());
    for (no, unit) in (0..).zip(&expected.units).step_by(7) {
        assert_eq!(&*shelf.unit(UnitNo(no))?, unit);
        assert_eq!(shelf.find(&unit.id)?, Some(UnitNo(no)));
        assert_eq!(shelf.source(unit.span)?.file, shelf.file(unit.page)?.path);
    }
    for extra in &extras {
        assert_eq!(shelf.section(extra.section)?, extra.bytes);
    }
    Ok(())
}

#[test]
#[ignore = "run by other tests, as a process of its own"]
fn reader() -> Outcome {
    let Some(dir) = folder() else { return Ok(()) };
    for _ in 0..60 {
        assert_whole(&store::open(&dir)?)?;
    }
    Ok(())
}

#[test]
#[ignore = "run by other tests, as a process of its own"]
fn writer() -> Outcome {
    let Some(dir) = folder() else { return Ok(()) };
    for len in 100..300 {
        publish(&dir, len)?;
    }
    Ok(())
}

#[test]
fn eight_processes_and_eight_threads_read_while_another_writes() -> Outcome {
    let dir = tempfile::tempdir()?;
    publish(dir.path(), 50)?;
    let shelf = store::open(dir.path())?;
    let spawn = |_| process("reader", dir.path())?.spawn();
    let mut readers = (0..8).map(spawn).collect::<Result<Vec<Child>, _>>()?;
    let mut published = 0;
    thread::scope(|scope| -> Outcome {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..10 {
                    assert_whole(&shelf).expect("the generation it opened");
                    let newest = store::open(dir.path()).expect("a generation");
                    assert_whole(&newest).expect("one generation");
                }
            });
        }
        while readers.iter_mut().any(|r| matches!(r.try_wait(), Ok(None))) {
            publish(dir.path(), 100 + published)?;
            published += 1;
        }
        Ok(())
    })?;
    for mut reader in readers {
        assert!(reader.wait()?.success());
    }
    assert!(published > 0);
    Ok(())
}

#[test]
fn a_second_writer_is_refused() -> Outcome {
    let dir = tempfile::tempdir()?;
    let first = store::claim(dir.path())?;
    let message = publish(dir.path(), 5).expect_err("in use").to_string();
    assert!(
        message.starts_with("store in use by another compile"),
        "{message}"
    );
    let mut other = process("writer", dir.path())?;
    assert!(!other.stderr(Stdio::null()).status()?.success());
    drop(first);
    publish(dir.path(), 5)?;
    assert_whole(&store::open(dir.path())?)
}

#[test]
fn a_killed_writer_leaves_a_whole_store() -> Outcome {
    let dir = tempfile::tempdir()?;
    publish(dir.path(), 50)?;
    for round in 0..12 {
        let mut writer = process("writer", dir.path())?.spawn()?;
        thread::sleep(Duration::from_millis(20 + 7 * round));
        writer.kill()?;
        writer.wait()?;
        let shelf = store::open(dir.path())?;
        shelf.verify()?;
        assert_whole(&shelf)?;
    }
    publish(dir.path(), 60)?;
    let names = fs::read_dir(dir.path())?.map(|e| Ok(e?.file_name()));
    let names = names.collect::<Result<Vec<_>, std::io::Error>>()?;
    let left = |prefix: &str| {
        let starts = |name: &&std::ffi::OsString| name.to_string_lossy().starts_with(prefix);
        names.iter().filter(starts).count()
    };
    assert_eq!((left("generation-"), left("building-")), (1, 0));
    Ok(())
}

#[test]
fn only_a_store_or_an_empty_folder_is_written() -> Outcome {
    let dir = tempfile::tempdir()?;
    let new = dir.path().join("not/there/yet");
    publish(&new, 5)?;
    assert_eq!(fs::read_to_string(new.join(".gitignore"))?, "*\n");

    let occupied = dir.path().join("docs");
    fs::create_dir(&occupied)?;
    fs::write(occupied.join("CURRENT"), "MANIFEST-000001\n")?;
    let message = publish(&occupied, 5).expect_err("occupied").to_string();
    assert!(
        message.contains("is not empty and is not a store"),
        "{message}"
    );
    assert_eq!(fs::read_dir(&occupied)?.count(), 1);

    let file = dir.path().join("page.md");
    fs::write(&file, "# Page\n")?;
    let message = publish(&file, 5).expect_err("a file").to_string();
    assert!(message.contains("is not a folder"), "{message}");
    assert_eq!(fs::read_to_string(&file)?, "# Page\n");
    Ok(())
}

#[test]
fn a_store_that_is_not_there_says_what_to_do() -> Outcome {
    let dir = tempfile::tempdir()?;
    let missing = dir.path().join("none");
    for dir in [dir.path(), &missing] {
        let message = store::open(dir).expect_err("no store").to_string();
        let expected = format!("there is no store at {}; run", dir.display());
        assert!(message.starts_with(&expected), "{message}");
    }
    assert!(!missing.exists());
    publish(dir.path(), 5)?;
    fs::remove_dir_all(dir.path().join("generation-1"))?;
    let message = store::open(dir.path()).expect_err("gone").to_string();
    assert!(message.contains("`CURRENT` names its folder"), "{message}");
    publish(dir.path(), 6)?;
    assert_whole(&store::open(dir.path())?)
}

/// The file of a published store, with its format number replaced.
fn of_format(file: &[u8], format: u32) -> Vec<u8> {
    let mut bytes = [&file[..8], &format.to_le_bytes()].concat();
    let check = xxhash_rust::xxh3::xxh3_64(&bytes) as u32;
    bytes.extend(check.to_le_bytes());
    bytes.extend(&file[16..]);
    bytes
}

#[test]
fn older_newer_and_broken_stores_say_what_to_do() -> Outcome {
    let dir = tempfile::tempdir()?;
    publish(dir.path(), 5)?;
    let file = dir.path().join("generation-1/units.stepwell");
    let sound = fs::read(&file)?;
    let half = &sound[..sound.len() / 2];
    for (bytes, problem) in [
        (
            &of_format(&sound, 0)[..],
            "written by an older Stepwell (format 0",
        ),
        (
            &of_format(&sound, 70),
            "written by a newer Stepwell (format 70",
        ),
        (half, "bytes where it should have"),
        (b"SQLite format 3", "not a file that Stepwell published"),
        (b"", "not a file that Stepwell published"),
    ] {
        fs::write(&file, bytes)?;
        let message = store::open(dir.path()).expect_err(problem).to_string();
        assert!(
            message.starts_with(&file.display().to_string()),
            "{message}"
        );
        assert!(message.contains(problem), "{message}");
        assert!(
            message.contains("run `stepwell compile` again"),
            "{message}"
        );
    }
    publish(dir.path(), 6)?;
    assert_whole(&store::open(dir.path())?)
}

/// Runs the ignored test `name` as the only user of a file system that `mount` mounts on `$DIR`.
/// `None` where that is not possible.
fn mounted(mount: &str, name: &str, dir: &Path) -> Result<Option<bool>, std::io::Error> {
    let sandbox = |script: String| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", &script]);
        command.env("DIR", dir).stderr(Stdio::null());
        command
    };
    match sandbox(mount.to_owned()).status() {
        Ok(status) if status.success() => {}
        _ => return Ok(None),
    }
    let inner = process(name, dir)?;
    let mut command = sandbox(format!("{mount} && exec \"$0\" \"$@\""));
    command.arg(inner.get_program()).args(inner.get_args());
    command
        .env(FOLDER, dir)
        .stdout(Stdio::null())
        .stderr(Stdio::inherit());
    Ok(Some(command.status()?.success()))
}

#[test]
#[ignore = "run by other tests, as a process of its own"]
fn writer_on_a_full_disk() -> Outcome {
    let Some(dir) = folder() else { return Ok(()) };
    publish(&dir, 20)?;
    let noise = |n: u32| (n.wrapping_mul(2_654_435_761) >> 24) as u8;
    let large = Extra {
        section: Section::Index,
        bytes: (0..8 << 20).map(noise).collect(),
    };
    let (set, info, _) = set(20_000);
    let error = store::publish(&dir, &set, &info, &[large]).expect_err("a full disk");
    let message = error.to_string();
    assert!(message.contains("free some space"), "{message}");
    assert!(message.contains(&dir.display().to_string()), "{message}");
    let shelf = store::open(&dir)?;
    shelf.verify()?;
    assert_eq!(shelf.info().root, "20");
    assert_eq!(fs::read_dir(&dir)?.count(), 4);
    publish(&dir, 21)?;
    Ok(())
}

#[test]
fn a_full_disk_leaves_the_store_as_it_was() -> Outcome {
    let dir = tempfile::tempdir()?;
    for size in ["2m", "3m", "4m", "5m", "7m", "9m"] {
        let mount = format!("mount -t tmpfs -o size={size} tmpfs \"$DIR\"");
        match mounted(&mount, "writer_on_a_full_disk", dir.path())? {
            Some(passed) => assert!(passed, "{size}"),
            None => return Ok(()),
        }
    }
    Ok(())
}

#[test]
#[ignore = "run by other tests, as a process of its own"]
fn reader_on_a_read_only_disk() -> Outcome {
    let Some(dir) = folder() else { return Ok(()) };
    let shelf = store::open(&dir)?;
    shelf.verify()?;
    assert_whole(&shelf)?;
    let message = publish(&dir, 6).expect_err("read-only").to_string();
    assert!(message.contains("make it accessible"), "{message}");
    Ok(())
}

#[test]
fn a_read_only_disk_can_be_read() -> Outcome {
    let dir = tempfile::tempdir()?;
    publish(dir.path(), 5)?;
    let mount = "mount --bind \"$DIR\" \"$DIR\" && mount -o remount,bind,ro \"$DIR\"";
    let passed = mounted(mount, "reader_on_a_read_only_disk", dir.path())?;
    assert!(passed.unwrap_or(true));
    Ok(())
}

/// The store that format 11 wrote for [`set`]`(40)`.
///
/// If this fails, the layout or the model has changed: stores that users have cannot be read any
/// more. Then add one to the format in `src/store/header.rs`, expect the message about an older
/// format for this store, and write a new one beside it: `STEPWELL_REWRITE=1 cargo test`.
#[test]
fn a_store_of_format_11_opens() -> Outcome {
    let dir = fixture("store-format-11");
    if env::var_os("STEPWELL_REWRITE").is_some() {
        write_fixture(&dir)?;
    }
    let (expected, info, extras) = set(40);
    let shelf = store::open(&dir)?;
    shelf.verify()?;
    assert_eq!(shelf.info(), &info);
    for (no, unit) in (0..).zip(&expected.units) {
        assert_eq!(&*shelf.unit(UnitNo(no))?, unit);
        assert_eq!(shelf.find(&unit.id)?, Some(UnitNo(no)));
    }
    for (id, file) in (0..).zip(&expected.files) {
        assert_eq!(&*shelf.file(FileId(id))?, file);
    }
    assert_eq!(shelf.diagnostics()?, expected.diagnostics);
    assert_eq!(shelf.section(Section::Index)?, extras[0].bytes);
    Ok(())
}

#[test]
fn stores_of_older_formats_are_told_from_broken_ones() {
    for format in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] {
        let dir = fixture(&format!("store-format-{format}"));
        let error = store::open(&dir).expect_err("an older format");
        let (message, older) = (
            error.to_string(),
            format!("older Stepwell (format {format}"),
        );
        assert!(message.contains(&older), "{message}");
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

/// What a reader needs, and no more.
fn write_fixture(to: &Path) -> Outcome {
    let dir = tempfile::tempdir()?;
    publish(dir.path(), 40)?;
    fs::create_dir_all(to.join("generation-1"))?;
    for file in ["CURRENT", "generation-1/units.stepwell"] {
        fs::copy(dir.path().join(file), to.join(file))?;
    }
    Ok(())
}
