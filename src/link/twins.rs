//! Steps that say the same in several places: all point to the first of them.
//!
//! Steps of the same words are found by one number. Of the others MinHash (Broder, 1997) with
//! locality-sensitive hashing finds those that share most of their words, and
//! the words, in the order of [`Said::settled`], decide. Steps that differ in a number, a sign, a negation, code or in how many
//! letters they have are never compared: what they have in common is sketched under different seeds.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use txtfp::tokenize::TokenStream;
use txtfp::{
    CanonicalizerBuilder, CaseFold, Fingerprinter, LshIndex, MinHashFingerprinter, MinHashSig,
    Normalization, Tokenizer,
};
use xxhash_rust::xxh3::{Xxh3, xxh3_64_with_seed};

use crate::extract::Said;
use crate::model::{Linker, LinkerKind, Target, Unit, UnitNo, Via};

/// Hashes of a sketch: ten bands of three find seven in ten shared words in 98 of 100 cases.
const HASHES: usize = 30;
const BANDS: usize = 10;
/// A step that is like so many others is made from a template: it is compared with these, and none
/// is compared with it.
const CROWD: usize = 64;

/// Joins steps that say the same by `same` linkers, each to the first.
pub(super) fn join(units: &mut [Unit<Target>], said: &[Option<Said>]) {
    for (no, original) in originals(units, said) {
        let span = units[no.index()].span;
        units[no.index()].linkers.push(Linker {
            kind: LinkerKind::Same,
            target: Target::Unit(original),
            via: Via::Inferred,
            condition: None,
            decision: None,
            span,
        });
    }
}

/// The steps that say what an earlier one says, each with the first of them.
fn originals(units: &[Unit<Target>], said: &[Option<Said>]) -> Vec<(UnitNo, UnitNo)> {
    let mut first: FxHashMap<u128, UnitNo> = FxHashMap::default();
    let mut joined = Vec::new();
    let mut distinct = Vec::new();
    for (no, (unit, said)) in units.iter().zip(said).enumerate() {
        let Some(said) = said else { continue };
        let this = UnitNo(no as u32);
        let labels = seed(unit, 0);
        let print = said.fingerprint() ^ u128::from(labels);
        let original = *first.entry(print).or_insert(this);
        if original == this {
            distinct.push((this, said, labels));
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
fn seed(unit: &Unit<Target>, start: u64) -> u64 {
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
    let steps: Vec<Step<'_>> = distinct
        .par_iter()
        .map(|(no, said, labels)| Step::new(*no, said, *labels))
        .collect();
    let mut alike: FxHashMap<u64, u32> = FxHashMap::default();
    for step in &steps {
        *alike.entry(step.seed).or_default() += 1;
    }
    // No other step can say what a step says whose seed is its own: that is most of them.
    let sketches: Vec<Option<MinHashSig<HASHES>>> = steps
        .par_iter()
        .map(|step| (alike[&step.seed] > 1).then(|| step.sketch()).flatten())
        .collect();
    for (i, sketch) in sketches.into_iter().enumerate() {
        let Some(sketch) = sketch else { continue };
        let this = &steps[i];
        let candidates = index.query(&sketch);
        let crowd = candidates.iter().take(CROWD);
        let original = crowd
            .map(|c| &steps[*c as usize])
            .find(|other| other.seed == this.seed && other.words == this.words);
        if let Some(original) = original {
            near.insert(this.no, original.no);
        } else if candidates.len() < CROWD {
            index.insert(i as u64, sketch);
        }
    }
    near
}

/// A step that is compared with others.
struct Step<'a> {
    no: UnitNo,
    said: &'a Said,
    /// What decides.
    words: String,
    /// A number that differs where two steps cannot say the same.
    seed: u64,
}

impl<'a> Step<'a> {
    fn new(no: UnitNo, said: &'a Said, labels: u64) -> Self {
        let words = said.settled();
        let letters = (words.len() as u64).to_le_bytes();
        Step {
            no,
            said,
            seed: xxh3_64_with_seed(&letters, labels ^ said.fixed()),
            words,
        }
    }

    /// Its words, sketched.
    fn sketch(&self) -> Option<MinHashSig<HASHES>> {
        let as_it_is = CanonicalizerBuilder {
            normalization: Normalization::None,
            case_fold: CaseFold::None,
            strip_bidi: false,
            strip_format: false,
            ..CanonicalizerBuilder::default()
        };
        let sketch = MinHashFingerprinter::new(as_it_is.build(), Words)
            .with_seed(self.seed)
            .fingerprint(self.said.text());
        sketch.ok()
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
