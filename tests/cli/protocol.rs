//! `walk --json`: a conversation, one object a line both ways.

use serde_json::{Value, json};

use super::program::{Folder, object, runbooks, stepwell};

/// A procedure with a decision, a call, a prerequisite and an end.
fn folder() -> Folder {
    Folder::with(&[
        (
            "pump.md",
            "# Stop the pump\n\n## Before you begin\n\n- [The valve is closed](valve.md).\n- You have a key.\n\n## Stop it\n\n\
             1. Does the pump run?\n\n   - If yes, go to step 2.\n   - If no, go to step 4.\n\n\
             2. Press the button.\n\n\
             3. Follow the steps in [Close the valve](valve.md), then come back here.\n\n\
             4. Escalate to the plant manager.\n\n\
             ## Next steps\n\n- [Close the valve](valve.md)\n",
        ),
        ("valve.md", "# Close the valve\n\n1. Turn it left.\n2. Lock it.\n"),
    ])
    .compiled()
}

const PUMP: &str = "pump.md#stop-the-pump";

/// The events that a walk from `unit` answers these lines with.
fn talk(folder: &Folder, unit: &str, said: &[Value]) -> Vec<Value> {
    let lines: String = said.iter().map(|line| format!("{line}\n")).collect();
    folder
        .run(["walk", "--json", "--unit", unit])
        .typing(lines)
        .lines()
}

fn headers(events: &[Value]) -> Vec<&str> {
    let shown = |e: &Value| e["unit"]["header"].as_str().is_some();
    let events = events.iter().filter(|e| shown(e));
    events
        .filter_map(|e| e["unit"]["header"].as_str())
        .collect()
}

fn kinds(events: &[Value]) -> Vec<&str> {
    events.iter().filter_map(|e| e["event"].as_str()).collect()
}

#[test]
fn it_begins_with_an_event_and_ends_with_one() {
    let folder = folder();
    let events = talk(&folder, PUMP, &[]);
    assert_eq!(kinds(&events), ["unit", "end"]);
    assert_eq!(events[0]["unit"]["id"], PUMP);
    assert_eq!(events[0]["depth"], 0);
    assert_eq!(events[1]["reason"], "quit");
    assert_eq!(events[1]["path"], json!([PUMP]));
}

#[test]
fn next_goes_in_on_and_to_the_end() {
    let folder = folder();
    let next = json!({ "next": true });
    let events = talk(
        &folder,
        "valve.md#close-the-valve",
        &[next.clone(), next.clone(), next],
    );
    assert_eq!(
        headers(&events),
        ["Close the valve", "Turn it left", "Lock it"]
    );
    let end = events.last().expect("an end");
    assert_eq!(end["reason"], "complete");
    assert_eq!(end["path"].as_array().map(Vec::len), Some(3));
}

#[test]
fn a_call_is_entered_and_left_again() {
    let folder = folder();
    let step = "pump.md#stop-it/3";
    let next = json!({ "next": true });
    let events = talk(
        &folder,
        step,
        &[next.clone(), next.clone(), next.clone(), next],
    );
    let depths: Vec<_> = events.iter().filter_map(|e| e["depth"].as_u64()).collect();
    assert_eq!(
        headers(&events),
        [
            "Follow the steps in Close the valve, then come back here",
            "Close the valve",
            "Turn it left",
            "Lock it",
            "Escalate to the plant manager"
        ]
    );
    assert_eq!(depths, [0, 1, 1, 1, 0]);
}

#[test]
fn an_end_of_the_author_is_its_reason() {
    let folder = folder();
    let events = talk(&folder, "pump.md#stop-it/4", &[json!({ "next": true })]);
    assert_eq!(events.last().expect("an end")["reason"], "handed_over");
}

#[test]
fn choices_are_numbered_and_a_wrong_number_changes_nothing() {
    let folder = folder();
    let question = "pump.md#stop-it/1";
    let events = talk(
        &folder,
        question,
        &[
            json!({ "choose": 9 }),
            json!({ "choose": 0 }),
            json!({ "choose": 2 }),
        ],
    );
    assert_eq!(kinds(&events), ["unit", "error", "error", "unit", "end"]);
    let choices = events[0]["choices"].as_array().expect("choices");
    let numbers: Vec<_> = choices.iter().filter_map(|c| c["n"].as_u64()).collect();
    assert!(numbers.len() >= 2 && numbers.iter().copied().eq(1..=numbers.len() as u64));
    assert_eq!(choices[0]["condition"]["text"], "Does the pump run");
    assert_eq!(choices[0]["condition"]["polarity"], "yes");
    assert_eq!(choices[1]["condition"]["polarity"], "no");
    assert!(
        events[1]["message"]
            .as_str()
            .expect("text")
            .contains("there is no choice 9")
    );
    assert_eq!(events[3]["unit"]["header"], "If no, go to step 4");
}

#[test]
fn what_is_said_is_matched_to_a_choice() {
    let folder = folder();
    let events = talk(&folder, "pump.md#stop-it/1", &[json!({ "say": "no" })]);
    assert_eq!(kinds(&events), ["unit", "chose", "unit", "end"]);
    assert_eq!(events[1]["n"], 2);
    assert!(events[1]["confidence"].is_number() && events[1]["why"].is_string());
}

#[test]
fn back_returns_and_ends_where_the_walk_began() {
    let folder = folder();
    let (next, back) = (json!({ "next": true }), json!({ "back": true }));
    let valve = "valve.md#close-the-valve";
    let said = [
        next.clone(),
        back.clone(),
        back.clone(),
        next.clone(),
        next.clone(),
        next,
        back,
    ];
    let events = talk(&folder, valve, &said);
    assert_eq!(
        kinds(&events),
        [
            "unit", "unit", "unit", "error", "unit", "unit", "end", "unit", "end"
        ]
    );
    assert_eq!(events[2]["unit"]["id"], valve);
    assert_eq!(
        events[7]["unit"]["header"], "Lock it",
        "back behind the end"
    );
}

#[test]
fn goto_goes_anywhere_even_behind_the_end() {
    let folder = folder();
    let said = [
        json!({ "goto": "pump.md#stop-it/4" }),
        json!({ "next": true }),
        json!({ "next": true }),
        json!({ "goto": "nowhere" }),
        json!({ "goto": PUMP }),
        json!({ "quit": true }),
        json!({ "next": true }),
    ];
    let events = talk(&folder, "valve.md#close-the-valve", &said);
    assert_eq!(
        kinds(&events),
        ["unit", "unit", "end", "error", "error", "unit", "end"]
    );
    assert!(
        events[4]["message"]
            .as_str()
            .expect("text")
            .contains("there is no unit \"nowhere\"")
    );
    assert_eq!(events[5]["unit"]["id"], PUMP);
    assert_eq!(events[6]["reason"], "quit", "and nothing is read behind it");
}

#[test]
fn prerequisites_have_a_state_and_one_with_a_target_is_a_choice() {
    let folder = folder();
    let events = talk(&folder, PUMP, &[json!({ "met": ["You have a key."] })]);
    let state = |e: &Value, i: usize| e["prerequisites"][i]["state"].clone();
    assert_eq!(
        (state(&events[0], 0), state(&events[0], 1)),
        (json!("unknown"), json!("unknown"))
    );
    assert_eq!(
        (state(&events[1], 0), state(&events[1], 1)),
        (json!("unknown"), json!("met"))
    );
    let choices = events[0]["choices"].as_array().expect("choices");
    let requires = choices
        .iter()
        .find(|c| c["kind"] == "requires")
        .expect("offered");
    assert_eq!(requires["target"]["unit"], "valve.md#close-the-valve");
    let events = talk(&folder, PUMP, &[json!({ "choose": requires["n"] })]);
    assert_eq!(events[1]["unit"]["header"], "Close the valve");
    assert_eq!(events[1]["depth"], 1);
}

/// Prerequisites of which one is for a case and one of two is enough.
fn cases() -> Folder {
    Folder::with(&[
        (
            "pump.md",
            "# Stop the pump\n\n## Before you begin\n\nIf you use the old pump, you need:\n\n- [The valve is closed](valve.md).\n\n\
             You also need one of these:\n\n- [A key](key.md).\n- [A crank](crank.md).\n\n## Stop it\n\n1. Press the button.\n",
        ),
        ("valve.md", "# Close the valve\n\n1. Turn it left.\n"),
        ("key.md", "# Get a key\n\n1. Ask for one.\n"),
        ("crank.md", "# Get a crank\n\n1. Ask for one.\n"),
    ])
    .compiled()
}

#[test]
fn what_is_asked_for_in_a_case_or_is_one_of_several_says_so() {
    let folder = cases();
    let events = talk(&folder, PUMP, &[json!({ "met": ["A key."] })]);
    let asked = &events[0]["prerequisites"];
    assert_eq!(
        asked[0]["condition"],
        json!({ "text": "you use the old pump", "polarity": "yes" })
    );
    assert_eq!(
        (&asked[1]["one_of"], &asked[2]["one_of"]),
        (&json!(1), &json!(1))
    );
    let offered = |event: &Value| -> Vec<Value> {
        let choices = event["choices"].as_array().expect("choices").iter();
        let required = choices.filter(|c| c["kind"] == "requires");
        required.map(|c| c["header"].clone()).collect()
    };
    assert_eq!(
        offered(&events[0]),
        ["Close the valve", "Get a key", "Get a crank"]
    );
    // With a key nobody needs a crank.
    assert_eq!(offered(&events[1]), ["Close the valve"]);
}

#[test]
fn facts_can_be_given_on_the_way() {
    let folder = folder();
    let said = [
        json!({ "given": { "os": "linux", "n": 3, "dry": true } }),
        json!({ "given": { "os": [] } }),
    ];
    let events = talk(&folder, PUMP, &said);
    assert_eq!(kinds(&events), ["unit", "unit", "error", "end"]);
}

#[test]
fn a_line_that_cannot_be_read_gets_an_error_and_changes_nothing() {
    let folder = folder();
    let lines: &[u8] = b"nonsense\n{}\n[]\n{\"next\": true, \"back\": true}\n{\"chose\": 1}\n{\"next\": \"x\"}\n\xff\xfe\n\n   \n{\"next\": true}\r\n";
    let walk = folder.run(["walk", "--json", "--unit", "valve.md#close-the-valve"]);
    let events = walk.typing(lines).lines();
    let mut expected = vec!["unit"];
    expected.extend(["error"; 7]);
    expected.extend(["unit", "end"]);
    assert_eq!(kinds(&events), expected);
    assert!(
        events[1..8]
            .iter()
            .all(|e| e["message"].as_str().is_some_and(|m| m.len() > 10))
    );
    assert_eq!(events[8]["unit"]["header"], "Turn it left");
}

#[test]
fn a_question_that_fits_several_is_asked_back_unless_it_must_choose() {
    let walk = |args: &[&str], said: &str| {
        let args = [&["walk", "--json", "restart"], args].concat();
        let run = stepwell(args).store(runbooks()).typing(said);
        run.prints().lines().map(object).collect::<Vec<_>>()
    };
    let events = walk(&[], "{\"choose\": 99}\n{\"next\": true}\n{\"choose\": 2}\n");
    assert_eq!(kinds(&events), ["unsure", "error", "error", "unit", "end"]);
    assert!(
        events[0]["question"]
            .as_str()
            .is_some_and(|q| q.ends_with('?'))
    );
    assert_eq!(events[0]["candidates"][0]["n"], 1);
    let events = walk(
        &["--threshold", "0"],
        "{\"say\": \"gibberish of nobody\"}\n",
    );
    assert!(!kinds(&events).contains(&"unsure"), "{events:?}");
    let none = stepwell(["walk", "--json", "zzz qqq"])
        .store(runbooks())
        .ends(1);
    let events: Vec<Value> = none.out.lines().map(object).collect();
    assert_eq!(
        (kinds(&events), &events[0]["reason"]),
        (vec!["end"], &json!("no_match"))
    );
}

#[test]
fn choosing_the_first_way_always_comes_to_an_end() {
    let folder = folder();
    let said: Vec<Value> = (0..40).map(|_| json!({ "next": true })).collect();
    let events = talk(&folder, PUMP, &said);
    let end = events
        .iter()
        .position(|e| e["event"] == "end")
        .expect("an end");
    assert_eq!(events[end]["reason"], "handed_over");
    assert_eq!(events[end]["follow_ups"][0]["header"], "Close the valve");
    assert!(
        kinds(&events)[end + 1..].iter().all(|k| *k == "error"),
        "nothing follows but that"
    );
}
