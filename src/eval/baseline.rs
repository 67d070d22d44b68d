//! Plain BM25 over the same texts, to see what reading intents is worth.

use std::borrow::Cow;

use crate::embed::Quantized;
use crate::grammar::{Grammar, Lexicon};
use crate::index::{
    Analyzer, BadIndex, Field, Fields, Index, Prepared, Query, View, Weights, build,
};
use crate::model::{FileId, Library, UnitNo, Unreadable};

/// The words of a chunk.
const CHUNK: usize = 200;
/// How many pieces are looked at for a question.
const DEEP: usize = 100;

/// How pages are cut for a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pieces {
    /// Not at all.
    Pages,
    /// Every 200 words.
    Chunks,
}

impl Pieces {
    /// How it is called.
    pub fn name(self) -> &'static str {
        match self {
            Pieces::Pages => "BM25 over pages",
            Pieces::Chunks => "BM25 over 200-word chunks",
        }
    }
}

/// Texts with the page each is of, searched by BM25 (Robertson and Zaragoza, 2009) as one field.
pub struct Baseline {
    pages: Vec<String>,
    index: Vec<u8>,
}

/// A text and its page.
struct Piece<'g> {
    page: String,
    text: String,
    lexicon: &'g Lexicon,
}

impl Baseline {
    /// From the units that the caller may see.
    ///
    /// # Errors
    /// A unit cannot be read.
    pub fn of(
        library: &dyn Library,
        grammar: &Grammar,
        pieces: Pieces,
    ) -> Result<Self, Unreadable> {
        let mut found = pages(library, grammar)?;
        if pieces == Pieces::Chunks {
            found = found.iter().flat_map(chunks).collect();
        }
        let index = build(found.len() as u32, |no| {
            let piece = &found[no.index()];
            Fields {
                lexicon: piece.lexicon,
                texts: vec![(Field::Body, Cow::Borrowed(piece.text.as_str()))],
            }
        });
        let pages = found.into_iter().map(|piece| piece.page).collect();
        Ok(Baseline { pages, index })
    }

    /// The pages that fit a question, best first.
    ///
    /// # Errors
    /// None in practice: the index was built here.
    pub fn ask(&self, question: &str, lexicon: &Lexicon) -> Result<Vec<&str>, BadIndex> {
        let index = Index::open(&self.index)?;
        let view = View::all(&index);
        let mut query = Query::new();
        for term in Analyzer::new(lexicon).terms(question) {
            query.add(term.text, 1.0);
        }
        let weights = Weights::default();
        let hits = Prepared::new(&index, &query, &weights, &view).search(DEEP);
        Ok(distinct(
            hits.iter().map(|hit| self.pages[hit.unit.index()].as_str()),
        ))
    }
}

/// Chunks searched by the vectors of a model, as most retrieval does it.
pub struct ChunkVectors {
    pages: Vec<String>,
    vectors: Vec<Quantized>,
}

impl ChunkVectors {
    /// From the units that the caller may see; `embed` gives texts their vectors.
    ///
    /// # Errors
    /// A unit cannot be read, or the model fails.
    pub fn of<E: From<Unreadable>>(
        library: &dyn Library,
        grammar: &Grammar,
        embed: impl FnOnce(&[&str]) -> Result<Vec<Quantized>, E>,
    ) -> Result<Self, E> {
        let pages = pages(library, grammar)?;
        let chunks: Vec<Piece<'_>> = pages.iter().flat_map(chunks).collect();
        let texts: Vec<&str> = chunks.iter().map(|chunk| chunk.text.as_str()).collect();
        Ok(ChunkVectors {
            vectors: embed(&texts)?,
            pages: chunks.into_iter().map(|chunk| chunk.page).collect(),
        })
    }

    /// The pages whose chunks are nearest to a question, the nearest first.
    pub fn ask(&self, question: &Quantized) -> Vec<&str> {
        let near = self.vectors.iter().map(|v| v.cosine(question));
        let mut near: Vec<(f64, &str)> = near.zip(self.pages.iter().map(String::as_str)).collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        distinct(near.into_iter().take(DEEP).map(|(_, page)| page))
    }
}

/// Each page once, in the order in which they come first.
fn distinct<'p>(all: impl Iterator<Item = &'p str>) -> Vec<&'p str> {
    let mut pages: Vec<&str> = Vec::new();
    for page in all {
        if !pages.contains(&page) {
            pages.push(page);
        }
    }
    pages
}

/// Every page as one text.
fn pages<'g>(library: &dyn Library, grammar: &'g Grammar) -> Result<Vec<Piece<'g>>, Unreadable> {
    let mut pages: Vec<(FileId, Piece<'g>)> = Vec::new();
    for no in (0..library.len()).map(UnitNo) {
        if !library.sees(no) {
            continue;
        }
        let unit = library.unit(no)?;
        if pages.last().is_none_or(|(page, _)| *page != unit.page) {
            let english = || grammar.detect("");
            let piece = Piece {
                page: library.file(unit.page)?.path.clone(),
                text: String::new(),
                lexicon: grammar.language(&unit.language).unwrap_or_else(english),
            };
            pages.push((unit.page, piece));
        }
        if let Some((_, piece)) = pages.last_mut() {
            piece
                .text
                .extend([unit.header.as_str(), "\n", &unit.body, "\n"]);
        }
    }
    Ok(pages.into_iter().map(|(_, piece)| piece).collect())
}

fn chunks<'g>(page: &Piece<'g>) -> Vec<Piece<'g>> {
    let words: Vec<&str> = page.text.split_whitespace().collect();
    let piece = |words: &[&str]| Piece {
        page: page.page.clone(),
        text: words.join(" "),
        lexicon: page.lexicon,
    };
    words.chunks(CHUNK).map(piece).collect()
}
