use std::fs;

use tempfile::TempDir;

use super::*;
use crate::model::Code;

/// A folder with files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, bytes).expect("a file");
    }
    root
}

fn config(text: &str) -> Config {
    Config::parse(text, Path::new("stepwell.toml"), &[]).expect(text)
}

fn find(paths: &[PathBuf], root: Option<&Path>, config: &Config) -> Result<Found, DiscoverError> {
    let request = Request {
        paths,
        root,
        config,
    };
    discover_from(&request, &mut "# Piped\n".as_bytes(), &|_| {})
}

/// The names and the codes that come out of a folder.
fn names(root: &Path, config: &Config) -> (Vec<String>, Vec<u16>) {
    listed(&find(&[root.to_owned()], None, config).expect("files"))
}

fn listed(found: &Found) -> (Vec<String>, Vec<u16>) {
    (
        found.files.iter().map(|f| f.path.clone()).collect(),
        found.diagnostics.iter().map(|d| d.code.0).collect(),
    )
}

#[test]
fn a_folder_gives_its_documents_in_the_order_of_their_paths() {
    let root = folder(&[
        ("b.md", b"b"),
        ("a/z.markdown", b"z"),
        ("a.md", b"a"),
        ("B.MD", b"B"),
        ("page.mdx", b"x"),
        ("logo.png", b"\x89PNG\0"),
        (".hidden/c.md", b"c"),
        (".d.md", b"d"),
    ]);
    let (files, codes) = names(root.path(), &Config::default());
    assert_eq!(files, ["a.md", "a/z.markdown", "b.md", "page.mdx"]);
    assert!(codes.is_empty());
}

#[test]
fn gitignore_holds_without_a_repository_but_only_inside_of_the_root() {
    let root = folder(&[
        (".gitignore", b"*"),
        ("docs/.gitignore", b"build/\n*.tmp.md\n"),
        ("docs/a.md", b"a"),
        ("docs/a.tmp.md", b"a"),
        ("docs/build/b.md", b"b"),
    ]);
    let (files, _) = names(&root.path().join("docs"), &Config::default());
    assert_eq!(files, ["a.md"]);
    fs::create_dir(root.path().join(".git")).expect("a repository");
    let found = find(&[root.path().join("docs")], None, &Config::default());
    assert!(found.is_err(), "in a repository the outer file counts too");
}

#[test]
fn globs_are_relative_to_the_root_and_exclude_wins() {
    let root = folder(&[
        ("docs/a.md", b"a"),
        ("docs/old/b.md", b"b"),
        ("docs/readme.txt", b"t"),
        ("notes/c.md", b"c"),
        ("docs/data.yaml", b"y: 1"),
    ]);
    let globs =
        config("[compile]\ninclude = [\"docs/**\", \"**/*.txt\"]\nexclude = [\"docs/old\"]\n");
    assert_eq!(
        names(root.path(), &globs).0,
        ["docs/a.md", "docs/readme.txt"]
    );
    let found = find(&[root.path().join("docs")], Some(root.path()), &globs).expect("files");
    assert_eq!(listed(&found).0, ["docs/a.md", "docs/readme.txt"]);
}

#[test]
fn a_named_file_is_taken_whatever_the_globs_say() {
    let root = folder(&[
        ("notes/TODO", b"# Do"),
        ("notes/x.md", b"x"),
        (".h.md", b"h"),
    ]);
    let globs = config("[compile]\ninclude = [\"docs/**\"]\nexclude = [\"**\"]\n");
    let paths = ["notes/TODO", "notes/x.md", ".h.md"].map(|p| root.path().join(p));
    let found = find(&paths, None, &globs).expect("files");
    assert_eq!(
        listed(&found),
        (
            vec![".h.md".into(), "notes/TODO".into(), "notes/x.md".into()],
            vec![]
        )
    );
    let alone = find(&paths[..1], None, &globs).expect("a file");
    assert_eq!(listed(&alone).0, ["TODO"]);
    assert!(alone.root.ends_with("notes"));
}

#[test]
fn the_root_is_what_the_paths_have_in_common() {
    let root = folder(&[("a/b/x.md", b"x"), ("a/c/y.md", b"y"), ("d/z.md", b"z")]);
    let at = |p: &str| root.path().join(p);
    let config = Config::default();
    let found = find(&[at("a/b/x.md"), at("a/c")], None, &config).expect("files");
    assert_eq!(listed(&found).0, ["b/x.md", "c/y.md"]);
    let found = find(&[at("a/b"), at("d/z.md")], None, &config).expect("files");
    assert_eq!(listed(&found).0, ["a/b/x.md", "d/z.md"]);
    let error = find(&[at("d")], Some(&at("a")), &config).expect_err("outside");
    assert!(
        matches!(error, DiscoverError::OutsideRoot { .. }),
        "{error}"
    );
    let error = find(&[at("d")], Some(&at("nowhere")), &config).expect_err("no root");
    assert!(matches!(error, DiscoverError::BadRoot { .. }), "{error}");
    let error = find(&[at("d")], Some(&at("d/z.md")), &config).expect_err("a file");
    assert!(error.to_string().contains("it is a file"), "{error}");
}

#[test]
fn a_file_that_several_paths_lead_to_is_read_once() {
    let root = folder(&[("a.md", b"a"), ("b/c.md", b"c")]);
    let paths = ["a.md", "b", "", "b/../a.md", "b/c.md"].map(|p| root.path().join(p));
    let found = find(&paths, None, &Config::default()).expect("files");
    assert_eq!(
        listed(&found),
        (vec!["a.md".into(), "b/c.md".into()], vec![])
    );
}

#[test]
fn standard_input_is_a_page_of_its_own() {
    let root = folder(&[("stdin.md", b"file")]);
    let config = Config::default();
    let found = find(&["-".into(), "-".into()], None, &config).expect("a page");
    assert_eq!(listed(&found).0, ["stdin.md"]);
    assert_eq!(found.files[0].text, "# Piped\n");
    let found = find(&["-".into(), root.path().to_owned()], None, &config).expect("pages");
    assert_eq!(listed(&found).0, ["stdin-2.md", "stdin.md"]);
    let bad = discover_from(
        &Request {
            paths: &["-".into()],
            root: None,
            config: &config,
        },
        &mut &b"\xff\xfe"[..],
        &|_| {},
    );
    assert_eq!(listed(&bad.expect("a finding")), (vec![], vec![1]));
}

#[test]
fn the_text_is_left_as_it_is() {
    let text = "\u{feff}# A\r\n\r\nb\0c\r\n";
    let root = folder(&[("a.md", text.as_bytes()), ("empty.md", b"")]);
    let found = find(&[root.path().to_owned()], None, &Config::default()).expect("files");
    assert_eq!(found.files[0].text, text);
    assert_eq!(found.files[1].text, "");
}

#[test]
fn what_is_not_utf8_is_named_and_the_rest_goes_on() {
    let root = folder(&[("a.md", b"one\ntwo \xe9\n"), ("b.md", b"b")]);
    let found = find(&[root.path().to_owned()], None, &Config::default()).expect("files");
    assert_eq!(listed(&found), (vec!["b.md".into()], vec![1]));
    let finding = &found.diagnostics[0];
    assert_eq!(finding.file.as_deref(), Some("a.md"));
    assert!(
        finding.message.contains("offset 8 (line 2)"),
        "{}",
        finding.message
    );
    assert!(finding.help.contains("iconv"), "{}", finding.help);
}

#[test]
fn a_set_of_bad_files_only_is_findings_and_not_an_error() {
    let root = folder(&[("a.md", b"\xff")]);
    assert_eq!(names(root.path(), &Config::default()), (vec![], vec![1]));
}

#[test]
fn a_binary_that_was_named_is_refused() {
    let root = folder(&[("logo.png", b"\x89PNG\0\0"), ("a.md", b"a")]);
    let paths = ["logo.png", "a.md"].map(|p| root.path().join(p));
    let found = find(&paths, None, &Config::default()).expect("a file");
    assert_eq!(listed(&found), (vec!["a.md".into()], vec![7]));
}

#[test]
fn a_file_over_four_gib_is_skipped_unread() {
    let root = folder(&[("a.md", b"a")]);
    let large = fs::File::create(root.path().join("large.md")).expect("a file");
    large.set_len(5 << 30).expect("a hole");
    assert_eq!(
        names(root.path(), &Config::default()),
        (vec!["a.md".into()], vec![4])
    );
}

#[test]
fn a_folder_named_like_a_document_is_walked() {
    let root = folder(&[("x.md/y.md", b"y")]);
    assert_eq!(
        names(root.path(), &Config::default()),
        (vec!["x.md/y.md".into()], vec![6])
    );
}

#[test]
fn a_path_that_is_not_there_is_an_error() {
    let root = folder(&[("a.md", b"a")]);
    let paths = ["a.md", "b.md"].map(|p| root.path().join(p));
    let error = find(&paths, None, &Config::default()).expect_err("missing");
    assert!(matches!(error, DiscoverError::Missing { .. }), "{error}");
    assert!(error.to_string().contains("b.md does not exist"), "{error}");
    let error = find(&["/dev/null".into()], None, &Config::default()).expect_err("a device");
    assert!(matches!(error, DiscoverError::NotAFile { .. }), "{error}");
}

#[test]
fn nothing_matched_says_where_it_looked_and_what_was_there() {
    let root = folder(&[
        ("a.html", b""),
        ("b.html", b""),
        ("c.png", b""),
        ("Makefile", b""),
    ]);
    let error = find(
        &[root.path().to_owned()],
        None,
        &config("[compile]\nexclude = [\"old\"]\n"),
    );
    let message = error.expect_err("no documents").to_string();
    for part in [
        root.path().to_str().expect("a name"),
        "4 files were seen (2 .html, 1 without extension, 1 .png)",
        "**/*.md, **/*.markdown, **/*.mdx without old (from stepwell.toml)",
    ] {
        assert!(message.contains(part), "{message}");
    }
    let empty = tempfile::tempdir().expect("a folder");
    let error = find(&[empty.path().to_owned()], None, &Config::default());
    let message = error.expect_err("an empty folder").to_string();
    assert!(
        message.contains("no file was seen") && message.contains("the defaults"),
        "{message}"
    );
}

#[test]
fn labels_are_attached_and_a_rule_without_a_file_is_reported() {
    let root = folder(&[("internal/a.md", b"a"), ("b.md", b"b")]);
    let rules = config(
        "[[labels]]\npaths = [\"internal\"]\nadd = [\"staff\"]\n[[labels]]\npaths = [\"docs/secret/**\"]\nadd = [\"ops\"]\n",
    );
    let found = find(&[root.path().to_owned()], None, &rules).expect("files");
    assert_eq!(found.files[1].labels, ["staff"]);
    assert!(found.files[0].labels.is_empty());
    assert_eq!(listed(&found).1, [10]);
    assert!(
        found.diagnostics[0].message.contains("stepwell.toml:4"),
        "{:?}",
        found.diagnostics
    );
    let part = find(&[root.path().join("internal")], Some(root.path()), &rules).expect("files");
    assert!(
        part.diagnostics.is_empty(),
        "a part of the set says nothing about the rest"
    );
}

#[test]
fn a_file_that_vanishes_is_reported() {
    let gone = PathBuf::from("/nowhere/a.md");
    let mut findings = Vec::new();
    let pages = read::all(&[("a.md".to_owned(), gone)].into(), &mut findings, &|_| {});
    assert!(pages.is_empty());
    assert_eq!(findings[0].code, Code(2));
}

#[test]
fn the_codes_of_all_rules_differ() {
    let mut codes: Vec<u16> = RULES.iter().map(|r| r.code.0).collect();
    codes.dedup();
    assert_eq!(codes, [1, 2, 4, 5, 6, 7, 8, 9, 10, 11]);
}

#[cfg(unix)]
mod links {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_inside_of_the_root_are_followed() {
        let root = folder(&[("real/a.md", b"a"), (".data/b.md", b"b")]);
        symlink("real", root.path().join("alias")).expect("a link");
        symlink(".data/b.md", root.path().join("b.md")).expect("a link");
        let (files, codes) = names(root.path(), &Config::default());
        assert_eq!(files, ["alias/a.md", "b.md", "real/a.md"]);
        assert!(codes.is_empty());
    }

    #[test]
    fn links_out_of_the_root_are_skipped() {
        let root = folder(&[
            ("docs/a.md", b"a"),
            ("secret/s.md", b"s"),
            ("secret/s.png", b""),
        ]);
        let docs = root.path().join("docs");
        symlink("../secret/s.md", docs.join("s.md")).expect("a link");
        symlink("../secret/s.png", docs.join("s.png")).expect("a link");
        symlink("../secret", docs.join("folder")).expect("a link");
        assert_eq!(
            names(&docs, &Config::default()),
            (vec!["a.md".into()], vec![5, 5])
        );
        let named = find(&[docs.join("s.md")], None, &Config::default()).expect("a finding");
        assert_eq!(listed(&named), (vec![], vec![5]));
        let wider = find(&[docs], Some(root.path()), &Config::default()).expect("files");
        assert_eq!(
            listed(&wider).0,
            ["docs/a.md", "docs/folder/s.md", "docs/s.md"]
        );
    }

    #[test]
    fn link_loops_and_dead_links_are_reported() {
        let root = folder(&[("a.md", b"a"), ("sub/b.md", b"b")]);
        symlink("..", root.path().join("sub/up")).expect("a link");
        symlink("self.md", root.path().join("self.md")).expect("a link");
        symlink("gone.md", root.path().join("dead.md")).expect("a link");
        symlink("gone.png", root.path().join("dead.png")).expect("a link");
        let (files, codes) = names(root.path(), &Config::default());
        assert_eq!(files, ["a.md", "sub/b.md"]);
        assert_eq!(codes, [8, 8, 8]);
    }

    #[test]
    fn links_that_cross_each_other_end() {
        let root = folder(&[("0/a.md", b"a")]);
        for n in 1..20 {
            let level = root.path().join(n.to_string());
            fs::create_dir(&level).expect("a folder");
            for side in ["left", "right"] {
                symlink(format!("../{}", n - 1), level.join(side)).expect("a link");
            }
        }
        let (files, codes) = names(root.path(), &Config::default());
        assert_eq!(files.len(), checks::repeated_folder::LIMIT);
        assert!(codes.iter().all(|c| *c == 11) && !codes.is_empty());
    }

    #[test]
    fn a_name_that_is_not_utf8_is_reported() {
        let root = folder(&[("a.md", b"a")]);
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
        if fs::write(root.path().join(name), b"c").is_err() {
            return; // The file system only takes UTF-8.
        }
        assert_eq!(
            names(root.path(), &Config::default()),
            (vec!["a.md".into()], vec![9])
        );
    }
}
