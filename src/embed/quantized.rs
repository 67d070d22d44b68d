//! Vectors as eight-bit integers.

/// A vector of length one: `integers * scale`. The largest number of a vector becomes 127, so each is
/// off by at most a 254th of the largest.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantized {
    /// What an integer of one stands for.
    pub(super) scale: f32,
    /// The numbers.
    pub(super) integers: Vec<i8>,
}

impl Quantized {
    /// Brings a vector to length one and rounds it. A vector of zeros stays one.
    pub fn of(vector: &[f32]) -> Self {
        let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
        let most = vector.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
        if !(length > 0.0 && most > 0.0 && length.is_finite()) {
            return Quantized {
                scale: 0.0,
                integers: vec![0; vector.len()],
            };
        }
        let round = |x: &f32| (x / most * 127.0).round() as i8;
        Quantized {
            scale: most / length / 127.0,
            integers: vector.iter().map(round).collect(),
        }
    }

    /// How many numbers it has.
    pub fn dimension(&self) -> usize {
        self.integers.len()
    }

    /// The cosine of the angle between two vectors, -1 to 1.
    pub fn cosine(&self, other: &Quantized) -> f64 {
        cosine(self.scale, self.integers.iter().copied(), other)
    }
}

/// The cosine of the angle between a vector in parts and another one. Integers are summed, so the order
/// of summation cannot change it.
pub(super) fn cosine(scale: f32, integers: impl Iterator<Item = i8>, other: &Quantized) -> f64 {
    let products = integers.zip(&other.integers);
    let sum: i32 = products.map(|(a, b)| i32::from(a) * i32::from(*b)).sum();
    f64::from(sum) * f64::from(scale) * f64::from(other.scale)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rounding_hardly_changes_an_angle(
            pair in prop::collection::vec((-1.0_f32..1.0, -1.0_f32..1.0), 16..64)
        ) {
            let (a, b): (Vec<f32>, Vec<f32>) = pair.into_iter().unzip();
            let dot = |x: &[f32], y: &[f32]| x.iter().zip(y).map(|(x, y)| f64::from(x * y)).sum::<f64>();
            let exact = dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt();
            let rounded = Quantized::of(&a).cosine(&Quantized::of(&b));
            prop_assert!((exact - rounded).abs() < 0.02, "{exact} {rounded}");
        }
    }

    #[test]
    fn nothing_is_near_to_nothing() {
        let nothing = Quantized::of(&[0.0; 8]);
        assert_eq!(nothing.cosine(&Quantized::of(&[1.0; 8])), 0.0);
    }
}
