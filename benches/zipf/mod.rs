//! A made-up document set: 40,000 units with 9 MB of text, whose words are as unevenly spread as
//! those of a language (Zipf), and questions about them. The same every time.

/// How many units.
const UNITS: usize = 40_000;

/// How many different words.
const WORDS: usize = 40_000;

/// One unit.
pub(crate) struct Unit {
    /// Its header.
    pub(crate) header: String,
    /// The titles above it.
    pub(crate) path: Vec<String>,
    /// Its text.
    pub(crate) body: String,
}

/// Numbers that look random: xorshift64* (Marsaglia, 2003; Vigna, 2016).
pub(crate) struct Dice(u64);

impl Dice {
    /// The same numbers for the same seed.
    pub(crate) fn new(seed: u64) -> Self {
        Dice(seed | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, sides: usize) -> usize {
        (self.next() >> 33) as usize % sides
    }

    fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// The words, the commonest first, and how much of the text each and those before it make up.
pub(crate) struct Language {
    words: Vec<String>,
    shares: Vec<f64>,
}

impl Language {
    /// Makes up a language.
    pub(crate) fn new() -> Self {
        let mut dice = Dice::new(7);
        let words = (0..WORDS).map(|rank| spell(&mut dice, rank)).collect();
        let mut sum = 0.0;
        let shares = (0..WORDS).map(|rank| {
            sum += 1.0 / (rank as f64 + 2.7).powf(1.05);
            sum
        });
        Language {
            words,
            shares: shares.collect(),
        }
    }

    fn word(&self, dice: &mut Dice) -> &str {
        let whole = self.shares.last().copied().unwrap_or(1.0);
        let at = dice.fraction() * whole;
        &self.words[self.shares.partition_point(|s| *s < at).min(WORDS - 1)]
    }

    fn text(&self, dice: &mut Dice, words: usize) -> String {
        let mut text = String::new();
        for i in 0..words {
            let mark = if i % 11 == 10 { ". " } else { " " };
            text.push_str(self.word(dice));
            text.push_str(mark);
        }
        text
    }

    /// Made-up questions, each a sentence.
    pub(crate) fn questions(&self, count: usize) -> Vec<String> {
        let mut dice = Dice::new(11);
        let question = |_| {
            let words = 12 + dice.below(16);
            format!("How do I {}?", self.text(&mut dice, words).trim())
        };
        (0..count).map(question).collect()
    }

    /// Made-up units: pages of about sixty.
    pub(crate) fn units(&self) -> Vec<Unit> {
        let mut dice = Dice::new(3);
        let mut titles = Vec::new();
        let unit = |i| {
            if i % 60 == 0 {
                titles = (0..2).map(|_| self.text(&mut dice, 5)).collect();
            }
            let (header, body) = (3 + dice.below(6), dice.below(66));
            Unit {
                header: self.text(&mut dice, header),
                path: titles.clone(),
                body: self.text(&mut dice, body),
            }
        };
        (0..UNITS).map(unit).collect()
    }
}

/// A word of two to five syllables, shorter for the commoner.
fn spell(dice: &mut Dice, rank: usize) -> String {
    const FIRST: [&str; 14] = [
        "b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "tr",
    ];
    const SECOND: [&str; 6] = ["a", "e", "i", "o", "u", "er"];
    let syllables = 2 + usize::from(rank > 200) + dice.below(3);
    let syllable = |_| format!("{}{}", FIRST[dice.below(14)], SECOND[dice.below(6)]);
    (0..syllables).map(syllable).collect()
}
