//! Site addresses that are pages of the set.

/// One rule: addresses below `from` are found below `to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// The beginning of an address: `/azure/aks/`.
    pub from: String,
    /// A folder relative to the root: `articles/aks/`; empty for the root.
    pub to: String,
}

/// The rules in their order; the first that matches wins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rewrites(Vec<Rewrite>);

impl Rewrites {
    /// The rules in their order.
    pub fn new(rules: Vec<Rewrite>) -> Self {
        Rewrites(rules)
    }

    /// The rules in their order.
    pub fn rules(&self) -> &[Rewrite] {
        &self.0
    }

    /// Where the site's address is found, relative to the root, with its query and anchor: with
    /// `/azure/aks/` to `aks/`, `/azure/aks/drain#cordon` is `aks/drain#cordon`. `None` where no
    /// rule knows it.
    ///
    /// `from` matches whole path segments, with or without its last slash. The result may still
    /// hold `..` that the address had: resolving it within the root is the caller's.
    pub fn apply(&self, address: &str) -> Option<String> {
        self.0.iter().find_map(|rule| rule.apply(address))
    }
}

impl Rewrite {
    fn apply(&self, address: &str) -> Option<String> {
        let rest = address.strip_prefix(self.from.trim_end_matches('/'))?;
        let path = rest.trim_start_matches('/');
        let inside = rest.len() > path.len() || rest.is_empty() || rest.starts_with(['#', '?']);
        inside.then(|| self.below(path))
    }

    /// `path` below `to`, with one slash between them.
    fn below(&self, path: &str) -> String {
        let folder = self.to.trim_matches('/');
        if folder.is_empty() || path.starts_with(['#', '?']) {
            format!("{folder}{path}")
        } else {
            format!("{folder}/{path}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewrites(rules: &[(&str, &str)]) -> Rewrites {
        let rule = |(from, to): &(&str, &str)| Rewrite {
            from: (*from).to_owned(),
            to: (*to).to_owned(),
        };
        Rewrites::new(rules.iter().map(rule).collect())
    }

    #[test]
    fn the_first_rule_that_matches_wins() {
        let rules = rewrites(&[("/a/b/", "one/"), ("/a/", "two"), ("/a/b/c/", "never")]);
        assert_eq!(rules.apply("/a/b/c").as_deref(), Some("one/c"));
        assert_eq!(rules.apply("/a/x/y").as_deref(), Some("two/x/y"));
        assert_eq!(rules.apply("/b/x"), None);
    }

    #[test]
    fn only_whole_segments_match() {
        let rules = rewrites(&[("/azure/aks", "aks/")]);
        assert_eq!(rules.apply("/azure/aks-engine/x"), None);
        assert_eq!(rules.apply("/azure/aks/x").as_deref(), Some("aks/x"));
    }

    #[test]
    fn the_folder_itself_and_its_anchors_are_addresses_too() {
        let rules = rewrites(&[("/docs/", "")]);
        assert_eq!(rules.apply("/docs").as_deref(), Some(""));
        assert_eq!(rules.apply("/docs/a/b/#c").as_deref(), Some("a/b/#c"));
        let rules = rewrites(&[("/docs/", "pages/")]);
        assert_eq!(rules.apply("/docs#top").as_deref(), Some("pages#top"));
        assert_eq!(rules.apply("/docs/").as_deref(), Some("pages/"));
    }
}
