//! Containers whose content is indented below their marker.

use super::dialect::TagRole;
use super::offsets::Offsets;
use super::{MAX_DEPTH, Page};
use crate::model::{Block, BlockKind, Span, Variant, lines};

/// Content is indented by so many columns more than its marker.
pub(super) const DEPTH: usize = 4;

/// `!!! note` and `=== "Tab"`: the lines indented below the marker are its content. CommonMark
/// reads the marker as a paragraph and what follows a blank line as indented code.
pub(super) fn indented(page: &Page<'_>, blocks: Vec<Block>, depth: usize) -> Vec<Block> {
    if page.dialect.indented.is_empty() || depth >= MAX_DEPTH {
        return blocks;
    }
    let mut out = Vec::with_capacity(blocks.len());
    let mut covered = 0;
    for block in blocks {
        if block.span.end <= covered {
            continue;
        }
        match indented_at(page, &block, depth) {
            Some(made) => {
                covered = made.last().map_or(covered, |b| b.span.end);
                out.extend(made);
            }
            None => out.push(block),
        }
    }
    out
}

fn indented_at(page: &Page<'_>, block: &Block, depth: usize) -> Option<Vec<Block>> {
    let BlockKind::Paragraph(inline) = &block.kind else {
        return None;
    };
    let rules = &page.dialect.indented;
    rules.iter().find(|r| r.opens(&inline.text).is_some())?;
    let text = page.text;
    let line_start = text[..block.span.start as usize]
        .rfind('\n')
        .map_or(0, |n| n + 1);
    let base = block.span.start as usize - line_start;
    let mut made = Vec::new();
    let mut at = line_start;
    loop {
        let line = line_at(text, at);
        let body = line.trim_start();
        let Some(rule) = rules
            .iter()
            .filter(|r| r.opens(body).is_some())
            .max_by_key(|r| r.open.len())
            .filter(|_| line.len() - body.len() == base)
        else {
            break;
        };
        let start = at + base;
        let (inner, pieces, end) = dedented(text, at + line.len(), base + DEPTH);
        let marker_end = at + line.trim_end().len();
        let content = if pieces.is_empty() {
            Vec::new()
        } else {
            page_at(page, &inner, pieces, depth)
        };
        let span = Span::new(page.file, start..end.max(marker_end));
        made.push(Block {
            span,
            kind: indented_kind(
                rule.role,
                rule.kind.as_deref(),
                &body[rule.open.len()..],
                span,
                marker_end,
                content,
            ),
        });
        at = end.max(at + line.len());
        // The next marker may follow after blank lines.
        let skip: usize = text[at..]
            .split_inclusive('\n')
            .take_while(|l| l.trim().is_empty())
            .map(str::len)
            .sum();
        at += skip;
        if at >= text.len() {
            break;
        }
    }
    (!made.is_empty()).then_some(made)
}

fn page_at(page: &Page<'_>, inner: &str, pieces: Vec<(u32, u32)>, depth: usize) -> Vec<Block> {
    page.blocks(inner, &Offsets::pieces(pieces), depth + 1)
}

fn indented_kind(
    role: TagRole,
    kind: Option<&str>,
    rest: &str,
    span: Span,
    content: usize,
    blocks: Vec<Block>,
) -> BlockKind {
    let rest = rest.trim();
    let title = rest.split('"').nth(1).unwrap_or_default();
    if role == TagRole::Variant {
        let title = if title.is_empty() { rest } else { title };
        return BlockKind::Variants(vec![Variant {
            span,
            content: content as u32,
            key: kind.unwrap_or("tab").to_owned(),
            values: vec![title.to_lowercase()],
            title: title.to_owned(),
            blocks,
        }]);
    }
    let kind = rest.split_whitespace().next().unwrap_or("note");
    BlockKind::Admonition {
        kind: kind.trim_matches('"').to_lowercase(),
        title: title.to_owned(),
        blocks,
    }
}

fn line_at(text: &str, at: usize) -> &str {
    text[at..].split_inclusive('\n').next().unwrap_or_default()
}

/// The lines from `at` on that are indented by at least `indent`, without that indentation; where
/// their pieces stand in the file; and where they end.
fn dedented(text: &str, at: usize, indent: usize) -> (String, Vec<(u32, u32)>, usize) {
    let mut out = String::new();
    let mut pieces = Vec::new();
    let mut end = at;
    let mut pos = at;
    let mut blank = Vec::new();
    for line in lines(&text[at..]) {
        let trimmed = line.trim_start_matches([' ', '\t']);
        let width = line.len() - trimmed.len();
        let tabbed = line.starts_with('\t');
        if line.trim().is_empty() {
            blank.push((pos, line));
        } else if width >= indent || tabbed {
            for (p, l) in blank.drain(..) {
                pieces.push((out.len() as u32, p as u32));
                out.push_str(l);
            }
            let cut = if tabbed { 1 } else { indent };
            pieces.push((out.len() as u32, (pos + cut) as u32));
            out.push_str(&line[cut..]);
            end = pos + line.trim_end().len();
        } else {
            break;
        }
        pos += line.len();
    }
    (out, pieces, end)
}
