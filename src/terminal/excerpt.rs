//! The part of a line that a finding is about.

use std::ops::Range;

use super::clean;

/// How many characters of a line are shown.
const WIDTH: usize = 100;

/// How many of them stand before the place, where the line is longer.
const BEFORE: usize = 30;

/// Stands for what was cut off.
const ELLIPSIS: &str = "…";

/// A place in a text, ready to be printed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// 1-based.
    pub(super) line: usize,
    /// 1-based, in characters.
    pub(super) column: usize,
    /// The line, or the part of it around the place; cleaned.
    pub(super) shown: String,
    /// The place in `shown`, in bytes. A place that goes on over several lines ends with the first.
    pub(super) marked: Range<usize>,
}

/// A text whose lines are looked up. Places that come in order cost no second look at what lies
/// before them, however long a line is.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// A place on a line, and the number of characters before it on that line.
    last: (usize, usize),
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let starts = breaks.map(|(at, _)| at + 1);
        Lines {
            text,
            starts: std::iter::once(0).chain(starts).collect(),
            last: (0, 0),
        }
    }

    /// The place from byte `start` to byte `end`. Offsets past the end of the text, or within a
    /// character, are moved back to where they make sense.
    pub(super) fn excerpt(&mut self, start: usize, end: usize) -> Excerpt {
        let start = boundary(self.text, start);
        let line = self.starts.partition_point(|s| *s <= start);
        let first = self.starts.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        let next = self.starts.get(line).copied().unwrap_or(self.text.len());
        let whole = slice(self.text, first..next).trim_end_matches(['\n', '\r']);
        let at = (start - first).min(whole.len());
        let to = boundary(self.text, end).saturating_sub(first);
        let (shown, marked) = window(whole, at..to.clamp(at, whole.len()));
        Excerpt {
            line,
            column: 1 + self.characters(first, first + at),
            shown,
            marked,
        }
    }

    /// The number of characters between the beginning of a line and a place on it.
    fn characters(&mut self, first: usize, at: usize) -> usize {
        let (known, before) = self.last;
        let from = if (first..=at).contains(&known) {
            (known, before)
        } else {
            (first, 0)
        };
        let count = from.1 + slice(self.text, from.0..at).chars().count();
        self.last = (at, count);
        count
    }
}

/// The part of a line around a range of it, cleaned, and the range therein.
fn window(line: &str, place: Range<usize>) -> (String, Range<usize>) {
    let long = line.char_indices().nth(WIDTH).is_some();
    let before = slice(line, 0..place.start);
    let from = match before.char_indices().rev().nth(BEFORE) {
        Some((at, _)) if long => at,
        _ => 0,
    };
    let rest = slice(line, from..line.len());
    let to = match rest.char_indices().nth(WIDTH) {
        Some((at, _)) => from + at,
        None => line.len(),
    };
    let mut shown = String::from(if from > 0 { ELLIPSIS } else { "" });
    shown.push_str(&clean(slice(line, from..place.start)));
    let start = shown.len();
    shown.push_str(&clean(slice(line, place.start..place.end.min(to))));
    let marked = start..shown.len();
    shown.push_str(&clean(slice(line, place.end.min(to)..to)));
    shown.push_str(if to < line.len() { ELLIPSIS } else { "" });
    (shown, marked)
}

/// The last character boundary at or before an offset.
fn boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(text: &str, range: Range<usize>) -> Excerpt {
        Lines::new(text).excerpt(range.start, range.end)
    }

    #[test]
    fn line_and_column_count_from_one_and_in_characters() {
        let e = excerpt("eins\r\nzwö drei\r\n", 11..15);
        assert_eq!((e.line, e.column), (2, 5));
        assert_eq!(
            (e.shown.as_str(), &e.shown[e.marked.clone()]),
            ("zwö drei", "drei")
        );
    }

    #[test]
    fn a_place_over_several_lines_is_shown_by_its_first() {
        let e = excerpt("a\nb c\nd\n", 4..7);
        assert_eq!(
            (e.line, e.shown.as_str(), &e.shown[e.marked.clone()]),
            (2, "b c", "c")
        );
    }

    #[test]
    fn offsets_that_make_no_sense_are_moved() {
        for (start, end) in [(0, 99), (99, 100), (1, 2), (5, 1)] {
            let e = Lines::new("é\nb").excerpt(start, end);
            assert!(e.shown.get(e.marked.clone()).is_some(), "{start} {e:?}");
        }
        assert_eq!(excerpt("", 0..0).line, 1);
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}HERE{}", "ä".repeat(1_000_000), "o".repeat(1_000_000));
        let e = excerpt(&text, 2_000_000..2_000_004);
        assert_eq!((e.line, e.column), (1, 1_000_001));
        assert!(e.shown.chars().count() <= WIDTH + 2);
        assert!(e.shown.starts_with('…') && e.shown.ends_with('…'));
        assert_eq!(&e.shown[e.marked], "HERE");
        let all = excerpt(&text, 0..text.len());
        assert!(all.shown.starts_with('ä') && all.shown.chars().count() == WIDTH + 1);
    }

    #[test]
    fn places_in_order_and_out_of_order_have_the_same_columns() {
        let text = "αβγδε ζηθ\nικλ";
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let mut lines = Lines::new(text);
        for at in starts.iter().chain(starts.iter().rev()) {
            assert_eq!(lines.excerpt(*at, *at), excerpt(text, *at..*at));
        }
    }

    #[test]
    fn stand_ins_do_not_shift_the_mark() {
        let e = excerpt("\u{1b}[31m x y", 6..7);
        assert_eq!(&e.shown[e.marked.clone()], "x");
        assert_eq!(e.shown, "␛[31m x y");
    }
}
