//! Other words for those of a wish: verbs of one meaning, and what the set itself says its words mean.
//!
//! A verb may be said in other words, which the language knows. What a thing is called only the set
//! knows: its glossary says that a king is a ruler, so what is told of rulers holds for a king, and what
//! is told of queens, however often both are mentioned together, does not.

use super::Desk;
use super::reading::Reading;
use crate::grammar::{Cursor, Lexicon, Tokens};
use crate::index::{Analyzer, Hit};
use crate::model::{Kind, Unit, Unreadable};
use crate::sentence::{definition, gloss};

/// What a word counts that stands for one of the wish.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Worth {
    /// In the search for candidates, beside a word of the wish.
    search: f32,
    /// In their ranking, likewise.
    rank: f64,
}

/// Verbs of instructions are everywhere, so another one finds nothing; it may only be what a header says.
const SYNONYM: Worth = Worth {
    search: 0.0,
    rank: 0.6,
};
const GLOSSED: Worth = Worth {
    search: 0.5,
    rank: 0.7,
};
/// How many terms of the set are read for a question.
const TERMS: usize = 8;
/// How much of a gloss is read, in bytes.
const GLOSS: usize = 400;

/// Words that may stand for words of a wish.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// The terms of the wish that they stand for.
    pub of: Vec<String>,
    /// The terms that together do.
    pub terms: Vec<String>,
    /// What they count beside those in the search for candidates.
    pub search: f32,
    /// And in the ranking of these.
    pub rank: f64,
}

impl Reading {
    /// Adds other words to those that are looked up.
    fn add_other(&mut self, of: Vec<String>, terms: Vec<String>, worth: Worth) {
        let asked = |term: &String| self.words.iter().any(|w| w.wished && w.text == *term);
        if of.is_empty() || terms.is_empty() || !of.iter().all(asked) || terms == of {
            return;
        }
        let Worth { search, rank } = worth;
        self.others.push(Other {
            of,
            terms,
            search,
            rank,
        });
    }

    /// Adds the verbs that mean the same as that of the wish.
    pub(super) fn add_synonyms(&mut self, lexicon: &Lexicon) {
        let analyzer = Analyzer::new(lexicon);
        let action = self.verb(lexicon);
        let of = analyzer.looked_up(&action);
        if of.is_empty() {
            return;
        }
        self.actions.push(of.clone());
        let verbs = lexicon
            .synonyms(&action)
            .map(|verb| analyzer.looked_up(verb));
        for verb in verbs.filter(|verb| !verb.is_empty()) {
            self.actions.push(verb.clone());
            self.add_other(of.clone(), verb, SYNONYM);
        }
    }

    /// The verb of the wish, with its particles where they stand apart: "bring down" in "bring the
    /// curtain down".
    fn verb(&self, lexicon: &Lexicon) -> String {
        let action = &self.intent.action;
        let said = |particle: &str| {
            let mut words = self.words.iter();
            words.any(|w| w.wished && w.spelled == particle)
        };
        let mut whole = lexicon.with_particles(action);
        let whole = whole.find(|(_, particles)| particles.split(' ').all(said));
        whole.map_or(action.as_str(), |(verb, _)| verb).to_owned()
    }

    /// Adds what the set says that words of the wish mean. Is there anything?
    ///
    /// # Errors
    /// A unit cannot be read.
    pub(super) fn add_glosses(
        &mut self,
        desk: &Desk<'_>,
        lexicon: &Lexicon,
        found: &[Hit],
    ) -> Result<bool, Unreadable> {
        let before = self.others.len();
        let found = found.iter().map(|hit| hit.unit);
        let terms = found.filter(|unit| desk.cards.kind(*unit) == Kind::Term);
        let analyzer = Analyzer::new(lexicon);
        for unit in terms.take(TERMS) {
            self.add_gloss(&*desk.library.unit(unit)?, &analyzer, lexicon);
        }
        Ok(self.others.len() > before)
    }

    fn add_gloss<T>(&mut self, unit: &Unit<T>, analyzer: &Analyzer<'_>, lexicon: &Lexicon) {
        let text = front(unit.body.trim_start());
        let tokens = Tokens::plain(text, lexicon);
        let all = Cursor::over(&tokens, 0..tokens.tokens.len());
        // An entry of a list has the term before its gloss, a heading has not.
        let entry = definition(all).filter(|(term, _)| term.eq_ignore_ascii_case(&unit.header));
        let read = gloss(entry.map_or(all, |(_, from)| all.within(from..all.end)));
        let looked_up = |names: &[&str]| -> Vec<Vec<String>> {
            names.iter().map(|name| analyzer.looked_up(name)).collect()
        };
        let term = analyzer.looked_up(&unit.header);
        let also = looked_up(&read.also);
        for name in also.iter().cloned().chain(looked_up(&read.kinds)) {
            self.add_other(term.clone(), name, GLOSSED);
        }
        for name in also {
            self.add_other(name, term.clone(), GLOSSED);
        }
    }
}

/// As much of a text as is read for a gloss.
fn front(text: &str) -> &str {
    let mut end = text.len().min(GLOSS);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::{Grammar, PACKS};

    #[test]
    fn a_verb_is_found_in_other_words_even_where_it_stands_apart() {
        let grammar = Grammar::load(&PACKS).expect("the built-in packs");
        let lexicon = grammar.language("en").expect("English");
        let verbs = |question: &str| {
            let mut reading = Reading::of(question, lexicon);
            reading.add_synonyms(lexicon);
            reading.actions
        };
        let has = |question: &str, verb: &str| verbs(question).contains(&vec![verb.to_owned()]);
        assert!(has("How do I remove a node?", "delet"));
        assert!(has("How do I bring the curtain down?", "lower"));
        assert!(!has("How do I bring the curtain down?", "rais"));
        assert!(!has("How do I bring the curtain?", "lower"));
    }
}
