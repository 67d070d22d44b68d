//! Where the words of a text are.
//!
//! A *run* is what a reader takes for one word: letters and digits with single `-`, `_` or `.`
//! between them (`kube-proxy`, `max_connections`, `node.js`).
//!
//! *Deliberately absent:* any word of any language.

use std::ops::Range;

use crate::model::ascii::alphanumeric_end;

/// A run does not go on beyond a connector after so many bytes.
pub(super) const LONG_RUN: usize = 128;

/// Bytes that begin or continue a word or join two, or may do so within a longer character.
const WORD: [Byte; 256] = classes();

#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Word,
    Wide,
    Connector,
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
        } else if is_connector(b as u8 as char) {
            classes[b] = Byte::Connector;
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
        loop {
            let within = |b: &u8| matches!(WORD[*b as usize], Byte::Word | Byte::Wide);
            at += bytes.get(at..)?.iter().position(within)?;
            if WORD[bytes[at] as usize] == Byte::Word {
                return Some(at);
            }
            let c = self.char_at(at)?;
            if c.is_alphanumeric() {
                return Some(at);
            }
            at += c.len_utf8();
        }
    }

    /// One past the letters and digits from `at` on.
    fn word_end(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        loop {
            at = alphanumeric_end(bytes, at);
            let Some(Byte::Wide) = bytes.get(at).map(|b| WORD[*b as usize]) else {
                return at;
            };
            match self.char_at(at) {
                Some(c) if is_inner(c) => at += c.len_utf8(),
                _ => return at,
            }
        }
    }

    fn run_end(&self, start: usize) -> usize {
        let mut end = self.word_end(start);
        while end - start < LONG_RUN {
            let next = match self.text.as_bytes().get(end).map(|b| WORD[*b as usize]) {
                Some(Byte::Connector) => end + 1,
                Some(Byte::Wide) => match self.char_at(end).filter(|c| is_connector(*c)) {
                    Some(connector) => end + connector.len_utf8(),
                    None => break,
                },
                _ => break,
            };
            let after = self.word_end(next);
            if after == next {
                break;
            }
            end = after;
        }
        end
    }

    /// The next run, whatever it is made of.
    fn any(&mut self) -> Option<Range<usize>> {
        loop {
            let start = self.start()?;
            let run = start..self.run_end(start);
            self.at = run.end;
            // Almost every run is longer than a letter.
            let longer = match self.text.as_bytes()[run.start].is_ascii() {
                true => run.len() > 1,
                false => run.len() > 4,
            };
            if longer || !self.is_torn(&run) {
                return Some(run);
            }
        }
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

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        // Almost every run is several letters of ASCII between blanks.
        let bytes = self.text.as_bytes();
        let class = |at: usize| bytes.get(at).map_or(Byte::Other, |b| WORD[usize::from(*b)]);
        let mut start = self.at;
        while start < bytes.len() && class(start) == Byte::Other {
            start += 1;
        }
        let end = alphanumeric_end(bytes, start);
        if end > start + 1 && class(end) == Byte::Other {
            self.at = end;
            return Some(start..end);
        }
        self.at = start;
        self.any()
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
pub(super) const fn is_connector(c: char) -> bool {
    matches!(c, '-' | '_' | '.' | '\u{2010}' | '\u{2011}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        Runs::new(text).map(|r| &text[r]).collect()
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
    fn a_long_chain_is_several_runs() {
        let chain = "word-".repeat(1000);
        let runs = words(&chain);
        assert!(runs.len() > 20 && runs.iter().all(|r| r.len() <= LONG_RUN + 4));
    }
}
