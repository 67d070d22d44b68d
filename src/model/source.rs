//! The files of a set, and how a span is printed.

use serde::{Deserialize, Serialize};

use super::{FileId, Span};

/// One document as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// Relative to the root, with `/`.
    pub path: String,
    /// Every byte of the file.
    pub text: String,
    /// The labels that the project file gives it, sorted.
    pub labels: Vec<String>,
}

/// The lines of a text, each with its line end.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1);
    let last = (!text.is_empty() && !text.ends_with('\n')).then_some(text.len());
    let mut from = 0;
    ends.chain(last)
        .map(move |end| &text[std::mem::replace(&mut from, end)..end])
}

/// One source file as the store keeps it: everything about it but its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Relative to the compiled root, with `/`.
    pub path: String,
    /// blake3 of the file's bytes, hex.
    pub hash: String,
    /// Size in bytes.
    pub size: u32,
    /// Length in bytes of each line, its line end included.
    lines: Vec<u32>,
}

impl SourceFile {
    /// Describes a file by its path and bytes.
    pub fn new(path: String, bytes: &[u8]) -> Self {
        let mut lines = Vec::with_capacity(bytes.len() / 32 + 1);
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', bytes) {
            lines.push((end + 1 - start) as u32);
            start = end + 1;
        }
        if start < bytes.len() {
            lines.push((bytes.len() - start) as u32);
        }
        SourceFile {
            path,
            hash: blake3::hash(bytes).to_hex().to_string(),
            size: bytes.len() as u32,
            lines,
        }
    }

    /// The offset of the first byte of every line.
    pub fn line_starts(&self) -> Vec<u32> {
        let mut at = 0u32;
        let mut starts = Vec::with_capacity(self.lines.len().max(1));
        starts.push(0);
        for length in &self.lines {
            at = at.saturating_add(*length);
            if at < self.size {
                starts.push(at);
            }
        }
        starts
    }
}

/// A span as the public interface prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Relative to the compiled root, with `/`.
    pub file: String,
    /// First and last line, 1-based, inclusive.
    pub lines: [u32; 2],
    /// `[start, end)`.
    pub bytes: [u32; 2],
    /// blake3 of the file, hex.
    pub hash: String,
}

/// Turns spans into [`Source`]s. Line tables are expanded once.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<(SourceFile, Vec<u32>)>,
}

impl Sources {
    /// The files in the order of their [`FileId`]s.
    pub fn new(files: Vec<SourceFile>) -> Self {
        let files = files
            .into_iter()
            .map(|f| {
                let starts = f.line_starts();
                (f, starts)
            })
            .collect();
        Sources { files }
    }

    /// Number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Are there no files?
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// A file by its id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.index()].0
    }

    /// All files, in the order of their ids.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter().map(|(f, _)| f)
    }

    /// The 1-based line that holds the byte at `offset`.
    pub fn line(&self, file: FileId, offset: u32) -> u32 {
        self.files[file.index()]
            .1
            .partition_point(|start| *start <= offset) as u32
    }

    /// The printed form of `span`.
    pub fn source(&self, span: Span) -> Source {
        let file = self.file(span.file);
        let last = span.end.saturating_sub(1).max(span.start);
        Source {
            file: file.path.clone(),
            lines: [self.line(span.file, span.start), self.line(span.file, last)],
            bytes: [span.start, span.end],
            hash: file.hash.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_bytes_name_the_same_place() {
        let sources = Sources::new(vec![SourceFile::new("a.md".into(), b"one\ntwo\n\nfour")]);
        let at = |a, b| {
            sources
                .source(Span {
                    file: FileId(0),
                    start: a,
                    end: b,
                })
                .lines
        };
        assert_eq!(at(0, 4), [1, 1]);
        assert_eq!(at(4, 9), [2, 3]);
        assert_eq!(at(9, 13), [4, 4]);
        assert_eq!(at(13, 13), [4, 4]);
    }
}
