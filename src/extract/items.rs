//! List items to units.

use super::body::Body;
use super::builder::{Builder, New};
use super::chain::{Chain, Choice, Layout};
use super::fill::{Frame, Own};
use super::header;
use super::ids::Slug;
use super::lists::lead;
use crate::grammar::{Cursor, Tokens};
use crate::model::{Block, BlockKind, Inline, Item, Kind, List, UnitNo, Via};
use crate::sentence::{Conditional, Cue, SectionRole, calls, jumps, leading, speaks, tells};

/// Does a sentence do nothing to the sequence but hold back a call, or the step after it? Then the
/// item is a step in its place.
pub(super) fn stays(sentence: Cursor<'_>, conditional: &Conditional, inline: &Inline) -> bool {
    let said = sentence.within(conditional.consequence.clone());
    match jumps(said, inline).as_slice() {
        [] => !calls(said, inline).is_empty(),
        [jump] => jump.skips_next(),
        _ => false,
    }
}

/// Does the condition that an item begins with say when the item is done? "If both are set, the
/// server reports an error" is a fact, true whatever is set.
fn holds_back(
    sentence: Cursor<'_>,
    conditional: &Conditional,
    inline: &Inline,
    item: &Item,
) -> bool {
    let said = sentence.within(conditional.consequence.clone());
    if said.is_empty() {
        return item.blocks.len() > 1;
    }
    // "No: plug it in." is the answer to a question, whatever it says.
    if !matches!(conditional.cue, Cue::If | Cue::Unless) {
        return true;
    }
    let lists = |b: &Block| matches!(b.kind, BlockKind::List(_));
    // "…, the server does the following:" goes on with what the server does.
    let theirs = || !inline.text.trim_end().ends_with(':') || speaks(said);
    tells(said, inline) || item.blocks.iter().any(lists) && theirs()
}

/// "If A, do this. Otherwise, do that.": the item is done in either case, each side under its own
/// condition.
fn says_the_other_side(tokens: &Tokens<'_>, inline: &Inline) -> bool {
    tokens.sentences.iter().skip(1).any(|s| {
        let sentence = Cursor::over(tokens, s.clone());
        leading(sentence).is_some_and(|c| {
            let said = sentence.within(c.consequence.clone());
            tells(said, inline) && !stays(sentence, &c, inline)
        })
    })
}

/// The number that the author gave an item.
fn number(list: &List, item: usize) -> Option<String> {
    Some((list.start? + item as u64).to_string())
}

impl Builder<'_> {
    /// A list of steps.
    pub(super) fn steps(&mut self, chain: &mut Chain, list: &List) {
        let layout = if list.start.is_some() {
            Layout::Numbered
        } else {
            Layout::Listed
        };
        for (i, item) in list.items.iter().enumerate() {
            let (unit, conditional) = self.item(chain, item);
            self.units[unit.index()].number = number(list, i);
            match conditional {
                Some(conditional) => chain.branch(self, unit, &conditional, layout),
                None => chain.part(self, unit),
            }
            self.fill_item(unit, item);
        }
    }

    /// A list of which one item is enough.
    pub(super) fn options(&mut self, chain: &mut Chain, list: &List) {
        let choice: Choice = chain.choice(self, Via::Phrase);
        for (i, item) in list.items.iter().enumerate() {
            let (unit, _) = self.item(chain, item);
            self.units[unit.index()].number = number(list, i);
            chain.option(self, unit, choice);
            self.fill_item(unit, item);
        }
    }

    /// Makes the unit of an item, and tells the condition that its first sentence puts it under.
    fn item(&mut self, chain: &mut Chain, item: &Item) -> (UnitNo, Option<Conditional>) {
        chain.ordinal += 1;
        let (header, conditional) = match lead(item) {
            Some(inline) => {
                let tokens = self.words(inline);
                let first = tokens.sentences.first().cloned().unwrap_or(0..0);
                let nested = item.blocks.len() > 1;
                let sentence = Cursor::over(&tokens, first);
                let conditional = leading(sentence)
                    .filter(|c| holds_back(sentence, c, inline, item))
                    .filter(|c| nested || !stays(sentence, c, inline))
                    .filter(|_| !says_the_other_side(&tokens, inline));
                (header::of_text(inline, &tokens), conditional)
            }
            None => (self.header_of(chain.owner, &item.blocks), None),
        };
        let unit = self.add(New {
            header,
            span: item.span,
            slug: Slug::Ordinal(chain.ordinal),
            container: Some(chain.owner),
            fixed: Some(Kind::Step),
        });
        self.notes[unit.index()].under = conditional.is_some();
        (unit, conditional)
    }

    /// The header of an item that does not begin with a text: that of the text it includes, else of
    /// what it belongs to.
    fn header_of(&self, owner: UnitNo, blocks: &[Block]) -> String {
        let included = blocks.first().and_then(|b| match &b.kind {
            BlockKind::Include(address) => self.included_title(owner, address),
            _ => None,
        });
        included.unwrap_or_else(|| self.units[owner.index()].header.clone())
    }

    /// The item's own text and its nested parts.
    fn fill_item(&mut self, unit: UnitNo, item: &Item) {
        let indent = item.indent as usize;
        // The number that the author gave is a word of the text; a bullet is not.
        let numbered = self.units[unit.index()].number.is_some();
        let start = if numbered {
            item.span.start
        } else {
            item.content
        } as usize;
        self.notes[unit.index()].body = Body::indented(start..start, indent);
        let frame = Frame {
            role: SectionRole::Plain,
            indent,
        };
        let own = Own {
            open: true,
            blocks: usize::from(lead(item).is_some()),
        };
        let mut chain = Chain::new(unit);
        self.content(&mut chain, &item.blocks, own, frame);
    }
}
