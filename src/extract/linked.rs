//! What a section that no sequence leads to links to: what it asks for, or suggests.

use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::aside::is_numbered;
use super::builder::Builder;
use super::fill::paragraph;
use super::header;
use super::lists::lead;
use super::split::{Stretch, split};
use crate::grammar::{Cursor, Tokens};
use crate::model::{
    Block, BlockKind, Condition, Inline, Link, Linker, LinkerKind, Mark, MarkKind, Mention,
    PrerequisiteKind, Span, UnitNo, Via,
};
use crate::sentence::{
    SectionRole, Unasked, asked_in_case, constraint, demands, describes, is_remark, is_unneeded,
    kind_of, names_holder, points_to_list, states_fact, tells_more, unasked,
};

/// A link in a section that no sequence leads to.
struct Found {
    link: Link,
    span: Span,
    /// Does the text tell of it without asking for it?
    by_the_way: bool,
    /// The case in which its text asks for it.
    case: Option<Box<Condition>>,
}

impl Found {
    /// The address without the place on the page.
    fn page(&self) -> &str {
        let address = self.link.address.as_str();
        address.split(['#', '?']).next().unwrap_or(address)
    }

    fn of(inline: &Inline, mark: &Mark, span: Span, by_the_way: bool) -> Option<Self> {
        let start = inline
            .origin(mark.start as usize)
            .clamp(span.start, span.end);
        let end = inline.origin(mark.end as usize).clamp(start, span.end);
        Some(Found {
            link: inline.link(mark)?,
            span: Span { start, end, ..span },
            by_the_way,
            case: None,
        })
    }
}

/// What a text that links to something does with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Telling {
    /// It suggests all that it links to.
    Suggests,
    /// It asks for what it links to.
    Asks,
    /// It remarks on it, unless a sentence asks for something.
    Remarks,
    /// It tells of it by the way.
    ByTheWay,
}

/// What some blocks of a section of prerequisites stand under.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Under {
    /// Its own heading.
    Section,
    /// A heading in it.
    Heading,
    /// A heading in it that tells what to do.
    Task,
    /// A heading in it of what to read.
    Related,
}

impl Builder<'_> {
    /// Every link in these blocks is suggested for afterwards.
    pub(super) fn suggest(&mut self, owner: UnitNo, blocks: &[Block]) {
        let mut found = Vec::new();
        self.links_in(owner, blocks, Telling::Suggests, &mut found);
        self.link_all(owner, found, LinkerKind::FollowUp);
    }

    /// Requires what a section of prerequisites asks for.
    pub(super) fn require_asked(&mut self, owner: UnitNo, blocks: &[Block]) {
        let mut found = Vec::new();
        self.required_in(owner, blocks, Under::Section, &mut found);
        // What is asked for already is not told of as well.
        let asked: FxHashSet<_> = found
            .iter()
            .filter(|f| !f.by_the_way)
            .map(|f| f.page().to_owned())
            .collect();
        found.retain(|f| !f.by_the_way || !asked.contains(f.page()));
        self.link_all(owner, found, LinkerKind::Requires);
    }

    /// The links in a section of prerequisites. Under a heading of its own, what a list asks for is asked
    /// for, and what running text does only remark on; under "Limitations" nothing is asked for, and what
    /// to read or what stands in a table of a variant is told by the way.
    fn required_in(
        &mut self,
        owner: UnitNo,
        blocks: &[Block],
        under: Under,
        found: &mut Vec<Found>,
    ) {
        for stretch in split(blocks) {
            let section = match stretch {
                Stretch::Loose(blocks) => {
                    self.required_by(owner, blocks, under, found);
                    continue;
                }
                Stretch::Section(section) => section,
            };
            let inner = match self.role_of(&header::of_heading(&section.heading.text)) {
                // Its words are explained, or how things are, and nothing is asked for.
                SectionRole::Glossary | SectionRole::Facts => continue,
                SectionRole::Related => Under::Related,
                _ if under == Under::Related => under,
                _ if self.is_told(&section.heading.text) => Under::Task,
                _ => Under::Heading,
            };
            let heading = std::slice::from_ref(section.block);
            self.links_in(owner, heading, Telling::ByTheWay, found);
            self.required_in(owner, section.blocks, inner, found);
        }
    }

    fn required_by(
        &mut self,
        owner: UnitNo,
        blocks: &[Block],
        under: Under,
        found: &mut Vec<Found>,
    ) {
        for (above, block) in with_above(blocks) {
            if let BlockKind::Variants(variants) = &block.kind {
                for variant in variants {
                    self.required_in_variant(owner, &variant.blocks, found);
                }
                continue;
            }
            if let BlockKind::List(list) = &block.kind
                && under == Under::Task
                && list.start.is_some()
            {
                // What a step there is done with is the step's. "You need a key" is asked for all the same.
                for item in &list.items {
                    let told = lead(item).is_some_and(|text| self.is_told(text));
                    let telling = if told {
                        Telling::ByTheWay
                    } else {
                        Telling::Asks
                    };
                    self.links_in(owner, &item.blocks, telling, found);
                }
                continue;
            }
            let list = matches!(block.kind, BlockKind::List(_));
            let telling = match under {
                Under::Section => Telling::Asks,
                Under::Heading | Under::Task if list => Telling::Asks,
                Under::Heading | Under::Task => Telling::Remarks,
                Under::Related => Telling::ByTheWay,
            };
            self.links_below(owner, above, block, telling, found);
        }
    }

    fn required_in_variant(&mut self, owner: UnitNo, blocks: &[Block], found: &mut Vec<Found>) {
        for (above, block) in with_above(blocks) {
            let telling = match block.kind {
                BlockKind::Table(_) => Telling::ByTheWay,
                _ if is_numbered(block) => Telling::ByTheWay,
                _ => Telling::Asks,
            };
            self.links_below(owner, above, block, telling, found);
        }
    }

    fn link_all(&mut self, owner: UnitNo, found: Vec<Found>, kind: LinkerKind) {
        for Found {
            link,
            span,
            by_the_way,
            case,
        } in found
        {
            let linker = Linker {
                kind,
                target: Mention::Address(link),
                via: if by_the_way {
                    Via::Remark
                } else {
                    Via::Section
                },
                condition: case,
                decision: None,
                span,
            };
            self.link(owner, linker);
        }
    }

    /// Requires what a text asks for that links to it.
    pub(super) fn require_links(
        &mut self,
        owner: UnitNo,
        inline: &Inline,
        tokens: &Tokens<'_>,
        span: Span,
    ) {
        let mut found = Vec::new();
        links_among((inline, tokens), span, Telling::Asks, &mut found);
        self.link_all(owner, found, LinkerKind::Requires);
    }

    fn links_in(
        &mut self,
        owner: UnitNo,
        blocks: &[Block],
        telling: Telling,
        found: &mut Vec<Found>,
    ) {
        for (above, block) in with_above(blocks) {
            self.links_below(owner, above, block, telling, found);
        }
    }

    /// The links of a block that may stand below another.
    fn links_below(
        &mut self,
        owner: UnitNo,
        above: Option<&Block>,
        block: &Block,
        telling: Telling,
        found: &mut Vec<Found>,
    ) {
        let span = block.span;
        match &block.kind {
            BlockKind::Paragraph(inline) => self.links_of(inline, span, telling, found),
            BlockKind::Heading(heading) => {
                self.links_of(&heading.text, span, telling, found);
            }
            BlockKind::List(list) => {
                let telling = above.map_or(telling, |above| self.below(above, telling));
                for item in &list.items {
                    self.links_in(owner, &item.blocks, telling, found);
                }
            }
            BlockKind::Table(table) => {
                let cells = table.head.iter().map(|c| (span, c));
                let rows = table
                    .rows
                    .iter()
                    .flat_map(|(span, row)| row.iter().map(|c| (*span, c)));
                let before = found.len();
                for (span, cell) in cells.chain(rows) {
                    self.links_of(cell, span, telling, found);
                }
                // Where on the page each of its cases is, a table tells by the way.
                for link in &mut found[before..] {
                    let here = link.link.address.starts_with('#');
                    link.by_the_way |= here && telling != Telling::Suggests;
                }
            }
            BlockKind::Quote(inner) => self.links_in(owner, inner, telling, found),
            BlockKind::Admonition { blocks: inner, .. } => {
                let telling = match telling {
                    Telling::Asks => Telling::Remarks,
                    other => other,
                };
                self.links_in(owner, inner, telling, found);
            }
            BlockKind::Variants(variants) => {
                for variant in variants {
                    self.links_in(owner, &variant.blocks, telling, found);
                }
            }
            BlockKind::Include(address) => {
                self.inside(owner, address, span, |builder, inner| {
                    // A notice that is a file of its own stands on many pages, and by the way.
                    if inner.iter().all(is_notice) {
                        return;
                    }
                    let mut shared = Vec::new();
                    match telling {
                        Telling::Asks => {
                            builder.required_in(owner, inner, Under::Section, &mut shared);
                        }
                        _ => builder.links_in(owner, inner, telling, &mut shared),
                    }
                    // What is shared tells by the way what nobody wrote for this page.
                    shared.retain(|link: &Found| !link.by_the_way);
                    found.append(&mut shared);
                });
            }
            BlockKind::Code | BlockKind::Other => {}
        }
    }

    /// What a list does with what it links to, below this block: where a line above it says how things are,
    /// or is called "Important considerations", it only goes on with that.
    fn below(&self, above: &Block, telling: Telling) -> Telling {
        let titles = |line: &&Inline| line.text.trim_end().ends_with(':') || line.is_strong();
        let line = paragraph(above).filter(titles);
        let Some(line) = line.filter(|_| telling == Telling::Asks) else {
            return telling;
        };
        let tokens = self.words(line);
        let last = tokens
            .sentences
            .last()
            .map(|s| Cursor::over(&tokens, s.clone()));
        // "They must meet these requirements. They are checked later:"
        let asked = || {
            let sentences = tokens.sentences.iter();
            let mut sentences = sentences.map(|s| Cursor::over(&tokens, s.clone()));
            sentences.any(|s| demands(s) && points_to_list(s))
        };
        let tells = |last| (states_fact(last) || tells_more(last, None)) && !asked();
        match last.is_some_and(tells) || self.titles_facts(line) {
            true => Telling::ByTheWay,
            false => telling,
        }
    }

    /// Does a list only go on with what is told by the way above it?
    pub(super) fn goes_on_by_the_way(&self, above: &Block) -> bool {
        self.below(above, Telling::Asks) == Telling::ByTheWay
    }

    /// Is a line over a list called like a section of facts: "Important considerations:"?
    pub(super) fn titles_facts(&self, line: &Inline) -> bool {
        let set_off = line.text.trim_end().ends_with(':') || line.is_strong();
        set_off && self.role_of(&line.text) == SectionRole::Facts
    }

    /// The links of a text, but for those that its sentences do not ask for.
    fn links_of(&self, inline: &Inline, span: Span, telling: Telling, found: &mut Vec<Found>) {
        if inline.links().next().is_some() {
            links_among((inline, &self.words(inline)), span, telling, found);
        }
    }
}

/// The links of a text with these words, but for those that its sentences do not ask for.
fn links_among(
    (inline, tokens): (&Inline, &Tokens<'_>),
    span: Span,
    telling: Telling,
    found: &mut Vec<Found>,
) {
    let mut links = inline.links().map(|(mark, _)| mark).peekable();
    let first = Cursor::sentences(tokens).next();
    let describes = || first.is_some_and(describes);
    let telling = match telling {
        Telling::Asks if describes() || is_unneeded(tokens) => Telling::ByTheWay,
        _ => telling,
    };
    // "You must know how pumps work. For more information, see [Pumps]."
    let teaches = || {
        first.is_some_and(|first| {
            demands(first) && kind_of(first) == Some(PrerequisiteKind::Knowledge)
        })
    };
    let case = OnceCell::new();
    let mut before = None;
    for sentence in &tokens.sentences {
        let end = tokens.bytes(sentence.clone()).end as u32;
        let mut inside = std::iter::from_fn(|| links.next_if(|m| m.start < end)).peekable();
        let sentence = Cursor::over(tokens, sentence.clone());
        let before = before.replace(sentence);
        if inside.peek().is_none() {
            continue;
        }
        let unasked = match telling {
            Telling::Suggests => Some(Unasked::default()),
            _ => unasked(sentence, before, inline),
        };
        let Some(Unasked { away, aside }) = unasked else {
            inside.for_each(drop);
            continue;
        };
        let by_the_way = match telling {
            Telling::Suggests => false,
            Telling::Asks => tells_more(sentence, before) && !(before.is_some() && teaches()),
            Telling::Remarks => !demands(sentence),
            Telling::ByTheWay => true,
        };
        let own = telling != Telling::Suggests && !by_the_way;
        let case = own.then(|| case.get_or_init(|| case_of_text(tokens)));
        let case = case.and_then(|case| case.as_ref().filter(|(_, at)| *at <= sentence.at));
        for mark in inside.filter(|mark| !within(mark, &away)) {
            let by_the_way = by_the_way || within(mark, &aside);
            let case = case.filter(|_| !by_the_way);
            let case = case.map(|(case, _)| Box::new(case.clone()));
            let link = Found::of(inline, mark, span, by_the_way);
            found.extend(link.map(|link| Found { case, ..link }));
        }
    }
    // A picture that is a link is in no sentence.
    let by_the_way = matches!(telling, Telling::Remarks | Telling::ByTheWay);
    found.extend(links.filter_map(|mark| Found::of(inline, mark, span, by_the_way)));
}

/// The case in which a text asks for something, and where that begins.
fn case_of_text(tokens: &Tokens<'_>) -> Option<(Condition, usize)> {
    let (case, at) = asked_in_case(tokens)?;
    let told = is_remark(tokens) || names_holder(&case, constraint(tokens).as_ref());
    (!told).then_some((case, at))
}

fn is_notice(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Admonition { .. } | BlockKind::Other)
}

/// Each block, and the one that it stands below.
pub(super) fn with_above(blocks: &[Block]) -> impl Iterator<Item = (Option<&Block>, &Block)> {
    let above = std::iter::once(None).chain(blocks.iter().map(Some));
    above.zip(blocks)
}

/// The links of a sentence that it asks for, with the sentence before it.
pub(super) fn asked<'a>(
    sentence: Cursor<'_>,
    before: Option<Cursor<'_>>,
    inline: &'a Inline,
) -> Vec<&'a Mark> {
    let Some(Unasked { away, aside }) = unasked(sentence, before, inline) else {
        return Vec::new();
    };
    let bytes = sentence.tokens.bytes(sentence.range());
    let asked =
        |m: &&Mark| matches!(m.kind, MarkKind::Link(_)) && !within(m, &away) && !within(m, &aside);
    inline.marks_in(&bytes).iter().filter(asked).collect()
}

/// Does a mark begin in one of these bytes?
fn within(mark: &Mark, ranges: &[Range<usize>]) -> bool {
    ranges
        .iter()
        .any(|bytes| bytes.contains(&(mark.start as usize)))
}
