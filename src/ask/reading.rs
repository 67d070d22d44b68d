//! A question as what is wanted, what for, and the terms to look up.

use std::collections::BTreeMap;

use super::others::Other;
use crate::grammar::{Cursor, Lexicon, Tokens};
use crate::index::{Analyzer, Query};
use crate::model::Intent;
use crate::sentence::{intent, put_together, question};

/// What a goal ("so that …") counts beside the wish.
const GOAL_WEIGHT: f32 = 0.3;
/// What is read of a question, in bytes. Nobody asks longer ones by hand.
const LONGEST: usize = 4096;

/// A question that was read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The wish, read by the grammar that reads headers.
    pub intent: Intent,
    /// The wish as it was said, without what is wrapped around it.
    pub said: String,
    /// The distinct terms of the wish, and how often it has each.
    pub wish: BTreeMap<String, u32>,
    /// What to look up.
    pub query: Query,
    /// Words that may stand for those of the wish.
    pub others: Vec<Other>,
    /// The terms of its verb, then those of each verb of the same meaning.
    pub actions: Vec<Vec<String>>,
}

impl Reading {
    /// Reads a question.
    pub fn of(text: &str, lexicon: &Lexicon) -> Self {
        let text = shortened(text);
        let tokens = Tokens::plain(text, lexicon);
        let read = question(Cursor::over(&tokens, 0..tokens.tokens.len()));
        let analyzer = Analyzer::new(lexicon);
        let wish = Tokens::plain(read.wish, lexicon);
        let all = Cursor::over(&wish, 0..wish.tokens.len());
        let mut reading = Reading {
            intent: intent(all),
            said: read.wish.to_owned(),
            wish: BTreeMap::new(),
            query: Query::new(),
            others: Vec::new(),
            actions: Vec::new(),
        };
        let joined = put_together(all);
        for term in analyzer.terms(joined.as_deref().unwrap_or(read.wish)) {
            reading.query.add(term.text.clone(), 1.0);
            *reading.wish.entry(term.text).or_default() += 1;
        }
        for term in analyzer.terms(read.goal) {
            reading.query.add(term.text, GOAL_WEIGHT);
        }
        reading.add_synonyms(lexicon);
        reading
    }
}

fn shortened(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
