//! Vectors: with the real all-MiniLM-L6-v2, and without any model.

use std::path::PathBuf;

use super::program::{Folder, Program, object, root, skip};

const MODEL: &str = "all-MiniLM-L6-v2";

/// The folder of models that `tests/run` installs into; `None` where it could not.
fn models() -> Option<PathBuf> {
    let named = std::env::var_os("STEPWELL_MODELS").filter(|v| !v.is_empty());
    let folder = named.map_or_else(|| root().join("target/models"), PathBuf::from);
    if folder.join(MODEL).join("model.onnx").is_file() {
        return Some(folder);
    }
    skip("all-MiniLM-L6-v2 is not installed; tests/run installs it where it can");
    None
}

/// Pages of which one has what the question means and another what it is associated with.
fn pages() -> Folder {
    Folder::with(&[
        (
            "car.md",
            "# Purchase an automobile\n\n1. Compare the prices.\n2. Sign the contract.\n",
        ),
        (
            "paint.md",
            "# Paint a fence\n\n1. Open the can.\n2. Stir it.\n",
        ),
        (
            "swim.md",
            "# Learn to swim\n\n1. Go to the pool.\n2. Hold your breath.\n",
        ),
    ])
}

impl Program {
    fn with_models(self, folder: &std::path::Path) -> Self {
        self.env("STEPWELL_MODELS", folder)
            .env("ORT_DYLIB_PATH", "")
    }
}

#[test]
fn a_header_in_other_words_is_near() {
    let Some(models) = models() else { return };
    let folder = pages();
    let asked = || {
        let asked = folder.run([
            "ask",
            "visit the dealership",
            "--format",
            "json",
            "--limit",
            "1",
        ]);
        let answer = object(asked.with_models(&models).run().out.trim());
        answer["hits"][0]["unit"].clone()
    };
    folder.run(["compile", "."]).ends(0);
    assert_ne!(
        asked(),
        "car.md#purchase-an-automobile",
        "no word is the same"
    );
    folder
        .run(["compile", ".", "--embedder", MODEL])
        .with_models(&models)
        .ends(0);
    assert_eq!(asked(), "car.md#purchase-an-automobile");
    let status = folder.run(["status", "--format", "json"]).lines();
    assert_eq!(status[0]["embedder"], MODEL);
    folder.run(["status", "--verify"]).ends(0);
}

#[test]
fn a_suite_is_compared_with_chunks_by_vectors() {
    let Some(models) = models() else { return };
    let folder = pages();
    folder.write(
        "s.jsonl",
        "{\"query\": \"my first car\", \"page\": \"car.md\"}\n",
    );
    let eval = [
        "eval",
        "s.jsonl",
        "--from",
        ".",
        "--format",
        "json",
        "--embedder",
        MODEL,
    ];
    let scored = object(folder.run(eval).with_models(&models).prints().trim());
    assert_eq!(
        scored["baselines"]["all-MiniLM-L6-v2 over chunks"]["R@1"], 1.0,
        "{scored}"
    );
    let refused = folder
        .run(eval)
        .with_models(&folder.join("nothing"))
        .refuses();
    assert!(refused.contains("models/install"), "{refused}");
}

#[test]
fn vectors_are_the_same_bytes_again_and_are_not_made_twice() {
    let Some(models) = models() else { return };
    let folder = pages();
    let stored = |jobs: &str, store: &str| {
        folder
            .run([
                "compile",
                ".",
                "--embedder",
                MODEL,
                "--jobs",
                jobs,
                "--store",
                store,
            ])
            .with_models(&models)
            .ends(0);
        let newest = std::fs::read_to_string(folder.join(store).join("CURRENT")).expect("a store");
        let published = folder
            .join(store)
            .join(newest.trim())
            .join("units.stepwell");
        std::fs::read(published).expect("published")
    };
    let first = stored("1", "a");
    assert_eq!(first, stored("2", "b"), "whatever the number of threads");
    assert_eq!(first, stored("2", "a"), "taken from the store");
}

#[test]
fn the_project_file_names_a_model_in_a_folder_below_it() {
    let Some(models) = models() else { return };
    let folder = pages();
    folder.write("stepwell.toml", "[embed]\nmodel = \"tools/model\"\n");
    copy(&models.join(MODEL), &folder.join("tools/model"));
    folder.run(["compile", "."]).with_models(&models).ends(0);
    let ask = || {
        folder
            .run(["ask", "my first car", "--format", "json"])
            .with_models(&models)
    };
    assert_eq!(
        object(ask().run().out.trim())["hits"][0]["unit"],
        "car.md#purchase-an-automobile"
    );

    // The first word stands for the text now, instead of the mean of all words.
    let pooling = folder.join("tools/model/1_Pooling/config.json");
    std::fs::write(pooling, "{\"pooling_mode_cls_token\": true}").expect("written");
    let changed = ask().run();
    assert!(
        changed.err.contains("has changed since the store was made"),
        "{}",
        changed.err
    );
    assert!(
        changed.err.contains("compile again with `--embedder"),
        "{}",
        changed.err
    );

    std::fs::remove_file(folder.join("tools/model/tokenizer.json")).expect("removed");
    let incomplete = ask().run();
    assert!(
        incomplete.err.contains("it has no tokenizer.json"),
        "{}",
        incomplete.err
    );
    assert_eq!(
        incomplete.err.lines().count(),
        1,
        "it is said once: {}",
        incomplete.err
    );
    let refused = folder
        .run(["compile", ".", "--embedder", "tools/model"])
        .with_models(&models)
        .refuses();
    assert!(
        refused.contains("incomplete: it has no tokenizer.json"),
        "{refused}"
    );
}

#[test]
fn a_model_that_is_no_model_is_told() {
    let Some(models) = models() else { return };
    let folder = pages();
    copy(&models.join(MODEL), &folder.join("model"));
    folder.write("model/model.onnx", "not a graph");
    let refused = folder
        .run(["compile", ".", "--embedder", "model"])
        .with_models(&models)
        .refuses();
    assert!(refused.contains("cannot be used"), "{refused}");
    assert!(!folder.join(".stepwell").exists(), "nothing is left behind");
}

#[test]
fn everything_works_without_a_model_and_the_message_says_how_to_add_one() {
    let folder = pages();
    let nothing = folder.join("nothing");
    folder.write("stepwell.toml", "[embed]\nmodel = \"all-MiniLM-L6-v2\"\n");
    let compiled = folder.run(["compile", "."]).with_models(&nothing).ends(0);
    assert!(
        compiled.err.contains("compiled without vectors"),
        "{}",
        compiled.err
    );
    assert!(compiled.err.contains("models/install"), "{}", compiled.err);
    let asked = folder
        .run(["ask", "paint a fence"])
        .with_models(&nothing)
        .ends(0);
    assert_eq!(asked.err, "");

    let refused = folder
        .run(["compile", ".", "--embedder", MODEL])
        .with_models(&nothing)
        .refuses();
    assert!(refused.contains("models/install"), "{refused}");
    let refused = folder
        .run(["compile", ".", "--embedder", "all-MiniLN-L6"])
        .with_models(&nothing)
        .refuses();
    assert!(
        refused.contains("there is no model \"all-MiniLN-L6\""),
        "{refused}"
    );
    assert!(refused.contains("all-MiniLM-L6"), "{refused}");
    folder
        .run(["compile", ".", "--embedder", "none"])
        .with_models(&nothing)
        .ends(0);
}

#[test]
fn a_store_with_vectors_answers_by_words_where_the_model_is_gone() {
    let Some(models) = models() else { return };
    let folder = pages();
    folder
        .run(["compile", ".", "--embedder", MODEL])
        .with_models(&models)
        .ends(0);
    let nothing = folder.join("nothing");
    let asked = folder
        .run(["ask", "paint a fence"])
        .with_models(&nothing)
        .ends(0);
    assert!(
        asked.err.starts_with("answering by words alone: "),
        "{}",
        asked.err
    );
    assert!(asked.out.contains("Stir it."), "{}", asked.out);
    folder.run(["list"]).with_models(&nothing).prints();
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("made");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).expect("copied");
        }
    }
}
