//! SW001: a file is not UTF-8.

use crate::discover::Rule;
use crate::model::{Code, Diagnostic, Severity};

pub(in crate::discover) static RULE: Rule = Rule {
    code: Code(1),
    severity: Severity::Error,
    title: "a file is not UTF-8",
    explanation: "Documents are read as UTF-8. A file in another encoding is skipped as a whole: \
        guessing would put wrong letters into commands that people copy. Convert the file, for \
        example with iconv, and compile again.",
};

/// The text of a file.
pub(in crate::discover) fn decode(file: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        finding(file, error.as_bytes(), at)
    })
}

fn finding(file: &str, bytes: &[u8], at: usize) -> Diagnostic {
    let line = 1 + bytes.iter().take(at).filter(|b| **b == b'\n').count();
    let byte = bytes.get(at).copied().unwrap_or_default();
    let message =
        format!("`{file}` is not UTF-8: the byte at offset {at} (line {line}) is 0x{byte:02X}");
    RULE.finding(file, message, &help(bytes))
}

fn help(bytes: &[u8]) -> String {
    let (from, unless) = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        ("UTF-16", "")
    } else {
        (
            "WINDOWS-1252",
            "; if it is in another encoding, name that one",
        )
    };
    format!("convert it with `iconv -f {from} -t UTF-8 OLD > NEW`{unless}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bad_byte_is_named() {
        let finding = decode("a.md", b"# Caf\xe9\n".to_vec()).expect_err("Latin-1");
        assert!(
            finding.message.contains("offset 5 (line 1) is 0xE9"),
            "{}",
            finding.message
        );
        assert!(finding.help.contains("WINDOWS-1252"), "{}", finding.help);
        let finding = decode("a.md", b"\xff\xfeA\0".to_vec()).expect_err("UTF-16");
        assert!(
            finding.help.contains("iconv -f UTF-16 -t UTF-8"),
            "{}",
            finding.help
        );
        assert_eq!(
            decode("a.md", b"caf\xc3\xa9".to_vec()).as_deref(),
            Ok("café")
        );
    }
}
