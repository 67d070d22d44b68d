//! How a command shows things to people.

use std::sync::Arc;

use super::args::Global;
use crate::model::FileId;
use crate::parse::{Dialects, parse};
use crate::render::Look;
use crate::terminal::{Palette, Stream};

/// The look of standard output: its colours, its width, and the dialects that texts are read in.
pub(super) fn look(global: &Global, dialects: Dialects) -> Look {
    let read = move |text: &str| parse(FileId(0), text, dialects.detect(text)).0;
    Look {
        palette: global.color.palette(Stream::Out),
        columns: Stream::Out.columns(),
        read: Arc::new(read),
    }
}

/// The same without colour: for files, and for Markdown.
pub(super) fn plain(look: &Look) -> Look {
    Look {
        palette: Palette::PLAIN,
        ..look.clone()
    }
}
