//! Steps that say the same, word for word or nearly.
//!
//! Two texts are the same when nothing differs but words that say nothing ("then", "the"), the
//! markup and the punctuation around words. Any other word, number, option or sign, and anything in
//! code, makes them different. So the texts of one group have one fingerprint, and finding the
//! groups of a set takes one look at each unit.

use xxhash_rust::xxh3::Xxh3;

use crate::grammar::{Lexicon, Role};

const IGNORED: Role = Role::named("same.ignored");
/// Shorter texts say the same by chance.
const MIN_WORDS: usize = 4;
/// Longer ones are not steps.
const MAX_BYTES: usize = 8 * 1024;

/// What a text says, as a number; `None` for one that is too short or too long to tell.
pub(super) fn fingerprint(body: &str, lexicon: &Lexicon) -> Option<u128> {
    if body.len() > MAX_BYTES {
        return None;
    }
    let mut print = Print {
        hash: Xxh3::new(),
        words: 0,
        lower: String::new(),
    };
    let mut fence: Option<&str> = None;
    for line in without_number(body).lines() {
        let trimmed = line.trim_start();
        let marks = &trimmed[..trimmed.len() - trimmed.trim_start_matches(['`', '~']).len()];
        match fence {
            Some(open) if marks.starts_with(open) => fence = None,
            Some(_) => print.code(line),
            None if marks.len() >= 3 => {
                fence = Some(marks);
                print.code("```");
            }
            None => print.prose(line, lexicon),
        }
    }
    (print.words >= MIN_WORDS).then(|| print.hash.digest128())
}

/// A text without the number that its place in a list gave it.
fn without_number(body: &str) -> &str {
    let rest = body.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(['.', ')']) {
        Some(text) if rest.len() < body.len() => text,
        _ => body,
    }
}

struct Print {
    hash: Xxh3,
    words: usize,
    lower: String,
}

impl Print {
    fn prose(&mut self, line: &str, lexicon: &Lexicon) {
        for word in line.split_whitespace() {
            // Inline code counts as it is, with its case.
            if word.contains('`') {
                self.add(word.trim_matches(is_noise));
                continue;
            }
            let plain = word.trim_matches(is_noise);
            if plain.is_empty() || lexicon.is_phrase(plain, IGNORED) {
                continue;
            }
            let mut lower = std::mem::take(&mut self.lower);
            lower.clear();
            lower.extend(plain.chars().flat_map(char::to_lowercase));
            self.add(&lower);
            self.lower = lower;
        }
    }

    fn code(&mut self, line: &str) {
        self.add(line.trim_end());
    }

    fn add(&mut self, word: &str) {
        self.hash.update(word.as_bytes());
        self.hash.update(&[0]);
        self.words += 1;
    }
}

/// Punctuation and markup around a word. Signs that compare or count (`<`, `%`, `+`) are none.
fn is_noise(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '('
            | ')'
            | '"'
            | '\''
            | '*'
            | '_'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '-'
            | '#'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::testing::english;

    #[test]
    fn only_noise_may_differ() {
        let print = |text: &str| fingerprint(text, english()).expect("long enough");
        let same = |a: &str, b: &str| assert_eq!(print(a), print(b), "{a} / {b}");
        let other = |a: &str, b: &str| assert_ne!(print(a), print(b), "{a} / {b}");
        same(
            "Restart the pump and check the seal.",
            "Then restart **pump**, check your seal",
        );
        same(
            "1. Restart the pump, check the seal.",
            "12. Restart the pump, check the seal.",
        );
        other(
            "Restart the pump after 5 minutes.",
            "Restart the pump after 6 minutes.",
        );
        other(
            "Restart the pump, check the seal.",
            "Do not restart the pump, check the seal.",
        );
        other(
            "Open the valve on the left side.",
            "Close the valve on the left side.",
        );
        other("Run `ls -a` in the folder.", "Run `ls -A` in the folder.");
        other(
            "Run it in the folder:\n```\na\n```",
            "Run it in the folder:\n```\nA\n```",
        );
        other("Wait until it is > 5 bar.", "Wait until it is < 5 bar.");
    }

    #[test]
    fn short_texts_are_never_twins() {
        assert_eq!(fingerprint("Restart it.", english()), None);
    }
}
