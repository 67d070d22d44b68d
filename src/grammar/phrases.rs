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

impl Phrases {
    /// Lays out phrases; `words` is the number of symbols.
    pub(super) fn new<'p>(phrases: impl IntoIterator<Item = &'p Phrase>, words: usize) -> Self {
        let mut sorted: Vec<&Phrase> = phrases
            .into_iter()
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

    /// Calls `take` with the entries of every phrase that begins at `start`, and one past its last
    /// token; with longer ones before those that they go on from.
    pub(super) fn at(&self, tokens: &[Token], start: usize, mut take: impl FnMut(u32, &[u32])) {
        let Some(token) = tokens.get(start).filter(|_| !self.edges.is_empty()) else {
            return;
        };
        // Many a token begins no phrase: one lookup.
        match self.first.get(token.sym.0 as usize) {
            None | Some(0) => {}
            Some(node) => self.from(*node, tokens, start + 1, &mut take),
        }
        if self.begins_with_slot() {
            self.slots(0, tokens, start, &mut take);
        }
    }

    /// Does any phrase?
    #[inline]
    fn begins_with_slot(&self) -> bool {
        let beginning = self.edges_from[1] as usize;
        self.edges[..beginning].last().is_some_and(|e| e.is_slot())
    }

    /// [`Self::at`], for the phrases that lead over `node`, where the next token is at `at`.
    fn from(&self, node: u32, tokens: &[Token], at: usize, take: &mut impl FnMut(u32, &[u32])) {
        let (to, edges) = self.edges_of(node);
        if let (Some(token), Some(last)) = (tokens.get(at), edges.last()) {
            // Most words that follow are ones that no phrase has.
            if token.sym != Sym::UNKNOWN
                && let Ok(i) = edges.binary_search(&Edge::word(token.sym))
            {
                self.from(to + i as u32, tokens, at + 1, take);
            }
            if last.is_slot() {
                self.slots(node, tokens, at, take);
            }
        }
        let entries = self.entries_of(node);
        if !entries.is_empty() {
            take(at as u32, entries);
        }
    }

    /// Goes on over the slots of a node that the token at `at` fills.
    fn slots(&self, node: u32, tokens: &[Token], at: usize, take: &mut impl FnMut(u32, &[u32])) {
        let (to, edges) = self.edges_of(node);
        let slots = edges.iter().enumerate().rev();
        for (i, slot) in slots.take_while(|(_, edge)| edge.is_slot()) {
            if slot.takes(tokens[at]) {
                self.from(to + i as u32, tokens, at + 1, take);
            }
        }
    }
}

/// What belongs to a node, by where it begins.
fn range(from: &[u32], node: u32) -> Range<usize> {
    let node = node as usize;
    from[node] as usize..from[node + 1] as usize
}
