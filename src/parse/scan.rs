//! Finds the tags that belong to a dialect and puts something in their place that keeps apart what
//! they keep apart.
//!
//! A marker on a line of its own becomes a rule (`___`), indented as the marker was: a rule ends
//! paragraphs and lists, and stays within the list item that it is indented into. When the text has
//! been read, the marker takes the place of its rule again. Markers that only stand for something
//! become blank lines. Where Markdown sees no rule (deep inside of something else), the marker
//! becomes a blank line as well, on a second reading.

use memchr::memmem;
use rustc_hash::FxHashSet;

use super::columns;
use super::dialect::Dialect;
use super::markers::{Marker, What};
use super::offsets::Offsets;
use super::pairs;
use super::rewrite::{Placed, Rewriter};
use super::survey::{Line, LineKind, Tagged, survey};

/// What Markdown reads in the place of a marker.
const RULE: &str = "___";
/// The length of the fence that stands for a tag that opens code. Those that close are longer.
const FENCE: usize = 6;

/// So many lines of markers may stand between the rows of a table.
const NEAR: usize = 8;

/// A text with its markers taken out.
pub(super) struct Scanned<'a> {
    pub(super) placed: Placed<'a>,
    pub(super) markers: Vec<Marker>,
    /// Where the rules are in the text, and where the markers they stand for begin in the file.
    pub(super) rules: Vec<(usize, u32)>,
}

/// Takes the dialect's markers out of a text. Those that begin at one of the file offsets in
/// `blank` leave a blank line.
pub(super) fn scan<'a>(
    text: &'a str,
    offsets: &'a Offsets,
    dialect: &Dialect,
    blank: &FxHashSet<u32>,
) -> Scanned<'a> {
    let mut scanner = Scanner {
        text,
        offsets,
        dialect,
        blank,
        out: Rewriter::new(text, offsets),
        dedent: Dedent::default(),
        below: Below::default(),
        markers: Vec::new(),
        rules: Vec::new(),
    };
    if speaks(text, dialect) {
        let mut lines = survey(text, dialect);
        pairs::settle(&mut lines);
        for (i, line) in lines.iter().enumerate() {
            scanner.line(line, &lines[..i], &lines[i + 1..]);
        }
    } else {
        scanner.out.keep(0..text.len());
    }
    Scanned {
        placed: Placed::rewritten(text, offsets, scanner.out.finish()),
        markers: scanner.markers,
        rules: scanner.rules,
    }
}

/// Does anything in the text belong to the dialect?
fn speaks(text: &str, dialect: &Dialect) -> bool {
    let has = |sign: &String| memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    dialect.esm
        || dialect.attributes && memchr::memchr(b'{', text.as_bytes()).is_some()
        || dialect.delimiters.iter().any(|d| has(&d.open))
        || dialect.snippets.iter().any(|s| has(&s.open))
        || dialect.quote.iter().any(has)
        || dialect.indented.iter().any(|r| has(&r.open))
}

struct Scanner<'a> {
    text: &'a str,
    offsets: &'a Offsets,
    dialect: &'a Dialect,
    blank: &'a FxHashSet<u32>,
    out: Rewriter<'a>,
    dedent: Dedent,
    below: Below,
    markers: Vec<Marker>,
    rules: Vec<(usize, u32)>,
}

impl Scanner<'_> {
    fn line(&mut self, line: &Line, before: &[Line], after: &[Line]) {
        match &line.kind {
            LineKind::Blank => self.out.keep(line.range.clone()),
            LineKind::Code(first) => {
                if *first {
                    self.dedent.see(self.column(line));
                    self.separate(line, before);
                }
                self.keep(line);
            }
            LineKind::Fence(opens) => {
                if *opens {
                    self.dedent.see(self.column(line));
                    self.separate(line, before);
                }
                self.indent(line);
                // What closes ends where the tag ends.
                let length = match opens {
                    true => FENCE,
                    false => self.end(line) - line.text,
                };
                self.out.stand_in(&"~".repeat(length), line.text);
                self.line_end(line);
            }
            LineKind::Text => {
                self.dedent.see(self.column(line));
                self.separate(line, before);
                self.keep(line);
            }
            LineKind::Hidden => self.line_end(line),
            LineKind::Snippet(what) => {
                self.mark(line.text..self.end(line), what.clone());
                self.stand_in(line, line.text, what.says());
            }
            LineKind::Tagged(tagged) => self.tagged(line, tagged, before, after),
        }
    }

    fn tagged(&mut self, line: &Line, tagged: &Tagged, before: &[Line], after: &[Line]) {
        let column = self.column(line);
        let (closes, opens) = tagged.loose();
        self.dedent.close(closes);
        self.dedent.see(column);
        if tagged.whole {
            for (range, what) in &tagged.tags {
                self.mark(range.clone(), what.clone());
            }
            // Between the rows of a table a blank line would end it.
            if !(self.is_row(before.iter().rev()) && self.is_row(after.iter())) {
                self.stand_in(line, tagged.start, tagged.says());
            }
        } else if self.row(line, tagged) && self.is_row(before.iter().rev()) {
            self.keep_row(line, tagged);
        } else {
            self.mixed(line, tagged);
        }
        let tags = &self.text[line.range.start..tagged.start];
        self.dedent.open(opens, columns::width(tags));
    }

    /// Is the next of these lines that is more than tags a row of a table?
    fn is_row<'l>(&self, lines: impl Iterator<Item = &'l Line>) -> bool {
        let mut near = lines.take(NEAR);
        let found = near.find(|l| !matches!(&l.kind, LineKind::Tagged(t) if t.whole));
        found.is_some_and(|l| match &l.kind {
            LineKind::Tagged(tagged) => self.row(l, tagged),
            _ => self.text[l.text..].starts_with('|'),
        })
    }

    /// Is what stands between the tags at the ends of a line a row of a table?
    fn row(&self, line: &Line, tagged: &Tagged) -> bool {
        let lead = &tagged.tags[..tagged.lead];
        let start = lead.last().map_or(line.text, |(range, _)| range.end);
        self.text[start..].trim_start().starts_with('|')
    }

    /// Takes the tags off a row of a table.
    fn keep_row(&mut self, line: &Line, tagged: &Tagged) {
        let n = tagged.tags.len();
        let (lead, trail) = (
            tagged.tags[..tagged.lead].last(),
            tagged.tags.get(n - tagged.trail),
        );
        let start = lead.map_or(line.text, |(range, _)| range.end);
        let end = trail.map_or(self.end(line), |(range, _)| range.start);
        self.indent(line);
        self.out.keep(start..end);
        self.line_end(line);
    }

    /// Text between tags: each goes on a line of its own.
    fn mixed(&mut self, line: &Line, tagged: &Tagged) {
        let n = tagged.tags.len();
        let (lead, trail) = (
            &tagged.tags[..tagged.lead],
            &tagged.tags[n - tagged.trail..],
        );
        let start = lead.last().map_or(line.text, |(range, _)| range.end);
        let end = trail
            .first()
            .map_or(self.end(line), |(range, _)| range.start);
        let text = &self.text[start..end];
        let (from, to) = (end - text.trim_start().len(), start + text.trim_end().len());
        if let Some((first, _)) = lead.first() {
            lead.iter()
                .for_each(|(r, w)| self.mark(r.clone(), w.clone()));
            self.indent(line);
            self.rule(first.start);
            self.out.stand_in("\n", from);
        }
        self.indent(line);
        self.out.keep(from..to.max(from));
        if let Some((first, _)) = trail.first() {
            trail
                .iter()
                .for_each(|(r, w)| self.mark(r.clone(), w.clone()));
            self.out.stand_in("\n", first.start);
            self.indent(line);
            self.rule(first.start);
        }
        self.line_end(line);
    }

    fn mark(&mut self, range: std::ops::Range<usize>, what: What) {
        self.markers.push(Marker {
            start: self.offsets.file(range.start),
            end: self.offsets.file_end(range.end),
            what,
        });
    }

    /// A rule, or nothing, in the place of all that stands on the line behind `start`.
    fn stand_in(&mut self, line: &Line, start: usize, says: bool) {
        if says && !self.blank.contains(&self.offsets.file(start)) {
            self.indent(line);
            self.out.keep(line.text..start);
            self.rule(start);
        }
        self.line_end(line);
    }

    fn rule(&mut self, at: usize) {
        let file = self.offsets.file(at);
        if self.blank.contains(&file) {
            return;
        }
        let offset = self.out.stand_in(RULE, at);
        self.rules.push((offset, file));
    }

    /// The line's indentation, without what belongs to the containers around it.
    fn indent(&mut self, line: &Line) {
        let at = self.dedent.cut(&self.text[line.range.start..line.text]);
        let piece = &self.text[line.range.start + at..line.text];
        self.out.stand_in(piece, line.range.start + at);
    }

    fn keep(&mut self, line: &Line) {
        let cut = self.dedent.cut(&self.text[line.range.start..line.text]);
        self.out.keep(line.range.start + cut..line.range.end);
    }

    /// The line end, which the last line of a file may not have.
    fn line_end(&mut self, line: &Line) {
        self.out.keep(self.end(line)..line.range.end);
    }

    /// Where the line's text ends.
    fn end(&self, line: &Line) -> usize {
        line.range.start + self.text[line.range.clone()].trim_end().len()
    }

    fn column(&self, line: &Line) -> usize {
        columns::width(&self.text[line.range.start..line.text])
    }

    /// Puts a blank line between a paragraph and a marker right below it whose content is indented,
    /// and between that content and a line at the margin.
    fn separate(&mut self, line: &Line, before: &[Line]) {
        if self.dialect.indented.is_empty() {
            return;
        }
        let text = &self.text[line.text..line.range.end];
        let opens = matches!(line.kind, LineKind::Text)
            && self
                .dialect
                .indented
                .iter()
                .any(|r| r.opens(text).is_some());
        let leaves = self.below.leaves(self.column(line), opens);
        let gap = before
            .last()
            .is_none_or(|l| matches!(l.kind, LineKind::Blank));
        if (opens || leaves) && !gap {
            self.out.stand_in("\n", line.range.start);
        }
    }
}

/// Whether lines stand below a marker whose content is indented.
#[derive(Default)]
struct Below {
    /// The columns of the markers that are open.
    markers: Vec<usize>,
}

impl Below {
    /// Does a line at this column leave the content of a marker?
    fn leaves(&mut self, column: usize, opens: bool) -> bool {
        let mut left = false;
        while self
            .markers
            .last()
            .is_some_and(|m| column < m + super::indented::DEPTH)
        {
            self.markers.pop();
            left = true;
        }
        if opens {
            self.markers.push(column);
        }
        left
    }
}

impl Tagged {
    /// Is there anything that keeps apart what stands around it?
    fn says(&self) -> bool {
        self.tags.iter().any(|(_, what)| what.says())
    }

    /// How many containers of indented text the line closes that were open, and how many it leaves
    /// open.
    fn loose(&self) -> (usize, usize) {
        let mut count = (0, 0);
        for i in &self.loose {
            match self.tags.get(*i).map(|(_, what)| what) {
                Some(What::Open { .. }) => count.1 += 1,
                Some(What::Close(_)) if count.1 > 0 => count.1 -= 1,
                Some(What::Close(_)) => count.0 += 1,
                _ => {}
            }
        }
        count
    }
}

/// The indentation of what stands in elements of JSX and the like, which is no code there.
#[derive(Default)]
struct Dedent {
    /// The open containers, innermost last.
    open: Vec<Level>,
}

/// An open container.
struct Level {
    /// The column of its tag.
    column: usize,
    /// The least indentation seen in it.
    least: Option<usize>,
    /// The columns that belong to the containers around it.
    outer: usize,
}

impl Dedent {
    fn open(&mut self, count: usize, column: usize) {
        for _ in 0..count {
            let outer = self.columns();
            self.open.push(Level {
                column,
                least: None,
                outer,
            });
        }
    }

    fn close(&mut self, count: usize) {
        self.open.truncate(self.open.len().saturating_sub(count));
    }

    fn see(&mut self, column: usize) {
        if let Some(level) = self.open.last_mut() {
            level.least = Some(level.least.map_or(column, |l| l.min(column)));
        }
    }

    /// How many columns belong to the containers around a line.
    fn columns(&self) -> usize {
        let level = self.open.last();
        level.map_or(0, |l| {
            let inside = l.least.map_or(0, |least| least.saturating_sub(l.column));
            l.outer + inside
        })
    }

    /// How many bytes of a line's indentation belong to the containers around it.
    fn cut(&self, indentation: &str) -> usize {
        let columns = self.columns();
        let mut column = 0;
        for (i, c) in indentation.char_indices() {
            column = columns::step(column, c);
            if column > columns {
                return i;
            }
        }
        indentation.len()
    }
}
