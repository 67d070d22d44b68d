//! Stage 3: [`Document`] to logic units.
//!
//! A page becomes a tree of units: the page, its sections, their steps. Around the tree stand what
//! no sequence leads to (prerequisites, next steps) and what only a choice leads to (blocks under
//! a condition, options). What a sentence says is read in [`crate::sentence`]; this stage knows
//! where in a document a sentence stands.
//!
//! Total: every document gives units, and every word of it is in one of them.
//!
//! *Deliberately absent:* other pages. A unit names its targets the way the author did; only
//! [`crate::link`] finds them. Included text is the exception: it is read in place.

mod alternatives;
mod apart;
mod aside;
mod body;
mod builder;
mod cases;
mod chain;
mod entries;
mod fill;
mod finish;
mod header;
mod ids;
mod inserts;
mod items;
mod leads;
mod linked;
mod listed;
mod lists;
mod needs;
mod notes;
mod numbered;
mod offered;
mod prose;
mod running;
mod said;
mod say;
mod skips;
mod split;
mod tables;
mod text;
mod twins;
mod under;
mod variants;
mod ways;
mod whole;

pub use inserts::insert;
pub use said::Said;
pub use say::say;

use crate::grammar::Grammar;
use crate::model::{Diagnostic, Document, FileId, Mention, Unit};

/// One file of the set as extraction sees it.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// Relative to the root, with `/`.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Its blocks.
    pub document: &'a Document,
    /// Who may see it, by the configuration.
    pub labels: &'a [String],
}

/// Everything extraction may look at beside the page in hand.
pub struct Context<'a> {
    /// The languages.
    pub grammar: &'a Grammar,
    /// The language of every page that states none; `None` to detect it.
    pub language: Option<&'a str>,
    /// Every file of the set, by [`FileId`]; included text is found here.
    pub pages: &'a [Page<'a>],
    /// Their paths.
    pub paths: &'a crate::address::Paths,
}

/// The units of one page, numbered from 0 in document order.
#[derive(Debug, Default)]
pub struct Extracted {
    /// The units. The first is the page's own.
    pub units: Vec<Unit<Mention>>,
    /// Explicit anchors (`<a id>`, `{#id}`) and heading slugs as sites make them, with the unit
    /// each leads to.
    pub anchors: Vec<(String, crate::model::UnitNo)>,
    /// Heading slugs as only some sites make them, which mean a heading where no other has them.
    pub other_anchors: Vec<(String, crate::model::UnitNo)>,
    /// Those of the anchors that lead there from every page.
    pub labels: Vec<(String, crate::model::UnitNo)>,
    /// What holds each unit in the text.
    pub containers: Vec<Option<crate::model::UnitNo>>,
    /// Is each unit a page or a section, which its title can name?
    pub titled: Vec<bool>,
    /// Is there something to do in each unit? A step can also tell how things are.
    pub doing: Vec<bool>,
    /// The key under which a glossary page is referred to.
    pub term: Option<String>,
    /// The language that its sentences were read in.
    pub language: String,
    /// What each step says that may say what another does: [`say()`] tells.
    pub said: Vec<Option<Said>>,
    /// Pictures, by their addresses.
    pub images: Vec<(String, crate::model::Span)>,
    /// Units that end as resolved only where what they decide leads on otherwise.
    pub settled: Vec<crate::model::UnitNo>,
    /// Files whose text stands on this page.
    pub included: Vec<FileId>,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// The units of a page.
pub fn extract(file: FileId, context: &Context<'_>) -> Extracted {
    builder::Builder::new(file, context).page()
}
