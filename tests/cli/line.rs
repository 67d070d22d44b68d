//! A walk for people, through pipes: what is shown, what can be typed, and the transcript.

use super::program::{Folder, Run, runbooks, stepwell};

fn folder() -> Folder {
    Folder::with(&[
        (
            "pump.md",
            "# Stop the pump\n\nA [pump](glossary.md#pump) moves water.\n\n## Before you begin\n\n- [The valve is closed](valve.md).\n- You have a key.\n\n## Stop it\n\n\
             1. Press the button:\n\n   ```sh\n   button --press\n   ```\n\n\
             2. Does it still run?\n\n   - If yes, escalate to the plant manager.\n   - If no, you are done.\n\n\
             ## Next steps\n\n- [Close the valve](valve.md)\n",
        ),
        ("valve.md", "# Close the valve\n\n1. Turn it left.\n2. Lock it.\n"),
        ("glossary.md", "# Glossary\n\n## Pump\n\nIt moves water.\n"),
    ])
    .compiled()
}

fn walk(folder: &Folder, unit: &str, typed: &str) -> String {
    folder.run(["walk", "--unit", unit]).typing(typed).prints()
}

#[test]
fn a_stop_shows_where_it_is_what_to_do_and_what_enter_does() {
    let folder = folder();
    let shown = walk(&folder, "pump.md#stop-it/1", "");
    let expected = "
Stop the pump › Stop it
Press the button:  pump.md:12-16

    button --press

  Enter: Does it still run?

■ Stopped.
  “Press the button”, 1 unit seen
";
    assert_eq!(shown, expected);
}

#[test]
fn of_several_prerequisites_one_is_enough_and_a_case_is_said() {
    let folder = Folder::with(&[(
        "pump.md",
        "# Stop the pump\n\n## Before you begin\n\n- A lamp.\n\nYou also need one of these:\n\n- A key.\n- A crank, if you are strong.\n\n\
         Then take these:\n\n# [By day](#tab/day)\n\n- A hat.\n- A map.\n\n# [By night](#tab/night)\n\n- A torch.\n\n---\n\n\
         ## Stop it\n\n1. Press the button.\n2. Wait.\n",
    )])
    .compiled();
    let expected = "Before you begin
  [ ] A lamp.
  One of these is enough:
    [ ] A key.
    [ ] A crank, if you are strong.
  [ ] By day: A hat.
  [ ] By day: A map.
  [ ] By night: A torch.
";
    let shown = walk(&folder, "pump.md#stop-the-pump", "");
    assert!(shown.contains(expected), "{shown}");
    let answer = folder.run(["ask", "how do I stop the pump?"]).prints();
    let lines = |text: &str| -> Vec<String> {
        let lines = text
            .lines()
            .filter(|l| l.contains("[ ]") || l.contains("One of"));
        lines
            .map(|l| l.split("  :").next().unwrap_or(l).to_owned())
            .collect()
    };
    assert_eq!(lines(&answer), lines(expected), "{answer}");
}

#[test]
fn prerequisites_are_a_checklist_and_see_alsos_are_beside() {
    let folder = folder();
    let shown = walk(&folder, "pump.md#stop-the-pump", "m 2\nm 9\nm\nm\n");
    assert!(
        shown.contains(
            "Before you begin\n  [ ] The valve is closed. (2 does it now)\n  [ ] You have a key.\n"
        ),
        "{shown}"
    );
    assert!(
        shown.contains("  [ ] The valve is closed. (2 does it now)\n  [x] You have a key.\n"),
        "{shown}"
    );
    assert!(
        shown.contains("there is no 9: name one of 1 to 2"),
        "{shown}"
    );
    assert!(
        shown.contains("  [x] The valve is closed.\n  [x] You have a key.\n"),
        "{shown}"
    );
    assert!(shown.contains("all 2 are met already"), "{shown}");
    assert!(shown.contains("See also: "), "{shown}");
    assert!(shown.contains("Pump"), "{shown}");
}

#[test]
fn enter_goes_where_it_says_behind_a_way_and_behind_what_was_called() {
    let folder = Folder::with(&[(
        "tank.md",
        "# Mend the tank\n\nThere are two ways:\n\n\
         - [By hand](#by-hand)\n- [By machine](#by-machine)\n\n\
         ## By hand\n\nTurn the crank.\n\n## By machine\n\nSwitch it on.\n\n\
         ## Fill it again\n\nFollow [Open the tap](#open-the-tap), then come back here.\n\n\
         ## Close the lid\n\nPress it down.\n\n\
         # Appendix\n\n## Open the tap\n\n1. Turn it.\n\n## Paint the tap\n\n1. Stir the paint.\n",
    )])
    .compiled();
    let shown = walk(&folder, "tank.md#mend-the-tank", "2\n\n\n\n\n\n");
    let enter = shown.lines().filter(|line| line.contains("Enter:"));
    let enter: Vec<&str> = enter.map(str::trim).collect();
    assert_eq!(
        enter,
        [
            "Enter: By hand",
            "Enter: Fill it again",
            "Enter: do Open the tap, then come back",
            "Enter: Turn it",
            "Enter: Close the lid",
            "Enter: done",
        ],
        "{shown}"
    );
    assert!(
        shown.contains("1. By hand\n  2. By machine\n\n  Enter"),
        "{shown}"
    );
}

#[test]
fn sections_that_are_ways_stand_beside_each_other_and_what_follows_is_told_from_them() {
    let folder = Folder::with(&[(
        "shed.md",
        "# Get the ladder\n\n## Find the key\n\nLook below the mat.\n\n- Option A: ask.\n- Option B: call.\n\n\
         ## Open the shed using the key\n\nTurn it.\n\n## Open the shed using a crowbar\n\nPull it.\n\n\
         ## Take the ladder\n\nLift it.\n",
    )])
    .compiled();
    let shown = folder.run(["ask", "get the ladder"]).prints();
    let kept = |line: &&str| {
        let line = line.trim_start();
        line.starts_with(|c: char| c.is_ascii_digit()) || line.starts_with("One") || line == "Then:"
    };
    let lines: Vec<&str> = shown.lines().filter(kept).collect();
    assert_eq!(
        lines,
        [
            "1. Find the key  :3-8",
            "  One of these is enough:",
            "  1.1. Option A: ask  :7",
            "  1.2. Option B: call  :8",
            "One of these is enough:",
            "2. Open the shed using the key  :10-12",
            "3. Open the shed using a crowbar  :14-16",
            "Then:",
            "4. Take the ladder  :18-20",
        ],
        "{shown}"
    );
}

#[test]
fn an_end_that_is_the_other_side_of_a_case_says_so() {
    let folder = Folder::with(&[(
        "pump.md",
        "# Calm the pump\n\n1. Press the button.\n2. Check whether the lamp is green.\n\n   \
         - If the lamp is still red, turn the valve.\n",
    )])
    .compiled();
    let shown = folder.run(["ask", "calm the pump"]).prints();
    let end = "■ Ends here, unless one of the cases below holds: resolved.\n\n  2.1. If the lamp";
    assert!(shown.contains(end), "{shown}");
}

#[test]
fn a_decision_names_its_ways_and_enter_is_none_of_them() {
    let folder = folder();
    let shown = walk(&folder, "pump.md#stop-it/2", "1\n\n");
    assert!(shown.contains("  1. If yes, escalate to the plant manager\n  2. If no, you are done\n\n  Enter: none of these"), "{shown}");
    assert!(
        shown.contains("■ Handed over: from here on it is somebody else's."),
        "{shown}"
    );
}

#[test]
fn behind_the_end_a_number_takes_what_is_suggested_and_enter_leaves() {
    let folder = folder();
    let shown = walk(
        &folder,
        "pump.md#stop-the-pump",
        "\n\n\n1\n\n7\n1\n\nb\nq\n",
    );
    let end = shown
        .find("Afterwards\n  1. Close the valve  valve.md#close-the-valve\n")
        .expect("suggested");
    let after = &shown[end..];
    assert!(
        after.contains("the walk is over: b goes back, Enter leaves"),
        "{after}"
    );
    assert!(
        after.contains("\nClose the valve  valve.md:1-4\n"),
        "{after}"
    );
    let left = walk(
        &folder,
        "valve.md#close-the-valve/2",
        "\n\nthis is not read\n",
    );
    assert!(
        left.trim_end().ends_with("“Lock it”, 1 unit seen"),
        "{left}"
    );
    assert_eq!(left.matches('■').count(), 1, "the end is told once: {left}");
}

#[test]
fn whoever_is_lost_gets_help() {
    let folder = folder();
    let shown = walk(
        &folder,
        "valve.md#close-the-valve",
        "?\nb\ng nowhere\nf os\nr\ng pump.md#stop-it/1\nf os=linux\n5\n",
    );
    for part in [
        "Enter        done here, go on",
        "this is where the walk began",
        "there is no unit \"nowhere\"; `stepwell list` shows all of them",
        "write KEY=VALUE, or KEY>=VALUE",
        "Press the button:  pump.md:12-16",
        "there is no choice 5: choose 1 to ",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert_eq!(
        shown.matches("\nClose the valve  valve.md:1-4\n").count(),
        2,
        "r shows it again"
    );
}

#[test]
fn words_are_read_as_a_report() {
    let folder = folder();
    let shown = walk(&folder, "pump.md#stop-it/2", "yes\n");
    assert!(
        shown.contains("If yes, escalate to the plant manager.  pump.md:20"),
        "{shown}"
    );
}

#[test]
fn a_walk_without_a_question_asks_for_one_and_asks_again() {
    let typed = "zzz qqq\nrestart redis\nq\n";
    let shown = stepwell(["walk"]).store(runbooks()).typing(typed).prints();
    assert!(shown.contains("Nothing here answers that."), "{shown}");
    assert!(
        shown.contains("\nRestart Redis  cache/restart-redis.md:"),
        "{shown}"
    );
    let message = stepwell(["walk"]).store(runbooks()).refuses();
    assert!(message.contains("the question is empty"), "{message}");
    let message = stepwell(["walk", "--json"]).store(runbooks()).refuses();
    assert!(message.contains("needs a question or --unit"), "{message}");
}

#[test]
fn an_unsure_walk_lists_what_may_be_meant() {
    let shown = stepwell(["walk", "restart"])
        .store(runbooks())
        .typing("\n2\n")
        .prints();
    assert!(
        shown.contains("\n  1. ") && shown.contains("\n  2. "),
        "{shown}"
    );
    assert!(shown.contains("choose one of them first: 1 to "), "{shown}");
    assert!(shown.contains("■ Stopped."), "{shown}");
}

#[test]
fn a_transcript_is_what_was_shown_and_typed_without_colour() {
    let folder = folder();
    let run = |color: &str, file: &str| -> Run {
        let args = [
            "walk",
            "--unit",
            "valve.md#close-the-valve",
            "--color",
            color,
            "--transcript",
            file,
        ];
        folder.run(args).typing("?\n\n\n\n").ends(0)
    };
    let plain = run("never", "plain.txt");
    let coloured = run("always", "coloured.txt");
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).expect("a transcript");
    assert_eq!(read("plain.txt"), read("coloured.txt"));
    let typed: Vec<String> = read("plain.txt")
        .lines()
        .filter(|l| l.starts_with("> ") || *l == ">")
        .map(str::to_owned)
        .collect();
    assert_eq!(typed, ["> ?", "> ", "> ", "> "]);
    let shown: String = read("plain.txt")
        .replace("\n> ?\n", "")
        .replace("\n> \n", "");
    assert_eq!(shown, plain.out);
    assert!(coloured.out.contains('\u{1b}') && !plain.out.contains('\u{1b}'));
    let refused = folder
        .run(["walk", "x", "--transcript", "no/such/folder/t"])
        .refuses();
    assert!(
        refused.contains("cannot write no/such/folder/t"),
        "{refused}"
    );
}

#[test]
fn no_line_of_prose_is_wider_than_eighty_columns() {
    for question in [
        "free disk space",
        "renew a certificate",
        "fail over the database",
    ] {
        let answer = stepwell(["ask", question]).store(runbooks()).prints();
        for line in answer.lines() {
            let is_code = line.trim_start().len() + 4 <= line.len();
            let is_name = line.contains(".md") || line.starts_with("step by step:");
            let width = line.chars().count();
            assert!(width <= 80 || is_code || is_name, "{width}: {line}");
        }
    }
}

#[test]
fn escape_sequences_of_a_document_never_reach_the_terminal() {
    let folder = Folder::with(&[(
        "a.md",
        "# Stop \u{1b}]0;owned\u{7} it\n\n1. Press\u{1b}[2J the `\u{1b}[31mbutton`.\n\n   ```\n   code \u{9b}2J \u{202e}\n   ```\n",
    )])
    .compiled();
    for args in [
        &["ask", "--color", "always", "stop it"][..],
        &["ask", "--format", "markdown", "stop it"],
        &["ask", "--format", "json", "stop it"],
        &["walk", "--unit", "a.md#stop-owned-it"],
        &["list"],
        &["export", "--format", "ndjson"],
        &["export", "--format", "dot"],
        &["export", "--format", "mermaid"],
        &["check", "a.md"],
    ] {
        let run = folder.run(args).run();
        let all = run.out + &run.err;
        for acting in ["\u{1b}]", "\u{1b}[2J", "\u{9b}", "\u{202e}", "\u{7}"] {
            assert!(!all.contains(acting), "{args:?}: {all:?}");
        }
    }
}
