//! Which lines stand in fenced code, told line by line.

use super::columns;

/// Follows the fences of a text from line to line, and the list items and quotes that end them.
#[derive(Debug, Default)]
pub(super) struct Fences {
    open: Option<Open>,
    /// The columns at which the contents of the open list items begin.
    items: Vec<usize>,
}

/// A fence that is open.
#[derive(Debug)]
struct Open {
    sign: u8,
    length: usize,
    /// Where the content of the list item around it begins.
    column: usize,
    /// How many quotes it stands in.
    quotes: usize,
}

/// How a line stands to fenced code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Outside,
    /// It opens the code.
    Opening,
    /// In the code, or closing it.
    Inside,
}

impl Fences {
    /// Is the line part of fenced code, the fence itself included? Lines are handed in in order.
    pub(super) fn takes(&mut self, line: &str) -> bool {
        self.place(line) != Place::Outside
    }

    /// How the line stands to fenced code. Lines are handed in in order.
    pub(super) fn place(&mut self, line: &str) -> Place {
        if let Some(open) = &self.open {
            match open.goes_on(line) {
                Some(Still::Open) => return Place::Inside,
                Some(Still::Closing) => {
                    self.open = None;
                    return Place::Inside;
                }
                // What it stands in has ended.
                None => self.open = None,
            }
        }
        if line.trim().is_empty() {
            return Place::Outside;
        }
        let (rest, quotes) = self.enter(line);
        let fence = Fence::of(rest).filter(Fence::opens);
        self.open = fence.map(|fence| Open {
            sign: fence.sign,
            length: fence.length,
            column: self.items.last().copied().unwrap_or(0),
            quotes,
        });
        match self.open {
            Some(_) => Place::Opening,
            None => Place::Outside,
        }
    }

    /// Leaves the list items that a line does not belong to, and enters those that it begins. Gives
    /// the text behind all markers, and how many of them are quotes.
    fn enter<'l>(&mut self, line: &'l str) -> (&'l str, usize) {
        let mut rest = line;
        let (mut column, mut quotes) = (0, 0);
        let mut left = false;
        loop {
            let blanks = columns::blanks(rest);
            column = rest[..blanks].chars().fold(column, columns::step);
            rest = &rest[blanks..];
            if let Some(quoted) = rest.strip_prefix('>') {
                (rest, column, quotes) = (quoted, column + 1, quotes + 1);
                continue;
            }
            if !left {
                self.items.retain(|item| *item <= column);
                left = true;
            }
            let Some(length) = columns::item_marker(rest) else {
                return (rest, quotes);
            };
            column += length;
            rest = &rest[length..];
            let blanks = &rest[..columns::blanks(rest)];
            let content = blanks.chars().fold(column, columns::step);
            self.items
                .push(if content > column + 4 || rest.trim().is_empty() {
                    column + 1
                } else {
                    content
                });
        }
    }
}

/// What becomes of an open fence.
enum Still {
    Open,
    Closing,
}

impl Open {
    fn goes_on(&self, line: &str) -> Option<Still> {
        let mut rest = line;
        let mut column = 0;
        for quote in 0..=self.quotes {
            let blanks = columns::blanks(rest);
            column = rest[..blanks].chars().fold(column, columns::step);
            rest = &rest[blanks..];
            if quote < self.quotes {
                rest = rest.strip_prefix('>')?;
                column += 1;
            }
        }
        if rest.trim().is_empty() {
            return Some(Still::Open);
        }
        if column < self.column {
            return None;
        }
        let closes = Fence::of(rest).is_some_and(|f| f.closes(self.sign, self.length));
        Some(if closes { Still::Closing } else { Still::Open })
    }
}

/// A line that begins with three or more backticks or tildes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fence<'a> {
    pub(super) sign: u8,
    pub(super) length: usize,
    /// What stands behind them.
    pub(super) info: &'a str,
}

impl<'a> Fence<'a> {
    /// The fence that a line is, whatever it is indented by.
    pub(super) fn of(line: &'a str) -> Option<Self> {
        let body = line.trim();
        let sign = *body.as_bytes().first()?;
        if !matches!(sign, b'`' | b'~') {
            return None;
        }
        let length = body.bytes().take_while(|b| *b == sign).count();
        (length >= 3).then(|| Fence {
            sign,
            length,
            info: body[length..].trim_start(),
        })
    }

    /// Can it open code? Backticks behind the fence make it inline code.
    pub(super) fn opens(&self) -> bool {
        self.sign == b'~' || !self.info.contains('`')
    }

    /// Does it close what a fence of `length` signs opened?
    pub(super) fn closes(&self, sign: u8, length: usize) -> bool {
        self.sign == sign && self.length >= length && self.info.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(lines: &[(&str, bool)]) {
        let mut fences = Fences::default();
        for (line, inside) in lines {
            assert_eq!(fences.takes(line), *inside, "{line}");
        }
    }

    #[test]
    fn a_fence_is_closed_by_its_like() {
        holds(&[
            ("a", false),
            ("````md", true),
            ("```", true),
            ("~~~~", true),
            ("  `````", true),
            ("b", false),
            ("```a`b```", false),
            ("~~~ a`b", true),
            ("~~~ c", true),
            ("~~~", true),
            ("d", false),
        ]);
    }

    #[test]
    fn a_fence_ends_with_its_list_item() {
        holds(&[
            ("- ```sh", true),
            ("  a", true),
            ("", true),
            ("b", false),
            ("1. - ~~~", true),
            ("     c", true),
            ("   d", false),
            ("   ```", true),
            ("   ```", true),
        ]);
    }

    #[test]
    fn a_fence_ends_with_its_quote() {
        holds(&[
            ("> - ```", true),
            (">   a", true),
            ("> b", false),
            ("> ```", true),
            ("> ", true),
            ("c", false),
        ]);
    }
}
