//! How a phrase is written in a pack: `(go|head) back? to {number}`.
//!
//! ```text
//! phrase  = item { " " item } ;
//! item    = ( word | group | slot ) [ "?" ] ;
//! group   = "(" phrase { "|" phrase } ")" ;
//! slot    = "{number}" | "{letter}" | "{word}" ;
//! ```

use std::rc::Rc;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::{char, multispace0};
use nom::combinator::{all_consuming, opt, value};
use nom::multi::{many1, separated_list1};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

/// One element of a written-out phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// A word, as the tokenizer would find it, lower case.
    Word(Rc<str>),
    /// Any number.
    Number,
    /// A single letter.
    Letter,
    /// Any word.
    AnyWord,
}

#[derive(Clone, Debug)]
enum Item {
    Element(Element),
    Group(Vec<Vec<(Item, bool)>>),
}

/// What is not part of a word.
const SIGNS: [char; 6] = ['(', ')', '|', '?', '{', '}'];

/// A phrase that stands for more than this is a mistake.
const MAX_EXPANSIONS: usize = 4096;

/// Every sequence that a written phrase stands for.
pub(super) fn expand(phrase: &str) -> Result<Vec<Vec<Element>>, String> {
    // Most phrases are words, and stand for themselves.
    if !phrase.contains(SIGNS) && !phrase.trim().is_empty() {
        return Ok(vec![phrase.split_whitespace().map(word).collect()]);
    }
    let (_, items) = all_consuming(sequence).parse(phrase.trim()).map_err(|_| {
        format!("the phrase {phrase:?} is not of the form words, (a|b), word?, {{number}}")
    })?;
    let all = sequences(&items).ok_or_else(|| {
        format!("the phrase {phrase:?} stands for more than {MAX_EXPANSIONS} phrases")
    })?;
    let all: Vec<_> = all.into_iter().filter(|s| !s.is_empty()).collect();
    if all.is_empty() {
        return Err(format!("the phrase {phrase:?} matches nothing"));
    }
    Ok(all)
}

fn sequence(input: &str) -> IResult<&str, Vec<(Item, bool)>> {
    many1(preceded(
        multispace0,
        (item, opt(char('?')).map(|q| q.is_some())),
    ))
    .parse(input)
}

fn item(input: &str) -> IResult<&str, Item> {
    let group = delimited(
        (char('('), multispace0),
        separated_list1((multispace0, char('|'), multispace0), sequence),
        (multispace0, char(')')),
    );
    let slot = alt((
        value(Element::Number, tag("{number}")),
        value(Element::Letter, tag("{letter}")),
        value(Element::AnyWord, tag("{word}")),
    ));
    let written = take_while1(|c: char| !c.is_whitespace() && !SIGNS.contains(&c));
    alt((
        group.map(Item::Group),
        slot.map(Item::Element),
        written.map(|w| Item::Element(word(w))),
    ))
    .parse(input)
}

fn word(written: &str) -> Element {
    Element::Word(written.to_lowercase().into())
}

/// Every sequence that items stand for; `None` where they are too many.
fn sequences(items: &[(Item, bool)]) -> Option<Vec<Vec<Element>>> {
    let mut all: Vec<Vec<Element>> = vec![Vec::new()];
    for (item, optional) in items {
        let mut heads: Vec<Vec<Element>> = match item {
            Item::Element(e) => vec![vec![e.clone()]],
            Item::Group(choices) => {
                let choices: Option<Vec<_>> = choices.iter().map(|c| sequences(c)).collect();
                choices?.into_iter().flatten().collect()
            }
        };
        if *optional {
            heads.push(Vec::new());
        }
        if all.len() * heads.len() > MAX_EXPANSIONS {
            return None;
        }
        all = all
            .iter()
            .flat_map(|tail| {
                heads
                    .iter()
                    .map(move |h| [tail.as_slice(), h.as_slice()].concat())
            })
            .collect();
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(phrase: &str) -> Vec<String> {
        let all = expand(phrase).expect(phrase);
        all.iter()
            .map(|s| {
                let s: Vec<String> = s
                    .iter()
                    .map(|e| match e {
                        Element::Word(w) => w.to_string(),
                        other => format!("{other:?}"),
                    })
                    .collect();
                s.join(" ")
            })
            .collect()
    }

    #[test]
    fn groups_options_and_slots_are_written_out() {
        assert_eq!(
            words("go (back|on)? to"),
            ["go back to", "go on to", "go to"]
        );
        assert_eq!(words("step {number}"), ["step Number"]);
        assert_eq!(words("(a|b c)"), ["a", "b c"]);
    }

    #[test]
    fn mistakes_are_refused() {
        let many = "(a|b|c|d|e|f|g|h) ".repeat(5);
        for phrase in ["(a|b", "{day}", "", many.as_str()] {
            assert!(expand(phrase).is_err(), "{phrase}");
        }
    }
}
