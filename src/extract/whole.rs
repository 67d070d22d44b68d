//! The text of a prerequisite, which must be whole without what stands below it.

use super::builder::Builder;
use super::fill::paragraph;
use crate::grammar::{Cursor, Tokens};
use crate::model::{Block, BlockKind, Inline, Item, one_line};
use crate::sentence::{asks_below, leading, only_points_on, shows_below, shows_how, told_of_how};

/// The longest code that is told within a line, in bytes.
const MAX_CODE: usize = 400;

impl Builder<'_> {
    /// The text of a prerequisite, with what is asked for below it.
    pub(super) fn whole_text(
        &self,
        tokens: &Tokens<'_>,
        inline: &Inline,
        below: &[Block],
    ) -> String {
        // What a colon announces belongs to it.
        let behind = match opened(&inline.text) {
            Some(_) => below.get(1..).unwrap_or_default(),
            None => below,
        };
        let told = self.told_below(behind);
        // What goes on behind what is shown goes on from it.
        let line = self.line(tokens, inline, below, !told.is_empty());
        match told.is_empty() {
            true => line,
            false => stopped(line) + &told,
        }
    }

    /// A text in one line. Where it ends with a colon, what that announces is left out if it only shows how it
    /// is done and nothing goes on from it, and else told in the same line.
    fn line(&self, tokens: &Tokens<'_>, inline: &Inline, below: &[Block], goes_on: bool) -> String {
        let text = &inline.text;
        let last = Cursor::sentences(tokens).next_back();
        let (Some(open), Some(last)) = (opened(text), last) else {
            return in_one_line(text);
        };
        if last.at > 0 && shows_how(last) && !goes_on {
            let end = tokens.bytes(last.range()).start;
            return in_one_line(inline.text.get(..end).unwrap_or(open));
        }
        if let Some(end) = told_of_how(last).filter(|_| !goes_on) {
            let end = tokens.bytes(last.at..end).end;
            return in_one_line(inline.text.get(..end).unwrap_or(open)) + ".";
        }
        let code = below.first().filter(|_| shows_below(last));
        match code.and_then(|block| self.code_line(block)) {
            Some(code) => format!("{}: {code}", in_one_line(open)),
            None => in_one_line(open) + ".",
        }
    }

    /// What paragraphs below a text say, and lists that ask for something: "Make sure that the right one is
    /// chosen."
    fn told_below(&self, below: &[Block]) -> String {
        let mut told = String::new();
        for (i, block) in below.iter().enumerate() {
            match &block.kind {
                BlockKind::Paragraph(inline) => self.add_told(inline, &below[i + 1..], &mut told),
                BlockKind::List(list) if list.start.is_none() => {
                    let items = list.items.iter().filter_map(|item| {
                        let (lead, rest) = item.blocks.split_first()?;
                        Some((paragraph(lead)?, rest))
                    });
                    let asks = items.clone().any(|(text, _)| self.asks_below(text));
                    for (text, rest) in items.filter(|_| asks) {
                        if self.asks_below(text) || self.leaves_case(text) {
                            self.add_item(text, rest, &mut told);
                        }
                    }
                }
                _ => {}
            }
        }
        told
    }

    /// Adds a paragraph, without what it only shows.
    fn add_told(&self, inline: &Inline, below: &[Block], told: &mut String) {
        let tokens = self.words(inline);
        let asks = asks_below(&tokens);
        let last = Cursor::sentences(&tokens).next_back();
        let shows = || last.is_some_and(|last| last.at == 0 && shows_how(last));
        if !asks && opened(&inline.text).is_some() && shows() {
            return;
        }
        let shown = if asks { below } else { &[] };
        told.push(' ');
        told.push_str(&stopped(self.line(&tokens, inline, shown, false)));
    }

    /// Does a text below a prerequisite ask for something too?
    fn asks_below(&self, inline: &Inline) -> bool {
        asks_below(&self.words(inline))
    }

    /// Does a text say for which case something is so, beside others that ask for something: "If you rent the
    /// mill, it may have been oiled."?
    fn leaves_case(&self, inline: &Inline) -> bool {
        let tokens = self.words(inline);
        let first = Cursor::sentences(&tokens).next();
        first.is_some_and(|s| leading(s).is_some()) && !only_points_on(&tokens)
    }

    /// Adds what an item says.
    fn add_item(&self, inline: &Inline, below: &[Block], told: &mut String) {
        told.push(' ');
        told.push_str(&stopped(self.line(
            &self.words(inline),
            inline,
            below,
            false,
        )));
    }

    /// The commands of a block of code, in one line.
    fn code_line(&self, block: &Block) -> Option<String> {
        if !matches!(block.kind, BlockKind::Code) {
            return None;
        }
        let text = self.source().text;
        let code = text.get(block.span.start as usize..block.span.end as usize)?;
        let is_line = |l: &&str| !l.is_empty() && !l.starts_with(['#', '`', '~']);
        let mut line = String::new();
        for part in code.lines().map(str::trim).filter(is_line) {
            match line.strip_suffix('\\') {
                Some(open) => line.truncate(open.trim_end().len()),
                None if !line.is_empty() => line.push(';'),
                None => {}
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(part);
        }
        (!line.is_empty() && line.len() <= MAX_CODE).then_some(line)
    }
}

/// A text in one line. Where it breaks a line between two sentences, the first ends with a full stop.
fn in_one_line(text: &str) -> String {
    if !text.contains('\n') {
        return one_line(text);
    }
    let mut line = String::with_capacity(text.len());
    for part in text.lines().map(one_line).filter(|part| !part.is_empty()) {
        if part.starts_with(char::is_uppercase) {
            line = stopped(line);
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&part);
    }
    line
}

/// A text with a full stop, unless it ends with a sign.
fn stopped(mut text: String) -> String {
    if text.ends_with(|c: char| c.is_alphanumeric()) {
        text.push('.');
    }
    text
}

/// "You need these tools:" with the tools.
pub(super) fn with_list(inline: &Inline, below: &[Block]) -> Option<Inline> {
    opened(&inline.text)?;
    let listed = listed(below)?;
    Some(Inline {
        text: format!("{} {listed}", inline.text.trim_end()),
        ..inline.clone()
    })
}

/// The items of the first list, in one line: "a hammer; nails: long, short".
fn listed(blocks: &[Block]) -> Option<String> {
    let list = blocks.iter().find_map(|b| match &b.kind {
        BlockKind::List(list) => Some(list),
        _ => None,
    })?;
    let whole = |item: &Item| {
        let text = item.blocks.first().and_then(paragraph)?.text.trim_end();
        let name = text.trim_end_matches(['.', ';', ',', ':']);
        Some(match listed(&item.blocks[1..]) {
            Some(inner) if text.ends_with(':') => format!("{name}: {}", inner.replace("; ", ", ")),
            Some(inner) => format!("{name}; {inner}"),
            None => name.to_owned(),
        })
    };
    let items: Vec<String> = list.items.iter().filter_map(whole).collect();
    Some(items.join("; "))
}

/// A text before the colon that it ends with.
fn opened(text: &str) -> Option<&str> {
    text.trim_end().strip_suffix(':')
}
