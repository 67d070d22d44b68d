//! The command line.

use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::eval::{Figures, Metric};
use crate::export::Format;
use crate::model::{Fact, Kind};
use crate::terminal::Color;

/// Compiles how-to documents into logic units and walks them step by step.
#[derive(Debug, Parser)]
#[command(
    name = "stepwell",
    version,
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Begin with:\n  \
                  stepwell compile DOCS\n  \
                  stepwell walk \"what you want to do\"\n\n\
                  Exit codes: 0 done; 1 nothing matched, or findings; 2 could not run."
)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Global {
    // Read from the environment by hand: clap would show the variable's value in every usage line.
    /// The store [default: $STEPWELL_STORE, else .stepwell here or in the nearest folder above]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        help_heading = "Global options"
    )]
    pub store: Option<PathBuf>,
    /// The project file [default: the nearest stepwell.toml, here or above]
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        help_heading = "Global options"
    )]
    pub config: Option<PathBuf>,
    /// When to use colour; auto honours NO_COLOR
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        value_parser = PossibleValuesParser::new(Color::NAMES).try_map(|name| name.parse::<Color>()),
        help_heading = "Global options"
    )]
    pub color: Color,
    /// Say nothing but results and errors
    #[arg(
        short,
        long,
        global = true,
        conflicts_with = "verbose",
        help_heading = "Global options"
    )]
    pub quiet: bool,
    /// Say more: where things were found, how long each stage took
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub verbose: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Compile documents into a store
    Compile(Compile),
    /// Ask for a procedure and get it in one piece
    Ask(Ask),
    /// Walk a procedure step by step
    Walk(Walk),
    /// Show a unit and its linkers
    Show(Show),
    /// List units by page, one a line
    List(List),
    /// Report what is wrong in documents; no store is needed
    Check(Check),
    /// Write the unit graph, or a part of it
    Export(Export),
    /// Tell what is in the store, whether it is whole and whether it is stale
    Status(Status),
    /// Ask questions with expected answers, and tell how well they are answered
    Eval(Eval),
    /// Print a completion script for a shell
    Completions(Completions),
    /// Print the manual page
    Man,
}

/// `compile`
#[derive(Debug, Args)]
pub struct Compile {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The folder that pages are named from [default: the folder named, or that of the file]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Threads [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// Grammar packs that add to the built-in ones
    #[arg(long, value_name = "DIR")]
    pub grammar: Option<PathBuf>,
    /// The model that makes vectors of headers: a name, a folder, or none [default: that of the
    /// project file]
    #[arg(long, value_name = "none|NAME|DIR")]
    pub embedder: Option<String>,
    /// Treat these findings as a failure
    #[arg(long, value_enum, value_name = "WHAT")]
    pub deny: Option<Deny>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: FindingFormat,
}

/// Findings that make a command fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings.
    Warnings,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FindingFormat {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
}

/// Where units come from.
#[derive(Debug, Args)]
pub struct From {
    /// Compile these sources in memory first; no store is read or written
    #[arg(long, value_name = "PATH", num_args = 1)]
    pub from: Vec<PathBuf>,
    /// With --from: the folder that pages are named from
    #[arg(long, value_name = "DIR", requires = "from")]
    pub root: Option<PathBuf>,
    /// See what holders of this label see, beside what everyone does
    #[arg(long = "as", value_name = "LABEL")]
    pub labels: Vec<String>,
}

/// What is asked, and under which facts.
#[derive(Debug, Args)]
pub struct Asking {
    /// Consider so many hits
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub limit: u16,
    /// A fact: KEY=VALUE, or 'KEY>=VALUE' in quotes
    #[arg(long, value_name = "FACT")]
    pub given: Vec<Fact>,
}

/// `ask`
#[derive(Debug, Args)]
pub struct Ask {
    /// What you want to do, in your own words
    #[arg(required_unless_present = "batch", value_name = "QUESTION")]
    pub question: Vec<String>,
    /// Facts and limits.
    #[command(flatten)]
    pub asking: Asking,
    /// Say why each hit is where it is
    #[arg(long)]
    pub explain: bool,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: AnswerFormat,
    /// A template for the answer: a built-in name or a file
    #[arg(long, value_name = "NAME|FILE")]
    pub template: Option<String>,
    /// Answer one question a line: {"id":…,"query":…,"given":{},"as":[]}; - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "question")]
    pub batch: Option<PathBuf>,
    /// Where units come from.
    #[command(flatten)]
    pub from: From,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// For a terminal.
    #[default]
    Text,
    /// Markdown.
    Markdown,
    /// JSON.
    Json,
}

/// `eval`
#[derive(Debug, Args)]
pub struct Eval {
    /// One question a line: {"query":…,"page":…} or {"query":…,"unit":…}; also "given" and "as"
    #[arg(value_name = "SUITE")]
    pub suite: PathBuf,
    /// Fail below this: R@1=0.8, R@5=0.95, MRR=0.85
    #[arg(long, value_name = "FIGURE=X")]
    pub at_least: Vec<AtLeast>,
    /// A fact: KEY=VALUE, or 'KEY>=VALUE' in quotes
    #[arg(long, value_name = "FACT")]
    pub given: Vec<Fact>,
    /// Compare with this model over 200-word chunks, too: a name or a folder
    #[arg(long, value_name = "NAME|DIR")]
    pub embedder: Option<String>,
    /// How the figures are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: EvalFormat,
    /// Where units come from.
    #[command(flatten)]
    pub from: From,
}

/// How figures are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum EvalFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object.
    Json,
}

/// A figure and the least that it must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtLeast {
    /// The figure.
    pub metric: Metric,
    /// 0 to 1.
    pub value: f64,
}

impl AtLeast {
    /// Is it that much?
    pub fn met(&self, figures: &Figures) -> bool {
        figures.get(self.metric) >= self.value
    }
}

impl FromStr for AtLeast {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (metric, value) = text
            .split_once('=')
            .ok_or("write a figure and a number: R@1=0.8")?;
        Ok(AtLeast {
            metric: metric.parse()?,
            value: fraction(value)?,
        })
    }
}

/// `walk`
#[derive(Debug, Args)]
pub struct Walk {
    /// What you want to do, in your own words; without it, the walk asks
    #[arg(value_name = "QUESTION")]
    pub question: Vec<String>,
    /// Begin at this unit
    #[arg(long, value_name = "ID", conflicts_with = "question")]
    pub unit: Option<String>,
    /// Facts and limits.
    #[command(flatten)]
    pub asking: Asking,
    /// Speak JSON, one object a line both ways
    #[arg(long)]
    pub json: bool,
    /// Ask rather than choose below this confidence; 0 always chooses
    #[arg(long, value_name = "X", default_value_t = 0.5, value_parser = fraction)]
    pub threshold: f64,
    /// Write what was shown and typed to this file
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub transcript: Option<PathBuf>,
    /// A template for what is shown: a built-in name or a file
    #[arg(long, value_name = "NAME|FILE", conflicts_with = "json")]
    pub template: Option<String>,
    /// Where units come from.
    #[command(flatten)]
    pub from: From,
}

fn fraction(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(x) if (0.0..=1.0).contains(&x) => Ok(x),
        _ => Err("write a number from 0 to 1".to_owned()),
    }
}

/// `show`
#[derive(Debug, Args)]
pub struct Show {
    /// The unit
    #[arg(value_name = "UNIT")]
    pub unit: String,
    /// How the unit is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: AnswerFormat,
    /// A template for the unit: a built-in name or a file
    #[arg(long, value_name = "NAME|FILE")]
    pub template: Option<String>,
    /// Where units come from.
    #[command(flatten)]
    pub from: From,
}

/// `list`
#[derive(Debug, Args)]
pub struct List {
    /// Only units of this kind
    #[arg(
        long,
        value_name = "KIND",
        value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::name)).try_map(|name| kind(&name))
    )]
    pub kind: Option<Kind>,
    /// How the list is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: ListFormat,
    /// Where units come from.
    #[command(flatten)]
    pub from: From,
}

/// How a list is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Id, kind and header; separated by tabs where it is no terminal.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::ALL
        .into_iter()
        .find(|k| k.name() == text)
        .ok_or_else(|| {
            let names = Kind::ALL.map(Kind::name).join(", ");
            format!("the kinds are {names}")
        })
}

/// `check`
#[derive(Debug, Args)]
pub struct Check {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The folder that pages are named from [default: the folder named, or that of the file]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Grammar packs that add to the built-in ones
    #[arg(long, value_name = "DIR")]
    pub grammar: Option<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: FindingFormat,
    /// Treat these findings as a failure
    #[arg(long, value_enum, value_name = "WHAT")]
    pub deny: Option<Deny>,
}

/// `export`
#[derive(Debug, Args)]
pub struct Export {
    /// The format
    #[arg(
        long,
        value_name = "FORMAT",
        value_parser = PossibleValuesParser::new(Format::ALL.map(Format::name)).try_map(|name| name.parse::<Format>())
    )]
    pub format: Format,
    /// Only what is near this unit
    #[arg(long, value_name = "ID")]
    pub unit: Option<String>,
    /// With --unit: so many linkers away [default: 2]
    #[arg(long, value_name = "N", requires = "unit")]
    pub depth: Option<u32>,
    /// Write to this file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Where units come from.
    #[command(flatten)]
    pub from: From,
}

/// `status`
#[derive(Debug, Args)]
pub struct Status {
    /// Read everything and compare checksums
    #[arg(long)]
    pub verify: bool,
    /// How the status is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: ListFormat,
    /// See what holders of this label see, beside what everyone does
    #[arg(long = "as", value_name = "LABEL")]
    pub labels: Vec<String>,
}

/// `completions`
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: Shell,
}
