//! Hyperlinks.

use std::cell::Cell;

use rustc_hash::FxHashMap;

use super::world::World;
use super::{Found, Place, Set, Surroundings};
use crate::address::{Address, Lead, has_scheme};
use crate::extract::Extracted;
use crate::model::{Code, Diagnostic, FileId, Severity, Target, UnitNo};

/// SW101: a link leads to nothing.
const NOTHING: Code = Code(101);
/// SW102: an anchor, or a step that is named, is not there.
pub(super) const NO_ANCHOR: Code = Code(102);

/// Every anchor of every page.
pub(super) struct Anchors {
    /// Anchors are compared without case, as sites are lenient about it.
    by_name: FxHashMap<(FileId, String), UnitNo>,
    /// The last one that has a name is meant.
    by_alias: FxHashMap<String, Vec<FileId>>,
    /// Those that lead there from every page.
    by_label: FxHashMap<String, Vec<UnitNo>>,
}

impl Anchors {
    pub(super) fn new(pages: &[Extracted], bases: &[u32], surroundings: &Surroundings<'_>) -> Self {
        let mut by_name = FxHashMap::default();
        let mut by_label: FxHashMap<String, Vec<UnitNo>> = FxHashMap::default();
        for (i, (page, base)) in pages.iter().zip(bases).enumerate() {
            for (anchor, unit) in page.anchors.iter().chain(&page.other_anchors) {
                let key = (FileId(i as u32), anchor.to_lowercase());
                by_name.entry(key).or_insert(UnitNo(base + unit.0));
            }
            for (label, unit) in &page.labels {
                let units = by_label.entry(label.to_lowercase()).or_default();
                units.push(UnitNo(base + unit.0));
            }
        }
        let mut by_alias: FxHashMap<String, Vec<FileId>> = FxHashMap::default();
        for (name, file) in surroundings.aliases {
            let files = by_alias.entry(name.trim_matches('/').to_owned());
            files.or_default().push(*file);
        }
        Anchors {
            by_name,
            by_alias,
            by_label,
        }
    }

    fn get(&self, page: FileId, anchor: &str) -> Option<UnitNo> {
        let named = |anchor: &str| self.by_name.get(&(page, anchor.to_lowercase())).copied();
        // Some sites let no anchor begin with a digit, and write `_2-open-the-lid`.
        let digit = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_digit());
        let behind = anchor.strip_prefix('_').filter(digit);
        named(anchor).or_else(|| behind.and_then(named))
    }
}

impl Set<'_> {
    pub(super) fn address(
        &self,
        written: &str,
        at: &Place<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Found {
        let rewritten = (self.surroundings.rewrite)(written);
        let site = rewritten.is_some();
        let address = rewritten.as_deref().unwrap_or(written);
        let Some(read) = Address::read(address) else {
            return if worth_keeping(written) {
                Found::Target(Target::Url(written.to_owned()))
            } else {
                Found::Guess
            };
        };
        let rooted = site || read.path.starts_with('/');
        let variable = read.path.trim_start_matches('/').find('{');
        // A variable of the site is in an address that only the site can complete.
        if rooted && variable.is_some_and(|at| at > 0) && !read.path.contains(['<', '>']) {
            return Found::Target(Target::Url(written.to_owned()));
        }
        // A template's placeholder is no address.
        if read.path.contains(['{', '<', '>']) || (read.path.is_empty() && read.fragment.is_empty())
        {
            return Found::Guess;
        }
        if read.path.is_empty() {
            return self.anchor(FileId(at.page as u32), &read.fragment, at, diagnostics);
        }
        let from = &self.surroundings.names[at.span.file.index()];
        let hidden = Cell::new(false);
        let there = |file| {
            let sees = self.sees(at, self.page_unit(file));
            hidden.set(hidden.get() || !sees);
            sees
        };
        let paths = self.surroundings.paths;
        let lead = match rooted {
            true => paths.at_among(&read.path, &there),
            false => paths.lead_among(from, &read.path, &there),
        };
        match lead {
            Lead::File(file) => self.anchor(file, &read.fragment, at, diagnostics),
            Lead::Folder => Found::Guess,
            lead => self.elsewhere(
                written,
                &read.path,
                Rooted {
                    site,
                    rooted,
                    leaves: matches!(lead, Lead::Outside),
                    hidden: hidden.get(),
                },
                at,
                diagnostics,
            ),
        }
    }

    /// A path that is no document of the set.
    fn elsewhere(
        &self,
        written: &str,
        path: &str,
        kind: Rooted,
        at: &Place<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Found {
        let named = self.anchors.by_alias.get(path.trim_matches('/'));
        let mut there = named.into_iter().flatten().rev();
        if let Some(file) = there.find(|file| self.sees(at, self.page_unit(**file))) {
            return Found::Target(Target::Unit(self.page_unit(*file)));
        }
        if let Some(unit) = self.labelled(path, at) {
            return Found::Target(Target::Unit(unit));
        }
        let from = &self.surroundings.names[at.span.file.index()];
        let folder = if kind.rooted {
            ""
        } else {
            from.rsplit_once('/').map_or("", |(folder, _)| folder)
        };
        // An address of the site outside of this set.
        let outside = kind.rooted && !kind.site;
        let file = || !kind.hidden && (self.surroundings.exists)(&format!("{folder}/{path}"));
        if outside || file() {
            if kind.leaves && is_document(path) {
                diagnostics.push(Diagnostic::at(
                    NOTHING,
                    Severity::Note,
                    at.span,
                    format!("`{written}` leads out of the compiled folder"),
                    "write the path within the folder, or compile from a folder that holds both; until then nobody is led there",
                ));
            }
            return Found::Target(Target::Url(written.to_owned()));
        }
        diagnostics.push(Diagnostic::at(
            NOTHING,
            Severity::Warning,
            at.span,
            format!("`{written}` leads to nothing"),
            "mend the path, or remove the link; paths are relative to the file they stand in",
        ));
        Found::Nothing
    }

    fn anchor(
        &self,
        file: FileId,
        fragment: &str,
        at: &Place<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Found {
        let page = self.page_unit(file);
        if fragment.is_empty() {
            return Found::Target(Target::Unit(page));
        }
        let unit = self.anchors.get(file, fragment);
        if let Some(unit) = unit.filter(|no| self.sees(at, *no)) {
            return Found::Target(Target::Unit(unit));
        }
        // `#tab/cli` and `#:~:text=` are the site's own; `#top` is every browser's.
        if fragment.contains(['/', ':', '=']) || fragment.eq_ignore_ascii_case("top") {
            return Found::Target(Target::Unit(page));
        }
        let own = file.index() == at.page;
        if let Some(unit) = self.labelled(fragment, at).filter(|_| own) {
            return Found::Target(Target::Unit(unit));
        }
        let name = &self.surroundings.names[file.index()];
        diagnostics.push(Diagnostic::at(
            NO_ANCHOR,
            Severity::Warning,
            at.span,
            format!("there is no `#{fragment}` in `{name}`"),
            "use the slug of a heading of that page, or give the place an explicit anchor; until then the link leads to the page",
        ));
        if own {
            Found::Nothing
        } else {
            Found::Target(Target::Unit(page))
        }
    }

    /// What has this label, wherever it stands.
    fn labelled(&self, name: &str, at: &Place<'_>) -> Option<UnitNo> {
        let labels = &self.anchors.by_label;
        let units = match labels.is_empty() {
            true => None,
            false => labels.get(&name.to_lowercase()),
        };
        units?.iter().copied().find(|unit| self.sees(at, *unit))
    }

    /// A page's own unit.
    pub(super) fn page_unit(&self, file: FileId) -> UnitNo {
        UnitNo(self.bases[file.index()])
    }

    /// Pictures that are not there.
    pub(super) fn images(&self, page: usize, diagnostics: &mut Vec<Diagnostic>) {
        let world = World::of(&self.pages[page].units[0].labels);
        for (address, span) in &self.pages[page].images {
            let at = Place {
                page,
                unit: 0,
                span: *span,
                world: &world,
            };
            if !has_scheme(address) {
                self.address(address, &at, diagnostics);
            }
        }
    }
}

/// How a path is meant.
#[derive(Clone, Copy)]
struct Rooted {
    /// It was an address of the site that a rewrite turned into a path of the set.
    site: bool,
    /// It is relative to the root.
    rooted: bool,
    /// It leads out of the root.
    leaves: bool,
    /// It is one of the set, which is not there for the caller.
    hidden: bool,
}

/// Would the file be one of the set, if it were in its folder?
fn is_document(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|e| matches!(e, "md" | "markdown" | "mdx"))
}

/// Is an address with a scheme one that a reader can open?
fn worth_keeping(address: &str) -> bool {
    !address.to_ascii_lowercase().starts_with("javascript:")
}
