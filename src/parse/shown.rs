//! What a reader sees in the place of a dialect's markup in running text.

use std::ops::Range;

use super::dialect::{Dialect, TagRole};
use super::heading;
use super::roles;
use super::tags::{self, Among, Tag};
use crate::model::{Inline, Mark, MarkKind};

/// The text with the dialect's tags and attributes read.
pub(super) fn read(mut inline: Inline, dialect: &Dialect) -> Inline {
    let speaks = |text: &str| {
        let mut among = dialect.delimiters.iter().filter(|d| !d.line);
        among.any(|d| tags::find(text, &d.open).is_some())
    };
    if speaks(&inline.text) {
        inline = edited(&inline, &tag_edits(&inline, dialect));
    }
    if dialect.attributes && inline.text.contains('{') {
        inline = edited(&inline, &attribute_edits(&inline));
    }
    roles::read(inline, dialect)
}

/// A piece of text that something else stands for.
pub(super) struct Edit {
    range: Range<usize>,
    shown: String,
    /// The glossary entry that it refers to.
    term: Option<String>,
}

impl Edit {
    /// Nobody is shown this.
    pub(super) fn drop(range: Range<usize>) -> Self {
        Edit {
            range,
            shown: String::new(),
            term: None,
        }
    }
}

fn tag_edits(inline: &Inline, dialect: &Dialect) -> Vec<Edit> {
    let codes = Codes::of(inline);
    let tags = tags::all(&inline.text, Among::Text, dialect).into_iter();
    let outside = tags.filter(|tag| !codes.hold(tag.range.start));
    outside
        .filter_map(|tag| {
            Some(Edit {
                shown: shown(&tag, dialect)?,
                term: term(&tag, dialect),
                range: tag.range,
            })
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

/// What a reader sees in the place of a tag; `None` where it stays as it is written.
fn shown(tag: &Tag, dialect: &Dialect) -> Option<String> {
    let Some(rule) = dialect.rule(&tag.name).filter(|_| !tag.closing) else {
        // Words on either side of "… else …" are not one word.
        if dialect.continued(&tag.name).is_some() {
            return Some(" ".to_owned());
        }
        // What a tag that is not known shows is at least its title.
        let title = tag.argument("title").filter(|_| !tag.closing);
        return Some(title.unwrap_or_default().replace(['*', '`'], ""));
    };
    match rule.role {
        TagRole::Text | TagRole::Term => Some(tag.shown(rule)),
        TagRole::Include => None,
        _ => Some(String::new()),
    }
}

/// The key of the glossary entry that a tag refers to.
fn term(tag: &Tag, dialect: &Dialect) -> Option<String> {
    let rule = dialect.rule(&tag.name)?;
    let (_, key) = tag
        .value(&rule.key)
        .filter(|_| rule.role == TagRole::Term)?;
    (!tag.closing).then(|| key.to_owned())
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

/// The text after edits, which are in order. Marks and origins move with it.
pub(super) fn edited(inline: &Inline, edits: &[Edit]) -> Inline {
    let mut out = Inline::default();
    // (old offset, new offset) at every cut.
    let mut moved = vec![(0usize, 0usize)];
    let mut at = 0;
    for edit in edits {
        copy(inline, &mut out, at..edit.range.start);
        let start = out.text.len();
        moved.push((edit.range.start, start));
        if !edit.shown.is_empty() {
            let origin = inline.origin(edit.range.start);
            out.origins.push((start as u32, origin));
            out.text.push_str(&edit.shown);
        }
        if let Some(key) = &edit.term {
            out.marks.push(Mark {
                start: start as u32,
                end: out.text.len() as u32,
                kind: MarkKind::Term(key.clone()),
            });
        }
        at = edit.range.end;
        moved.push((at, out.text.len()));
    }
    copy(inline, &mut out, at..inline.text.len());
    if at == inline.text.len() && at > 0 {
        // What ends with the text ends where its markup does.
        out.origins.push((out.text.len() as u32, inline.origin(at)));
    }
    out.marks.extend(inline.marks.iter().map(|m| Mark {
        start: new_place(&moved, m.start),
        end: new_place(&moved, m.end),
        kind: m.kind.clone(),
    }));
    out.marks
        .sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
    out
}

/// Where a place of the old text is in the new one.
fn new_place(moved: &[(usize, usize)], old: u32) -> u32 {
    let after = moved.partition_point(|(o, _)| *o <= old as usize);
    let (o, n) = moved[after.saturating_sub(1)];
    let limit = moved.get(after).map_or(usize::MAX, |(_, n)| *n);
    (n + (old as usize - o)).min(limit) as u32
}

fn copy(from: &Inline, to: &mut Inline, range: Range<usize>) {
    if range.is_empty() {
        return;
    }
    let base = to.text.len() as u32;
    to.origins.push((base, from.origin(range.start)));
    let behind = |at: usize| from.origins.partition_point(|(t, _)| (*t as usize) <= at);
    let inside = from.origins[behind(range.start)..].iter();
    for (text, file) in inside.take_while(|(t, _)| (*t as usize) < range.end) {
        to.origins.push((base + text - range.start as u32, *file));
    }
    to.text.push_str(&from.text[range]);
}
