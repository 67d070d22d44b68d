//! Phrases as a tree of words, laid out flat.

use serde::{Deserialize, Serialize};

use super::tokens::{Sym, Token, TokenKind};

/// What leads from one word of a phrase to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edge {
    Word(Sym),
    Number,
    Letter,
    AnyWord,
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

/// How many phrases can be open at a token.
const MAX_OPEN: usize = 16;

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
                Edge::Word(sym) => words.push((sym, to)),
                Edge::Number => node.number = to,
                Edge::Letter => node.letter = to,
                Edge::AnyWord => node.any = to,
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

    /// Calls `take` with every phrase that begins at `start`: one past its last token, and its entry.
    pub(super) fn at(&self, tokens: &[Token], start: usize, mut take: impl FnMut(u32, u32)) {
        // Nearly every token begins no phrase: one lookup.
        let (mut open, mut next) = (Open::default(), Open::default());
        self.after_root(tokens[start], &mut open);
        let mut end = start + 1;
        while open.count > 0 {
            for node in open.nodes() {
                let (from, to) = self.nodes[*node as usize].entries;
                let entries = &self.entries[from as usize..to as usize];
                entries.iter().for_each(|entry| take(end as u32, *entry));
            }
            let Some(token) = tokens.get(end) else { return };
            next.count = 0;
            for node in open.nodes() {
                self.after(*node, *token, &mut next);
            }
            std::mem::swap(&mut open, &mut next);
            end += 1;
        }
    }

    fn after_root(&self, token: Token, open: &mut Open) {
        let word = self.first.get(token.sym.0 as usize).copied().unwrap_or(0);
        open.push(word);
        self.slots(0, token, open);
    }

    fn after(&self, node: u32, token: Token, open: &mut Open) {
        if token.sym != Sym::UNKNOWN {
            let (from, to) = self.nodes[node as usize].edges;
            let edges = &self.edges[from as usize..to as usize];
            if let Ok(i) = edges.binary_search_by_key(&token.sym, |(sym, _)| *sym) {
                open.push(edges[i].1);
            }
        }
        self.slots(node, token, open);
    }

    fn slots(&self, node: u32, token: Token, open: &mut Open) {
        let Some(node) = self.nodes.get(node as usize) else {
            return;
        };
        match token.kind {
            TokenKind::Number => open.push(node.number),
            TokenKind::Word => {
                open.push(node.any);
                if token.end - token.start == 1 {
                    open.push(node.letter);
                }
            }
            TokenKind::Code | TokenKind::Punct(_) => {}
        }
    }
}

/// The phrases that are open at a token, by the node that each is at.
#[derive(Default)]
struct Open {
    nodes: [u32; MAX_OPEN],
    count: usize,
}

impl Open {
    fn nodes(&self) -> &[u32] {
        &self.nodes[..self.count]
    }

    fn push(&mut self, node: u32) {
        if node != 0 && self.count < MAX_OPEN {
            self.nodes[self.count] = node;
            self.count += 1;
        }
    }
}
