//! One language: its words, its phrases, and where a text has them.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::pattern::Element;
use super::role::Role;
use super::tokens::{Match, Sym, Token, TokenKind, tokenize};

/// A phrase's entry: what it is for and what it says.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is for.
    pub role: Role,
    /// `construct.role`, for messages.
    pub name: String,
    /// What it says: `{op: ">="}`.
    pub set: BTreeMap<String, String>,
}

impl Entry {
    /// A value of the entry.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.set.get(key).map(String::as_str)
    }

    /// Does the entry say `key = value`?
    pub fn says(&self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }
}

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
}

/// `language.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Language {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) stemmer: String,
    pub(super) function_words: Vec<String>,
    #[serde(default)]
    pub(super) abbreviations: Vec<String>,
    #[serde(default)]
    pub(super) determiners: Vec<String>,
    #[serde(default)]
    pub(super) articles: Vec<String>,
    #[serde(default)]
    pub(super) subjects: Vec<String>,
    #[serde(default)]
    pub(super) stop_words: Vec<String>,
    #[serde(default)]
    pub(super) morphology: Morphology,
}

/// How verbs change their form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Morphology {
    /// `first` or `last`: where the verb stands in a heading.
    #[serde(default)]
    pub(super) verb: String,
    #[serde(default)]
    pub(super) gerund: Vec<(String, String)>,
    #[serde(default)]
    pub(super) third: Vec<(String, String)>,
    #[serde(default)]
    pub(super) past: Vec<(String, String)>,
    #[serde(default)]
    pub(super) doubled: Vec<String>,
    #[serde(default)]
    pub(super) irregular_past: BTreeMap<String, String>,
}

/// One language: its words, its phrases, its examples.
pub struct Lexicon {
    pub(super) language: Language,
    words: FxHashMap<Box<str>, Sym>,
    entries: Vec<Entry>,
    examples: Vec<Example>,
    trie: Trie,
    sets: WordSets,
}

/// Words by what they are, indexed by symbol.
#[derive(Default)]
struct WordSets {
    function: FxHashSet<Sym>,
    determiners: FxHashSet<Sym>,
    articles: FxHashSet<Sym>,
    subjects: FxHashSet<Sym>,
    stop: FxHashSet<Sym>,
}

impl Lexicon {
    pub(super) fn new(language: Language) -> Self {
        let mut lexicon = Lexicon {
            words: FxHashMap::default(),
            entries: Vec::new(),
            examples: Vec::new(),
            trie: Trie::default(),
            sets: WordSets::default(),
            language,
        };
        let l = lexicon.language.clone();
        let function = l.function_words.iter().map(|w| lexicon.intern(w)).collect();
        let determiners = l.determiners.iter().map(|w| lexicon.intern(w)).collect();
        let articles = l.articles.iter().map(|w| lexicon.intern(w)).collect();
        let subjects = l.subjects.iter().map(|w| lexicon.intern(w)).collect();
        let stop = l.stop_words.iter().map(|w| lexicon.intern(w)).collect();
        lexicon.sets = WordSets {
            function,
            determiners,
            articles,
            subjects,
            stop,
        };
        lexicon
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

    /// Does the verb of a heading stand last?
    pub fn verb_last(&self) -> bool {
        self.language.morphology.verb == "last"
    }

    /// The sentences that must and must not read.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// An entry by its number.
    pub fn entry(&self, number: u32) -> &Entry {
        &self.entries[number as usize]
    }

    /// Is this word one that opens a phrase about a thing?
    pub fn is_determiner(&self, sym: Sym) -> bool {
        self.sets.determiners.contains(&sym)
    }

    /// Is this word an article, or stands it in the place of one ("this", "your")?
    pub fn is_article(&self, sym: Sym) -> bool {
        self.sets.articles.contains(&sym)
    }

    /// Does this word open a main clause?
    pub fn is_subject(&self, sym: Sym) -> bool {
        self.sets.subjects.contains(&sym)
    }

    /// Does this word carry no meaning of its own?
    pub fn is_stop(&self, sym: Sym) -> bool {
        self.sets.stop.contains(&sym)
    }

    /// Is this word one that hardly any sentence does without?
    pub fn is_function(&self, sym: Sym) -> bool {
        self.sets.function.contains(&sym)
    }

    pub(super) fn is_abbreviation(&self, word: &str) -> bool {
        self.language
            .abbreviations
            .iter()
            .any(|a| a.eq_ignore_ascii_case(word))
    }

    /// The symbol of a word as spelled; `lower` is scratch space.
    pub(super) fn sym(&self, word: &str, lower: &mut String) -> Sym {
        normalize(word, lower);
        self.words
            .get(lower.as_str())
            .copied()
            .unwrap_or(Sym::UNKNOWN)
    }

    /// The symbol of a word.
    pub fn symbol(&self, word: &str) -> Sym {
        self.sym(word, &mut String::new())
    }

    fn intern(&mut self, word: &str) -> Sym {
        let mut lower = String::new();
        normalize(word, &mut lower);
        let next = Sym(self.words.len() as u32 + 1);
        *self.words.entry(lower.into_boxed_str()).or_insert(next)
    }

    pub(super) fn add_entry(&mut self, entry: Entry) -> u32 {
        self.entries.push(entry);
        self.entries.len() as u32 - 1
    }

    pub(super) fn add_example(&mut self, example: Example) {
        self.examples.push(example);
    }

    /// Adds a written-out phrase to an entry.
    pub(super) fn add_phrase(&mut self, entry: u32, elements: &[Element]) {
        let mut edges = Vec::new();
        for element in elements {
            match element {
                Element::Word(text) => {
                    // A written word may be several tokens: "q&a", ">=".
                    let pieces: Vec<Range<usize>> = tokenize(text, &[], self)
                        .iter()
                        .map(|t| t.start as usize..t.end as usize)
                        .collect();
                    for piece in pieces {
                        edges.push(Edge::Word(self.intern(&text[piece])));
                    }
                }
                Element::Number => edges.push(Edge::Number),
                Element::Letter => edges.push(Edge::Letter),
                Element::AnyWord => edges.push(Edge::AnyWord),
            }
        }
        self.trie.insert(&edges, entry);
    }

    /// Forgets every phrase and example of a role: a pack that overrides it follows.
    pub(super) fn forget(&mut self, role: Role) {
        let gone: FxHashSet<u32> = (0..self.entries.len() as u32)
            .filter(|i| self.entries[*i as usize].role == role)
            .collect();
        self.trie.forget(&gone);
        self.examples.retain(|e| e.role != role);
    }

    /// Every phrase in a text: matches ordered by start, longest first, and the index of the first
    /// one at each token.
    pub(super) fn matches(&self, tokens: &[Token]) -> (Vec<Match>, Vec<u32>) {
        let mut matches = Vec::new();
        let mut at = Vec::with_capacity(tokens.len() + 1);
        for start in 0..tokens.len() {
            at.push(matches.len() as u32);
            let from = matches.len();
            self.trie.walk(tokens, start, &mut matches);
            matches[from..].sort_by_key(|m: &Match| (std::cmp::Reverse(m.end), m.entry));
        }
        at.push(matches.len() as u32);
        (matches, at)
    }
}

/// Lower case, with typographic apostrophes made plain.
fn normalize(word: &str, lower: &mut String) {
    lower.clear();
    if word.is_ascii() {
        lower.extend(word.bytes().map(|b| b.to_ascii_lowercase() as char));
    } else {
        let chars = word.chars().map(|c| if c == '’' { '\'' } else { c });
        lower.extend(chars.flat_map(char::to_lowercase));
    }
}

/// What leads from one node of the phrase trie to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    Word(Sym),
    Number,
    Letter,
    AnyWord,
}

#[derive(Default)]
struct Node {
    words: FxHashMap<Sym, u32>,
    number: Option<u32>,
    letter: Option<u32>,
    any: Option<u32>,
    entries: Vec<u32>,
}

/// All phrases of a language by their words.
struct Trie {
    nodes: Vec<Node>,
}

impl Default for Trie {
    fn default() -> Self {
        Trie {
            nodes: vec![Node::default()],
        }
    }
}

impl Trie {
    fn insert(&mut self, edges: &[Edge], entry: u32) {
        let mut node = 0;
        for edge in edges {
            let next = self.nodes.len() as u32;
            let slot = match edge {
                Edge::Word(sym) => self.nodes[node].words.entry(*sym).or_insert(next),
                Edge::Number => self.nodes[node].number.get_or_insert(next),
                Edge::Letter => self.nodes[node].letter.get_or_insert(next),
                Edge::AnyWord => self.nodes[node].any.get_or_insert(next),
            };
            let to = *slot as usize;
            if to == next as usize {
                self.nodes.push(Node::default());
            }
            node = to;
        }
        if node != 0 && !self.nodes[node].entries.contains(&entry) {
            self.nodes[node].entries.push(entry);
        }
    }

    fn forget(&mut self, gone: &FxHashSet<u32>) {
        for node in &mut self.nodes {
            node.entries.retain(|e| !gone.contains(e));
        }
    }

    /// Every phrase that begins at `start`.
    fn walk(&self, tokens: &[Token], start: usize, out: &mut Vec<Match>) {
        // Almost every token is no beginning of a phrase with a slot, so the common path is one
        // lookup per token; slots branch.
        let mut open = [0u32; 16];
        let mut count = 1;
        for (i, token) in tokens.iter().enumerate().skip(start) {
            let mut next = [0u32; 16];
            let mut n = 0;
            for node in &open[..count] {
                let node = &self.nodes[*node as usize];
                let known = (token.sym != Sym::UNKNOWN)
                    .then(|| node.words.get(&token.sym).copied())
                    .flatten();
                let number = node.number.filter(|_| token.kind == TokenKind::Number);
                let letter = node
                    .letter
                    .filter(|_| token.kind == TokenKind::Word && token.end - token.start == 1);
                let any = node.any.filter(|_| token.kind == TokenKind::Word);
                for to in [known, number, letter, any].into_iter().flatten() {
                    if n < next.len() {
                        next[n] = to;
                        n += 1;
                    }
                }
            }
            if n == 0 {
                return;
            }
            for node in &next[..n] {
                out.extend(
                    self.nodes[*node as usize]
                        .entries
                        .iter()
                        .map(|entry| Match {
                            start: start as u32,
                            end: i as u32 + 1,
                            entry: *entry,
                        }),
                );
            }
            (open, count) = (next, n);
        }
    }
}
