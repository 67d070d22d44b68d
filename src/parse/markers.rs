//! Finds the lines that belong to a dialect and blanks them out, so that offsets stay.

use std::borrow::Cow;

use super::dialect::{Dialect, TagRole, TagRule};
use super::offsets::Offsets;
use super::tags::{self, Tag};

/// What a dialect's line says, with its range in the file.
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
    /// Ends the innermost container of this name; any, where the name is empty.
    Close(String),
    /// Text of another file stands here.
    Include(String),
    /// Nothing a reader sees.
    Skip,
}

/// What a container is.
#[derive(Clone, Debug)]
pub(super) enum Container {
    /// A note or warning.
    Admonition(String),
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
    /// No meaning of its own.
    Plain,
    /// Not for readers.
    Comment,
}

/// The text with the dialect's lines blanked out, and what they said.
pub(super) fn scan<'t>(
    text: &'t str,
    offsets: &Offsets,
    dialect: &Dialect,
) -> (Cow<'t, str>, Vec<Marker>) {
    let speaks = dialect.delimiters.iter().any(|d| text.contains(&d.open))
        || dialect.snippets.iter().any(|s| text.contains(&s.open))
        || dialect.esm;
    if !speaks {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut masked: Option<Vec<u8>> = None;
    let mut markers = Vec::new();
    let mut fence = Fence::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !fence.inside(line)
            && let Some(found) = markers_of(line, dialect)
        {
            let bytes = masked.get_or_insert_with(|| text.as_bytes().to_vec());
            for b in &mut bytes[at..at + line.trim_end().len()] {
                *b = b' ';
            }
            let file = |n: usize| offsets.file(at + n);
            markers.extend(found.into_iter().map(|(range, what)| Marker {
                start: file(range.start),
                end: offsets.file_end(at + range.end),
                what,
            }));
        }
        at += line.len();
    }
    match masked {
        Some(bytes) => {
            // Only whole lines were replaced, by ASCII: what was UTF-8 still is.
            let text = String::from_utf8(bytes).unwrap_or_default();
            (Cow::Owned(text), markers)
        }
        None => (Cow::Borrowed(text), markers),
    }
}

/// Is the line inside of a code fence? Markers there are code.
#[derive(Default)]
struct Fence {
    open: Option<(u8, usize)>,
}

impl Fence {
    fn inside(&mut self, line: &str) -> bool {
        let body = line.trim();
        let Some(c) = body.bytes().next().filter(|c| matches!(c, b'`' | b'~')) else {
            return self.open.is_some();
        };
        let run = body.bytes().take_while(|b| *b == c).count();
        match self.open {
            None if run >= 3 && !(c == b'`' && body[run..].contains('`')) => {
                self.open = Some((c, run));
            }
            Some((o, n)) if o == c && run >= n && body.len() == run => self.open = None,
            _ => return self.open.is_some(),
        }
        true
    }
}

type Found = Vec<(std::ops::Range<usize>, What)>;

/// What the line says, where all of it is the dialect's.
fn markers_of(line: &str, dialect: &Dialect) -> Option<Found> {
    let body = line.trim();
    if body.is_empty() {
        return None;
    }
    let indent = line.len() - line.trim_start().len();
    if dialect.esm && indent == 0 && is_esm(body) {
        return Some(vec![(0..body.len(), What::Skip)]);
    }
    if let Some(snippet) = dialect.snippets.iter().find(|s| body.starts_with(&s.open)) {
        let address = body[snippet.open.len()..].trim().trim_matches(['"', '\'']);
        let what = if address.is_empty() {
            What::Skip
        } else {
            What::Include(address.to_owned())
        };
        return Some(vec![(indent..indent + body.len(), what)]);
    }
    let mut found = Vec::new();
    let mut at = indent;
    let end = indent + body.len();
    while at < end {
        let rest = &line[at..end];
        let skipped = rest.len() - rest.trim_start().len();
        at += skipped;
        let tag = dialect
            .delimiters
            .iter()
            .filter(|d| line[at..].starts_with(&d.open) && (!d.line || at == indent))
            .find_map(|d| tags::tag_at(&line[..end], at, d, dialect))?;
        at = tag.range.end.max(at + 1);
        found.push((tag.range.clone(), meaning(&tag, dialect)));
    }
    // A line that only shows text ("{{% heading … %}}", a term) is text.
    let textual = found.iter().all(|(_, what)| matches!(what, What::Skip))
        && dialect
            .tags
            .iter()
            .filter(|r| matches!(r.role, TagRole::Text | TagRole::Term))
            .flat_map(|r| &r.names)
            .any(|name| body.contains(name.as_str()));
    (!textual).then_some(found)
}

fn is_esm(body: &str) -> bool {
    (body.starts_with("import ")
        && (body.contains(" from ") || body.ends_with(';') || body.contains('\'')))
        || body.starts_with("export const ")
        || body.starts_with("export default ")
}

fn meaning(tag: &Tag, dialect: &Dialect) -> What {
    if tag.name.is_empty() {
        return What::Close(String::new());
    }
    if tag.closing || dialect.closes(&tag.name) {
        return What::Close(tag.name.clone());
    }
    if let Some(rule) = dialect
        .tags
        .iter()
        .find(|r| r.alternatives.contains(&tag.name))
    {
        return What::Another {
            name: rule.end.clone().unwrap_or_default(),
            container: variant(tag, rule),
        };
    }
    let Some(rule) = dialect.rule(&tag.name) else {
        return What::Skip;
    };
    let container = match rule.role {
        TagRole::Admonition => Container::Admonition(tag.name.to_lowercase()),
        TagRole::Variants => Container::Variants,
        TagRole::Variant => variant(tag, rule),
        TagRole::Plain => Container::Plain,
        TagRole::Comment => Container::Comment,
        TagRole::Include => {
            let address = tag.value(&rule.address).map_or("", |(_, v)| v);
            return What::Include(address.to_owned());
        }
        TagRole::Text | TagRole::Term | TagRole::Skip => return What::Skip,
    };
    if tag.empty
        && !matches!(
            container,
            Container::Variant {
                include: Some(_),
                ..
            }
        )
    {
        return What::Skip;
    }
    let name = rule.end.clone().unwrap_or_else(|| tag.name.clone());
    What::Open { name, container }
}

fn variant(tag: &Tag, rule: &TagRule) -> Container {
    let (attribute, value) = tag.value(&rule.key).unwrap_or(("", ""));
    let value = if value.is_empty() {
        tag.name.as_str()
    } else {
        value
    };
    let key = rule.kind.clone().unwrap_or_else(|| attribute.to_owned());
    let shown = tag.shown(rule);
    // A title is what the reader sees; `pivot="a,b"` is a list of keys that nobody sees.
    let titled = rule.kind.is_some() || !rule.text.is_empty();
    Container::Variant {
        key: if key.is_empty() {
            "variant".to_owned()
        } else {
            key
        },
        values: if titled {
            vec![value.to_lowercase()]
        } else {
            value
                .split([',', ';'])
                .map(|v| v.trim().to_lowercase())
                .filter(|v| !v.is_empty())
                .collect()
        },
        title: match (titled, shown.is_empty()) {
            (true, true) => value.to_owned(),
            (true, false) => shown,
            (false, _) => String::new(),
        },
        include: tag.value(&rule.address).map(|(_, v)| v.to_owned()),
    }
}
