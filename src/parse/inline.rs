//! Inline events to text that remembers where it came from.

use super::dialect::{Dialect, TagRole};
use super::tags::{self, Among, Tag};
use crate::model::{Inline, Mark, MarkKind};

/// Collects the inline events of one block.
#[derive(Default)]
pub(super) struct InlineBuilder {
    inline: Inline,
    open: Vec<(u32, MarkKind)>,
    /// A link in HTML that is open: where its text begins, and its address.
    hyperlink: Option<(u32, String)>,
}

impl InlineBuilder {
    /// Text that stands at `file` in the file and is as long there as here.
    pub(super) fn text(&mut self, text: &str, file: u32) {
        let at = self.inline.text.len() as u32;
        let continues = self
            .inline
            .origins
            .last()
            .is_some_and(|(t, f)| f + (at - t) == file);
        if !continues {
            self.inline.origins.push((at, file));
        }
        self.inline.text.push_str(text);
    }

    /// Inline code: its text without the backticks.
    pub(super) fn code(&mut self, text: &str, file: u32) {
        let start = self.inline.text.len() as u32;
        self.text(text, file);
        self.mark(start, MarkKind::Code);
    }

    /// Opens a piece of markup.
    pub(super) fn open(&mut self, kind: MarkKind) {
        self.open.push((self.inline.text.len() as u32, kind));
    }

    /// Closes the innermost piece of markup.
    pub(super) fn close(&mut self) {
        if let Some((start, kind)) = self.open.pop() {
            self.mark(start, kind);
        }
    }

    /// Inline HTML: line breaks, links and anchors say something, the rest is left out.
    pub(super) fn html(&mut self, html: &str, file: u32) {
        let tag = html.trim_start_matches('<').to_ascii_lowercase();
        if tag.starts_with("br") {
            self.text("\n", file);
        }
        if let Some(to) = attribute(html, "a", "href") {
            self.hyperlink = Some((self.inline.text.len() as u32, to));
        } else if tag.starts_with("/a")
            && let Some((start, to)) = self.hyperlink.take()
        {
            self.mark(start, MarkKind::Link(to));
        }
        if let Some(id) = anchor(html) {
            let at = self.inline.text.len() as u32;
            self.mark(at, MarkKind::Anchor(id));
        }
    }

    fn mark(&mut self, start: u32, kind: MarkKind) {
        self.inline.marks.push(Mark {
            start,
            end: self.inline.text.len() as u32,
            kind,
        });
    }

    /// Is there nothing yet?
    pub(super) fn is_empty(&self) -> bool {
        self.inline.text.is_empty() && self.inline.marks.is_empty() && self.open.is_empty()
    }

    /// The text, with the dialect's inline tags read.
    pub(super) fn finish(mut self, dialect: &Dialect) -> Inline {
        while !self.open.is_empty() {
            self.close();
        }
        let mut inline = self.inline;
        inline
            .marks
            .sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
        if dialect
            .delimiters
            .iter()
            .any(|d| !d.line && inline.text.contains(&d.open))
        {
            inline = read_tags(&inline, dialect);
        }
        inline
    }
}

/// The `id` or `name` of an anchor element.
pub(super) fn anchor(html: &str) -> Option<String> {
    let of = |element: &str| {
        let id = attribute(html, element, "id");
        id.or_else(|| attribute(html, element, "name"))
    };
    of("a").or_else(|| of("span"))
}

/// The value of an attribute of the first element of this name.
fn attribute(html: &str, element: &str, name: &str) -> Option<String> {
    let lower = html.to_ascii_lowercase();
    let start = lower.find(&format!("<{element} "))?;
    let end = lower[start..].find('>').map_or(html.len(), |n| start + n);
    let at = lower[start..end].find(&format!(" {name}="))? + name.len() + 2;
    let value = html[start + at..end].trim_start();
    let value = match value.chars().next()? {
        q @ ('"' | '\'') => value[1..].split(q).next()?,
        _ => value.split([' ', '/', '>']).next()?,
    };
    (!value.is_empty()).then(|| value.to_owned())
}

/// Replaces the dialect's tags by what they show.
fn read_tags(inline: &Inline, dialect: &Dialect) -> Inline {
    let mut out = Inline::default();
    // (old offset, new offset) at every cut.
    let mut moved = vec![(0usize, 0usize)];
    let mut at = 0;
    for tag in tags::all(&inline.text, Among::Text, dialect) {
        let Some(shown) = shown(&tag, dialect) else {
            continue;
        };
        copy(inline, &mut out, at..tag.range.start);
        moved.push((tag.range.start, out.text.len()));
        let start = out.text.len() as u32;
        if !shown.is_empty() {
            out.origins.push((start, inline.origin(tag.range.start)));
            out.text.push_str(&shown);
        }
        if let Some(key) = term(&tag, dialect) {
            out.marks.push(Mark {
                start,
                end: out.text.len() as u32,
                kind: MarkKind::Term(key),
            });
        }
        at = tag.range.end;
        moved.push((at, out.text.len()));
    }
    copy(inline, &mut out, at..inline.text.len());
    let new = |old: u32| {
        let i = moved.partition_point(|(o, _)| *o <= old as usize);
        let (o, n) = moved[i.saturating_sub(1)];
        let limit = moved.get(i).map_or(usize::MAX, |(_, n)| *n);
        (n + (old as usize - o)).min(limit) as u32
    };
    out.marks.extend(inline.marks.iter().map(|m| Mark {
        start: new(m.start),
        end: new(m.end),
        kind: m.kind.clone(),
    }));
    out.marks
        .sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
    out
}

/// What a reader sees in the place of a tag; `None` where it stays as it is written.
fn shown(tag: &Tag, dialect: &Dialect) -> Option<String> {
    let Some(rule) = dialect.rule(&tag.name).filter(|_| !tag.closing) else {
        // Words on either side of "… else …" are not one word.
        let apart = dialect.continued(&tag.name).is_some();
        return Some(if apart { " " } else { "" }.to_owned());
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

fn copy(from: &Inline, to: &mut Inline, range: std::ops::Range<usize>) {
    if range.is_empty() {
        return;
    }
    let base = to.text.len() as u32;
    to.origins.push((base, from.origin(range.start)));
    for (text, file) in &from.origins {
        if (*text as usize) > range.start && (*text as usize) < range.end {
            to.origins.push((base + text - range.start as u32, *file));
        }
    }
    to.text.push_str(&from.text[range]);
}
