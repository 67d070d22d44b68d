//! What lists and variants in a section of prerequisites ask for: each item is one.

use super::aside::{introduces, is_numbered};
use super::builder::Builder;
use super::fill::paragraph;
use super::linked::with_above;
use super::split::before_headings;
use super::whole::with_list;
use crate::grammar::{Cursor, Tokens};
use crate::model::{
    Block, BlockKind, Condition, Inline, Item, List, Mention, Prerequisite, PrerequisiteKind, Span,
    UnitNo, Variant, one_line,
};
use crate::sentence::{
    asks_for_list, demands, ends_with_or, further_aim, in_case_of, is_or, kind_of, leading,
    offers_list,
};

impl Builder<'_> {
    /// The prerequisites in lists, and how many there are.
    pub(super) fn listed(
        &mut self,
        owner: UnitNo,
        blocks: &[Block],
        kind: Option<PrerequisiteKind>,
    ) -> usize {
        let mut found = 0;
        for (above, block) in with_above(blocks) {
            found += match &block.kind {
                BlockKind::List(list) => self.listed_below(owner, above, list, kind),
                BlockKind::Variants(variants) => self.listed_in_variants(owner, variants, kind),
                BlockKind::Include(address) => self.listed_in(owner, address, block.span, kind),
                _ => 0,
            };
        }
        found
    }

    /// The prerequisites that a list asks for below what stands above it.
    fn listed_below(
        &mut self,
        owner: UnitNo,
        above: Option<&Block>,
        list: &List,
        kind: Option<PrerequisiteKind>,
    ) -> usize {
        let before = above.and_then(paragraph);
        let kind = before.and_then(|text| self.kind_of_list(text)).or(kind);
        let told = above.filter(|above| self.goes_on_by_the_way(above));
        // "Make sure that somebody steers. Several people can, including:"
        let asked = told.and_then(|above| Some((paragraph(above)?, above.span)));
        if let Some((inline, span)) = asked.filter(|(text, _)| self.demands_first(text)) {
            self.prerequisite(owner, inline, &[], kind, span);
        }
        let first = self.asked_of(owner).len();
        let choice = before.filter(|text| self.offers_choice(text));
        let found = match choice {
            Some(_) => self.ways_listed(owner, list.items.iter(), kind),
            None => self.items_listed(owner, &list.items, kind),
        };
        if let Some((front, case)) = before.and_then(|text| self.case_of_list(text)) {
            for listed in &mut self.asked_of(owner)[first..] {
                listed.text = format!("{front}: {}", listed.text);
            }
            self.in_case(owner, first, case.as_deref());
        }
        if told.is_some() {
            for remark in &mut self.asked_of(owner)[first..] {
                (remark.target, remark.remark) = (None, true);
                (remark.condition, remark.one_of) = (None, None);
            }
        }
        found
    }

    /// What is asked for before a unit, as far as it is read.
    fn asked_of(&mut self, owner: UnitNo) -> &mut Vec<Prerequisite<Mention>> {
        &mut self.units[owner.index()].prerequisites
    }

    /// The prerequisites that items ask for. Those between which an item stands that says no more than "or", and
    /// those that all but the last end with it, are ways of which one is enough.
    fn items_listed(
        &mut self,
        owner: UnitNo,
        items: &[Item],
        kind: Option<PrerequisiteKind>,
    ) -> usize {
        let mut found = 0;
        let mut rest = items;
        while let [item, behind @ ..] = rest {
            let open = rest.iter().take_while(|item| self.ends_with_or(item));
            let open = open.count().min(behind.len());
            let pairs = behind.chunks_exact(2);
            let others = pairs.take_while(|pair| self.says_or(&pair[0])).count();
            let (ways, behind) = rest.split_at(1 + open.max(2 * others));
            found += match (open, others) {
                (0, 0) => self.listed_item(owner, item, kind),
                (0, _) => self.ways_listed(owner, ways.iter().step_by(2), kind),
                _ => self.ways_listed(owner, ways.iter(), kind),
            };
            rest = behind;
        }
        found
    }

    /// The prerequisites that items ask for of which one is enough.
    fn ways_listed<'i>(
        &mut self,
        owner: UnitNo,
        items: impl Iterator<Item = &'i Item>,
        kind: Option<PrerequisiteKind>,
    ) -> usize {
        let first = self.asked_of(owner).len();
        let found = items.map(|item| self.listed_item(owner, item, kind)).sum();
        self.one_is_enough(owner, first);
        found
    }

    /// Of what is asked for from there on, one is enough.
    fn one_is_enough(&mut self, owner: UnitNo, first: usize) {
        let ways = self.asked_of(owner)[first..].iter().filter(|p| !p.remark);
        if ways.count() < 2 {
            return;
        }
        let choice = self.next_choice();
        for way in &mut self.asked_of(owner)[first..] {
            way.one_of = (!way.remark).then_some(choice);
        }
    }

    /// A number for prerequisites of the page of which one is enough.
    pub(super) fn next_choice(&mut self) -> u16 {
        self.choices += 1;
        self.choices
    }

    /// Does a text say that of what is listed below it one is enough: "You need one of the following:"?
    fn offers_choice(&self, before: &Inline) -> bool {
        introduces(before) && self.last_says(before, offers_list)
    }

    /// Does an item say no more than "or"?
    fn says_or(&self, item: &Item) -> bool {
        let alone = item.blocks.len() == 1;
        let text = item.blocks.first().and_then(paragraph);
        text.is_some_and(|text| alone && is_or(Cursor::whole(&self.words(text))))
    }

    /// Does an item end with "or", behind what it asks for?
    fn ends_with_or(&self, item: &Item) -> bool {
        let text = item.blocks.last().and_then(paragraph);
        text.is_some_and(|text| ends_with_or(Cursor::whole(&self.words(text))))
    }

    /// The prerequisites of variants. What one of them asks for is asked for in that variant; where each
    /// asks for one thing, one is enough.
    fn listed_in_variants(
        &mut self,
        owner: UnitNo,
        variants: &[Variant],
        kind: Option<PrerequisiteKind>,
    ) -> usize {
        let start = self.asked_of(owner).len();
        let mut firsts = Vec::new();
        let mut found = 0;
        for variant in variants {
            firsts.push(self.asked_of(owner).len());
            // Numbered steps of a variant show how it is done.
            for blocks in before_headings(&variant.blocks).split(is_numbered) {
                found += self.listed(owner, blocks, kind);
            }
        }
        let single = firsts.iter().enumerate().all(|(i, first)| {
            let asked = self.asked_of(owner);
            let end = firsts.get(i + 1).copied().unwrap_or(asked.len());
            asked[*first..end].iter().filter(|p| !p.remark).count() == 1
        });
        if single && variants.len() > 1 {
            self.one_is_enough(owner, start);
            return found;
        }
        for (variant, first) in variants.iter().zip(firsts).rev() {
            let case = Condition::yes(variant.name());
            self.in_case(owner, first, Some(&case));
        }
        found
    }

    /// What is asked for from there on is asked for in a case, unless it says one itself.
    fn in_case(&mut self, owner: UnitNo, first: usize, case: Option<&Condition>) {
        let asked = self.asked_of(owner)[first..]
            .iter_mut()
            .filter(|p| !p.remark);
        for asked in asked {
            let case = || case.cloned().map(Box::new);
            asked.condition = asked.condition.take().or_else(case);
        }
    }

    /// Does the first sentence of a text ask for something?
    fn demands_first(&self, text: &Inline) -> bool {
        let tokens = self.words(text);
        Cursor::sentences(&tokens).next().is_some_and(demands)
    }

    /// The kind of what a list asks for, by the sentence before it: "Install these tools:".
    fn kind_of_list(&self, before: &Inline) -> Option<PrerequisiteKind> {
        let tokens = self.words(before);
        let ends = before.text.trim_end().ends_with(['.', '!', '?']);
        let last = Cursor::sentences(&tokens).next_back().filter(|_| !ends)?;
        asks_for_list(last).then(|| kind_of(last)).flatten()
    }

    /// The case in which a list asks for something: "For the outer pond only, you also need:". What it is
    /// for, as in "To turn it by hand, you also need:", stands before what it asks for too, and is no condition.
    fn case_of_list(&self, before: &Inline) -> Option<(String, Option<Box<Condition>>)> {
        let tokens = self.words(before);
        let last = Cursor::sentences(&tokens).next_back();
        let last = last.filter(|_| introduces(before))?;
        let case = leading(last).or_else(|| in_case_of(last));
        let front = match &case {
            Some(case) => last.until(case.consequence.start),
            None => further_aim(last)?,
        };
        let text = tokens
            .slice(front.range())
            .trim_end_matches([',', ':', ' ']);
        Some((one_line(text), case.map(|case| Box::new(case.condition))))
    }

    fn listed_item(&mut self, owner: UnitNo, item: &Item, kind: Option<PrerequisiteKind>) -> usize {
        let span = item.span;
        match item.blocks.first().map(|b| (&b.kind, b.span)) {
            Some((BlockKind::Paragraph(inline), _)) => {
                let below = &item.blocks[1..];
                match with_list(inline, below) {
                    Some(whole) => self.made_prerequisite(owner, &whole, kind, span),
                    None => self.prerequisite(owner, inline, below, kind, span),
                }
                1
            }
            Some((BlockKind::Include(address), at)) => {
                let found = self.listed_in(owner, address, at, kind);
                if found > 0 {
                    return found;
                }
                if self.included_paragraph(owner, address, at) == 0 {
                    // The author asks for something, even if its text is not here.
                    let named = Inline {
                        text: name_of(address),
                        ..Inline::default()
                    };
                    self.made_prerequisite(owner, &named, kind, span);
                }
                1
            }
            _ => 0,
        }
    }

    /// A prerequisite of a text that stands so in no document.
    fn made_prerequisite(
        &mut self,
        owner: UnitNo,
        inline: &Inline,
        kind: Option<PrerequisiteKind>,
        span: Span,
    ) {
        let tokens = Tokens::inline(inline, self.lexicon);
        self.prerequisite_of(owner, (inline, &tokens), &[], kind, span);
    }

    /// The prerequisites that an included file lists.
    fn listed_in(
        &mut self,
        owner: UnitNo,
        address: &str,
        span: Span,
        kind: Option<PrerequisiteKind>,
    ) -> usize {
        self.inside(owner, address, span, |builder, blocks| {
            builder.listed(owner, before_headings(blocks), kind)
        })
        .unwrap_or(0)
    }

    /// The one prerequisite that an included file is.
    fn included_paragraph(&mut self, owner: UnitNo, address: &str, span: Span) -> usize {
        let read = self.inside(owner, address, span, |builder, blocks| {
            let found = blocks
                .iter()
                .find_map(|b| paragraph(b).map(|inline| (inline, b.span)));
            found.map_or(0, |(inline, at)| {
                builder.prerequisite(owner, inline, &[], None, at);
                1
            })
        });
        read.unwrap_or(0)
    }
}

/// What a file that is not here is called, in words.
fn name_of(address: &str) -> String {
    let name = address.rsplit('/').next().unwrap_or(address);
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    name.replace(['-', '_'], " ")
}
