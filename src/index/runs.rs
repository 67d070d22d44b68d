//! Where the words of a text are: runs, their segments, and the pieces of those.
//!
//! A *run* is what a reader takes for one word: letters and digits with single `-`, `_` or `.`
//! between them (`kube-proxy`, `max_connections`, `node.js`). A *segment* is what stands between
//! those (`kube`, `proxy`), save that a point between two digits belongs to the number (`1.29`). A
//! *piece* is a word within a segment in camel case (`Image`, `Pull`, `Back`, `Off`).
//!
//! *Deliberately absent:* any word of any language.

use std::ops::Range;

/// A run does not go on beyond a connector after so many bytes.
const LONG_RUN: usize = 128;

/// Bytes that begin or continue a word, or may do so within a longer character.
const WORD: [Byte; 256] = classes();

#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Word,
    Wide,
    Other,
}

const fn classes() -> [Byte; 256] {
    let mut classes = [Byte::Other; 256];
    let mut b = 0;
    while b < 256 {
        if (b as u8).is_ascii_alphanumeric() {
            classes[b] = Byte::Word;
        } else if b >= 0x80 {
            classes[b] = Byte::Wide;
        }
        b += 1;
    }
    classes
}

/// The runs of a text, as byte ranges.
pub(super) struct Runs<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Runs<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Runs { text, at: 0 }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// The first byte of a word at or after `self.at`.
    fn start(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(byte) = bytes.get(at) {
            match WORD[*byte as usize] {
                Byte::Word => return Some(at),
                Byte::Other => at += 1,
                Byte::Wide => {
                    let c = self.char_at(at)?;
                    if c.is_alphanumeric() {
                        return Some(at);
                    }
                    at += c.len_utf8();
                }
            }
        }
        None
    }

    /// One past the letters and digits from `at` on.
    fn word_end(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(at) {
            match WORD[*byte as usize] {
                Byte::Word => at += 1,
                Byte::Other => break,
                Byte::Wide => match self.char_at(at) {
                    Some(c) if is_inner(c) => at += c.len_utf8(),
                    _ => break,
                },
            }
        }
        at
    }

    fn run_end(&self, start: usize) -> usize {
        let mut end = self.word_end(start);
        while end - start < LONG_RUN {
            let Some(connector) = self.char_at(end).filter(|c| is_connector(*c)) else {
                break;
            };
            let next = end + connector.len_utf8();
            let after = self.word_end(next);
            if after == next {
                break;
            }
            end = after;
        }
        end
    }

    /// Is this the single letter that an apostrophe leaves: the `s` of "pod's", the `l` of
    /// "l'objet"?
    fn is_torn(&self, run: &Range<usize>) -> bool {
        let (before, word) = self.text.split_at(run.start);
        let mut letters = word.get(..run.len()).unwrap_or_default().chars();
        if letters.next().is_none() || letters.next().is_some() {
            return false;
        }
        let mut left = before.chars().rev();
        let mut right = word.chars().skip(1);
        let torn = |quote: Option<char>, next: Option<char>| {
            quote.is_some_and(is_apostrophe) && next.is_some_and(char::is_alphanumeric)
        };
        torn(left.next(), left.next()) || torn(right.next(), right.next())
    }
}

impl Iterator for Runs<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            let start = self.start()?;
            let run = start..self.run_end(start);
            self.at = run.end;
            // Almost every run is longer than a letter.
            if run.len() > 4 || !self.is_torn(&run) {
                return Some(run);
            }
        }
    }
}

/// May it stand inside a word? Marks that combine with the letter before them may.
fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Does it join two words into a run? The last two are hyphens of typesetting.
pub(super) fn is_connector(c: char) -> bool {
    matches!(c, '-' | '_' | '.' | '\u{2010}' | '\u{2011}')
}

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
/// not in camel case.
fn pieces(segment: &str, mut take: impl FnMut(Range<usize>)) -> usize {
    if !segment.chars().skip(1).any(char::is_uppercase) {
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

    fn words(text: &str) -> Vec<&str> {
        Runs::new(text).map(|r| &text[r]).collect()
    }

    fn parts(run: &str) -> Vec<&str> {
        let mut parts = Vec::new();
        cut(run, |part, _| parts.push(&run[part]));
        parts
    }

    #[test]
    fn a_run_is_a_word_as_readers_see_it() {
        for (text, runs) in [
            ("Drain a node.", vec!["Drain", "a", "node"]),
            ("use --dry-run=client", vec!["use", "dry-run", "client"]),
            (
                "max_connections, node.js",
                vec!["max_connections", "node.js"],
            ),
            ("v1.29-gke.1 a--b x.", vec!["v1.29-gke.1", "a", "b", "x"]),
            ("Über-Größe ändern", vec!["Über-Größe", "ändern"]),
            ("kube\u{2011}proxy", vec!["kube\u{2011}proxy"]),
            (
                "the pod's l’objet 'a' don't",
                vec!["the", "pod", "objet", "a", "don"],
            ),
            ("", vec![]),
            ("-- ... ——", vec![]),
        ] {
            assert_eq!(words(text), runs, "{text}");
        }
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

    #[test]
    fn a_long_chain_is_several_runs() {
        let chain = "word-".repeat(1000);
        let runs = words(&chain);
        assert!(runs.len() > 20 && runs.iter().all(|r| r.len() <= LONG_RUN + 4));
    }
}
