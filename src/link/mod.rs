//! Stage 4: targets as authors name them to targets that can be followed.
//!
//! The only stage that looks at the set as a whole. It turns every [`Mention`] into a [`Target`],
//! reports what leads nowhere, and takes document order away where the text itself says how to go
//! on. A loop is reported and kept: following it is for a walk to decide.
//!
//! *Deliberately absent:* reading text. What a sentence says was settled by extraction.

mod addresses;
mod cycles;
mod names;
mod numbers;
mod order;
mod subflows;
mod titles;
mod twins;
mod world;

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::address::{Paths, has_scheme};
use crate::extract::Extracted;
use crate::model::{
    CompiledSet, Diagnostic, FileId, Kind, Leads, Linker, LinkerKind, Mention, PerView,
    Prerequisite, Role, Target, Unit, UnitNo, Via,
};

use addresses::Anchors;
use numbers::Numbers;
use titles::Titles;
use world::{World, per_view};

pub use order::{distinct, settle};

/// What linking needs beside the units.
pub struct Surroundings<'a> {
    /// The paths of the set, by [`FileId`].
    pub paths: &'a Paths,
    /// Their names.
    pub names: &'a [String],
    /// Turns an address of the site into one relative to the root.
    pub rewrite: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// Is there a file or folder at this path, relative to the root, that is no document of the set?
    pub exists: &'a (dyn Fn(&str) -> bool + Sync),
    /// Other names of pages, from their front matter: `(name, page)`.
    pub aliases: &'a [(String, FileId)],
}

/// Links the pages of a set. `pages` are in the order of their file ids.
pub fn link(pages: Vec<Extracted>, surroundings: &Surroundings<'_>) -> CompiledSet {
    let bases = bases(&pages);
    // What says the same is told from the texts alone, beside linking.
    let (joined, twins) = rayon::join(
        || Set::new(&pages, &bases, surroundings).joined(),
        || twins::originals(&pages, &bases),
    );
    let ended: Vec<Linked> = (pages, joined, &bases)
        .into_par_iter()
        .map(|(page, joined, base)| linked(page, joined, *base))
        .collect();
    let mut compiled = CompiledSet::default();
    compiled
        .units
        .reserve(bases.last().map_or(0, |b| *b as usize));
    for mut page in ended {
        compiled.units.append(&mut page.units);
        compiled.leads.extend(page.leads);
        compiled.diagnostics.append(&mut page.diagnostics);
    }
    twins::join(&mut compiled.units, &twins);
    compiled
        .units
        .par_iter_mut()
        .for_each(|unit| settle(&mut unit.linkers));
    cycles::report(&compiled.units, &mut compiled.diagnostics);
    let order = |d: &Diagnostic| (d.span, d.code);
    compiled
        .diagnostics
        .sort_by(|a, b| (order(a), &a.message).cmp(&(order(b), &b.message)));
    compiled.diagnostics.dedup();
    compiled
}

/// A page with what leads from its units resolved.
#[derive(Default)]
struct Linked {
    units: Vec<Unit<Target>>,
    leads: Vec<(UnitNo, Leads)>,
    diagnostics: Vec<Diagnostic>,
}

fn linked(page: Extracted, joined: Joined, base: u32) -> Linked {
    let mut linked = Linked {
        units: Vec::with_capacity(page.units.len()),
        diagnostics: page.diagnostics,
        ..Linked::default()
    };
    linked.diagnostics.extend(joined.diagnostics);
    for (i, (unit, mut ends)) in page.units.into_iter().zip(joined.ends).enumerate() {
        let leads = ends.leads.take();
        linked
            .leads
            .extend(leads.map(|leads| (UnitNo(base + i as u32), leads)));
        linked.units.push(with_ends(unit, base, ends));
    }
    linked
}

/// The number of each page's first unit.
fn bases(pages: &[Extracted]) -> Vec<u32> {
    let mut next = 0;
    pages
        .iter()
        .map(|page| {
            let base = next;
            next += page.units.len() as u32;
            base
        })
        .collect()
}

/// The set while it is linked.
struct Set<'a> {
    pages: &'a [Extracted],
    bases: &'a [u32],
    titles: Titles,
    anchors: Anchors,
    /// By page, where something names a unit of it.
    numbers: Vec<OnceLock<Numbers<'a>>>,
    surroundings: &'a Surroundings<'a>,
}

/// What linking finds out about a page.
struct Joined {
    /// By unit.
    ends: Vec<Ends>,
    diagnostics: Vec<Diagnostic>,
}

/// Everything of a unit that leads somewhere.
struct Ends {
    linkers: Vec<Linker<Target>>,
    prerequisites: Vec<Prerequisite<Target>>,
    /// All of it again, if something depends on what a caller sees.
    leads: Option<Leads>,
    /// Is what the unit leads to where it does not end not there?
    unsettled: bool,
}

/// Where a mention was resolved to.
enum Found {
    /// There.
    Target(Target),
    /// Nowhere, and the reader has been told or need not be.
    Nothing,
    /// It was only a guess that this names a target.
    Guess,
}

impl<'a> Set<'a> {
    fn new(pages: &'a [Extracted], bases: &'a [u32], surroundings: &'a Surroundings<'a>) -> Self {
        let (titles, anchors) = rayon::join(
            || Titles::new(pages, bases),
            || Anchors::new(pages, bases, surroundings),
        );
        Set {
            pages,
            bases,
            titles,
            anchors,
            numbers: pages.iter().map(|_| OnceLock::new()).collect(),
            surroundings,
        }
    }

    /// Every page.
    fn joined(&self) -> Vec<Joined> {
        let pages = (0..self.pages.len()).into_par_iter();
        pages.map(|page| self.page(page)).collect()
    }

    fn page(&self, page: usize) -> Joined {
        let mut diagnostics = Vec::new();
        let units = 0..self.pages[page].units.len();
        let mut ends: Vec<_> = units
            .map(|no| self.ends(page, no, &mut diagnostics))
            .collect();
        subflows::pass(&self.pages[page], self.bases[page], &mut ends);
        self.images(page, &mut diagnostics);
        Joined { ends, diagnostics }
    }

    fn ends(&self, page: usize, no: usize, diagnostics: &mut Vec<Diagnostic>) -> Ends {
        let unit = &self.pages[page].units[no];
        let linkers = unit.linkers.iter().map(|linker| {
            // What leads nowhere is reported for a caller who sees everything.
            let mut told = Some(&mut *diagnostics);
            per_view(&unit.labels, |world| {
                let (mut untold, span) = (Vec::new(), linker.span);
                let at = Place {
                    page,
                    unit: no,
                    span,
                    world,
                };
                self.lead(linker, &at, told.take().unwrap_or(&mut untold))
            })
        });
        let linkers: Vec<PerView<Option<Linker<Target>>>> = linkers.collect();
        let asked = unit.prerequisites.iter();
        let targets = asked.map(|p| {
            per_view(&unit.labels, |world| {
                let span = p.span;
                let at = Place {
                    page,
                    unit: no,
                    span,
                    world,
                };
                self.asked(p, &at)
            })
        });
        let targets: Vec<PerView<Option<Target>>> = targets.collect();
        // "If it is still down, go to step 9", which is not there: nobody knows that it is resolved.
        let decides = |l: &&Linker<Mention>| l.decision.is_some();
        let lost = || {
            linkers
                .iter()
                .zip(&unit.linkers)
                .any(|(to, l)| decides(&l) && matches!(to, PerView::Always(None)))
        };
        let settled = self.pages[page].settled.contains(&UnitNo(no as u32));
        let unsettled = settled && lost();
        let depends = linkers.iter().any(PerView::depends) || targets.iter().any(PerView::depends);
        let leads = depends.then(|| Leads {
            linkers: linkers.clone(),
            prerequisites: targets.clone(),
        });
        let whole = linkers.into_iter().filter_map(|l| l.whole().flatten());
        let prerequisites = unit.prerequisites.iter().zip(targets);
        Ends {
            linkers: distinct(whole),
            prerequisites: prerequisites
                .map(|(p, target)| prerequisite(p, target.whole().flatten()))
                .collect(),
            leads,
            unsettled,
        }
    }

    /// A linker with what its mention leads to; `None` where it leads nowhere.
    fn lead(
        &self,
        linker: &Linker<Mention>,
        at: &Place<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Linker<Target>> {
        use LinkerKind::{Branch, Call, FollowUp, Requires};
        // What is done in a case is not lost because the file is not here.
        let in_case = linker.kind == Branch && linker.via == Via::Phrase;
        let written = matches!(linker.target, Mention::Address(_));
        let kept = matches!(linker.kind, Requires | FollowUp | Call) || in_case && written;
        let target = match self.resolve(&linker.target, at, diagnostics) {
            // "Skip this section if you use a rope." leads to the section on ropes beside it.
            Found::Target(target) => self.other_way(linker, at).unwrap_or(target),
            Found::Nothing if kept => instead_of(&linker.target)?,
            Found::Nothing | Found::Guess => return None,
        };
        self.linker(linker, target, at)
    }

    /// The linker with its target, unless the target makes no sense for its kind.
    fn linker(
        &self,
        linker: &Linker<Mention>,
        target: Target,
        at: &Place<'_>,
    ) -> Option<Linker<Target>> {
        let mut kind = linker.kind;
        // What is told of by the way among prerequisites was written to be read first only where it is
        // another page of the set.
        let by_the_way = linker.via == Via::Remark;
        let elsewhere = |to: UnitNo| self.locate(to).0 != at.page;
        if by_the_way && !matches!(target, Target::Unit(to) if elsewhere(to)) {
            return None;
        }
        if let Target::Unit(to) = target {
            let this = UnitNo(self.bases[at.page] + at.unit as u32);
            let inside = self.holds(to, this);
            match kind {
                // A text that says "follow this path" in the path itself means to go on.
                LinkerKind::Call if inside => return None,
                // There is nothing to do in what only tells.
                LinkerKind::Call if self.mentioned(to).kind == Kind::Reference => {
                    kind = LinkerKind::See;
                }
                // Nothing is left to come back for.
                LinkerKind::Call if linker.condition.is_some() && self.ahead(this, to) => {
                    kind = LinkerKind::Branch;
                }
                LinkerKind::See | LinkerKind::Defines if to == this => return None,
                // A link to an entry of a glossary explains the word that is linked.
                LinkerKind::See if self.mentioned(to).kind == Kind::Term => {
                    kind = LinkerKind::Defines;
                }
                _ => {}
            }
        } else if matches!(kind, LinkerKind::Next | LinkerKind::Branch) {
            // Nothing outside of the set can be walked to.
            kind = LinkerKind::See;
        }
        Some(Linker {
            kind,
            target,
            via: linker.via,
            condition: linker.condition.clone().filter(|_| kind != LinkerKind::See),
            decision: linker.decision.filter(|_| kind != LinkerKind::See),
            span: linker.span,
        })
    }

    /// Is `to` a section that comes later in the sequence which goes on right behind this unit? The very
    /// next would come without the condition, too.
    fn ahead(&self, this: UnitNo, to: UnitNo) -> bool {
        let (page, at) = self.locate(this);
        let Some(behind) = self.pages[page].units.get(at + 1) else {
            return false;
        };
        let (goes_on, target) = (behind.place, self.mentioned(to).place);
        let parts = [goes_on.role, target.role] == [Role::Part; 2];
        let (there, place) = self.locate(to);
        let later = there == page && place > at + 1;
        // What stands below the unit itself is left to do.
        let below = goes_on.parent == Some(UnitNo(at as u32));
        later && parts && goes_on.parent == target.parent && !below
    }

    /// What the target of a prerequisite leads to.
    fn asked(&self, p: &Prerequisite<Mention>, at: &Place<'_>) -> Option<Target> {
        let mention = p.target.as_ref()?;
        // What leads nowhere is reported where the linker is.
        match self.resolve(mention, at, &mut Vec::new()) {
            Found::Target(target) => Some(target),
            Found::Nothing => instead_of(mention),
            Found::Guess => None,
        }
    }

    /// Is the unit there for the caller?
    fn sees(&self, at: &Place<'_>, no: UnitNo) -> bool {
        at.world.sees(&self.mentioned(no).labels)
    }

    fn resolve(
        &self,
        mention: &Mention,
        at: &Place<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Found {
        match mention {
            Mention::Local(no) => Found::Target(Target::Unit(UnitNo(self.bases[at.page] + no.0))),
            Mention::Address(link) => self.address(&link.address, at, diagnostics),
            Mention::Named(name) => self.named(name, at, diagnostics),
            Mention::Relative(offset) => self.relative(*offset, at),
            Mention::Behind(inner) => match self.resolve(inner, at, diagnostics) {
                Found::Target(Target::Unit(no)) => self.behind(no),
                other => other,
            },
            Mention::Term(key) => self.term(key, at),
            Mention::Spelled(name) => self.spelled(name, at),
        }
    }

    /// The page of a unit and its place in it.
    fn locate(&self, no: UnitNo) -> (usize, usize) {
        let page = self
            .bases
            .partition_point(|base| *base <= no.0)
            .saturating_sub(1);
        (page, (no.0 - self.bases[page]) as usize)
    }

    /// A unit before linking.
    fn mentioned(&self, no: UnitNo) -> &Unit<Mention> {
        let (page, unit) = self.locate(no);
        &self.pages[page].units[unit]
    }

    /// Does `outer` hold `inner`, or is it the same?
    fn holds(&self, outer: UnitNo, inner: UnitNo) -> bool {
        let (a, b) = (self.mentioned(outer), self.mentioned(inner));
        a.page == b.page && (outer == inner || a.span.holds(b.span))
    }
}

/// Where a mention stands.
struct Place<'w> {
    page: usize,
    /// Its unit, within the page.
    unit: usize,
    span: crate::model::Span,
    /// What is there for whoever reads it.
    world: &'w World<'w>,
}

/// A prerequisite with its target.
fn prerequisite(p: &Prerequisite<Mention>, target: Option<Target>) -> Prerequisite<Target> {
    Prerequisite {
        text: p.text.clone(),
        kind: p.kind,
        constraint: p.constraint.clone(),
        target,
        remark: p.remark,
        condition: p.condition.clone(),
        one_of: p.one_of,
        span: p.span,
    }
}

/// What stands for a pointer that leads to nothing in the set: an address that a browser may know, else
/// what to search for.
fn instead_of(mention: &Mention) -> Option<Target> {
    match mention {
        Mention::Address(link) if link.address.starts_with('/') || has_scheme(&link.address) => {
            Some(Target::Url(link.address.clone()))
        }
        _ => query(mention).map(Target::Query),
    }
}

/// What to search for where a pointer leads nowhere.
fn query(mention: &Mention) -> Option<String> {
    match mention {
        // "Here" says nothing; the name of the file may.
        Mention::Address(link) if link.text.contains(' ') => Some(link.text.clone()),
        Mention::Address(link) => {
            let address = &link.address;
            let path = address.split(['#', '?']).next().unwrap_or_default();
            let name = path
                .trim_end_matches('/')
                .rsplit('/')
                .next()
                .unwrap_or_default();
            let name = name.strip_suffix(".md").unwrap_or(name);
            let words = name.replace(['-', '_'], " ");
            (!words.trim().is_empty()).then_some(words)
        }
        Mention::Named(name) => name.title.clone(),
        Mention::Term(key) => Some(key.replace(['-', '_'], " ")),
        Mention::Local(_) | Mention::Relative(_) | Mention::Behind(_) | Mention::Spelled(_) => None,
    }
}

/// A unit, with what leads from it resolved.
fn with_ends(unit: Unit<Mention>, base: u32, ends: Ends) -> Unit<Target> {
    let mut place = unit.place;
    place.parent = place.parent.map(|p| UnitNo(base + p.0));
    Unit {
        id: unit.id,
        kind: unit.kind,
        header: unit.header,
        intent: unit.intent,
        summary: unit.summary,
        prerequisites: ends.prerequisites,
        body: unit.body,
        inserts: unit.inserts,
        linkers: ends.linkers,
        ends: unit.ends.filter(|_| !ends.unsettled),
        told: unit.told,
        path: unit.path,
        abbreviations: unit.abbreviations,
        labels: unit.labels,
        applies: unit.applies,
        language: unit.language,
        page: unit.page,
        span: unit.span,
        place,
        number: unit.number,
    }
}
