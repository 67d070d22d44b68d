//! Which files are documents.

use std::path::Path;

/// A format that the front end reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Markdown of any dialect.
    Markdown,
}

/// The extensions that say "Markdown".
const MARKDOWN: [&str; 5] = ["md", "markdown", "mdx", "mdown", "mkd"];

impl Format {
    /// The format that a file's name states.
    pub(super) fn of_name(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        MARKDOWN
            .contains(&extension.as_str())
            .then_some(Format::Markdown)
    }

    /// The format of a file whose name does not state one: text is Markdown, anything else is no
    /// document.
    pub(super) fn of_content(bytes: &[u8]) -> Option<Format> {
        /// As far as git looks for the zero byte that tells binaries from text.
        const LOOK: usize = 8000;
        let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        let zero = bytes.iter().take(LOOK).any(|b| *b == 0);
        (utf16 || !zero).then_some(Format::Markdown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_speaks_first_then_the_content() {
        assert_eq!(Format::of_name(Path::new("a/B.MD")), Some(Format::Markdown));
        assert_eq!(Format::of_name(Path::new("a.md/b.png")), None);
        assert_eq!(Format::of_content(b"# A title\n"), Some(Format::Markdown));
        assert_eq!(Format::of_content(b"\x89PNG\r\n\x1a\n\0\0"), None);
        assert!(
            Format::of_content(b"\xff\xfeA\0\n\0").is_some(),
            "UTF-16 is text"
        );
    }
}
