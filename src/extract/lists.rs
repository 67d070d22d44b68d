//! What a list is: steps, ways to choose from, or text.

use super::alternatives::place;
use super::builder::Builder;
use super::fill::Frame;
use super::items::leads_later;
use super::offered::{
    announces_ways, are_for_systems, are_named_below, labels_ways, leads_off, named_place, offers,
};
use crate::grammar::{Cursor, TokenKind};
use crate::model::{Block, BlockKind, Inline, Item, List, MarkKind};
use crate::sentence::{
    Cue, ListIntro, SectionRole, depends, imperative, is_optional, is_question, leading,
    list_intro, offers_ways_to_do, option_label, points_elsewhere, tells, whole_role,
};

/// The longest name of a way, in words.
const MAX_WAY: usize = 4;

/// What becomes of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListKind {
    /// Each item is a step.
    Steps,
    /// Each item is a step of what somebody or something else does.
    Theirs,
    /// One of the items is enough.
    Options,
    /// Each item is what is done in a case that it names.
    Cases,
    /// It stays in the text it stands in.
    Text,
}

/// Where a list stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'t> {
    /// The text before it.
    pub(super) before: Option<&'t Inline>,
    /// Are there numbered steps before?
    pub(super) after_steps: bool,
}

/// What a list is, by its items, what it is cut from, the sentence before it and the section it stands
/// in.
pub(super) fn kind(
    list: &List,
    is_cut: impl FnOnce() -> bool,
    place: Place<'_>,
    frame: &Frame,
    builder: &Builder<'_>,
) -> ListKind {
    let before = place.before;
    let titled = before.is_some_and(|line| builder.is_called(line, SectionRole::Facts));
    let intro = match before.map_or(ListIntro::Plain, |text| intro_of(text, builder)) {
        ListIntro::Plain if titled => ListIntro::Facts,
        intro => intro,
    };
    let prepares = frame.role == SectionRole::Prerequisites;
    let asked = |line: &Inline| builder.titles_needs(line);
    if frame.is_aside() || before.is_some_and(asked) {
        return match prepares && list.start.is_some() && holds_code(list) {
            true => ListKind::Steps,
            false => ListKind::Text,
        };
    }
    // The sections that it names are the ways.
    let names = || list.items.iter().all(|item| named_place(item).is_some());
    let offered = || before.is_some_and(|text| offers(text, list, builder));
    if frame.named && list.start.is_none() && offered() && names() {
        return ListKind::Text;
    }
    let theirs = frame.theirs || intro == ListIntro::Theirs;
    let free = || before.is_some_and(|text| frees_order(text, builder));
    let ways = || labels_ways(&list.items, builder) || are_for_systems(&list.items, builder);
    if !theirs && ways() && !free() {
        return ListKind::Options;
    }
    let linked = || list.items.len() > 1 && list.items.iter().all(leads_off);
    let ours = || before.is_some_and(|text| builder.last_says(text, offers_ways_to_do));
    if !theirs && list.start.is_none() && linked() && offered() && ours() {
        return ListKind::Options;
    }
    let named = || before.is_some_and(|text| are_named_below(&list.items, text, builder));
    if !frame.theirs && (named() || builder.lists_named_cases(before, list)) {
        return ListKind::Cases;
    }
    if !theirs && before.is_some_and(|text| builder.is_answered(text, list)) {
        return ListKind::Steps;
    }
    let votes = Votes::of(list, builder);
    let counted = || before.and_then(|text| builder.counted(text)) == Some(list.items.len());
    let chosen = || intro == ListIntro::Choice || list.start.is_some() && counted();
    if !theirs && chosen() && are_ways(list, before, &votes, builder) {
        return ListKind::Options;
    }
    if !theirs
        && before.is_some_and(|text| builder.lists_cases(text))
        && states(list, &votes, builder)
    {
        return ListKind::Text;
    }
    if list.start.is_some() {
        // "**Important:**" and what to keep in mind, behind the steps.
        let noted = titled && place.after_steps && list.start == Some(1);
        let nested = || list.items.iter().any(|item| holds_commands(item, builder));
        let single = list.items.len() == 1 && votes.told() == 0 && !nested();
        // "**Possible causes:**"
        let facts = titled && votes.told() == 0;
        // What stands above the sections, or is called the contents, names them.
        let above = frame.top || frame.role == SectionRole::Facts;
        let listed = above && list.items.len() > 1 && list.items.iter().all(points_down);
        return match noted || facts || listed || single && !is_cut() {
            true => ListKind::Text,
            false if theirs => ListKind::Theirs,
            false => ListKind::Steps,
        };
    }
    if theirs {
        return ListKind::Text;
    }
    bullets(list, intro, &votes, frame, builder)
}

/// Is one of the items enough, where the text before them speaks of a choice? "There are two modes: …" only
/// says what they do, "Use either of these: …" tells to.
fn are_ways(list: &List, before: Option<&Inline>, votes: &Votes, builder: &Builder<'_>) -> bool {
    let told = || before.is_some_and(|text| ends_in_command(text, builder));
    let named = list.items.iter().filter(|item| names_way(item, builder));
    // "If you have the new glass, …" can be one of them, beside others that are for everybody.
    let cased = votes.conditions.min(votes.commands);
    let ways = votes.commands + cased + if told() { named.count() } else { 0 };
    let numbered = || list.start.is_some() && votes.conditions == 0;
    let announced = || before.is_some_and(|text| announces_ways(text, builder));
    list.items.len() > 1 && (ways * 2 >= list.items.len() || numbered() && announced())
}

/// Is a numbered list part of a longer one of steps, which is cut by what stands at the margin between its
/// items? `steps`: are there numbered ones before?
pub(super) fn is_cut(list: &List, steps: bool, later: &[Block], builder: &Builder<'_>) -> bool {
    let Some(start) = list.start else {
        return false;
    };
    if start > 1 {
        return steps;
    }
    let next = later.iter().find_map(|block| match &block.kind {
        BlockKind::List(list) if list.start.is_some() => Some(list),
        _ => None,
    });
    next.is_some_and(|next| {
        next.start == Some(start + list.items.len() as u64)
            && (next.items.len() > 1 || Votes::of(next, builder).told() > 0)
    })
}

/// Does an item hold a list that is numbered, or tells to do something?
pub(super) fn holds_steps(item: &Item, builder: &Builder<'_>) -> bool {
    let numbered = |list: &List| list.start.is_some();
    lists_in(item).any(numbered) || holds_commands(item, builder)
}

/// Does a list in an item tell to do something?
fn holds_commands(item: &Item, builder: &Builder<'_>) -> bool {
    lists_in(item).any(|list| Votes::of(list, builder).told() > 0)
}

fn lists_in(item: &Item) -> impl Iterator<Item = &List> {
    item.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::List(list) => Some(list),
        _ => None,
    })
}

/// Is a list numbered, and does at least every other item tell the reader something to do?
pub(super) fn tells_steps(list: &List, builder: &Builder<'_>) -> bool {
    let n = list.items.len();
    list.start.is_some() && n > 1 && Votes::of(list, builder).told() * 2 >= n
}

pub(super) fn holds_code_or_steps(item: &Item, builder: &Builder<'_>) -> bool {
    item.blocks
        .iter()
        .any(|b| matches!(b.kind, BlockKind::Code))
        || holds_steps(item, builder)
}

/// Does at least every other item of a list tell to do something?
pub(super) fn commands(list: &List, builder: &Builder<'_>) -> bool {
    Votes::of(list, builder).commands * 2 >= list.items.len()
}

fn bullets(
    list: &List,
    intro: ListIntro,
    votes: &Votes,
    frame: &Frame,
    builder: &Builder<'_>,
) -> ListKind {
    let n = list.items.len();
    if votes.links == n || votes.told() == 0 || describes(list, builder) {
        return ListKind::Text;
    }
    if votes.commands == n && list.items.iter().all(|item| only_points(item, builder)) {
        return ListKind::Text;
    }
    let steps = match (intro, frame.role) {
        (ListIntro::Theirs, _) => false,
        // Under a condition that holds, bullets are what is done.
        _ if votes.conditions > 0 && votes.told() * 3 >= n => true,
        (ListIntro::Facts, _) => false,
        (ListIntro::Steps | ListIntro::AnyOrder, _) | (_, SectionRole::Steps) => {
            votes.told() * 3 >= n
        }
        (_, SectionRole::Facts | SectionRole::Glossary | SectionRole::Faq) => false,
        _ => votes.told() * 2 >= n,
    };
    if steps {
        ListKind::Steps
    } else {
        ListKind::Text
    }
}

/// Does an item only say where to read of something: "For the drum, see [Drums](drums.md)."?
fn only_points(item: &Item, builder: &Builder<'_>) -> bool {
    let text = lead(item).filter(|_| item.blocks.len() == 1);
    text.is_some_and(|text| {
        let tokens = builder.words(text);
        text.links().next().is_some() && Cursor::sentences(&tokens).all(points_elsewhere)
    })
}

/// Do most items of a list say what is so, and none what to do in a case?
fn states(list: &List, votes: &Votes, builder: &Builder<'_>) -> bool {
    let orders = list.items.iter().filter_map(lead).filter(|lead| {
        let tokens = builder.words(lead);
        Cursor::sentences(&tokens)
            .next()
            .is_some_and(|first| imperative(first).is_some())
    });
    votes.conditions == 0 && orders.count() * 2 < list.items.len()
}

/// Does a text leave the order of what it introduces free? Then all of it is to be done.
fn frees_order(text: &Inline, builder: &Builder<'_>) -> bool {
    let tokens = builder.words(text);
    Cursor::sentences(&tokens).any(|s| list_intro(s) == ListIntro::AnyOrder)
}

pub(super) fn intro_of(text: &Inline, builder: &Builder<'_>) -> ListIntro {
    let tokens = builder.words(text);
    let last = Cursor::sentences(&tokens).next_back();
    last.map_or(ListIntro::Plain, list_intro)
}

impl Builder<'_> {
    /// Does a text end with a question that bullets answer, whatever they tell to do: "Does it turn?", "- Yes: it is
    /// done.", "- No: ask Anna."?
    fn is_answered(&self, text: &Inline, list: &List) -> bool {
        let answers = |item: &Item| {
            let tokens = lead(item).map(|lead| self.words(lead));
            let first = tokens.as_ref().and_then(|t| Cursor::sentences(t).next());
            let found = first.and_then(leading);
            let more = tokens.as_ref().is_some_and(|t| t.sentences.len() > 1);
            found.is_some_and(|c| {
                matches!(c.cue, Cue::Yes | Cue::No) && (more || !c.consequence.is_empty())
            })
        };
        list.start.is_none()
            && list.items.len() > 1
            && self.last_says(text, is_question)
            && list.items.iter().all(answers)
    }

    /// Is a line nothing but what sections for this are called: "**Notes:**"?
    fn is_called(&self, line: &Inline, role: SectionRole) -> bool {
        let title = line.text.trim_end().ends_with(':') || line.is_strong();
        let tokens = title.then(|| self.words(line));
        tokens.is_some_and(|tokens| whole_role(Cursor::whole(&tokens)) == Some(role))
    }

    /// Does a text say that the conditions below it tell cases of one thing apart: "There are two ways:",
    /// "Depending on the colour of the lamp, do this:"?
    pub(super) fn tells_apart(&self, text: &Inline) -> bool {
        let apart = |last: Cursor<'_>| depends(last) || list_intro(last) == ListIntro::Choice;
        self.last_says(text, apart)
    }
}

/// How many of a list's items are what.
#[derive(Default)]
struct Votes {
    commands: usize,
    conditions: usize,
    /// Items with a condition that say only in a later sentence where to go on.
    later: usize,
    links: usize,
}

impl Votes {
    fn of(list: &List, builder: &Builder<'_>) -> Self {
        let mut votes = Votes::default();
        for item in &list.items {
            let Some(lead) = lead(item) else { continue };
            let tokens = builder.words(lead);
            let first = tokens.sentences.first().cloned().unwrap_or(0..0);
            let sentence = Cursor::over(&tokens, first);
            if is_link(lead) {
                votes.links += 1;
            } else if let Some(conditional) = leading(sentence) {
                let said = sentence.within(conditional.consequence);
                let told = match said.is_empty() {
                    true => item.blocks.len() > 1,
                    false => tells(said, lead) || holds_steps(item, builder),
                };
                votes.later += usize::from(!told && leads_later(sentence, lead));
                votes.conditions += usize::from(told);
            } else if item.task == Some(false)
                || imperative(sentence).is_some()
                || option_label(sentence).is_some()
                || is_optional(sentence)
            {
                votes.commands += 1;
            }
        }
        // "If it is old, nothing is due. Go to step 6." counts where hardly an item says less.
        if (votes.commands + votes.conditions + votes.later) * 3 >= list.items.len() * 2 {
            votes.conditions += votes.later;
        }
        votes
    }

    /// Items that tell the reader something to do.
    fn told(&self) -> usize {
        self.commands + self.conditions
    }
}

/// Does the last sentence of a text tell the reader to do something?
fn ends_in_command(text: &Inline, builder: &Builder<'_>) -> bool {
    builder.last_says(text, |last| imperative(last).is_some())
}

/// Does an item name a way and then tell what to do: "Red: swap the wine."?
fn names_way(item: &Item, builder: &Builder<'_>) -> bool {
    let Some(lead) = lead(item) else { return false };
    let tokens = builder.words(lead);
    let first = tokens.sentences.first().cloned().unwrap_or(0..0);
    let sentence = Cursor::over(&tokens, first);
    let colon = |i: &usize| tokens.tokens[*i].kind == TokenKind::Punct(':');
    let colon = sentence.range().take(MAX_WAY + 1).find(colon);
    colon.is_some_and(|at| {
        let named = at > sentence.at && imperative(sentence).is_none();
        named && imperative(sentence.skip(at + 1 - sentence.at)).is_some()
    })
}

/// What the name before an item's colon says of the list: names and commands can look alike, but where one
/// of them is a name, "Member cluster: …", the others are too: "Update run: …".
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    /// There is none, or a command stands behind it.
    None,
    /// It names a thing.
    Thing,
    /// It could tell to do something.
    Command,
}

fn name(item: &Item, builder: &Builder<'_>) -> Name {
    let Some(lead) = lead(item) else {
        return Name::None;
    };
    let tokens = builder.words(lead);
    let first = tokens.sentences.first().cloned().unwrap_or(0..0);
    let sentence = Cursor::over(&tokens, first);
    let colon = |i: &usize| tokens.tokens[*i].kind == TokenKind::Punct(':');
    let Some(colon) = sentence.range().take(MAX_WAY + 1).find(colon) else {
        return Name::None;
    };
    let behind = sentence.skip(colon + 1 - sentence.at);
    let shown = behind.peek().is_none_or(|t| t.kind == TokenKind::Code);
    if shown || imperative(behind).is_some() {
        return Name::None;
    }
    match imperative(sentence) {
        Some(_) => Name::Command,
        None => Name::Thing,
    }
}

/// Does each item of a list say what something is?
fn describes(list: &List, builder: &Builder<'_>) -> bool {
    let mut thing = false;
    let named = list.items.iter().all(|item| {
        let name = name(item, builder);
        thing |= name == Name::Thing;
        name != Name::None
    });
    named && thing
}

/// The text that an item begins with.
pub(super) fn lead(item: &Item) -> Option<&Inline> {
    match &item.blocks.first()?.kind {
        BlockKind::Paragraph(inline) => Some(inline),
        _ => None,
    }
}

/// Is all of the text one link? Then it points somewhere and tells nothing.
pub(super) fn is_link(inline: &Inline) -> bool {
    let text = inline.text.trim_end_matches(['.', ' ', ':']);
    inline.marks.iter().any(|m| {
        matches!(m.kind, MarkKind::Link(_)) && m.start == 0 && m.end as usize >= text.len()
    })
}

/// Is an item nothing but a link to a place on the page, as in a table of contents?
fn points_down(item: &Item) -> bool {
    let here = |lead: &Inline| lead.marks.iter().any(|m| place(m).is_some());
    let only = lead(item).is_some_and(|lead| is_link(lead) && here(lead));
    let lists =
        |b: &Block| matches!(&b.kind, BlockKind::List(list) if list.items.iter().all(points_down));
    only && item.blocks[1..].iter().all(lists)
}

/// Does an item of a list, or of a list in one, hold code?
fn holds_code(list: &List) -> bool {
    let mut blocks = list.items.iter().flat_map(|i| &i.blocks);
    blocks.any(|block| match &block.kind {
        BlockKind::Code => true,
        BlockKind::List(list) => holds_code(list),
        _ => false,
    })
}
