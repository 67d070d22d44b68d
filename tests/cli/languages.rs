//! Pages and questions in more than one language.

use std::path::PathBuf;

use super::program::{object, root, stepwell};

/// Pages in German, and one in English among them.
fn mixed() -> PathBuf {
    root().join("tests/cases/link/german-runbooks")
}

/// The unit that a question leads to, and the action that was read out of it.
#[track_caller]
fn answered(question: &str) -> (String, String) {
    let run = stepwell(["ask", "--format", "json", question, "--from"]).arg(mixed());
    let answer = object(run.prints().trim_end());
    let text = |at: &str| {
        answer
            .pointer(at)
            .and_then(|v| v.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(text("/outcome"), "answered", "{question}");
    (text("/answer/unit"), text("/intent/action"))
}

#[test]
fn questions_find_the_page_in_their_language() {
    for (question, unit, action) in [
        (
            "Wie starte ich den Dienst neu?",
            "dienst-neu-starten.md#dienst-neu-starten",
            "neu starten",
        ),
        (
            "Dienst neu starten",
            "dienst-neu-starten.md#dienst-neu-starten",
            "neu starten",
        ),
        (
            "Wie kann ich die Datenbank sichern?",
            "datenbank-sichern.md#datenbank-sichern",
            "sichern",
        ),
        (
            "Als Betreiber möchte ich ein Zertifikat erneuern, damit der Dienst erreichbar bleibt",
            "zertifikat-erneuern.md#zertifikat-erneuern",
            "erneuern",
        ),
        (
            "Wie richte ich ein Konto ein?",
            "zugang-anlegen.md#konto-einrichten",
            "einrichten",
        ),
        // A "Konto" by another name.
        (
            "Wie richte ich einen Account ein?",
            "zugang-anlegen.md#konto-einrichten",
            "einrichten",
        ),
        (
            "How do I restart the router?",
            "restart-the-router.md#restart-the-router",
            "restart",
        ),
    ] {
        assert_eq!(
            answered(question),
            (unit.to_owned(), action.to_owned()),
            "{question}"
        );
    }
}

#[test]
fn a_walk_hears_german() {
    let typed = "{\"choose\":1}\n{\"say\":\"die Leuchte ist grün\"}\n{\"say\":\"erledigt\"}\n";
    let walk = ["walk", "--json", "Wie prüfe ich das Netzwerk?", "--from"];
    let run = stepwell(walk).arg(mixed()).typing(typed);
    let units: Vec<String> = run
        .lines()
        .iter()
        .filter_map(|e| e.pointer("/unit/id")?.as_str().map(str::to_owned))
        .collect();
    let green = "netzwerk-pruefen.md#leuchte-ablesen/wenn-die-leuchte-grün-ist";
    assert_eq!(
        units,
        [
            "netzwerk-pruefen.md#netzwerk-prüfen",
            "netzwerk-pruefen.md#leuchte-ablesen",
            green,
            &format!("{green}/1")
        ]
    );
}
