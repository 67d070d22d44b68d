//! Columns: the width of indentation, and where the content of a list item begins.

/// The width of blanks in columns, tabs at every fourth.
pub(super) fn width(blanks: &str) -> usize {
    blanks.chars().fold(0, step)
}

/// The column after a character that stands at `column`.
pub(super) fn step(column: usize, c: char) -> usize {
    if c == '\t' {
        column / 4 * 4 + 4
    } else {
        column + 1
    }
}

/// The bytes of blanks at the beginning of a text.
pub(super) fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

/// Length of the marker that a list item begins with: `-`, `12.`, `<li>`.
pub(super) fn marker(item: &str) -> usize {
    if item.starts_with('<') {
        return item.find('>').map_or(1, |n| n + 1);
    }
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let after = item[digits..].chars().next().map_or(0, char::len_utf8);
    digits + after
}

/// The length of the marker that a text begins with as a list item: with a blank, or nothing, behind.
pub(super) fn item_marker(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let signs: &[u8] = if digits == 0 { b"-*+" } else { b".)" };
    let sign = text.as_bytes().get(digits)?;
    let after = text.as_bytes().get(digits + 1);
    let apart = after.is_none_or(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'));
    (digits <= 9 && signs.contains(sign) && apart).then_some(digits + 1)
}

/// The column at which the content of the list item at `start` is indented.
pub(super) fn of_content(text: &str, start: usize) -> usize {
    let line = text[..start].rfind('\n').map_or(0, |n| n + 1);
    let after = start + marker(&text[start..]);
    let content = after + blanks(&text[after..]);
    // More than four blanks after the marker are code, and belong to the content.
    let code = width(&text[after..content]) > 4;
    let empty = text[content..].is_empty() || text[content..].starts_with(['\n', '\r']);
    if code || empty {
        return width(&text[line..after]) + 1;
    }
    width(&text[line..content])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_stands_behind_its_marker() {
        assert_eq!(of_content("- a", 0), 2);
        assert_eq!(of_content("x\n 12.  a", 3), 6);
        assert_eq!(of_content("-\ta", 0), 4);
        assert_eq!(of_content("-      code", 0), 2);
        assert_eq!(of_content("-", 0), 2);
        assert_eq!(of_content("<li> a</li>", 0), 5);
    }
}
