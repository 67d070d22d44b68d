//! Blocks to sections: what stands before the first heading, and what each heading holds.

use crate::model::{Block, BlockKind, Heading};

/// A heading and the blocks under it, subsections included.
#[derive(Clone, Copy)]
pub(super) struct Section<'a> {
    pub(super) block: &'a Block,
    pub(super) heading: &'a Heading,
    pub(super) blocks: &'a [Block],
}

/// A stretch of a container.
#[derive(Clone, Copy)]
pub(super) enum Stretch<'a> {
    /// Blocks that stand in no section.
    Loose(&'a [Block]),
    /// A section.
    Section(Section<'a>),
}

/// The stretches of a container in their order. A section ends at the next heading of its level or
/// above, and at tabs or zones that hold such a heading: they stand beside the section, not in it.
pub(super) fn split(blocks: &[Block]) -> Vec<Stretch<'_>> {
    let mut stretches = Vec::new();
    let mut i = 0;
    while i < blocks.len() {
        let end = match heading(&blocks[i]) {
            Some(heading) => {
                let end = section_end(blocks, i, heading.level);
                let section = Section {
                    block: &blocks[i],
                    heading,
                    blocks: &blocks[i + 1..end],
                };
                stretches.push(Stretch::Section(section));
                end
            }
            None => {
                let loose = blocks[i..].iter().position(|b| heading(b).is_some());
                let end = loose.map_or(blocks.len(), |n| i + n);
                stretches.push(Stretch::Loose(&blocks[i..end]));
                end
            }
        };
        i = end;
    }
    stretches
}

/// The blocks before the first heading.
pub(super) fn before_headings(blocks: &[Block]) -> &[Block] {
    let end = blocks.iter().position(|b| heading(b).is_some());
    &blocks[..end.unwrap_or(blocks.len())]
}

fn section_end(blocks: &[Block], start: usize, level: u8) -> usize {
    let after = blocks[start + 1..]
        .iter()
        .position(|b| top_level(b).is_some_and(|l| l <= level));
    after.map_or(blocks.len(), |n| start + 1 + n)
}

/// The level of the highest heading that a block is, or that variants hold.
fn top_level(block: &Block) -> Option<u8> {
    match &block.kind {
        BlockKind::Heading(heading) => Some(heading.level),
        BlockKind::Variants(variants) => variants
            .iter()
            .flat_map(|v| &v.blocks)
            .filter_map(top_level)
            .min(),
        _ => None,
    }
}

fn heading(block: &Block) -> Option<&Heading> {
    match &block.kind {
        BlockKind::Heading(heading) => Some(heading),
        _ => None,
    }
}
