//! Numbers as bytes: varints and packed columns. Every read is checked.

/// Appends a number in groups of seven bits, lowest first (LEB128).
pub(super) fn put_varint(out: &mut Vec<u8>, mut n: u32) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// How many bits the number needs.
pub(super) fn width(n: u32) -> u32 {
    u32::BITS - n.leading_zeros()
}

/// How many bytes a column takes.
pub(super) fn packed_len(count: usize, width: u32) -> usize {
    (count * width as usize).div_ceil(8)
}

/// Appends a column of numbers, each `width` bits (at most 32), lowest first.
pub(super) fn pack(out: &mut Vec<u8>, numbers: impl Iterator<Item = u32>, width: u32) {
    let mut held = 0u64;
    let mut bits = 0;
    for n in numbers {
        held |= u64::from(n) << bits;
        bits += width;
        while bits >= 8 {
            out.push(held as u8);
            held >>= 8;
            bits -= 8;
        }
    }
    if bits > 0 {
        out.push(held as u8);
    }
}

/// Reads a column into `out`. Bytes that are not there read as zero.
pub(super) fn unpack(bytes: &[u8], width: u32, out: &mut [u32]) {
    if width == 0 {
        return out.fill(0);
    }
    let mask = mask(width);
    let mut bit = 0;
    // So many numbers are whole in eight bytes, wherever in the first byte they begin.
    for numbers in out.chunks_mut(57 / width as usize) {
        let mut held = word(bytes, bit / 8) >> (bit % 8);
        for n in numbers.iter_mut() {
            *n = held as u32 & mask;
            held >>= width;
        }
        bit += numbers.len() * width as usize;
    }
}

/// The `i`th number of a column.
pub(super) fn pick(bytes: &[u8], width: u32, i: usize) -> u32 {
    let bit = i * width as usize;
    (word(bytes, bit / 8) >> (bit % 8)) as u32 & mask(width)
}

fn mask(width: u32) -> u32 {
    ((1u64 << width.min(32)) - 1) as u32
}

/// Eight bytes from `at` on.
#[inline]
pub(super) fn word(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk::<8>() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => rest
            .iter()
            .rev()
            .fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// Reads numbers off the front of some bytes.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn varint(&mut self) -> Option<u32> {
        let mut n = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            n |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(n);
            }
        }
        None
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        let (first, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*first))
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        let (first, rest) = self.0.split_first_chunk::<8>()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*first))
    }

    pub(super) fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (first, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn columns_come_back(numbers in prop::collection::vec(any::<u32>(), 0..300), cut in 0u32..32) {
            let numbers: Vec<u32> = numbers.into_iter().map(|n| n >> cut).collect();
            let w = numbers.iter().copied().map(width).max().unwrap_or(0);
            let mut bytes = Vec::new();
            pack(&mut bytes, numbers.iter().copied(), w);
            prop_assert_eq!(bytes.len(), packed_len(numbers.len(), w));
            let mut back = vec![0; numbers.len()];
            unpack(&bytes, w, &mut back);
            prop_assert_eq!(&back, &numbers);
            for (i, n) in numbers.iter().enumerate() {
                prop_assert_eq!(pick(&bytes, w, i), *n);
            }
        }

        #[test]
        fn varints_come_back(n in any::<u32>()) {
            let mut bytes = Vec::new();
            put_varint(&mut bytes, n);
            prop_assert_eq!(Reader(&bytes).varint(), Some(n));
            bytes.pop();
            prop_assert_eq!(Reader(&bytes).varint(), None);
        }
    }
}
