//! A question as what is wanted, what for, and the terms to look up.

use std::collections::BTreeMap;

use crate::grammar::{Cursor, Lexicon, Tokens};
use crate::index::{Analyzer, Query};
use crate::model::Intent;
use crate::sentence::{intent, question};

/// What a goal ("so that …") counts beside the wish.
const GOAL_WEIGHT: f32 = 0.3;
/// What is read of a question, in bytes. Nobody asks longer ones by hand.
const LONGEST: usize = 4096;

/// A question that was read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The wish, read by the grammar that reads headers.
    pub intent: Intent,
    /// The distinct terms of the wish, and how often it has each.
    pub wish: BTreeMap<String, u32>,
    /// What to look up.
    pub query: Query,
}

impl Reading {
    /// Reads a question.
    pub fn of(text: &str, lexicon: &Lexicon) -> Self {
        let text = shortened(text);
        let tokens = Tokens::plain(text, lexicon);
        let read = question(Cursor::over(&tokens, 0..tokens.tokens.len()));
        let analyzer = Analyzer::new(lexicon);
        let mut reading = Reading {
            intent: intent_of(read.wish, lexicon),
            wish: BTreeMap::new(),
            query: Query::new(),
        };
        for term in analyzer.terms(read.wish) {
            reading.query.add(term.text.clone(), 1.0);
            *reading.wish.entry(term.text).or_default() += 1;
        }
        for term in analyzer.terms(read.goal) {
            reading.query.add(term.text, GOAL_WEIGHT);
        }
        reading
    }
}

fn intent_of(wish: &str, lexicon: &Lexicon) -> Intent {
    let tokens = Tokens::plain(wish, lexicon);
    intent(Cursor::over(&tokens, 0..tokens.tokens.len()))
}

fn shortened(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
