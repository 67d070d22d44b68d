//! Bold lines right below a list, which CommonMark takes for the last item's text.
//!
//! ```text
//! - Restart the pump.
//! **If it still fails:**
//! - Call the supplier.
//! ```
//!
//! By the specification the bold line continues the item's paragraph ("lazy continuation"). An
//! author who sets a whole line in bold at the margin means a new paragraph, and readers see one.

use super::offsets::Offsets;
use super::rewrite::{Placed, Rewriter};

/// The text with a line end put before every such line.
pub(super) fn separated<'a>(text: &'a str, offsets: &'a Offsets) -> Placed<'a> {
    let mut rewriter = Rewriter::new(text, offsets);
    let mut from = 0;
    for (end, _) in text.match_indices("\n**") {
        let cut = end + 1;
        if is_lazy(text, cut) {
            rewriter.keep(from..cut);
            rewriter.stand_in("\n", cut);
            from = cut;
        }
    }
    rewriter.keep(from..text.len());
    Placed::rewritten(text, offsets, rewriter.finish())
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
