//! Roles and labels, as MyST and Sphinx write them: `` {ref}`the shelf <shelf>` ``, `(shelf)=`.
//!
//! CommonMark sees code behind a word in braces, and a word in brackets before a sign. What a role refers to
//! becomes a link, what it only marks up is text, and a label is an anchor of what stands below it.

use std::ops::Range;

use super::dialect::{Dialect, RoleDoes};
use super::shown::{Codes, titled};
use crate::model::{Block, BlockKind, Edit, Inline, Mark, MarkKind};

/// The text with its roles and labels read.
pub(super) fn read(inline: Inline, dialect: &Dialect) -> Inline {
    match dialect.roles.is_empty() {
        true => inline,
        false => behind_labels(without_roles(inline, dialect)),
    }
}

/// The text, with what its roles are for in the place of code.
fn without_roles(mut inline: Inline, dialect: &Dialect) -> Inline {
    if !inline.text.contains('}') {
        return inline;
    }
    let codes = Codes::of(&inline);
    let mut edits = Vec::new();
    let Inline { text, marks, .. } = &mut inline;
    marks.retain_mut(|mark| {
        let (start, end) = (mark.start as usize, mark.end as usize);
        let of_code = mark.kind == MarkKind::Code;
        let Some((open, name)) =
            role(text, start).filter(|(open, _)| of_code && !codes.hold(*open))
        else {
            return true;
        };
        edits.push(Edit::drop(open..start));
        let rules = &mut dialect.roles.iter();
        let does = rules.find(|r| r.names.iter().any(|n| n == name));
        let refers = match does.map(|rule| rule.does) {
            None => return true,
            Some(RoleDoes::Text) => {
                mark.kind = MarkKind::Emphasis;
                return true;
            }
            Some(refers) => refers,
        };
        let (to, dropped) = target(text, start..end);
        let address = match refers {
            RoleDoes::Label => format!("#{}", &text[to]),
            _ => text[to].to_owned(),
        };
        match dropped {
            Some(dropped) => {
                edits.push(Edit::drop(dropped));
                mark.kind = MarkKind::Link(address);
                true
            }
            None => {
                edits.push(titled(start..end, address));
                false
            }
        }
    });
    match edits.is_empty() {
        true => inline,
        false => inline.edited(&edits),
    }
}

/// The role whose marker ends at a place, and where the marker begins.
fn role(text: &str, end: usize) -> Option<(usize, &str)> {
    let before = text[..end].strip_suffix('}')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_:.+".contains(c);
    let rest = before.trim_end_matches(plain);
    let name = &before[rest.len()..];
    let open = rest.strip_suffix('{').filter(|_| !name.is_empty())?;
    Some((open.len(), name))
}

/// Where the target of a reference stands, and what of it nobody is shown: of "the shelf &lt;shelf&gt;" the end.
fn target(text: &str, code: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let all = &text[code.clone()];
    let named = all.strip_suffix('>').and_then(|a| a.rsplit_once('<'));
    match named.filter(|(title, to)| !title.trim().is_empty() && !to.is_empty()) {
        Some((title, to)) => {
            let start = code.start + title.len() + 1;
            let shown = code.start + title.trim_end().len();
            (start..start + to.len(), Some(shown..code.end))
        }
        None => (code, None),
    }
}

/// The text without the labels that it begins with, each on a line of its own.
fn behind_labels(mut inline: Inline) -> Inline {
    let mut at = 0;
    let mut names = Vec::new();
    while let Some((name, length)) = label(&inline.text[at..]) {
        names.push((at, name.to_owned()));
        at += length;
    }
    if names.is_empty() {
        return inline;
    }
    let origin = |(at, name): (usize, String)| (inline.origin(at), name);
    let names: Vec<(u32, String)> = names.into_iter().map(origin).collect();
    let whole = at == inline.text.len();
    let end = inline.origin(at.saturating_sub(1)) + 1;
    inline = inline.edited(&[Edit::drop(0..at)]);
    if whole {
        inline.origins = vec![(0, end)];
    }
    let labels = names.into_iter().map(|(_, name)| Mark {
        start: 0,
        end: 0,
        kind: MarkKind::Label(name),
    });
    inline.marks.splice(0..0, labels);
    inline
}

/// The label that a text begins with, and its length with the blank behind it.
fn label(text: &str) -> Option<(&str, usize)> {
    let (name, behind) = text.strip_prefix('(')?.split_once(")=")?;
    let plain = |c: char| c.is_alphanumeric() || "-_:.+/".contains(c);
    let alone = behind.is_empty() || behind.starts_with([' ', '\n']);
    let named = !name.is_empty() && name.chars().all(plain);
    let blank = usize::from(!behind.is_empty());
    (named && alone).then_some((name, name.len() + "()=".len() + blank))
}

/// The blocks, with each heading that stands below a label named by it.
pub(super) fn labelled(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        if let BlockKind::Heading(heading) = &mut block.kind
            && let Some(labels) = out.last().and_then(only_labels)
        {
            let first = labels.first().map(|(name, _)| (*name).to_owned());
            heading.anchor = heading.anchor.take().or(first);
            let marks = labels.into_iter().map(|(_, mark)| mark.clone());
            heading.text.marks.splice(0..0, marks.collect::<Vec<_>>());
            if let Some(label) = out.pop() {
                block.span.start = label.span.start;
            }
        }
        out.push(block);
    }
    out
}

/// The labels of a paragraph that holds nothing else.
fn only_labels(block: &Block) -> Option<Vec<(&str, &Mark)>> {
    let BlockKind::Paragraph(inline) = &block.kind else {
        return None;
    };
    let labels = inline.marks.iter().map(|mark| match &mark.kind {
        MarkKind::Label(name) => Some((name.as_str(), mark)),
        _ => None,
    });
    let labels: Vec<_> = labels.collect::<Option<_>>()?;
    (inline.text.is_empty() && !labels.is_empty()).then_some(labels)
}
