//! Counting ranks.

use std::str::FromStr;

/// Ranks beyond this are not looked at.
const DEEP: usize = 5;
/// The shares of the questions, the surest first, whose risk is told.
const SHARES: [f64; 4] = [0.25, 0.5, 0.75, 1.0];

/// Confidences are told apart by fifths.
const FIFTHS: f64 = 5.0;

/// A question that was asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// The place of what was expected among the distinct hits, from 1.
    pub rank: Option<usize>,
    /// How sure the answer was, 0 to 1.
    pub confidence: f64,
}

/// How well questions were answered.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Recall at 1.
    pub r1: f64,
    /// Recall at 5.
    pub r5: f64,
    /// Mean reciprocal rank.
    pub mrr: f64,
}

/// A figure that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Recall at 1.
    R1,
    /// Recall at 5.
    R5,
    /// Mean reciprocal rank.
    Mrr,
}

impl Metric {
    /// How it is written.
    pub fn name(self) -> &'static str {
        match self {
            Metric::R1 => "R@1",
            Metric::R5 => "R@5",
            Metric::Mrr => "MRR",
        }
    }
}

impl FromStr for Metric {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let all = [Metric::R1, Metric::R5, Metric::Mrr];
        let found = all
            .into_iter()
            .find(|m| m.name().eq_ignore_ascii_case(text));
        found.ok_or_else(|| format!("there is no figure {text:?}; there are R@1, R@5 and MRR"))
    }
}

/// Of the surest questions, how many are wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Covered {
    /// The share of the questions that is looked at.
    pub coverage: f64,
    /// The confidence of the least sure of them.
    pub confidence: f64,
    /// The share of these whose first hit is wrong.
    pub risk: f64,
}

/// Questions that were answered about as surely as each other, and how many were answered rightly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reliability {
    /// The confidences, from and up to.
    pub confidence: (f64, f64),
    /// How many questions.
    pub questions: usize,
    /// Their mean confidence.
    pub told: f64,
    /// The share of these whose first hit is right.
    pub right: f64,
}

/// Everything that was asked.
#[derive(Clone, Debug, Default)]
pub struct Tally(pub Vec<Asked>);

impl Tally {
    /// The figures over all questions.
    pub fn figures(&self) -> Figures {
        let n = self.0.len().max(1) as f64;
        let within = |k: usize| {
            let found = self.0.iter().filter(|a| a.rank.is_some_and(|r| r <= k));
            found.count() as f64 / n
        };
        let ranks = self.0.iter().filter_map(|a| a.rank);
        Figures {
            r1: within(1),
            r5: within(DEEP),
            mrr: ranks.map(|r| 1.0 / r as f64).sum::<f64>() / n,
        }
    }

    /// Risk by coverage (El-Yaniv and Wiener, 2010): what is wrong among the surest answers.
    pub fn risk(&self) -> Vec<Covered> {
        let mut sorted = self.0.clone();
        sorted.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        let covered = |share: &f64| {
            let n = (sorted.len() as f64 * share).ceil() as usize;
            let surest = sorted.get(..n).filter(|s| !s.is_empty())?;
            let wrong = surest.iter().filter(|a| a.rank != Some(1)).count();
            Some(Covered {
                coverage: *share,
                confidence: surest.last()?.confidence,
                risk: wrong as f64 / n as f64,
            })
        };
        SHARES.iter().filter_map(covered).collect()
    }

    /// How far confidence can be relied on: in each fifth, the share that is right should be what was
    /// told (Niculescu-Mizil and Caruana, 2005). Fifths without questions are left out.
    pub fn reliability(&self) -> Vec<Reliability> {
        let fifth = |n: u32| {
            let (from, to) = (f64::from(n) / FIFTHS, f64::from(n + 1) / FIFTHS);
            let last = to >= 1.0;
            let within = |a: &&Asked| a.confidence >= from && (a.confidence < to || last);
            let asked: Vec<&Asked> = self.0.iter().filter(within).collect();
            let count = asked.len() as f64;
            let right = asked.iter().filter(|a| a.rank == Some(1)).count();
            (!asked.is_empty()).then(|| Reliability {
                confidence: (from, to),
                questions: asked.len(),
                told: asked.iter().map(|a| a.confidence).sum::<f64>() / count,
                right: right as f64 / count,
            })
        };
        (0..FIFTHS as u32).filter_map(fifth).collect()
    }
}

impl Figures {
    /// One of them.
    pub fn get(&self, metric: Metric) -> f64 {
        match metric {
            Metric::R1 => self.r1,
            Metric::R5 => self.r5,
            Metric::Mrr => self.mrr,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_risk_follow_the_ranks() {
        let asked = |rank, confidence| Asked { rank, confidence };
        let tally = Tally(vec![
            asked(Some(1), 0.9),
            asked(Some(2), 0.2),
            asked(None, 0.1),
            asked(Some(1), 0.8),
        ]);
        let figures = tally.figures();
        assert_eq!((figures.r1, figures.r5, figures.mrr), (0.5, 0.75, 0.625));
        let risks: Vec<f64> = tally.risk().iter().map(|c| c.risk).collect();
        assert_eq!(risks, [0.0, 0.0, 1.0 / 3.0, 0.5]);
        assert!(Tally::default().risk().is_empty());
        let fifths = tally.reliability();
        let told: Vec<(usize, f64)> = fifths.iter().map(|f| (f.questions, f.right)).collect();
        assert_eq!(told, [(1, 0.0), (1, 0.0), (2, 1.0)]);
        assert!((fifths[2].told - 0.85).abs() < 1e-9);
    }

    #[test]
    fn a_metric_is_read_in_any_case() {
        assert_eq!("r@5".parse(), Ok(Metric::R5));
        assert!("f1".parse::<Metric>().is_err());
    }
}
