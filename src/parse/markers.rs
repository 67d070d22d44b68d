//! What a dialect's tags say about the blocks around them.

use rustc_hash::FxHashSet;

use super::dialect::{Dialect, TagRole, TagRule};
use super::tags::Tag;

/// A marker with its range in the file.
#[derive(Clone, Debug)]
pub(super) struct Marker {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) what: What,
}

/// What a marker does to the blocks around it.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// Opens a container that a `Close` of the same name ends.
    Open { name: String, container: Container },
    /// Ends the innermost container of this name and opens the next alternative.
    Another { name: String, container: Container },
    /// Ends the innermost container of this name.
    Close(String),
    /// A container that is opened and closed at once.
    Alone(Container),
    /// Text of another file stands here.
    Include(String),
    /// Stands for a piece of text: no marker.
    Text,
    /// Nothing a reader sees.
    Skip,
}

impl What {
    /// What is left of a marker that opens what nothing closes, or closes what nothing opened.
    pub(super) fn unpaired(self) -> What {
        match self {
            What::Open {
                container:
                    container @ Container::Variant {
                        include: Some(_), ..
                    },
                ..
            } => What::Alone(container),
            _ => What::Skip,
        }
    }

    /// Is it more than something that stands for a piece of text, or for nothing?
    pub(super) fn says(&self) -> bool {
        !matches!(self, What::Skip | What::Text)
    }

    /// Does it say something about the blocks around it?
    pub(super) fn is_structure(&self) -> bool {
        matches!(
            self,
            What::Open { .. } | What::Another { .. } | What::Close(_)
        )
    }
}

/// What a container is.
#[derive(Clone, Debug)]
pub(super) enum Container {
    /// A note or warning.
    Admonition {
        kind: String,
        /// What the author calls it.
        title: String,
    },
    /// Holds variants.
    Variants,
    /// One alternative.
    Variant {
        /// What kind of choice.
        key: String,
        values: Vec<String>,
        title: String,
        /// Its text stands in another file.
        include: Option<String>,
    },
    /// Holds steps.
    Steps,
    /// One step, with its title as written on the tag.
    Step(String),
    /// Holds what its title names, as written on the tag.
    Titled(String),
    /// Code, each piece an alternative.
    Codes,
    /// A quote.
    Quote,
    /// No meaning of its own.
    Plain,
    /// Not for readers.
    Comment,
}

/// What a page says about the tags on it.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Names that a tag closes somewhere: the tags of these names are containers, listed or not.
    pub(super) closed: FxHashSet<String>,
    /// Documents that are imported under a name.
    pub(super) imports: Vec<(String, String)>,
    /// What readers see on tabs, by their values; the latest last.
    pub(super) labels: Vec<(String, String)>,
}

impl Known {
    /// What a tag does.
    pub(super) fn meaning(&self, tag: &Tag, dialect: &Dialect) -> What {
        if let Some(name) = closed_by(tag, dialect) {
            return What::Close(name);
        }
        if let Some(rule) = dialect.continued(&tag.name) {
            return What::Another {
                name: rule.end.clone().unwrap_or_default(),
                container: self.variant(tag, rule),
            };
        }
        if let Some((_, address)) = self.imports.iter().find(|(name, _)| *name == tag.name) {
            return What::Include(address.clone());
        }
        match dialect.rule(&tag.name) {
            Some(rule) => self.listed(tag, rule, dialect),
            None => self.unlisted(tag, dialect),
        }
    }

    fn unlisted(&self, tag: &Tag, dialect: &Dialect) -> What {
        let delimiter = &dialect.delimiters[tag.delimiter];
        let container = match delimiter.other {
            Some(TagRole::Admonition) => Container::Admonition {
                kind: tag.name.to_lowercase(),
                title: tag.title().to_owned(),
            },
            Some(_) => Container::Plain,
            None if self.closed.contains(&tag.name) && !tag.empty => Container::Plain,
            None => return What::Skip,
        };
        What::Open {
            name: closing_name(tag, None, dialect),
            container,
        }
    }

    fn listed(&self, tag: &Tag, rule: &TagRule, dialect: &Dialect) -> What {
        let container = match rule.role {
            TagRole::Admonition => {
                let named = tag.value(&rule.key).map_or(tag.name.as_str(), |(_, v)| v);
                let kind = rule.kind.as_deref().unwrap_or(named);
                Container::Admonition {
                    kind: kind.to_lowercase(),
                    title: tag.title().to_owned(),
                }
            }
            TagRole::Variants => Container::Variants,
            TagRole::Steps => Container::Steps,
            TagRole::Step => Container::Step(tag.shown(rule)),
            TagRole::Titled => Container::Titled(tag.shown(rule)),
            TagRole::Codes => Container::Codes,
            TagRole::Variant => self.variant(tag, rule),
            // One that nothing closes.
            TagRole::Code => return What::Skip,
            TagRole::Plain => Container::Plain,
            TagRole::Comment => Container::Comment,
            TagRole::Include => return included(tag, rule).map_or(What::Skip, What::Include),
            TagRole::Text | TagRole::Term | TagRole::Address => return What::Text,
            // Some have an end, and text before it.
            TagRole::Skip if rule.end.is_some() => Container::Plain,
            TagRole::Skip => return What::Skip,
        };
        let included = matches!(
            container,
            Container::Variant {
                include: Some(_),
                ..
            }
        );
        if tag.empty {
            return if included {
                What::Alone(container)
            } else {
                What::Skip
            };
        }
        let name = closing_name(tag, Some(rule), dialect);
        What::Open { name, container }
    }

    fn variant(&self, tag: &Tag, rule: &TagRule) -> Container {
        let (attribute, value) = tag.value(&rule.key).unwrap_or(("", &tag.name));
        let key = rule.kind.clone().unwrap_or_else(|| attribute.to_owned());
        let label = self.labels.iter().rfind(|(v, _)| v == value);
        let shown = match label.filter(|_| tag.argument("label").is_none()) {
            Some((_, label)) => label.clone(),
            None => tag.shown(rule),
        };
        // A title is what the reader sees; `pivot="a,b"` is a list of keys that nobody sees.
        let titled = rule.kind.is_some() || !rule.text.is_empty();
        Container::Variant {
            key: if key.is_empty() {
                "variant".to_owned()
            } else {
                key
            },
            values: values(value, titled),
            title: match (titled, shown.is_empty()) {
                (true, true) => value.to_owned(),
                (true, false) => shown,
                (false, _) => String::new(),
            },
            include: tag.value(&rule.address).map(|(_, v)| v.to_owned()),
        }
    }
}

/// The name of the container that a tag closes, if it closes one.
pub(super) fn closed_by(tag: &Tag, dialect: &Dialect) -> Option<String> {
    let closes = tag.closing || tag.name.is_empty() || dialect.closes(&tag.name);
    closes.then(|| closing_name(tag, None, dialect))
}

/// What a container is called when it is closed. Signs that close without a name close whatever
/// they opened.
fn closing_name(tag: &Tag, rule: Option<&TagRule>, dialect: &Dialect) -> String {
    let delimiter = &dialect.delimiters[tag.delimiter];
    match rule.and_then(|r| r.end.clone()) {
        Some(end) => end,
        None if delimiter.close.is_empty() && !dialect.closes(&tag.name) => delimiter.open.clone(),
        None => tag.name.clone(),
    }
}

/// The address that a tag includes.
pub(super) fn included(tag: &Tag, rule: &TagRule) -> Option<String> {
    let (_, value) = tag.value(&rule.address)?;
    match &rule.dotted {
        Some(dotted) => dotted.address(value),
        None => Some(value.to_owned()),
    }
}

fn values(value: &str, titled: bool) -> Vec<String> {
    if titled {
        return vec![value.to_lowercase()];
    }
    let values = value.split([',', ';']).map(|v| v.trim().to_lowercase());
    values.filter(|v| !v.is_empty()).collect()
}
