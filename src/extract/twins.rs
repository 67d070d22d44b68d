//! Reads what a step says, without what two steps may differ in and still say the same.
//!
//! Words that say nothing ("please", "the"), words that open a clause ("then"), markup and
//! punctuation are left out; of phrases that mean one thing ("make sure", "ensure") one stands for
//! all; case counts only where it is part of a name. Everything else stays as it is: every number,
//! name, negation, option and sign, and code to the letter.
//!
//! *Deliberately absent:* other steps. Which of them say the same is told by [`crate::link`].

use xxhash_rust::xxh3::xxh3_64;

use super::said::{MAX_BYTES, Said};
use crate::grammar::{Lexicon, Spoken};
use crate::model::ascii::small_end;
use crate::model::lines;

/// What a text says; `None` for one that is too long to be a step.
pub(super) fn said(body: &str, lexicon: &Lexicon) -> Option<Said> {
    if body.len() > MAX_BYTES {
        return None;
    }
    let mut reader = Reader::new(lexicon, body.len());
    pieces(body, |piece| match piece {
        Piece::Prose(text) => reader.prose(text),
        Piece::Code(line) => reader.said.code(line),
    });
    Some(reader.said)
}

/// A number that texts have in common which have the same code: all that say the same do. `None` for one
/// that is too long to be a step.
pub(super) fn code(body: &str) -> Option<u64> {
    if body.len() > MAX_BYTES {
        return None;
    }
    let mut all = 0u64;
    let mut add = |code: &str| all = (all ^ xxh3_64(code.as_bytes())).rotate_left(5);
    pieces(body, |piece| match piece {
        Piece::Prose(text) => spans(text, |span| {
            if let Span::Code(code) = span {
                add(code);
            }
        }),
        Piece::Code(line) => add(line),
    });
    Some(all)
}

/// A part of a step's text.
enum Piece<'t> {
    /// Running text.
    Prose(&'t str),
    /// A line of code; an empty one where a block opens.
    Code(&'t str),
}

fn pieces<'t>(body: &'t str, mut take: impl FnMut(Piece<'t>)) {
    let body = without_number(body);
    let mut fence: Option<&str> = None;
    // Where the running text begins that goes on up to here.
    let (mut prose, mut at) = (0, 0);
    for line in lines(body) {
        let trimmed = line.trim_start();
        let marks = &trimmed[..trimmed.len() - trimmed.trim_start_matches(['`', '~']).len()];
        let code = line.starts_with("    ") || line.starts_with('\t');
        let start = at;
        at += line.len();
        if fence.is_none() && marks.len() < 3 && !code {
            continue;
        }
        take(Piece::Prose(&body[prose..start]));
        prose = at;
        match fence {
            Some(open) if marks.starts_with(open) => fence = None,
            None if marks.len() >= 3 => {
                fence = Some(marks);
                take(Piece::Code(""));
            }
            Some(_) | None => take(Piece::Code(line.trim_end())),
        }
    }
    take(Piece::Prose(&body[prose..]));
}

/// A text without the number that its place in a list gave it.
fn without_number(body: &str) -> &str {
    let rest = body.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(['.', ')']) {
        Some(text) if rest.len() < body.len() && text.starts_with(char::is_whitespace) => {
            text.trim_start()
        }
        _ => body,
    }
}

/// A word of running text.
struct Word<'t> {
    text: &'t str,
    kind: WordKind,
    /// The punctuation behind it.
    stop: Stop,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WordKind {
    /// Its case says nothing.
    Plain,
    /// Its case is part of it: `nodeName`, `/Var`, the "A" of "plan A".
    Cased,
    /// Inline code.
    Code,
}

/// What stands behind a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    None,
    Comma,
    Sentence,
}

/// Reads the text of a step.
struct Reader<'l> {
    lexicon: &'l Lexicon,
    said: Said,
    lower: String,
}

impl<'l> Reader<'l> {
    fn new(lexicon: &'l Lexicon, bytes: usize) -> Self {
        Reader {
            lexicon,
            said: Said::with_capacity(bytes),
            lower: String::new(),
        }
    }

    fn prose(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let words = words(text);
        let mut spoken = Spoken::new(self.lexicon, words.len());
        for word in &words {
            match word.kind {
                WordKind::Code => spoken.code(word.text),
                WordKind::Plain | WordKind::Cased => spoken.word(word.text),
            }
        }
        let mut opens = true;
        let mut sentence = Sentence::at(self.said.here());
        let mut i = 0;
        while i < words.len() {
            spoken.look(i);
            if self.said.here() == sentence.start {
                sentence.movable = spoken.longest(Spoken::MOVABLE).is_some();
            }
            let opening = opens.then(|| spoken.longest(Spoken::OPENING)).flatten();
            let opening = opening.filter(|(end, entry)| self.opens(&words, &spoken, *end, *entry));
            let end = match opening {
                Some((end, _)) => end,
                None => self.take(&words[i], &spoken, i),
            };
            let stop = words[end - 1].stop;
            opens = stop != Stop::None || (opens && opening.is_some());
            sentence.stop(stop, &mut self.said);
            i = end;
        }
        sentence.stop(Stop::Sentence, &mut self.said);
    }

    /// Takes up what stands at a word, and tells where it ends.
    fn take(&mut self, word: &Word<'_>, spoken: &Spoken<'_>, at: usize) -> usize {
        if word.kind == WordKind::Code {
            self.said.code(word.text);
            return at + 1;
        }
        let ignored = spoken.longest(Spoken::IGNORED);
        match (
            spoken.longest(Spoken::SYNONYM),
            ignored.filter(|_| word.kind == WordKind::Plain),
        ) {
            (Some((end, entry)), ignored) if ignored.is_none_or(|(i, _)| i <= end) => {
                self.said.meaning(entry);
                end
            }
            (_, Some((end, _))) => {
                self.said.skip(end - at);
                end
            }
            _ => {
                self.word(word, spoken.longest(Spoken::NOT).is_some());
                at + 1
            }
        }
    }

    /// May these words be left out where they open a clause? Some ("first") are as often said of a
    /// thing: they are left out before a comma and before a command.
    fn opens(&self, words: &[Word<'_>], spoken: &Spoken<'_>, end: usize, entry: u32) -> bool {
        !self.lexicon.entry(entry).says("before", "command")
            || words[end - 1].stop == Stop::Comma
            || spoken.is_command(end)
    }

    fn word(&mut self, word: &Word<'_>, negates: bool) {
        if word.kind == WordKind::Cased {
            return self.said.word(word.text, negates);
        }
        let mut lower = std::mem::take(&mut self.lower);
        lower.clear();
        if word.text.is_ascii() {
            lower.push_str(word.text);
            lower.make_ascii_lowercase();
        } else {
            lower.extend(word.text.chars().flat_map(char::to_lowercase));
        }
        self.said.word(&lower, negates);
        self.lower = lower;
    }
}

/// A sentence that is being read.
struct Sentence {
    start: usize,
    /// Does it begin with a phrase that could stand at its end?
    movable: bool,
    /// Where that phrase ends.
    middle: Option<usize>,
}

impl Sentence {
    fn at(start: usize) -> Self {
        Sentence {
            start,
            movable: false,
            middle: None,
        }
    }

    fn stop(&mut self, stop: Stop, said: &mut Said) {
        let here = said.here();
        match stop {
            Stop::Comma if self.movable && self.middle.is_none() => self.middle = Some(here),
            Stop::None | Stop::Comma => {}
            Stop::Sentence => {
                if let Some(middle) = self.middle.filter(|m| *m < here) {
                    said.movable(self.start, middle);
                }
                *self = Sentence::at(here);
            }
        }
    }
}

/// The words of running text, code spans among them.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::with_capacity(text.len() / 6);
    spans(text, |span| match span {
        Span::Plain(text) => plain_words(text, &mut found),
        Span::Code(text) => found.push(Word {
            text,
            kind: WordKind::Code,
            stop: Stop::None,
        }),
    });
    found
}

/// A part of running text.
enum Span<'t> {
    Plain(&'t str),
    Code(&'t str),
}

fn spans<'t>(text: &'t str, mut take: impl FnMut(Span<'t>)) {
    let mut at = 0;
    let mut from = 0;
    while let Some(open) = text[from..].find('`').map(|n| from + n) {
        let run = text[open..].len() - text[open..].trim_start_matches('`').len();
        let inside = open + run;
        match closing(&text[inside..], run).map(|n| inside + n) {
            Some(close) => {
                take(Span::Plain(&text[at..open]));
                take(Span::Code(text[inside..close].trim()));
                at = close + run;
                from = at;
            }
            None => from = inside,
        }
    }
    take(Span::Plain(&text[at..]));
}

/// Where the next run of exactly `run` backticks begins.
fn closing(text: &str, run: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(open) = text[at..].find('`').map(|n| at + n) {
        let length = text[open..].len() - text[open..].trim_start_matches('`').len();
        if length == run {
            return Some(open);
        }
        at = open + length;
    }
    None
}

fn plain_words<'t>(text: &'t str, found: &mut Vec<Word<'t>>) {
    let bytes = text.as_bytes();
    let blank = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
    let mut at = 0;
    loop {
        while blank(at) {
            at += 1;
        }
        // Most words are small letters with blanks around them.
        let end = small_end(bytes, at);
        if end > at && (blank(end) || end == bytes.len()) {
            found.push(Word {
                text: &text[at..end],
                kind: WordKind::Plain,
                stop: Stop::None,
            });
            at = end;
            continue;
        }
        let Some(written) = text[at..].split_whitespace().next() else {
            return;
        };
        at = written.as_ptr() as usize - text.as_ptr() as usize + written.len();
        let word = bare(written);
        let behind = &written[word.as_ptr() as usize - written.as_ptr() as usize + word.len()..];
        let stop = match behind.trim_end_matches(is_mark).chars().last() {
            Some('.' | ':' | ';' | '!' | '?') => Stop::Sentence,
            Some(',') => Stop::Comma,
            _ => Stop::None,
        };
        if word.is_empty() {
            // A bullet, a dash, or the punctuation behind code.
            let dash = !written.is_empty() && stop == Stop::None && written.starts_with(['-', '*']);
            if let Some(last) = found.last_mut() {
                last.stop = if dash { Stop::Sentence } else { stop };
            }
            continue;
        }
        let first = found.last().is_none_or(|w| w.stop == Stop::Sentence);
        // "80%" and "80 %" are written for one thing.
        let share = word.strip_suffix('%').filter(|n| !n.is_empty());
        if let Some(number) = share {
            found.push(Word {
                text: number,
                kind: WordKind::Cased,
                stop: Stop::None,
            });
        }
        found.push(Word {
            text: &word[share.map_or(0, str::len)..],
            kind: kind(word, first),
            stop,
        });
    }
}

/// A word without the punctuation and the markup around it. A sign before a number or an option is
/// part of it (`-5`, `--force`), and so is a star before what is not a word (`*.log`).
fn bare(written: &str) -> &str {
    let open = |c: char| matches!(c, '(' | '"' | '\'' | '“' | '‘' | '[');
    let close =
        |c: char| is_mark(c) || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '…');
    if written.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return written;
    }
    if !written.contains(char::is_alphanumeric) {
        // A sign in quotes is meant: '.'
        let quoted = written.trim_end_matches([',', ';', ':', '.', ')']);
        let closes = quoted.ends_with(['"', '\'', '”', '’']);
        if closes && quoted.starts_with(['"', '\'', '“', '‘']) && quoted.chars().count() > 2 {
            return quoted;
        }
        // Signs that compare or count are words.
        let dash = |c: char| matches!(c, '-' | '–' | '—' | '#' | '•' | '·');
        let says = written.contains(|c: char| !open(c) && !close(c) && !dash(c));
        return &written[..if says { written.len() } else { 0 }];
    }
    let mut word = written.trim_end_matches(close);
    loop {
        let rest = word.trim_start_matches(|c| open(c) && c != '[');
        let stars = rest.trim_start_matches('*');
        let rest = if stars.starts_with(|c: char| c.is_alphanumeric() || open(c) || c == '_') {
            stars
        } else {
            rest
        };
        let lines = rest.trim_start_matches('_');
        let rest = match written
            .trim_end_matches(|c| close(c) && c != '_')
            .ends_with('_')
        {
            true => lines,
            false => rest,
        };
        if rest.len() == word.len() {
            return word;
        }
        word = rest;
    }
}

/// Closing quotes and emphasis.
fn is_mark(c: char) -> bool {
    matches!(c, '*' | '_' | '"' | '\'' | '”' | '’')
}

/// Does the case of a word say something? It does where the word is more than letters, has capitals
/// inside, or is one or two capitals ("IT", "plan A").
fn kind(word: &str, first: bool) -> WordKind {
    let letters = word
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '%'));
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let length = word.chars().count();
    let one = length == 1 && capitals == 1 && !first;
    let cased = !letters || one || (length == 2 && capitals == 2) || {
        let inside = word.chars().skip(1).any(char::is_uppercase);
        inside && capitals < length && !word.contains('-')
    };
    if cased {
        WordKind::Cased
    } else {
        WordKind::Plain
    }
}
