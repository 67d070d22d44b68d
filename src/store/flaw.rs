//! What can be wrong with a published file.

use crate::model::Unreadable;

use super::header::FORMAT;

/// Why a published file, or a part of it, cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Flaw {
    /// It does not begin as a published file does.
    #[error("this is not a file that Stepwell published")]
    Foreign,
    /// Its format has been replaced since.
    #[error("the store was written by an older Stepwell (format {0}, this one reads {FORMAT})")]
    Older(u32),
    /// Its format is not known yet.
    #[error("the store was written by a newer Stepwell (format {0}, this one reads {FORMAT})")]
    Newer(u32),
    /// It does not have the length it states.
    #[error("the file has {found} bytes where it should have {expected}")]
    Length {
        /// The length it states.
        expected: u64,
        /// The length it has.
        found: u64,
    },
    /// A checksum does not match.
    #[error("the checksum of {0} is wrong")]
    Damaged(String),
    /// The checksum matches and yet the bytes are not what they should be.
    #[error("{0} cannot be decoded")]
    Garbled(String),
    /// A part that every file has, or that was asked for, is not there.
    #[error("it has no part `{0}`")]
    Absent(&'static str),
    /// `CURRENT` does not have the name of a generation.
    #[error("it names no generation")]
    Lost,
    /// The current generation has no published file.
    #[error("the file is not there, though `CURRENT` names its folder")]
    Gone,
    /// A number that the set does not have.
    #[error("there is no {what} {number}, only {len} of them")]
    Beyond {
        /// What was asked for.
        what: &'static str,
        /// Which.
        number: u32,
        /// How many there are.
        len: u32,
    },
}

impl Flaw {
    /// What to do about it.
    fn help(&self) -> &'static str {
        match self {
            Flaw::Newer(_) => "update Stepwell or run `stepwell compile` again",
            Flaw::Foreign
            | Flaw::Older(_)
            | Flaw::Absent(_)
            | Flaw::Lost
            | Flaw::Gone
            | Flaw::Beyond { .. } => "run `stepwell compile` again",
            Flaw::Length { .. } | Flaw::Damaged(_) | Flaw::Garbled(_) => {
                "the disk or a copy has damaged it, run `stepwell compile` again"
            }
        }
    }

    /// The flaw of the file at `place`, as other stages see it.
    pub(super) fn at(&self, place: &str) -> Unreadable {
        Unreadable {
            place: place.to_owned(),
            problem: self.to_string(),
            help: self.help().to_owned(),
        }
    }
}
