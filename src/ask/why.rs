//! Why a unit was found.

use super::{Hit, Why};
use crate::index::{Contribution, Field, Prepared};
use crate::model::UnitNo;

/// Reasons that give less than this share of a score are not told.
const WORTH_TELLING: f64 = 0.02;

/// Adds to every hit the rules that found it, the strongest first, before what flags it.
pub(super) fn explain(prepared: &Prepared<'_>, hits: &mut [Hit]) {
    let units: Vec<UnitNo> = hits.iter().map(|hit| hit.no).collect();
    for (hit, parts) in hits.iter_mut().zip(prepared.explain_all(&units)) {
        let flags = std::mem::replace(&mut hit.why, reasons(&parts));
        hit.why.extend(flags);
    }
}

/// What each field gave, with the terms it was found by.
fn reasons(parts: &[Contribution]) -> Vec<Why> {
    let mut reasons: Vec<Why> = Field::ALL
        .into_iter()
        .filter_map(|field| {
            let mut matched: Vec<(&str, f64)> = parts
                .iter()
                .flat_map(|p| p.fields.iter().map(move |share| (p.term.as_str(), share)))
                .filter(|(_, share)| share.field == field)
                .map(|(term, share)| (term, share.gain))
                .collect();
            matched.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
            let weight: f64 = matched.iter().map(|(_, gain)| gain).sum();
            let terms: Vec<&str> = matched.iter().map(|(term, _)| *term).collect();
            (weight > 0.0).then(|| Why {
                rule: rule(field),
                matched: terms.join(" "),
                weight,
            })
        })
        .collect();
    reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.rule.cmp(b.rule)));
    let whole: f64 = reasons.iter().map(|r| r.weight).sum();
    reasons.retain(|r| r.weight >= whole * WORTH_TELLING);
    reasons
}

/// The name of the rule that looks at a field.
fn rule(field: Field) -> &'static str {
    match field {
        Field::Action => "intent.action",
        Field::Object => "intent.object",
        Field::Qualifiers => "intent.qualifiers",
        other => other.name(),
    }
}
