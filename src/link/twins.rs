//! Steps that say the same in several places: all point to the first of them.
//!
//! Steps of the same words are found by one number. Of the others MinHash (Broder, 1997) with
//! locality-sensitive hashing finds those that share most of their words, and the words, in the order of
//! [`Said::settled`], decide. Steps that differ in a number, a sign, a negation or code, or in how many
//! letters they have, are never compared: what they have in common is sketched under different seeds.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use txtfp::tokenize::TokenStream;
use txtfp::{
    CanonicalizerBuilder, CaseFold, Fingerprinter, LshIndex, MinHashFingerprinter, MinHashSig,
    Normalization, Tokenizer,
};
use xxhash_rust::xxh3::{Xxh3, xxh3_64_with_seed};

use crate::extract::{Extracted, Said};
use crate::model::{Linker, LinkerKind, Mention, Target, Unit, UnitNo, Via};

/// Hashes of a sketch: ten bands of three find seven in ten shared words in 98 of 100 cases.
const HASHES: usize = 30;
const BANDS: usize = 10;
/// A step that is like so many others is made from a template: it is compared with these, and none
/// is compared with it.
const CROWD: usize = 64;

/// Joins steps that say the same by `same` linkers, each to the first of them.
pub(super) fn join(units: &mut [Unit<Target>], originals: &[(UnitNo, UnitNo)]) {
    for (no, original) in originals {
        let span = units[no.index()].span;
        units[no.index()].linkers.push(Linker {
            kind: LinkerKind::Same,
            target: Target::Unit(*original),
            via: Via::Inferred,
            condition: None,
            decision: None,
            span,
        });
    }
}

/// The steps that say what an earlier one says, each with the first of them.
pub(super) fn originals(pages: &[Extracted], bases: &[u32]) -> Vec<(UnitNo, UnitNo)> {
    let mut first: FxHashMap<u128, UnitNo> = FxHashMap::default();
    let mut joined = Vec::new();
    let mut distinct = Vec::new();
    let steps = pages.iter().zip(bases).flat_map(|(page, base)| {
        let units = (*base..).map(UnitNo).zip(&page.units);
        units.zip(&page.said)
    });
    for ((this, unit), said) in steps {
        let Some(said) = said else { continue };
        let labels = seed(unit, 0);
        let print = said.fingerprint() ^ u128::from(labels);
        let original = *first.entry(print).or_insert(this);
        if original == this {
            let letters = (said.letters() as u64).to_le_bytes();
            let seed = xxh3_64_with_seed(&letters, labels ^ said.fixed());
            distinct.push((this, said, seed));
        } else {
            joined.push((this, original));
        }
    }
    let near = near(&distinct);
    for (_, original) in &mut joined {
        *original = near.get(original).copied().unwrap_or(*original);
    }
    joined.extend(near);
    joined.sort_unstable();
    joined
}

/// A number that differs where the labels of two units do: a linker would tell a caller of a text that
/// is not for it.
fn seed(unit: &Unit<Mention>, start: u64) -> u64 {
    let mut hash = Xxh3::with_seed(start);
    for label in &unit.labels {
        hash.update(label.as_bytes());
        hash.update(&[0]);
    }
    hash.digest()
}

/// The steps of other words that say what an earlier one says.
fn near(distinct: &[(UnitNo, &Said, u64)]) -> FxHashMap<UnitNo, UnitNo> {
    let mut near = FxHashMap::default();
    let Ok(mut index) = LshIndex::<HASHES>::with_bands_rows(BANDS, HASHES / BANDS) else {
        return near;
    };
    let mut alike: FxHashMap<u64, u32> = FxHashMap::default();
    for (.., seed) in distinct {
        *alike.entry(*seed).or_default() += 1;
    }
    // What has a seed of its own is like no other: that is most steps.
    let sketched: Vec<Option<Sketched>> = distinct
        .par_iter()
        .map(|(_, said, seed)| match alike.get(seed) {
            None | Some(1) => None,
            Some(_) => Sketched::of(said, *seed),
        })
        .collect();
    for (i, sketched_step) in sketched.iter().enumerate() {
        let Some(this) = sketched_step else { continue };
        let candidates = index.query(&this.sketch);
        let original = candidates.iter().take(CROWD).find(|c| {
            let other = sketched.get(**c as usize).and_then(Option::as_ref);
            other.is_some_and(|other| other.seed == this.seed && other.words == this.words)
        });
        if let Some(original) = original {
            near.insert(distinct[i].0, distinct[*original as usize].0);
        } else if candidates.len() < CROWD {
            index.insert(i as u64, this.sketch);
        }
    }
    near
}

/// A step that is compared with others.
struct Sketched {
    sketch: MinHashSig<HASHES>,
    /// What decides.
    words: String,
    seed: u64,
}

impl Sketched {
    fn of(said: &Said, seed: u64) -> Option<Self> {
        let as_it_is = CanonicalizerBuilder {
            normalization: Normalization::None,
            case_fold: CaseFold::None,
            strip_bidi: false,
            strip_format: false,
            ..CanonicalizerBuilder::default()
        };
        let sketch = MinHashFingerprinter::new(as_it_is.build(), Words)
            .with_seed(seed)
            .fingerprint(said.text());
        Some(Sketched {
            sketch: sketch.ok()?,
            words: said.settled(),
            seed,
        })
    }
}

/// The words as they were read.
struct Words;

impl Tokenizer for Words {
    fn tokens<'a>(&'a self, input: &'a str) -> TokenStream<'a> {
        TokenStream::Borrowed(Box::new(Said::words_of(input)))
    }

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed("words")
    }

    fn for_each_token(&self, input: &str, f: &mut dyn FnMut(&str)) {
        Said::words_of(input).for_each(f);
    }
}
