//! Sections of which one is enough: "Option A" and "Option B", "Debian" and "Fedora", "On a new shelf" and
//! "On an existing shelf", and those that the text above them calls ways to do the same.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::builder::Builder;
use super::fill::{Frame, paragraph};
use super::header;
use super::offered::named_ways;
use super::split::{Section, Stretch};
use crate::address;
use crate::grammar::{Cursor, Role, Tokens};
use crate::model::{Block, BlockKind, Inline, Mark, MarkKind, UnitNo};
use crate::sentence::{
    are_for_some, are_ways, behind_number, chooses_between, chosen_acts, counts_ways, depends,
    imperative, introduces_ways, names_systems, offers_ways, option_label, verb_at,
};

/// "Check", "Verify"
const LOOKS: Role = Role::named("prerequisite.looks");

impl Builder<'_> {
    /// The choice that each stretch of a container is a way of, by a number that stretches of one choice have
    /// in common; `None` for what is done in its turn.
    /// `named`: which of them the text above names as ways. `causes`: are
    /// they for what was found?
    pub(super) fn alternatives(
        &self,
        owner: UnitNo,
        stretches: &[Stretch<'_>],
        named: &[bool],
        causes: bool,
    ) -> Vec<Option<usize>> {
        let all = self.option_headings(stretches)
            || self.are_counted(stretches)
            || self.are_chosen_between(stretches)
            || self.are_in_title(owner, stretches);
        if all {
            return vec![Some(0); stretches.len()];
        }
        if causes {
            let cause = |s: &Stretch<'_>| match s {
                Stretch::Section(section) => (!self.checks(section)).then_some(0),
                Stretch::Loose(_) => None,
            };
            return stretches.iter().map(cause).collect();
        }
        let pair = |i: usize| match (stretches.get(i)?, stretches.get(i + 1)?) {
            (Stretch::Section(one), Stretch::Section(other)) => Some((one, other)),
            _ => None,
        };
        let ways = |i: usize| {
            pair(i).is_some_and(|(one, other)| {
                named[i] && named[i + 1] || self.are_alternatives(one, other)
            })
        };
        // "For a new shelf", "for an existing shelf", and "for a new box" beside them.
        let joined = |i: usize| {
            let beside = || ways(i + 1) || i.checked_sub(1).is_some_and(ways);
            ways(i) || pair(i).is_some_and(|(one, other)| self.are_for_some(one, other)) && beside()
        };
        let mut rows: Vec<Option<usize>> = vec![None; stretches.len()];
        let mut before = false;
        for i in 0..stretches.len() {
            let row = match before {
                true => rows[i - 1],
                false => None,
            };
            let goes_on = joined(i);
            // "Linux", "Windows", "Linux", "Windows": two choices, one after the other.
            let row = row.filter(|first| !repeats(&stretches[*first..=i]));
            rows[i] = row.or(goes_on.then_some(i));
            before = goes_on;
        }
        rows
    }

    /// Are two sections, one after the other, ways to do the same by their headings?
    fn are_alternatives(&self, one: &Section<'_>, other: &Section<'_>) -> bool {
        let (a, b) = (
            self.words(&one.heading.text),
            self.words(&other.heading.text),
        );
        let (a, b) = (Cursor::whole(&a), Cursor::whole(&b));
        let act = || self.acts(one.blocks) && self.acts(other.blocks);
        names_systems(a) && names_systems(b) || are_ways(a, b) && act()
    }

    /// Do two sections do the same for some thing, new or existing, by their headings?
    fn are_for_some(&self, one: &Section<'_>, other: &Section<'_>) -> bool {
        let (a, b) = (
            self.words(&one.heading.text),
            self.words(&other.heading.text),
        );
        let same = are_for_some(Cursor::whole(&a), Cursor::whole(&b));
        same && self.acts(one.blocks) && self.acts(other.blocks)
    }

    /// Are all sections of a container options of one choice? "Option A", "Option B"
    fn option_headings(&self, stretches: &[Stretch<'_>]) -> bool {
        let labelled =
            |s: &Section<'_>| option_label(Cursor::whole(&self.words(&s.heading.text))).is_some();
        sections(stretches).count() > 1 && sections(stretches).all(labelled)
    }

    /// Does the text right above the sections say that there are as many ways as there are sections, or that they
    /// are ways?
    fn are_counted(&self, stretches: &[Stretch<'_>]) -> bool {
        let Some(text) = last_text(above(stretches)) else {
            return false;
        };
        let count = self.counted(text);
        if count.is_none() && !self.last_says(text, introduces_ways) {
            return false;
        }
        let ways = || {
            sections(stretches).filter(|section| {
                let role = self.role_of(&header::of_heading(&section.heading.text));
                !Frame::of(role).is_aside()
            })
        };
        let all = ways().count();
        all == count.unwrap_or(all) && all > 1 && ways().all(|way| self.acts(way.blocks))
    }

    /// Does the text above the sections name all of them behind "either": "It is called either by name or by number"?
    fn are_chosen_between(&self, stretches: &[Stretch<'_>]) -> bool {
        let titles = || sections(stretches).map(|section| section.heading.text.text.as_str());
        let named = |text: &Inline| {
            let tokens = self.words(text);
            Cursor::sentences(&tokens).any(|sentence| chooses_between(sentence, titles()))
        };
        titles().count() > 1 && above(stretches).iter().filter_map(paragraph).any(named)
    }

    /// Does the title above two sections let choose between what they do: "Start or stop the mill" above "Start it" and
    /// "Stop it"?
    fn are_in_title(&self, owner: UnitNo, stretches: &[Stretch<'_>]) -> bool {
        let title = Tokens::plain(&self.units[owner.index()].header, self.lexicon);
        let Some((one, other)) = chosen_acts(behind_number(Cursor::whole(&title))) else {
            return false;
        };
        let does = |section: &Section<'_>, act: &str| {
            let tokens = self.words(&section.heading.text);
            let verb = verb_at(behind_number(Cursor::whole(&tokens)));
            verb.is_some_and(|verb| verb.lemma == act) && self.acts(section.blocks)
        };
        let mut sections = sections(stretches);
        let pair = (sections.next(), sections.next(), sections.next());
        matches!(pair, (Some(a), Some(b), None) if does(a, one) && does(b, other))
    }

    /// Does the text right above the sections say that it depends on something what is done: "The mitigation depends
    /// on what was found."? A page can say so of what it is about.
    pub(super) fn are_causes(&self, stretches: &[Stretch<'_>]) -> bool {
        let ways = || sections(stretches).filter(|section| !self.checks(section));
        let Some(text) = last_text(above(stretches)).filter(|text| self.last_says(text, depends))
        else {
            return false;
        };
        let (all, told) = (
            ways().count(),
            ways().filter(|way| self.acts(way.blocks)).count(),
        );
        // "Go on by what you saw." is said of all that stand below, though one only says where to read.
        let ordered = || self.last_says(text, |last| imperative(last).is_some());
        all > 1 && (told == all || told * 2 > all && ordered())
    }

    /// Does a heading tell to look at what came of it: "4. Verify it"?
    fn checks(&self, section: &Section<'_>) -> bool {
        let tokens = self.words(&section.heading.text);
        behind_number(Cursor::whole(&tokens)).find(LOOKS).is_some()
    }

    /// How many ways a text says that there are.
    pub(super) fn counted(&self, text: &Inline) -> Option<usize> {
        let tokens = self.words(text);
        Cursor::sentences(&tokens).find_map(counts_ways)
    }

    /// Which sections the text above them names as ways, by links to them. A section that only tells how things
    /// are is none.
    pub(super) fn named_ways(&self, stretches: &[Stretch<'_>]) -> Vec<bool> {
        let text = above(stretches);
        let offered = text.iter().filter_map(paragraph);
        let offered = offered.flat_map(|p| self.offered_ways(p)).map(Cow::from);
        let mut places: FxHashSet<Cow<'_, str>> = offered.collect();
        places.extend(named_ways(text, self));
        if places.is_empty() {
            return vec![false; stretches.len()];
        }
        let named = |stretch: &Stretch<'_>| match stretch {
            Stretch::Section(section) => is_at(section, &places) && self.acts(section.blocks),
            Stretch::Loose(_) => false,
        };
        stretches.iter().map(named).collect()
    }

    /// The places on the page between which sentences let choose: "Use either [a rope](#rope) or [a
    /// ladder](#ladder)."
    fn offered_ways<'i>(&self, text: &'i Inline) -> Vec<&'i str> {
        let links = || text.marks.iter().filter(|m| place(m).is_some());
        if links().nth(1).is_none() {
            return Vec::new();
        }
        let tokens = self.words(text);
        let offers = Cursor::sentences(&tokens).filter(|sentence| offers_ways(*sentence));
        let bytes = offers.map(|sentence| tokens.bytes(sentence.range()));
        let within = |range: std::ops::Range<usize>| {
            links().filter(move |m| range.contains(&(m.start as usize)))
        };
        bytes.flat_map(within).filter_map(place).collect()
    }
}

/// Has the last of some sections the heading of one before it?
fn repeats(stretches: &[Stretch<'_>]) -> bool {
    let Some((Stretch::Section(last), before)) = stretches.split_last() else {
        return false;
    };
    sections(before).any(|section| section.heading.text.text == last.heading.text.text)
}

/// The blocks before the first section.
fn above<'b>(stretches: &[Stretch<'b>]) -> &'b [Block] {
    match stretches.first() {
        Some(Stretch::Loose(blocks)) => blocks,
        _ => &[],
    }
}

/// The text that blocks end with, which may be that of the last item of a list.
fn last_text(blocks: &[Block]) -> Option<&Inline> {
    match &blocks.last()?.kind {
        BlockKind::Paragraph(text) => Some(text),
        BlockKind::List(list) => last_text(&list.items.last()?.blocks),
        _ => None,
    }
}

pub(super) fn sections<'s, 'b>(
    stretches: &'s [Stretch<'b>],
) -> impl Iterator<Item = &'s Section<'b>> {
    stretches.iter().filter_map(|s| match s {
        Stretch::Section(section) => Some(section),
        Stretch::Loose(_) => None,
    })
}

/// The place on the page that a link leads to.
pub(super) fn place(mark: &Mark) -> Option<&str> {
    match &mark.kind {
        MarkKind::Link(to) => to.strip_prefix('#'),
        _ => None,
    }
}

/// Does one of these places of the page stand at a section?
fn is_at(section: &Section<'_>, places: &FxHashSet<Cow<'_, str>>) -> bool {
    let text = &section.heading.text;
    let marked = |m: &Mark| match &m.kind {
        MarkKind::Anchor(name) | MarkKind::Label(name) => places.contains(name.as_str()),
        _ => false,
    };
    let slugs = || address::other_slugs(&text.text);
    let anchor = section.heading.anchor.as_deref();
    anchor.is_some_and(|anchor| places.contains(anchor))
        || text.marks.iter().any(marked)
        || places.contains(address::slug(&text.text).as_str())
        || slugs().iter().any(|slug| places.contains(slug.as_str()))
}
