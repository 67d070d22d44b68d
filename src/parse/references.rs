//! Tags that stand for addresses, or for pieces of them: `[jobs]({{< ref "jobs.md" >}})`.
//!
//! To Markdown such a link is none, since there are blanks and quotes in its address. The site's
//! generator puts the address in before it reads Markdown, and so does this.

use std::borrow::Cow;

use super::dialect::{Delimiter, Dialect, TagRole, TagRule};
use super::fence::Fences;
use super::offsets::Offsets;
use super::rewrite::{Placed, Rewriter};
use super::tags::{self, Among, Tag};
use crate::model::lines;

/// What is longer, in bytes, is no address.
const LONGEST_ADDRESS: usize = 2048;

/// The text with addresses in the place of the tags that stand for them.
pub(super) fn replaced<'a>(text: &'a str, offsets: &'a Offsets, dialect: &Dialect) -> Placed<'a> {
    let is_used = |rule: &TagRule| {
        rule.role == TagRole::Address && rule.names.iter().any(|n| text.contains(n))
    };
    if !dialect.tags.iter().any(is_used) && !has_piece(text, dialect) {
        return Placed::unchanged(text, offsets);
    }
    let mut rewriter = Rewriter::new(text, offsets);
    let mut fences = Fences::default();
    let mut from = 0;
    let mut at = 0;
    for line in lines(text) {
        if !fences.takes(line) {
            for tag in tags::all(line, Among::Text, dialect) {
                let address = address(&tag, dialect).map(Cow::from);
                let piece = || is_piece(line, tag.range.start).then(|| shown_by(&tag).into());
                let Some(address) = address.or_else(piece) else {
                    continue;
                };
                let start = at + tag.range.start;
                rewriter.keep(from..start);
                rewriter.stand_in(&address, start);
                from = at + tag.range.end;
            }
        }
        at += line.len();
    }
    rewriter.keep(from..text.len());
    Placed::rewritten(text, offsets, rewriter.finish())
}

/// Does a tag stand in an address: `[API](/api/{{< param "version" >}}/)`? What it shows only the site knows,
/// and a variable stands for it: `/api/{version}/`, as in URI templates (RFC 6570).
fn has_piece(text: &str, dialect: &Dialect) -> bool {
    let anywhere = |d: &&Delimiter| !d.line && !d.listed && !d.components;
    let mut delimiters = dialect.delimiters.iter().filter(anywhere);
    delimiters.any(|d| {
        let mut opened = text.match_indices(&d.open);
        opened.any(|(at, _)| is_piece(text, at))
    })
}

/// Does a place in a text belong to the address of a link?
fn is_piece(text: &str, at: usize) -> bool {
    let from = (at.saturating_sub(LONGEST_ADDRESS)..=at).find(|i| text.is_char_boundary(*i));
    let before = from.map_or("", |from| &text[from..at]);
    let opened = before.rfind("](").map(|i| &before[i + 2..]);
    opened.is_some_and(|address| !address.contains([')', ' ', '"', '\n']))
}

/// The variable for what a tag shows, by its first argument.
fn shown_by(tag: &Tag) -> String {
    let named = |name: &&str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        !name.is_empty() && name.bytes().all(plain)
    };
    let argument = tag.argument("0").filter(named);
    let name = argument.or(Some(tag.name.as_str()).filter(named));
    name.map_or_else(String::new, tags::variable)
}

/// The address that a tag stands for.
fn address<'t>(tag: &'t Tag, dialect: &Dialect) -> Option<&'t str> {
    let rule = dialect.rule(&tag.name)?;
    let (_, address) = tag.value(&rule.address)?;
    (rule.role == TagRole::Address && !tag.closing).then_some(address)
}
