//! What is searched for.

use super::analyze::Term;

/// Terms, each with what it counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    pub(super) terms: Vec<QueryTerm>,
}

/// A term that is searched for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct QueryTerm {
    pub(super) text: String,
    pub(super) weight: f32,
}

impl Query {
    /// Searches for nothing yet.
    pub fn new() -> Self {
        Query::default()
    }

    /// Searches for a term too. What is not above zero counts nothing; a term that is given several
    /// times counts as the sum.
    pub fn add(&mut self, term: impl Into<String>, weight: f32) {
        let text = term.into();
        self.terms.push(QueryTerm { text, weight });
    }
}

impl<'t> FromIterator<&'t Term> for Query {
    /// Every term counts one.
    fn from_iter<I: IntoIterator<Item = &'t Term>>(terms: I) -> Self {
        let mut query = Query::new();
        terms.into_iter().for_each(|t| query.add(&t.text, 1.0));
        query
    }
}

impl FromIterator<(String, f32)> for Query {
    fn from_iter<I: IntoIterator<Item = (String, f32)>>(terms: I) -> Self {
        let mut query = Query::new();
        terms
            .into_iter()
            .for_each(|(t, weight)| query.add(t, weight));
        query
    }
}
