//! Reading a suite: a question a line.

use serde::Deserialize;
use serde_json::{Map, Value};

/// A question and what should answer it.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its line in the file, from 1.
    pub line: usize,
    /// The question.
    pub query: String,
    /// Any of these is right.
    pub expected: Vec<Place>,
    /// What is so.
    pub given: Map<String, Value>,
    /// Labels that the caller holds.
    pub labels: Vec<String>,
}

/// What can answer a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A page, by its path.
    Page(String),
    /// A unit, by its id.
    Unit(String),
}

impl Place {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Place::Page(name) | Place::Unit(name) => name,
        }
    }

    /// The page that it is, or is on.
    pub fn page(&self) -> &str {
        match self {
            Place::Page(name) => name,
            Place::Unit(id) => id.split_once('#').map_or(id, |(page, _)| page),
        }
    }
}

/// A line that is no question.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{file}:{line}: {problem}; a line is like {{\"query\": \"How do I …?\", \"page\": \"a/b.md\"}}"
)]
pub struct BadSuite {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(default, rename = "id")]
    _id: Value,
    query: String,
    #[serde(default)]
    page: Names,
    #[serde(default)]
    unit: Names,
    #[serde(default)]
    given: Map<String, Value>,
    #[serde(default, rename = "as")]
    labels: Vec<String>,
}

/// One name or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Several(Vec<String>),
}

impl Default for Names {
    fn default() -> Self {
        Names::Several(Vec::new())
    }
}

impl Names {
    fn into_places(self, place: fn(String) -> Place) -> Vec<Place> {
        match self {
            Names::One(name) => vec![place(name)],
            Names::Several(names) => names.into_iter().map(place).collect(),
        }
    }
}

/// Reads a suite. Empty lines are passed over.
///
/// # Errors
/// The first line that is no question, or a suite without any.
pub fn read(file: &str, text: &str) -> Result<Vec<Case>, BadSuite> {
    let mut cases = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        if !text.trim().is_empty() {
            let bad = |problem| BadSuite {
                file: file.to_owned(),
                line,
                problem,
            };
            cases.push(case(line, text).map_err(bad)?);
        }
    }
    if cases.is_empty() {
        return Err(BadSuite {
            file: file.to_owned(),
            line: 1,
            problem: "there is no question in this file".to_owned(),
        });
    }
    Ok(cases)
}

fn case(number: usize, text: &str) -> Result<Case, String> {
    let line: Line =
        serde_json::from_str(text).map_err(|e| format!("cannot read this line: {e}"))?;
    let mut expected = line.page.into_places(Place::Page);
    expected.extend(line.unit.into_places(Place::Unit));
    if line.query.trim().is_empty() {
        return Err("the question is empty".to_owned());
    }
    if expected.is_empty() {
        return Err("neither `page` nor `unit` says what should answer".to_owned());
    }
    Ok(Case {
        line: number,
        query: line.query,
        expected,
        given: line.given,
        labels: line.labels,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_a_page_a_unit_or_several() {
        let text = "{\"query\": \"a\", \"page\": \"x.md\"}\n\n{\"query\": \"b\", \"unit\": [\"x.md#1\", \"y.md#2\"]}\n";
        let cases = read("s.jsonl", text).expect("a suite");
        assert_eq!(cases[0].expected, [Place::Page("x.md".into())]);
        assert_eq!((cases[1].line, cases[1].expected.len()), (3, 2));
    }

    #[test]
    fn what_is_no_question_is_told_with_its_line() {
        for (text, says) in [
            ("", "no question"),
            ("{\"query\": \"a\"}", "s.jsonl:1: neither"),
            (
                "{\"query\": \"a\", \"page\": \"x\"}\n{\"q\": 1}",
                "s.jsonl:2: cannot read",
            ),
            ("{\"query\": \" \", \"page\": \"x\"}", "empty"),
        ] {
            let error = read("s.jsonl", text).expect_err("no suite").to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
