//! How wide lines are. The only module that names `terminal_size`.

use terminal_size::{Width, terminal_size_of};

use super::Stream;

/// The columns of what is no terminal.
const PIPE: usize = 80;
/// Longer lines are hard to read.
const MOST: usize = 100;
/// Narrower than this nothing is readable, whatever the terminal says.
const LEAST: usize = 20;

impl Stream {
    /// How many columns a line of prose may have. 80 into a pipe or a file, so that the same command
    /// writes the same bytes there, whatever the size of somebody's window.
    pub fn columns(self) -> usize {
        let size = match self {
            Stream::Out => terminal_size_of(std::io::stdout()),
            Stream::Err => terminal_size_of(std::io::stderr()),
        };
        size.map_or(PIPE, |(Width(columns), _)| {
            usize::from(columns).clamp(LEAST, MOST)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_never_too_narrow_or_too_wide() {
        for stream in [Stream::Out, Stream::Err] {
            assert!((LEAST..=MOST).contains(&stream.columns()));
        }
    }
}
