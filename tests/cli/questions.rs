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
