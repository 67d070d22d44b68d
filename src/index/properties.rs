//! What must hold for every set of units, every weighting and every view.

use std::borrow::Cow;
use std::sync::OnceLock;

use proptest::prelude::*;

use super::*;
use crate::grammar::{Grammar, Lexicon};
use crate::model::UnitNo;

static PACKS: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/grammar");

/// The built-in English pack.
pub(super) fn english() -> &'static Lexicon {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    let grammar = GRAMMAR.get_or_init(|| Grammar::load(&PACKS).expect("built-in packs"));
    grammar.language("en").expect("English")
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    /// Small numbers are much more likely.
    fn skewed(&mut self, sides: usize) -> usize {
        let below = self.roll(sides) + 1;
        self.roll(below)
    }
}

type Texts = Vec<(Field, String)>;

/// Units whose words are drawn from a small vocabulary.
fn corpus(seed: u64, units: usize, words: usize) -> Vec<Texts> {
    let mut dice = Dice(seed);
    (0..units).map(|_| unit(&mut dice, words)).collect()
}

fn unit(dice: &mut Dice, words: usize) -> Texts {
    let fields = dice.roll(4);
    let texts = (0..fields).map(|_| {
        let field = Field::ALL[FIELDS - 1 - dice.skewed(FIELDS)];
        let text: Vec<String> = (0..dice.skewed(12))
            .map(|_| word(dice.skewed(words)))
            .collect();
        (field, text.join(" "))
    });
    texts.collect()
}

fn word(n: usize) -> String {
    format!("w{n}x")
}

fn index_of(units: &[Texts]) -> Vec<u8> {
    // A pack is read by several threads, too: one that builds an index must not wait for it.
    let lexicon = english();
    build(units.len() as u32, |unit| Fields {
        lexicon,
        texts: units[unit.index()]
            .iter()
            .map(|(f, t)| (*f, Cow::from(t.as_str())))
            .collect(),
    })
}

fn weights() -> impl Strategy<Value = Weights> {
    let weight = prop_oneof![Just(0.0f32), 0.0..8.0f32];
    let b = prop_oneof![Just(0.0f32), Just(1.0f32), 0.0..1.0f32];
    let field = (weight, b).prop_map(|(weight, b)| FieldWeight { weight, b });
    let k1 = prop_oneof![Just(0.0f32), 0.1..3.0f32];
    (k1, prop::array::uniform9(field)).prop_map(|(k1, fields)| Weights { k1, fields })
}

fn query() -> impl Strategy<Value = Query> {
    let term = (0usize..60, prop_oneof![Just(1.0f32), 0.0..3.0f32]);
    prop::collection::vec(term.prop_map(|(n, w)| (word(n), w)), 0..14)
        .prop_map(|terms| terms.into_iter().collect())
}

/// Every n-th unit; all of them for 1.
fn view(index: &Index<'_>, nth: u32) -> View {
    match nth {
        1 => View::all(index),
        _ => View::of(index, |unit| unit.0.wrapping_mul(2_654_435_761) % nth == 0),
    }
}

/// Scores every unit and sorts.
fn exhaustive(prepared: &Prepared<'_>, units: u32, k: usize) -> Vec<Hit> {
    let scored = (0..units).map(|unit| Hit {
        unit: UnitNo(unit),
        score: prepared.scores(&[UnitNo(unit)])[0],
    });
    let mut hits: Vec<Hit> = scored.filter(|hit| hit.score > 0.0).collect();
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.unit.cmp(&b.unit)));
    hits.truncate(k);
    hits
}

/// BM25F as the paper has it, from nothing but the texts.
fn by_the_book(units: &[Texts], unit: usize, query: &Query, weights: &Weights) -> f64 {
    let count = |texts: &Texts, field: Field, term: &str| {
        let of_field = texts.iter().filter(|(f, _)| *f == field);
        of_field
            .flat_map(|(_, t)| t.split(' '))
            .filter(|w| *w == term)
            .count() as f64
    };
    let length = |texts: &Texts, field: Field| {
        let of_field = texts.iter().filter(|(f, _)| *f == field);
        of_field
            .flat_map(|(_, t)| t.split(' '))
            .filter(|w| !w.is_empty())
            .count() as f64
    };
    let average = |field: Field| {
        let lengths: Vec<f64> = units
            .iter()
            .map(|u| length(u, field))
            .filter(|l| *l > 0.0)
            .collect();
        lengths.iter().sum::<f64>() / lengths.len() as f64
    };
    let gain = |term: &query::QueryTerm| {
        let has = |u: &&Texts| Field::ALL.iter().any(|f| count(u, *f, &term.text) > 0.0);
        let df = units.iter().filter(has).count() as f64;
        let idf = (1.0 + (units.len() as f64 - df + 0.5) / (df + 0.5)).ln();
        let parts = Field::ALL
            .into_iter()
            .map(|f| match count(&units[unit], f, &term.text) {
                0.0 => 0.0,
                n => {
                    let FieldWeight { weight, b } = weights.field(f);
                    let (weight, b) = (f64::from(weight), f64::from(b));
                    weight * n / (1.0 - b + b * length(&units[unit], f) / average(f))
                }
            });
        match parts.sum::<f64>() {
            0.0 => 0.0,
            tf => f64::from(term.weight) * idf * tf / (f64::from(weights.k1) + tf),
        }
    };
    query.terms.iter().map(gain).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_search_finds_what_scoring_everything_finds(
        (seed, units, words) in (any::<u64>(), 0usize..7000, 1usize..60),
        (weights, query) in (weights(), query()),
        (nth, k) in (prop::sample::select(&[1u32, 2, 5][..]), prop::sample::select(&[1usize, 3, 10, 100, usize::MAX][..])),
    ) {
        let bytes = index_of(&corpus(seed, units, words));
        let index = Index::open(&bytes).expect("index");
        let view = view(&index, nth);
        let prepared = Prepared::new(&index, &query, &weights, &view);
        let expected = exhaustive(&prepared, units as u32, k);
        prop_assert_eq!(&prepared.search(k), &expected);
        // Asked again, with lists that are read as a whole, and then with those that were kept.
        for _ in 0..4 {
            let again = Prepared::new(&index, &query, &weights, &view);
            prop_assert_eq!(&again.search(k), &expected);
            prop_assert_eq!(&exhaustive(&again, units as u32, k), &expected);
        }
    }

    #[test]
    fn a_score_is_what_the_paper_says(
        (seed, units) in (any::<u64>(), 1usize..60),
        (weights, query) in (weights(), query()),
    ) {
        let texts = corpus(seed, units, 20);
        let bytes = index_of(&texts);
        let index = Index::open(&bytes).expect("index");
        let view = View::all(&index);
        let prepared = Prepared::new(&index, &query, &weights, &view);
        for unit in 0..units {
            let score = prepared.scores(&[UnitNo(unit as u32)])[0];
            let expected = by_the_book(&texts, unit, &query, &weights);
            prop_assert!((score - expected).abs() < 1e-4 + expected * 1e-5, "{} {}", score, expected);
            prop_assert!(score <= prepared.most() + 1e-3);
            let explained: f64 = prepared.explain(UnitNo(unit as u32)).iter().map(|c| c.gain).sum();
            prop_assert_eq!(explained, score);
        }
    }

    #[test]
    fn a_view_is_an_index_of_its_units(
        (seed, units, nth) in (any::<u64>(), 1usize..3000, 2u32..6),
        (weights, query) in (weights(), query()),
    ) {
        let texts = corpus(seed, units, 50);
        let bytes = index_of(&texts);
        let index = Index::open(&bytes).expect("index");
        let view = view(&index, nth);
        let kept: Vec<UnitNo> = (0..units as u32).map(UnitNo).filter(|u| view.sees(*u)).collect();
        let alone: Vec<Texts> = kept.iter().map(|u| texts[u.index()].clone()).collect();
        let bytes = index_of(&alone);
        let small = Index::open(&bytes).expect("index");
        let all = View::all(&small);
        prop_assert_eq!(view.len(), all.len());
        for field in Field::ALL {
            prop_assert_eq!(view.average(field), all.average(field));
        }
        prop_assert_eq!(index.near("w1x", Edits::One, &view), small.near("w1x", Edits::One, &all));
        for n in 0..50 {
            let seen: Vec<_> = index.postings(&word(n), &view).map(|p| (p.unit, p.count(Field::Body))).collect();
            prop_assert_eq!(index.df(&word(n), &view) as usize, seen.len());
            let there = small.postings(&word(n), &all).map(|p| (kept[p.unit.index()], p.count(Field::Body)));
            prop_assert_eq!(seen, there.collect::<Vec<_>>());
        }
        let found = Prepared::new(&index, &query, &weights, &view).search(50);
        let expected = Prepared::new(&small, &query, &weights, &all).search(50);
        let expected: Vec<Hit> = expected.into_iter().map(|h| Hit { unit: kept[h.unit.index()], ..h }).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn threads_leave_no_trace((seed, units) in (any::<u64>(), 0usize..2000)) {
        let texts = corpus(seed, units, 300);
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| index_of(&texts))
        };
        let alone = with(1);
        prop_assert_eq!(&alone, &with(3));
        prop_assert_eq!(&alone, &with(8));
    }

    #[test]
    fn garbled_bytes_never_panic(
        seed in any::<u64>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..200),
        cut in prop::option::of(any::<prop::sample::Index>()),
        query in query(),
    ) {
        let mut bytes = index_of(&corpus(seed, 700, 8));
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        use_all(&bytes, &query)?;
    }

    #[test]
    fn garbled_lists_never_panic(
        seed in any::<u64>(),
        noise in prop::collection::vec(any::<u8>(), 64..512),
        query in query(),
    ) {
        // The dictionary stays whole, so that everything behind it is read.
        let mut bytes = index_of(&corpus(seed, 700, 8));
        let parts = layout::Parts::open(&bytes).expect("parts");
        let start = bytes.len() - parts.part(layout::Part::Lists).expect("lists").len();
        let mut noise = noise.iter().cycle();
        let mut dice = Dice(seed);
        for byte in &mut bytes[start..] {
            if dice.roll(10) == 0 {
                *byte = *noise.next().expect("endless");
            }
        }
        use_all(&bytes, &query)?;
    }

    #[test]
    fn terms_of_a_language_without_stemmer_are_their_own(text in "(\\PC{0,9}[ ._-]?){0,12}") {
        let reader = Analyzer::new(unstemmed());
        for term in reader.terms(&text).into_iter().filter(|t| t.text.is_ascii()) {
            let again = reader.terms(&term.text);
            let texts: Vec<&str> = again.iter().map(|t| t.text.as_str()).collect();
            prop_assert_eq!(texts, [term.text.as_str()]);
        }
    }

    #[test]
    fn every_term_is_of_the_text(text in "(\\PC{0,9}[ ._-]?){0,12}") {
        for term in Analyzer::new(english()).terms(&text) {
            prop_assert!(text.get(term.at.clone()).is_some_and(|t| !t.is_empty()));
            prop_assert!(!term.text.is_empty() && term.text.len() <= LONGEST_TERM + 1);
        }
    }
}

/// A pack of a language that no stemmer knows and that has no stop words.
fn unstemmed() -> &'static Lexicon {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    let grammar = GRAMMAR.get_or_init(|| {
        let folder = tempfile::tempdir().expect("folder");
        let pack = folder.path().join("tlh");
        std::fs::create_dir(&pack).expect("pack");
        let text = "code = \"tlh\"\nname = \"Klingon\"\nstemmer = \"\"\nfunction_words = []\n";
        std::fs::write(pack.join("language.toml"), text).expect("pack");
        let mut grammar = Grammar::load(&PACKS).expect("built-in packs");
        grammar.extend(folder.path()).expect("pack");
        grammar
    });
    grammar.language("tlh").expect("Klingon")
}

/// Does everything that can be done with an index.
fn use_all(bytes: &[u8], query: &Query) -> Result<(), TestCaseError> {
    let Ok(index) = Index::open(bytes) else {
        return Ok(());
    };
    for view in [View::all(&index), view(&index, 2)] {
        let prepared = Prepared::new(&index, query, &Weights::default(), &view);
        let hits = prepared.search(20);
        prop_assert!(hits.len() <= 20 && hits.iter().all(|h| h.unit.0 < index.units()));
        for unit in (0..index.units()).step_by(50).map(UnitNo) {
            let _ = (
                prepared.scores(&[unit])[0],
                prepared.explain(unit),
                index.length(Field::Body, unit),
            );
        }
        for n in 0..8 {
            prop_assert!(
                index
                    .postings(&word(n), &view)
                    .all(|p| p.unit.0 < index.units())
            );
        }
        let _ = index.near("w1x", Edits::Two, &view);
    }
    Ok(())
}
