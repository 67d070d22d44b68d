//! What of a ranking can answer, and what is ruled out and why.
//!
//! The caller's facts rule out what is for something else. What has nothing but a header cannot
//! answer, however well the header fits, and is held back.

use std::collections::BTreeSet;

use super::rank::Candidate;
use super::signals::Signals;
use super::twins::COMPARED;
use super::{Hit, Request, RuledOut, Signal, Why};
use crate::model::{Facts, Library, Linker, LinkerKind, Target, Unit, UnitNo, Unreadable, Via};

/// It is for something else than what is so.
const APPLIES: &str = "given.applies";
/// It, or what it belongs to, needs something else than what is so.
const CONSTRAINT: &str = "given.constraint";
/// Something that fits leads to it.
const LINKED: &str = "linked";
/// It has a header and nothing else.
const HOLLOW: &str = "guard.hollow";

/// A ranking without what cannot answer.
#[derive(Default)]
pub(super) struct Sifted {
    /// The first of those that can.
    pub(super) hits: Vec<Hit>,
    /// What is held back: it scores nothing, and says why.
    pub(super) held: Vec<Hit>,
    /// What is ruled out.
    pub(super) ruled_out: Vec<RuledOut>,
}

impl Sifted {
    /// Sifts candidates, the best first, until there are as many hits as were asked for, and enough to
    /// compare.
    pub(super) fn of<'c>(
        library: &dyn Library,
        request: &Request<'_>,
        candidates: impl Iterator<Item = &'c Candidate>,
    ) -> Result<Self, Unreadable> {
        let mut sifted = Sifted::default();
        for candidate in candidates {
            if sifted.hits.len() >= request.limit.max(COMPARED) {
                break;
            }
            let hit = hit(library, candidate)?;
            if let Some((rule, matched)) = excluded(library, &hit.unit, request.facts)? {
                sifted.ruled_out.push(hit.ruled_out(rule, matched));
            } else if is_hollow(&hit.unit) {
                let header = hit.unit.header.clone();
                sifted.held.push(held_back(hit, HOLLOW, header));
            } else {
                sifted.hits.push(hit);
            }
        }
        Ok(sifted)
    }

    /// The units that were looked at and cannot answer.
    pub(super) fn out(&self) -> BTreeSet<UnitNo> {
        let held = self.held.iter().map(|h| h.no);
        held.chain(self.ruled_out.iter().map(|r| r.no)).collect()
    }
}

/// A hit that does not count: its reason takes away what the others gave.
pub(super) fn held_back(mut hit: Hit, rule: &'static str, matched: String) -> Hit {
    let weight = -std::mem::take(&mut hit.score);
    hit.why.push(Why {
        rule,
        matched,
        weight,
    });
    hit
}

fn hit(library: &dyn Library, candidate: &Candidate) -> Result<Hit, Unreadable> {
    let gave = Signals::NAMES.into_iter().zip(candidate.gave);
    let linked = candidate.linked.map(|linked| (LINKED, linked.gave));
    let gave = gave.chain(linked).filter(|(_, gave)| *gave != 0.0);
    let mut why = Vec::new();
    if let Some(linked) = candidate.linked {
        why.push(Why {
            rule: LINKED,
            matched: library.unit(linked.from)?.id.0.clone(),
            weight: linked.gave,
        });
    }
    Ok(Hit {
        no: candidate.unit,
        unit: library.unit(candidate.unit)?,
        score: candidate.score,
        why,
        signals: gave.map(|(name, gave)| Signal { name, gave }).collect(),
    })
}

impl Hit {
    /// The same as something that is ruled out.
    pub(super) fn ruled_out(self, rule: &'static str, matched: String) -> RuledOut {
        RuledOut {
            no: self.no,
            unit: self.unit,
            score: self.score,
            rule,
            matched,
        }
    }
}

/// What of a unit cannot be, by what is so: the rule, and what it is about.
fn excluded(
    library: &dyn Library,
    unit: &Unit<Target>,
    facts: &Facts,
) -> Result<Option<(&'static str, String)>, Unreadable> {
    if facts.is_empty() {
        return Ok(None);
    }
    for (key, values) in &unit.applies {
        let is = |value: &str| values.iter().any(|x| x.eq_ignore_ascii_case(value));
        if let Some(value) = facts.value(key)
            && !values.is_empty()
            && !is(value)
        {
            return Ok(Some((APPLIES, format!("{key}: {}", values.join(", ")))));
        }
    }
    let fails = |unit: &Unit<Target>| {
        let asked = unit.prerequisites.iter().filter(|p| p.is_asked_of_all());
        let mut failing = asked.filter(|p| {
            let constraint = p.constraint.as_ref();
            constraint.and_then(|test| facts.decide(test)) == Some(false)
        });
        failing.next().map(|p| p.text.clone())
    };
    // What a page needs its sections need.
    let (mut failing, mut above) = (fails(unit), unit.place.parent);
    while let Some(no) = above.filter(|_| failing.is_none()) {
        let holder = library.unit(no)?;
        failing = fails(&holder);
        above = holder.place.parent.filter(|parent| *parent < no);
    }
    Ok(failing.map(|text| (CONSTRAINT, text)))
}

/// Is there nothing in a unit but its header, and nothing that it leads to?
fn is_hollow(unit: &Unit<Target>) -> bool {
    use LinkerKind::{Branch, Call, Next, Option, Part, Same};
    let goes_on = |kind| matches!(kind, Part | Option | Branch | Call | Same);
    let body = unit.body.trim();
    let says = !body.is_empty() && (unit.id.is_nested() || body != unit.header);
    let leads = |l: &Linker<Target>| goes_on(l.kind) || l.kind == Next && l.via != Via::Order;
    !says && unit.ends.is_none() && !unit.linkers.iter().any(leads)
}
