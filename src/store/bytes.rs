//! The bytes of a published file, mapped or in memory.

use std::fs::File;
use std::io;
use std::ops::Deref;

use memmap2::Mmap;

/// Bytes that do not change.
pub(super) enum Bytes {
    /// A file; its pages are shared by all processes that map it.
    Mapped(Mmap),
    /// A set that was never written.
    Owned(Vec<u8>),
}

impl Bytes {
    /// Maps a published file.
    #[allow(
        unsafe_code,
        reason = "a mapping is sound while nobody changes the file; a published file is written \
                  under another name, never changed after its rename, and removed by unlinking, \
                  which leaves mappings whole"
    )]
    pub(super) fn map(file: &File) -> io::Result<Bytes> {
        // SAFETY: see the reason above.
        unsafe { Mmap::map(file) }.map(Bytes::Mapped)
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Mapped(map) => map,
            Bytes::Owned(bytes) => bytes,
        }
    }
}
