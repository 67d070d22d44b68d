//! `stepwell eval`: questions with what should answer them, scored.

use std::io::Write;
use std::path::Path;

use serde_json::json;

use super::args::{AtLeast, Eval, EvalFormat, Global};
use super::ask::one;
use super::embedding::Choice;
use super::opened::{Opened, Room};
use super::stages::Stages;
use super::{CliError, Outcome, counted, stdout};
use crate::ask::{Answer, Outcome as Came};
use crate::embed::Known;
use crate::eval::{self, Asked, Baseline, Case, ChunkVectors, Figures, Pieces, Place, Tally};
use crate::json::{Versioned, write_line};
use crate::model::{Facts, Library};
use crate::pipeline::{Observer, Stage};
use crate::session::protocol::facts;
use crate::terminal::{Ink, Palette, Stream, clean};

/// How many hits are looked at for the expected one.
const HITS: usize = 20;

pub(super) fn run(global: &Global, args: &Eval) -> Result<Outcome, CliError> {
    let cases = suite(&args.suite)?;
    let opened = Opened::new(global, &args.from)?;
    let room = opened.room(&args.from.labels)?;
    let mut report = Report::default();
    for case in &cases {
        let own = opened.room_beside(&args.from.labels, &case.labels)?;
        report.ask(own.as_ref().unwrap_or(&room), case, args)?;
    }
    report.compare(&room, &cases)?;
    if let Some(choice) = Choice::by_hand(args.embedder.as_deref()) {
        report.compare_vectors(global, &room, &cases, &choice)?;
    }
    let mut out = stdout();
    match args.format {
        EvalFormat::Json => report.write_json(&mut out, &args.at_least)?,
        EvalFormat::Text => {
            let palette = global.color.palette(Stream::Out);
            report.write(&mut out, palette, &args.at_least)?;
        }
    }
    out.flush()?;
    let figures = report.tally.figures();
    let met = args.at_least.iter().all(|bar| bar.met(&figures));
    Ok(if met { Outcome::Done } else { Outcome::Found })
}

fn suite(path: &Path) -> Result<Vec<Case>, CliError> {
    let text = std::fs::read_to_string(path).map_err(|cause| CliError::File {
        action: "read",
        path: path.to_owned(),
        cause,
    })?;
    Ok(eval::read(&path.display().to_string(), &text)?)
}

/// What came of a suite.
#[derive(Default)]
struct Report {
    tally: Tally,
    /// By outcome: how many questions, and of how many the first hit is right.
    outcomes: [(usize, usize); 3],
    misses: Vec<Miss>,
    baselines: Vec<(String, Figures)>,
}

/// A question whose first hit is not what was expected.
struct Miss {
    line: usize,
    query: String,
    expected: String,
    rank: Option<usize>,
    outcome: Came,
    /// The first hits, each with why it is there.
    hits: Vec<(String, String)>,
}

const OUTCOMES: [Came; 3] = [Came::Answered, Came::Ambiguous, Came::NoMatch];

impl Report {
    fn ask(&mut self, room: &Room<'_>, case: &Case, args: &Eval) -> Result<(), CliError> {
        let own = facts(&case.given).map_err(|problem| {
            CliError::Suite(eval::BadSuite {
                file: args.suite.display().to_string(),
                line: case.line,
                problem,
            })
        })?;
        let given: Facts = args
            .given
            .iter()
            .cloned()
            .chain(own.iter().cloned())
            .collect();
        let answer = one(room, &case.query, HITS, &given)?;
        let library = room.library();
        let rank = match answer.outcome {
            Came::NoMatch => None,
            _ => rank(&*library, &answer, case)?,
        };
        self.tally.0.push(Asked {
            rank,
            confidence: answer.confidence,
        });
        let outcome = OUTCOMES.iter().position(|o| *o == answer.outcome);
        let (asked, right) = &mut self.outcomes[outcome.unwrap_or_default()];
        *asked += 1;
        *right += usize::from(rank == Some(1));
        if rank != Some(1) {
            let expected: Vec<&str> = case.expected.iter().map(Place::name).collect();
            self.misses.push(Miss {
                line: case.line,
                query: case.query.clone(),
                expected: expected.join(" or "),
                rank,
                outcome: answer.outcome,
                hits: answer.hits.iter().take(2).map(reason).collect(),
            });
        }
        Ok(())
    }

    /// Asks the baselines, which know pages only.
    fn compare(&mut self, room: &Room<'_>, cases: &[Case]) -> Result<(), CliError> {
        let library = room.library();
        for pieces in [Pieces::Pages, Pieces::Chunks] {
            let baseline = Baseline::of(&*library, &room.grammar, pieces)?;
            let pages = |query: &str| {
                let pages = baseline.ask(query, room.grammar.detect(query));
                pages.map_err(|e| CliError::damaged("memory", e))
            };
            self.beside(pieces.name().to_owned(), cases, pages)?;
        }
        Ok(())
    }

    /// Asks chunks by the vectors of a model.
    fn compare_vectors(
        &mut self,
        global: &Global,
        room: &Room<'_>,
        cases: &[Case],
        choice: &Choice,
    ) -> Result<(), CliError> {
        let Some(embedder) = choice.load(global)? else {
            return Ok(());
        };
        let stages = Stages::new(global);
        let library = room.library();
        let chunks = ChunkVectors::of(&*library, &room.grammar, |texts| {
            stages.begin(Stage::Embed, texts.len());
            let made = embedder.embed_all(texts, &Known::default(), &|| stages.step());
            made.map_err(CliError::from)
        })?;
        drop(stages);
        let name = format!("{} over chunks", embedder.maker().model);
        self.beside(name, cases, |query| Ok(chunks.ask(&embedder.embed(query)?)))
    }

    /// Adds the figures of a baseline, which gives the pages that fit a question.
    fn beside<'b>(
        &mut self,
        name: String,
        cases: &[Case],
        ask: impl Fn(&str) -> Result<Vec<&'b str>, CliError>,
    ) -> Result<(), CliError> {
        let mut tally = Tally::default();
        for case in cases {
            let right = |page: &&str| case.expected.iter().any(|e| e.page() == *page);
            tally.0.push(Asked {
                rank: ask(&case.query)?.iter().position(right).map(|at| at + 1),
                confidence: 0.0,
            });
        }
        self.baselines.push((name, tally.figures()));
        Ok(())
    }

    fn write(
        &self,
        out: &mut impl Write,
        palette: Palette,
        bars: &[AtLeast],
    ) -> Result<(), CliError> {
        writeln!(
            out,
            "{:<28}{:>7}{:>7}{:>7}",
            counted(self.tally.0.len(), "question"),
            "R@1",
            "R@5",
            "MRR"
        )?;
        let own = ("stepwell", self.tally.figures());
        let others = self.baselines.iter().map(|(name, f)| (name.as_str(), *f));
        for (name, f) in std::iter::once(own).chain(others) {
            writeln!(out, "{name:<28}{:>7.3}{:>7.3}{:>7.3}", f.r1, f.r5, f.mrr)?;
        }
        writeln!(
            out,
            "\n{:<28}{:>9}{:>12}",
            "outcome", "questions", "first right"
        )?;
        for (outcome, (asked, right)) in OUTCOMES.iter().zip(self.outcomes) {
            writeln!(out, "{:<28}{asked:>9}{right:>12}", outcome.name())?;
        }
        writeln!(
            out,
            "\n{:<28}{:>9}{:>12}",
            "of the surest", "wrong", "confidence"
        )?;
        for c in self.tally.risk() {
            let share = format!("{:.0} %", c.coverage * 100.0);
            writeln!(out, "{share:<28}{:>9.3}{:>12.2}", c.risk, c.confidence)?;
        }
        writeln!(
            out,
            "\n{:<28}{:>9}{:>12}{:>9}",
            "confidence", "questions", "told", "right"
        )?;
        for r in self.tally.reliability() {
            let (from, to) = r.confidence;
            let fifth = format!("{from:.1} to {to:.1}");
            writeln!(
                out,
                "{fifth:<28}{:>9}{:>12.2}{:>9.2}",
                r.questions, r.told, r.right
            )?;
        }
        for miss in &self.misses {
            miss.write(out, palette)?;
        }
        let figures = self.tally.figures();
        for bar in bars.iter().filter(|bar| !bar.met(&figures)) {
            let is = figures.get(bar.metric);
            let told = format!("{} is {is:.3}, below {}", bar.metric.name(), bar.value);
            writeln!(out, "\n{}", palette.paint(Ink::Error, &told))?;
        }
        Ok(())
    }

    fn write_json(&self, out: &mut impl Write, bars: &[AtLeast]) -> Result<(), CliError> {
        let shown = |f: &Figures| json!({"R@1": f.r1, "R@5": f.r5, "MRR": f.mrr});
        let own = self.tally.figures();
        let outcomes = OUTCOMES
            .iter()
            .zip(self.outcomes)
            .map(|(outcome, (asked, right))| {
                let counts = json!({"questions": asked, "first_right": right});
                (outcome.name().to_owned(), counts)
            });
        let baselines = self
            .baselines
            .iter()
            .map(|(name, f)| (name.clone(), shown(f)));
        let risk = self.tally.risk();
        let risk = risk
            .iter()
            .map(|c| json!({"coverage": c.coverage, "risk": c.risk, "confidence": c.confidence}));
        let reliability = self.tally.reliability();
        let reliability = reliability.iter().map(|r| {
            let (from, to) = r.confidence;
            json!({"from": from, "to": to, "questions": r.questions, "told": r.told, "right": r.right})
        });
        let misses = self.misses.iter().map(Miss::json);
        let value = json!({
            "questions": self.tally.0.len(),
            "figures": shown(&own),
            "baselines": baselines.collect::<serde_json::Map<_, _>>(),
            "outcomes": outcomes.collect::<serde_json::Map<_, _>>(),
            "risk_coverage": risk.collect::<Vec<_>>(),
            "reliability": reliability.collect::<Vec<_>>(),
            "misses": misses.collect::<Vec<_>>(),
            "met": bars.iter().all(|bar| bar.met(&own)),
        });
        Ok(write_line(out, &Versioned::new(value))?)
    }
}

impl Miss {
    fn place(&self) -> String {
        match self.rank {
            Some(rank) => format!("rank {rank}"),
            None => self.outcome.name().to_owned(),
        }
    }

    fn write(&self, out: &mut impl Write, palette: Palette) -> Result<(), CliError> {
        let head = format!(
            "line {}, {}: {}",
            self.line,
            self.place(),
            clean(&self.query)
        );
        writeln!(out, "\n{}", palette.paint(Ink::Title, &head))?;
        writeln!(out, "  expected  {}", clean(&self.expected))?;
        for (unit, why) in &self.hits {
            writeln!(
                out,
                "  found     {}\n            {}",
                clean(unit),
                clean(why)
            )?;
        }
        Ok(())
    }

    fn json(&self) -> serde_json::Value {
        let hits = self
            .hits
            .iter()
            .map(|(unit, why)| json!({"unit": unit, "why": why}));
        json!({
            "line": self.line, "query": self.query, "expected": self.expected,
            "rank": self.rank, "outcome": self.outcome.name(), "hits": hits.collect::<Vec<_>>(),
        })
    }
}

/// A hit and the rules that found it.
fn reason(hit: &crate::ask::Hit) -> (String, String) {
    let why = hit
        .why
        .iter()
        .take(3)
        .map(|w| format!("{}: {}", w.rule, w.matched));
    (hit.unit.id.0.clone(), why.collect::<Vec<_>>().join("; "))
}

/// The place of what was expected, among the distinct pages or units of the hits.
fn rank(library: &dyn Library, answer: &Answer, case: &Case) -> Result<Option<usize>, CliError> {
    let mut pages: Vec<String> = Vec::new();
    for (at, hit) in answer.hits.iter().enumerate() {
        let page = library.file(hit.unit.page)?.path.clone();
        if !pages.contains(&page) {
            pages.push(page);
        }
        let page = pages.last().map_or("", String::as_str);
        for expected in &case.expected {
            match expected {
                Place::Page(name) if name == page => return Ok(Some(pages.len())),
                Place::Unit(id) if *id == hit.unit.id.0 => return Ok(Some(at + 1)),
                _ => {}
            }
        }
    }
    Ok(None)
}
