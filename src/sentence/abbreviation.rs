//! Abbreviations: "a Horizontal Pod Autoscaler (HPA)", "HPA (Horizontal Pod Autoscaler)".
//!
//! After Schwartz and Hearst, *A simple algorithm for identifying abbreviation definitions in
//! biomedical text* (Pacific Symposium on Biocomputing, 2003): what stands in brackets is the short form
//! of the words before them, or the other way round, where these words account for its letters in their
//! order, the first letter at the beginning of the first word. Theirs lets any letter stand anywhere in
//! between. Here every word must give a letter, its first one before others of its own, unless it has no
//! meaning of its own ("Internet of Things"), so that words which only stand near are not taken in.

use std::ops::Range;

use crate::grammar::{Cursor, Lexicon, Role, Token, TokenKind};

/// What may stand in brackets before an abbreviation, or before what it stands for: "hereafter", "short
/// for", "or".
const BEFORE: [Role; 3] = [
    Role::named("term.called"),
    Role::named("term.also"),
    Role::named("option.either"),
];
const MIN_LETTERS: usize = 2;
const MAX_LETTERS: usize = 10;
/// What may be the letters of one with what joins them, in bytes.
const LONGEST: usize = 4 * MAX_LETTERS;
/// A single word must have so many letters for one of its short form: "identifier (ID)", but no
/// "client (CLI)".
const SHORTENED: usize = 3;

/// An abbreviation and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelled<'a> {
    /// The abbreviation, in the singular: "PDB" in "Pod Disruption Budgets (PDBs)".
    pub short: &'a str,
    /// What it stands for, as written.
    pub long: &'a str,
    /// Where that stands in the text, in bytes.
    pub bytes: Range<usize>,
}

/// Can a text spell an abbreviation out? Nearly all cannot, which is told without cutting them into words.
pub fn may_abbreviate(text: &str) -> bool {
    memchr::memchr_iter(b'(', text.as_bytes()).any(|open| {
        let inside = &text.as_bytes()[open + 1..];
        let end = inside.iter().position(|b| b"(),;".contains(b));
        let last = |words: &[u8]| {
            let words = words.trim_ascii_end();
            let word = words.iter().rev().take_while(|b| !b.is_ascii_whitespace());
            // A digit may be the only one: "k8s".
            word.take(LONGEST).fold(0, |tall, byte| match byte {
                b'0'..=b'9' => tall + MIN_LETTERS,
                b'A'..=b'Z' | 0x80.. => tall + 1,
                _ => tall,
            })
        };
        let inside = &inside[..end.unwrap_or(inside.len())];
        last(inside) >= MIN_LETTERS || last(&text.as_bytes()[..open]) >= MIN_LETTERS
    })
}

/// The abbreviations that a text spells out.
pub fn abbreviations<'a>(text: Cursor<'a>) -> Vec<Spelled<'a>> {
    let is = |i: usize, c: char| text.tokens.tokens[i].kind == TokenKind::Punct(c);
    let opened = text.range().filter(|i| is(*i, '('));
    let spelled = opened.filter_map(|open| {
        let close = (open + 1..text.end).find(|i| is(*i, ')') || is(*i, '('))?;
        let part = (open + 1..close).find(|i| is(*i, ',') || is(*i, ';'));
        let inside = text.within(open + 1..part.unwrap_or(close));
        let called = BEFORE.iter().find_map(|role| inside.find(*role));
        let called = called.map_or(inside.at, |(m, _)| m.end as usize);
        let inside = unquoted(inside.within(called..inside.end));
        let near = text.at.max(open.saturating_sub(2 * (MAX_LETTERS + 5)));
        let before = unquoted(text.within(near..open));
        behind(before, inside).or_else(|| ahead(before, inside))
    });
    spelled.collect()
}

/// "Horizontal Pod Autoscaler (HPA)": of the words before the brackets those that account for it with
/// the most first letters, and of these the fewest.
fn behind<'a>(before: Cursor<'a>, inside: Cursor<'a>) -> Option<Spelled<'a>> {
    let short = Short::of(joined(inside)?)?;
    let words = words_before(before, short.most_words());
    let end = before.end;
    let found = (end - words..end).rev().filter_map(|start| {
        let inner = short.inner(before.within(start..end))?;
        Some((inner, start))
    });
    let (_, start) = found.min_by_key(|(inner, start)| (*inner, end - start))?;
    Some(Spelled {
        short: short.text,
        long: before.tokens.slice(start..end),
        bytes: before.tokens.bytes(start..end),
    })
}

/// "HPA (Horizontal Pod Autoscaler)": everything in the brackets accounts for the word before them. One
/// word alone is mostly something else: "CLI (client)".
fn ahead<'a>(before: Cursor<'a>, inside: Cursor<'a>) -> Option<Spelled<'a>> {
    let tokens = &before.tokens.tokens;
    let touch = |i: &usize| *i == before.end || tokens[*i - 1].end == tokens[*i].start;
    let ends = (before.at + 1..=before.end).rev().take(3);
    let from = ends.take_while(touch).last()? - 1;
    let short = Short::of(joined(before.within(from..before.end))?)?;
    let words = words_before(inside, short.most_words());
    let whole = words == inside.range().len() && (words > 1 || short.skipped.is_some());
    (whole && short.inner(inside).is_some()).then(|| Spelled {
        short: short.text,
        long: inside.tokens.slice(inside.range()),
        bytes: inside.tokens.bytes(inside.range()),
    })
}

/// A text without the quotation marks around it.
fn unquoted(text: Cursor<'_>) -> Cursor<'_> {
    let is_quote = |i: usize| {
        let kind = text.tokens.tokens[i].kind;
        matches!(
            kind,
            TokenKind::Punct('"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»')
        )
    };
    let start = text.range().find(|i| !is_quote(*i)).unwrap_or(text.end);
    let end = (start..text.end).rev().find(|i| !is_quote(*i));
    text.within(start..end.map_or(start, |last| last + 1))
}

/// The tokens as one word, if nothing stands between them: "CI/CD".
fn joined<'a>(text: Cursor<'a>) -> Option<&'a str> {
    let tokens = text.tokens.tokens.get(text.range())?;
    let touch = |pair: &[Token]| pair[0].end == pair[1].start;
    let plain = |t: &Token| t.kind != TokenKind::Code;
    let one = !tokens.is_empty() && tokens.windows(2).all(touch) && tokens.iter().all(plain);
    one.then(|| text.tokens.slice(text.range()))
}

/// How many tokens at the end of a text are words of one phrase.
fn words_before(text: Cursor<'_>, most: usize) -> usize {
    let tokens = &text.tokens.tokens;
    let runs_on = |i: usize| match tokens.get(i + 1).filter(|_| i + 1 < text.end) {
        Some(next) => {
            let gap = &text.tokens.text[tokens[i].end as usize..next.start as usize];
            !gap.contains('\n')
        }
        None => true,
    };
    let word = |i: &usize| {
        let kind = tokens[*i].kind;
        let is = matches!(
            kind,
            TokenKind::Word | TokenKind::Number | TokenKind::Punct('/' | '&')
        );
        is && runs_on(*i)
    };
    text.range().rev().take(most).take_while(word).count()
}

/// A short form.
struct Short<'a> {
    text: &'a str,
    /// Its letters and digits, in lower case.
    letters: Vec<char>,
    /// How many letters its number stands for: 10 in "l10n".
    skipped: Option<usize>,
}

impl<'a> Short<'a> {
    /// Mostly capitals and digits, and more than one: "HPA", "eBPF", "CI/CD", "L7"; or a letter, the
    /// number of those left out, and a letter.
    fn of(text: &'a str) -> Option<Self> {
        let text = singular(text);
        let inner = |c: char| c.is_alphanumeric() || matches!(c, '/' | '&' | '-');
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        let count = letters.clone().count();
        let capitals = letters.clone().filter(|c| c.is_uppercase()).count();
        let digits = letters.clone().filter(char::is_ascii_digit).count();
        let skipped = skipped(text);
        let tall =
            capitals > 0 && capitals + digits >= MIN_LETTERS && 2 * (capitals + digits) > count;
        let one = text.starts_with(char::is_alphanumeric) && text.chars().all(inner);
        let fits = (MIN_LETTERS..=MAX_LETTERS).contains(&count) && one;
        (fits && (tall || skipped.is_some())).then(|| Short {
            text,
            letters: letters.flat_map(char::to_lowercase).collect(),
            skipped,
        })
    }

    /// At most so many words are looked at, as in the paper.
    fn most_words(&self) -> usize {
        (self.letters.len() + 5).min(2 * self.letters.len())
    }

    /// If words account for it, how many of its letters stand inside of them.
    fn inner(&self, long: Cursor<'_>) -> Option<usize> {
        let lexicon = long.tokens.lexicon;
        let first = long.peek()?;
        let is_word = matches!(first.kind, TokenKind::Word | TokenKind::Number);
        if !is_word || lexicon.is_stop(first.sym) {
            return None;
        }
        let text = long.tokens.slice(long.range());
        if let Some(skipped) = self.skipped {
            return self.leaves_out(text, skipped).then_some(skipped);
        }
        let pieces = pieces(text, lexicon);
        if pieces.len() == 1 && text.chars().count() < SHORTENED * self.letters.len() {
            return None;
        }
        // For every number of letters that the words so far can account for, the fewest inside.
        let mut reached = vec![None; self.letters.len() + 1];
        reached[0] = Some(0);
        for (n, piece) in pieces.iter().enumerate() {
            let skip = piece.may_be_left_out && n > 0 && n + 1 < pieces.len();
            let mut next = if skip {
                reached.clone()
            } else {
                vec![None; reached.len()]
            };
            for (from, inside) in reached.iter().enumerate() {
                let Some(inside) = *inside else { continue };
                for given in piece.gives(&self.letters[from..]) {
                    let here = inside + given.inner;
                    let best = &mut next[from + given.letters];
                    *best = Some(best.map_or(here, |b: usize| b.min(here)));
                }
            }
            reached = next;
        }
        reached.pop().flatten()
    }

    /// Is it the first and the last letter of a word, and how many there are between?
    fn leaves_out(&self, word: &str, skipped: usize) -> bool {
        let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
        let plain = letters.iter().all(|c| c.is_alphabetic());
        let ends = letters.first() == self.letters.first() && letters.last() == self.letters.last();
        plain && ends && letters.len() == skipped + 2
    }
}

/// A short form without the "s" that says there are several.
fn singular(text: &str) -> &str {
    let one = text
        .strip_suffix('s')
        .map(|t| t.trim_end_matches(['\'', '’']));
    let tall = |c: char| c.is_uppercase() || c.is_ascii_digit() || !c.is_alphanumeric();
    let several = |one: &&str| {
        one.chars().all(tall) && one.chars().filter(|c| c.is_uppercase()).count() >= MIN_LETTERS
    };
    one.filter(several).unwrap_or(text)
}

/// The number in "i18n".
fn skipped(text: &str) -> Option<usize> {
    let number = text.strip_prefix(char::is_alphabetic)?;
    let number = number.strip_suffix(char::is_alphabetic)?;
    number.parse().ok().filter(|n| *n > 0)
}

/// A word of a long form, or a part of one that is joined by hyphens.
struct Piece<'a> {
    text: &'a str,
    may_be_left_out: bool,
}

/// Letters that a word gives to a short form.
struct Given {
    letters: usize,
    /// How many of them are not its first.
    inner: usize,
}

impl Piece<'_> {
    /// What it can give of these letters: its first, and more behind that; a number all of its digits.
    fn gives(&self, letters: &[char]) -> Vec<Given> {
        let mut own = self.text.chars().flat_map(char::to_lowercase);
        if self.text.chars().all(|c| c.is_ascii_digit()) {
            let count = self.text.len();
            let whole = own.eq(letters.iter().copied().take(count));
            return Vec::from_iter(whole.then_some(Given {
                letters: count,
                inner: 0,
            }));
        }
        if own.next() != letters.first().copied() {
            return Vec::new();
        }
        let behind = letters.get(1..).unwrap_or_default();
        let inner = behind
            .iter()
            .take_while(|letter| own.any(|c| c == **letter))
            .count();
        let given = |inner| Given {
            letters: inner + 1,
            inner,
        };
        (0..=inner).map(given).collect()
    }
}

fn pieces<'a>(long: &'a str, lexicon: &Lexicon) -> Vec<Piece<'a>> {
    let words = long.split(|c: char| c.is_whitespace() || matches!(c, '/' | '&'));
    let pieces = words.flat_map(|word| {
        let parts = word
            .split(|c: char| !c.is_alphanumeric())
            .filter(|p| !p.is_empty());
        parts.enumerate().map(|(n, text)| Piece {
            text,
            may_be_left_out: n > 0 || lexicon.is_stop(lexicon.symbol(text)),
        })
    });
    pieces.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::{Grammar, PACKS, Tokens};

    fn read(text: &str, language: &str) -> String {
        let grammar = Grammar::load(&PACKS).expect("the built-in packs");
        let lexicon = grammar.language(language).expect("a built-in language");
        let tokens = Tokens::plain(text, lexicon);
        let found = abbreviations(Cursor::whole(&tokens));
        let found = found.iter().map(|s| format!("{} = {}", s.short, s.long));
        found.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn what_stands_in_brackets_is_short_for_the_words_before() {
        for (text, expected) in [
            (
                "Create a Horizontal Pod Autoscaler (HPA) with it.",
                "HPA = Horizontal Pod Autoscaler",
            ),
            (
                "The recovery point objective (RPO) is one hour.",
                "RPO = recovery point objective",
            ),
            (
                "Pod Disruption Budgets (PDBs)",
                "PDB = Pod Disruption Budgets",
            ),
            (
                "role-based access control (RBAC)",
                "RBAC = role-based access control",
            ),
            (
                "Use multi-factor authentication (MFA).",
                "MFA = multi-factor authentication",
            ),
            ("The Internet of Things (IoT)", "IoT = Internet of Things"),
            (
                "Continuous integration and continuous delivery (CI/CD)",
                "CI/CD = Continuous integration and continuous delivery",
            ),
            (
                "Hypertext Transfer Protocol (HTTP)",
                "HTTP = Hypertext Transfer Protocol",
            ),
            (
                "The extended Berkeley Packet Filter (eBPF)",
                "eBPF = extended Berkeley Packet Filter",
            ),
            (
                "Universally unique identifiers (UUIDs)",
                "UUID = Universally unique identifiers",
            ),
            ("An identifier (ID) of it", "ID = identifier"),
            ("A load balancer of layer 7 (L7)", "L7 = layer 7"),
            (
                "Internet Protocol version 4 (IPv4)",
                "IPv4 = Internet Protocol version 4",
            ),
            (
                "Internationalization (i18n) of Kubernetes (K8s)",
                "i18n = Internationalization, K8s = Kubernetes",
            ),
            ("Name the time to live (or TTL).", "TTL = time to live"),
            (
                "The \"mean time to recovery\" (MTTR, in hours)",
                "MTTR = mean time to recovery",
            ),
        ] {
            assert_eq!(read(text, "en"), expected, "{text}");
        }
    }

    #[test]
    fn what_stands_in_brackets_spells_out_the_word_before() {
        for (text, expected) in [
            (
                "An HPA (Horizontal Pod Autoscaler) scales.",
                "HPA = Horizontal Pod Autoscaler",
            ),
            (
                "TLS (Transport Layer Security, once SSL)",
                "TLS = Transport Layer Security",
            ),
            ("VMs (virtual machines)", "VM = virtual machines"),
            (
                "The RPO (short for recovery point objective)",
                "RPO = recovery point objective",
            ),
        ] {
            assert_eq!(read(text, "en"), expected, "{text}");
        }
    }

    #[test]
    fn german_abbreviations_are_read_by_the_same_rule() {
        for (text, expected) in [
            (
                "Das Bundesamt für Sicherheit in der Informationstechnik (BSI)",
                "BSI = Bundesamt für Sicherheit in der Informationstechnik",
            ),
            (
                "die Allgemeinen Geschäftsbedingungen (AGB)",
                "AGB = Allgemeinen Geschäftsbedingungen",
            ),
            (
                "der Wiederherstellungspunkt (kurz WP)",
                "WP = Wiederherstellungspunkt",
            ),
            (
                "Die unterbrechungsfreie Stromversorgung (kurz USV)",
                "USV = unterbrechungsfreie Stromversorgung",
            ),
            (
                "Der öffentliche Dienst (oder ÖD)",
                "ÖD = öffentliche Dienst",
            ),
        ] {
            assert_eq!(read(text, "de"), expected, "{text}");
        }
    }

    #[test]
    fn what_nothing_spells_out_is_no_abbreviation() {
        for text in [
            "Allow 512 (MB) for it.",
            "Open an incident (SEV1).",
            "Wait for the pump (see below).",
            "Open the port (TCP).",
            "A Kubernetes service (AKS) and a Pod (a kind of AP)",
            "The CLI (client)",
            "A client (CLI)",
            "Install it on Windows (WIN).",
            "Stop the pump. Open the drain. (OD)",
            "The Horizontal Pod, Autoscaler (HPA)",
            "AKS (a Kubernetes service)",
            "Use AD (the directory).",
            "Lower the level of it (LTL)",
            "Set it in the year (2022).",
            "Horizontal Pod Autoscaler (H)",
        ] {
            assert_eq!(read(text, "en"), "", "{text}");
        }
    }

    #[test]
    fn code_spells_nothing_out() {
        use crate::model::{Inline, Mark, MarkKind};
        let inline = Inline {
            text: "Horizontal Pod Autoscaler (HPA)".to_owned(),
            marks: vec![Mark {
                start: 27,
                end: 30,
                kind: MarkKind::Code,
            }],
            ..Inline::default()
        };
        let grammar = Grammar::load(&PACKS).expect("the built-in packs");
        let tokens = Tokens::inline(&inline, grammar.language("en").expect("English"));
        let all = Cursor::whole(&tokens);
        assert_eq!(abbreviations(all), []);
    }
}
