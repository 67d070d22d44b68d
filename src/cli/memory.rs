//! The memory of the process.

/// May the system give it huge pages, from now on? They pay where documents become a set, which fills
/// much memory; but to clear one takes longer than what a process does that answers a question, and what
/// an engine reserves when it opens is hardly used.
pub fn huge_pages(wanted: bool) {
    // Without them the process is slower, and right.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(!wanted);
    #[cfg(not(target_os = "linux"))]
    let _ = wanted;
}
