//! One unit a line, as JSON.

use std::io::{BufWriter, Write};

use super::ExportError;
use crate::json::{Lookup, Versioned, write_line};
use crate::model::{Library, UnitNo};

/// What is written at once.
const BUFFER: usize = 64 * 1024;

pub(super) fn write(
    library: &dyn Library,
    units: Vec<UnitNo>,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let lookup = Lookup::new(library);
    let mut out = BufWriter::with_capacity(BUFFER, out);
    for no in units {
        let unit = library.unit(no)?;
        lookup.remember(no, &unit);
        write_line(&mut out, &Versioned::new(lookup.unit(&unit)?))?;
    }
    Ok(out.flush()?)
}
