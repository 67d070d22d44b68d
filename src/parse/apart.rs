//! Lines that begin a new block to their author and their reader, though not to CommonMark.
//!
//! ```text
//! - Restart the pump.
//! **If it still fails:**
//! - Call the supplier.
//! ```
//!
//! By the specification the bold line continues the item's paragraph ("lazy continuation"). An
//! author who sets a whole line in bold at the margin means a new paragraph, and readers see one.
//!
//! The head of a table right below a line of text begins a table on GitHub and its like.

use memchr::memmem;

use super::fence::Fences;
use super::offsets::Offsets;
use super::rewrite::{Placed, Rewriter};
use crate::model::lines;

/// The text with a line end put before every such line.
pub(super) fn separated<'a>(text: &'a str, offsets: &'a Offsets) -> Placed<'a> {
    let mut cuts: Vec<usize> = memmem::find_iter(text.as_bytes(), "\n**")
        .map(|end| end + 1)
        .filter(|cut| is_lazy(text, *cut))
        .collect();
    if text.contains("--") && text.contains('|') {
        cuts.extend(heads(text));
        cuts.sort_unstable();
    }
    let mut rewriter = Rewriter::new(text, offsets);
    let mut from = 0;
    for cut in cuts {
        rewriter.keep(from..cut);
        rewriter.stand_in("\n", cut);
        from = cut;
    }
    rewriter.keep(from..text.len());
    Placed::rewritten(text, offsets, rewriter.finish())
}

/// Where the heads of tables begin that stand right below a line of text.
fn heads(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    if !has_delimiter(text) {
        return found;
    }
    let mut fences = Fences::default();
    // The two lines before, and where the last of them begins.
    let (mut above, mut last, mut start) = ("", "", 0);
    let mut at = 0;
    for line in lines(text) {
        let code = fences.takes(line);
        let body = line.trim();
        if !code && !above.is_empty() && !above.contains('|') && is_delimiter(body, last) {
            found.push(start);
        }
        (above, last, start) = (last, if code { "" } else { body }, at);
        at += line.len();
    }
    found
}

/// Has the text a row of dashes two lines below a text that is no row? Few do, and to tell what is
/// code takes longer.
fn has_delimiter(text: &str) -> bool {
    let (mut above, mut head) = ("", "");
    memchr::memchr(b'|', text.as_bytes()).is_some()
        && lines(text).any(|line| {
            let body = line.trim();
            let found = body.starts_with(['|', '-', ':'])
                && !above.is_empty()
                && !above.contains('|')
                && is_delimiter(body, head);
            (above, head) = (head, body);
            found
        })
}

/// Is a line the row of dashes under a table's head?
fn is_delimiter(line: &str, head: &str) -> bool {
    let cells = |row: &str| row.trim_matches('|').split('|').count();
    let dashes = |cell: &str| {
        let cell = cell.trim();
        let cell = cell.strip_prefix(':').unwrap_or(cell);
        let cell = cell.strip_suffix(':').unwrap_or(cell);
        !cell.is_empty() && cell.bytes().all(|b| b == b'-')
    };
    line.contains('|')
        && head.contains('|')
        && line.trim_matches('|').split('|').all(dashes)
        && cells(line) == cells(head)
}

/// Is the line at `at` bold as a whole, set off with a colon, and right below a list item?
fn is_lazy(text: &str, at: usize) -> bool {
    let line = text[at..].lines().next().unwrap_or_default().trim_end();
    let inner = line
        .trim_end_matches(':')
        .strip_prefix("**")
        .and_then(|l| l.strip_suffix("**"));
    let whole = inner.is_some_and(|i| {
        !i.is_empty() && !i.contains("**") && (i.ends_with(':') || line.ends_with(':'))
    });
    let before = text[..at].lines().next_back().unwrap_or_default();
    whole
        && (is_item(before.trim_start()) || before.starts_with(['\t', ' ']))
        && !before.trim().is_empty()
}

fn is_item(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    match digits {
        0 => rest.starts_with("- ") || rest.starts_with("* ") || rest.starts_with("+ "),
        _ => rest.starts_with(". ") || rest.starts_with(") "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bold_line_below_a_list_stands_alone() {
        let text = "- a\n**If b:**\n- c\n";
        let from = Offsets::shifted(10);
        let made = separated(text, &from);
        assert_eq!(made.text, "- a\n\n**If b:**\n- c\n");
        assert_eq!(made.offsets.file(5), 14);
        assert_eq!(made.offsets.file(0), 10);
    }

    #[test]
    fn a_table_below_text_stands_alone() {
        let text = "Ports:\n| a | b |\n|---|:-:|\n| 1 | 2 |\n";
        let made = separated(text, &Offsets::shifted(0)).text.into_owned();
        assert_eq!(made, text.replace("Ports:\n", "Ports:\n\n"));
        for text in [
            "\n| a |\n|---|\n",
            "| a |\n|---|\n|---|\n",
            "a\nb | c\n---\n",
            "```\na\nb|c\n-|-\n",
        ] {
            assert_eq!(separated(text, &Offsets::shifted(0)).text, text);
        }
    }

    #[test]
    fn other_bold_lines_stay() {
        for text in [
            "text\n**If b:**\n",
            "- a\n**bold** and more:\n",
            "- a\n\n**If b:**\n",
            "- a\n**bold**\n",
        ] {
            assert_eq!(separated(text, &Offsets::shifted(0)).text, text);
        }
    }
}
