//! Text that fits into a drawing.

use crate::model::{Condition, Polarity};
use crate::terminal::clean;

/// How long a line of a label is, in characters, before it is broken at a space.
const WIDTH: usize = 30;

/// How many characters of a text are shown.
const LENGTH: usize = 120;

/// When a linker applies, in a few words.
pub(super) fn condition(condition: &Condition) -> String {
    let text = condition.text.trim();
    let question = text.ends_with('?');
    match condition.polarity {
        _ if condition.otherwise => "otherwise".to_owned(),
        polarity if question => format!("{text} {}", polarity.name()),
        Polarity::Yes => format!("if {text}"),
        Polarity::No => format!("unless {text}"),
    }
}

/// The lines of a label: cleaned, broken at spaces, and cut where it gets too long.
pub(super) fn lines(text: &str) -> Vec<String> {
    let text = clean(text);
    let mut lines = vec![String::new()];
    let mut left = LENGTH;
    for word in text.split_whitespace() {
        let word = if word.chars().count() > left {
            let cut: String = word.chars().take(left).collect();
            left = 0;
            format!("{cut}…")
        } else {
            left -= word.chars().count();
            word.to_owned()
        };
        append(&mut lines, &word);
        if left == 0 {
            break;
        }
    }
    lines
}

fn append(lines: &mut Vec<String>, word: &str) {
    match lines.last_mut() {
        Some(line) if line.is_empty() => line.push_str(word),
        Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
            line.push(' ');
            line.push_str(word);
        }
        _ => lines.push(word.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_broken_cut_and_cleaned() {
        assert_eq!(lines("Drain\n a  node"), ["Drain a node"]);
        assert_eq!(lines(""), [""]);
        assert_eq!(lines("\u{1b}[2J"), ["␛[2J"]);
        let broken = lines("Move all workloads from one node pool to the other");
        assert_eq!(
            broken,
            ["Move all workloads from one", "node pool to the other"]
        );
        let long = lines(&"word ".repeat(100)).concat();
        assert!(long.ends_with("word…") || long.ends_with("word"), "{long}");
        assert!(lines(&"x".repeat(500)).concat().chars().count() <= LENGTH + 1);
    }

    #[test]
    fn conditions_read_like_sentences() {
        let mut c = Condition::yes("the pod is pending");
        assert_eq!(condition(&c), "if the pod is pending");
        c.polarity = Polarity::No;
        assert_eq!(condition(&c), "unless the pod is pending");
        c.text = "Is it up?".to_owned();
        assert_eq!(condition(&c), "Is it up? no");
        c.otherwise = true;
        assert_eq!(condition(&c), "otherwise");
    }
}
