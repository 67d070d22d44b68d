//! Where the bytes of a (possibly rewritten) text stand in the file.

use std::ops::Range;

/// Maps offsets in a text to offsets in the file it was made from.
#[derive(Clone, Debug)]
pub(super) struct Offsets {
    /// `(offset in text, offset in file)`, ascending in the text, never empty.
    pieces: Vec<(u32, u32)>,
}

impl Offsets {
    /// The text is the file from `start` on.
    pub(super) fn shifted(start: u32) -> Self {
        Offsets {
            pieces: vec![(0, start)],
        }
    }

    /// The text was put together from these pieces: `(offset in text, offset in file)`.
    pub(super) fn pieces(pieces: Vec<(u32, u32)>) -> Self {
        debug_assert!(!pieces.is_empty());
        Offsets { pieces }
    }

    /// The file offset of the byte at `offset`.
    pub(super) fn file(&self, offset: usize) -> u32 {
        if let [(_, start)] = self.pieces[..] {
            return start + offset as u32;
        }
        let at = self
            .pieces
            .partition_point(|(text, _)| *text as usize <= offset);
        let (text, file) = self.pieces[at.saturating_sub(1)];
        file + (offset as u32).saturating_sub(text)
    }

    /// The file offset just after the byte before `offset`: what an exclusive end maps to.
    pub(super) fn file_end(&self, offset: usize) -> u32 {
        match offset.checked_sub(1) {
            Some(last) => self.file(last) + 1,
            None => self.file(0),
        }
    }

    /// The pieces that begin inside of a range of the text, behind its first byte.
    pub(super) fn within(&self, range: &Range<usize>) -> impl Iterator<Item = (u32, u32)> + '_ {
        let (start, end) = (range.start, range.end);
        let first = self
            .pieces
            .partition_point(|(text, _)| *text as usize <= start);
        self.pieces[first..]
            .iter()
            .copied()
            .take_while(move |(text, _)| (*text as usize) < end)
    }
}
