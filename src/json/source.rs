//! Where something stands.

use std::rc::Rc;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::model::{SourceFile, Span};

/// A file whose lines are counted.
#[derive(Debug)]
pub(super) struct Placed {
    file: Arc<SourceFile>,
    starts: Vec<u32>,
}

impl Placed {
    pub(super) fn new(file: Arc<SourceFile>) -> Self {
        let starts = file.line_starts();
        Placed { file, starts }
    }

    fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|start| *start <= offset) as u32
    }
}

/// `{"file":"ops/drain.md","lines":[14,18],"bytes":[410,520],"hash":"…"}`
#[derive(Clone, Debug)]
pub struct SourceJson {
    file: Rc<Placed>,
    span: Span,
}

impl SourceJson {
    pub(super) fn new(file: Rc<Placed>, span: Span) -> Self {
        SourceJson { file, span }
    }
}

impl Serialize for SourceJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Span { start, end, .. } = self.span;
        let last = end.saturating_sub(1).max(start);
        let mut source = serializer.serialize_struct("Source", 4)?;
        source.serialize_field("file", &self.file.file.path)?;
        source.serialize_field("lines", &[self.file.line(start), self.file.line(last)])?;
        source.serialize_field("bytes", &[start, end])?;
        source.serialize_field("hash", &self.file.file.hash)?;
        source.end()
    }
}

/// The path of a page.
#[derive(Clone, Debug)]
pub struct PageJson(pub(super) Rc<Placed>);

impl Serialize for PageJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.file.path)
    }
}
