//! Words of a question that the set spells otherwise.
//!
//! A word that no unit has is read as the one that is spelled most like it, if it can be a mistake for
//! that. Where two words are written as one more often than the rarer of them is written at all, that one
//! stands for both. All of this is asked of the caller's view, so a word that only hidden units have
//! mends nothing.

use std::cmp::Ordering;

use super::reading::{Reading, Word};
use crate::grammar::Lexicon;
use crate::index::{Analyzer, Edits, Form, Index, View};

/// Shorter words are near to too many others.
const SHORTEST: usize = 5;
/// The shortest word with a letter too many.
const ONE_TOO_MANY: usize = 7;
/// The shortest word with another letter.
const ANOTHER: usize = 8;
/// From this length on, two mistakes are forgiven.
const TWO: usize = 10;

/// A word that was read otherwise than it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// As it was written: `kubeclt`, `work load`.
    pub written: String,
    /// What it was read as, without its ending.
    pub read: String,
}

/// Mends the words of a reading, and tells which.
pub(super) fn mend(
    reading: &mut Reading,
    lexicon: &Lexicon,
    index: &Index<'_>,
    view: &View,
) -> Vec<Mend> {
    let analyzer = Analyzer::new(lexicon);
    let mut mends = Vec::new();
    let written = std::mem::take(&mut reading.words);
    let mut words = written.into_iter().peekable();
    while let Some(word) = words.next() {
        let next = words.peek();
        let joined = next.and_then(|next| joined(&word, next, &analyzer, index, view));
        if let Some((joined, next)) = joined.zip(words.peek().cloned()) {
            words.next();
            mends.push(Mend {
                written: format!("{} {}", word.spelled, next.spelled),
                read: format!("{}{}", word.spelled, next.spelled),
            });
            let parts = vec![word.text.clone(), next.text.clone()];
            reading.words.extend([word, next]);
            reading.add_joined(parts, joined);
            continue;
        }
        let known = word.form != Form::Word || index.df(&word.text, view) > 0;
        let meant = match known {
            true => None,
            false => nearest(&word.text, index, view),
        };
        if let Some(meant) = meant {
            mends.push(Mend {
                written: word.spelled.clone(),
                read: meant.clone(),
            });
            reading.words.push(Word {
                text: meant,
                ..word
            });
        } else {
            reading.words.push(word);
        }
    }
    mends
}

/// Two words as the one that they are mostly written as.
fn joined(
    a: &Word,
    b: &Word,
    analyzer: &Analyzer<'_>,
    index: &Index<'_>,
    view: &View,
) -> Option<String> {
    if a.form != Form::Word || b.form != Form::Word || !a.wished || !b.wished || !b.follows {
        return None;
    }
    let joined = analyzer.looked_up(&format!("{}{}", a.spelled, b.spelled));
    let joined = joined.into_iter().next()?;
    let rarer = index.df(&a.text, view).min(index.df(&b.text, view));
    (index.df(&joined, view) > rarer).then_some(joined)
}

/// The word that one that no unit has is spelled most like: the fewest mistakes, then the commonest.
fn nearest(word: &str, index: &Index<'_>, view: &View) -> Option<String> {
    if word.len() < SHORTEST || !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let edits = if word.len() < TWO {
        Edits::One
    } else {
        Edits::Two
    };
    let near = index.near(word, edits, view).into_iter();
    let near = near.filter(|n| is_mistake(word, &n.term));
    let best = near.min_by(|a, b| {
        let order = a.edits.cmp(&b.edits).then(b.df.cmp(&a.df));
        order.then_with(|| a.term.cmp(&b.term))
    });
    best.map(|n| n.term)
}

/// Can a word be a mistake for another, and not one of its own? Hardly anybody mistakes the first
/// letter. Letters that are missing, or have changed places, are mistakes in short words too; where
/// there is one too many, or another one, short words are mostly others. And words with different
/// last letters are mostly other forms.
fn is_mistake(word: &str, other: &str) -> bool {
    let letters = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    let (written, meant) = (letters(word), letters(other));
    let changed_places = written == meant;
    let enough = match written.len().cmp(&meant.len()) {
        Ordering::Less => SHORTEST,
        Ordering::Equal if changed_places => SHORTEST,
        Ordering::Equal => ANOTHER,
        Ordering::Greater => ONE_TOO_MANY,
    };
    let first = word.chars().next() == other.chars().next();
    let last = word.chars().next_back() == other.chars().next_back();
    first
        && (last || changed_places)
        && written.len() >= enough
        && meant.iter().all(|c| c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_word_is_no_mistake() {
        for (word, other, mistake) in [
            ("kubeclt", "kubectl", true),
            ("sytem", "system", true),
            ("provisioin", "provision", true),
            ("certifucat", "certificat", true),
            ("scale", "sale", false),
            ("refund", "redund", false),
            ("event", "even", false),
            ("house", "mouse", false),
        ] {
            assert_eq!(is_mistake(word, other), mistake, "{word}");
        }
    }
}
