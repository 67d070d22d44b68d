//! Why an answer is what it is: signals, what was ruled out, what is held back, and questions back.

use serde_json::Value;

use super::program::Folder;

/// The answer to a question, as JSON.
fn ask(folder: &Folder, args: &[&str]) -> Value {
    let args = [&["ask", "--format", "json", "--explain"], args].concat();
    let run = folder.run(args).run();
    super::program::object(run.out.trim())
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// The rule by which a page's own unit is ruled out, and what it is about.
fn ruled_out(answer: &Value, page: &str) -> Option<(String, String)> {
    let mut of_page = list(answer, "ruled_out").iter();
    let found = of_page.find(|r| r["source"]["file"] == page && r["path"][1].is_null())?;
    let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
    Some((text("rule"), text("matched")))
}

fn why<'v>(answer: &'v Value, page: &str, rule: &str) -> Option<&'v Value> {
    let mut hits = list(answer, "hits").iter();
    let hit = hits.find(|h| h["source"]["file"] == page)?;
    list(hit, "why").iter().find(|w| w["rule"] == rule)
}

fn pumps() -> Folder {
    Folder::with(&[
        (
            "electric.md",
            "---\napplies:\n  drive: [electric]\n---\n\n# Start the pump\n\n1. Press the green button.\n",
        ),
        (
            "diesel.md",
            "---\napplies:\n  drive: [diesel]\n---\n\n# Start the pump\n\n1. Pull the lever of the engine.\n",
        ),
        (
            "old.md",
            "# Start the pump of the old hall\n\n## Before you begin\n\n- Firmware 3 or later is installed.\n\n## Steps\n\n1. Turn the key.\n",
        ),
        (
            "tank.md",
            "# Clean the tank\n\n1. Open the lid.\n2. Rinse it.\n",
        ),
    ])
    .compiled()
}

#[test]
fn signals_add_up_to_the_score() {
    let folder = pumps();
    let answer = ask(&folder, &["clean the tank"]);
    assert!(!list(&answer, "hits").is_empty());
    for hit in list(&answer, "hits") {
        let gave = list(hit, "signals")
            .iter()
            .filter_map(|s| s["weight"].as_f64());
        let (sum, score) = (gave.sum::<f64>(), hit["score"].as_f64().unwrap_or_default());
        assert!((sum - score).abs() < 0.001, "{sum} of {score}: {hit}");
    }
    let brief = folder
        .run(["ask", "--format", "json", "clean the tank"])
        .prints();
    assert!(!brief.contains("signals") && !brief.contains("ruled_out"));
    let text = folder.run(["ask", "--explain", "clean the tank"]).prints();
    assert!(text.contains("signal header"), "{text}");
}

#[test]
fn facts_rule_out_and_say_so() {
    let folder = pumps();
    let open = ask(&folder, &["start the pump"]);
    assert_eq!(open["outcome"], "ambiguous");
    assert_eq!(
        open["question"],
        "Which do you mean: for diesel or for electric?"
    );
    let given = ask(&folder, &["start the pump", "--given", "drive=diesel"]);
    assert_eq!(given["outcome"], "answered");
    assert_eq!(given["answer"]["unit"], "diesel.md#start-the-pump");
    let out = ruled_out(&given, "electric.md").expect("it was looked at");
    assert_eq!(
        out,
        ("given.applies".to_owned(), "drive: electric".to_owned())
    );
    let question = "start the pump of the old hall";
    let new = ask(&folder, &[question, "--given", "firmware=4"]);
    assert_eq!(
        new["answer"]["unit"],
        "old.md#start-the-pump-of-the-old-hall"
    );
    let old = ask(&folder, &[question, "--given", "firmware=2"]);
    let (rule, text) = ruled_out(&old, "old.md").expect("it was looked at");
    assert_eq!(
        (rule.as_str(), text.as_str()),
        ("given.constraint", "Firmware 3 or later is installed.")
    );
    assert!(
        list(&old, "hits")
            .iter()
            .all(|h| h["source"]["file"] != "old.md"),
        "its sections neither"
    );
    let text = folder
        .run([
            "ask",
            "--explain",
            "start the pump",
            "--given",
            "drive=diesel",
        ])
        .prints();
    assert!(
        text.contains("Ruled out") && text.contains("it is for: drive: electric"),
        "{text}"
    );
}

#[test]
fn what_is_not_enough_is_below_the_line() {
    let answer = ask(&pumps(), &["feed the horses and the goats"]);
    assert_eq!(answer["outcome"], "no_match");
    for hit in list(&answer, "hits") {
        let same = |r: &&Value| r["unit"] == hit["unit"];
        let out = list(&answer, "ruled_out").iter().find(same).expect("told");
        assert_eq!(out["rule"], "line");
    }
}

#[test]
fn a_header_alone_does_not_answer() {
    let folder = Folder::with(&[
        ("stub.md", "# Replace the filter of the boiler\n"),
        (
            "real.md",
            "# Replace filters\n\nFor the boiler and the pump.\n\n1. Unscrew the filter of the boiler.\n2. Screw in another.\n",
        ),
        ("other.md", "# Heat the hall\n\n1. Light the fire.\n"),
    ])
    .compiled();
    let answer = ask(&folder, &["replace the filter of the boiler"]);
    assert!(list(&answer, "hits")[0]["unit"] != "stub.md#replace-the-filter-of-the-boiler");
    let held = why(&answer, "stub.md", "guard.hollow").expect("flagged");
    assert!(held["weight"].as_f64().is_some_and(|w| w < 0.0), "{held}");
    let (rule, _) = ruled_out(&answer, "stub.md").expect("told");
    assert_eq!(rule, "guard.hollow");
    let alone = Folder::with(&[("stub.md", "# Replace the filter\n")]).compiled();
    assert_eq!(ask(&alone, &["replace the filter"])["outcome"], "no_match");
}

fn tank(minutes: &str, rule: &str) -> String {
    format!(
        "# Drain the tank\n\n1. Open the valve and wait {minutes} minutes.\n2. {rule} the lid after that.\n"
    )
}

#[test]
fn twins_that_contradict_each_other_are_told_and_outvoted() {
    let (a, b) = (tank("5", "Close"), tank("10", "Close"));
    let two = Folder::with(&[("a.md", &a), ("b.md", &b)]).compiled();
    let answer = ask(&two, &["drain the tank"]);
    assert_eq!(answer["outcome"], "ambiguous");
    for (page, other) in [("a.md", "b.md#"), ("b.md", "a.md#")] {
        let flag = why(&answer, page, "guard.contradicted").expect("flagged");
        assert!(
            flag["matched"]
                .as_str()
                .is_some_and(|m| m.starts_with(other)),
            "{flag}"
        );
    }
    let three = Folder::with(&[("a.md", &a), ("b.md", &b), ("c.md", &b)]).compiled();
    let answer = ask(&three, &["drain the tank"]);
    let (rule, by) = ruled_out(&answer, "a.md").expect("outvoted");
    assert_eq!(
        (rule.as_str(), by.as_str()),
        ("guard.contradicted", "b.md#drain-the-tank")
    );
    assert_eq!(
        answer["answer"]["unit"], "b.md#drain-the-tank",
        "the others agree"
    );
    assert!(
        why(&answer, "b.md", "guard.contradicted").is_none(),
        "{answer}"
    );
    let never = tank("5", "Never close");
    let denied = Folder::with(&[("a.md", &a), ("b.md", &never)]).compiled();
    let answer = ask(&denied, &["drain the tank"]);
    assert!(
        why(&answer, "a.md", "guard.contradicted").is_some(),
        "{answer}"
    );
    let agreed = Folder::with(&[("a.md", &a), ("b.md", &a)]).compiled();
    let answer = ask(&agreed, &["drain the tank"]);
    assert!(!answer.to_string().contains("contradicted"));
    assert_eq!(answer["outcome"], "answered", "they are one answer");
    let (rule, by) = ruled_out(&answer, "b.md").expect("told");
    assert_eq!(
        (rule.as_str(), by.as_str()),
        ("same", "a.md#drain-the-tank")
    );
}

#[test]
fn a_question_back_asks_for_what_differs() {
    let page = |title: &str, more: &str| format!("# {title}\n\n{more}1. Do it now, with care.\n");
    for (titles, question) in [
        (
            [
                "Deploy the site with the portal",
                "Deploy the site with the shell",
            ],
            "Which do you mean: the portal or the shell?",
        ),
        (
            ["Install the big clock", "Repair the big clock"],
            "Do you want to install (“Install the big clock”) or to repair (“Repair the big clock”)?",
        ),
    ] {
        let (a, b) = (page(titles[0], ""), page(titles[1], ""));
        let folder = Folder::with(&[
            ("a.md", &a),
            ("b.md", &b),
            ("c.md", "# Wind up the rope\n\n1. Turn the wheel.\n"),
        ])
        .compiled();
        let words: Vec<&str> = titles[0]
            .split(' ')
            .filter(|w| titles[1].contains(w))
            .collect();
        let answer = ask(&folder, &[&words.join(" ")]);
        assert_eq!(answer["outcome"], "ambiguous", "{answer}");
        assert_eq!(answer["question"], question);
        assert_eq!(list(&answer, "hits").len(), 2, "one of each page");
    }
}

#[test]
fn a_question_back_names_pages_needs_and_kinds() {
    let section = "## Add the oil\n\n1. Pour it in slowly until the mark.\n";
    let (car, truck) = (
        format!("# Look after the car\n\nOnce a year.\n\n{section}2. Close the red bonnet.\n"),
        format!("# Look after the truck\n\nTwice a year.\n\n{section}2. Lock the cab.\n"),
    );
    let needs = |need: &str, step: &str| {
        format!("# Wake the robot\n\n## Before you begin\n\n- {need}\n\n## Steps\n\n1. {step}\n")
    };
    let (cold, warm) = (
        needs("The robot is cold.", "Warm its hands with a lamp."),
        needs("The robot is warm.", "Say its name aloud."),
    );
    let rest = ("z.md", "# Wind up the rope\n\n1. Turn the wheel.\n");
    for (files, asked, question) in [
        (
            [("a.md", car.as_str()), ("b.md", &truck), rest],
            "add the oil",
            "Which “Add the oil” do you mean: the car or the truck?",
        ),
        (
            [("a.md", cold.as_str()), ("b.md", &warm), rest],
            "wake the robot",
            "Which of these holds: “The robot is cold.” or “The robot is warm.”?",
        ),
        (
            [
                (
                    "a.md",
                    "# Big clocks\n\nThey are old.\n\n## Wait\n\nThey do.\n",
                ),
                ("b.md", "# The big clock\n\nIt is old.\n\n1. Wait.\n"),
                rest,
            ],
            "big clock",
            "Do you want the steps (“The big clock”), or to read about it (“Big clocks”)?",
        ),
    ] {
        let folder = Folder::with(&files).compiled();
        let answer = ask(&folder, &[asked]);
        assert_eq!(answer["outcome"], "ambiguous", "{answer}");
        assert_eq!(answer["question"], question);
        let one = ask(&folder, &[asked, "--limit", "1"]);
        assert_eq!(one["outcome"], "ambiguous", "whatever the limit");
        assert_eq!(list(&one, "hits").len(), 1);
    }
}

fn workers() -> Folder {
    Folder::with(&[
        (
            "queue.md",
            "# Look after the queue\n\n1. Count the jobs.\n2. If jobs pile up because nobody takes them, do what [the other page](worker.md) says, then come back here.\n3. Write the number into the log.\n",
        ),
        ("worker.md", "# Restart a worker\n\n1. Stop it.\n2. Start it again.\n"),
        ("lamp.md", "# Change the lamp\n\n1. Unscrew it.\n2. Take a new one.\n"),
        ("door.md", "# Open the door\n\n1. Turn the key.\n"),
    ])
    .compiled()
}

#[test]
fn what_a_step_leads_to_is_found_with_it_unless_a_header_fits() {
    let folder = workers();
    let answer = ask(&folder, &["jobs pile up, nobody takes them"]);
    assert_eq!(answer["hits"][0]["unit"], "queue.md#look-after-the-queue/2");
    let linked = why(&answer, "worker.md", "linked").expect("what the step leads to");
    assert_eq!(linked["matched"], "queue.md#look-after-the-queue/2");
    let mut hits = list(&answer, "hits").iter();
    let hit = hits.find(|h| h["source"]["file"] == "worker.md");
    let hit = hit.expect("a hit");
    let gave = list(hit, "signals")
        .iter()
        .filter_map(|s| s["weight"].as_f64());
    let (sum, score) = (gave.sum::<f64>(), hit["score"].as_f64().unwrap_or_default());
    assert!((sum - score).abs() < 0.001, "{sum} of {score}: {hit}");
    let first = answer["hits"][0]["score"].as_f64().unwrap_or_default();
    assert!(score < first, "{score}, {first}");
    let simple = ask(&folder, &["look after the queue"]);
    assert_eq!(simple["answer"]["unit"], "queue.md#look-after-the-queue");
    assert!(!simple.to_string().contains("linked"), "{simple}");
}

#[test]
fn a_step_that_was_asked_for_is_shown_in_its_procedure() {
    let folder = workers();
    let answer = ask(&folder, &["jobs pile up, nobody takes them"]);
    let answer = &answer["answer"];
    assert_eq!(answer["unit"], "queue.md#look-after-the-queue");
    assert_eq!(answer["asked"], "queue.md#look-after-the-queue/2");
    assert_eq!(list(answer, "steps").len(), 3);
    let ask = |format: &str| {
        let args = ["ask", "--format", format, "jobs pile up, nobody takes them"];
        folder.run(args).prints()
    };
    let (text, markdown) = (ask("text"), ask("markdown"));
    assert!(text.contains("▶ Step 1.1 is what was asked for."), "{text}");
    assert!(text.contains("▶ 1.1. If jobs pile up"), "{text}");
    assert!(markdown.contains("**▶ 1.1. If jobs pile up"), "{markdown}");
    // A procedure that was asked for has no mark.
    let whole = folder.run(["ask", "look after the queue"]).prints();
    assert!(
        whole.contains("1.1. If jobs pile up") && !whole.contains('▶'),
        "{whole}"
    );
}

#[test]
fn what_a_part_asks_for_stands_with_it() {
    let tank = "# The tank is nearly full\n\n## Diagnosis\n\nThe float is above the mark.\n\n\
                ### Prerequisites\n\n- You have a torch.\n\n## Mitigation\n\nOpen the drain.\n";
    let folder = Folder::with(&[("tank.md", tank)]).compiled();
    let answer = ask(&folder, &["the tank is nearly full"]);
    let steps = list(&answer["answer"], "steps");
    let asked = list(&steps[0], "prerequisites");
    assert_eq!(asked[0]["text"], "You have a torch.", "{answer}");
    assert!(steps[1]["prerequisites"].is_null(), "{answer}");
    for (format, line) in [
        ("text", "   [ ] You have a torch.  :9"),
        ("markdown", "- [ ] You have a torch. (`tank.md:9`)"),
    ] {
        let args = ["ask", "--format", format, "the tank is nearly full"];
        let shown = folder.run(args).prints();
        assert!(shown.lines().any(|l| l == line), "{shown}");
    }
}
