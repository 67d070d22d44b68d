//! The units of a page while they are being made.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::body::Body;
use super::ids::Slug;
use super::ways::Ways;
use super::{Context, Extracted, Page};
use crate::grammar::{Cursor, Cut, Lexicon, Tokens};
use crate::model::{
    Abbreviation, Block, BlockKind, Condition, Diagnostic, Ending, FileId, Inline, Intent, Kind,
    Linker, LinkerKind, Mention, Place, Prerequisite, Role, Span, Unit, UnitId, UnitNo,
};

/// There is room for so many units from the beginning: most pages have fewer.
const UNITS: usize = 32;

/// Collects the units of one page.
pub(super) struct Builder<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) lexicon: &'a Lexicon,
    /// The page that the units belong to.
    pub(super) file: FileId,
    /// The files whose text is being read: the page, then what is included, innermost last.
    pub(super) sources: Vec<FileId>,
    pub(super) units: Vec<Unit<Mention>>,
    pub(super) notes: Vec<Notes>,
    pub(super) anchors: Vec<(String, UnitNo)>,
    pub(super) other_anchors: Vec<(String, UnitNo)>,
    pub(super) labels: Vec<(String, UnitNo)>,
    pub(super) included: Vec<FileId>,
    /// Units that end as resolved only where what they decide leads on otherwise.
    pub(super) settled: Vec<UnitNo>,
    /// How many files were read in place, each as often as it was.
    pub(super) read: usize,
    pub(super) images: Vec<(String, Span)>,
    pub(super) diagnostics: Vec<Diagnostic>,
    heading_slugs: FxHashMap<String, u32>,
    /// The abbreviations that each unit spells out.
    pub(super) spelled: FxHashSet<(UnitNo, Abbreviation)>,
    /// How many choices there are between prerequisites.
    pub(super) choices: u16,
    /// Prerequisites that begin with what is asked of everybody, and where their case begins.
    pub(super) cased_from: FxHashMap<Span, u32>,
    /// What stands around the text that is being read.
    pub(super) around: Around,
    /// How the texts of the documents were cut, by where they lie in memory: a list item is looked
    /// at three times before it is a step.
    cuts: RefCell<FxHashMap<*const Inline, Rc<Cut>>>,
    /// Blocks that were put together from those of the documents: their texts stay where they are too.
    pub(super) made: RefCell<Vec<Rc<[Block]>>>,
    /// The headings of the files that were asked for them, in lower case.
    headings: RefCell<FxHashMap<FileId, FxHashSet<String>>>,
}

/// What stands around a text within its unit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// A note.
    pub(super) remark: bool,
    /// A box of any kind. What it tells of is beside the way, and does not end it.
    pub(super) boxed: bool,
    /// A note for a case, which no jump in it leaves.
    pub(super) cased: bool,
    /// A list of several items, of which nothing tells when each counts.
    pub(super) several: bool,
    /// A list of cases in which something is so. They are not asked for.
    pub(super) cases: bool,
    /// Prerequisites, which are read as such.
    pub(super) asked: bool,
}

/// What is known of a unit only while its page is read.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) slug: Slug,
    pub(super) body: Body,
    /// What holds it in the text; a unit behind a decision hangs under the unit that decides.
    pub(super) container: Option<UnitNo>,
    /// Does it hold one itself?
    pub(super) holds: bool,
    /// What stands where among its linkers.
    pub(super) ways: Ways,
    /// Its kind, where the text says so; else it is told from its parts.
    pub(super) fixed: Option<Kind>,
    /// Its last paragraph, for "If yes" after it.
    pub(super) last_text: String,
    /// The goal that it tells to look at.
    pub(super) goal: Option<String>,
    /// Does its heading tell to do something?
    pub(super) commands: bool,
    /// Was a section of prerequisites found in it?
    pub(super) prepared: bool,
    /// Is it such a section?
    pub(super) prepares: bool,
    pub(super) ends: Option<Ending>,
    /// Does it say nothing but that, or begin with when it is so?
    pub(super) stops: bool,
    /// What its own sentences say must be so first.
    pub(super) stated: Vec<Prerequisite<Mention>>,
    /// Is it the text of another file?
    pub(super) included: bool,
    /// Is its first sentence under the condition that leads to it?
    pub(super) under: bool,
    /// Is it a step of a list of which some say more than a link? Else links can be an outline of the page.
    pub(super) amid_steps: bool,
    /// Where this holds, the step after the one that says so is left out.
    pub(super) skips_next: Option<Condition>,
    /// Where these hold, the steps of these numbers are left out.
    pub(super) skips: Vec<Skipped>,
    /// Has its text code, or a sentence that tells to do something?
    pub(super) acts: bool,
    /// Is it called like a section of facts?
    pub(super) facts: bool,
}

/// "If it is new, skip steps 3-5."
#[derive(Debug)]
pub(super) struct Skipped {
    pub(super) first: String,
    pub(super) last: String,
    pub(super) condition: Condition,
}

/// A unit to be made.
pub(super) struct New {
    pub(super) header: String,
    pub(super) span: Span,
    pub(super) slug: Slug,
    pub(super) container: Option<UnitNo>,
    pub(super) fixed: Option<Kind>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(file: FileId, context: &'a Context<'a>) -> Self {
        let page = &context.pages[file.index()];
        let stated = page.document.front.language.as_deref().or(context.language);
        let lexicon = stated
            .and_then(|code| context.grammar.language(code))
            .unwrap_or_else(|| context.grammar.detect(page.text));
        Builder {
            context,
            lexicon,
            file,
            sources: vec![file],
            units: Vec::with_capacity(UNITS),
            notes: Vec::with_capacity(UNITS),
            anchors: Vec::new(),
            other_anchors: Vec::new(),
            labels: Vec::new(),
            included: Vec::new(),
            settled: Vec::new(),
            read: 0,
            images: Vec::new(),
            diagnostics: Vec::new(),
            heading_slugs: FxHashMap::default(),
            spelled: FxHashSet::default(),
            choices: 0,
            cased_from: FxHashMap::default(),
            around: Around::default(),
            cuts: RefCell::default(),
            made: RefCell::default(),
            headings: RefCell::default(),
        }
    }

    /// Everything about the page.
    pub(super) fn page(mut self) -> Extracted {
        self.page_unit();
        self.finish();
        let doing = self.units.iter().zip(&self.notes).map(does_something);
        Extracted {
            doing: doing.collect(),
            units: self.units,
            anchors: self.anchors,
            other_anchors: self.other_anchors,
            labels: self.labels,
            containers: self.notes.iter().map(|n| n.container).collect(),
            titled: self
                .notes
                .iter()
                .map(|n| matches!(n.slug, Slug::Heading(_)))
                .collect(),
            term: self.context.pages[self.file.index()]
                .document
                .front
                .term
                .clone(),
            language: self.lexicon.code().to_owned(),
            images: self.images,
            said: Vec::new(),
            settled: self.settled,
            included: self.included,
            diagnostics: self.diagnostics,
        }
    }

    /// The file whose text is being read.
    pub(super) fn source(&self) -> Page<'a> {
        self.context.pages[self.reading().index()]
    }

    fn reading(&self) -> FileId {
        self.sources.last().copied().unwrap_or(self.file)
    }

    /// Is a text the heading of a section of the file that is being read, whatever its case?
    pub(super) fn is_heading(&self, text: &str) -> bool {
        let lower = |text: &str| text.trim().to_ascii_lowercase();
        let heading = |block: &Block| match &block.kind {
            BlockKind::Heading(heading) => Some(lower(&heading.text.text)),
            _ => None,
        };
        let mut read = self.headings.borrow_mut();
        let headings = read.entry(self.reading()).or_insert_with(|| {
            let blocks = self.source().document.blocks.iter();
            blocks.filter_map(heading).collect()
        });
        headings.contains(&lower(text))
    }

    /// Does the last sentence of a text say this?
    pub(super) fn last_says(&self, text: &Inline, says: impl Fn(Cursor<'_>) -> bool) -> bool {
        let tokens = self.words(text);
        Cursor::sentences(&tokens).next_back().is_some_and(says)
    }

    /// The words of a text that belongs to a document or to blocks that were made and kept, which stay where
    /// they are while the page is read. Any other text is read by [`Tokens::inline`].
    pub(super) fn words<'i>(&self, inline: &'i Inline) -> Tokens<'i>
    where
        'a: 'i,
    {
        if let Some(cut) = self.cuts.borrow().get(&std::ptr::from_ref(inline)) {
            debug_assert_eq!(
                cut.tokens,
                Tokens::inline(inline, self.lexicon).tokens,
                "{:?} stands where another text stood",
                inline.text
            );
            return Tokens::of(&inline.text, Rc::clone(cut), self.lexicon);
        }
        let tokens = Tokens::inline(inline, self.lexicon);
        self.cuts
            .borrow_mut()
            .insert(std::ptr::from_ref(inline), tokens.cut());
        tokens
    }

    /// Makes a unit. It hangs nowhere yet.
    pub(super) fn add(&mut self, new: New) -> UnitNo {
        let no = UnitNo(self.units.len() as u32);
        let page = &self.context.pages[self.file.index()];
        let language = page.document.front.language.clone();
        let (labels, applies) = match new.container {
            Some(c) => {
                self.notes[c.index()].holds = true;
                let container = &self.units[c.index()];
                (container.labels.clone(), container.applies.clone())
            }
            None => (Vec::new(), BTreeMap::new()),
        };
        self.units.push(Unit {
            id: UnitId::default(),
            kind: new.fixed.unwrap_or(Kind::Reference),
            header: new.header,
            intent: Intent::default(),
            summary: String::new(),
            prerequisites: Vec::new(),
            body: String::new(),
            inserts: BTreeMap::new(),
            linkers: Vec::new(),
            ends: None,
            told: false,
            path: Vec::new(),
            abbreviations: Vec::new(),
            labels,
            applies,
            language: language.unwrap_or_else(|| self.lexicon.code().to_owned()),
            page: self.file,
            span: new.span,
            place: Place::default(),
            number: None,
        });
        self.notes.push(Notes {
            slug: new.slug,
            container: new.container,
            fixed: new.fixed,
            body: Body::plain(new.span.start as usize..new.span.start as usize),
            ..Notes::default()
        });
        no
    }

    /// Hangs a unit under its parent.
    pub(super) fn place(&mut self, unit: UnitNo, parent: UnitNo, role: Role) {
        self.units[unit.index()].place = Place {
            parent: Some(parent),
            role,
        };
    }

    /// Adds a linker; the same one twice is one.
    pub(super) fn link(&mut self, unit: UnitNo, linker: Linker<Mention>) {
        let linkers = &mut self.units[unit.index()].linkers;
        let ways = &mut self.notes[unit.index()].ways;
        // A link that leads nowhere is reported at each of its places; linking keeps one of those
        // that lead somewhere. A part is made once.
        let many = matches!(linker.kind, LinkerKind::See | LinkerKind::Part);
        if many || !ways.has(linkers, &linker) {
            ways.note(linkers.len(), &linker);
            linkers.push(linker);
        }
    }

    /// Takes linkers away, but for those that are to be kept.
    pub(super) fn keep_linkers(
        &mut self,
        unit: UnitNo,
        kept: impl FnMut(&Linker<Mention>) -> bool,
    ) {
        let linkers = &mut self.units[unit.index()].linkers;
        linkers.retain(kept);
        self.notes[unit.index()].ways = Ways::of(linkers);
    }

    /// Adds labels that are not there yet.
    pub(super) fn label(&mut self, unit: UnitNo, labels: &[String]) {
        let own = &mut self.units[unit.index()].labels;
        own.extend(labels.iter().cloned());
        own.sort();
        own.dedup();
    }

    /// The slug of a heading as sites make it: the second "Drain" of a page is `drain-1`.
    pub(super) fn site_slug(&mut self, slug: &str) -> String {
        let count = self.heading_slugs.entry(slug.to_owned()).or_insert(0);
        *count += 1;
        match *count {
            1 => slug.to_owned(),
            n => format!("{slug}-{}", n - 1),
        }
    }
}

/// Does a unit tell to do something, in its own text or by where it leads in a case?
fn does_something((unit, notes): (&Unit<Mention>, &Notes)) -> bool {
    let leads = |l: &Linker<Mention>| l.condition.is_some() || l.kind == LinkerKind::Call;
    notes.acts || notes.commands || notes.under || unit.linkers.iter().any(leads)
}
