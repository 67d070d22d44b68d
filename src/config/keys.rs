//! The keys of a project file, and the nearest one to a misspelt one.

/// Every key that something reads: its table, and its name. The root table is "".
const KNOWN: [(&str, &str); 14] = [
    ("", "compile"),
    ("", "link"),
    ("", "labels"),
    ("", "embed"),
    ("compile", "include"),
    ("compile", "exclude"),
    ("compile", "language"),
    ("compile", "dialect"),
    ("link", "rewrite"),
    ("link.rewrite", "from"),
    ("link.rewrite", "to"),
    ("labels", "paths"),
    ("labels", "add"),
    ("embed", "model"),
];

/// Does something read `key` in `table`?
pub(super) fn is_known(table: &str, key: &str) -> bool {
    KNOWN.contains(&(table, key))
}

/// The known key that looks most like `key`, in words. Keys of the same table win ties.
pub(super) fn nearest(table: &str, key: &str) -> String {
    let mut candidates = KNOWN;
    candidates.sort_by_key(|(t, _)| *t != table);
    let names = candidates.iter().map(|(_, name)| *name);
    match nearest_name(key, names).map(|at| candidates[at]) {
        Some((t, name)) if t == table => format!("`{name}`"),
        Some((t, name)) => format!("`{name}` {}", in_words(t)),
        None => "none".to_owned(),
    }
}

/// A table as a sentence names it: "in \[compile\]".
pub(super) fn in_words(table: &str) -> String {
    match table {
        "" => "outside of any table".to_owned(),
        "link.rewrite" | "labels" => format!("in [[{table}]]"),
        other => format!("in [{other}]"),
    }
}

/// The index of the name that looks most like `given`; the first of equals.
pub(super) fn nearest_name<'a>(given: &str, names: impl Iterator<Item = &'a str>) -> Option<usize> {
    let given = given.to_lowercase();
    let scores = names.map(|name| strsim::jaro_winkler(&given, name));
    let mut best: Option<(usize, f64)> = None;
    for (at, score) in scores.enumerate() {
        if best.is_none_or(|(_, b)| score > b) {
            best = Some((at, score));
        }
    }
    best.map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_finds_its_own_table_first() {
        assert_eq!(nearest("compile", "inclde"), "`include`");
        assert_eq!(nearest("", "include"), "`include` in [compile]");
        assert_eq!(nearest("labels", "path"), "`paths`");
        assert_eq!(nearest("", "label"), "`labels`");
    }
}
