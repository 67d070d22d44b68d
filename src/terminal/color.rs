//! Colour. The only module that names `anstream` and `anstyle`.

use std::fmt;
use std::str::FromStr;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Effects, Style};

use super::clean;

/// When to colour: the values of `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    /// On a terminal that can, unless `NO_COLOR` is set. `CLICOLOR_FORCE` and `TERM` are honoured.
    #[default]
    Auto,
    /// Always, even into a pipe and against `NO_COLOR`: a flag beats the environment.
    Always,
    /// Never.
    Never,
}

/// A value of `--color` that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot colour {0:?}: write auto, always or never")]
pub struct UnknownColor(String);

/// Where something is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

impl Color {
    /// All values, as `--color` takes them.
    pub const NAMES: [&str; 3] = ["auto", "always", "never"];

    /// The palette for a stream. Asks the environment and the stream, once.
    pub fn palette(self, stream: Stream) -> Palette {
        let coloured = match (self, stream) {
            (Color::Always, _) => true,
            (Color::Never, _) => false,
            (Color::Auto, Stream::Out) => wanted(AutoStream::choice(&std::io::stdout())),
            (Color::Auto, Stream::Err) => wanted(AutoStream::choice(&std::io::stderr())),
        };
        if coloured {
            Palette::COLOURED
        } else {
            Palette::PLAIN
        }
    }
}

fn wanted(choice: ColorChoice) -> bool {
    choice != ColorChoice::Never
}

impl FromStr for Color {
    type Err = UnknownColor;

    fn from_str(s: &str) -> Result<Self, UnknownColor> {
        match s {
            "auto" => Ok(Color::Auto),
            "always" => Ok(Color::Always),
            "never" => Ok(Color::Never),
            other => Err(UnknownColor(other.to_owned())),
        }
    }
}

/// What a piece of text is, which decides how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// The header of a unit.
    Title,
    /// A step's or a choice's number.
    Number,
    /// When something applies.
    Condition,
    /// A file and its lines.
    Place,
    /// A command or option.
    Code,
    /// Done, met, resolved.
    Good,
    /// Needs attention.
    Warning,
    /// Failed.
    Error,
    /// Beside the point.
    Quiet,
}

/// How each ink looks: coloured, or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    coloured: Coloured,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coloured {
    Yes,
    No,
}

impl Palette {
    /// No escape sequence at all.
    pub const PLAIN: Palette = Palette {
        coloured: Coloured::No,
    };
    /// The sixteen colours that every terminal's theme defines.
    pub const COLOURED: Palette = Palette {
        coloured: Coloured::Yes,
    };

    /// Are there colours in it?
    pub fn is_coloured(self) -> bool {
        self.coloured == Coloured::Yes
    }

    /// The text in this ink, cleaned.
    pub fn paint(self, ink: Ink, text: &str) -> Painted<'_> {
        Painted {
            style: self.style(ink),
            text,
        }
    }

    fn style(self, ink: Ink) -> Style {
        if !self.is_coloured() {
            return Style::new();
        }
        match ink {
            Ink::Title => Style::new().effects(Effects::BOLD),
            Ink::Number => AnsiColor::Cyan.on_default().effects(Effects::BOLD),
            Ink::Condition => AnsiColor::Yellow.on_default(),
            Ink::Place => AnsiColor::Blue.on_default(),
            Ink::Code => AnsiColor::Cyan.on_default(),
            Ink::Good => AnsiColor::Green.on_default(),
            Ink::Warning => AnsiColor::Yellow.on_default().effects(Effects::BOLD),
            Ink::Error => AnsiColor::Red.on_default().effects(Effects::BOLD),
            Ink::Quiet => Style::new().effects(Effects::DIMMED),
        }
    }
}

/// A text that is printed in its ink and cannot do anything else to a terminal.
#[derive(Clone, Copy, Debug)]
pub struct Painted<'a> {
    style: Style,
    text: &'a str,
}

impl fmt::Display for Painted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let style = self.style;
        write!(f, "{style}{}{style:#}", clean(self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_palette_adds_nothing_and_a_coloured_one_ends_what_it_begins() {
        let plain = Palette::PLAIN.paint(Ink::Error, "bad\u{1b}[2J").to_string();
        assert_eq!(plain, "bad␛[2J");
        let coloured = Palette::COLOURED.paint(Ink::Error, "bad").to_string();
        assert!(
            coloured.starts_with('\u{1b}') && coloured.ends_with("\u{1b}[0m"),
            "{coloured:?}"
        );
    }

    #[test]
    fn a_flag_beats_the_stream() {
        assert!(Color::Always.palette(Stream::Out).is_coloured());
        assert!(!Color::Never.palette(Stream::Err).is_coloured());
        for name in Color::NAMES {
            assert!(name.parse::<Color>().is_ok(), "{name}");
        }
        assert!("sometimes".parse::<Color>().is_err());
    }
}
