//! Other words for those of a wish: verbs of one meaning, and what the set itself says its words mean.
//!
//! A verb may be said in other words, which the language knows. What a thing is called only the set
//! knows: its glossary says that a king is a ruler, so what is told of rulers holds for a king, and what
//! is told of queens, however often both are mentioned together, does not.

use super::Desk;
use super::names::has_word;
use super::reading::Reading;
use crate::grammar::{Cursor, Lexicon, Role, Tokens};
use crate::index::{Analyzer, Form, Hit, Prepared, Weights};
use crate::model::{Kind, Unit, Unreadable};
use crate::sentence::{VerbForm, definition, gloss, verb_at};

/// What a word counts that stands for one of the wish.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Worth {
    /// In the search for candidates, beside a word of the wish.
    search: f32,
    /// In their ranking, likewise.
    rank: f64,
}

/// Verbs of instructions are everywhere, so another one mostly finds nothing; it may only be what a header
/// says.
const SYNONYM: Worth = Worth {
    search: 0.0,
    rank: 0.6,
};
/// The same verb in another form.
const FORM: Worth = Worth {
    search: 0.0,
    rank: 1.0,
};
const GLOSSED: Worth = Worth {
    search: 0.5,
    rank: 0.7,
};
/// What narrows a kind stands for nothing alone. Beside its kind it is no other word of a header:
/// "portable computer" for a laptop.
const NARROWED: Worth = Worth {
    search: 0.5,
    rank: 0.8,
};
/// What a kind counts whose term is asked for by it: a ruler may be a king.
const INSTANCE: Worth = Worth {
    search: 0.3,
    rank: 0.4,
};
/// A term that a question describes in words of its gloss, and how many of these it takes.
const DESCRIBED: Worth = Worth {
    search: 0.5,
    rank: 0.6,
};
const DESCRIBES: usize = 2;
/// What is named by lacking what something is to be without: "gluten-free".
const LACKING: Worth = Worth {
    search: 0.8,
    rank: 1.0,
};
/// The other name of what has two. Nothing is called so by a part of it.
const NAMED: Worth = Worth {
    search: 0.8,
    rank: 0.9,
};
/// The same where all words of the other name are in every so many units: to look them up finds nothing
/// that others have not.
const COMMONLY_NAMED: Worth = Worth {
    search: 0.0,
    ..NAMED
};
const COMMON: u32 = 4;
/// What the language calls otherwise, where the set does so more often.
const CALLED: Worth = Worth {
    search: 0.5,
    rank: 0.7,
};
/// Two words written as one.
const JOINED: Worth = Worth {
    search: 1.0,
    rank: 1.0,
};
/// What finds nothing by itself counts so much in the search where no more than so many units have it.
const FEW: u32 = 8;
const IN_FEW: f32 = 0.1;
const IS: Role = Role::named("comparison.is");
/// The most words between a verb and its particle: "bring the big curtain down".
const APART: usize = 3;
/// How many terms of the set are read for a question.
const TERMS: usize = 8;
/// How much of a gloss is read, in bytes.
const GLOSS: usize = 400;

/// A verb of a wish.
struct Said {
    /// Its base form with its particles.
    verb: String,
    /// The same as it is written.
    written: String,
    /// Is it said of the thing: what is done to it, or what it does?
    of_thing: bool,
}

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
    /// What is looked up, made ready.
    pub(super) fn prepared<'d>(&self, desk: &Desk<'d>) -> Prepared<'d> {
        let weights = Weights::default();
        let mut prepared = Prepared::new(desk.index, &self.query(), &weights, desk.view);
        prepared.weigh_rare(FEW, IN_FEW);
        prepared
    }

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

    /// Adds a word for its parts, which stand apart in the question.
    pub(super) fn add_joined(&mut self, parts: Vec<String>, joined: String) {
        self.add_other(parts, vec![joined], JOINED);
    }

    /// Adds the verbs that mean the same as those of the wish.
    pub(super) fn add_synonyms(&mut self, lexicon: &Lexicon) {
        let analyzer = Analyzer::new(lexicon);
        for (i, said) in self.verbs(lexicon).iter().enumerate() {
            let of = analyzer.looked_up(&said.written);
            // "Taken" is looked up as it is, and so is "take".
            let verbs = || std::iter::once(said.verb.as_str()).chain(lexicon.synonyms(&said.verb));
            let same = verbs().map(|verb| analyzer.looked_up(verb));
            let same: Vec<_> = same.filter(|v| !v.is_empty() && !of.is_empty()).collect();
            let nouns = verbs().flat_map(|verb| lexicon.nouns(verb));
            let nouns = nouns.map(|noun| analyzer.looked_up(noun));
            let pasts = verbs().filter_map(|verb| lexicon.irregular_past(verb));
            let pasts = pasts.map(|past| analyzer.looked_up(&past));
            for other in nouns.chain(pasts) {
                self.add_other(of.clone(), other, SYNONYM);
            }
            // What is to be done may be said of the thing: "how is it taken down?"
            let main = i == 0 || said.of_thing;
            if main && self.actions.is_empty() && !of.is_empty() {
                self.verb = of.clone();
                self.actions = same.clone();
            }
            for (i, verb) in same.into_iter().enumerate() {
                self.add_other(of.clone(), verb, if i == 0 { FORM } else { SYNONYM });
            }
        }
    }

    /// The verbs of the wish, its action first, with their particles where they stand apart: "bring
    /// down" in "bring the curtain down".
    fn verbs(&self, lexicon: &Lexicon) -> Vec<Said> {
        let tokens = Tokens::plain(&self.said, lexicon);
        let all = Cursor::whole(&tokens);
        // "How is it taken down?", "before it is taken down", and not "a taken seat".
        let is = |at: usize| Cursor { at, ..all }.find(IS).is_some();
        let asks = all.range().take(2).any(is);
        let is_said_of = |verb: usize| asks || verb.checked_sub(1).is_some_and(is);
        let mut action = self.intent.action.clone();
        let mut written = action.clone();
        let mut others = Vec::new();
        if action.is_empty() && self.wrapped && !all.is_empty() {
            // What follows "How do I" is a verb, though it is more often a noun.
            let first = tokens.spelling(0).to_lowercase();
            let known = lexicon.synonyms(&first).next().is_some();
            action = if known { first } else { action };
            written = action.clone();
        }
        for at in all.range() {
            let Some(verb) = verb_at(Cursor { at, ..all }) else {
                continue;
            };
            let end = verb.end.min(all.end);
            let near = end..(end + APART + 1).min(all.end);
            let said = |particles: &str| {
                let is = |(i, particle): (usize, &str)| {
                    i < all.end && tokens.spelling(i).eq_ignore_ascii_case(particle)
                };
                near.clone()
                    .any(|from| (from..).zip(particles.split(' ')).all(is))
            };
            let mut longer = lexicon.with_particles(verb.lemma);
            let longer = longer.find(|(_, particles)| said(particles));
            let spelled: Vec<&str> = (verb.start..end).map(|i| tokens.spelling(i)).collect();
            let (whole, particles) = longer.unwrap_or((verb.lemma, ""));
            let as_written = format!("{} {particles}", spelled.join(" "));
            match verb.lemma == action {
                true => (action, written) = (whole.to_owned(), as_written),
                false => others.push(Said {
                    verb: whole.to_owned(),
                    written: as_written,
                    of_thing: match verb.form {
                        VerbForm::Past => is_said_of(at),
                        VerbForm::Third => action.is_empty() && at > 0,
                        _ => false,
                    },
                }),
            }
        }
        let action = Said {
            verb: action,
            written,
            of_thing: false,
        };
        std::iter::once(action).chain(others).collect()
    }

    /// Adds how things are named that lack what the wish is to be without.
    pub(super) fn add_lacking(&mut self, lexicon: &Lexicon) {
        let analyzer = Analyzer::new(lexicon);
        let without = self.words.iter().filter(|w| w.wished && w.without);
        let lacking = without.flat_map(|word| {
            let names = lexicon.lacking(&word.spelled);
            // The last term is the whole of it.
            let terms = names.filter_map(|name| analyzer.looked_up(&name).pop());
            terms.map(|term| (word.text.clone(), term))
        });
        for (of, term) in lacking.collect::<Vec<_>>() {
            self.add_other(vec![of], vec![term], LACKING);
        }
    }

    /// Adds what things are called otherwise that the wish names: "pod disruption budget" for "PDB".
    pub(super) fn add_names(&mut self, desk: &Desk<'_>) {
        let words = self
            .words
            .iter()
            .filter(|w| w.wished && w.form == Form::Word);
        let words: Vec<String> = words.map(|w| w.text.clone()).collect();
        for from in 0..words.len() {
            for to in from + 1..=words.len() {
                let (called, name) = (&words[from..to], words[from..to].join(" "));
                if !desk.names.begin(&name) {
                    break;
                }
                for other in desk.names.others(&name, desk.view, &self.said) {
                    let other: Vec<String> = other.split(' ').map(str::to_owned).collect();
                    let many = desk.view.len() / COMMON;
                    let finds = other.iter().any(|t| desk.index.df(t, desk.view) < many);
                    let worth = match finds {
                        true => NAMED,
                        false => COMMONLY_NAMED,
                    };
                    self.add_other(called.to_vec(), other, worth);
                }
            }
        }
    }

    /// Adds what the language calls things otherwise that the wish names, where the set calls them so more
    /// often: "guest" for a visitor. A set that calls them what the wish does needs no other word.
    pub(super) fn add_things(&mut self, desk: &Desk<'_>, lexicon: &Lexicon) {
        let analyzer = Analyzer::new(lexicon);
        let words = self.words.iter();
        let words = words.filter(|w| w.wished && w.form == Form::Word);
        let words: Vec<(String, String)> =
            words.map(|w| (w.spelled.clone(), w.text.clone())).collect();
        let rarest = |terms: &[String]| {
            let df = terms.iter().map(|term| desk.index.df(term, desk.view));
            df.min().unwrap_or_default()
        };
        for from in 0..words.len() {
            for to in from + 1..=words.len() {
                let spelled: Vec<&str> = words[from..to].iter().map(|w| w.0.as_str()).collect();
                let name = spelled.join(" ");
                let others = lexicon.called_too(&name);
                if !others.is_empty() {
                    let called: Vec<String> = words[from..to].iter().map(|w| w.1.clone()).collect();
                    let here = rarest(&called);
                    for other in others {
                        let other = analyzer.looked_up(other);
                        if rarest(&other) > here {
                            self.add_other(called.clone(), other, CALLED);
                        }
                    }
                }
                if !lexicon.thing_begins(&name) {
                    break;
                }
            }
        }
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
        // How the term is set off is not said.
        let text = front(unit.body.trim_start()).replace(['*', '`'], "");
        let tokens = Tokens::plain(&text, lexicon);
        let all = Cursor::whole(&tokens);
        // An entry of a list has the term before its gloss, a heading has not.
        let is_term = |term: &str| {
            let named = term.get(..unit.header.len());
            named.is_some_and(|t| t.eq_ignore_ascii_case(&unit.header))
        };
        let entry = definition(all).filter(|(term, _)| is_term(term));
        let read = gloss(entry.map_or(all, |(_, from)| all.within(from..all.end)));
        let looked_up = |names: &[&str]| -> Vec<Vec<String>> {
            names.iter().map(|name| analyzer.looked_up(name)).collect()
        };
        let term = analyzer.looked_up(&unit.header);
        let mut also = looked_up(&read.also);
        also.extend(abbreviated(unit).map(|name| analyzer.looked_up(name)));
        let kinds = looked_up(&read.kinds);
        let names = || also.iter().chain([&term]);
        for called in names() {
            for other in names().filter(|other| *other != called) {
                self.add_other(called.clone(), other.clone(), GLOSSED);
            }
            for kind in &kinds {
                let worth = if kind.len() > 1 { NARROWED } else { GLOSSED };
                self.add_other(called.clone(), kind.clone(), worth);
            }
        }
        for example in looked_up(&read.examples) {
            self.add_other(example, term.clone(), GLOSSED);
        }
        for kind in kinds {
            self.add_other(kind, term.clone(), INSTANCE);
        }
        self.add_described(&term, &analyzer.looked_up(&text));
    }

    /// Adds a term for the words that describe it: for "the nurse who runs a ward" a sister.
    fn add_described(&mut self, term: &[String], gloss: &[String]) {
        let wish = self.wish();
        let own = wish.keys().filter(|word| {
            let is = |other: &String| other == *word;
            !self.verb.iter().any(is) && !term.iter().any(is)
        });
        let shared = own.filter(|word| gloss.iter().any(|g| g == *word));
        let shared: Vec<String> = shared.map(|word| (*word).to_owned()).collect();
        if shared.len() >= DESCRIBES {
            self.add_other(shared, term.to_vec(), DESCRIBED);
        }
    }
}

/// What a term is called too by an abbreviation that its unit spells out: one of both is in its header.
fn abbreviated<T>(unit: &Unit<T>) -> impl Iterator<Item = &str> {
    let header = unit.header.to_lowercase();
    let names = unit.abbreviations.iter().map(|a| [&a.short, &a.long]);
    let names = names.filter(move |names| {
        let mut names = names.iter();
        names.any(|name| has_word(&header, &name.to_lowercase()))
    });
    names.flatten().map(String::as_str)
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

    #[test]
    fn verbs_beside_the_action_are_found_in_other_words_too() {
        let grammar = Grammar::load(&PACKS).expect("the built-in packs");
        let lexicon = grammar.language("en").expect("English");
        let mut reading = Reading::of("How do I assist a guest getting off the train?", lexicon);
        reading.add_synonyms(lexicon);
        let alight = reading.others.iter().find(|o| o.terms == ["alight"]);
        assert_eq!(
            alight.map(|o| o.of.clone()),
            Some(vec!["get".to_owned(), "off".to_owned()])
        );
    }

    #[test]
    fn a_verb_is_found_in_its_other_forms_and_as_a_noun() {
        let grammar = Grammar::load(&PACKS).expect("the built-in packs");
        let lexicon = grammar.language("en").expect("English");
        let found = |question: &str, other: &str| {
            let mut reading = Reading::of(question, lexicon);
            reading.add_synonyms(lexicon);
            let mut others = reading.others.iter();
            others.any(|o| o.terms == [other])
        };
        assert!(found("How do I recover a node?", "recoveri"));
        assert!(found("Who is told when a ship leaves?", "departur"));
        assert!(found("Who is told when a ship leaves?", "left"));
        // "Taken down" is "take down", and that is "dismantle".
        assert!(found("How is the stage taken down?", "dismantl"));
        assert!(!found("How do I recover a node?", "departur"));
    }

    #[test]
    fn a_verb_is_known_by_its_place_and_where_it_is_said_of_the_thing() {
        let grammar = Grammar::load(&PACKS).expect("the built-in packs");
        let lexicon = grammar.language("en").expect("English");
        let verbs = |question: &str| {
            let mut reading = Reading::of(question, lexicon);
            reading.add_synonyms(lexicon);
            reading.actions.concat()
        };
        let has = |question: &str, verb: &str| verbs(question).iter().any(|v| v == verb);
        assert!(has("How do we hook two carriages together?", "coupl"));
        assert!(!has("Hook of the carriage", "coupl"));
        assert!(has("How is the stage taken down?", "dismantl"));
        assert!(has(
            "What must be told before the stage is taken down?",
            "dismantl"
        ));
        assert!(!has("The stage taken down", "dismantl"));
        assert!(has("How do I check what was taken down?", "verifi"));
        assert!(!has("How do I check what was taken down?", "dismantl"));
    }
}
