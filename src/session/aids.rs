//! What a person is told beside an event: what Enter does, what the numbers mean.
//!
//! A program that speaks the protocol knows how a walk goes on. A person should not have to, so the
//! template of a walk gets these keys beside those of the event.

use serde_json::{Value, json};

use super::Session;
use crate::model::{Condition, Linker, LinkerKind, Target, Via};
use crate::walk::{Choice, Event, Stop};

/// Adds to the JSON of an event what a person has to be told. `last` is the stop before it.
pub(super) fn add(json: &mut Value, event: &Event, session: &Session<'_>, last: Option<&Stop>) {
    match event {
        Event::Unit(stop) => {
            each(json, "choices", |i, choice| {
                if let Some(c) = stop.choices.get(i) {
                    choice["stated"] = json!(is_stated(&c.linker));
                    choice["answers"] = json!(is_answer(c, stop));
                }
            });
            each(json, "prerequisites", |i, prerequisite| {
                prerequisite["choice"] = json!(offer(stop, i));
            });
            json["enter"] = enter(stop);
        }
        Event::Unsure { .. } => {
            let names = names(session, last);
            each(json, "candidates", |_, candidate| {
                let n = candidate["n"].as_u64().unwrap_or_default() as usize;
                candidate["header"] = json!(n.checked_sub(1).and_then(|i| names.get(i)));
            });
        }
        _ => {}
    }
}

fn each(json: &mut Value, key: &str, change: impl Fn(usize, &mut Value)) {
    let list = json.get_mut(key).and_then(Value::as_array_mut);
    for (i, value) in list.into_iter().flatten().enumerate() {
        change(i, value);
    }
}

/// Does the target say its condition itself, as an item "If …, do this" does?
fn is_stated(linker: &Linker<Target>) -> bool {
    linker.condition.is_some() && linker.via == Via::Order
}

/// Is the condition the question that the unit asks, so that "yes" or "no" names it?
fn is_answer(choice: &Choice, stop: &Stop) -> bool {
    let asks = |c: &Condition| {
        let question = format!("{}?", c.text);
        !c.text.is_empty()
            && (stop.unit.header.contains(&question) || stop.unit.body.contains(&question))
    };
    choice.linker.condition.as_deref().is_some_and(asks)
}

/// The number of the choice that does what a prerequisite asks for.
fn offer(stop: &Stop, prerequisite: usize) -> Option<usize> {
    let (prerequisite, _) = stop.prerequisites.get(prerequisite)?;
    let target = prerequisite.target.as_ref()?;
    let does = |c: &Choice| c.linker.kind == LinkerKind::Requires && c.linker.target == *target;
    stop.choices.iter().position(does).map(|i| i + 1)
}

/// What Enter does at a stop: `else` and `option` take a choice, `call` goes into a procedure, `on`
/// goes on there, `past` goes on behind the decision, `done` has nothing left here.
fn enter(stop: &Stop) -> Value {
    let beside = [LinkerKind::Requires, LinkerKind::See, LinkerKind::Defines];
    let ways = || {
        stop.choices
            .iter()
            .filter(|c| !beside.contains(&c.linker.kind))
    };
    let condition = |c: &Choice| c.linker.condition.clone();
    let decides = ways().any(|c| condition(c).is_some());
    let otherwise = ways().find(|c| condition(c).is_some_and(|c| c.otherwise));
    let option = ways().find(|c| c.linker.kind == LinkerKind::Option && condition(c).is_none());
    let on = ways().find(|c| c.linker.kind != LinkerKind::Option && condition(c).is_none());
    // Behind the last step of a part the walk goes on with what follows the part, and behind that of a
    // procedure that was called with what follows the call.
    let onward = stop.onward.as_ref().filter(|_| stop.unit.ends.is_none());
    let header = |c: &'_ Choice| Some(c.header.clone());
    let (does, header) = match (otherwise, option, on) {
        (Some(choice), ..) => ("else", header(choice)),
        (_, Some(choice), _) => ("option", header(choice)),
        (_, _, Some(choice)) if choice.linker.kind == LinkerKind::Call => ("call", header(choice)),
        (_, _, None) if decides => ("past", None),
        _ if onward.is_some() => ("on", onward.cloned()),
        _ => ("done", None),
    };
    json!({ "does": does, "header": header, "decides": decides })
}

/// What candidates are numbers of: units before a walk begins, choices in it.
fn names(session: &Session<'_>, last: Option<&Stop>) -> Vec<String> {
    let units = session.candidates();
    match last {
        Some(stop) if units.is_empty() => stop.choices.iter().map(|c| c.header.clone()).collect(),
        _ => units,
    }
}
