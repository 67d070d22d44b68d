//! `eval`: figures over a suite, beside plain BM25, with a bar that a build can fail below.

use super::program::{Folder, corpus, object, runbooks, stepwell};

#[test]
fn a_suite_is_scored_beside_the_baselines() {
    let suite = corpus("runbooks.questions.jsonl");
    let run = |args: &[&str]| {
        let suite = suite.to_str().expect("a path");
        stepwell([&["eval", suite], args].concat()).store(runbooks())
    };
    let scored = object(&run(&["--format", "json"]).prints());
    assert_eq!(scored["questions"], 30);
    let own = scored["figures"]["R@1"].as_f64().expect("a figure");
    for baseline in ["BM25 over pages", "BM25 over 200-word chunks"] {
        let other = scored["baselines"][baseline]["R@1"].as_f64();
        assert!(own > other.expect("a figure"), "{baseline}: {scored}");
    }
    let misses = scored["misses"].as_array().map_or(0, Vec::len);
    assert_eq!(misses, 30 - (own * 30.0).round() as usize);
    let text = run(&[]).prints();
    assert!(text.contains("BM25 over pages"), "{text}");
    assert_eq!(text.matches("\n  expected  ").count(), misses);
    run(&["--at-least", "r@1=0.5"]).ends(0);
    let below = run(&["--at-least", "MRR=1"]).ends(1);
    assert!(below.out.contains("below 1"), "{}", below.out);
}

#[test]
fn what_is_expected_is_a_page_or_a_unit_as_the_caller_sees_it() {
    let page = "# Turn it left\n\n1. Turn it left.\n2. Lock it.\n";
    let secret =
        "---\nlabels: [staff]\n---\n\n# Open the safe\n\n1. Open the safe.\n2. Close it.\n";
    let suite = concat!(
        "{\"query\": \"turn it left\", \"unit\": \"a.md#turn-it-left\"}\n",
        "{\"query\": \"open the safe\", \"page\": [\"b.md\"], \"as\": [\"staff\"]}\n",
        "{\"query\": \"open the safe\", \"page\": \"b.md\"}\n",
    );
    let folder = Folder::with(&[("d/a.md", page), ("d/b.md", secret), ("s.jsonl", suite)]);
    let scored = folder.run(["eval", "s.jsonl", "--from", "d", "--format", "json"]);
    let scored = object(&scored.prints());
    assert_eq!(
        scored["misses"].as_array().map(Vec::len),
        Some(1),
        "{scored}"
    );
    assert_eq!(scored["misses"][0]["line"], 3);
}

#[test]
fn a_suite_that_cannot_be_read_is_named_with_its_line() {
    let bad = "{\"query\": \"a\", \"page\": \"a.md\"}\n{\"query\": \"b\"}\n";
    let folder = Folder::with(&[("d/a.md", "# A\n\n1. Do it.\n"), ("s.jsonl", bad)]);
    let message = folder.run(["eval", "s.jsonl", "--from", "d"]).refuses();
    assert!(message.contains("s.jsonl:2: neither"), "{message}");
    let message = folder.run(["eval", "none.jsonl", "--from", "d"]).refuses();
    assert!(message.contains("none.jsonl"), "{message}");
    let message = folder
        .run(["eval", "s.jsonl", "--from", "d", "--at-least", "F1=2"])
        .refuses();
    assert!(message.contains("R@1, R@5 and MRR"), "{message}");
}

/// Questions whose words are those of a step, and whose answer is the page that the step leads to: far more
/// of those pages are found than by their words.
#[test]
fn a_need_of_two_hops_finds_the_second_page() {
    let suite = corpus("runbooks.two-hops.jsonl");
    let suite = suite.to_str().expect("a path");
    let scored = stepwell(["eval", suite, "--format", "json"]).store(runbooks());
    let scored = object(&scored.prints());
    let figure = |of: &serde_json::Value| of["R@5"].as_f64().expect("a figure");
    let own = figure(&scored["figures"]);
    for (name, other) in scored["baselines"].as_object().expect("baselines") {
        assert!(own > figure(other) + 0.15, "{name}: {scored}");
    }
}

/// Pages of eight houses, and questions in other words than the right page, beside one that is only
/// associated with what is asked.
#[test]
fn associations_mislead_less_than_words_alone_do() {
    let suite = corpus("associations.questions.jsonl");
    let suite = suite.to_str().expect("a path");
    let from = corpus("associations");
    let from = from.to_str().expect("a path");
    let scored = stepwell(["eval", suite, "--from", from, "--format", "json"]);
    let scored = object(&scored.prints());
    let figure = |of: &serde_json::Value| of["R@1"].as_f64().expect("a figure");
    let own = figure(&scored["figures"]);
    assert!(own >= 0.85, "{own}");
    for (name, other) in scored["baselines"].as_object().expect("baselines") {
        assert!(own > figure(other) + 0.2, "{name}: {scored}");
    }
}

/// Pages of eight trades, and questions that have hardly a word of the pages: what the language knows of words
/// of one meaning finds more than words alone do.
#[test]
fn a_language_knows_what_pages_call_otherwise() {
    let suite = corpus("trades.questions.jsonl");
    let suite = suite.to_str().expect("a path");
    let from = corpus("trades");
    let from = from.to_str().expect("a path");
    let scored = stepwell(["eval", suite, "--from", from, "--format", "json"]);
    let scored = object(&scored.prints());
    let figure = |of: &serde_json::Value| of["R@1"].as_f64().expect("a figure");
    let own = figure(&scored["figures"]);
    for (name, other) in scored["baselines"].as_object().expect("baselines") {
        assert!(own > figure(other) + 0.15, "{name}: {scored}");
    }
}
