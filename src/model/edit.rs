//! Text with something else in the place of pieces of it.

use std::ops::Range;

use super::{Inline, Mark, MarkKind};

/// A piece of text that something else stands for.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The piece.
    pub range: Range<usize>,
    /// What a reader sees instead.
    pub shown: String,
    /// What that is.
    pub marks: Vec<MarkKind>,
}

impl Edit {
    /// Nobody is shown this.
    pub fn drop(range: Range<usize>) -> Self {
        Edit {
            range,
            shown: String::new(),
            marks: Vec::new(),
        }
    }

    /// This is shown where a mark is.
    pub fn show(mark: &Mark, shown: String) -> Self {
        Edit {
            shown,
            ..Edit::drop(mark.start as usize..mark.end as usize)
        }
    }
}

impl Inline {
    /// The text with what it shows of other texts, where `shown` knows it.
    pub fn filled(&self, shown: impl FnMut(&Mark) -> Option<Edit>) -> Inline {
        let of_others = |m: &&Mark| matches!(m.kind, MarkKind::Insert(_) | MarkKind::Title(_));
        let marks = self.marks.iter().filter(of_others);
        let edits: Vec<Edit> = marks.filter_map(shown).collect();
        match edits.is_empty() {
            true => self.clone(),
            false => self.edited(&edits),
        }
    }

    /// The text after edits, which are in order. Marks and origins move with it; what is shown instead
    /// of a piece stands where the piece does, however long it is.
    pub fn edited(&self, edits: &[Edit]) -> Inline {
        let mut out = Inline::default();
        // (old offset, new offset) at every cut.
        let mut moved = vec![(0usize, 0usize)];
        let mut at = 0;
        for edit in edits {
            copy(self, &mut out, at..edit.range.start);
            let start = out.text.len();
            moved.push((edit.range.start, start));
            show(self, &mut out, edit);
            let end = out.text.len() as u32;
            out.marks.extend(edit.marks.iter().map(|kind| Mark {
                start: start as u32,
                end,
                kind: kind.clone(),
            }));
            at = edit.range.end;
            moved.push((at, out.text.len()));
        }
        copy(self, &mut out, at..self.text.len());
        if at == self.text.len() && at > 0 {
            // What ends with the text ends where its markup does.
            out.origins.push((out.text.len() as u32, self.origin(at)));
        }
        out.marks.extend(self.marks.iter().map(|m| Mark {
            start: new_place(&moved, m.start),
            end: new_place(&moved, m.end),
            kind: m.kind.clone(),
        }));
        out.marks
            .sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
        out
    }
}

/// Adds what is shown instead of a piece. What is longer than the piece ends with it.
fn show(from: &Inline, to: &mut Inline, edit: &Edit) {
    if edit.shown.is_empty() {
        return;
    }
    let (first, behind) = (from.origin(edit.range.start), from.origin(edit.range.end));
    let start = to.text.len() as u32;
    to.origins.push((start, first));
    let room = behind.saturating_sub(first);
    let last = behind.saturating_sub(1).max(first);
    let beyond = room..edit.shown.len() as u32;
    to.origins.extend(beyond.map(|at| (start + at, last)));
    to.text.push_str(&edit.shown);
}

/// Where a place of the old text is in the new one.
fn new_place(moved: &[(usize, usize)], old: u32) -> u32 {
    let after = moved.partition_point(|(o, _)| *o <= old as usize);
    let (o, n) = moved[after.saturating_sub(1)];
    let limit = moved.get(after).map_or(usize::MAX, |(_, n)| *n);
    (n + (old as usize - o)).min(limit) as u32
}

fn copy(from: &Inline, to: &mut Inline, range: Range<usize>) {
    if range.is_empty() {
        return;
    }
    let base = to.text.len() as u32;
    to.origins.push((base, from.origin(range.start)));
    let behind = |at: usize| from.origins.partition_point(|(t, _)| (*t as usize) <= at);
    let inside = from.origins[behind(range.start)..].iter();
    for (text, file) in inside.take_while(|(t, _)| (*t as usize) < range.end) {
        to.origins.push((base + text - range.start as u32, *file));
    }
    to.text.push_str(&from.text[range]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_stands_where_the_piece_does() {
        let inline = Inline {
            text: "Start [x] now".to_owned(),
            origins: vec![(0, 100)],
            ..Inline::default()
        };
        let edit = Edit {
            range: 6..9,
            shown: "the pump".to_owned(),
            marks: Vec::new(),
        };
        let edited = inline.edited(&[edit]);
        assert_eq!(edited.text, "Start the pump now");
        let places: Vec<u32> = (5..16).map(|at| edited.origin(at)).collect();
        assert_eq!(
            places,
            [105, 106, 107, 108, 108, 108, 108, 108, 108, 109, 110]
        );
    }
}
