//! Phrases as a tree of words, laid out flat.

use serde::{Deserialize, Serialize};

use super::tokens::{Sym, Token, TokenKind};

/// What leads from one word of a phrase to the next: a word by its symbol, or a slot. A number,
/// because thousands of phrases are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge(u32);

impl Edge {
    pub(super) const NUMBER: Edge = Edge(u32::MAX - 2);
    pub(super) const LETTER: Edge = Edge(u32::MAX - 1);
    pub(super) const ANY_WORD: Edge = Edge(u32::MAX);

    pub(super) fn word(sym: Sym) -> Edge {
        Edge(sym.0)
    }
}

/// A phrase and the entry it belongs to.
pub(super) type Phrase = (Vec<Edge>, u32);

/// Every phrase of a language.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Phrases {
    /// Where a phrase that begins with a word goes on, by the word's symbol; 0 for nowhere.
    first: Vec<u32>,
    /// The root, then every other node.
    nodes: Vec<Node>,
    /// `(word, node)`, ascending within a node.
    edges: Vec<(Sym, u32)>,
    entries: Vec<u32>,
}

/// Ranges in the lists of [`Phrases`]; a slot that leads nowhere is 0, which is the root.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
struct Node {
    edges: (u32, u32),
    entries: (u32, u32),
    number: u32,
    letter: u32,
    any: u32,
}

impl Phrases {
    /// Lays out phrases; `words` is the number of symbols.
    pub(super) fn new(phrases: &[Phrase], words: usize) -> Self {
        let mut sorted: Vec<&Phrase> = phrases
            .iter()
            .filter(|(edges, _)| !edges.is_empty())
            .collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut tree = Phrases {
            first: vec![0; words + 1],
            ..Phrases::default()
        };
        tree.node(&sorted, 0);
        let root = tree.nodes[0];
        for (sym, to) in &tree.edges[root.edges.0 as usize..root.edges.1 as usize] {
            tree.first[sym.0 as usize] = *to;
        }
        tree
    }

    /// Lays out the node that these phrases share after `depth` words.
    fn node(&mut self, phrases: &[&Phrase], depth: usize) -> u32 {
        let no = self.nodes.len();
        self.nodes.push(Node::default());
        let ending = phrases
            .iter()
            .take_while(|(edges, _)| edges.len() == depth)
            .count();
        let entries = self.entries.len() as u32;
        self.entries
            .extend(phrases[..ending].iter().map(|(_, entry)| *entry));
        let mut node = Node {
            entries: (entries, self.entries.len() as u32),
            ..Node::default()
        };
        let mut words = Vec::new();
        for group in phrases[ending..].chunk_by(|a, b| a.0[depth] == b.0[depth]) {
            let to = self.node(group, depth + 1);
            match group[0].0[depth] {
                Edge::NUMBER => node.number = to,
                Edge::LETTER => node.letter = to,
                Edge::ANY_WORD => node.any = to,
                Edge(word) => words.push((Sym(word), to)),
            }
        }
        let edges = self.edges.len() as u32;
        self.edges.extend(words);
        node.edges = (edges, self.edges.len() as u32);
        self.nodes[no] = node;
        no as u32
    }

    /// The entries of phrases that are this one word.
    pub(super) fn whole(&self, sym: Sym) -> &[u32] {
        let node = self.first.get(sym.0 as usize).copied().unwrap_or(0);
        match self.nodes.get(node as usize).filter(|_| node != 0) {
            Some(node) => &self.entries[node.entries.0 as usize..node.entries.1 as usize],
            None => &[],
        }
    }

    /// Calls `take` with the entries of every phrase that begins at `start`, and one past its last
    /// token; with longer ones before those that they go on from.
    pub(super) fn at(&self, tokens: &[Token], start: usize, mut take: impl FnMut(u32, &[u32])) {
        let (Some(token), Some(root)) = (tokens.get(start), self.nodes.first()) else {
            return;
        };
        let word = self.first.get(token.sym.0 as usize).copied().unwrap_or(0);
        self.on(word, tokens, start + 1, &mut take);
        self.slots(root, tokens, start, &mut take);
    }

    /// [`Self::at`], for the phrases that lead over `node`, where the next token is at `at`.
    #[inline]
    fn on(&self, node: u32, tokens: &[Token], at: usize, take: &mut impl FnMut(u32, &[u32])) {
        if node != 0 {
            self.from(&self.nodes[node as usize], tokens, at, take);
        }
    }

    fn from(&self, node: &Node, tokens: &[Token], at: usize, take: &mut impl FnMut(u32, &[u32])) {
        if let Some(token) = tokens.get(at) {
            let (from, to) = node.edges;
            let edges = &self.edges[from as usize..to as usize];
            if let Ok(i) = edges.binary_search_by_key(&token.sym, |(sym, _)| *sym) {
                self.on(edges[i].1, tokens, at + 1, take);
            }
            self.slots(node, tokens, at, take);
        }
        let (from, to) = node.entries;
        if from < to {
            take(at as u32, &self.entries[from as usize..to as usize]);
        }
    }

    /// Goes on over the slots of a node that the token at `at` fits.
    #[inline]
    fn slots(&self, node: &Node, tokens: &[Token], at: usize, take: &mut impl FnMut(u32, &[u32])) {
        // Hardly any node has slots.
        if (node.number, node.any, node.letter) == (0, 0, 0) {
            return;
        }
        let token = tokens[at];
        match token.kind {
            TokenKind::Number => self.on(node.number, tokens, at + 1, take),
            TokenKind::Word => {
                self.on(node.any, tokens, at + 1, take);
                if token.end - token.start == 1 {
                    self.on(node.letter, tokens, at + 1, take);
                }
            }
            TokenKind::Code | TokenKind::Punct(_) => {}
        }
    }
}
