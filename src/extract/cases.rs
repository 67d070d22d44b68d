//! Cases that are named, and not said in a sentence: "Look at the lamp." with the items "**Red** – go on with
//! step 4." and "**Green** – stop here."

use super::builder::Builder;
use super::chain::{Chain, Layout};
use super::lists::lead;
use crate::grammar::{Cursor, TokenKind, Tokens};
use crate::model::{Condition, Inline, Item, List};
use crate::sentence::{
    Conditional, Cue, ending, imperative, is_question, jumps, leading, looks_for_case, test,
};

/// What sets a name off from what is done.
const SIGNS: [char; 5] = [':', '–', '—', '-', '→'];

impl Builder<'_> {
    /// Are the items of a list the cases of what the text before it asks, or tells to look at? Behind a
    /// question most of them say what to do; else one at least says where to go on, or that it ends, since
    /// things can be looked at one after another.
    pub(super) fn lists_named_cases(&self, before: &Inline, list: &List) -> bool {
        let several = list.start.is_none() && list.items.len() > 1;
        if !several || !list.items.iter().all(|item| self.case(item).is_some()) {
            return false;
        }
        let tokens = self.words(before);
        let last = tokens.sentences.last().cloned().unwrap_or(0..0);
        let last = Cursor::over(&tokens, last);
        if is_question(last) {
            let told = list.items.iter().filter(|item| self.tells_in_case(item));
            return told.count() * 2 > list.items.len();
        }
        looks_for_case(last) && list.items.iter().any(|item| self.leads_away(item))
    }

    /// Steps of which each is done in the case that it names.
    pub(super) fn cases(&mut self, chain: &mut Chain, list: &List) {
        for item in &list.items {
            let case = self.case(item);
            let (unit, _) = self.item(chain, item, false);
            match case {
                Some(case) => chain.branch(self, unit, &case, Layout::Tabled),
                None => chain.part(self, unit),
            }
            self.fill_item(unit, item, false);
        }
    }

    /// The case that an item names: "**Red** – …".
    fn case(&self, item: &Item) -> Option<Conditional> {
        let inline = lead(item)?;
        let (name, rest) = inline.strong_front()?;
        let set_off = name.trim_end().ends_with(SIGNS) || rest.trim_start().starts_with(SIGNS);
        let text = name.trim_matches(|c: char| c.is_whitespace() || SIGNS.contains(&c));
        let tokens = Tokens::plain(text, self.lexicon);
        let all = Cursor::over(&tokens, 0..tokens.tokens.len());
        let names =
            set_off && !text.is_empty() && imperative(all).is_none() && leading(all).is_none();
        names.then(|| Conditional {
            condition: Condition {
                test: test(all),
                ..Condition::yes(text)
            },
            cue: Cue::If,
            consequence: 0..0,
        })
    }

    fn tells_in_case(&self, item: &Item) -> bool {
        self.says(item, |said, _| imperative(said).is_some()) || self.leads_away(item)
    }

    fn leads_away(&self, item: &Item) -> bool {
        self.says(item, |said, inline| {
            !jumps(said, inline).is_empty() || ending(said).is_some()
        })
    }

    /// Does a sentence of an item, or what stands behind its name, say something?
    fn says(&self, item: &Item, something: impl Fn(Cursor<'_>, &Inline) -> bool) -> bool {
        let Some(inline) = lead(item) else {
            return false;
        };
        let tokens = self.words(inline);
        let sign =
            |i: &usize| matches!(tokens.tokens[*i].kind, TokenKind::Punct(c) if SIGNS.contains(&c));
        let name = (0..tokens.tokens.len()).find(sign).map_or(0, |i| i + 1);
        let mut sentences = tokens
            .sentences
            .iter()
            .map(|s| Cursor::over(&tokens, s.clone()));
        sentences
            .any(|s| something(s, inline) || s.at < name && something(s.skip(name - s.at), inline))
    }
}
