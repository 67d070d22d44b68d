//! Which lines stand in fenced code, told line by line.

/// Follows the fences of a text from line to line.
///
/// It does not know containers: a fence that its list item ends stays open here until the next
/// closing line.
#[derive(Debug, Default)]
pub(super) struct Fences {
    open: Option<(u8, usize)>,
}

impl Fences {
    /// Is fenced code open after the lines so far?
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Is the line part of fenced code, the fence itself included? Lines are handed in in order.
    pub(super) fn takes(&mut self, line: &str) -> bool {
        let was_open = self.open.is_some();
        let Some(fence) = Fence::of(line) else {
            return was_open;
        };
        match self.open {
            None if fence.opens() => self.open = Some((fence.sign, fence.length)),
            Some((sign, length)) if fence.closes(sign, length) => self.open = None,
            _ => return was_open,
        }
        true
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

    #[test]
    fn a_fence_is_closed_by_its_like() {
        let mut fences = Fences::default();
        let lines = [
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
        ];
        for (line, inside) in lines {
            assert_eq!(fences.takes(line), inside, "{line}");
        }
    }
}
