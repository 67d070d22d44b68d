//! The vectors of a set, as a store keeps them.
//!
//! ```text
//! 0   units u32 | dimension u32 | texts u32 | bytes of the maker u32
//! 16  the text of each unit, u32; none is u32::MAX
//! …   the xxh3 of each text, u64, by which its vector is found again
//! …   the scale of each text, f32
//! …   the integers of each text, i8
//! …   the maker, in postcard
//! ```
//!
//! Numbers are little-endian. Units with the same header share a vector.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::quantized::{Quantized, cosine};
use crate::model::{Target, Unit, UnitNo};

const HEAD: usize = 16;
const NONE: u32 = u32::MAX;

/// Vectors that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the vectors of the headers are damaged")]
pub struct BadVectors;

/// The model that made vectors, and how to know it again.
#[derive(Clone, Debug, PartialEq)]
pub struct Maker {
    /// The model, as it was named.
    pub model: String,
    /// Its vector of a text that is always the same.
    pub(super) probe: Quantized,
}

#[derive(Serialize, Deserialize)]
struct StoredMaker {
    model: String,
    scale: f32,
    integers: Vec<i8>,
}

/// Vectors that a model made before.
#[derive(Clone, Debug, Default)]
pub struct Known(FxHashMap<u64, Quantized>);

impl Known {
    /// The vector of a text, where it has been made.
    pub fn get(&self, text: &str) -> Option<&Quantized> {
        self.0.get(&xxh3_64(text.as_bytes()))
    }
}

/// The headers that get a vector, each once, and which of them each unit has.
pub fn texts(units: &[Unit<Target>]) -> (Vec<&str>, Vec<Option<u32>>) {
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut texts = Vec::new();
    let mut number = |header| {
        *numbers.entry(header).or_insert_with(|| {
            texts.push(header);
            texts.len() as u32 - 1
        })
    };
    let of = units
        .iter()
        .map(|unit| {
            let header = unit.header.as_str();
            (!unit.id.is_nested() && !header.is_empty()).then(|| number(header))
        })
        .collect();
    (texts, of)
}

/// Writes the vectors of texts, and which of them each unit has.
pub fn write(
    maker: &Maker,
    texts: &[&str],
    vectors: &[Quantized],
    units: &[Option<u32>],
) -> Vec<u8> {
    let dimension = maker.probe.dimension();
    let stored = StoredMaker {
        model: maker.model.clone(),
        scale: maker.probe.scale,
        integers: maker.probe.integers.clone(),
    };
    let maker = postcard::to_stdvec(&stored).unwrap_or_default();
    let mut out = Vec::with_capacity(HEAD + units.len() * 4 + vectors.len() * (dimension + 4));
    for number in [units.len(), dimension, vectors.len(), maker.len()] {
        out.extend((number as u32).to_le_bytes());
    }
    for text in units {
        out.extend(text.unwrap_or(NONE).to_le_bytes());
    }
    for text in texts {
        out.extend(xxh3_64(text.as_bytes()).to_le_bytes());
    }
    for vector in vectors {
        out.extend(vector.scale.to_le_bytes());
    }
    for vector in vectors {
        out.extend(vector.integers.iter().map(|i| *i as u8));
    }
    out.extend(maker);
    out
}

/// The vectors of a set, read in place.
#[derive(Clone, Debug)]
pub struct Vectors<'a> {
    units: &'a [u8],
    hashes: &'a [u8],
    scales: &'a [u8],
    integers: &'a [u8],
    dimension: usize,
    maker: Maker,
}

impl<'a> Vectors<'a> {
    /// Reads vectors.
    ///
    /// # Errors
    /// Bytes that are none.
    pub fn open(bytes: &'a [u8]) -> Result<Self, BadVectors> {
        let number = |at: usize| {
            let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
            Some(u32::from_le_bytes(bytes) as usize)
        };
        let read = || {
            let (units, dimension, texts) = (number(0)?, number(4)?, number(8)?);
            let mut rest = bytes.get(HEAD..)?;
            let mut take = |length: usize| {
                let (part, after) = rest.split_at_checked(length)?;
                rest = after;
                Some(part)
            };
            let units = take(units.checked_mul(4)?)?;
            let hashes = take(texts.checked_mul(8)?)?;
            let scales = take(texts.checked_mul(4)?)?;
            let integers = take(texts.checked_mul(dimension)?)?;
            let maker: StoredMaker = postcard::from_bytes(take(number(12)?)?).ok()?;
            Some(Vectors {
                units,
                hashes,
                scales,
                integers,
                dimension,
                maker: Maker {
                    model: maker.model,
                    probe: Quantized {
                        scale: maker.scale,
                        integers: maker.integers,
                    },
                },
            })
        };
        read()
            .filter(|v| v.maker.probe.dimension() == v.dimension)
            .ok_or(BadVectors)
    }

    /// What made them.
    pub fn maker(&self) -> &Maker {
        &self.maker
    }

    /// The vectors by the hashes of their texts.
    pub(super) fn known(&self) -> Known {
        let integers = self.integers.chunks_exact(self.dimension.max(1));
        let scales = self.scales.chunks_exact(4);
        let hashes = self.hashes.chunks_exact(8);
        let vectors = hashes.zip(scales).zip(integers);
        let vectors = vectors.filter_map(|((hash, scale), integers)| {
            let vector = Quantized {
                scale: f32::from_le_bytes(scale.try_into().ok()?),
                integers: integers.iter().map(|b| *b as i8).collect(),
            };
            Some((u64::from_le_bytes(hash.try_into().ok()?), vector))
        });
        Known(vectors.collect())
    }

    /// How near each text is to a question: the cosine of the angle between their vectors.
    pub fn nearness(&self, question: &Quantized) -> Vec<f32> {
        let scales = self.scales.chunks_exact(4);
        let integers = self.integers.chunks_exact(self.dimension.max(1));
        scales
            .zip(integers)
            .map(|(scale, integers)| {
                let scale = scale.try_into().map_or(0.0, f32::from_le_bytes);
                cosine(scale, integers.iter().map(|b| *b as i8), question) as f32
            })
            .collect()
    }

    /// Which of the texts is the header of a unit.
    pub fn text(&self, unit: UnitNo) -> Option<usize> {
        let at = unit.index() * 4;
        let bytes = self.units.get(at..at + 4)?.try_into().ok()?;
        let number = u32::from_le_bytes(bytes);
        (number != NONE).then_some(number as usize)
    }

    /// How many units there are, with a vector or without.
    pub fn units(&self) -> u32 {
        (self.units.len() / 4) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn maker() -> Maker {
        Maker {
            model: "m".to_owned(),
            probe: Quantized::of(&[1.0, 0.0]),
        }
    }

    #[test]
    fn vectors_survive_the_trip() {
        let vectors = [Quantized::of(&[1.0, 1.0]), Quantized::of(&[0.0, -1.0])];
        let bytes = write(&maker(), &["a", "b"], &vectors, &[Some(1), None, Some(0)]);
        let read = Vectors::open(&bytes).expect("they were just written");
        assert_eq!(read.maker(), &maker());
        assert_eq!(
            [0, 1, 2, 3].map(|n| read.text(UnitNo(n))),
            [Some(1), None, Some(0), None]
        );
        assert_eq!(read.known().get("b"), Some(&vectors[1]));
        assert_eq!(read.known().get("c"), None);
        let near = read.nearness(&Quantized::of(&[0.0, 1.0]));
        assert!(
            (near[0] - 0.707).abs() < 0.01 && (near[1] + 1.0).abs() < 0.01,
            "{near:?}"
        );
    }

    #[test]
    fn damaged_vectors_are_refused() {
        let bytes = write(&maker(), &["a"], &[Quantized::of(&[1.0, 0.0])], &[Some(0)]);
        for end in 0..bytes.len() {
            assert_eq!(
                Vectors::open(&bytes[..end]).err(),
                Some(BadVectors),
                "{end}"
            );
        }
        assert_eq!(Vectors::open(&[0xff; 64]).err(), Some(BadVectors));
    }
}
