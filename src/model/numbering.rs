//! Numbers that an author writes before a sentence, where Markdown counts nothing: "5.1.2 Switch it
//! off.", "(b) Close it.", "Step 3: Open it."

/// The number that a text begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written<'t> {
    /// The word before it: "Step".
    pub word: &'t str,
    /// What stands before its last part: `5.1.` of `5.1.2`.
    pub series: &'t str,
    /// Its last part; of a letter, its place in the alphabet.
    pub number: u64,
    /// Is it a letter?
    pub letter: bool,
    /// As written, without what closes it: `5.1.2`.
    pub text: &'t str,
    /// Where the sentence behind it begins.
    pub end: usize,
}

impl Written<'_> {
    /// Is the other the next in a row?
    pub fn is_before(&self, next: &Written<'_>) -> bool {
        let row = (self.letter, self.word, self.series);
        row == (next.letter, next.word, next.series)
            && self.number.checked_add(1) == Some(next.number)
    }
}

/// "5.1.2 Switch …", "2) Switch …", "(b) Switch …": a number that stands before a sentence.
pub fn written(text: &str) -> Option<Written<'_>> {
    let open = text.strip_prefix('(');
    let rest = open.unwrap_or(text);
    let (found, end) = numeral(rest)?;
    let behind = &rest[end..];
    let tight = behind.strip_prefix(')').or_else(|| behind_key(behind));
    let closed = tight.is_some() || (found.letter && open.is_none() && behind.starts_with('.'));
    let behind = tight.unwrap_or_else(|| behind.trim_start_matches('.'));
    let dotted = rest[end..].starts_with('.') || !found.series.is_empty();
    let told = closed || (open.is_none() && !found.letter && dotted);
    let sentence = behind.trim_start();
    let first = sentence.chars().next()?;
    let begins = first.is_uppercase() || found.letter && first.is_lowercase();
    (told && begins && sentence.len() < behind.len()).then_some(Written {
        end: text.len() - sentence.len(),
        ..found
    })
}

/// "Step 3: Open it.": the same behind a word, with a sign that sets it off.
pub fn labelled(text: &str) -> Option<Written<'_>> {
    let word = &text[..text.find(|c: char| !c.is_alphabetic())?];
    let rest = text[word.len()..].strip_prefix(' ')?;
    let (found, end) = numeral(rest).filter(|(found, _)| !found.letter)?;
    let behind = rest[end..].trim_start();
    let sentence = behind.trim_start_matches([':', '.', ')', '-', '–', '—']);
    let set_off = sentence.len() < behind.len() && sentence.starts_with(' ');
    (set_off && word.starts_with(char::is_uppercase)).then_some(Written {
        word,
        end: text.len() - sentence.trim_start().len(),
        ..found
    })
}

/// A number of one or several parts, or a small letter, and where it ends.
fn numeral(text: &str) -> Option<(Written<'_>, usize)> {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let whole = text[..text.len() - digits.len()].trim_end_matches('.');
    let blank = |number, letter, series, text| Written {
        word: "",
        series,
        number,
        letter,
        text,
        end: 0,
    };
    if whole.is_empty() {
        let letter = text.bytes().next().filter(u8::is_ascii_lowercase)?;
        let found = blank(u64::from(letter - b'a') + 1, true, "", &text[..1]);
        return Some((found, 1));
    }
    let (series, number) = parts(whole)?;
    let found = blank(number, false, series, whole);
    Some((found, whole.len()))
}

/// What is behind a number in the picture of a key: "1️⃣ Open it."
fn behind_key(rest: &str) -> Option<&str> {
    rest.trim_start_matches('\u{fe0f}').strip_prefix('\u{20e3}')
}

/// `5.1.2` as `5.1.` and 2.
pub fn parts(number: &str) -> Option<(&str, u64)> {
    let (series, number) = number.split_at(number.rfind('.').map_or(0, |n| n + 1));
    Some((series, number.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_counts_where_a_sentence_follows() {
        let read =
            |text: &str| written(text).map(|w| (w.text.to_owned(), text[w.end..].to_owned()));
        let some = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(
            read("5.1.2 Switch it off."),
            some("5.1.2", "Switch it off.")
        );
        assert_eq!(read("2.1. Öffnen"), some("2.1", "Öffnen"));
        assert_eq!(read("(3) Close it."), some("3", "Close it."));
        assert_eq!(read("3. Close it."), some("3", "Close it."));
        assert_eq!(read("(b) close it."), some("b", "close it."));
        assert_eq!(read("c) Close it."), some("c", "Close it."));
        assert_eq!(read("2\u{fe0f}\u{20e3} Close it."), some("2", "Close it."));
        for text in [
            "3 valves are open.",
            "3.5 bar is enough.",
            "2026 Annual report",
            "1.5.x Series",
            "a pump",
            "e.g. a pump",
            "(it) is",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_label_is_set_off() {
        for (text, want) in [
            ("Step 2.1: Open it", Some("Step 2.1 Open it")),
            ("Schritt 3 – Öffnen", Some("Schritt 3 Öffnen")),
            ("Step 2 opens it", None),
            ("At 3.5 bar", None),
        ] {
            let got = labelled(text).map(|w| format!("{} {} {}", w.word, w.text, &text[w.end..]));
            assert_eq!(got.as_deref(), want, "{text}");
        }
    }
}
