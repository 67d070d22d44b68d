//! Text to terms, the same way for units and for questions.
//!
//! A word gives its stem in lower case. A compound (`kube-proxy`, `node.js`, `ImagePullBackOff`)
//! gives its parts and, beside them, the joined whole, so that every spelling of it meets every
//! other. Numbers and versions stay whole, without the `v` before them. Words without meaning of
//! their own are left out, unless the text has no others.
//!
//! *Deliberately absent:* positions, and any word of any language: those are the pack's.

use std::borrow::Cow;
use std::ops::Range;

use super::parts::{Form, cut, is_point};
use super::runs::{Runs, is_connector};
use super::stem::Stems;
use crate::grammar::Lexicon;

/// Terms are cut after so many bytes.
pub const LONGEST_TERM: usize = 64;

/// A term of a text, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What is looked up: lower case, stemmed.
    pub text: String,
    /// The bytes of the text that it was read from.
    pub at: Range<usize>,
    /// Does it stand for a word, or for a compound whose parts are terms too?
    pub form: Form,
}

/// Does a word carry meaning of its own?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Own,
    None,
}

/// Reads texts of one language.
pub struct Analyzer<'l> {
    lexicon: &'l Lexicon,
    stems: Stems,
}

impl<'l> Analyzer<'l> {
    /// An analyzer for texts of the language.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Analyzer {
            lexicon,
            stems: Stems::named(lexicon.stemmer()),
        }
    }

    /// The terms of a text, in its order. A term is there as often as the text has it.
    pub fn terms(&self, text: &str) -> Vec<Term> {
        let (mut own, mut all) = (Vec::new(), Vec::new());
        let mut spelled = String::new();
        for run in Runs::new(text) {
            cut(&text[run.clone()], |part, form| {
                let at = run.start + part.start..run.start + part.end;
                spell(&text[at.clone()], &mut spelled);
                let (term, meaning) = self.term(&spelled);
                let text = term.into_owned();
                match meaning {
                    Meaning::Own => own.push(Term { text, at, form }),
                    Meaning::None => all.push(Term { text, at, form }),
                }
            });
        }
        if own.is_empty() { all } else { own }
    }

    /// What to look up for a text: its terms, without where they come from.
    pub fn looked_up(&self, text: &str) -> Vec<String> {
        self.terms(text).into_iter().map(|t| t.text).collect()
    }

    /// The term of a word that is spelled out.
    pub(super) fn term<'w>(&self, spelled: &'w str) -> (Cow<'w, str>, Meaning) {
        let stop = self.lexicon.is_stop(self.lexicon.symbol(spelled));
        let meaning = if stop { Meaning::None } else { Meaning::Own };
        (self.stems.stem(spelled), meaning)
    }
}

/// Spells a word the way it is looked up: lower case, without what joins its parts, without the
/// `v` of a version or the `s` of several VMs, cut to the longest term.
pub(super) fn spell(word: &str, spelled: &mut String) {
    spelled.clear();
    let word = singular(version(word));
    if word.len() <= LONGEST_TERM && word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        spelled.push_str(word);
        spelled.make_ascii_lowercase();
        return;
    }
    for (i, c) in word.char_indices() {
        if is_connector(c) && !is_point(word, i) {
            continue;
        }
        for lower in c.to_lowercase() {
            if spelled.len() + lower.len_utf8() > LONGEST_TERM {
                return;
            }
            spelled.push(lower);
        }
    }
}

/// `v1.29` without its `v`.
fn version(word: &str) -> &str {
    match word.strip_prefix(['v', 'V']) {
        Some(rest)
            if rest.contains('.') && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.') =>
        {
            rest
        }
        _ => word,
    }
}

/// `VMs` without its `s`, which stemmers do not know for a plural.
fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(rest) if rest.len() > 1 && rest.bytes().all(|b| b.is_ascii_uppercase()) => rest,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::properties::english;

    fn terms(text: &str) -> Vec<String> {
        let terms = Analyzer::new(english()).terms(text);
        terms.into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn spellings_of_a_compound_meet() {
        for (a, b, shared) in [
            ("kube-proxy", "kubeproxy", "kubeproxi"),
            ("max_connections", "maxConnections", "maxconnect"),
            ("node.js", "NodeJS", "nodej"),
            ("--dry-run", "dryrun", "dryrun"),
            ("v1.29", "1.29", "1.29"),
            ("VMs", "VM", "vm"),
            (
                "PersistentVolumeClaims",
                "persistentvolumeclaim",
                "persistentvolumeclaim",
            ),
        ] {
            let shared = shared.to_owned();
            assert!(terms(a).contains(&shared), "{a}: {:?}", terms(a));
            assert!(terms(b).contains(&shared), "{b}: {:?}", terms(b));
        }
    }

    #[test]
    fn stop_words_stay_only_where_nothing_else_is() {
        assert_eq!(terms("How do I drain a node?"), ["drain", "node"]);
        assert_eq!(terms("What is it?"), ["what", "is", "it"]);
        assert_eq!(terms("?!"), [""; 0]);
    }

    #[test]
    fn a_term_knows_its_place_and_form() {
        let found = Analyzer::new(english()).terms("Restart the kube-proxy");
        let places: Vec<_> = found.iter().map(|t| (t.at.clone(), t.form)).collect();
        let word = Form::Word;
        assert_eq!(
            places,
            [
                (0..7, word),
                (12..16, word),
                (17..22, word),
                (12..22, Form::Compound)
            ]
        );
    }

    #[test]
    fn a_term_is_never_long() {
        let long = format!("{} {}", "xY".repeat(10_000), "Ünï".repeat(10_000));
        assert!(
            terms(&long)
                .iter()
                .all(|t| !t.is_empty() && t.len() <= LONGEST_TERM)
        );
    }
}
