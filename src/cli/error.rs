//! What can keep a command from running.

use std::io::{self, ErrorKind};
use std::path::PathBuf;

use crate::ask::BadCards;
use crate::config::ConfigError;
use crate::discover::DiscoverError;
use crate::embed::EmbedError;
use crate::export::ExportError;
use crate::grammar::BadGrammar;
use crate::index::BadIndex;
use crate::model::Unreadable;
use crate::parse::BadDialect;
use crate::render::RenderError;
use crate::session::line::LineError;
use crate::session::protocol::ProtocolError;
use crate::store::StoreError;

/// What kept a command from running. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The project file.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Finding the documents.
    #[error(transparent)]
    Discover(#[from] DiscoverError),
    /// A grammar pack.
    #[error("the grammar pack {0}")]
    Grammar(#[from] BadGrammar),
    /// A dialect.
    #[error(transparent)]
    Dialect(#[from] BadDialect),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something in the store.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// A section of the store.
    #[error("the store at {place} is damaged ({what}); run `stepwell compile` again")]
    Damaged {
        /// The store.
        place: String,
        /// What cannot be read.
        what: String,
    },
    /// The graph.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A template.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// A walk with a person.
    #[error(transparent)]
    Line(#[from] LineError),
    /// A walk with a program.
    #[error(transparent)]
    Protocol(#[from] ProtocolError),
    /// Every document that matched was unreadable.
    #[error(
        "none of the documents could be read; the findings above say why, and the store is as it was"
    )]
    NothingRead,
    /// A question without a word in it.
    #[error(
        "the question is empty; say what you want to do: `stepwell {command} \"restart the server\"`"
    )]
    EmptyQuestion {
        /// The command that was asked.
        command: &'static str,
    },
    /// A walk for a program without a place to begin.
    #[error("a walk with --json needs a question or --unit to begin with")]
    NothingToWalk,
    /// A unit that is not there.
    #[error("there is no unit {id:?}{near}")]
    NoSuchUnit {
        /// What was asked for.
        id: String,
        /// What is nearly called so.
        near: String,
    },
    /// Reading or writing a file or standard output.
    #[error("cannot {action} {}: {cause}", path.display())]
    File {
        /// What was tried: "write".
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        cause: io::Error,
    },
    /// A model.
    #[error(transparent)]
    Embed(#[from] EmbedError),
    /// A suite of questions that cannot be read.
    #[error(transparent)]
    Suite(#[from] crate::eval::BadSuite),
    /// Standard output.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
    /// JSON that cannot be written.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Threads.
    #[error("cannot start {jobs} threads: {cause}; give --jobs a smaller number")]
    Threads {
        /// How many were asked for.
        jobs: u16,
        /// What went wrong.
        cause: String,
    },
}

impl CliError {
    /// Did the reader of the output go away? That is how pipes end, and no failure.
    pub fn is_closed_pipe(&self) -> bool {
        let cause = match self {
            CliError::Output(cause)
            | CliError::Export(ExportError::Write(cause))
            | CliError::Line(LineError::Io(cause))
            | CliError::Protocol(ProtocolError::Io(cause)) => Some(cause.kind()),
            CliError::Json(cause) => cause.io_error_kind(),
            _ => None,
        };
        cause == Some(ErrorKind::BrokenPipe)
    }

    /// A section of a store that is damaged.
    pub(super) fn damaged(place: &str, what: impl ToString) -> Self {
        CliError::Damaged {
            place: place.to_owned(),
            what: what.to_string(),
        }
    }
}

impl From<(String, BadIndex)> for CliError {
    fn from((place, what): (String, BadIndex)) -> Self {
        CliError::damaged(&place, what)
    }
}

impl From<(String, BadCards)> for CliError {
    fn from((place, what): (String, BadCards)) -> Self {
        CliError::damaged(&place, what)
    }
}
