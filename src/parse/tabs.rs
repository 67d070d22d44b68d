//! Tabs made of headings: `# [Title](#tab/id)`, up to a rule.

use super::Page;
use super::choices::neighbours;
use crate::model::{Block, BlockKind, Variant};

/// The tab that a heading opens: `# [Title](#tab/id)`.
fn tab_of(page: &Page<'_>, block: &Block) -> Option<(u8, String, String)> {
    let prefix = page.dialect.tab_links.as_deref()?;
    let BlockKind::Heading(heading) = &block.kind else {
        return None;
    };
    let (_, address) = heading.text.links().next()?;
    let id = address.strip_prefix(prefix)?;
    let id = id.split('/').next().unwrap_or(id).to_lowercase();
    Some((heading.level, id, heading.text.text.trim().to_owned()))
}

/// Groups headings that are tabs, and what is under them, up to the rule that ends the group.
pub(super) fn heading_tabs(page: &Page<'_>, blocks: Vec<Block>) -> Vec<Block> {
    if !blocks.iter().any(|b| tab_of(page, b).is_some()) {
        return blocks;
    }
    let ends = Ends::of(page, &blocks);
    let mut out = Vec::with_capacity(blocks.len());
    let mut rest = blocks.into_iter().enumerate();
    while let Some((i, block)) = rest.next() {
        let Some((level, id, title)) = tab_of(page, &block) else {
            out.push(block);
            continue;
        };
        let count = ends.group(i + 1, level) - (i + 1);
        let inside = rest.by_ref().take(count).map(|(_, b)| b);
        out.push(group(page, tab(block, id, title), level, inside));
    }
    out
}

/// The tabs of a group: the first one, and what comes up to the end of the group.
fn group(page: &Page<'_>, first: Variant, level: u8, inside: impl Iterator<Item = Block>) -> Block {
    let start = first.span;
    let mut variants = vec![first];
    for block in inside {
        match tab_of(page, &block) {
            Some((l, id, title)) if l == level => variants.push(tab(block, id, title)),
            _ => {
                if let Some(last) = variants.last_mut() {
                    last.span = last.span.until(block.span);
                    last.blocks.push(block);
                }
            }
        }
    }
    for variant in &mut variants {
        let blocks = std::mem::take(&mut variant.blocks);
        variant.blocks = neighbours(heading_tabs(page, blocks));
    }
    let span = variants.last().map_or(start, |v| start.until(v.span));
    Block {
        span,
        kind: BlockKind::Variants(variants),
    }
}

fn tab(heading: Block, id: String, title: String) -> Variant {
    Variant {
        span: heading.span,
        content: heading.span.end,
        key: "tab".to_owned(),
        values: vec![id],
        title,
        blocks: Vec::new(),
    }
}

/// Where groups of tabs may end: for every place, the next block that does.
struct Ends {
    /// The next rule.
    rule: Vec<usize>,
    /// The next heading that is no tab, by its level: of exactly this level.
    at: [Vec<usize>; LEVELS],
}

/// Headings have levels below this.
const LEVELS: usize = 7;

impl Ends {
    fn of(page: &Page<'_>, blocks: &[Block]) -> Self {
        let none = vec![blocks.len(); blocks.len() + 1];
        let mut ends = Ends {
            rule: none.clone(),
            at: std::array::from_fn(|_| none.clone()),
        };
        for (i, block) in blocks.iter().enumerate().rev() {
            ends.rule[i] = ends.rule[i + 1];
            for level in &mut ends.at {
                level[i] = level[i + 1];
            }
            match &block.kind {
                BlockKind::Heading(h) if tab_of(page, block).is_none() => {
                    ends.at[usize::from(h.level).min(LEVELS - 1)][i] = i;
                }
                BlockKind::Other if is_rule(page, block) => ends.rule[i] = i,
                _ => {}
            }
        }
        ends
    }

    /// Where a group of tabs at `level` ends whose first tab stands right before `from`: at its rule,
    /// or else before the next heading that is no deeper.
    fn group(&self, from: usize, level: u8) -> usize {
        let level = usize::from(level);
        let next = |levels: &[Vec<usize>]| levels.iter().map(|l| l[from]).min();
        let upper = next(&self.at[..level]).unwrap_or(usize::MAX);
        let rule = self.rule[from];
        if rule < upper && rule + 1 < self.rule.len() {
            return rule;
        }
        // Tabs at the top may be split by any heading.
        let same = match level {
            1 => next(&self.at[1..]).unwrap_or(usize::MAX),
            _ => self.at[level][from],
        };
        same.min(upper).min(self.rule.len() - 1)
    }
}

fn is_rule(page: &Page<'_>, block: &Block) -> bool {
    let text = page.text[block.span.range()].trim();
    text.len() >= 3 && text.bytes().all(|b| matches!(b, b'-' | b'*' | b'_' | b' '))
}
