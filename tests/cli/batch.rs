//! `ask --batch`: one answer a line, in order, whatever the lines are.

use serde_json::{Value, json};

use super::program::{Folder, object, runbooks, stepwell};

fn answers(input: impl AsRef<[u8]>) -> Vec<Value> {
    stepwell(["ask", "--batch", "-"])
        .store(runbooks())
        .typing(input)
        .lines()
}

#[test]
fn answers_come_in_order_with_ids_of_any_type() {
    let ids = [
        json!("q"),
        json!(7),
        json!(-1.5),
        json!(null),
        json!([1, "a"]),
        json!({"a": 1}),
    ];
    let input: String = ids
        .iter()
        .map(|id| format!("{}\n", json!({ "id": id, "query": "restart redis" })))
        .collect();
    let answered = answers(input);
    let came: Vec<&Value> = answered.iter().map(|a| &a["id"]).collect();
    assert_eq!(came, ids.iter().collect::<Vec<_>>());
    assert!(answered.iter().all(|a| a["hits"] == answered[0]["hits"]));
}

#[test]
fn a_bad_line_is_answered_in_its_place_and_the_rest_goes_on() {
    let input = concat!(
        r#"{"id": 1, "query": "free disk space"}"#,
        "\n",
        "{this is not JSON\n",
        r#"{"id": 3, "question": "free disk space"}"#,
        "\n",
        r#"{"id": 4}"#,
        "\n",
        "[]\n",
        r#"{"id": 6, "query": "free disk space", "given": {"os": []}}"#,
        "\n",
        r#"{"id": 7, "query": 5}"#,
        "\n",
        r#"{"id": 8, "query": "zzz qqq"}"#,
        "\n",
        r#"{"id": 9, "query": "free disk space"}"#,
    );
    let answered = answers(input);
    let ids: Vec<&Value> = answered.iter().map(|a| &a["id"]).collect();
    let expected = json!([1, null, 3, 4, null, 6, 7, 8, 9]);
    assert_eq!(json!(ids), expected);
    let bad: Vec<bool> = answered.iter().map(|a| a["error"].is_string()).collect();
    assert_eq!(
        bad,
        [false, true, true, true, true, true, true, false, false]
    );
    assert_eq!(answered[7]["outcome"], "no_match");
    let mut last = answered[8].clone();
    last["id"] = json!(1);
    assert_eq!(last, answered[0], "nothing is left of the lines before");
}

#[test]
fn blank_lines_and_crlf_are_nothing() {
    let line = r#"{"id": "a", "query": "restart redis"}"#;
    let plain = answers(format!("{line}\n"));
    assert_eq!(answers(format!("\r\n\n  \t\n{line}\r\n\r\n")), plain);
    assert_eq!(answers(""), Vec::<Value>::new());
}

#[test]
fn bytes_that_are_no_text_are_a_bad_line() {
    let answered = answers(
        b"{\"id\": 1, \"query\": \"\xff\xfe\"}\n{\"id\": 2, \"query\": \"restart redis\"}\n",
    );
    assert!(answered[0]["error"].is_string());
    assert_eq!(answered[1]["id"], 2);
}

#[test]
fn each_line_has_its_own_labels_and_the_flags_hold_for_all() {
    let query = "open the emergency account";
    let input = format!(
        "{}\n{}\n{}\n",
        json!({ "id": 1, "query": query }),
        json!({ "id": 2, "query": query, "as": ["staff"] }),
        json!({ "id": 3, "query": query, "as": ["other"] }),
    );
    let seen = |answers: &[Value]| -> Vec<bool> {
        let inside = |a: &Value| a.to_string().contains("internal/");
        answers.iter().map(inside).collect()
    };
    assert_eq!(seen(&answers(&input)), [false, true, false]);
    let all = stepwell(["ask", "--batch", "-", "--as", "staff"]).store(runbooks());
    assert_eq!(seen(&all.typing(&input).lines()), [true, true, true]);
}

#[test]
fn a_batch_is_answered_like_single_questions_and_can_be_a_file() {
    let folder = Folder::with(&[("questions", "{\"query\": \"free disk space\"}\n")]);
    let run = folder
        .run(["ask", "--batch", "questions", "--limit", "2"])
        .store(runbooks());
    let batch = run.lines();
    let single = folder.run(["ask", "free disk space", "--limit", "2", "--format", "json"]);
    let mut single = object(single.store(runbooks()).prints().trim_end());
    single["id"] = json!(null);
    assert_eq!(batch, [single]);
    let gone = folder
        .run(["ask", "--batch", "gone"])
        .store(runbooks())
        .refuses();
    assert!(gone.contains("cannot read gone"), "{gone}");
}
