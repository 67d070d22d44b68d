//! List items to units.

use super::body::Body;
use super::builder::{Builder, New};
use super::chain::{Chain, Choice, Layout};
use super::fill::{Frame, Own, paragraph};
use super::header;
use super::ids::Slug;
use super::lists::{holds_steps, is_link, lead};
use crate::grammar::{Cursor, TokenKind, Tokens};
use crate::model::{Block, BlockKind, Inline, Item, Kind, List, UnitNo, Via};
use crate::sentence::{
    Conditional, Cue, SectionRole, calls, ending, has_other_side, is_being_done, is_done, jumps,
    leading, only_continues, option_label, says_who_does, speaks, tells,
};

/// What an item is called before a condition has no more words than this.
const MAX_FRONT: usize = 3;

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
    told: Told,
    builder: &Builder<'_>,
) -> bool {
    let said = sentence.within(conditional.consequence.clone());
    if said.is_empty() {
        // "No. Turn it over."
        let more = sentence.tokens.sentences.len() > 1;
        return item.blocks.len() > 1 || answers(conditional) && more;
    }
    // "**If all is green** – the lead leaves."
    if is_in_front(sentence, conditional, inline) {
        return true;
    }
    // "No: plug it in." is the answer to a question, whatever it says; a box is there to be ticked.
    if !matches!(conditional.cue, Cue::If | Cue::Unless) || item.task.is_some() {
        return true;
    }
    // "…, the server does the following:" goes on with what the server does.
    let ours = || !inline.text.trim_end().ends_with(':') || speaks(said);
    // "If it is torn, the clerk writes a note."
    orders(said, inline, told)
        || is_done(said)
        || leads_later(sentence, inline)
        || ours() && holds_steps(item, builder)
}

/// Does what is said tell what to do, or what is done where the steps are told of others?
fn orders(said: Cursor<'_>, inline: &Inline, told: Told) -> bool {
    let done = || says_who_does(said) || is_being_done(said);
    tells(said, inline) || told == Told::OfOthers && done()
}

/// Does a sentence behind this one say where to go on, in any case: "If it is old, nothing is due. Go to step 6."?
pub(super) fn leads_later(sentence: Cursor<'_>, inline: &Inline) -> bool {
    let mut later = Cursor::sentences(sentence.tokens).filter(|s| s.at >= sentence.end);
    later.any(|s| leading(s).is_none() && (!jumps(s, inline).is_empty() || ending(s).is_some()))
}

/// "If yes, follow the guide.": that is a side of the question before it, whatever it leads to.
fn answers(conditional: &Conditional) -> bool {
    matches!(conditional.cue, Cue::Yes | Cue::No)
}

/// Is a condition all that a sentence begins with in strong letters, set off from what is done?
fn is_in_front(sentence: Cursor<'_>, conditional: &Conditional, inline: &Inline) -> bool {
    let Some((front, _)) = inline.strong_front() else {
        return false;
    };
    let said = sentence.tokens.bytes(conditional.consequence.clone()).start;
    let between = inline.text.get(front.len()..said).map(str::trim);
    let set_off = |sign: &str| matches!(sign, ":" | "–" | "—" | "-" | "→" | "->");
    between.is_some_and(|sign| set_off(sign) || sign.is_empty() && front.trim_end().ends_with(':'))
}

/// The condition that stands behind what an item is called: "**Troubleshooting:** If it is red, …".
fn behind_front(sentence: Cursor<'_>, inline: &Inline) -> Option<Conditional> {
    inline.strong_front()?;
    let colon = |i: &usize| sentence.tokens.tokens[*i].kind == TokenKind::Punct(':');
    let colon = sentence.range().take(MAX_FRONT + 1).find(colon)?;
    let behind = leading(sentence.skip(colon + 1 - sentence.at))?;
    matches!(behind.cue, Cue::If | Cue::Unless).then_some(behind)
}

/// "Otherwise, the server stops.": where nothing was decided before, it is the rest of what was told.
fn is_rest_of_facts(sentence: Cursor<'_>, conditional: &Conditional, inline: &Inline) -> bool {
    let said = sentence.within(conditional.consequence.clone());
    matches!(conditional.cue, Cue::Else | Cue::ElseIf) && !said.is_empty() && !tells(said, inline)
}

/// "If A, do this. Otherwise, do that.": the text is for either case, each side under its own
/// condition.
pub(super) fn says_the_other_side(tokens: &Tokens<'_>, inline: &Inline, told: Told) -> bool {
    let mut sentences = tokens.sentences.iter();
    let mut sentences = sentences.by_ref().map(|s| Cursor::over(tokens, s.clone()));
    let first = sentences.next();
    let both = first.is_some_and(|s| leading(s).is_some_and(|c| has_other_side(s, &c)));
    both || sentences.any(|s| is_side(s, inline, told))
}

/// "Yes: replace it. If it starts, stop." is all under the answer; "If yes, replace it. Otherwise, keep
/// it." is for either case.
fn other_side(conditional: &Conditional, tokens: &Tokens<'_>, inline: &Inline, told: Told) -> bool {
    if !matches!(conditional.cue, Cue::Yes | Cue::No) {
        return says_the_other_side(tokens, inline, told);
    }
    let mut sentences = tokens
        .sentences
        .iter()
        .map(|s| Cursor::over(tokens, s.clone()));
    let first = sentences.next();
    let next = sentences.find_map(leading);
    first.is_some_and(|s| has_other_side(s, conditional))
        || next.is_some_and(|c| !matches!(c.cue, Cue::If | Cue::Unless | Cue::ElseIf))
}

/// Does a sentence tell what to do under a condition?
fn is_side(sentence: Cursor<'_>, inline: &Inline, told: Told) -> bool {
    leading(sentence).is_some_and(|c| {
        let said = sentence.within(c.consequence.clone());
        orders(said, inline, told) && !stays(sentence, &c, inline) && !only_continues(said)
    })
}

/// The number that the author gave an item.
fn number(list: &List, item: usize) -> Option<String> {
    let counted = || list.start.map(|start| (start + item as u64).to_string());
    list.items[item].number.clone().or_else(counted)
}

/// Whom the steps of a list are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Whoever does them.
    Reader,
    /// They are told of whoever does them, under numbers of several levels: "3.1.2 The nurse checks the label."
    OfOthers,
}

/// How the conditions that the items of a list begin with are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Conditions {
    /// Each by itself.
    Each(Told),
    /// All as cases in which something is done, since most are.
    Cases,
    /// Nothing is for the reader to decide.
    Theirs,
}

impl Conditions {
    /// Whom the steps are told.
    fn told(self) -> Told {
        match self {
            Conditions::Each(told) => told,
            Conditions::Cases | Conditions::Theirs => Told::Reader,
        }
    }
}

impl Builder<'_> {
    /// How the conditions of a list's items are taken. Where each item begins with one, and most say what
    /// to do, none of the others is for everybody.
    fn conditions(&self, list: &List, theirs: bool) -> Conditions {
        if theirs {
            return Conditions::Theirs;
        }
        let levels = |item: &Item| item.number.as_ref().is_some_and(|n| n.contains('.'));
        let whom = match !list.items.is_empty() && list.items.iter().all(levels) {
            true => Told::OfOthers,
            false => Told::Reader,
        };
        let told = |item: &Item| {
            let inline = lead(item)?;
            let tokens = self.words(inline);
            let sentence = Cursor::over(&tokens, tokens.sentences.first()?.clone());
            let conditional = leading(sentence)?;
            let said = sentence.within(conditional.consequence.clone());
            let rest = matches!(conditional.cue, Cue::Else | Cue::ElseIf) && !said.is_empty();
            Some(match rest {
                true => tells(said, inline),
                false => holds_back(sentence, &conditional, inline, item, whom, self),
            })
        };
        let told: Option<Vec<bool>> = list.items.iter().map(told).collect();
        let cases = told.is_some_and(|told| {
            let most = told.iter().filter(|t| **t).count() * 2 >= told.len();
            most && told.len() > 1
        });
        if cases {
            Conditions::Cases
        } else {
            Conditions::Each(whom)
        }
    }

    /// A list of steps.
    pub(super) fn steps(&mut self, chain: &mut Chain, list: &List, theirs: bool) {
        let conditions = self.conditions(list, theirs);
        let layout = if list.start.is_some() {
            Layout::Numbered
        } else {
            Layout::Listed
        };
        let amid_steps = list
            .items
            .iter()
            .any(|item| !lead(item).is_some_and(is_link));
        for (i, item) in list.items.iter().enumerate() {
            let (unit, conditional) = self.item(chain, item, conditions);
            self.notes[unit.index()].amid_steps = amid_steps;
            self.units[unit.index()].number = number(list, i);
            let beside = || match list.start {
                Some(_) => self.case_beside(list, i),
                None => self.case_asked(item),
            };
            let beside = || beside().filter(|_| !theirs);
            let named = conditional.is_none().then(beside).flatten();
            match (conditional, named) {
                (Some(conditional), _) => chain.branch(self, unit, &conditional, layout),
                (None, Some(case)) => chain.branch(self, unit, &case, Layout::Listed),
                (None, None) => chain.part(self, unit),
            }
            self.fill_item(unit, item, theirs);
        }
    }

    /// A list of which one item is enough.
    pub(super) fn options(&mut self, chain: &mut Chain, list: &List) {
        let choice: Choice = chain.choice(self, Via::Phrase);
        for (i, item) in list.items.iter().enumerate() {
            let (unit, case) = self.item(chain, item, Conditions::Each(Told::Reader));
            self.units[unit.index()].number = number(list, i).or_else(|| self.way_of(item));
            chain.option(self, unit, choice);
            if let Some(case) = case.filter(|case| case.cue == Cue::If) {
                chain.hold_option(self, case.condition);
            }
            self.fill_item(unit, item, false);
        }
    }

    /// The number or letter of the way that an item tells: "Option A: …".
    fn way_of(&self, item: &Item) -> Option<String> {
        let tokens = self.words(lead(item)?);
        let label = option_label(Cursor::whole(&tokens));
        label.map(|label| label.number)
    }

    /// Makes the unit of an item, and tells the condition that its first sentence puts it under.
    pub(super) fn item(
        &mut self,
        chain: &mut Chain,
        item: &Item,
        conditions: Conditions,
    ) -> (UnitNo, Option<Conditional>) {
        chain.ordinal += 1;
        let (header, conditional) = match lead(item) {
            Some(inline) => {
                let tokens = self.words(inline);
                let first = tokens.sentences.first().cloned().unwrap_or(0..0);
                let nested = item.blocks.len() > 1;
                let sentence = Cursor::over(&tokens, first);
                let conditional = leading(sentence)
                    .or_else(|| behind_front(sentence, inline))
                    .filter(|c| chain.takes(c))
                    .filter(|c| chain.is_open() || !is_rest_of_facts(sentence, c, inline))
                    .filter(|c| match conditions {
                        Conditions::Each(told) => holds_back(sentence, c, inline, item, told, self),
                        Conditions::Cases => true,
                        Conditions::Theirs => false,
                    })
                    .filter(|c| nested || answers(c) || !stays(sentence, c, inline))
                    .filter(|c| !other_side(c, &tokens, inline, conditions.told()))
                    .filter(|_| !self.other_side_below(&item.blocks[1..]));
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

    /// Does a paragraph below the first of an item tell what to do in another case?
    fn other_side_below(&self, blocks: &[Block]) -> bool {
        blocks.iter().filter_map(paragraph).any(|inline| {
            let tokens = self.words(inline);
            let first = tokens.sentences.first();
            first.is_some_and(|s| is_side(Cursor::over(&tokens, s.clone()), inline, Told::Reader))
        })
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
    pub(super) fn fill_item(&mut self, unit: UnitNo, item: &Item, theirs: bool) {
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
            theirs,
            ..Frame::default()
        };
        let own = Own {
            open: true,
            blocks: usize::from(lead(item).is_some()),
        };
        let mut chain = Chain::new(unit);
        let ending = lead(item).filter(|_| item.blocks.len() == 1 && !theirs);
        let ending = ending.and_then(|inline| Some((inline, self.ends_in_case(inline)?)));
        match ending {
            Some((inline, from)) => {
                self.cut_behind(&mut chain, inline, item.blocks[0].span, from, frame);
            }
            None => self.content(&mut chain, &item.blocks, own, frame),
        }
    }
}
