//! Byte ranges.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::FileId;

/// A byte range `start..end` of one source file.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range` in `file`. Files over 4 GiB are refused before they get here.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Span {
            file,
            start: range.start as u32,
            end: range.end.max(range.start) as u32,
        }
    }

    /// The byte range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Does `other` lie in this span?
    pub fn holds(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// This span, ending where `other` ends if that is later in the same file.
    pub fn until(self, other: Span) -> Span {
        if self.file == other.file && other.end > self.end {
            Span {
                end: other.end,
                ..self
            }
        } else {
            self
        }
    }
}
