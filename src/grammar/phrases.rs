//! Phrases as a tree of words, laid out flat.

use std::collections::VecDeque;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::packed::{self, Packed};
use super::tokens::{Sym, Token, TokenKind};

/// What leads from one word of a phrase to the next: a word, or a slot. Slots come behind all words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge(u32);

impl Edge {
    pub(super) const NUMBER: Edge = Edge(u32::MAX - 2);
    pub(super) const LETTER: Edge = Edge(u32::MAX - 1);
    pub(super) const ANY_WORD: Edge = Edge(u32::MAX);

    pub(super) fn word(sym: Sym) -> Edge {
        Edge(sym.0)
    }

    fn is_slot(self) -> bool {
        self >= Edge::NUMBER
    }

    /// Does this token fill the slot?
    fn takes(self, token: Token) -> bool {
        match token.kind {
            TokenKind::Number => self == Edge::NUMBER,
            TokenKind::Word if token.end - token.start == 1 => self >= Edge::LETTER,
            TokenKind::Word => self == Edge::ANY_WORD,
            TokenKind::Code | TokenKind::Punct(_) => false,
        }
    }
}

impl Packed for Edge {
    const BYTES: usize = u32::BYTES;

    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        Edge(u32::read(bytes))
    }
}

/// A phrase and the entry it belongs to.
pub(super) type Phrase = (Vec<Edge>, u32);

/// Every phrase of a language: a trie in level order, so that what a node has is a range, and the
/// edge `e` leads to the node `e + 1`.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Phrases {
    /// Where a phrase that begins with a word goes on, by the word's symbol; 0 for nowhere.
    #[serde(with = "packed")]
    first: Vec<u32>,
    /// Where the edges of each node begin, and those of one more.
    #[serde(with = "packed")]
    edges_from: Vec<u32>,
    /// The same for the entries that end at each node.
    #[serde(with = "packed")]
    entries_from: Vec<u32>,
    /// Ascending within a node.
    #[serde(with = "packed")]
    edges: Vec<Edge>,
    #[serde(with = "packed")]
    entries: Vec<u32>,
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
        // The phrases that go through a node, with the depth of the node.
        let mut nodes = VecDeque::from([(&sorted[..], 0)]);
        while let Some((through, depth)) = nodes.pop_front() {
            tree.edges_from.push(tree.edges.len() as u32);
            tree.entries_from.push(tree.entries.len() as u32);
            let (ending, on) =
                through.split_at(through.partition_point(|(edges, _)| edges.len() == depth));
            tree.entries.extend(ending.iter().map(|(_, entry)| *entry));
            for group in on.chunk_by(|a, b| a.0[depth] == b.0[depth]) {
                tree.edges.push(group[0].0[depth]);
                nodes.push_back((group, depth + 1));
            }
        }
        tree.edges_from.push(tree.edges.len() as u32);
        tree.entries_from.push(tree.entries.len() as u32);
        let beginning = &tree.edges[range(&tree.edges_from, 0)];
        for (to, edge) in (1..).zip(beginning).filter(|(_, e)| !e.is_slot()) {
            tree.first[edge.0 as usize] = to;
        }
        tree
    }

    /// The entries of phrases that are this one word.
    pub(super) fn whole(&self, sym: Sym) -> &[u32] {
        match self.first.get(sym.0 as usize) {
            Some(node) if *node != 0 => self.entries_of(*node),
            _ => &[],
        }
    }

    fn entries_of(&self, node: u32) -> &[u32] {
        &self.entries[range(&self.entries_from, node)]
    }

    /// The edges of a node, and the node that the first one leads to.
    fn edges_of(&self, node: u32) -> (u32, &[Edge]) {
        let range = range(&self.edges_from, node);
        (range.start as u32 + 1, &self.edges[range])
    }

    /// Calls `take` with every phrase that begins at `start`: one past its last token, and its entry.
    pub(super) fn at(&self, tokens: &[Token], start: usize, mut take: impl FnMut(u32, u32)) {
        // Nearly every token begins no phrase: one lookup.
        let (mut open, mut next) = (Open::default(), Open::default());
        self.after_root(tokens[start], &mut open);
        let mut end = start + 1;
        while open.count > 0 {
            for node in open.nodes() {
                let entries = self.entries_of(*node).iter();
                entries.for_each(|entry| take(end as u32, *entry));
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
            let (to, edges) = self.edges_of(node);
            if let Ok(i) = edges.binary_search(&Edge::word(token.sym)) {
                open.push(to + i as u32);
            }
        }
        self.slots(node, token, open);
    }

    fn slots(&self, node: u32, token: Token, open: &mut Open) {
        let (to, edges) = self.edges_of(node);
        let slots = edges.iter().enumerate().rev();
        for (i, _) in slots
            .take_while(|(_, edge)| edge.is_slot())
            .filter(|(_, slot)| slot.takes(token))
        {
            open.push(to + i as u32);
        }
    }
}

/// What belongs to a node, by where it begins.
fn range(from: &[u32], node: u32) -> Range<usize> {
    let node = node as usize;
    from[node] as usize..from[node + 1] as usize
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
