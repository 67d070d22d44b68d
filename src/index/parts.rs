//! What a run is made of: segments, and the pieces of those.
//!
//! A *segment* is what stands between the connectors of a run (`kube`, `proxy`), save that a point
//! between two digits belongs to the number (`1.29`). A *piece* is a word within a segment in camel
//! case (`Image`, `Pull`, `Back`, `Off`).

use std::ops::Range;

use super::runs::{LONG_RUN, is_connector};

/// What a part of a run stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One word.
    Word,
    /// A compound, whose parts come before it.
    Compound,
}

/// Calls `take` with every part of a run that is a term: the pieces of each segment, the segment if
/// it has several, and the run if it has several segments.
pub(super) fn cut(run: &str, mut take: impl FnMut(Range<usize>, Form)) {
    let mut count = 0;
    for segment in segments(run) {
        count += 1;
        let shift = segment.start;
        let pieces = pieces(&run[segment.clone()], |piece| {
            take(piece.start + shift..piece.end + shift, Form::Word);
        });
        if pieces > 1 {
            take(segment, Form::Compound);
        }
    }
    if count > 1 {
        take(0..run.len(), Form::Compound);
    }
}

/// The segments of a run.
fn segments(run: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = run.get(at..).filter(|rest| !rest.is_empty())?;
        let cut = rest
            .char_indices()
            .find(|(i, c)| is_connector(*c) && !is_point(run, at + i));
        let (length, skip) = cut.map_or((rest.len(), 0), |(i, c)| (i, c.len_utf8()));
        let segment = at..at + length;
        at = segment.end + skip;
        Some(segment)
    })
}

/// Is the byte at `at` the point of a number?
pub(super) fn is_point(run: &str, at: usize) -> bool {
    let digit = |i: Option<usize>| {
        i.and_then(|i| run.as_bytes().get(i))
            .is_some_and(u8::is_ascii_digit)
    };
    run.as_bytes().get(at) == Some(&b'.') && digit(at.checked_sub(1)) && digit(Some(at + 1))
}

/// Calls `take` with every piece of a segment, and tells how many there are: one, itself, if it is
/// not in camel case. Nobody writes names as long as the longest runs: those are data.
fn pieces(segment: &str, mut take: impl FnMut(Range<usize>)) -> usize {
    if segment.len() > LONG_RUN || !segment.chars().skip(1).any(char::is_uppercase) {
        take(0..segment.len());
        return 1;
    }
    let chars: Vec<(usize, char)> = segment.char_indices().collect();
    let begins = (2..chars.len() - 1).filter(|i| begins_piece(&chars, *i));
    let (mut from, mut count) = (0, 1);
    for i in begins {
        if i - from >= 2 {
            take(chars[from].0..chars[i].0);
            (from, count) = (i, count + 1);
        }
    }
    take(chars[from].0..segment.len());
    count
}

/// Does a word begin at the `i`th character, which has two before it and one after it?
fn begins_piece(chars: &[(usize, char)], i: usize) -> bool {
    let at = |i: usize| chars.get(i).map_or(' ', |(_, c)| *c);
    let (before, here, next) = (at(i - 1), at(i), at(i + 1));
    if !here.is_uppercase() {
        return false;
    }
    if before.is_uppercase() {
        // "HTTPServer", but not "VMs" or "IPv4".
        return next.is_lowercase() && at(i + 2).is_lowercase();
    }
    before.is_lowercase() || (before.is_numeric() && next.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(run: &str) -> Vec<&str> {
        let mut parts = Vec::new();
        cut(run, |part, _| parts.push(&run[part]));
        parts
    }

    #[test]
    fn a_run_gives_its_parts_and_then_itself() {
        for (run, expected) in [
            ("kube-proxy", vec!["kube", "proxy", "kube-proxy"]),
            ("v1.29.4-gke", vec!["v1.29.4", "gke", "v1.29.4-gke"]),
            (
                "ImagePullBackOff",
                vec!["Image", "Pull", "Back", "Off", "ImagePullBackOff"],
            ),
            (
                "x-HTTPServer",
                vec!["x", "HTTP", "Server", "HTTPServer", "x-HTTPServer"],
            ),
            ("Base64Encode", vec!["Base64", "Encode", "Base64Encode"]),
            ("macOS", vec!["mac", "OS", "macOS"]),
        ] {
            assert_eq!(parts(run), expected, "{run}");
        }
        for run in [
            "a", "aB", "Ab", "VMs", "IPv4", "eBPF", "OAuth2", "1.29", "É",
        ] {
            assert_eq!(parts(run), [run]);
        }
    }
}
