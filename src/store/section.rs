//! The names of the parts of a published file.

use super::records::Table;

/// A part of the store whose bytes another stage makes and reads. The store keeps them as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// The intent index.
    Index,
    /// The grammar that the set was compiled with: questions are read by the same.
    Lexicon,
    /// The dialects of its pages: what is shown of them is read in the same.
    Dialects,
    /// What its pages are written in, and who sees that.
    Spoken,
    /// What ranking has to know of a unit without reading it.
    Cards,
    /// What the set calls by two names.
    Names,
    /// The vectors of headers, where there is a model.
    Vectors,
    /// Where units lead, for callers who do not see every page.
    Leads,
}

impl Section {
    /// All sections, in the order of their names.
    pub const ALL: [Section; 8] = [
        Section::Index,
        Section::Lexicon,
        Section::Dialects,
        Section::Spoken,
        Section::Cards,
        Section::Names,
        Section::Vectors,
        Section::Leads,
    ];

    /// The name in the file, at most eight bytes.
    pub fn name(self) -> &'static str {
        match self {
            Section::Index => "index",
            Section::Lexicon => "lexicon",
            Section::Dialects => "dialects",
            Section::Spoken => "spoken",
            Section::Cards => "cards",
            Section::Names => "names",
            Section::Vectors => "vectors",
            Section::Leads => "leads",
        }
    }
}

/// A part of a published file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// What the set is: [`super::info::Front`].
    Info,
    /// Where the blocks of a rack begin and end.
    Directory(RackKind),
    /// The blocks of a rack, one after the other.
    Blocks(RackKind),
    /// Unit id to number: [`super::ids`].
    Ids,
    /// A part that another stage made.
    Extra(Section),
}

impl Part {
    /// The name in the file, at most eight bytes.
    pub(super) fn name(self) -> &'static str {
        match self {
            Part::Info => "info",
            Part::Directory(RackKind::Files) => "files",
            Part::Directory(RackKind::Units) => "units",
            Part::Directory(RackKind::Diagnostics) => "diags",
            Part::Blocks(RackKind::Files) => "files.b",
            Part::Blocks(RackKind::Units) => "units.b",
            Part::Blocks(RackKind::Diagnostics) => "diags.b",
            Part::Ids => "ids",
            Part::Extra(section) => section.name(),
        }
    }
}

/// Which items a rack holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RackKind {
    /// [`crate::model::SourceFile`]s, by [`crate::model::FileId`].
    Files,
    /// [`crate::model::Unit`]s, by [`crate::model::UnitNo`].
    Units,
    /// [`crate::model::Diagnostic`]s, in their order.
    Diagnostics,
}

impl RackKind {
    /// All racks.
    pub(super) const ALL: [RackKind; 3] = [RackKind::Files, RackKind::Units, RackKind::Diagnostics];

    /// How many items share a block at most. A reader of one item unpacks its whole block, so a larger one
    /// is slower to read and packs a little better: with 128 units in each, a store of 17,000 units is 5 %
    /// smaller and a question in a process of its own takes a tenth more instructions.
    pub(super) fn block_items(self) -> usize {
        match self {
            RackKind::Files => 16,
            RackKind::Units | RackKind::Diagnostics => 32,
        }
    }

    /// The records that its blocks are kept in.
    pub(super) fn table(self) -> Table {
        match self {
            RackKind::Files => Table::Files,
            RackKind::Units => Table::Units,
            RackKind::Diagnostics => Table::Diagnostics,
        }
    }

    /// What one item is called in a message.
    pub(super) fn item(self) -> &'static str {
        match self {
            RackKind::Files => "file",
            RackKind::Units => "unit",
            RackKind::Diagnostics => "diagnostic",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_a_short_name_of_its_own() {
        let mut names: Vec<&str> = [Part::Info, Part::Ids]
            .into_iter()
            .chain(RackKind::ALL.map(Part::Directory))
            .chain(RackKind::ALL.map(Part::Blocks))
            .chain(Section::ALL.map(Part::Extra))
            .map(Part::name)
            .collect();
        assert!(names.iter().all(|n| !n.is_empty() && n.len() <= 8));
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
