//! Building an index from the texts of units.
//!
//! Threads read units as they get to them, each counting terms under its own numbers; then the
//! terms are sorted, which gives the numbers of the index, and each list is put together from what
//! every thread has for it. So the bytes do not depend on how many threads there were, or on which
//! of them read what.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;

use super::dictionary;
use super::encode::Encoder;
use super::field::{FIELDS, Field};
use super::layout::{self, Part};
use super::merge::Merged;
use super::section::OFFSET;
use super::tally::{Counts, Lengths, Tally};
use super::totals;
use super::vocabulary::{LocalTerm, Vocabulary};
use crate::grammar::Lexicon;
use crate::model::UnitNo;

/// How many units a thread takes at a time.
const UNITS_AT_ONCE: u32 = 64;

/// How many lists a thread writes at a time.
const LISTS_AT_ONCE: usize = 256;

/// What is indexed of a unit.
pub struct Fields<'a> {
    /// The language of its texts.
    pub lexicon: &'a Lexicon,
    /// Its texts. A field may have several, or none.
    pub texts: Vec<(Field, Cow<'a, str>)>,
}

/// Builds the index of units `0..units`, as bytes that [`super::Index::open`] reads.
///
/// `fields` gives the texts of a unit; it is called once for each, on any thread. Same texts, same
/// bytes, whatever the number of threads.
pub fn build<'a>(units: u32, fields: impl Fn(UnitNo) -> Fields<'a> + Sync) -> Vec<u8> {
    let workers = count(units, &fields);
    let lengths = lengths(units, &workers);
    let merged = Merged::new(&workers);
    let (dictionary, (offsets, lists)) = rayon::join(
        || dictionary::write(merged.terms()),
        || lists(&merged, &lengths),
    );
    let lists = lists.iter().map(Vec::as_slice).collect();
    let columns = columns(&lengths);
    let totals = totals::write(&totals::of(&lengths));
    let parts = [
        (Part::Totals, vec![totals.as_slice()]),
        (Part::Dictionary, vec![&dictionary]),
        (Part::Offsets, vec![&offsets]),
        (Part::Lengths, vec![&columns]),
        (Part::Lists, lists),
    ];
    layout::write(units, &parts)
}

/// What one thread found.
pub(super) struct Worker {
    /// Its terms, in no order.
    pub(super) terms: Vec<(Box<str>, LocalTerm)>,
    pub(super) counts: Counts,
    /// The lengths of units, from each first one on.
    lengths: Vec<(UnitNo, Vec<Lengths>)>,
}

fn count<'a>(units: u32, fields: &(impl Fn(UnitNo) -> Fields<'a> + Sync)) -> Vec<Worker> {
    let next = AtomicU32::new(0);
    let take = || {
        let chunk = next.fetch_add(1, Ordering::Relaxed);
        let start = chunk.checked_mul(UNITS_AT_ONCE).filter(|s| *s < units)?;
        Some(start..units.min(start.saturating_add(UNITS_AT_ONCE)))
    };
    let threads = rayon::current_num_threads();
    let work = |_| {
        let mut vocabulary = Vocabulary::default();
        let mut tally = Tally::for_units(units as usize / threads);
        let mut lengths = Vec::new();
        while let Some(chunk) = take() {
            let start = UnitNo(chunk.start);
            let read = |unit| {
                read(
                    UnitNo(unit),
                    fields(UnitNo(unit)),
                    &mut vocabulary,
                    &mut tally,
                )
            };
            lengths.push((start, chunk.map(read).collect()));
        }
        (vocabulary.into_terms().collect(), tally, lengths)
    };
    let worked: Vec<_> = (0..threads).into_par_iter().map(work).collect();
    // Some have counted more than others, and get as many more threads to put it in order.
    let all: usize = worked.iter().map(|(_, tally, _)| tally.len()).sum();
    let worker = |(terms, tally, lengths): (_, Tally, _)| {
        let share = (tally.len() * threads).div_ceil(all.max(1));
        Worker {
            terms,
            counts: tally.by_term(share),
            lengths,
        }
    };
    worked.into_par_iter().map(worker).collect()
}

/// Counts the terms of a unit and gives the lengths of its fields.
fn read<'a>(
    unit: UnitNo,
    mut fields: Fields<'a>,
    vocabulary: &mut Vocabulary<'a>,
    tally: &mut Tally,
) -> Lengths {
    let mut lengths = [0u32; FIELDS];
    // Then the counts of a term are made in the order in which they are written.
    fields.texts.sort_by_key(|(field, _)| *field);
    for (field, text) in &fields.texts {
        tally.begin();
        let length = &mut lengths[field.index()];
        let take = |term| {
            tally.add(term, unit, *field);
            *length += 1;
        };
        match field {
            Field::Header | Field::Path | Field::Parts => {
                vocabulary.read_title(fields.lexicon, text, take)
            }
            _ => vocabulary.read(fields.lexicon, text, take),
        }
    }
    lengths.map(|n| n.min(u32::from(u16::MAX)) as u16)
}

fn lengths(units: u32, workers: &[Worker]) -> Vec<Lengths> {
    let mut all = vec![Lengths::default(); units as usize];
    for (start, some) in workers.iter().flat_map(|w| &w.lengths) {
        let end = start.index() + some.len();
        all[start.index()..end].copy_from_slice(some);
    }
    all
}

/// The lengths of one field after the other.
fn columns(lengths: &[Lengths]) -> Vec<u8> {
    let mut columns = Vec::with_capacity(lengths.len() * FIELDS * 2);
    for field in 0..FIELDS {
        lengths
            .iter()
            .for_each(|l| columns.extend_from_slice(&l[field].to_le_bytes()));
    }
    columns
}

/// The offsets of all lists, and their bytes in pieces.
fn lists(merged: &Merged<'_>, lengths: &[Lengths]) -> (Vec<u8>, Vec<Vec<u8>>) {
    let chunks = merged.len().div_ceil(LISTS_AT_ONCE);
    let written: Vec<(Vec<usize>, Vec<u8>)> = (0..chunks)
        .into_par_iter()
        .with_max_len(1)
        .map(|chunk| {
            let mut encoder = Encoder::new(lengths);
            let (mut starts, mut bytes) = (Vec::new(), Vec::new());
            let first = chunk * LISTS_AT_ONCE;
            for term in first..merged.len().min(first + LISTS_AT_ONCE) {
                starts.push(bytes.len());
                encoder.list(&merged.counts(term), &mut bytes);
            }
            (starts, bytes)
        })
        .collect();
    let mut offsets = Vec::with_capacity(merged.len() * OFFSET);
    let mut base = 0;
    for (starts, bytes) in &written {
        for start in starts {
            offsets.extend_from_slice(&((base + start) as u64).to_le_bytes()[..OFFSET]);
        }
        base += bytes.len();
    }
    (
        offsets,
        written.into_iter().map(|(_, bytes)| bytes).collect(),
    )
}
