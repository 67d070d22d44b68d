//! Questions as people write them: several in one, with mistakes, and with what must not be.

use serde_json::{Value, json};

use super::program::{Folder, object};

fn ask(folder: &Folder, question: &str) -> Value {
    let args = ["ask", "--format", "json", "--explain", question];
    object(folder.run(args).run().out.trim())
}

fn farm() -> Folder {
    Folder::with(&[
        (
            "milk.md",
            "# Milk the cows with the machine\n\nThe milking machine is in the barn.\n\n1. Wash the cups.\n2. Attach them.\n",
        ),
        (
            "gate.md",
            "# Close the paddock gate\n\n1. Look for the calves.\n2. Turn the latch of the gate.\n",
        ),
        (
            "open.md",
            "# Open the paddock gate\n\n1. Lift the latch of the gate.\n",
        ),
        (
            "greenhouse.md",
            "# Heat the greenhouse\n\nA greenhouse needs a fire.\n\n1. Light the fire.\n",
        ),
        (
            "fence.md",
            "# The fence is powered\n\n1. Leave it alone, it is a fence that is in order.\n",
        ),
        (
            "dead.md",
            "# The fence is not powered\n\n1. Replace the battery of the box.\n",
        ),
        (
            "move.md",
            "# Move the herd without dogs\n\n1. Walk behind it, and call.\n",
        ),
        (
            "dogs.md",
            "# Move the herd with dogs\n\n1. Whistle once, and wait for them.\n",
        ),
    ])
    .compiled()
}

#[test]
fn what_is_only_told_has_no_number() {
    let page = "# PumpStalled\n\n## Meaning\n\nThe pump stands still.\n\n## Diagnosis\n\n1. Look at the lamp.\n2. Touch the rotor.\n\n\
        ## Mitigation\n\nTurn the rotor by hand.\n";
    let folder = Folder::with(&[("pump.md", page)]).compiled();
    let answer = ask(&folder, "pump stalled");
    let steps = answer["answer"]["steps"].as_array().expect("steps");
    let read = |step: &Value| {
        (
            step["number"].clone(),
            step["header"].clone(),
            step["told"].clone(),
        )
    };
    let steps: Vec<_> = steps.iter().map(read).collect();
    let numbered = |number: &str, header: &str| (json!(number), json!(header), Value::Null);
    assert_eq!(
        steps,
        [
            (json!(""), json!("Meaning"), json!(true)),
            numbered("1", "Diagnosis"),
            numbered("1.1", "Look at the lamp"),
            numbered("1.2", "Touch the rotor"),
            numbered("2", "Mitigation"),
        ]
    );
    let shown = folder.run(["ask", "pump stalled"]).run().out;
    let told = shown.find("\nMeaning  :3-5\n").expect("the meaning");
    let steps = shown.find("\nSteps\n").expect("the steps");
    assert!(told < steps && shown.contains("\n1. Diagnosis"), "{shown}");
}

#[test]
fn several_questions_get_an_answer_and_offers() {
    let folder = farm();
    let both = "How do I milk the cows, and how do I close the paddock gate?";
    let answer = ask(&folder, both);
    assert_eq!(answer["query"], both);
    assert_eq!(
        answer["answer"]["unit"],
        "milk.md#milk-the-cows-with-the-machine"
    );
    assert_eq!(
        answer["also"][0]["query"],
        "how do I close the paddock gate"
    );
    assert_eq!(
        answer["also"][0]["hit"]["unit"],
        "gate.md#close-the-paddock-gate"
    );
    let text = folder.run(["ask", both]).prints();
    assert!(
        text.contains("You also asked") && text.contains("gate.md#"),
        "{text}"
    );
    // "It" is what the first question is about.
    let answer = ask(
        &folder,
        "How do I open the paddock gate and how do I close it?",
    );
    assert_eq!(answer["answer"]["unit"], "open.md#open-the-paddock-gate");
    assert_eq!(
        answer["also"][0]["hit"]["unit"],
        "gate.md#close-the-paddock-gate"
    );
    // What cannot be answered is said, and does not keep the rest from being.
    let answer = ask(
        &folder,
        "How do I repair the rocket engine? How do I milk the cows?",
    );
    assert_eq!(
        answer["answer"]["unit"],
        "milk.md#milk-the-cows-with-the-machine"
    );
    assert_eq!(answer["also"][0]["outcome"], "no_match");
    assert_eq!(answer["also"][0]["hit"], Value::Null);
    assert_eq!(ask(&folder, "milk the cows")["also"], Value::Null);
}

#[test]
fn misspelled_words_are_read_and_told() {
    let folder = farm();
    for (question, unit, read) in [
        (
            "close the padodck gate",
            "gate.md#close-the-paddock-gate",
            json!([{ "written": "padodck", "read": "paddock" }]),
        ),
        (
            "heat the green house",
            "greenhouse.md#heat-the-greenhouse",
            json!([{ "written": "green house", "read": "greenhouse" }]),
        ),
    ] {
        let answer = ask(&folder, question);
        assert_eq!(answer["answer"]["unit"], unit, "{question}: {answer}");
        assert_eq!(answer["read_as"], read, "{question}");
    }
    assert_eq!(
        ask(&folder, "close the paddock gate")["read_as"],
        Value::Null
    );
    let other = ask(&folder, "close the parachute gate");
    assert_eq!(other["read_as"], Value::Null, "another word is no mistake");
}

#[test]
fn what_is_denied_is_told_from_what_is_not() {
    let folder = farm();
    for (question, page, other) in [
        ("the fence is not powered", "dead.md", "fence.md"),
        ("the fence is powered", "fence.md", "dead.md"),
        ("move the herd without dogs", "move.md", "dogs.md"),
        ("move the herd with dogs", "dogs.md", "move.md"),
    ] {
        let answer = ask(&folder, question);
        let unit = answer["answer"]["unit"].as_str().unwrap_or_default();
        assert!(unit.starts_with(page), "{question}: {answer}");
        let out = answer["ruled_out"].as_array().cloned().unwrap_or_default();
        let told = out
            .iter()
            .any(|r| r["source"]["file"] == other && r["rule"] == "guard.negation");
        assert!(told, "{question}: {answer}");
    }
}

#[test]
fn what_has_two_names_is_found_by_either() {
    let folder = Folder::with(&[
        (
            "plan.md",
            "# Plan the season\n\nThe automatic milking system (AMS) comes in May. A personal identification \
             number (PIN) opens the barn.\n",
        ),
        (
            "clean.md",
            "# Clean the automatic milking system\n\n1. Rinse the hoses.\n2. Wipe the cups.\n",
        ),
        (
            "ams.md",
            "# Restart the AMS\n\n1. Turn the switch off and on.\n",
        ),
        (
            "personal.md",
            "# Change the personal identification number\n\n1. Type another one.\n",
        ),
        (
            "board.md",
            "# Pin the notice to the board\n\n1. Take four needles.\n",
        ),
    ])
    .compiled();
    for (question, unit) in [
        (
            "How do I clean the AMS?",
            "clean.md#clean-the-automatic-milking-system",
        ),
        (
            "how do i clean the ams",
            "clean.md#clean-the-automatic-milking-system",
        ),
        (
            "restart the automatic milking system",
            "ams.md#restart-the-ams",
        ),
        (
            "How do I change the PIN?",
            "personal.md#change-the-personal-identification-number",
        ),
    ] {
        let answer = ask(&folder, question);
        assert_eq!(answer["answer"]["unit"], unit, "{question}: {answer}");
    }
    let answer = ask(&folder, "milking");
    assert_ne!(
        answer["answer"]["unit"], "ams.md#restart-the-ams",
        "a part of a name is no name"
    );
}

/// A quay, where only one page says anything of fireworks, and another is called by the verb that is asked with.
fn quay() -> Folder {
    Folder::with(&[
        (
            "lorry.md",
            "# Unload a lorry\n\n1. Put chocks behind the wheels.\n2. Open the doors.\n",
        ),
        (
            "dangerous.md",
            "# Bring dangerous goods ashore\n\nAmong them are fireworks, gas and batteries.\n\n\
             1. Compare the labels.\n2. Bring one unit at a time.\n",
        ),
        (
            "wagon.md",
            "# Unload a wagon\n\n1. Set the brake.\n2. Fireworks stay locked up.\n",
        ),
        ("guide.md", "# Guide to the crane\n\n1. Look up.\n"),
        ("tutorial.md", "# Tutorial\n\n1. Read it twice.\n"),
        ("moor.md", "# Moor a barge\n\n1. Throw the line.\n"),
    ])
    .compiled()
}

/// The hits of a question, each with what the header gave to its score.
fn by_header(answer: &Value) -> Vec<(String, f64)> {
    let hits = answer["hits"].as_array().cloned();
    let hits = hits.unwrap_or_default().into_iter();
    let gave = |hit: &Value| {
        let signals = hit["signals"].as_array()?;
        let header = signals.iter().find(|s| s["signal"] == "header");
        header?["weight"].as_f64()
    };
    let page = |hit: &Value| hit["source"]["file"].as_str().map(str::to_owned);
    hits.filter_map(|hit| Some((page(&hit)?, gave(&hit)?)))
        .collect()
}

#[test]
fn a_verb_alone_is_worth_less_than_the_thing_that_it_is_done_to() {
    let folder = quay();
    let answer = ask(&folder, "How do we unload fireworks?");
    let all = by_header(&answer);
    let of = |page: &str| all.iter().find(|(p, _)| p == page).map(|(_, gave)| *gave);
    let (lorry, wagon) = (of("lorry.md"), of("wagon.md"));
    // Both headers have as much of the question. One page has nothing of the thing at all.
    let (lorry, wagon) = (lorry.expect("a hit"), wagon.expect("a hit"));
    assert!(lorry < 0.7 * wagon, "{lorry} {wagon}: {answer}");
    // Some of it is as good as all.
    let all = by_header(&ask(&folder, "Unload fireworks and rockets"));
    let some = all.iter().find(|(page, _)| page == "wagon.md");
    assert_eq!(some.map(|(_, gave)| *gave), Some(wagon), "{all:?}");
    // Less than that loses, and not as much as nothing.
    let many = "Unload fireworks, rockets, flares, crackers and fountains";
    let all = by_header(&ask(&folder, many));
    let less = all.iter().find(|(page, _)| page == "wagon.md");
    let less = less.map(|(_, gave)| *gave).unwrap_or_default();
    assert!(less > lorry && less < wagon, "{all:?}");
}

#[test]
fn what_tells_nothing_is_no_evidence() {
    let folder = quay();
    let confidence = |question: &str| {
        let confidence = ask(&folder, question)["confidence"].as_f64();
        confidence.expect("a number")
    };
    // No page has any of these words, and all of them together ask for nothing.
    let plain = confidence("moor a barge");
    let wordy = confidence("moor their other barge because somebody else wants them here");
    let asking = confidence("moor the iron barge, pontoon, paddles, weekend and hovercraft");
    assert!(wordy > asking, "{wordy} {asking}");
    assert!(
        plain - wordy < 0.5 * (plain - asking),
        "{plain} {wordy} {asking}"
    );
    // Of what is asked alone with them, they are all that there is.
    assert_eq!(ask(&folder, "somebody")["outcome"], "no_match");
}

#[test]
fn what_sort_of_text_is_wanted_is_no_evidence() {
    let folder = quay();
    assert_eq!(ask(&folder, "sourdough tutorial")["outcome"], "no_match");
    assert_eq!(ask(&folder, "guide to sourdough")["outcome"], "no_match");
    let answer = ask(&folder, "guide to moor a barge");
    assert_eq!(answer["answer"]["unit"], "moor.md#moor-a-barge", "{answer}");
    // Where nothing else is asked, it is.
    let answer = ask(&folder, "tutorial");
    assert_eq!(
        answer["hits"][0]["unit"], "tutorial.md#tutorial",
        "{answer}"
    );
}
