//! Running text, broken into lines. The only module that names `textwrap`.

use textwrap::core::{Fragment, display_width};
use textwrap::wrap_algorithms::wrap_first_fit;

use crate::model::{Inline, Mark, MarkKind};
use crate::terminal::{Ink, Palette, clean};

/// Text in its inks, before it is broken into lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    words: Vec<Word>,
    /// May the next text join the last word? After a space it may not.
    glued: bool,
}

/// What is never broken: letters between two places where a line may end.
#[derive(Clone, Debug, Default)]
struct Word {
    pieces: Vec<(Option<Ink>, String)>,
    width: usize,
    /// Spaces behind it, where the line goes on.
    space: usize,
    /// The author ends the line here.
    last: bool,
}

/// What is done with the blanks of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Blanks {
    Break,
    Keep,
}

impl Words {
    /// A text without markup, in one ink.
    pub(super) fn plain(ink: Option<Ink>, text: &str) -> Self {
        let mut words = Words::default();
        words.push(ink, text, Blanks::Break);
        words
    }

    /// Text with its markup. Its first `lead` bytes are a title.
    pub(super) fn inline(inline: &Inline, lead: usize) -> Self {
        let mut words = Words::default();
        let mut cuts: Vec<usize> = inline
            .marks
            .iter()
            .flat_map(|m| [m.start as usize, m.end as usize])
            .chain([lead, inline.text.len()])
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut at = 0;
        for cut in cuts {
            if let Some(text) = inline.text.get(at..cut).filter(|t| !t.is_empty()) {
                words.segment(inline, text, at, lead);
            }
            for mark in inline.marks.iter().filter(|m| m.end as usize == cut) {
                words.closed(inline, mark);
            }
            at = cut;
        }
        words
    }

    /// Text that no mark begins or ends in.
    fn segment(&mut self, inline: &Inline, text: &str, at: usize, lead: usize) {
        let over = |kind: fn(&MarkKind) -> bool| {
            inline
                .marks
                .iter()
                .any(|m| kind(&m.kind) && (m.start as usize..m.end as usize).contains(&at))
        };
        let title = at < lead || over(|k| *k == MarkKind::Strong);
        if over(|k| *k == MarkKind::Code) {
            let ticks = if text.contains('`') { "``" } else { "`" };
            let short = display_width(text) <= UNBROKEN;
            let blanks = if short { Blanks::Keep } else { Blanks::Break };
            self.push(Some(Ink::Code), &format!("{ticks}{text}{ticks}"), blanks);
        } else {
            self.push(title.then_some(Ink::Title), text, Blanks::Break);
        }
    }

    /// What a reader has to be told where a mark ends.
    fn closed(&mut self, inline: &Inline, mark: &Mark) {
        let shown = inline.text.get(mark.start as usize..mark.end as usize);
        match &mark.kind {
            MarkKind::Link(to) if outside(to) && shown != Some(to) => {
                self.push(None, " ", Blanks::Break);
                self.push(Some(Ink::Place), &format!("<{to}>"), Blanks::Keep);
            }
            MarkKind::Image(to) => {
                self.push(
                    Some(Ink::Quiet),
                    &format!(" [picture: {to}]"),
                    Blanks::Break,
                );
            }
            _ => {}
        }
    }

    /// A text behind a label: `Caution: …`
    pub(super) fn labelled(ink: Ink, label: &str, text: Words) -> Self {
        let mut words = Words::plain(Some(ink), &format!("{label}:"));
        words.end_word();
        words.words.extend(text.words);
        words
    }

    /// Adds a text that stays in one piece, a space after what is there.
    pub(super) fn add(&mut self, ink: Ink, text: &str) {
        if let Some(last) = self.words.last_mut() {
            last.space = last.space.max(2);
        }
        self.glued = false;
        self.push(Some(ink), text, Blanks::Keep);
    }

    fn push(&mut self, ink: Option<Ink>, text: &str, blanks: Blanks) {
        for c in clean(text).chars() {
            match c {
                '\n' => self.end_line(),
                ' ' | '\t' if blanks == Blanks::Break => self.end_word(),
                c => self.letter(ink, c),
            }
        }
    }

    fn letter(&mut self, ink: Option<Ink>, c: char) {
        let width = display_width(c.encode_utf8(&mut [0; 4]));
        // Scripts that write no spaces may break behind every sign.
        let new = !self.glued || (width > 1 && self.words.last().is_some_and(|w| w.width > 0));
        if new || self.words.is_empty() {
            self.words.push(Word::default());
        }
        self.glued = true;
        let Some(word) = self.words.last_mut() else {
            return;
        };
        word.width += width;
        match word.pieces.last_mut() {
            Some((same, text)) if *same == ink => text.push(c),
            _ => word.pieces.push((ink, c.to_string())),
        }
    }

    fn end_word(&mut self) {
        if let Some(word) = self.words.last_mut() {
            word.space = 1;
        }
        self.glued = false;
    }

    fn end_line(&mut self) {
        if let Some(word) = self.words.last_mut() {
            word.last = true;
        }
        self.glued = false;
    }

    /// Columns on one line.
    pub(super) fn width(&self) -> usize {
        let last = self.words.len().saturating_sub(1);
        let spaces = self.words.iter().take(last).map(|w| w.space);
        self.words.iter().map(|w| w.width).chain(spaces).sum()
    }

    /// The lines, none wider than `columns` where a word is not wider itself.
    pub(super) fn lines(&self, columns: usize, palette: Palette) -> Vec<String> {
        self.words
            .split_inclusive(|w| w.last)
            .flat_map(|line| wrap_first_fit(line, &[columns as f64]))
            .map(|line| painted(line, palette))
            .collect()
    }
}

/// Code is broken at its blanks only where it is longer than this many columns.
const UNBROKEN: usize = 40;

/// Does an address lead out of the set? What leads to a unit is offered as that.
fn outside(address: &str) -> bool {
    address.contains("://") || address.starts_with("mailto:")
}

fn painted(words: &[Word], palette: Palette) -> String {
    let mut runs: Vec<(Option<Ink>, String)> = Vec::new();
    for (i, word) in words.iter().enumerate() {
        for (ink, text) in &word.pieces {
            extend(&mut runs, *ink, text);
        }
        if let Some(next) = words.get(i + 1) {
            // A space has the ink around it where both sides have the same.
            let before = word.pieces.last().and_then(|(ink, _)| *ink);
            let after = next.pieces.first().and_then(|(ink, _)| *ink);
            let ink = before.filter(|_| before == after);
            extend(&mut runs, ink, &" ".repeat(word.space));
        }
    }
    let shown = runs.iter().map(|(ink, text)| match ink {
        Some(ink) => palette.paint(*ink, text).to_string(),
        None => text.clone(),
    });
    shown.collect()
}

fn extend(runs: &mut Vec<(Option<Ink>, String)>, ink: Option<Ink>, text: &str) {
    match runs.last_mut() {
        Some((same, so_far)) if *same == ink => so_far.push_str(text),
        _ => runs.push((ink, text.to_owned())),
    }
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        self.width as f64
    }
    fn whitespace_width(&self) -> f64 {
        self.space as f64
    }
    fn penalty_width(&self) -> f64 {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, marks: &[(&str, MarkKind)]) -> Inline {
        let mark = |(part, kind): &(&str, MarkKind)| {
            let start = text.find(part).expect("a part of the text");
            Mark {
                start: start as u32,
                end: (start + part.len()) as u32,
                kind: kind.clone(),
            }
        };
        Inline {
            text: text.to_owned(),
            marks: marks.iter().map(mark).collect(),
            ..Inline::default()
        }
    }

    fn plain(words: &Words, columns: usize) -> Vec<String> {
        words.lines(columns, Palette::PLAIN)
    }

    #[test]
    fn lines_break_at_blanks_and_where_the_author_says() {
        let words = Words::plain(None, "one two three\nfour");
        assert_eq!(plain(&words, 8), ["one two", "three", "four"]);
        assert_eq!(plain(&Words::plain(None, ""), 8), Vec::<String>::new());
        assert_eq!(
            plain(&Words::plain(None, "unbreakable x"), 4),
            ["unbreakable", "x"]
        );
    }

    #[test]
    fn short_code_stays_in_one_piece() {
        let text = marked(
            "Run kubectl get pods now",
            &[("kubectl get pods", MarkKind::Code)],
        );
        let words = Words::inline(&text, 0);
        assert_eq!(plain(&words, 14), ["Run", "`kubectl get pods`", "now"]);
    }

    #[test]
    fn a_link_that_leads_out_shows_its_address() {
        let text = marked(
            "See the manual and step two.",
            &[
                ("the manual", MarkKind::Link("https://example.org/m".into())),
                ("step two", MarkKind::Link("#two".into())),
            ],
        );
        assert_eq!(
            plain(&Words::inline(&text, 0), 80),
            ["See the manual <https://example.org/m> and step two."]
        );
    }

    #[test]
    fn colour_changes_no_letter() {
        let text = marked(
            "Stop the pump, then wait",
            &[("the pump", MarkKind::Strong)],
        );
        let mut words = Words::inline(&text, 4);
        words.add(Ink::Place, "a.md:3");
        let coloured = words.lines(80, Palette::COLOURED).join("\n");
        assert!(
            coloured.contains("\u{1b}[1mStop the pump\u{1b}[0m, then"),
            "{coloured:?}"
        );
        assert_eq!(plain(&words, 80), ["Stop the pump, then wait  a.md:3"]);
    }

    #[test]
    fn scripts_without_spaces_break_behind_any_sign() {
        let words = Words::plain(None, "再起動してください");
        assert!(plain(&words, 8).iter().all(|line| display_width(line) <= 8));
        assert_eq!(plain(&words, 8).concat(), "再起動してください");
    }

    #[test]
    fn nothing_that_acts_gets_through() {
        let text = marked("a\u{1b}[2Jb", &[("\u{1b}[2J", MarkKind::Code)]);
        assert!(
            !plain(&Words::inline(&text, 0), 80)
                .concat()
                .contains('\u{1b}')
        );
    }
}
