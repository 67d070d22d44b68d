//! Putting a text together anew, so that every byte still knows where it came from.

use std::borrow::Cow;
use std::ops::Range;

use super::offsets::Offsets;

/// A text put together from pieces of another one, and from stand-ins for some of its places.
pub(super) struct Rewriter<'a> {
    source: &'a str,
    from: &'a Offsets,
    out: String,
    pieces: Vec<(u32, u32)>,
    /// A piece of the source that is kept but not copied yet.
    pending: Range<usize>,
    changed: bool,
}

impl<'a> Rewriter<'a> {
    /// Rewrites `source`, which stands in the file at `from`.
    pub(super) fn new(source: &'a str, from: &'a Offsets) -> Self {
        Rewriter {
            source,
            from,
            out: String::new(),
            pieces: Vec::new(),
            pending: 0..0,
            changed: false,
        }
    }

    /// Takes a piece of the source over. Pieces come in their order; what lies between them is left
    /// out.
    pub(super) fn keep(&mut self, range: Range<usize>) {
        if range.start == self.pending.end {
            self.pending.end = range.end;
        } else {
            self.flush();
            self.pending = range;
        }
    }

    /// Puts a text in the place of what stands at `at` in the source. Gives its offset.
    pub(super) fn stand_in(&mut self, text: &str, at: usize) -> usize {
        self.flush();
        self.pending = at..at;
        let offset = self.out.len();
        self.pieces.push((offset as u32, self.from.file(at)));
        self.out.push_str(text);
        offset
    }

    fn flush(&mut self) {
        self.changed = true;
        let range = self.pending.clone();
        if range.is_empty() {
            return;
        }
        let base = self.out.len() as u32;
        self.pieces.push((base, self.from.file(range.start)));
        for (text, file) in self.from.within(&range) {
            self.pieces.push((base + text - range.start as u32, file));
        }
        self.out.push_str(&self.source[range]);
    }

    /// The new text and where it stands; `None` where nothing was changed.
    pub(super) fn finish(mut self) -> Option<(String, Offsets)> {
        if !self.changed && self.pending == (0..self.source.len()) {
            return None;
        }
        self.flush();
        if self.pieces.is_empty() {
            self.pieces.push((0, self.from.file(0)));
        }
        Some((self.out, Offsets::pieces(self.pieces)))
    }
}

/// A text that may have been rewritten, and where it stands in the file.
pub(super) struct Placed<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) offsets: Cow<'a, Offsets>,
}

impl<'a> Placed<'a> {
    /// The text as it was.
    pub(super) fn unchanged(text: &'a str, offsets: &'a Offsets) -> Self {
        Placed {
            text: Cow::Borrowed(text),
            offsets: Cow::Borrowed(offsets),
        }
    }

    /// What a rewriter made of the text.
    pub(super) fn rewritten(
        text: &'a str,
        offsets: &'a Offsets,
        made: Option<(String, Offsets)>,
    ) -> Self {
        match made {
            Some((text, offsets)) => Placed {
                text: Cow::Owned(text),
                offsets: Cow::Owned(offsets),
            },
            None => Placed::unchanged(text, offsets),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_knows_where_it_came_from() {
        let from = Offsets::pieces(vec![(0, 100), (4, 200)]);
        let mut rewriter = Rewriter::new("abcdefgh", &from);
        rewriter.keep(0..1);
        rewriter.keep(2..6);
        assert_eq!(rewriter.stand_in("__", 7), 5);
        rewriter.keep(7..8);
        let (text, offsets) = rewriter.finish().expect("a change");
        assert_eq!(text, "acdef__h");
        let places: Vec<u32> = (0..8).map(|i| offsets.file(i)).collect();
        assert_eq!(places, [100, 102, 103, 200, 201, 203, 204, 203]);
    }

    #[test]
    fn a_text_that_is_kept_as_a_whole_is_unchanged() {
        let from = Offsets::shifted(3);
        let mut rewriter = Rewriter::new("abc", &from);
        rewriter.keep(0..2);
        rewriter.keep(2..3);
        assert!(rewriter.finish().is_none());
    }
}
