//! One language: its words, its phrases, and where a text has them.

use std::ops::Range;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::entries::{Entries, Entry};
use super::language::{Bending, Language, LanguageFile, Morphology, WordsFile};
use super::pattern::Element;
use super::phrases::{Edge, Phrase, Phrases};
use super::role::Role;
use super::spoken::Spoken;
use super::tokens::{Match, Sym, Token, tokenize};
use super::words::{Trait, Words};

/// A sentence that a role must, or must not, be found in.
#[derive(Clone, Debug)]
pub struct Example {
    /// `construct.role`.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The sentence.
    pub text: String,
    /// Must it be found?
    pub accept: bool,
    /// The file of the pack that has it.
    pub file: PathBuf,
    /// Its line there, 1-based.
    pub line: usize,
}

/// One language: its words, its phrases, its examples.
#[derive(Clone, Serialize, Deserialize)]
pub struct Lexicon {
    pub(super) language: Language,
    words: Words,
    entries: Entries,
    phrases: Phrases,
    /// Those of them that [`Spoken`] looks up, for as long as documents are read.
    #[serde(skip)]
    spoken: Phrases,
    /// Every phrase, for packs that add to this one; a lexicon that was stored takes no more.
    #[serde(skip)]
    written: Vec<Phrase>,
    #[serde(skip)]
    examples: Vec<Example>,
    #[serde(skip)]
    bending: Bending,
}

impl Lexicon {
    pub(super) fn new(file: LanguageFile) -> Self {
        let (language, bending) = file.split();
        let mut words = Words::default();
        for (list, what) in [
            (&language.function_words, Trait::Function),
            (&language.determiners, Trait::Determiner),
            (&language.articles, Trait::Article),
            (&language.subjects, Trait::Subject),
            (&language.stop_words, Trait::Stop),
            (&language.kinds, Trait::Kind),
            (&language.genres, Trait::Genre),
            (&language.light_words, Trait::Light),
        ] {
            list.iter().for_each(|word| words.mark(word, what));
        }
        Lexicon {
            words,
            entries: Entries::default(),
            phrases: Phrases::default(),
            spoken: Phrases::default(),
            written: Vec::new(),
            examples: Vec::new(),
            bending,
            language,
        }
    }

    /// BCP 47.
    pub fn code(&self) -> &str {
        &self.language.code
    }

    /// Its name, for messages.
    pub fn name(&self) -> &str {
        &self.language.name
    }

    /// The name of its Snowball stemmer, lower case.
    pub fn stemmer(&self) -> &str {
        &self.language.stemmer
    }

    /// Does the verb stand last, in headings and in clauses that depend on another? Then a main
    /// clause begins with its verb where something stands before it, a command is the base form with
    /// the one who is spoken to behind it, and verbs may come apart.
    pub fn verb_last(&self) -> bool {
        self.language.morphology.verb == "last"
    }

    /// May a word that no list has be a verb in its base form, by its ending?
    pub fn may_be_base(&self, word: &str) -> bool {
        self.form_by_ending(word) == Some("base")
    }

    /// The form of a verb that no list has, by its ending.
    pub fn form_by_ending(&self, word: &str) -> Option<&str> {
        let rules = &self.language.morphology.unlisted;
        let found = rules.iter().find(|(ending, _)| word.ends_with(ending));
        found.map(|(_, form)| form.as_str())
    }

    /// The verbs that mean the same as this one, by their base forms.
    pub fn synonyms(&self, verb: &str) -> impl Iterator<Item = &str> {
        self.language.synonyms.others(verb, &[]).into_iter()
    }

    /// The verbs with synonyms that are this one with particles, each with its particles: "bring down"
    /// and "down" for "bring".
    pub fn with_particles<'a>(&'a self, verb: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.language.synonyms.longer(verb)
    }

    /// The past of a verb, if it is not like that of others: "given back" for "give back".
    pub fn irregular_past(&self, verb: &str) -> Option<String> {
        let (first, particles) = verb.split_once(' ').unwrap_or((verb, ""));
        let past = self.language.morphology.irregular_past.get(first)?;
        Some(format!("{past} {particles}"))
    }

    /// The nouns for what this verb tells, where they are other words: "recovery" for "recover".
    pub fn nouns<'a>(&'a self, verb: &'a str) -> impl Iterator<Item = &'a str> {
        let groups = self
            .language
            .nouns
            .iter()
            .filter_map(|group| group.split_first());
        let nouns = groups
            .filter(move |(of, _)| *of == verb)
            .flat_map(|(_, nouns)| nouns);
        nouns.map(String::as_str)
    }

    /// Does a thing that the language has several names for have one that begins with these words?
    pub fn thing_begins(&self, words: &str) -> bool {
        self.language.things.begin(words)
    }

    /// What a thing, called so in lower case, is called too: "elevator" for "lift" and "lifts".
    pub fn called_too<'a>(&'a self, thing: &str) -> Vec<&'a str> {
        self.language
            .things
            .others(thing, &self.language.morphology.plural)
    }

    /// How things are named that lack something: "gluten-free", "passwordless".
    pub fn lacking<'a>(&'a self, what: &'a str) -> impl Iterator<Item = String> + 'a {
        let endings = self.language.lacking.iter();
        endings.map(move |ending| format!("{what}{ending}"))
    }

    /// Adds words of one meaning.
    pub(super) fn add_words(&mut self, words: WordsFile) {
        self.language.add(words);
    }

    pub(super) fn morphology(&self) -> &Morphology {
        &self.language.morphology
    }

    pub(super) fn bending(&self) -> &Bending {
        &self.bending
    }

    /// The sentences that must and must not read.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// An entry by its number.
    pub fn entry(&self, number: u32) -> Entry<'_> {
        self.entries.get(number)
    }

    /// Is this word one that opens a phrase about a thing?
    pub fn is_determiner(&self, sym: Sym) -> bool {
        self.words.is(sym, Trait::Determiner)
    }

    /// Is this word an article, or stands it in the place of one ("this", "your")?
    pub fn is_article(&self, sym: Sym) -> bool {
        self.words.is(sym, Trait::Article)
    }

    /// Does this word open a main clause?
    pub fn is_subject(&self, sym: Sym) -> bool {
        self.words.is(sym, Trait::Subject)
    }

    /// Does this word carry no meaning of its own?
    pub fn is_stop(&self, sym: Sym) -> bool {
        self.words.is(sym, Trait::Stop)
    }

    /// Is this a kind of thing that nearly everything is?
    pub fn is_kind(&self, sym: Sym) -> bool {
        self.words.is(sym, Trait::Kind)
    }

    /// Does this word tell what sort of text something is, and not what it is about?
    pub fn is_genre(&self, sym: Sym) -> bool {
        self.words.is(sym, Trait::Genre)
    }

    /// Does this word tell nothing of what something is about, though a search looks it up?
    pub fn is_light(&self, sym: Sym) -> bool {
        self.words.is(sym, Trait::Light)
    }

    /// Is this word one that hardly any sentence does without?
    pub fn is_function(&self, sym: Sym) -> bool {
        self.words.is(sym, Trait::Function)
    }

    pub(super) fn is_abbreviation(&self, word: &str) -> bool {
        self.language
            .abbreviations
            .iter()
            .any(|a| a.eq_ignore_ascii_case(word))
    }

    /// The symbol of a word.
    pub fn symbol(&self, word: &str) -> Sym {
        self.words.find(word)
    }

    /// Adds an entry that says `key = value` for each of these, and gives its number.
    pub(super) fn add_entry<'t>(
        &mut self,
        role: Role,
        name: &str,
        set: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> u32 {
        self.entries.add(role, name, set)
    }

    /// The roles that the pack has phrases for, as `construct.role`.
    pub(super) fn role_names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(Entry::name)
    }

    pub(super) fn add_example(&mut self, example: Example) {
        self.examples.push(example);
    }

    /// Adds a written-out phrase to an entry.
    pub(super) fn add_phrase(&mut self, entry: u32, elements: &[Element]) {
        let mut edges = Vec::with_capacity(elements.len());
        for element in elements {
            match element {
                Element::Word(text) if text.bytes().all(|b| b.is_ascii_alphabetic()) => {
                    edges.push(Edge::word(self.words.intern(text)));
                }
                Element::Word(text) => {
                    // A written word may be several tokens: "q&a", ">=".
                    let pieces: Vec<Range<usize>> = tokenize(text, &[], self)
                        .iter()
                        .map(|t| t.start as usize..t.end as usize)
                        .collect();
                    for piece in pieces {
                        edges.push(Edge::word(self.words.intern(&text[piece])));
                    }
                }
                Element::Number => edges.push(Edge::NUMBER),
                Element::Letter => edges.push(Edge::LETTER),
                Element::AnyWord => edges.push(Edge::ANY_WORD),
            }
        }
        self.written.push((edges, entry));
    }

    /// Forgets every phrase and example of a role: a pack that overrides it follows.
    pub(super) fn forget(&mut self, role: Role) {
        let entries = &self.entries;
        self.written
            .retain(|(_, entry)| entries.role(*entry) != role);
        self.examples.retain(|e| e.role != role);
    }

    /// Every phrase that begins at a token.
    fn phrases_at(&self, tokens: &[Token], start: usize, out: &mut Vec<Match>) {
        self.found_at(&self.phrases, tokens, start, out);
    }

    /// Every phrase that begins at a token, of those that [`Spoken`] looks up.
    pub(super) fn spoken_at(&self, tokens: &[Token], start: usize, out: &mut Vec<Match>) {
        self.found_at(&self.spoken, tokens, start, out);
    }

    #[inline]
    fn found_at(&self, all: &Phrases, tokens: &[Token], start: usize, out: &mut Vec<Match>) {
        all.at(tokens, start, |end, entries| {
            out.extend(entries.iter().map(|entry| Match {
                start: start as u32,
                end,
                entry: *entry,
                role: self.entries.role(*entry),
            }));
        });
    }

    /// The entries of phrases that are this one word.
    pub(super) fn whole(&self, sym: Sym) -> &[u32] {
        self.phrases.whole(sym)
    }

    /// Lays out the phrases, once all have been added.
    pub(super) fn settle(&mut self) {
        let spoken = |entry: u32| Spoken::ROLES.contains(&self.entries.role(entry));
        let written = self.written.iter();
        self.spoken = Phrases::new(written.filter(|p| spoken(p.1)), self.words.len());
        self.phrases = Phrases::new(&self.written, self.words.len());
    }

    /// Every phrase in a text: matches ordered by start, longest first, and the index of the first
    /// one at each token.
    pub(super) fn matches(&self, tokens: &[Token]) -> (Vec<Match>, Vec<u32>) {
        let mut matches = Vec::with_capacity(2 * tokens.len());
        let mut at = Vec::with_capacity(tokens.len() + 1);
        for start in 0..tokens.len() {
            at.push(matches.len() as u32);
            let from = matches.len();
            self.phrases_at(tokens, start, &mut matches);
            if matches.len() > from + 1 {
                matches[from..].sort_by_key(|m: &Match| (std::cmp::Reverse(m.end), m.entry));
            }
        }
        at.push(matches.len() as u32);
        (matches, at)
    }
}
