//! What a reader sees in the place of a dialect's markup in running text.

use std::ops::Range;

use super::dialect::{Dialect, TagRole};
use super::heading;
use super::markers::included;
use super::roles;
use super::tags::{self, Among, Tag};
use crate::address::has_scheme;
use crate::model::{Edit, Inline, Mark, MarkKind};

/// The text with the dialect's tags and attributes read.
pub(super) fn read(mut inline: Inline, dialect: &Dialect) -> Inline {
    let speaks = |text: &str| {
        let mut among = dialect.delimiters.iter().filter(|d| !d.line);
        among.any(|d| tags::find(text, &d.open).is_some())
    };
    if speaks(&inline.text) {
        inline = inline.edited(&tag_edits(&inline, dialect));
    }
    if dialect.attributes && inline.text.contains('{') {
        inline = inline.edited(&attribute_edits(&inline));
    }
    if inline
        .marks
        .iter()
        .any(|mark| untitled(&inline, mark, dialect))
    {
        let edits = title_edits(&mut inline, dialect);
        inline = inline.edited(&edits);
    }
    roles::read(inline, dialect)
}

fn tag_edits(inline: &Inline, dialect: &Dialect) -> Vec<Edit> {
    let codes = Codes::of(inline);
    let tags = tags::all(&inline.text, Among::Text, dialect).into_iter();
    let outside = tags.filter(|tag| !codes.hold(tag.range.start));
    outside
        .map(|tag| Edit {
            shown: shown(&tag, dialect),
            marks: mark(&tag, dialect).into_iter().collect(),
            range: tag.range,
        })
        .collect()
}

/// Attributes in braces right behind something that is marked up: `[go](a.md){ .button }`.
fn attribute_edits(inline: &Inline) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for mark in &inline.marks {
        let start = mark.end as usize;
        let Some(length) = inline.text.get(start..).and_then(heading::attribute_list) else {
            continue;
        };
        edits.push(Edit::drop(start..start + length));
    }
    edits.sort_by_key(|e| e.range.start);
    edits.dedup_by_key(|e| e.range.start);
    edits
}

/// A link that shows the title of what it leads to. Until that is at hand, what it leads to stands there
/// by its name.
pub(super) fn titled(range: Range<usize>, address: String) -> Edit {
    Edit {
        range,
        shown: tags::variable(included_name(&address, false)),
        marks: vec![MarkKind::Title(address.clone()), MarkKind::Link(address)],
    }
}

/// [`read`], for a text without markup.
pub(super) fn plain(text: String, dialect: &Dialect) -> String {
    let inline = Inline {
        text,
        ..Inline::default()
    };
    read(inline, dialect).text
}

/// Is it a link to which the author gives no title?
fn untitled(inline: &Inline, mark: &Mark, dialect: &Dialect) -> bool {
    let MarkKind::Link(to) = &mark.kind else {
        return false;
    };
    let (start, end) = (mark.start as usize, mark.end as usize);
    let text = &inline.text[start..end];
    let picture = |m: &Mark| matches!(m.kind, MarkKind::Image(_));
    let empty = || text.is_empty() && !inline.marks_in(&(start..end + 1)).iter().any(picture);
    let named = || dialect.untitled.iter().any(|u| u == text) || empty();
    !to.is_empty() && !has_scheme(to) && named()
}

/// Takes the links without a title away, and gives what stands for them.
fn title_edits(inline: &mut Inline, dialect: &Dialect) -> Vec<Edit> {
    let is_untitled = |mark: &&Mark| untitled(inline, mark, dialect);
    let (links, others): (Vec<&Mark>, Vec<&Mark>) = inline.marks.iter().partition(is_untitled);
    let edit = |link: &Mark| match &link.kind {
        MarkKind::Link(to) => Some(titled(link.start as usize..link.end as usize, to.clone())),
        _ => None,
    };
    let edits = links.into_iter().filter_map(edit).collect();
    inline.marks = others.into_iter().cloned().collect();
    edits
}

/// What a reader sees in the place of a tag.
fn shown(tag: &Tag, dialect: &Dialect) -> String {
    let Some(rule) = dialect.rule(&tag.name).filter(|_| !tag.closing) else {
        // Words on either side of "… else …" are not one word.
        if dialect.continued(&tag.name).is_some() {
            return " ".to_owned();
        }
        // What a tag that is not known shows is at least its title.
        let title = tag.argument("title").filter(|_| !tag.closing);
        return title.unwrap_or_default().replace(['*', '`'], "");
    };
    match rule.role {
        TagRole::Text | TagRole::Term => tag.shown(rule),
        TagRole::Include => tag
            .value(&rule.address)
            .map_or_else(String::new, |(_, to)| {
                tags::variable(included_name(to, rule.dotted.is_some()))
            }),
        _ => String::new(),
    }
}

/// What a file or value is called that stands in the text: `name` for `../name.md`, `product.name`.
fn included_name(address: &str, dotted: bool) -> &str {
    let path = address.split('#').find(|part| !part.is_empty());
    let path = path.unwrap_or(address).trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((_, last)) if dotted => last,
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// What stands in the place of a tag: a term of the glossary, text of another file.
fn mark(tag: &Tag, dialect: &Dialect) -> Option<MarkKind> {
    let rule = dialect.rule(&tag.name).filter(|_| !tag.closing)?;
    match rule.role {
        TagRole::Term => {
            let (_, key) = tag.value(&rule.key)?;
            Some(MarkKind::Term(key.to_owned()))
        }
        TagRole::Include => included(tag, rule).map(MarkKind::Insert),
        _ => None,
    }
}

/// The code spans of a text, in order.
pub(super) struct Codes(Vec<(u32, u32)>);

impl Codes {
    pub(super) fn of(inline: &Inline) -> Self {
        let codes = inline.marks.iter().filter(|m| m.kind == MarkKind::Code);
        Codes(codes.map(|m| (m.start, m.end)).collect())
    }

    pub(super) fn hold(&self, at: usize) -> bool {
        let after = self.0.partition_point(|(start, _)| *start as usize <= at);
        let before = after.checked_sub(1).map(|i| self.0[i]);
        before.is_some_and(|(_, end)| at < end as usize)
    }
}
