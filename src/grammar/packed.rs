//! Numbers of a pack, stored at their full width: a process that answers one question spends more time on
//! decoding them than on the question where each has a width of its own.

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

/// A value of as many bytes as every other of its type, little endian.
pub(super) trait Packed: Sized {
    const BYTES: usize;

    fn write(&self, out: &mut Vec<u8>);

    /// From [`Self::BYTES`] bytes.
    fn read(bytes: &[u8]) -> Self;
}

impl Packed for u8 {
    const BYTES: usize = 1;

    fn write(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        bytes[0]
    }
}

impl Packed for u32 {
    const BYTES: usize = 4;

    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    const BYTES: usize = A::BYTES + B::BYTES;

    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        let (a, b) = bytes.split_at(A::BYTES);
        (A::read(a), B::read(b))
    }
}

/// For `#[serde(with = "packed")]`.
pub(super) fn serialize<T: Packed, S: Serializer>(
    values: &[T],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut bytes = Vec::with_capacity(values.len() * T::BYTES);
    values.iter().for_each(|value| value.write(&mut bytes));
    serializer.serialize_bytes(&bytes)
}

/// For `#[serde(with = "packed")]`.
pub(super) fn deserialize<'de, T: Packed, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_bytes(Bytes(std::marker::PhantomData))
}

struct Bytes<T>(std::marker::PhantomData<T>);

impl<T: Packed> Visitor<'_> for Bytes<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "values of {} bytes each", T::BYTES)
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
        let values = bytes.chunks_exact(T::BYTES);
        match values.remainder() {
            [] => Ok(values.map(T::read).collect()),
            _ => Err(E::invalid_length(bytes.len(), &self)),
        }
    }
}
