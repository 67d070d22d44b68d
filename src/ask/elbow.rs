//! Where evidence drops.
//!
//! Candidates are not cut at a fixed number but where the scores say so, as METEORA does (Saha et
//! al., 2025, arXiv 2505.16014): behind the first drop that is more than one standard deviation
//! above the mean drop, else where the second difference is largest.

/// What rounding may do to a number, as a share of it.
const SLACK: f64 = 1e-9;

/// How many of these scores, the highest first, stand above the drop. At least one, if there is one.
pub(super) fn above(scores: &[f64]) -> usize {
    let drops = differences(scores);
    if drops.len() < 2 {
        return scores.len();
    }
    let count = drops.len() as f64;
    let mean = drops.iter().sum::<f64>() / count;
    let variance = drops.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / count;
    let steep = mean + variance.sqrt();
    // Where all drops are alike none is steep, and of two that differ the larger one is.
    let is_steep = |d: &f64| *d > mean * (1.0 + SLACK) && *d >= steep * (1.0 - SLACK);
    if let Some(at) = drops.iter().position(is_steep) {
        return at + 1;
    }
    let bends = differences(&drops);
    let largest = bends.iter().copied().fold(0.0, f64::max);
    match bends.iter().position(|b| *b >= largest && *b > 0.0) {
        Some(at) => at + 1,
        None => scores.len(),
    }
}

/// How much lower each is than the one before.
fn differences(values: &[f64]) -> Vec<f64> {
    values.windows(2).map(|pair| pair[0] - pair[1]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_steep_drop_cuts() {
        assert_eq!(above(&[9.6, 9.57, 9.44, 6.45, 6.02]), 3);
        assert_eq!(above(&[10.0, 9.9, 5.0, 4.9, 0.5]), 2);
        assert_eq!(above(&[9.0, 5.0, 4.5]), 1);
        assert_eq!(above(&[9.0, 8.5, 4.5]), 2);
    }

    #[test]
    fn without_a_steep_drop_the_sharpest_bend_cuts() {
        assert_eq!(above(&[9.0, 6.0, 3.0, 2.9]), 2);
    }

    #[test]
    fn where_nothing_drops_nothing_is_cut() {
        assert_eq!(above(&[]), 0);
        assert_eq!(above(&[1.0]), 1);
        assert_eq!(above(&[2.0, 1.0]), 2);
        assert_eq!(above(&[3.0, 3.0, 3.0, 3.0]), 4);
        assert_eq!(above(&[4.0, 3.0, 2.0, 1.0]), 4);
    }
}
