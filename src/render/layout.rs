//! Markdown on a terminal: what the author wrote, without the signs that only a computer needs.
//!
//! Words are kept, and code is kept line by line. Prose is broken into lines of the width there is;
//! fences, emphasis and addresses within the set are left out; notes, lists and tables get the look
//! that a reader expects of them.
//!
//! *Deliberately absent:* reading Markdown. [`Look::read`] does that, so that a text is read here as
//! it was when it was compiled.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::code::{Margin, code};
use super::fragment::fragment;
use super::table::table;
use super::words::Words;
use crate::model::{Block, BlockKind, Document, Edit, Inline, Item, List, MarkKind, Span, Variant};
use crate::terminal::{Ink, Palette};

/// How texts are shown.
#[derive(Clone)]
pub struct Look {
    /// The colours.
    pub palette: Palette,
    /// How many columns a line of prose may have.
    pub columns: usize,
    /// Reads Markdown. Its spans count in the text it was given.
    pub read: Arc<dyn Fn(&str) -> Document + Send + Sync>,
}

/// What stands around a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Setting<'a> {
    /// A title. Where the text begins with it, that is the title; else it gets a line of its own.
    pub(super) lead: &'a str,
    /// Where the text is from; stands behind the first paragraph.
    pub(super) place: &'a str,
    /// What it shows of other texts, by their addresses.
    pub(super) inserts: Option<&'a BTreeMap<String, String>>,
}

/// Columns that code is indented by.
const CODE: usize = 4;
/// Prose gets no narrower than this, however deep it stands.
const LEAST: usize = 16;

impl Look {
    /// A text in lines of at most `columns`, where no word and no code is wider.
    pub(super) fn lines(&self, text: &str, columns: usize, setting: Setting<'_>) -> Vec<String> {
        let (text, mut document) = fragment(text.trim_end(), &*self.read);
        if let Some(inserts) = setting.inserts.filter(|_| document.inserts) {
            for block in &mut document.blocks {
                block.texts_mut(&mut |inline| *inline = filled(inline, inserts));
            }
        }
        let mut page = Page {
            look: self,
            text: &text,
            margins: Vec::new(),
            lines: Vec::new(),
        };
        let blocks = before_rules(&text, &document.blocks);
        let rest = page.opening(blocks, columns, setting);
        page.blocks(rest, columns);
        page.lines
    }
}

fn filled(inline: &Inline, inserts: &BTreeMap<String, String>) -> Inline {
    inline.filled(|mark| match &mark.kind {
        MarkKind::Insert(address) | MarkKind::Title(address) => {
            let shown = inserts.get(address)?.clone();
            Some(Edit::show(mark, shown))
        }
        _ => None,
    })
}

/// The blocks without the rules at their end, which part them from a text that is not shown.
fn before_rules<'b>(text: &str, blocks: &'b [Block]) -> &'b [Block] {
    let rule = |b: &&Block| matches!(b.kind, BlockKind::Other) && is_rule(source(text, b.span));
    let rules = blocks.iter().rev().take_while(rule).count();
    &blocks[..blocks.len() - rules]
}

fn source(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap_or_default()
}

fn is_rule(source: &str) -> bool {
    source.chars().all(|c| matches!(c, '-' | '*' | '_' | ' '))
}

/// A text that is being laid out.
struct Page<'a> {
    look: &'a Look,
    text: &'a str,
    margins: Vec<Margin>,
    lines: Vec<String>,
}

impl Page<'_> {
    /// The title, the first paragraph and the place; gives the blocks that are left.
    fn opening<'b>(
        &mut self,
        blocks: &'b [Block],
        columns: usize,
        setting: Setting<'_>,
    ) -> &'b [Block] {
        if setting.lead.is_empty() && setting.place.is_empty() {
            return blocks;
        }
        let first = blocks.first().and_then(|b| match &b.kind {
            BlockKind::Paragraph(inline) => Some(inline),
            _ => None,
        });
        let (mut words, rest) = match first.filter(|text| text.text.starts_with(setting.lead)) {
            Some(text) => (Words::inline(text, setting.lead.len()), &blocks[1..]),
            None => (Words::plain(Some(Ink::Title), setting.lead), blocks),
        };
        if !setting.place.is_empty() {
            words.add(Ink::Place, setting.place);
        }
        self.lines.extend(words.lines(columns, self.look.palette));
        rest
    }

    /// Blocks one below the other, a blank line between them.
    fn blocks(&mut self, blocks: &[Block], columns: usize) {
        for block in blocks {
            let before = self.lines.len();
            self.gap();
            let begun = self.lines.len();
            self.block(block, columns);
            if self.lines.len() == begun {
                self.lines.truncate(before);
            }
        }
    }

    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn block(&mut self, block: &Block, columns: usize) {
        match &block.kind {
            BlockKind::Paragraph(text) => self.words(&Words::inline(text, 0), columns),
            BlockKind::Heading(heading) => {
                let text = &heading.text;
                self.words(&Words::inline(text, text.text.len()), columns);
            }
            BlockKind::Code => self.code(block.span),
            BlockKind::List(list) => self.list(list, columns),
            BlockKind::Table(t) => self.lines.extend(table(t, columns, self.look.palette)),
            BlockKind::Quote(blocks) => self.quote(blocks, columns, None),
            BlockKind::Admonition { kind, blocks, .. } => self.quote(blocks, columns, Some(kind)),
            BlockKind::Variants(variants) => self.variants(variants, columns),
            BlockKind::Include(address) => {
                let text = format!("[the text of {address}]");
                self.words(&Words::plain(Some(Ink::Quiet), &text), columns);
            }
            BlockKind::Other => self.other(block.span),
        }
    }

    fn words(&mut self, words: &Words, columns: usize) {
        self.lines.extend(words.lines(columns, self.look.palette));
    }

    fn code(&mut self, span: Span) {
        let palette = self.look.palette;
        let block = self.text.get(span.range()).unwrap_or_default();
        for line in code(block, &self.margins) {
            let line = line.trim_end();
            self.lines.push(match line {
                "" => String::new(),
                line => format!("{:CODE$}{}", "", palette.paint(Ink::Code, line)),
            });
        }
    }

    fn list(&mut self, list: &List, columns: usize) {
        for (i, item) in list.items.iter().enumerate() {
            if i > 0 && (is_long(item) || is_long(&list.items[i - 1])) {
                self.gap();
            }
            let marker = match (list.start, item.task) {
                (Some(start), _) => format!("{}. ", start.saturating_add(i as u64)),
                (None, Some(true)) => "[x] ".to_owned(),
                (None, Some(false)) => "[ ] ".to_owned(),
                (None, None) => "- ".to_owned(),
            };
            self.margins.push(Margin::Columns(usize::from(item.indent)));
            self.behind(&Hang::of(&marker), columns, |page, columns| {
                if is_long(item) {
                    page.blocks(&item.blocks, columns);
                } else {
                    item.blocks.iter().for_each(|b| page.block(b, columns));
                }
            });
            self.margins.pop();
        }
    }

    /// A quotation; with a `kind`, a note of that kind.
    fn quote(&mut self, blocks: &[Block], columns: usize, kind: Option<&str>) {
        let bar = self.look.palette.paint(Ink::Quiet, "│ ").to_string();
        let hang = Hang {
            first: bar.clone(),
            others: bar,
            width: 2,
        };
        self.margins.push(Margin::Quote);
        self.behind(&hang, columns, |page, columns| {
            let rest = kind.map_or(blocks, |kind| page.label(kind, blocks, columns));
            page.blocks(rest, columns);
        });
        self.margins.pop();
    }

    /// What kind of note it is, before its first paragraph; gives the blocks that are left.
    fn label<'b>(&mut self, kind: &str, blocks: &'b [Block], columns: usize) -> &'b [Block] {
        let (text, rest) = match blocks.split_first() {
            Some((block, rest)) => match &block.kind {
                BlockKind::Paragraph(text) => (Words::inline(text, 0), rest),
                _ => (Words::default(), blocks),
            },
            None => (Words::default(), blocks),
        };
        let words = Words::labelled(Ink::Warning, &capitalised(kind), text);
        self.words(&words, columns);
        rest
    }

    fn variants(&mut self, variants: &[Variant], columns: usize) {
        for variant in variants {
            let title = match variant.title.as_str() {
                "" => variant.values.join(", "),
                title => title.to_owned(),
            };
            self.gap();
            let words = Words::labelled(Ink::Condition, &title, Words::default());
            self.words(&words, columns);
            self.behind(&Hang::of("  "), columns, |page, columns| {
                page.blocks(&variant.blocks, columns);
            });
        }
    }

    /// What is no text of its own: HTML without its tags, a footnote as it stands, a rule.
    fn other(&mut self, span: Span) {
        let source = source(self.text, span);
        let shown = if is_rule(source) {
            "───".to_owned()
        } else {
            untagged(source)
        };
        for line in shown.lines().map(str::trim).filter(|l| !l.is_empty()) {
            let line = self.look.palette.paint(Ink::Quiet, line).to_string();
            self.lines.push(line);
        }
    }

    /// Lays out behind a margin.
    fn behind(&mut self, hang: &Hang, columns: usize, lay_out: impl FnOnce(&mut Self, usize)) {
        let above = std::mem::take(&mut self.lines);
        lay_out(self, columns.saturating_sub(hang.width).max(LEAST));
        let inner = std::mem::replace(&mut self.lines, above);
        for (i, line) in inner.into_iter().enumerate() {
            let margin = if i == 0 { &hang.first } else { &hang.others };
            self.lines
                .push(format!("{margin}{line}").trim_end().to_owned());
        }
    }
}

/// A margin that begins differently than it goes on.
struct Hang {
    first: String,
    others: String,
    width: usize,
}

impl Hang {
    /// Blanks below a marker.
    fn of(marker: &str) -> Self {
        Hang {
            first: marker.to_owned(),
            others: " ".repeat(marker.len()),
            width: marker.len(),
        }
    }
}

/// Does an item need air around it?
fn is_long(item: &Item) -> bool {
    let more = item.blocks.iter().skip(1);
    more.clone().any(|b| !matches!(b.kind, BlockKind::List(_)))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// HTML without tags and comments.
fn untagged(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let end = if tag.starts_with("!--") { "-->" } else { ">" };
        rest = match tag.split_once(end) {
            Some((_, after)) => after,
            None => return text + "<" + tag,
        };
    }
    text + rest
}

#[cfg(test)]
impl Look {
    /// Forty columns, and the built-in dialects.
    pub(crate) fn sample(palette: Palette) -> Look {
        use crate::parse::{Dialects, Texts, parse};
        let folder = crate::grammar::PACKS.get_dir("dialects");
        let dialects =
            Dialects::load(folder.expect("a folder"), Texts::Excerpts).expect("dialects");
        let file = crate::model::FileId(0);
        Look {
            palette,
            columns: 40,
            read: Arc::new(move |text| parse(file, text, dialects.detect(text)).0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let lines = Look::sample(Palette::PLAIN).lines(text, 40, Setting::default());
        lines.join("\n")
    }

    #[test]
    fn prose_is_wrapped_and_code_is_not() {
        let long = "echo 'a line of code that is wider than the forty columns there are'";
        let shown = plain(&format!(
            "Run this where\nthe *pump* stands, and nowhere else:\n\n```sh\n{long}\n\n  x\n```\n"
        ));
        assert_eq!(
            shown,
            format!("Run this where the pump stands, and\nnowhere else:\n\n    {long}\n\n      x")
        );
    }

    #[test]
    fn notes_lists_and_tables_look_like_what_they_are() {
        let note = plain("> [!CAUTION]\n> Never delete `pg_wal`.\n>\n> ```\n> ls\n> ```\n");
        assert_eq!(note, "│ Caution: Never delete `pg_wal`.\n│\n│     ls");
        let list = plain("- one\n  - inner\n- [ ] task\n\n1. a\n\n   ```\n   code\n   ```\n2. b\n");
        assert_eq!(
            list,
            "- one\n  - inner\n[ ] task\n\n1. a\n\n       code\n\n2. b"
        );
        let table = plain("| Code | Then |\n|---|---|\n| 0 | done |\n| `12` | retry |\n");
        assert_eq!(table, "Code  Then\n────  ─────\n0     done\n`12`  retry");
    }

    #[test]
    fn a_wide_table_is_shown_row_by_row() {
        let shown = plain(
            "| Code | What to do about it then |\n|---|---|\n| 0 | nothing at all, because it goes by itself |\n| 1 | x |\n",
        );
        assert_eq!(
            shown,
            "Code: 0\nWhat to do about it then: nothing at\n  all, because it goes by itself\n\nCode: 1\nWhat to do about it then: x"
        );
    }

    #[test]
    fn a_text_that_begins_with_its_title_does_not_say_it_twice() {
        let setting = Setting {
            lead: "Stop the pump",
            place: ":3",
            ..Setting::default()
        };
        let look = Look::sample(Palette::PLAIN);
        let lines = |text: &str| look.lines(text, 40, setting);
        assert_eq!(
            lines("Stop the *pump*. Then wait."),
            ["Stop the pump. Then wait.  :3"]
        );
        assert_eq!(lines("Then wait."), ["Stop the pump  :3", "", "Then wait."]);
        assert_eq!(lines(""), ["Stop the pump  :3"]);
    }

    #[test]
    fn links_that_are_defined_elsewhere_are_links() {
        assert_eq!(
            plain("See [`az aks`][az-aks] and [that][]."),
            "See `az aks` and [that][]."
        );
        let open = "See [this][x]:\n\n```\na[0][1]";
        assert_eq!(plain(open), "See [this][x]:\n\n    a[0][1]");
    }

    #[test]
    fn what_a_tool_adds_to_markdown_is_read_and_tags_are_not_shown() {
        assert_eq!(
            plain("{{< note >}}\nMind it.\n{{< /note >}}\n"),
            "│ Note: Mind it."
        );
        assert_eq!(
            plain("<!-- no -->\n\n<div class=\"x\">\nwithin\n</div>\n"),
            "within"
        );
        assert_eq!(plain("---\n\na\n\n---\n\nb"), "───\n\na\n\n───\n\nb");
        assert_eq!(plain("a\n\n---\n\nb\n\n---\n"), "a\n\n───\n\nb");
        assert_eq!(plain("---\ntitle: A page\n---\n\nb"), "b");
    }

    proptest::proptest! {
        #[test]
        fn every_text_can_be_shown_and_none_acts(
            parts in proptest::collection::vec("(- |1\\. |> |```|\\||\n|\n\n|    |\\[a\\]|<|\\*|`|\u{1b}|---|wörd|語){0,6}", 0..8),
            columns in 0usize..60,
        ) {
            let setting = Setting {
                lead: "wörd",
                place: ":3",
                ..Setting::default()
            };
            let lines = Look::sample(Palette::PLAIN).lines(&parts.concat(), columns, setting);
            let acts = lines.iter().any(|l| l.contains(['\n', '\u{1b}']));
            proptest::prop_assert!(!acts, "{lines:?}");
        }
    }
}
