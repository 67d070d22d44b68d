//! What a container holds: its own text, and the units that are cut from it.

use super::alternatives::sections;
use super::apart::states;
use super::body::Body;
use super::builder::{Builder, New};
use super::cases::named;
use super::chain::{Chain, Choice, Layout};
use super::entries::{explains, groups_entries};
use super::header;
use super::ids::Slug;
use super::lists::{self, ListKind, intro_of};
use super::split::{Section, Stretch, split};
use super::tables::Rows;
use super::text::Text;
use crate::grammar::{Cursor, Tokens};
use crate::model::{
    Block, BlockKind, Document, Inline, Kind, List, Span, Table, UnitNo, Variant, Via,
};
use crate::sentence::{
    Conditional, LabelKind, ListIntro, SectionRole, behind_case, behind_number, imperative, label,
    leading, section_role, tells,
};

/// What stays the same while a container is filled.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Frame {
    /// What the section is for.
    pub(super) role: SectionRole,
    /// Columns of indentation that belong to the list around it.
    pub(super) indent: usize,
    /// Is this what somebody or something else does? Then nothing in it is for the reader to decide.
    pub(super) theirs: bool,
    /// Do paragraphs tell what to do in a case, beside others that tell it in any case?
    pub(super) done: bool,
    /// Does a section tell what to do in the case that its heading names?
    pub(super) cased: bool,
    /// Does the text above the sections name some of them as ways to do the same?
    pub(super) named: bool,
    /// Is this the text of the page above its sections?
    pub(super) top: bool,
    /// Are sections for what was found, as the text above them says?
    pub(super) caused: bool,
}

impl Frame {
    /// A section of the page.
    pub(super) fn of(role: SectionRole) -> Self {
        Frame {
            role,
            ..Frame::default()
        }
    }

    /// Does this section only tell how things are?
    fn tells(&self) -> bool {
        !matches!(self.role, SectionRole::Plain | SectionRole::Steps)
    }

    /// Is this a section that no sequence leads to?
    pub(super) fn is_aside(&self) -> bool {
        matches!(
            self.role,
            SectionRole::Prerequisites | SectionRole::NextSteps | SectionRole::Related
        )
    }
}

/// What of some blocks is the container's own text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Own {
    /// Does its own text still go on here?
    pub(super) open: bool,
    /// So many blocks are its own, whatever they look like.
    pub(super) blocks: usize,
}

/// A paragraph before the title that is longer than this, in bytes, is no banner.
const MAX_BANNER: usize = 200;

/// Something that is cut from the text around it.
pub(super) enum Piece<'b> {
    Steps(&'b List),
    /// Steps of what somebody or something else does.
    Theirs(&'b List),
    Options(&'b List),
    Cases(&'b List),
    Terms(&'b List),
    /// The name of an entry of a glossary, and the blocks of the entry.
    Term(String, &'b [Block]),
    /// Sentences that each tell what to do in a case.
    Sentences(&'b Inline, Span),
    /// "**If the disk is full:**" and the blocks under it.
    Under(Conditional, &'b [Block]),
    /// The case that the last sentence above a list of steps puts them under, its words, and the list.
    Below(Conditional, String, &'b Block),
    /// A question, and the blocks that ask and answer it.
    Question(String, &'b [Block]),
    Variants(&'b [Variant]),
    Include(&'b str, Span),
    /// A table of steps or of branches.
    Table(Span, &'b Table, Rows),
    /// A note that holds steps, and what is in it.
    Note(Span, &'b [Block]),
}

impl Builder<'_> {
    /// The page's own unit and everything on the page.
    pub(super) fn page_unit(&mut self) {
        let page = self.source();
        let document = page.document;
        // A page that begins with its prerequisites has no title.
        let is_title = |section: &Section<'_>| {
            let role = self.role_of(&header::of_heading(&section.heading.text));
            !Frame::of(role).is_aside()
        };
        let title = title_section(document).filter(|(_, section)| is_title(section));
        let name = match (&title, &document.front.title) {
            (Some((_, section)), _) => header::of_heading(&section.heading.text),
            (None, Some(front)) => front.clone(),
            (None, None) => stem(page.path).to_owned(),
        };
        let anchor = title.as_ref().and_then(|(_, s)| s.heading.anchor.clone());
        let start = match &title {
            Some(([], section)) => section.block.span.start,
            _ if document.front.title.is_some() => 0,
            _ => document.content.start,
        };
        let span = Span {
            start,
            ..document.content
        };
        let slug = Slug::heading(&name, anchor.as_deref());
        let fixed = document.front.term.is_some().then_some(Kind::Term);
        let unit = self.add(New {
            header: name,
            span,
            slug,
            container: None,
            fixed,
        });
        self.units[unit.index()].summary = summary(document);
        self.read_summary(unit);
        self.units[unit.index()].applies = document.front.applies.clone();
        self.label(unit, page.labels);
        self.label(unit, &document.front.labels);
        let role = self.role_of(&self.units[unit.index()].header.clone());
        let frame = Frame {
            top: true,
            ..Frame::of(role)
        };
        match title {
            Some((before, section)) => {
                self.heading(unit, &section);
                // What stands before the title (badges, a banner) is the page's text too.
                let start = before
                    .first()
                    .map_or(section.block.span.end, |b| b.span.start);
                self.notes[unit.index()].body =
                    Body::plain(start as usize..section.block.span.end as usize);
                self.read_text(unit, before);
                self.fill(unit, section.blocks, frame);
            }
            None => self.fill(unit, &document.blocks, frame),
        }
    }

    /// Fills a container with blocks that may hold headings.
    pub(super) fn fill(&mut self, owner: UnitNo, blocks: &[Block], frame: Frame) {
        let stretches = split(blocks);
        let mut chain = Chain::new(owner);
        let named = self.named_ways(&stretches);
        let causes = !frame.top && self.are_causes(&stretches);
        let alternatives = self.alternatives(owner, &stretches, &named, causes);
        let frame = Frame {
            caused: causes && self.say_what_is_found(&stretches),
            named: named.contains(&true),
            cased: self.case_headings(&stretches),
            top: frame.top && sections(&stretches).next().is_some(),
            ..frame
        };
        let mut choice: Option<(usize, Choice)> = None;
        let cut = match stretches.as_slice() {
            [Stretch::Loose(blocks), sections @ ..] => {
                let before = !sections.is_empty();
                self.running_text(&mut chain, blocks, frame, before)
            }
            _ => false,
        };
        for (i, stretch) in stretches.iter().enumerate().skip(usize::from(cut)) {
            match stretch {
                Stretch::Loose(blocks) => self.content(
                    &mut chain,
                    blocks,
                    Own {
                        open: i == 0,
                        blocks: 0,
                    },
                    frame,
                ),
                Stretch::Section(section) => {
                    choice = alternatives[i].map(|row| match choice {
                        Some((open, choice)) if open == row => (row, choice),
                        _ => (row, chain.choice(self, Via::Phrase)),
                    });
                    let way = choice.map(|(_, choice)| choice);
                    self.section(&mut chain, section, &stretches[i + 1..], way, frame);
                }
            }
        }
    }

    /// Blocks without headings: text, and what is cut from it.
    pub(super) fn content(&mut self, chain: &mut Chain, blocks: &[Block], own: Own, frame: Frame) {
        let frame = Frame {
            done: self.done_in_cases(blocks, frame),
            ..frame
        };
        let sides = match frame.is_aside() || frame.theirs {
            true => Vec::new(),
            false => self.sides(blocks),
        };
        let listed = self.numbered(blocks, own.blocks, frame);
        let blocks = listed.as_deref().unwrap_or(blocks);
        let mut run = 0;
        let mut open = own.open;
        let mut steps = false;
        let mut i = own.blocks;
        let mut sided = false;
        while i < blocks.len() {
            let before = blocks[run..i].last();
            let side = sides.get(i).cloned().flatten().filter(|_| listed.is_none());
            let first_side = side.is_some() && !sided;
            sided = side.is_some();
            let piece = match side {
                Some(side) => {
                    let next = sides[i + 1..].iter().position(Option::is_some);
                    let count = self.block_extent(&blocks[i + 1..]);
                    let count = count.min(next.unwrap_or(count)) + 1;
                    Some((Piece::Under(side, &blocks[i..i + count]), count))
                }
                None => self.piece(&blocks[i..], before, steps, frame),
            };
            let Some((piece, count)) = piece.filter(|(piece, _)| self.takes(chain, piece)) else {
                i += 1;
                continue;
            };
            self.text(
                chain,
                &blocks[run..i],
                Text {
                    open,
                    next: Some(&piece),
                    frame,
                },
            );
            let told = before.and_then(paragraph);
            if first_side || told.is_some_and(|text| self.tells_apart(text)) {
                chain.ask_together();
            }
            open = false;
            steps |= matches!(&piece, Piece::Steps(list) if list.start.is_some());
            self.cut(chain, piece, frame);
            i += count;
            run = i;
        }
        self.text(
            chain,
            &blocks[run..],
            Text {
                open,
                next: None,
                frame,
            },
        );
    }

    /// Can a sequence go on with what is cut here? What answers a question stays with it.
    fn takes(&self, chain: &Chain, piece: &Piece<'_>) -> bool {
        match piece {
            Piece::Under(case, _) | Piece::Below(case, ..) => chain.takes(case),
            Piece::Sentences(..) => self.notes[chain.owner.index()].fixed != Some(Kind::Faq),
            _ => true,
        }
    }

    /// What is cut here, and how many blocks it takes. `steps`: are there numbered ones before?
    fn piece<'b>(
        &self,
        blocks: &'b [Block],
        before: Option<&'b Block>,
        steps: bool,
        frame: Frame,
    ) -> Option<(Piece<'b>, usize)> {
        let (block, later) = blocks.split_first()?;
        match &block.kind {
            BlockKind::List(list) if frame.role == SectionRole::Glossary => {
                Some((Piece::Terms(list), 1))
            }
            BlockKind::List(list) => {
                let cut = || lists::is_cut(list, steps, later, self);
                let place = lists::Place {
                    before: before.and_then(paragraph),
                    after_steps: steps,
                };
                match lists::kind(list, cut, place, &frame, self) {
                    ListKind::Steps => {
                        let above = place.before.filter(|_| !frame.is_aside() && !frame.theirs);
                        Some(match above.and_then(|text| self.case_above(text)) {
                            Some((case, header)) => (Piece::Below(case, header, block), 1),
                            None => (Piece::Steps(list), 1),
                        })
                    }
                    ListKind::Theirs => Some((Piece::Theirs(list), 1)),
                    ListKind::Options => Some((Piece::Options(list), 1)),
                    ListKind::Cases => Some((Piece::Cases(list), 1)),
                    ListKind::Text => None,
                }
            }
            BlockKind::Paragraph(inline) if frame.role == SectionRole::Glossary => {
                let name = self.entry(inline, block.span)?;
                let count = 1 + blocks[1..].iter().take_while(|b| explains(b)).count();
                Some((Piece::Term(name, &blocks[..count]), count))
            }
            BlockKind::Paragraph(inline) if !frame.is_aside() => {
                if let Some(asked) = self.asked(inline, frame) {
                    let count = self.answer(&blocks[1..], frame) + 1;
                    return Some((Piece::Question(asked, &blocks[..count]), count));
                }
                if frame.theirs {
                    return None;
                }
                let set_off = self.block_condition(inline, &blocks[1..]);
                let coded = || self.runs_in_case(inline, later);
                let done = || self.done_in_case(inline, later).filter(|_| frame.done);
                let stops = || self.stops_in_case(inline, later);
                if let Some(case) = done().or_else(stops) {
                    return Some((Piece::Under(case, &blocks[..1]), 1));
                }
                let Some(conditional) = set_off.or_else(coded) else {
                    let cut = !frame.tells() && self.lists_sentences(inline);
                    return cut.then_some((Piece::Sentences(inline, block.span), 1));
                };
                let count = self.block_extent(&blocks[1..]);
                let alone = count == 0 && conditional.consequence.is_empty();
                (!alone).then(|| (Piece::Under(conditional, &blocks[..count + 1]), count + 1))
            }
            BlockKind::Variants(variants) => Some((Piece::Variants(variants), 1)),
            BlockKind::Include(address) => Some((Piece::Include(address, block.span), 1)),
            BlockKind::Table(table) => {
                let above = before.and_then(paragraph);
                let rows = self.rows(table, above, frame)?;
                let intro = || above.map(|text| intro_of(text, self));
                let theirs = frame.theirs || intro() == Some(ListIntro::Theirs);
                (!theirs).then_some((Piece::Table(block.span, table, rows), 1))
            }
            BlockKind::Admonition { blocks, .. } if !frame.is_aside() => {
                let steps = self.note_holds_steps(block.span, blocks);
                steps.then_some((Piece::Note(block.span, blocks), 1))
            }
            _ => None,
        }
    }

    fn cut(&mut self, chain: &mut Chain, piece: Piece<'_>, frame: Frame) {
        match piece {
            Piece::Steps(list) => self.steps(chain, list, frame.theirs),
            Piece::Theirs(list) => self.steps(chain, list, true),
            Piece::Options(list) => self.options(chain, list),
            Piece::Cases(list) => self.cases(chain, list),
            Piece::Terms(list) => self.terms(chain, list),
            Piece::Term(name, blocks) => self.define(chain, name, blocks, frame),
            Piece::Under(conditional, blocks) => self.under(chain, &conditional, blocks, frame),
            Piece::Below(case, header, list) => {
                self.steps_in_case(chain, &case, header, list, frame)
            }
            Piece::Sentences(inline, span) => self.cut_paragraph(chain, inline, span, frame),
            Piece::Question(asked, blocks) => self.question(chain, asked, blocks, frame),
            Piece::Variants(variants) => self.variants(chain, variants, frame),
            Piece::Include(address, span) => self.include(chain, address, span, frame),
            Piece::Table(span, table, rows) => self.table(chain, span, table, &rows, frame),
            Piece::Note(span, blocks) => self.note(chain, span, blocks, frame),
        }
    }

    fn section(
        &mut self,
        chain: &mut Chain,
        section: &Section<'_>,
        later: &[Stretch<'_>],
        choice: Option<Choice>,
        frame: Frame,
    ) {
        let name = header::of_heading(&section.heading.text);
        let role = match self.role_of(&name) {
            SectionRole::Plain if groups_entries(&name, frame) => SectionRole::Glossary,
            // "Additional information" over sections that each tell what to do, or amid such.
            SectionRole::Related if holds_work(section.blocks) || self.is_amid(section, later) => {
                SectionRole::Plain
            }
            role => role,
        };
        if matches!(
            role,
            SectionRole::Prerequisites | SectionRole::NextSteps | SectionRole::Related
        ) {
            return self.aside(chain.owner, section, role);
        }
        let unit = self.section_unit(chain.owner, section, name, frame);
        let conditional = self.heading_condition(&section.heading.text);
        let held = conditional.filter(|_| frame.cased || self.acts(section.blocks));
        let found = frame.caused && choice.is_some();
        let found = found.then(|| self.found(&section.heading.text)).flatten();
        match (held, found, choice) {
            (Some(conditional), ..) => chain.branch(self, unit, &conditional, Layout::Listed),
            (None, Some(found), _) => chain.branch(self, unit, &found, Layout::Tabled),
            (None, None, Some(choice)) => chain.option(self, unit, choice),
            (None, None, None) => chain.part(self, unit),
        }
        self.notes[unit.index()].facts = role == SectionRole::Facts;
        let frame = Frame {
            role,
            top: false,
            ..frame
        };
        self.fill(unit, section.blocks, frame);
    }

    /// Does a section show commands, and one behind it tell what to do?
    fn is_amid(&self, section: &Section<'_>, later: &[Stretch<'_>]) -> bool {
        let code = |block: &Block| matches!(block.kind, BlockKind::Code);
        section.blocks.iter().any(code)
            && later.iter().any(|stretch| match stretch {
                Stretch::Section(section) => {
                    let role = self.role_of(&header::of_heading(&section.heading.text));
                    !Frame::of(role).is_aside() && self.acts(section.blocks)
                }
                Stretch::Loose(_) => false,
            })
    }

    /// Makes the unit of a section.
    pub(super) fn section_unit(
        &mut self,
        owner: UnitNo,
        section: &Section<'_>,
        name: String,
        frame: Frame,
    ) -> UnitNo {
        let end = section
            .blocks
            .last()
            .map_or(section.block.span.end, |b| b.span.end);
        let span = Span {
            end: end.max(section.block.span.end),
            ..section.block.span
        };
        let slug = Slug::heading(&name, section.heading.anchor.as_deref());
        let fixed = self.entry_kind(&section.heading.text, frame);
        let unit = self.add(New {
            header: name,
            span,
            slug,
            container: Some(owner),
            fixed,
        });
        self.notes[unit.index()].body = Body::indented(
            section.block.span.end as usize..section.block.span.end as usize,
            frame.indent,
        );
        self.heading(unit, section);
        unit
    }

    /// Reads what a heading says beside its text: its number, its anchors, whether it commands.
    fn heading(&mut self, unit: UnitNo, section: &Section<'_>) {
        let inline = &section.heading.text;
        let tokens = self.words(inline);
        let all = Cursor::whole(&tokens);
        let label = label(all);
        let rest = label
            .as_ref()
            .map_or_else(|| behind_number(all), |l| all.skip(l.end));
        let kind = label.as_ref().map(|l| l.kind);
        let notes = &mut self.notes[unit.index()];
        notes.commands = kind.is_some() || commands(rest);
        if kind == Some(LabelKind::Step) && notes.container.is_some() {
            notes.fixed = notes.fixed.or(Some(Kind::Step));
        }
        self.units[unit.index()].number = label.map(|l| l.number);
        if let Some(anchor) = &section.heading.anchor {
            self.anchors.push((anchor.clone(), unit));
        }
        let slug = self.site_slug(&crate::address::slug(&inline.text));
        self.anchors.push((slug, unit));
        let others = crate::address::other_slugs(&inline.text).into_iter();
        self.other_anchors.extend(others.map(|slug| (slug, unit)));
        self.read_inline(unit, inline, section.block.span);
    }

    fn heading_condition(&self, inline: &Inline) -> Option<Conditional> {
        let tokens = self.words(inline);
        // "2. If the belt is torn"
        let all = behind_number(Cursor::whole(&tokens));
        if crate::sentence::is_question(all) {
            return None;
        }
        // "If Statements" names a thing.
        let says = |c: &Conditional| c.condition.text.split_whitespace().count() > 1;
        leading(all).filter(|c| c.consequence.is_empty() && says(c))
    }

    /// Do most sections say what was found?
    fn say_what_is_found(&self, stretches: &[Stretch<'_>]) -> bool {
        let found = |section: &Section<'_>| self.found(&section.heading.text).is_some();
        let headed = sections(stretches).count();
        sections(stretches).filter(|section| found(section)).count() * 2 > headed
    }

    /// What a heading says that was found: "My lamp stays dark" under "Go on, depending on what the lamp does."
    fn found(&self, inline: &Inline) -> Option<Conditional> {
        let tokens = self.words(inline);
        let said = behind_number(Cursor::whole(&tokens));
        let tells = imperative(said).is_none() && (states(said) || states(said.skip(1)));
        tells.then(|| named(said.rest().trim(), said))
    }

    /// Is there something to do in these blocks? "If no limit is set" can stand over what then is so.
    pub(super) fn acts(&self, blocks: &[Block]) -> bool {
        blocks.iter().any(|block| match &block.kind {
            BlockKind::Paragraph(inline) => {
                let tokens = self.words(inline);
                tokens.sentences.iter().any(|s| {
                    let sentence = Cursor::over(&tokens, s.clone());
                    let said = behind_case(sentence);
                    tells(said, inline)
                })
            }
            BlockKind::List(list) => list.items.iter().any(|item| self.acts(&item.blocks)),
            BlockKind::Quote(inner) | BlockKind::Admonition { blocks: inner, .. } => {
                self.acts(inner)
            }
            BlockKind::Table(_) | BlockKind::Heading(_) | BlockKind::Other => false,
            BlockKind::Code | BlockKind::Include(_) | BlockKind::Variants(_) => true,
        })
    }

    /// Does a section of a container tell what to do in the case that its heading names? Then the others
    /// whose headings name cases are for these alone too.
    fn case_headings(&self, stretches: &[Stretch<'_>]) -> bool {
        stretches.iter().any(|stretch| match stretch {
            Stretch::Section(section) => {
                let named = self.heading_condition(&section.heading.text);
                named.is_some() && self.acts(section.blocks)
            }
            Stretch::Loose(_) => false,
        })
    }

    /// What a heading says its section is for.
    pub(super) fn role_of(&self, name: &str) -> SectionRole {
        let tokens = Tokens::plain(name, self.lexicon);
        section_role(Cursor::whole(&tokens))
    }
}

/// Does a heading tell the reader to do something: "Create a cluster", "Creating a cluster"?
fn commands(heading: Cursor<'_>) -> bool {
    let read = crate::sentence::intent(heading);
    !read.action.is_empty()
}

/// Do most sections within a section hold code, or numbered steps? Links alone can sound like commands.
fn holds_work(blocks: &[Block]) -> bool {
    let works = |blocks: &[Block]| {
        blocks.iter().any(|block| match &block.kind {
            BlockKind::List(list) => list.start.is_some(),
            BlockKind::Code => true,
            _ => false,
        })
    };
    let (mut all, mut told) = (0, 0);
    for stretch in split(blocks) {
        if let Stretch::Section(section) = stretch {
            all += 1;
            told += usize::from(works(section.blocks));
        }
    }
    told * 2 > all
}

/// The heading that is the page's title, and what stands before it: it is the only one at the top,
/// with nothing but badges before.
fn title_section(document: &Document) -> Option<(&[Block], Section<'_>)> {
    let stretches = split(&document.blocks);
    let (before, section) = match stretches.as_slice() {
        [Stretch::Section(section)] => (&[][..], section),
        [Stretch::Loose(before), Stretch::Section(section)] => (*before, section),
        _ => return None,
    };
    let silent = |b: &Block| match &b.kind {
        BlockKind::Other => true,
        BlockKind::Paragraph(inline) => inline.text.len() < MAX_BANNER,
        _ => false,
    };
    let titled =
        section.heading.level == 1 || (before.is_empty() && document.front.title.is_none());
    (titled && before.iter().all(silent)).then_some((before, *section))
}

/// The text of a paragraph.
pub(super) fn paragraph(block: &Block) -> Option<&Inline> {
    match &block.kind {
        BlockKind::Paragraph(inline) => Some(inline),
        _ => None,
    }
}

/// From the first to the last of these blocks.
pub(super) fn span_of(blocks: &[Block]) -> Span {
    let first = blocks.first().map(|b| b.span).unwrap_or_default();
    blocks.last().map_or(first, |last| first.until(last.span))
}

/// The name of a file without folder and extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// What the front matter says of the page.
fn summary(document: &Document) -> String {
    let front = &document.front;
    let texts = [front.title.as_deref(), front.description.as_deref()];
    texts.into_iter().flatten().collect::<Vec<_>>().join(". ")
}
