//! Compiling a folder beside a bare pass of `pulldown-cmark` over the same files, in the same run; and
//! how long a fresh process takes to answer.
//!
//! ```sh
//! cargo bench --bench compile_ratio                     # corpora/
//! cargo bench --bench compile_ratio -- FOLDER [RUNS]    # any folder; 7 runs
//! ```
//!
//! Each run does both, one after the other, so that whatever else the machine does falls on both. The
//! bare pass reads each file and takes every event of it, on one thread. The compile is the program
//! as a user runs it: a process that reads, compiles on all cores, writes the store and ends. What is
//! printed are medians.

#![allow(
    clippy::print_stdout,
    reason = "printing figures is what this program is for"
)]

use std::error::Error;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser};
use stepwell::config::Config;
use stepwell::discover::{Request, discover};
use stepwell::grammar::PACKS;
use stepwell::parse::{Dialects, Texts};

const STEPWELL: &str = env!("CARGO_BIN_EXE_stepwell");

/// How often a fresh process is asked.
const ASKED: usize = 50;

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo adds `--bench`.
    let mut args = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let folder = args.next().map_or_else(default_folder, PathBuf::from);
    let runs = args.next().map_or(Ok(7), |n| n.parse::<usize>())?.max(1);
    let place = tempfile::tempdir()?;
    let store = place.path().join("store");

    compare(&folder, &store, runs)?;
    answer(&store)
}

/// Both passes, one after the other, so often.
fn compare(folder: &Path, store: &Path, runs: usize) -> Result<(), Box<dyn Error>> {
    let files = files(folder)?;
    let mut bytes = 0;
    let (mut bare, mut compiled) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let started = Instant::now();
        bytes = pass(&files)?;
        bare.push(started.elapsed());
        compiled.push(compile(folder, store)?);
    }
    let (bare, compiled) = (median(&mut bare), median(&mut compiled));
    let megabytes = bytes as f64 / 1e6;
    println!(
        "{} files, {megabytes:.2} MB, {runs} runs, medians",
        files.len()
    );
    row("pulldown-cmark, one thread", bare, megabytes);
    row("stepwell compile, store written", compiled, megabytes);
    let ratio = compiled.as_secs_f64() / bare.as_secs_f64();
    println!("{:<34} {ratio:>9.1} times the bare pass", "ratio");
    Ok(())
}

/// A fresh process that answers, beside one that does nothing.
fn answer(store: &Path) -> Result<(), Box<dyn Error>> {
    let question = question(store)?;
    let (mut asked, mut nothing) = (Vec::new(), Vec::new());
    for _ in 0..ASKED {
        nothing.push(timed(Command::new(STEPWELL).arg("--version"))?);
        let mut ask = Command::new(STEPWELL);
        ask.args(["ask", "--format", "json", &question])
            .arg("--store")
            .arg(store);
        asked.push(timed(&mut ask)?);
    }
    let asked = milliseconds(median(&mut asked));
    let nothing = milliseconds(median(&mut nothing));
    println!(
        "{:<34} {asked:>9.1} ms ({ASKED} times: {question})",
        "ask, a fresh process"
    );
    println!("{:<34} {nothing:>9.1} ms", "a process that does nothing");
    Ok(())
}

fn default_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora")
}

/// The files that a compile of the folder reads.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let packs = PACKS.get_dir("dialects").ok_or("a part of the program")?;
    let dialects = Dialects::load(packs, Texts::Pages)?;
    let config = Config::load(None, folder, &dialects.names())?;
    let found = discover(&Request {
        paths: &[folder.to_owned()],
        root: None,
        config: &config,
    })?;
    Ok(found
        .files
        .iter()
        .map(|f| found.root.join(&f.path))
        .collect())
}

/// Reads each file and takes every event of it; gives the bytes.
fn pass(files: &[PathBuf]) -> Result<usize, Box<dyn Error>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut bytes = 0;
    for file in files {
        let text = std::fs::read_to_string(file)?;
        for event in Parser::new_ext(&text, options).into_offset_iter() {
            black_box(event);
        }
        bytes += text.len();
    }
    Ok(bytes)
}

fn compile(folder: &Path, store: &Path) -> Result<Duration, Box<dyn Error>> {
    let mut command = Command::new(STEPWELL);
    command
        .args(["compile", "-q"])
        .arg(folder)
        .arg("--store")
        .arg(store);
    timed(&mut command)
}

/// The header of the first procedure: a question that the set answers.
fn question(store: &Path) -> Result<String, Box<dyn Error>> {
    let mut list = Command::new(STEPWELL);
    list.args(["list", "--kind", "procedure"])
        .arg("--store")
        .arg(store);
    let listed = String::from_utf8(list.output()?.stdout)?;
    let header = listed
        .lines()
        .next()
        .and_then(|line| line.split('\t').nth(2));
    Ok(header.unwrap_or("how do I begin").to_owned())
}

/// How long a process takes. One that could not run is an error.
fn timed(command: &mut Command) -> Result<Duration, Box<dyn Error>> {
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let started = Instant::now();
    let status = command.status()?;
    let took = started.elapsed();
    match status.code() {
        Some(0 | 1) => Ok(took),
        _ => Err(format!("{command:?} failed: {status}").into()),
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn row(what: &str, time: Duration, megabytes: f64) {
    let speed = megabytes / time.as_secs_f64();
    println!(
        "{what:<34} {:>9.1} ms {speed:>9.1} MB/s",
        milliseconds(time)
    );
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
