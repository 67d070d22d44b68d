//! The lines of a text, and the dialect's tags on them.

use std::ops::Range;

use super::columns;
use super::dialect::{Dialect, TagRole};
use super::fence::{Fence, Fences, Place};
use super::heading;
use super::jsx;
use super::markers::{Container, Known, What, closed_by};
use super::tags::{self, Among, Tag};

/// A line, or several that are one tag.
#[derive(Debug)]
pub(super) struct Line {
    /// With its line end.
    pub(super) range: Range<usize>,
    /// Where its text begins: behind the indentation.
    pub(super) text: usize,
    pub(super) kind: LineKind,
}

/// What a line is.
#[derive(Debug)]
pub(super) enum LineKind {
    Blank,
    /// Fenced code; the first of its lines is said to be so.
    Code(bool),
    /// A tag that opens code, as is said, or closes it.
    Fence(bool),
    Text,
    /// Nothing that a reader sees.
    Hidden,
    /// All of it includes a file, or marks what is included elsewhere.
    Snippet(What),
    /// Tags, and maybe text among them.
    Tagged(Tagged),
}

/// The tags on a line.
#[derive(Debug)]
pub(super) struct Tagged {
    /// Where the tags may begin: behind the marker of a list item.
    pub(super) start: usize,
    /// Does the line begin a list item?
    pub(super) item: bool,
    /// Is there nothing but tags?
    pub(super) whole: bool,
    /// Each with its range in the text.
    pub(super) tags: Vec<(Range<usize>, What)>,
    /// How many tags stand before any text, and after all of it.
    pub(super) lead: usize,
    pub(super) trail: usize,
    /// Which of them open or close containers in which indented text is no code.
    pub(super) loose: Vec<usize>,
}

impl Tagged {
    /// A line that is one marker.
    fn marker(range: Range<usize>, what: What) -> Self {
        Tagged {
            start: range.start,
            item: false,
            whole: true,
            lead: 1,
            trail: 0,
            tags: vec![(range, what)],
            loose: Vec::new(),
        }
    }
}

/// About so many bytes a line has.
const LINE: usize = 40;

/// The lines of a text.
pub(super) fn survey(text: &str, dialect: &Dialect) -> Vec<Line> {
    let mut survey = Survey {
        text,
        dialect,
        fences: Fences::default(),
        known: Known::default(),
        snippets: false,
        quoting: false,
        unended: false,
        unclosed: false,
        code: None,
        lines: Vec::with_capacity(text.len() / LINE),
        tags: Vec::new(),
    };
    let mut at = 0;
    while at < text.len() {
        at = survey.line(at);
    }
    survey.finish()
}

struct Survey<'a> {
    text: &'a str,
    dialect: &'a Dialect,
    fences: Fences,
    known: Known,
    /// Between two lines that say nothing but `--8<--`: each line names a file.
    snippets: bool,
    /// A comment of MDX was found that nothing ends.
    unended: bool,
    /// A tag that opens code was found that nothing closes.
    unclosed: bool,
    /// Where the line begins that closes the code of a tag.
    code: Option<usize>,
    /// Behind a line that opened a quote.
    quoting: bool,
    lines: Vec<Line>,
    /// Of every line with tags: its place, and the tags.
    tags: Vec<(usize, Vec<Tag>)>,
}

impl Survey<'_> {
    /// Reads the line at `at`; gives where the next one begins.
    fn line(&mut self, at: usize) -> usize {
        let line = line_at(self.text, at);
        let end = at + line.len();
        if let Some(close) = self.code {
            let kind = match at == close {
                true => LineKind::Fence(false),
                false => LineKind::Code(false),
            };
            self.code = self.code.filter(|_| at != close);
            return self.push(at, end, kind);
        }
        let place = self.fences.place(line);
        if place != Place::Outside {
            return self.push(at, end, LineKind::Code(place == Place::Opening));
        }
        if line.trim().is_empty() {
            return self.push(at, end, LineKind::Blank);
        }
        if self.dialect.attributes && is_attribute_list(line.trim()) {
            return self.push(at, end, LineKind::Hidden);
        }
        if let Some(close) = self.holds_code(at, line) {
            self.code = Some(close);
            return self.push(at, end, LineKind::Fence(true));
        }
        if let Some(end) = self.hidden(at) {
            return self.push(at, end, LineKind::Hidden);
        }
        if let Some(what) = self.snippet(line.trim()) {
            return self.push(at, end, LineKind::Snippet(what));
        }
        if let Some(what) = self.quote(line.trim()) {
            let tagged = Tagged::marker(
                at + line.len() - line.trim_start().len()..at + line.trim_end().len(),
                what,
            );
            return self.push(at, end, LineKind::Tagged(tagged));
        }
        self.tagged(at)
    }

    fn push(&mut self, start: usize, end: usize, kind: LineKind) -> usize {
        let line = &self.text[start..end];
        // To Markdown, other blanks are text.
        let rest = line.trim_start_matches([' ', '\t', '\r', '\n']);
        let text = start + line.len() - rest.len();
        self.lines.push(Line {
            range: start..end,
            text: text.min(end),
            kind,
        });
        end
    }

    /// Where the line begins that closes the code of the tag that a line is.
    fn holds_code(&mut self, at: usize, line: &str) -> Option<usize> {
        let signs = self.dialect.may_hold_code(line.trim_start())?;
        let opened = self
            .only_tag(line)
            .filter(|tag| !tag.closing && !tag.empty)?;
        let rule = self.dialect.rule(&opened.name)?;
        if rule.role != TagRole::Code || self.unclosed {
            return None;
        }
        let mut next = at + line.len();
        // What is fenced in it is code without it.
        if is_fence(self.text[next..].trim_start()) {
            return None;
        }
        while next < self.text.len() {
            let line = line_at(self.text, next);
            let begins = line.trim_start().starts_with(&signs.open);
            let tag = begins.then(|| self.only_tag(line)).flatten();
            if tag.is_some_and(|tag| tag.closing && tag.name == opened.name) {
                return Some(next);
            }
            next += line.len();
        }
        self.unclosed = true;
        None
    }

    /// The tag that is all of a line.
    fn only_tag(&self, line: &str) -> Option<Tag> {
        let body = line.trim_end();
        let start = body.len() - body.trim_start().len();
        let mut tags = tags::all(body, Among::Line(start), self.dialect);
        let tag = tags.pop().filter(|_| tags.is_empty())?;
        (tag.range == (start..body.len())).then_some(tag)
    }

    /// Where a block of `import` and `export`, or a comment of MDX, ends.
    fn hidden(&mut self, at: usize) -> Option<usize> {
        let line = line_at(self.text, at);
        let last = self.lines.last().map(|l| &l.kind);
        let begins = !matches!(last, Some(LineKind::Text | LineKind::Tagged(_)));
        if self.dialect.esm && begins && jsx::is_esm(line.trim_end()) {
            return Some(self.esm(at));
        }
        let comment = line.trim_start().starts_with("{/*") && !self.unended;
        if !self.dialect.has_components() || !comment {
            return None;
        }
        let end = self.text[at..].find("*/}");
        self.unended = end.is_none();
        let end = at + end? + 3;
        let rest = line_at(self.text, end);
        rest.trim().is_empty().then_some(end + rest.len())
    }

    fn esm(&mut self, start: usize) -> usize {
        let mut at = start;
        while at < self.text.len() {
            let line = line_at(self.text, at);
            if line.trim().is_empty() {
                break;
            }
            let import = jsx::import(line.trim_end().trim_end_matches(';'));
            let import = import.map(|(name, from)| (name.to_owned(), from.to_owned()));
            self.known.imports.extend(import);
            at += line.len();
        }
        at
    }

    /// `--8<-- "file.md"`, or a line between two that say `--8<--`.
    fn snippet(&mut self, body: &str) -> Option<What> {
        let rules = &self.dialect.snippets;
        let rest = rules.iter().find_map(|s| body.strip_prefix(&s.open));
        let Some(rest) = rest else {
            return self.snippets.then(|| include(body));
        };
        let address = rest.trim();
        if address.is_empty() {
            self.snippets = !self.snippets;
            return Some(What::Skip);
        }
        Some(include(address))
    }

    /// A line of `>>>`, which opens a quote or closes it. `>>> [!note]` opens a note.
    fn quote(&mut self, body: &str) -> Option<What> {
        let sign = self.dialect.quote.as_deref()?;
        let rest = body.strip_prefix(sign)?.trim();
        let kind = rest.strip_prefix("[!").and_then(|r| r.split_once(']'));
        let name = sign.to_owned();
        if self.quoting && rest.is_empty() {
            self.quoting = false;
            return Some(What::Close(name));
        }
        let container = match kind {
            Some((kind, title)) => Container::Admonition {
                kind: kind.to_lowercase(),
                title: title.trim().to_owned(),
            },
            None if rest.is_empty() => Container::Quote,
            None => return None,
        };
        self.quoting = true;
        Some(What::Open { name, container })
    }

    fn tagged(&mut self, at: usize) -> usize {
        let end = self.extent(at);
        let line = &self.text[at..end];
        let body = at + line.len() - line.trim_start().len();
        let (start, _) = behind_item(self.text, body);
        let quiet = line.trim_start().starts_with(['>', '|', '#']);
        let found = match quiet {
            true => Vec::new(),
            false => tags::all(line, Among::Line(start - at), self.dialect),
        };
        if !found.is_empty() {
            self.tags.push((self.lines.len(), found));
        }
        self.push(at, end, LineKind::Text)
    }

    /// Where the line ends, or the last line of the tag that it begins with.
    fn extent(&self, at: usize) -> usize {
        let end = at + line_at(self.text, at).len();
        let body = self.text[at..].trim_start();
        if !self.dialect.has_components() || !body.starts_with('<') {
            return end;
        }
        let start = self.text.len() - body.len();
        match jsx::end(body).map(|n| start + n) {
            Some(close) if close > end => close + line_at(self.text, close).len(),
            _ => end,
        }
    }

    /// What every tag does can be told once all of them are known.
    fn finish(mut self) -> Vec<Line> {
        for tag in self.tags.iter().flat_map(|(_, tags)| tags) {
            if let Some(name) = closed_by(tag, self.dialect) {
                self.known.closed.insert(name);
            }
        }
        for (place, tags) in std::mem::take(&mut self.tags) {
            for list in tags.iter().filter_map(|t| t.argument("values")) {
                self.known.labels.extend(jsx::labels(list));
            }
            let tagged = self.read(&self.lines[place], &tags);
            self.lines[place].kind = tagged.map_or(LineKind::Text, LineKind::Tagged);
        }
        self.lines
    }

    fn read(&self, line: &Line, tags: &[Tag]) -> Option<Tagged> {
        let (start, item) = behind_item(self.text, line.text);
        let end = line.range.start + self.text[line.range.clone()].trim_end().len();
        let base = line.range.start;
        let read: Vec<(Range<usize>, What)> = tags
            .iter()
            .map(|t| {
                let range = base + t.range.start..base + t.range.end;
                (range, self.known.meaning(t, self.dialect))
            })
            .collect();
        let (lead, trail, whole) = ends(self.text, start..end, &read);
        let delimiters = &self.dialect.delimiters;
        let loose = |t: &Tag| delimiters[t.delimiter].components || self.dialect.is_loose(&t.name);
        let loose = (0..tags.len()).filter(|i| loose(&tags[*i])).collect();
        let worth = match (whole, item) {
            (true, false) => true,
            (true, true) => read.iter().any(|(_, what)| what.says()),
            (false, _) => lead + trail > 0,
        };
        worth.then_some(Tagged {
            start,
            item,
            whole,
            tags: read,
            lead,
            trail,
            loose,
        })
    }
}

fn is_fence(text: &str) -> bool {
    Fence::of(line_at(text, 0)).is_some_and(|fence| fence.opens())
}

/// How many tags stand before any text in `body`, how many after all of it, and whether there is
/// nothing but markers; then every tag is before it.
fn ends(text: &str, body: Range<usize>, tags: &[(Range<usize>, What)]) -> (usize, usize, bool) {
    let blank = |range: Range<usize>| text.get(range).is_none_or(|t| t.trim().is_empty());
    let mut at = body.start;
    let mut lead = 0;
    for (range, _) in tags {
        if !blank(at..range.start) {
            break;
        }
        (lead, at) = (lead + 1, range.end);
    }
    let textual = tags.iter().any(|(_, w)| matches!(w, What::Text));
    if lead == tags.len() && blank(at..body.end) && !textual {
        return (lead, 0, true);
    }
    let structures = |tags: &[(Range<usize>, What)]| {
        let run = tags.iter().take_while(|(_, w)| w.is_structure());
        run.count()
    };
    let lead = structures(&tags[..lead]);
    let mut at = body.end;
    let mut trail = 0;
    for (range, what) in tags[lead..].iter().rev() {
        if !what.is_structure() || !blank(range.end..at) {
            break;
        }
        (trail, at) = (trail + 1, range.start);
    }
    (lead, trail, false)
}

/// Is all of a line about the block above or below it: `{: .steps }`?
fn is_attribute_list(line: &str) -> bool {
    heading::attribute_list(line) == Some(line.len())
}

fn include(address: &str) -> What {
    let address = address.trim().trim_matches(['"', '\'']);
    // `[start:name]` marks a part of a file, and includes nothing.
    if address.is_empty() || address.starts_with('[') {
        What::Skip
    } else {
        What::Include(address.to_owned())
    }
}

/// Where the text of a list item begins whose marker is at `at`, and whether there is one.
fn behind_item(text: &str, at: usize) -> (usize, bool) {
    let body = line_at(text, at);
    let after = columns::item_marker(body).map(|n| &body[n..]);
    match after.map(str::trim_start) {
        Some(rest) if !rest.is_empty() => (at + body.len() - rest.len(), true),
        _ => (at, false),
    }
}

/// The line that begins at `at`, with its line end.
pub(super) fn line_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let end = memchr::memchr(b'\n', rest.as_bytes());
    end.map_or(rest, |end| &rest[..=end])
}
