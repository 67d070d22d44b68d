//! Verbs in every form that instructions use.
//!
//! A verb is written in its base form. Where verbs stand first, their particles follow: `set up`.
//! Where they stand last (`verb = "last"`), what belongs to them is written before: `neu starten`;
//! a `~` shows where one word comes apart: `an~legen`. Of such a verb the pieces are found joined
//! ("anlegen"), side by side ("neu starten") and apart ("Legen Sie … an"): then the verb's entry
//! says which `particle` has to end the clause.
//!
//! *Deliberately absent:* participles of verbs that come apart, which no construct asks for.

use super::language::{Bending, Morphology, Rule};
use super::lexicon::Lexicon;
use super::pattern::Element;
use super::role::Role;

/// Where a written verb comes apart.
const APART: char = '~';
const FORM: Role = Role::named("verb.form");

/// A form's name and its words.
type Form = (&'static str, String);

/// Adds every form of a verb, each as an entry of the role `verb.form`.
pub(super) fn add_verb(lexicon: &mut Lexicon, class: &str, sequence: &[Element]) {
    let words: Vec<&str> = sequence
        .iter()
        .filter_map(|e| match e {
            Element::Word(w) => Some(&**w),
            _ => None,
        })
        .collect();
    let written = words.join(" ");
    if lexicon.verb_last() {
        return add_last(lexicon, class, &written);
    }
    let Some((Element::Word(verb), particles)) = sequence.split_first() else {
        return;
    };
    for (form, word) in forms(lexicon.morphology(), lexicon.bending(), verb) {
        let entry = add_form(lexicon, class, form, &written, None);
        let mut elements = vec![Element::Word(word.into())];
        elements.extend_from_slice(particles);
        lexicon.add_phrase(entry, &elements);
    }
}

/// The written verb without the sign where it comes apart.
pub(super) fn joined(written: &str) -> String {
    written.replace(APART, "")
}

/// A verb of a language in which verbs stand last.
fn add_last(lexicon: &mut Lexicon, class: &str, written: &str) {
    let lemma = joined(written);
    let (pieces, verb) = match written
        .rsplit_once(APART)
        .or_else(|| written.rsplit_once(' '))
    {
        Some((pieces, verb)) => (pieces.trim(), verb),
        None => ("", written),
    };
    let particle = pieces.replace(APART, " ");
    let prefix = joined(pieces);
    for (form, words) in forms(lexicon.morphology(), lexicon.bending(), verb) {
        let number = add_form(lexicon, class, form, &lemma, None);
        for spelled in together(&particle, &prefix, &words, form == "base") {
            lexicon.add_phrase(number, &elements(&spelled));
        }
        if !particle.is_empty() && form != "gerund" {
            let number = add_form(lexicon, class, form, &lemma, Some(&particle));
            lexicon.add_phrase(number, &elements(&words));
        }
    }
    let Some(marker) = lexicon.bending().marker.clone() else {
        return;
    };
    let number = add_form(lexicon, class, "marked", &lemma, None);
    for spelled in [
        format!("{particle} {marker} {verb}"),
        format!("{prefix}{marker}{verb}"),
    ] {
        if spelled.contains(' ') || !particle.is_empty() {
            lexicon.add_phrase(number, &elements(&spelled));
        }
    }
}

/// The spellings of a form whose pieces stand together: as one word, where no blank was written, and
/// for the base form side by side too.
fn together(particle: &str, prefix: &str, words: &str, base: bool) -> Vec<String> {
    if particle.is_empty() {
        return vec![words.to_owned()];
    }
    let side_by_side = format!("{particle} {words}");
    if prefix.contains(' ') {
        return vec![side_by_side];
    }
    let one_word = format!("{prefix}{words}");
    if base {
        vec![one_word, side_by_side]
    } else {
        vec![one_word]
    }
}

fn elements(words: &str) -> Vec<Element> {
    let words = words.split_whitespace();
    words.map(|w| Element::Word(w.into())).collect()
}

/// Adds the entry of a form.
fn add_form(
    lexicon: &mut Lexicon,
    class: &str,
    form: &str,
    lemma: &str,
    particle: Option<&str>,
) -> u32 {
    // What is asked for most stands first.
    let set = [("form", form), ("lemma", lemma)].into_iter();
    let set = set.chain(particle.map(|p| ("particle", p)));
    lexicon.add_entry(FORM, &format!("verb.{class}"), set)
}

/// The forms of a verb that instructions use.
fn forms(morphology: &Morphology, bending: &Bending, verb: &str) -> Vec<Form> {
    let doubled = morphology.doubled.iter().any(|d| d == verb);
    let last = verb.chars().last().map(String::from).unwrap_or_default();
    let double = if doubled { last.as_str() } else { "" };
    let mut forms = vec![("base", verb.to_owned())];
    let mut add = |form, word: Option<String>| {
        forms.extend(
            word.filter(|w| w != verb || form != "past")
                .map(|w| (form, w)),
        );
    };
    add("gerund", bend(&morphology.gerund, verb, double));
    let third = bending.irregular_third.get(verb).cloned();
    add("third", third.or_else(|| bend(&morphology.third, verb, "")));
    let past = morphology.irregular_past.get(verb).cloned();
    add(
        "past",
        past.or_else(|| bend(&morphology.past, verb, double)),
    );
    add("command", bending.irregular_command.get(verb).cloned());
    add("command", bend(&bending.command, verb, ""));
    forms
}

/// The verb with the ending of the first rule whose suffix it has; `double` comes before an ending
/// that takes nothing away.
fn bend(rules: &[Rule], verb: &str, double: &str) -> Option<String> {
    let (suffix, with) = rules
        .iter()
        .find(|(suffix, _)| verb.ends_with(suffix.as_str()))?;
    let stem = &verb[..verb.len() - suffix.len()];
    let double = if suffix.is_empty() { double } else { "" };
    Some(format!("{stem}{double}{with}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::language::LanguageFile;

    const LANGUAGE: &str = "code = \"xx\"\nname = \"X\"\nstemmer = \"none\"\nfunction_words = []\n\
        [morphology]\nverb = \"last\"\nmarker = \"zu\"\ncommand = [[\"en\", \"e\"]]\n";

    fn lexicon(verb: &[&str]) -> Lexicon {
        let file: LanguageFile = toml::from_str(LANGUAGE).expect("a language");
        let mut lexicon = Lexicon::new(file);
        let words: Vec<Element> = verb.iter().map(|w| Element::Word((*w).into())).collect();
        add_verb(&mut lexicon, "class", &words);
        lexicon.settle();
        lexicon
    }

    #[test]
    fn a_verb_is_found_joined_marked_and_apart() {
        for (verb, texts) in [
            (&["an~legen"][..], ["anlegen", "anzulegen", "legen", "lege"]),
            (
                &["neu", "starten"],
                ["neu starten", "neu zu starten", "starten", "starte"],
            ),
            (
                &["wieder~her~stellen"],
                [
                    "wiederherstellen",
                    "wiederherzustellen",
                    "stellen",
                    "stelle",
                ],
            ),
        ] {
            let lexicon = lexicon(verb);
            for text in texts {
                assert!(lexicon.has(text, FORM), "{verb:?}: {text}");
            }
            assert!(!lexicon.has("an neu wieder", FORM), "{verb:?}");
        }
    }
}
