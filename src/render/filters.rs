//! What templates may do to a text.

use std::collections::BTreeMap;

use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{Environment, Error};

use super::layout::{Look, Setting};
use super::words::Words;
use crate::terminal::Ink;

/// Adds the filters: one for each ink, and `prose`, `wrap`, `place`, `lines_of`, `unnumbered`,
/// `states`.
pub(super) fn add(environment: &mut Environment<'static>, look: &Look) {
    let palette = look.palette;
    for (name, ink) in INKS {
        environment.add_filter(name, move |text: String| {
            Value::from_safe_string(palette.paint(ink, &text).to_string())
        });
    }
    environment.add_filter("place", move |source: Value| {
        Value::from_safe_string(palette.paint(Ink::Place, &place(&source)).to_string())
    });
    let for_prose = look.clone();
    environment.add_filter("prose", move |text: String, options: Kwargs| {
        prose(&for_prose, &text, &options)
    });
    let for_wrap = look.clone();
    environment.add_filter("wrap", move |text: String, options: Kwargs| {
        wrap(&for_wrap, &text, &options)
    });
    environment.add_filter("lines_of", |source: Value, file: String| {
        lines_of(&source, &file)
    });
    environment.add_filter("states", |header: String, condition: String| {
        states(&header, &condition)
    });
    environment.add_filter("unnumbered", |text: String| unnumbered(&text).to_owned());
}

const INKS: [(&str, Ink); 8] = [
    ("title", Ink::Title),
    ("number", Ink::Number),
    ("condition", Ink::Condition),
    ("place_ink", Ink::Place),
    ("code", Ink::Code),
    ("good", Ink::Good),
    ("warning", Ink::Warning),
    ("quiet", Ink::Quiet),
];

fn ink(name: &str) -> Option<Ink> {
    INKS.iter().find(|(n, _)| *n == name).map(|(_, ink)| *ink)
}

/// Markdown, laid out. Options: `indent`, columns; `mark`, what stands before the first line;
/// `lead`, the title; `place`, where it is from; `inserts`, what it shows of other texts.
fn prose(look: &Look, text: &str, options: &Kwargs) -> Result<Value, Error> {
    let margin = Margin::of(look, options)?;
    let lead: Option<String> = options.get("lead")?;
    let place: Option<String> = options.get("place")?;
    let inserts: Option<Serde<BTreeMap<String, String>>> = options.get("inserts")?;
    options.assert_all_used()?;
    let setting = Setting {
        lead: lead.as_deref().unwrap_or_default(),
        place: place.as_deref().unwrap_or_default(),
        inserts: inserts.as_ref().map(|Serde(inserts)| inserts),
    };
    Ok(margin.around(&look.lines(text, margin.left, setting)))
}

/// Plain text in lines. Options: `indent` and `mark` as for `prose`; `ink`; `label`, what stands
/// before it; `place`, where it is from.
fn wrap(look: &Look, text: &str, options: &Kwargs) -> Result<Value, Error> {
    let margin = Margin::of(look, options)?;
    let name: Option<String> = options.get("ink")?;
    let label: Option<String> = options.get("label")?;
    let place: Option<String> = options.get("place")?;
    options.assert_all_used()?;
    let mut words = Words::plain(name.as_deref().and_then(ink), text);
    if let Some(label) = label.filter(|l| !l.is_empty()) {
        words = Words::labelled(Ink::Condition, &label, words);
    }
    if let Some(place) = place.filter(|p| !p.is_empty()) {
        words.add(Ink::Place, &place);
    }
    Ok(margin.around(&words.lines(margin.left, look.palette)))
}

/// What stands to the left of a text.
struct Margin {
    first: String,
    others: String,
    /// Columns that are left.
    left: usize,
}

impl Margin {
    fn of(look: &Look, options: &Kwargs) -> Result<Self, Error> {
        let indent: Option<usize> = options.get("indent")?;
        let mark: Option<String> = options.get("mark")?;
        let indent = " ".repeat(indent.unwrap_or_default().min(look.columns / 2));
        let mark = mark.unwrap_or_default();
        let width = Words::plain(None, &mark).width();
        let gap = if width == 0 { 0 } else { 1 };
        let painted = look.palette.paint(Ink::Number, &mark);
        let width = indent.len() + width + gap;
        Ok(Margin {
            first: format!("{indent}{painted}{}", " ".repeat(gap)),
            others: " ".repeat(width),
            left: look.columns.saturating_sub(width).max(LEAST),
        })
    }

    fn around(&self, lines: &[String]) -> Value {
        let lines = lines.iter().enumerate().map(|(i, line)| {
            let margin = if i == 0 { &self.first } else { &self.others };
            format!("{margin}{line}").trim_end().to_owned()
        });
        Value::from_safe_string(lines.collect::<Vec<_>>().join("\n"))
    }
}

/// Text gets no narrower than this, however deep it stands.
const LEAST: usize = 24;

/// `ops/drain.md:14-18`
fn place(source: &Value) -> String {
    let part = |name: &str| source.get_attr(name).unwrap_or_default();
    let line = |i: usize| {
        part("lines")
            .get_item(&Value::from(i))
            .unwrap_or_default()
            .to_string()
    };
    let (first, last) = (line(0), line(1));
    let file = part("file");
    if first == last {
        format!("{file}:{first}")
    } else {
        format!("{file}:{first}-{last}")
    }
}

/// `:14-18` where a source is in `file`, else with its own file.
fn lines_of(source: &Value, file: &str) -> String {
    let place = place(source);
    match place.strip_prefix(file) {
        Some(lines) if !file.is_empty() && lines.starts_with(':') => lines.to_owned(),
        _ => place,
    }
}

/// Does a header say its condition itself: "If the disk is full, …"?
fn states(header: &str, condition: &str) -> bool {
    let plain = |text: &str| {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    !condition.is_empty() && plain(header).contains(&plain(condition))
}

/// A body without the number that the author gave the item, where a template shows one itself.
fn unnumbered(text: &str) -> &str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[digits..].strip_prefix(['.', ')']) {
        Some(rest) if digits > 0 && rest.starts_with([' ', '\t']) => rest.trim_start(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_items_own_number_goes() {
        assert_eq!(unnumbered("12. Stop it."), "Stop it.");
        assert_eq!(unnumbered("3) Stop it."), "Stop it.");
        assert_eq!(unnumbered("1.29 is out"), "1.29 is out");
        assert_eq!(unnumbered("Stop 3. now"), "Stop 3. now");
    }

    #[test]
    fn a_condition_is_not_said_twice() {
        assert!(states("If `VFree` is 10 GB, extend it", "VFree is 10 GB"));
        assert!(!states("Extend it", "VFree is 10 GB"));
        assert!(!states("Extend it", ""));
    }

    #[test]
    fn lines_are_named_alone_where_the_file_is_known() {
        let source = Value::from_pairs([
            ("file", Value::from("a.md")),
            ("lines", Value::from(vec![3, 4])),
        ]);
        assert_eq!(lines_of(&source, "a.md"), ":3-4");
        assert_eq!(lines_of(&source, "b.md"), "a.md:3-4");
        assert_eq!(lines_of(&source, ""), "a.md:3-4");
    }
}
