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

/// The text with a line end put before every such line, and where its pieces stand. `None` where
/// there is none.
pub(super) fn separated(text: &str, offsets: &Offsets) -> Option<(String, Offsets)> {
    let cuts: Vec<usize> = text
        .match_indices("\n**")
        .map(|(at, _)| at + 1)
        .filter(|at| is_lazy(text, *at))
        .collect();
    if cuts.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len() + cuts.len());
    let mut pieces = vec![(0, offsets.file(0))];
    let mut from = 0;
    for cut in cuts {
        out.push_str(&text[from..cut]);
        out.push('\n');
        pieces.push((out.len() as u32, offsets.file(cut)));
        from = cut;
    }
    out.push_str(&text[from..]);
    Some((out, Offsets::pieces(pieces)))
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
        let (out, offsets) = separated(text, &Offsets::shifted(10)).expect("a lazy line");
        assert_eq!(out, "- a\n\n**If b:**\n- c\n");
        assert_eq!(offsets.file(5), 14);
        assert_eq!(offsets.file(0), 10);
    }

    #[test]
    fn other_bold_lines_stay() {
        for text in [
            "text\n**If b:**\n",
            "- a\n**bold** and more:\n",
            "- a\n\n**If b:**\n",
            "- a\n**bold**\n",
        ] {
            assert!(separated(text, &Offsets::shifted(0)).is_none(), "{text}");
        }
    }
}
