//! A question as what is wanted, what for, and the terms to look up.

use std::collections::BTreeMap;

use super::others::Other;
use crate::grammar::{Cursor, Lexicon, Role, Tokens};
use crate::index::{Analyzer, Form, Query, Term};
use crate::model::Intent;
use crate::sentence::{VerbForm, intent, put_together, question, questions, verb_at};

/// Who has done something: "we have".
const DONE: Role = Role::named("question.done");
const WITHOUT: Role = Role::named("negation.without");
/// What a goal ("so that …") counts beside the wish.
const GOAL_WEIGHT: f32 = 0.3;
/// What the verb of the wish counts beside the thing: verbs of instructions are everywhere.
const VERB_WEIGHT: f32 = 0.72;
/// What counts that something is to be without: who tells how to do without it names it too.
const WITHOUT_WEIGHT: f32 = 0.3;
/// What is read of a question, in bytes. Nobody asks longer ones by hand.
const LONGEST: usize = 4096;
/// More questions in one are read as one.
const MOST_QUESTIONS: usize = 4;

/// A question that was read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The wish, read by the grammar that reads headers.
    pub intent: Intent,
    /// The wish as it was said, without what is wrapped around it.
    pub said: String,
    /// Words that may stand for those of the wish.
    pub others: Vec<Other>,
    /// The terms of its verb, as it is written.
    pub verb: Vec<String>,
    /// Those of the verb in its base form, then those of each verb of the same meaning.
    pub actions: Vec<Vec<String>>,
    /// Is something wrapped around the wish: "How do I …?"
    pub wrapped: bool,
    /// Its words, in their order: those of the wish, then those of the goal.
    pub words: Vec<Word>,
}

/// A word to look up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it is looked up.
    pub text: String,
    /// As it is written, in lower case.
    pub spelled: String,
    /// Is it a word, or a compound?
    pub form: Form,
    /// Is it one of the wish, and neither of the goal nor what has been done already?
    pub wished: bool,
    /// Is it what something is to be without?
    pub without: bool,
    /// Does it tell what sort of text is wanted, and not what it is about?
    pub genre: bool,
    /// Does it tell nothing at all of what is asked about: "somebody"?
    pub light: bool,
    /// Does nothing but a space stand between it and the word before?
    pub follows: bool,
}

impl Reading {
    /// Reads a question.
    pub fn of(text: &str, lexicon: &Lexicon) -> Self {
        let text = shortened(text);
        let tokens = Tokens::plain(text, lexicon);
        let read = question(Cursor::whole(&tokens));
        let wish = Tokens::plain(read.wish, lexicon);
        let all = Cursor::over(&wish, 0..wish.tokens.len());
        let mut reading = Reading {
            intent: intent(all),
            said: read.wish.to_owned(),
            others: Vec::new(),
            verb: Vec::new(),
            actions: Vec::new(),
            wrapped: !read.wish.is_empty() && !text.starts_with(read.wish),
            words: Vec::new(),
        };
        let joined = put_together(all);
        reading.add(joined.as_deref().unwrap_or(read.wish), true, lexicon);
        reading.add(read.goal, false, lexicon);
        reading
    }

    fn add(&mut self, text: &str, wished: bool, lexicon: &Lexicon) {
        let mut end = None;
        let left_out = left_out(text, lexicon);
        // Where nothing is to be done, what has happened is what is asked about.
        let done = match self.intent.action.is_empty() {
            true => Vec::new(),
            false => done(text, lexicon),
        };
        for Term {
            text: term,
            at,
            form,
        } in Analyzer::new(lexicon).terms(text)
        {
            let symbol = lexicon.symbol(&text[at.clone()]);
            let between = end.and_then(|end| text.get(end..at.start));
            self.words.push(Word {
                text: term,
                spelled: text[at.clone()].to_lowercase(),
                form,
                wished: wished && !done.contains(&at.start),
                without: left_out.contains(&at.start),
                genre: lexicon.is_genre(symbol),
                light: lexicon.is_light(symbol),
                follows: between == Some(" "),
            });
            end = Some(at.end);
        }
    }

    /// The distinct terms of the wish, and how often it has each.
    pub fn wish(&self) -> BTreeMap<&str, u32> {
        let mut wish = BTreeMap::new();
        for word in self.words.iter().filter(|w| w.wished) {
            *wish.entry(word.text.as_str()).or_default() += 1;
        }
        wish
    }

    /// What to look up.
    pub fn query(&self) -> Query {
        let weight = |word: &Word| match word {
            word if !word.wished => GOAL_WEIGHT,
            word if word.without => WITHOUT_WEIGHT,
            word if self.verb.contains(&word.text) => VERB_WEIGHT,
            _ => 1.0,
        };
        let words = self.words.iter();
        let words = words.map(|w| (w.text.clone(), weight(w)));
        let wish = self.wish();
        let others = self.others.iter().flat_map(|other| {
            let new = other
                .terms
                .iter()
                .filter(|t| !wish.contains_key(t.as_str()));
            new.map(|t| (t.clone(), other.search / other.terms.len() as f32))
        });
        words.chain(others).collect()
    }
}

/// Where the verbs begin of what somebody has done already: "the pilot that we have booked".
fn done(text: &str, lexicon: &Lexicon) -> Vec<usize> {
    let tokens = Tokens::plain(text, lexicon);
    let all = Cursor::whole(&tokens);
    let found = all.range().filter_map(|at| Cursor { at, ..all }.find(DONE));
    let verbs = found.filter_map(|(m, _)| verb_at(all.behind(m)));
    let done = verbs.filter(|verb| verb.form == VerbForm::Past);
    let begin = done.filter_map(|verb| tokens.tokens.get(verb.start));
    begin.map(|token| token.start as usize).collect()
}

/// Where the words begin that stand behind a "without".
fn left_out(text: &str, lexicon: &Lexicon) -> Vec<usize> {
    let tokens = Tokens::plain(text, lexicon);
    let all = Cursor::whole(&tokens);
    let found = all
        .range()
        .filter_map(|at| Cursor { at, ..all }.find(WITHOUT));
    let behind = found.filter_map(|(m, _)| {
        let mut rest = m.end as usize..all.end;
        let means = |i: &usize| !lexicon.is_stop(tokens.tokens[*i].sym);
        rest.find(means).map(|i| tokens.tokens[i].start as usize)
    });
    behind.collect()
}

/// The questions that are asked in one, in their order; one that says "it" says what the first is
/// about.
pub(super) fn apart(text: &str, lexicon: &Lexicon) -> Vec<String> {
    let text = shortened(text);
    let tokens = Tokens::plain(text, lexicon);
    let asked = questions(Cursor::whole(&tokens));
    if !(2..=MOST_QUESTIONS).contains(&asked.len()) {
        return vec![text.to_owned()];
    }
    let about = Reading::of(asked[0], lexicon).intent.object;
    let mut apart = vec![asked[0].to_owned()];
    apart.extend(asked[1..].iter().map(|question| {
        let object = Reading::of(question, lexicon).intent.object;
        match object.split_whitespace().next() {
            Some(first) if is_pronoun(first, lexicon) => {
                said_for(question, first, &about).unwrap_or_else(|| (*question).to_owned())
            }
            _ => (*question).to_owned(),
        }
    }));
    apart
}

/// The question with what its pronoun stands for.
fn said_for(question: &str, pronoun: &str, about: &str) -> Option<String> {
    let is_it = |word: &&str| word.eq_ignore_ascii_case(pronoun);
    let word = question
        .split(|c: char| !c.is_alphanumeric())
        .rfind(is_it)?;
    let at = word.as_ptr() as usize - question.as_ptr() as usize;
    let (before, behind) = (&question[..at], &question[at + word.len()..]);
    Some(format!("{before}{about}{behind}"))
}

/// A word without a meaning of its own that stands alone.
fn is_pronoun(word: &str, lexicon: &Lexicon) -> bool {
    let sym = lexicon.symbol(word);
    lexicon.is_stop(sym) && !lexicon.is_article(sym)
}

fn shortened(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
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
    fn what_somebody_has_done_is_no_wish() {
        let grammar = Grammar::load(&PACKS).expect("the built-in packs");
        let lexicon = grammar.language("en").expect("English");
        let wishes = |question: &str, word: &str| {
            let reading = Reading::of(question, lexicon);
            reading.wish().contains_key(word)
        };
        assert!(!wishes("How do I cancel the pilot we have booked?", "book"));
        assert!(wishes("How do I cancel the pilot we have booked?", "pilot"));
        assert!(wishes("How do I cancel a booked pilot?", "book"));
        // Where nothing is to be done, what has happened is what is asked about.
        assert!(wishes("We have lost the key", "lost"));
    }

    #[test]
    fn words_that_tell_nothing_are_looked_up_and_known() {
        let grammar = Grammar::load(&PACKS).expect("the built-in packs");
        let light = |question: &str, language: &str| -> Vec<String> {
            let lexicon = grammar.language(language).expect("the language");
            let words = Reading::of(question, lexicon).words.into_iter();
            let light = words.filter(|word| word.wished && word.light);
            light.map(|word| word.spelled).collect()
        };
        let question = "How do I bring somebody up before they are here?";
        assert_eq!(light(question, "en"), ["somebody", "they", "here"]);
        assert_eq!(
            light("Wie bringe ich jemanden jetzt nach oben?", "de"),
            ["jemanden", "jetzt"]
        );
    }
}
