//! Everything that knows about a terminal: what may reach it, how wide it is, colour, progress, and
//! diagnostics for people.
//!
//! Two rules. Whatever comes from a document, a file name or an error passes [`clean()`] before it is
//! printed, so that no escape sequence of a document ever acts. And colour is decided once, as a
//! [`Palette`], so that nothing else asks about pipes, `NO_COLOR` or old consoles.
//!
//! *Deliberately absent:* data. JSON, graphs and other output for programs goes to standard output
//! as it is.

mod clean;
mod color;
mod excerpt;
mod progress;
mod report;
mod summary;
mod width;

pub use clean::clean;
pub use color::{Color, Ink, Painted, Palette, Stream, UnknownColor};
pub use progress::Progress;
pub use report::{Page, Texts, report};
pub use summary::Summary;
