//! Steps that are numbered paragraphs: "**Step 1:** Open the lid.", "5.1.2 Switch the washer off."
//!
//! Markdown sees no list there. Numbers that go on from paragraph to paragraph make one, with what
//! stands between them. So do ways of which one is enough: "**Option A: through the door**".

use std::rc::Rc;

use super::builder::Builder;
use super::cases::behind_name;
use super::fill::{Frame, paragraph};
use super::offered::labels_ways;
use crate::grammar::{Cursor, TokenKind, Tokens};
use crate::model::{Block, BlockKind, Inline, Item, List, Mark, MarkKind, Written, parts, written};
use crate::sentence::{
    LabelKind, depends, imperative, is_being_done, label, leading, names_systems, says_who_does,
    tells,
};

/// What systems are called takes no more bytes than this.
const MAX_SYSTEM: usize = 80;

/// The number that a paragraph begins with.
struct Count<'t> {
    number: Written<'t>,
    /// Is all of the paragraph a title for what follows?
    title: bool,
    /// Is it one of several ways?
    way: bool,
    /// Is it nothing but what a system is called: "**Windows:**"?
    system: bool,
}

impl Count<'_> {
    /// Is the other a part of this: `5.1.2` of `5.1`?
    fn holds(&self, part: &Count<'_>) -> bool {
        let behind = part.number.series.strip_prefix(self.number.text);
        !self.number.letter && behind.is_some_and(|rest| rest.starts_with('.'))
    }
}

impl Builder<'_> {
    /// The blocks with each series of numbered paragraphs as a list; `None` where there is none. The
    /// first `own` of them are left alone. They stay where they are while the page is read, as those of
    /// the document do.
    pub(super) fn numbered(
        &self,
        blocks: &[Block],
        own: usize,
        frame: Frame,
    ) -> Option<Rc<[Block]>> {
        if frame.is_aside() {
            return None;
        }
        let cases = self.named_by_lines(blocks);
        let counts = blocks
            .iter()
            .enumerate()
            .skip(own)
            .filter_map(|(i, block)| {
                let line = paragraph(block)?;
                let case = cases.is_some_and(|from| i >= from) && is_name(line);
                let count = if case {
                    Some(for_system(&line.text))
                } else {
                    self.count(line)
                };
                Some((i, count?))
            });
        let mut out: Vec<Block> = Vec::new();
        let mut taken = 0;
        let joined = |one: usize, other: usize| self.under_system(&blocks[..other], one) == other;
        for series in rows(counts, joined) {
            if series[0].0 < taken {
                continue;
            }
            let Some((block, end)) = self.series(blocks, &series, frame) else {
                continue;
            };
            out.extend_from_slice(&blocks[taken..series[0].0]);
            out.push(block);
            taken = end;
        }
        (taken > 0).then(|| {
            out.extend_from_slice(&blocks[taken..]);
            self.keep(out)
        })
    }

    /// Keeps blocks that were made for as long as the page is read: no other may stand where they do, as words
    /// are known by where their text stands.
    fn keep(&self, blocks: Vec<Block>) -> Rc<[Block]> {
        let made: Rc<[Block]> = blocks.into();
        self.made.borrow_mut().push(Rc::clone(&made));
        made
    }

    /// The list that a series of numbers makes, and where it ends.
    fn series(
        &self,
        blocks: &[Block],
        series: &[(usize, Count<'_>)],
        frame: Frame,
    ) -> Option<(Block, usize)> {
        let [(first, count), _, ..] = series else {
            return None;
        };
        // What each says, and whether that only is done by somebody: "3.1.3 The stock is moved."
        let says = |(i, count): &(usize, Count<'_>)| {
            let text = paragraph(&blocks[*i])?;
            let text = text.slice(count.number.end..text.text.len());
            // "a) Red: close the tap."
            let case = || count.number.letter.then(|| behind_name(&text)).flatten();
            let levels = !count.number.series.is_empty();
            let told = self.is_told(&text)
                || case().is_some_and(|said| self.is_told(&said))
                || levels && self.first_says(&text, says_who_does);
            (told || levels && self.first_says(&text, is_being_done)).then_some(told)
        };
        let said: Vec<bool> = series.iter().filter_map(says).collect();
        let told = match said.contains(&true) {
            true => said.len(),
            false => 0,
        };
        let number = &count.number;
        let begins = !number.letter || number.number == 1;
        if !begins || !count.system && number.word.is_empty() && told * 2 < series.len() {
            return None;
        }
        let (last, end) = series.last()?;
        let filled = series.windows(2).any(|pair| pair[1].0 - pair[0].0 > 1);
        let goes_on = |i: &usize| match &blocks[*i].kind {
            // What stands behind the list of the last of several ways is for each of them.
            BlockKind::Paragraph(inline) if end.way => {
                let before = &blocks[*i - 1];
                let listed = matches!(before.kind, BlockKind::List(_));
                filled && (!listed || self.stays_under(inline, before))
            }
            BlockKind::Paragraph(_) | BlockKind::Table(_) => end.title,
            _ => true,
        };
        let end = match end.system {
            true => self.under_system(blocks, *last),
            false => last + 1 + (last + 1..blocks.len()).take_while(goes_on).count(),
        };
        let ends = series.iter().skip(1).map(|(i, _)| *i).chain([end]);
        let items = series.iter().zip(ends);
        let items: Option<Vec<Item>> = items
            .map(|((i, count), end)| item(&blocks[*i..end], count, frame))
            .collect();
        let items = items?;
        let acts = || items.iter().all(|item| self.acts(&item.blocks[1..]));
        let named = count.system && items.len() > 1 && acts();
        let ways = !count.way || labels_ways(&items, self) || named;
        let kind = BlockKind::List(List {
            start: (!count.way).then_some(count.number.number),
            items,
        });
        let span = blocks[*first].span.until(blocks[end - 1].span);
        let list = Block { span, kind };
        if !ways {
            // Their words were read.
            self.keep(vec![list]);
            return None;
        }
        Some((list, end))
    }

    /// Does a text call a system in strong letters before what is done there: "**Windows:** `winget install mill`"?
    pub(super) fn begins_with_system(&self, text: &Inline) -> bool {
        let Some((front, rest)) = text.strong_front() else {
            return false;
        };
        let set_off = front.ends_with(':') || rest.starts_with(':');
        let name = Tokens::plain(front.trim_end_matches(':'), self.lexicon);
        let begins = text.text.len() - rest.trim_start_matches([':', ' ']).len();
        let behind = text.slice(begins..text.text.len());
        let code = |mark: &Mark| mark.start == 0 && mark.kind == MarkKind::Code;
        set_off
            && names_systems(Cursor::whole(&name))
            && (behind.marks.iter().any(code) || self.is_told(&behind))
    }

    /// From where on lines are the names of cases, since the text before the first says that it depends on something:
    /// "Do what the colour requires." over "**Red:**" and "**Green:**".
    fn named_by_lines(&self, blocks: &[Block]) -> Option<usize> {
        let named = |pair: &[Block]| {
            let line = paragraph(&pair[1]).filter(|line| is_name(line));
            line.is_some() && paragraph(&pair[0]).is_some_and(|text| self.last_says(text, depends))
        };
        Some(blocks.windows(2).position(named)? + 1)
    }

    /// Where what stands under the line of a system ends: a paragraph that is not the first and does not go on
    /// with what is done is for everybody, and so is a list that no text introduces.
    fn under_system(&self, blocks: &[Block], line: usize) -> usize {
        let goes_on = |i: &usize| {
            let before = &blocks[*i - 1];
            match &blocks[*i].kind {
                BlockKind::Paragraph(text) => *i == line + 1 || self.stays_under(text, before),
                BlockKind::List(_) => paragraph(before).is_some(),
                BlockKind::Heading(_) => false,
                _ => true,
            }
        };
        line + 1 + (line + 1..blocks.len()).take_while(goes_on).count()
    }

    /// Does a text begin by telling to do something?
    pub(super) fn is_told(&self, inline: &Inline) -> bool {
        let tokens = Tokens::inline(inline, self.lexicon);
        let first = tokens.sentences.first().cloned().unwrap_or(0..0);
        let sentence = Cursor::over(&tokens, first);
        imperative(sentence).is_some()
            || leading(sentence).is_some_and(|c| tells(sentence.within(c.consequence), inline))
    }

    /// Does the first sentence of a text say something?
    fn first_says(&self, inline: &Inline, something: impl Fn(Cursor<'_>) -> bool) -> bool {
        let tokens = Tokens::inline(inline, self.lexicon);
        Cursor::sentences(&tokens).next().is_some_and(something)
    }

    fn count<'t>(&self, inline: &'t Inline) -> Option<Count<'t>> {
        if self.names_systems(inline) {
            return Some(for_system(&inline.text));
        }
        let counts = |word: &str| word.starts_with(|c: char| c.is_ascii_digit() || c == '(');
        let mut words = inline.text.split_whitespace();
        match (words.next()?, words.next()?) {
            (first, _) if counts(first) => bare(&inline.text),
            (first, _) if first.len() == 2 && first.ends_with([')', '.']) => bare(&inline.text),
            (_, second) if counts(second) || is_letter(second) => self.named(inline),
            _ => None,
        }
    }

    /// "Step 3: …", "Step 2.1 – …", "Option A: …", or all of it strong.
    fn named<'t>(&self, inline: &'t Inline) -> Option<Count<'t>> {
        let tokens = self.words(inline);
        let label = label(Cursor::whole(&tokens))?;
        let way = label.kind == LabelKind::Option;
        if !way && label.kind != LabelKind::Step {
            return None;
        }
        let title = inline.is_strong();
        let closed = matches!(tokens.tokens[label.end - 1].kind, TokenKind::Punct(_));
        // Ways are called by their labels.
        let end = match way {
            true => 0,
            false => tokens.tokens.get(label.end)?.start as usize,
        };
        let (word, rest) = inline.text.split_at(inline.text.find(&label.number)?);
        let text = &rest[..label.number.len()];
        let lettered = || {
            Some((
                "",
                u64::from(u32::from(text.chars().next().filter(|_| way)?)),
            ))
        };
        let (series, number) = parts(text).or_else(lettered)?;
        let number = Written {
            word: word.trim_end(),
            series,
            number,
            letter: false,
            text,
            end,
        };
        let system = false;
        (closed || title).then_some(Count {
            number,
            title,
            way,
            system,
        })
    }

    /// Is a line over what follows nothing but what systems are called: "**Windows:**", "Linux:"?
    pub(super) fn names_systems(&self, line: &Inline) -> bool {
        let over = line.text.len() <= MAX_SYSTEM && (line.text.ends_with(':') || line.is_strong());
        over && names_systems(Cursor::whole(&self.words(line)))
    }
}

/// Is a line in strong letters, and set off by a colon?
pub(super) fn is_name(line: &Inline) -> bool {
    line.text.len() <= MAX_SYSTEM && line.is_strong() && line.text.ends_with(':')
}

fn for_system(line: &str) -> Count<'_> {
    let number = Written {
        word: "",
        series: "",
        number: 0,
        letter: false,
        text: line,
        end: 0,
    };
    Count {
        number,
        title: true,
        way: true,
        system: true,
    }
}

/// "A:", "B", "C)"
fn is_letter(word: &str) -> bool {
    let bare = word.trim_end_matches([':', '.', ')', ',']);
    bare.len() == 1 && bare.starts_with(char::is_uppercase)
}

/// A number that stands before a sentence.
fn bare(text: &str) -> Option<Count<'_>> {
    let number = written(text)?;
    Some(Count {
        number,
        title: false,
        way: false,
        system: false,
    })
}

/// Numbers that go on, each row with the places of its numbers. What is counted within one of them goes
/// with it: `5.1.1` between `5.1` and `5.2`.
/// `joined`: does all between the lines of two systems stand under the first?
fn rows<'t>(
    counts: impl Iterator<Item = (usize, Count<'t>)>,
    joined: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<(usize, Count<'t>)>> {
    let mut rows: Vec<Vec<(usize, Count<'t>)>> = Vec::new();
    for (i, count) in counts {
        if let Some(row) = rows.last_mut()
            && let Some((before, last)) = row.last()
        {
            // "Linux:", "Windows:", "Linux:": two choices, one after the other.
            let again = || row[0].1.number.text == count.number.text;
            let other = last.system && count.system && !again();
            if last.number.is_before(&count.number) || other && joined(*before, i) {
                row.push((i, count));
                continue;
            }
            if last.holds(&count) {
                continue;
            }
        }
        rows.push(vec![(i, count)]);
    }
    rows
}

/// The first of these blocks behind its number, and the others.
fn item(blocks: &[Block], count: &Count<'_>, frame: Frame) -> Option<Item> {
    let number = &count.number;
    let (first, rest) = blocks.split_first()?;
    let inline = paragraph(first)?;
    let lead = Block {
        span: first.span,
        kind: BlockKind::Paragraph(inline.slice(number.end..inline.text.len())),
    };
    let last = rest.last().unwrap_or(first);
    Some(Item {
        span: first.span.until(last.span),
        content: match count.system {
            true => first.span.start,
            false => inline.origin(number.end),
        },
        indent: frame.indent as u16,
        task: None,
        number: (!count.system).then(|| number.text.to_owned()),
        blocks: [&[lead], rest].concat(),
    })
}
