//! Directives in fences, as MyST writes them: "```{note}".
//!
//! CommonMark sees code there. What a rule of the dialect names is read as Markdown; any other directive,
//! as `{code-block}`, stays the code that it is.

use super::dialect::{DirectiveRule, TagRole};
use super::fence::Fence;
use super::inline::InlineBuilder;
use super::offsets::Offsets;
use super::{MAX_DEPTH, Page, columns};
use crate::model::{Block, BlockKind, Inline, MarkKind, Span, Variant, lines};

/// The blocks, with those directives in the place of their code that hold Markdown.
pub(super) fn directives(page: &Page<'_>, blocks: Vec<Block>, depth: usize) -> Vec<Block> {
    if page.dialect.directives.is_empty() || depth >= MAX_DEPTH {
        return blocks;
    }
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        let code = matches!(block.kind, BlockKind::Code);
        match Directive::of(page, block.span).filter(|_| code) {
            Some(directive) => out.extend(directive.read(page, block.span, depth)),
            None => out.push(block),
        }
    }
    out
}

/// A directive that holds Markdown.
struct Directive<'a> {
    rule: &'a DirectiveRule,
    name: &'a str,
    /// What stands behind its name.
    argument: &'a str,
    /// Where its first line ends.
    opened: usize,
    /// The lines in it: where each begins behind the indentation of the fence, and where it ends.
    lines: Vec<(usize, usize)>,
    /// Do its options pick a piece of what it names?
    picks: bool,
}

/// Options of an include that say which piece of the file stands here.
const PICKING: [&str; 6] = [
    "start-after",
    "start-at",
    "start-line",
    "end-before",
    "end-line",
    "lines",
];

impl<'a> Directive<'a> {
    fn of(page: &Page<'a>, span: Span) -> Option<Self> {
        let raw = &page.text[span.range()];
        let first = raw.split_inclusive('\n').next()?;
        let fence = Fence::of(first)?;
        let (name, argument) = fence.info.strip_prefix('{')?.split_once('}')?;
        let rules = &page.dialect.directives;
        let rule = rules.iter().find(|r| r.names.iter().any(|n| n == name))?;
        let before = &page.text[..span.start as usize];
        let margin = &before[before.rfind('\n').map_or(0, |n| n + 1)..];
        // In a quote each line has a mark of its own.
        if margin.contains('>') {
            return None;
        }
        let mut held = Vec::new();
        let mut at = span.start as usize + first.len();
        for line in lines(&raw[first.len()..]) {
            let blanks = columns::blanks(line).min(margin.len());
            held.push((at + blanks, at + line.len()));
            at += line.len();
        }
        let closed = held
            .last()
            .and_then(|(start, end)| Fence::of(&page.text[*start..*end]));
        if closed.is_some_and(|f| f.closes(fence.sign, fence.length)) {
            held.pop();
        }
        let lines = behind_options(page.text, held.clone());
        let options = &held[..held.len() - lines.len()];
        let mut options = options.iter().map(|(start, end)| &page.text[*start..*end]);
        Some(Directive {
            rule,
            name,
            argument: argument.trim(),
            opened: span.start as usize + first.trim_end().len(),
            picks: options.any(picks),
            lines,
        })
    }

    fn read(self, page: &Page<'_>, span: Span, depth: usize) -> Vec<Block> {
        let mut inner = String::new();
        let mut pieces = Vec::new();
        for (start, end) in &self.lines {
            pieces.push((inner.len() as u32, *start as u32));
            inner.push_str(&page.text[*start..*end]);
        }
        let mut blocks = match pieces.is_empty() {
            true => Vec::new(),
            false => page.blocks(&inner, &Offsets::pieces(pieces), depth + 1),
        };
        let opening = Span::new(page.file, span.start as usize..self.opened);
        let kind = match self.rule.role {
            TagRole::Admonition => BlockKind::Admonition {
                kind: self.name.to_owned(),
                title: self.argument.to_owned(),
                blocks,
            },
            TagRole::Variant => BlockKind::Variants(vec![Variant {
                span,
                content: self.opened as u32,
                key: "tab".to_owned(),
                values: vec![self.argument.to_lowercase()],
                title: self.argument.to_owned(),
                blocks,
            }]),
            // A file of which only a piece is meant is read where it stands.
            TagRole::Include if self.picks => BlockKind::Paragraph(self.named()),
            TagRole::Include => BlockKind::Include(self.argument.to_owned()),
            _ => {
                let kind = BlockKind::Other;
                blocks.insert(
                    0,
                    Block {
                        span: opening,
                        kind,
                    },
                );
                return blocks;
            }
        };
        vec![Block { span, kind }]
    }

    /// The file that it names, as a link to it.
    fn named(&self) -> Inline {
        let mut named = InlineBuilder::default();
        named.open(MarkKind::Link(self.argument.to_owned()));
        named.text(self.argument, (self.opened - self.argument.len()) as u32);
        named.plain()
    }
}

/// Does a line set an option that picks a piece?
fn picks(line: &str) -> bool {
    let line = line.trim().trim_start_matches(':');
    let name = line.split_once(':').map(|(name, _)| name);
    name.is_some_and(|name| PICKING.contains(&name))
}

/// The lines behind those that set options: ":class: tip", or a block between lines of `---`.
fn behind_options(text: &str, lines: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let line = |i: usize| lines.get(i).map(|(start, end)| text[*start..*end].trim());
    let ends = |i: &usize| line(*i) == Some("---");
    let fenced = line(0) == Some("---");
    let skipped = match fenced.then(|| (1..lines.len()).find(ends)).flatten() {
        Some(end) => end + 1,
        None => {
            let sets = |i: &usize| {
                let name = line(*i).and_then(|l| l.strip_prefix(':')?.split_once(':'));
                name.is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '))
            };
            (0..lines.len()).take_while(sets).count()
        }
    };
    lines[skipped..].to_vec()
}
