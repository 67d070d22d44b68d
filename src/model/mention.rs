//! How an author names a target, before linking.

use super::UnitNo;

/// A target as the text names it. Linking resolves it to a [`super::Target`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mention {
    /// A unit of the same page, known by the page's structure.
    Local(UnitNo),
    /// A link to an address.
    Address(Link),
    /// A step, a section or a procedure, by number or title.
    Named(Box<Name>),
    /// A step told from the one that says so.
    Relative(Offset),
    /// What comes after another target: "skip step 4".
    Behind(Box<Mention>),
    /// A glossary entry, by its key.
    Term(String),
    /// A glossary entry, by what an abbreviation stands for that is spelled out.
    Spelled(String),
}

/// A link as an author wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// `drain.md#cordon`, `/docs/a/b/`, `https://…`, `#anchor`
    pub address: String,
    /// What the reader sees, on one line. Empty where nothing is to be seen.
    pub text: String,
}

/// A step told from the one that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Offset {
    /// The step after.
    Next,
    /// The step before.
    Previous,
    /// The first step.
    Start,
    /// The step that says so.
    This,
    /// The section that says so.
    Section,
    /// Where that section begins.
    Top,
    /// The last step of the list that says so, or that the section which says so begins with.
    Last,
}

/// A target named in words: "step 2.1", "Path 3", "the Recover Username flow in Account Access".
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Name {
    /// What it is called, lower case: `step`, `path`. Empty where the text does not say.
    pub label: String,
    /// Is its label written as in a title: "Step 2"?
    pub capital: bool,
    /// Its number as written: `2.1`.
    pub number: Option<String>,
    /// The last number of several: `5` of "steps 3-5".
    pub last: Option<String>,
    /// Its title as written.
    pub title: Option<String>,
    /// The address of what contains it: "step 4 of [Restart it](#restart-it)".
    pub within: Option<String>,
    /// Must resolve: an unresolved name is reported. Where it is false the mention was a guess.
    pub stated: bool,
    /// Where what is named can stand.
    pub stands: Stands,
}

/// Where a number, or a title, can stand that a text names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Stands {
    /// Before a list item, or behind its label: "step 5".
    #[default]
    Anywhere,
    /// Only behind its label: "option 2".
    BehindLabel,
    /// Before the title of a section, or else as anywhere: "section 4", "the Valves page".
    InTitle,
    /// Only on the page that names it: "see Red flags", where nothing calls that a title.
    OnPage,
    /// The same, where a step can be called so too: "Yes → **Reseat the card**".
    Step,
}
