//! The nouns: what a document set is made of once it has been read.
//!
//! Everything here is owned and serialisable; nothing borrows from a source text. Two rules run
//! through all of it:
//!
//! * **Spans are carried, never rebuilt.** A [`Span`] is set when the Markdown event is read and
//!   travels unchanged to the stored unit. Lines are computed only when something is printed.
//! * **The phase is in the type.** A [`Unit`]`<`[`Mention`]`>` still names its targets the way the
//!   author did; a [`Unit`]`<`[`Target`]`>` points at them. Only the linker turns one into the other.
//!
//! *Deliberately absent:* reading files, parsing, searching. These modules have no behaviour beyond
//! keeping their own values well-formed.

mod abbreviation;
mod alike;
pub mod ascii;
mod condition;
mod diagnostic;
mod document;
mod edit;
mod facts;
mod ids;
mod intent;
mod leads;
mod library;
mod linker;
mod mention;
mod numbering;
mod prerequisite;
mod source;
mod span;
mod text;
mod unit;

pub use abbreviation::Abbreviation;
pub(crate) use alike::Alike;
pub use condition::{Condition, Op, Polarity, Test};
pub use diagnostic::{Code, Diagnostic, Severity};
pub use document::{
    Block, BlockKind, Document, FrontMatter, Heading, Inline, Item, List, Mark, MarkKind, Shown,
    Table, Variant,
};
pub use edit::Edit;
pub use facts::{Fact, Facts};
pub use ids::{FileId, UnitId, UnitNo};
pub use intent::Intent;
pub use leads::{Case, Leads, PerView, Sight};
pub use library::{CompiledSet, Library, Unreadable};
pub use linker::{Linker, LinkerKind, Target, Via};
pub use mention::{Link, Mention, Name, Offset, Stands};
pub use numbering::{Written, labelled, parts, written};
pub use prerequisite::{Prerequisite, PrerequisiteKind, Standing};
pub use source::{Source, SourceFile, SourceText, Sources, lines};
pub use span::Span;
pub use text::one_line;
pub use unit::{Ending, Kind, Place, Role, Unit};
