//! The block of YAML or TOML at the head of a file.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{Code, Diagnostic, FileId, FrontMatter, Severity, Span, lines, one_line};

/// SW003: the block at the head of a page cannot be read.
const UNREADABLE: Code = Code(3);

/// A block longer than this is not front matter that anyone wrote.
const MAX_BYTES: usize = 256 * 1024;

/// The front matter of `text`, which begins at `start`, and where the content begins.
pub(super) fn read(
    file: FileId,
    text: &str,
    start: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> (FrontMatter, usize) {
    let Some((form, head, end)) = delimited(text, start) else {
        return (FrontMatter::default(), start);
    };
    let span = Span::new(file, start..end);
    let mut front = FrontMatter {
        span: Some(span),
        ..FrontMatter::default()
    };
    match form.parse(&text[head.clone()]) {
        Ok(value) => fill(&mut front, &value),
        Err(message) => {
            diagnostics.push(Diagnostic::at(
                UNREADABLE,
                Severity::Warning,
                span,
                format!("the front matter is not readable {}: {message}", form.name()),
                "mend what stands between the two lines that set it off; until then its title, labels and variants are unknown",
            ));
            front.title = plain_title(&text[head]);
        }
    }
    (front, end)
}

/// What front matter is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Between lines of `---`.
    Yaml,
    /// Between lines of `+++`.
    Toml,
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Form::Yaml => "YAML",
            Form::Toml => "TOML",
        }
    }

    fn opened_by(line: &str) -> Option<Form> {
        match line {
            "---" => Some(Form::Yaml),
            "+++" => Some(Form::Toml),
            _ => None,
        }
    }

    fn is_closed_by(self, line: &str) -> bool {
        match self {
            Form::Yaml => matches!(line, "---" | "..."),
            Form::Toml => line == "+++",
        }
    }

    fn parse(self, head: &str) -> Result<Value, String> {
        if head.trim().is_empty() {
            return Ok(Value::Null);
        }
        let read = match self {
            // The reader's own budget bounds aliases, nesting and the number of nodes.
            Form::Yaml => serde_saphyr::from_str(head).map_err(|e| e.to_string()),
            Form::Toml => toml::from_str(head).map_err(|e| e.message().to_owned()),
        };
        read.map_err(|message| message.lines().next().unwrap_or_default().to_owned())
    }
}

/// The form of the front matter, the range of its text and the offset after the closing line.
fn delimited(text: &str, start: usize) -> Option<(Form, std::ops::Range<usize>, usize)> {
    let first = text[start..].split_inclusive('\n').next()?;
    let form = Form::opened_by(first.trim_end()).filter(|_| first.ends_with('\n'))?;
    let head = start + first.len();
    let mut at = head;
    for line in lines(&text[head..]) {
        if at - head > MAX_BYTES {
            return None;
        }
        if form.is_closed_by(line.trim_end()) {
            return Some((form, head..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// The title of a block that is no YAML: most often an unquoted colon in another key.
fn plain_title(yaml: &str) -> Option<String> {
    let line = yaml.lines().find_map(|l| l.strip_prefix("title:"))?;
    let title = line.trim().trim_matches(['"', '\'']);
    (!title.is_empty()).then(|| title.to_owned())
}

fn fill(front: &mut FrontMatter, value: &Value) {
    front.title = text(&value["title"]);
    front.description = text(&value["description"])
        .or_else(|| text(&value["summary"]))
        .or_else(|| text(&value["short_description"]))
        .or_else(|| text(&value["intro"]));
    front.labels = list(&value["labels"]);
    front.language = text(&value["language"]).or_else(|| text(&value["lang"]));
    front.aliases = list(&value["aliases"]);
    front.aliases.extend(list(&value["redirect_from"]));
    front.slug = text(&value["slug"]);
    if !value["short_description"].is_null() {
        front.term = text(&value["id"]);
    }
    if let Value::Object(applies) = &value["applies"] {
        front.applies = applies
            .iter()
            .map(|(k, v)| (k.to_lowercase(), list(v)))
            .collect::<BTreeMap<_, _>>();
    }
}

fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(s) => one_line(s),
        Value::Number(n) => n.to_string(),
        Value::Bool(b) => b.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn list(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(text).collect(),
        other => text(other).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front(text: &str) -> (FrontMatter, usize, usize) {
        let mut diagnostics = Vec::new();
        let (front, at) = read(FileId(0), text, 0, &mut diagnostics);
        (front, at, diagnostics.len())
    }

    #[test]
    fn reads_title_labels_and_variants() {
        let (front, at, n) =
            front("---\ntitle: Drain a node\nlabels: [staff]\napplies:\n  os: linux\n---\n# x\n");
        assert_eq!(front.title.as_deref(), Some("Drain a node"));
        assert_eq!(front.labels, ["staff"]);
        assert_eq!(front.applies["os"], ["linux"]);
        assert_eq!((at, n), (65, 0));
    }

    #[test]
    fn a_rule_is_not_front_matter() {
        assert_eq!(front("---\n\n# A rule opens this page\n").1, 0);
    }

    #[test]
    fn broken_yaml_is_reported_and_the_title_kept() {
        let (front, at, n) = front("---\ntitle: 'A'\nx: [\n---\nbody\n");
        assert_eq!(front.title.as_deref(), Some("A"));
        assert_eq!((at, n), (24, 1));
    }
}
