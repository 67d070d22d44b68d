//! How far runs of ASCII reach, eight bytes at a time.
//!
//! Each byte is compared within its own eight bits of one number, so that the end of a word is found
//! without a branch for each letter (Lamport, "Multiple Byte Processing with Full-Word Instructions",
//! 1975).

const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGH: u64 = ONES * 0x80;
const LOW: u64 = ONES * 0x7f;

/// Where the small letters end that begin at `at`.
#[inline]
pub fn small_end(bytes: &[u8], at: usize) -> usize {
    end(
        bytes,
        at,
        |word| within(word, b'a', b'z'),
        |b| b.is_ascii_lowercase(),
    )
}

/// Where the letters and digits end that begin at `at`.
#[inline]
pub fn alphanumeric_end(bytes: &[u8], at: usize) -> usize {
    let many = |word| within(word | (ONES * 0x20), b'a', b'z') | within(word, b'0', b'9');
    end(bytes, at, many, |b| b.is_ascii_alphanumeric())
}

#[inline]
fn end(bytes: &[u8], mut at: usize, many: impl Fn(u64) -> u64, one: impl Fn(u8) -> bool) -> usize {
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let others = HIGH & !many(u64::from_le_bytes(*eight));
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|b| one(*b)) {
        at += 1;
    }
    at
}

/// The high bit of each byte that lies from `first` to `last`, which are ASCII.
#[inline]
fn within(word: u64, first: u8, last: u8) -> u64 {
    let low = word & LOW;
    let reaches = low + ONES * u64::from(0x80 - first);
    let passes = low + ONES * u64::from(0x7f - last);
    reaches & !passes & !word & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_at_the_first_byte_that_is_of_another_kind() {
        for length in 0..20 {
            for other in 0..=255u8 {
                let mut text = vec![b'q'; length];
                text.push(other);
                text.extend(b"zZ09az");
                let expected = |kind: fn(&u8) -> bool| text.iter().take_while(|b| kind(b)).count();
                let small = expected(u8::is_ascii_lowercase);
                assert_eq!(small_end(&text, 0), small, "{length} {other}");
                let all = expected(u8::is_ascii_alphanumeric);
                assert_eq!(alphanumeric_end(&text, 0), all, "{length} {other}");
            }
        }
        assert_eq!(small_end(b"ab", 7), 7);
    }
}
