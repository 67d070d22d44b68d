//! Text as it stands in one line.

/// The words of a text with one space between them.
pub fn one_line(text: &str) -> String {
    if is_one_line(text) {
        return text.trim().to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Are all its blanks single spaces? Of a text beyond ASCII that is not told: it may have others.
fn is_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Without a way out of the loops they take many bytes at once.
    let plain = |all, b: &u8| all & (b' '..0x80).contains(b);
    let apart = |all, two: &[u8]| all & (two != b"  ");
    bytes.iter().fold(true, plain) && bytes.windows(2).fold(true, apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_blank_becomes_one_space() {
        for (text, line) in [
            ("", ""),
            (" ", ""),
            ("drain it", "drain it"),
            (" drain it ", "drain it"),
            ("drain  it", "drain it"),
            ("drain\n\tit\r\n", "drain it"),
            ("drain\u{a0}\u{2003}it", "drain it"),
            ("Größe ändern", "Größe ändern"),
        ] {
            assert_eq!(one_line(text), line, "{text:?}");
        }
    }
}
