//! Diagnostics for people. The only module that names `annotate-snippets`.

use std::io::{self, Write};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::excerpt::Lines;
use super::{Palette, clean};
use crate::model::{Diagnostic, FileId, Severity};

/// The files that findings are in.
pub trait Texts {
    /// The file with this id; `None` if it is not there any more.
    fn page(&self, file: FileId) -> Option<Page<'_>>;
}

/// A file and its text.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Relative to the root, with `/`.
    pub path: &'a str,
    /// What the spans of findings count in.
    pub text: &'a str,
}

/// Writes findings one after the other, each with its place, the line it is about and what to do.
///
/// # Errors
/// Whatever `out` fails with.
pub fn report(
    out: &mut dyn Write,
    diagnostics: &[Diagnostic],
    texts: &dyn Texts,
    palette: Palette,
) -> io::Result<()> {
    let renderer = if palette.is_coloured() {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut open: Option<Open<'_>> = None;
    for diagnostic in diagnostics {
        let file = diagnostic.span.map(|span| span.file);
        if open.as_ref().map(|o| o.file) != file {
            open = file.and_then(|file| Open::of(file, texts));
        }
        let group = group(diagnostic, open.as_mut());
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    Ok(())
}

/// The file that was looked at last. Findings come by file, so its lines are counted once.
struct Open<'a> {
    file: FileId,
    path: &'a str,
    lines: Lines<'a>,
}

impl<'a> Open<'a> {
    fn of(file: FileId, texts: &'a dyn Texts) -> Option<Self> {
        let page = texts.page(file)?;
        Some(Open {
            file,
            path: page.path,
            lines: Lines::new(page.text),
        })
    }
}

fn group<'a>(diagnostic: &'a Diagnostic, open: Option<&mut Open<'a>>) -> Group<'a> {
    let (place, snippet) = located(diagnostic, open);
    let name = format!("{}{}", clean(&place), diagnostic.severity.name());
    let title = level(diagnostic.severity)
        .with_name(name)
        .primary_title(clean(&diagnostic.message))
        .id(diagnostic.code.to_string());
    let mut group = Group::with_title(title);
    if let Some(snippet) = snippet {
        group = group.element(snippet);
    }
    if diagnostic.help.is_empty() {
        return group;
    }
    group.element(Level::HELP.message(clean(&diagnostic.help)))
}

/// `ops/drain.md:3:5: `, as editors read it, and the line.
///
/// The library would write the place itself, but it counts columns in what it is shown, and a long
/// line is not shown whole.
fn located<'a>(
    diagnostic: &Diagnostic,
    open: Option<&mut Open<'a>>,
) -> (String, Option<Snippet<'a, Annotation<'a>>>) {
    let (Some(span), Some(open)) = (diagnostic.span, open) else {
        let file = diagnostic.file.as_ref();
        return (file.map(|f| format!("{f}: ")).unwrap_or_default(), None);
    };
    let at = open.lines.excerpt(span.start as usize, span.end as usize);
    let place = format!("{}:{}:{}: ", open.path, at.line, at.column);
    let mark = AnnotationKind::Primary.span(at.marked);
    let snippet = Snippet::source(at.shown).line_start(at.line);
    (place, Some(snippet.annotation(mark)))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Code, Span};

    struct Files(Vec<(&'static str, String)>);

    impl Texts for Files {
        fn page(&self, file: FileId) -> Option<Page<'_>> {
            let (path, text) = self.0.get(file.index())?;
            Some(Page { path, text })
        }
    }

    fn at(file: u32, start: usize, end: usize, message: &str) -> Diagnostic {
        let span = Span::new(FileId(file), start..end);
        let help = "name a page that exists";
        Diagnostic::at(Code(101), Severity::Warning, span, message.into(), help)
    }

    fn drawn(diagnostics: &[Diagnostic], texts: &dyn Texts) -> String {
        let mut out = Vec::new();
        report(&mut out, diagnostics, texts, Palette::PLAIN).expect("a vector");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_finding_shows_its_place_its_line_and_what_to_do() {
        let text = "# Drain\n\nSee [cordon](cordn.md) first.\n".to_owned();
        let files = Files(vec![("ops/drain.md", text)]);
        let shown = drawn(&[at(0, 13, 31, "the link leads to nothing")], &files);
        assert_eq!(
            shown,
            "ops/drain.md:3:5: warning[SW101]: the link leads to nothing\n  |\n3 | See [cordon](cordn.md) first.\n  |     ^^^^^^^^^^^^^^^^^^\n  |\n  = help: name a page that exists\n\n"
        );
    }

    #[test]
    fn findings_without_a_span_or_without_a_text_name_what_they_can() {
        let lost = at(7, 0, 1, "its file is gone");
        let file = Diagnostic::in_file(Code(1), Severity::Error, "a.md", "not UTF-8".into(), "");
        let shown = drawn(&[lost, file], &Files(vec![]));
        assert!(
            shown.contains("warning[SW101]: its file is gone"),
            "{shown}"
        );
        assert!(shown.contains("a.md: error[SW001]: not UTF-8\n"), "{shown}");
        assert!(!shown.contains("help: \n"), "{shown}");
    }

    #[test]
    fn no_escape_of_a_document_gets_through() {
        let text = "x \u{1b}]0;owned\u{7} \u{9b}2J y\n".to_owned();
        let files = Files(vec![("\u{1b}[2J.md", text)]);
        let mut finding = at(0, 2, 8, "bad \u{1b}[31m");
        finding.help = "help \u{202e}".to_owned();
        let shown = drawn(&[finding], &files);
        assert!(
            !shown.chars().any(|c| c.is_control() && c != '\n'),
            "{shown:?}"
        );
        assert!(!shown.contains('\u{202e}'), "{shown:?}");
    }

    #[test]
    fn a_huge_line_is_not_printed_whole() {
        let text = "a ".repeat(1_000_000);
        let files = Files(vec![("big.md", text)]);
        let findings: Vec<_> = (0..200)
            .map(|i| at(0, i * 10_000, i * 10_000 + 1, "here"))
            .collect();
        let shown = drawn(&findings, &files);
        assert!(shown.len() < 200 * 1_000, "{}", shown.len());
        assert!(
            shown.contains("big.md:1:1990001"),
            "{}",
            &shown[shown.len() - 500..]
        );
    }
}
