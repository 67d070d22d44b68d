//! Lists in HTML, to lists of Markdown.
//!
//! ```text
//! <ol>
//! <li>Close the valve.</li>
//! <li>Open the <b>drain</b>.</li>
//! </ol>
//! ```
//!
//! CommonMark keeps such a block as it is, so that its steps would not be seen. Each item gets the marker that
//! it would have in Markdown, and what is in it the indentation; other elements stay.

use memchr::memmem;

use super::fence::Fences;
use super::html::attribute;
use super::offsets::Offsets;
use super::rewrite::{Placed, Rewriter};
use crate::model::lines;

/// Lists nested deeper than this stay HTML.
const MAX_DEPTH: usize = 6;
/// Columns of a marker and the blank behind it.
const WIDTH: usize = 4;
/// A list is not indented by so much: that is code.
const CODE: usize = 4;

/// The text with its lists in HTML written in Markdown.
pub(super) fn listed<'a>(text: &'a str, offsets: &'a Offsets) -> Placed<'a> {
    if memmem::find(text.as_bytes(), b"<li").is_none() {
        return Placed::unchanged(text, offsets);
    }
    let mut rewriter = Rewriter::new(text, offsets);
    let mut fences = Fences::default();
    let (mut at, mut kept) = (0, 0);
    for line in lines(text) {
        let begin = at + line.len() - line.trim_start().len();
        let indented = begin - at >= CODE;
        at += line.len();
        if fences.takes(line) || begin < kept || indented || list(&text[begin..]).is_none() {
            continue;
        }
        // Where one is not closed, nothing behind it can be told.
        let Some(end) = closed(&text[begin..]).map(|length| begin + length) else {
            break;
        };
        rewriter.keep(kept..begin);
        Writer::new(&mut rewriter, text).write(begin, end);
        kept = end;
    }
    rewriter.keep(kept..text.len());
    Placed::rewritten(text, offsets, rewriter.finish())
}

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    /// `<ol>` or `<ul>`; `true` where its items are counted.
    List(bool),
    ListEnd,
    Item,
    ItemEnd,
    Paragraph,
    /// `<pre>`, in which blanks count.
    Code,
    CodeEnd,
    Other,
}

/// The list that begins here.
fn list(text: &str) -> Option<bool> {
    match tag(text) {
        Some((Tag::List(counted), _)) => Some(counted),
        _ => None,
    }
}

/// The tag at the beginning of a text, and its length.
fn tag(text: &str) -> Option<(Tag, usize)> {
    let inner = text.strip_prefix('<')?;
    let length = inner
        .find(['<', '>'])
        .filter(|n| inner[*n..].starts_with('>'))?;
    let inner = &inner[..length];
    let end = inner.find([' ', '\n', '\t', '/']).filter(|n| *n > 0);
    let name = inner[..end.unwrap_or(length)].to_ascii_lowercase();
    let tag = match name.as_str() {
        "ol" => Tag::List(true),
        "ul" => Tag::List(false),
        "/ol" | "/ul" => Tag::ListEnd,
        "li" => Tag::Item,
        "/li" => Tag::ItemEnd,
        "p" | "/p" => Tag::Paragraph,
        "pre" => Tag::Code,
        "/pre" => Tag::CodeEnd,
        _ => Tag::Other,
    };
    Some((tag, length + 2))
}

/// The length of a list with its end; `None` where it has none, or holds too much.
fn closed(text: &str) -> Option<usize> {
    let (mut at, mut depth) = (0, 0);
    while let Some(n) = memchr::memchr(b'<', &text.as_bytes()[at..]) {
        at += n;
        let (tag, length) = tag(&text[at..]).unwrap_or((Tag::Other, 1));
        at += length;
        match tag {
            Tag::List(_) => depth += 1,
            Tag::ListEnd => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
        if depth > MAX_DEPTH {
            return None;
        }
    }
    None
}

/// Writes one list.
struct Writer<'r, 'a> {
    out: &'r mut Rewriter<'a>,
    text: &'a str,
    /// The lists that are open: the number of the next item, where they are counted.
    lists: Vec<Option<u64>>,
    /// Is the line begun already?
    begun: bool,
    /// Does the next line begin a paragraph?
    apart: bool,
    /// Does the item have words already?
    written: bool,
    code: bool,
}

impl<'r, 'a> Writer<'r, 'a> {
    fn new(out: &'r mut Rewriter<'a>, text: &'a str) -> Self {
        Writer {
            out,
            text,
            lists: Vec::new(),
            begun: false,
            apart: false,
            written: false,
            code: false,
        }
    }

    fn write(&mut self, begin: usize, end: usize) {
        self.out.stand_in("\n", begin);
        let mut at = begin;
        while at < end {
            let (found, length) = tag(&self.text[at..end]).unwrap_or((Tag::Other, 0));
            match found {
                Tag::List(counted) => {
                    let start = attribute(&self.text[at..at + length], "ol", "start");
                    let start = start.and_then(|n| n.parse().ok()).unwrap_or(1);
                    self.lists.push(counted.then_some(start));
                    self.begun = false;
                }
                Tag::ListEnd => {
                    self.lists.pop();
                    self.begun = false;
                }
                Tag::Item => self.item(at),
                Tag::ItemEnd => self.begun = false,
                Tag::Paragraph if self.begun && !self.written => {}
                Tag::Paragraph => (self.begun, self.apart) = (false, true),
                Tag::Code | Tag::CodeEnd | Tag::Other => {
                    self.code = found == Tag::Code || self.code && found != Tag::CodeEnd;
                    let next = memchr::memchr(b'<', &self.text.as_bytes()[at + length.max(1)..end]);
                    let next = next.map_or(end, |n| at + length.max(1) + n);
                    self.words(at, next);
                    at = next;
                    continue;
                }
            }
            at += length;
        }
        self.out.stand_in("\n\n", end);
    }

    /// Begins an item.
    fn item(&mut self, at: usize) {
        let depth = self.lists.len().max(1);
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}.", *number - 1)
            }
            _ => "-".to_owned(),
        };
        let indent = (depth - 1) * WIDTH;
        self.out.stand_in(&format!("\n{:indent$}", ""), at);
        let blank = if marker.len() < WIDTH { "" } else { " " };
        self.out.stand_in(&format!("{marker:<WIDTH$}{blank}"), at);
        (self.begun, self.written, self.apart) = (true, false, false);
    }

    /// Begins a line in an item.
    fn line(&mut self, at: usize) {
        let indent = self.lists.len() * WIDTH;
        let ends = if self.apart { "\n\n" } else { "\n" };
        self.out.stand_in(&format!("{ends}{:indent$}", ""), at);
        (self.begun, self.apart) = (true, false);
    }

    /// Takes a text over, each of its lines in the item it stands in.
    fn words(&mut self, begin: usize, end: usize) {
        let mut at = begin;
        for line in self.text[begin..end].split_inclusive('\n') {
            let blanks = line.len() - line.trim_start().len();
            let start = if self.code || self.begun {
                at
            } else {
                at + blanks.min(line.len())
            };
            let words = line.trim_end_matches(['\n', '\r']);
            let stop = at + words.len();
            if start < stop && (self.code || !words.trim().is_empty()) {
                if !self.begun {
                    self.line(start);
                }
                self.out.keep(start..stop);
                self.written = true;
            }
            self.begun &= !line.ends_with('\n');
            at += line.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        listed(text, &Offsets::shifted(0)).text.into_owned()
    }

    #[test]
    fn items_get_their_markers() {
        let html = "a\n\n<ol>\n  <li>Close <b>it</b>.\n    <ul><li>now</li></ul>\n  </li>\n<li>Open\nit.</li></ol>\nb\n";
        let want = "a\n\n\n\n1.  Close <b>it</b>.\n    -   now\n2.  Open\n    it.\n\n\nb\n";
        assert_eq!(read(html), want);
    }

    #[test]
    fn what_is_no_list_stays() {
        for text in [
            "```\n<ul>\n<li>a</li>\n</ul>\n```\n",
            "<ul>\n<li>a</li>\n",
            "| <ul><li>a</li></ul> |\n",
            "a <li> b",
        ] {
            assert_eq!(read(text), text);
        }
    }

    #[test]
    fn every_item_knows_where_it_stands() {
        let html = "<ul>\n<li>a</li>\n</ul>\n";
        let from = Offsets::shifted(10);
        let made = listed(html, &from);
        let at = made.text.find('a').map(|at| made.offsets.file(at));
        assert_eq!(at, Some(19));
    }
}
