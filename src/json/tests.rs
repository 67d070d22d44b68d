use serde_json::{Value, json};

use super::sample::{InMemory, drain, span};
use super::*;
use crate::model::{Code, Diagnostic, Ending, Library, Severity, UnitId, UnitNo};

fn library() -> InMemory {
    InMemory::new(drain())
}

fn written(value: &impl serde::Serialize) -> String {
    let mut out = Vec::new();
    write_line(&mut out, value).expect("a vector");
    String::from_utf8(out).expect("text")
}

fn unit_line(library: &dyn Library, no: u32) -> String {
    let unit = library.unit(UnitNo(no)).expect("a unit");
    written(&Versioned::new(
        Lookup::new(library).unit(&unit).expect("JSON"),
    ))
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn a_unit_has_the_keys_of_the_public_interface_in_their_order() {
    let line = unit_line(&library(), 1);
    let hash = drain().files[0].hash.clone();
    let place = |lines: &str, bytes: &str| {
        format!(
            "{{\"file\":\"ops/drain.md\",\"lines\":{lines},\"bytes\":{bytes},\"hash\":\"{hash}\"}}"
        )
    };
    let linkers = format!(
        "[{{\"kind\":\"next\",\"target\":{{\"unit\":\"ops/drain.md#drain-a-node/2\"}},\"via\":\"order\",\"source\":{}}}]",
        place("[4,4]", "[35,43]")
    );
    assert_eq!(
        line,
        format!(
            "{{\"v\":1,\"id\":\"ops/drain.md#drain-a-node/1\",\"kind\":\"step\",\"header\":\"Cordon the node\",\
             \"intent\":{{\"action\":\"\",\"object\":\"\",\"qualifiers\":{{}}}},\"path\":[\"Cordon the node\"],\
             \"prerequisites\":[],\"body\":\"Cordon the node\\n\",\"linkers\":{linkers},\"labels\":[],\
             \"applies\":{{}},\"language\":\"en\",\"page\":\"ops/drain.md\",\"source\":{}}}\n",
            place("[3,3]", "[16,35]")
        )
    );
}

#[test]
fn what_applies_only_sometimes_is_there_only_then() {
    let unit: Value = serde_json::from_str(&unit_line(&library(), 2)).expect("JSON");
    let condition = |n: usize| &unit["linkers"][n]["condition"];
    assert_eq!(
        *condition(0),
        json!({ "text": "the node is \"empty\"", "polarity": "no" })
    );
    assert_eq!(
        *condition(1),
        json!({ "text": "otherwise", "polarity": "no", "else": true, "of": ["the node is \"empty\""] })
    );
    assert_eq!(
        unit["linkers"][1]["target"],
        json!({ "query": "Stop there" })
    );
    assert_eq!(
        keys(&unit["linkers"][1]),
        ["kind", "target", "via", "source", "condition", "decision"]
    );
    let unit: Value = serde_json::from_str(&unit_line(&library(), 0)).expect("JSON");
    let prerequisite = &unit["prerequisites"][0];
    assert_eq!(
        keys(prerequisite),
        ["text", "kind", "constraint", "target", "source"]
    );
    assert_eq!(
        prerequisite["constraint"],
        json!({ "key": "kubernetes", "op": ">=", "value": "1.29" })
    );
    assert_eq!(prerequisite["target"], json!({ "unit": "setup.md#set-up" }));
    assert_eq!(
        unit["linkers"][2]["target"],
        json!({ "url": "https://k8s.example/drain" })
    );
}

#[test]
fn an_ending_stands_after_the_linkers() {
    let mut set = drain();
    set.units[3].ends = Some(Ending::HandedOver);
    let unit: Value = serde_json::from_str(&unit_line(&InMemory::new(set), 3)).expect("JSON");
    assert_eq!(unit["ends"], "handed_over");
    let keys = keys(&unit);
    let at = |key: &str| keys.iter().position(|k| *k == key).expect(key);
    assert_eq!(
        (at("ends") - at("linkers"), at("labels") - at("ends")),
        (1, 1)
    );
}

#[test]
fn sources_are_those_of_the_library() {
    let library = library();
    let lookup = Lookup::new(&library);
    for (file, start, end) in [
        (0, 0, 0),
        (0, 0, 15),
        (0, 15, 16),
        (0, 16, 52),
        (0, 52, 52),
        (1, 9, 36),
    ] {
        let span = span(file, start, end);
        let ours: Value =
            serde_json::from_str(&written(&lookup.source(span).expect("ours"))).expect("JSON");
        let theirs = serde_json::to_value(library.source(span).expect("theirs")).expect("JSON");
        assert_eq!(ours, theirs);
    }
}

#[test]
fn a_finding_names_its_unit_and_its_place() {
    let library = library();
    let lookup = Lookup::new(&library);
    let mut finding = Diagnostic::at(
        Code(101),
        Severity::Warning,
        span(0, 16, 35),
        "lost".into(),
        "find it",
    );
    finding.unit = Some(UnitId("ops/drain.md#drain-a-node/1".into()));
    let line = written(&Versioned::new(lookup.diagnostic(&finding).expect("JSON")));
    let start = "{\"v\":1,\"code\":\"SW101\",\"severity\":\"warning\",\"message\":\"lost\",\"help\":\"find it\",\"unit\":\"ops/drain.md#drain-a-node/1\",\"source\":{\"file\":\"ops/drain.md\",\"lines\":[3,3],";
    assert!(line.starts_with(start), "{line}");
    let file = Diagnostic::in_file(Code(1), Severity::Error, "bad.md", "not UTF-8".into(), "");
    let value: Value =
        serde_json::from_str(&written(&lookup.diagnostic(&file).expect("JSON"))).expect("JSON");
    assert_eq!(
        keys(&value),
        ["code", "severity", "message", "help", "source"]
    );
    assert_eq!(
        value["source"],
        json!({ "file": "bad.md", "lines": [1, 1], "bytes": [0, 0], "hash": "" })
    );
}

#[test]
fn a_linker_to_a_unit_that_is_not_there_is_an_error() {
    let mut set = drain();
    set.units.truncate(2);
    let library = InMemory::new(set);
    let unit = library.unit(UnitNo(1)).expect("a unit");
    assert!(Lookup::new(&library).unit(&unit).is_err());
}
