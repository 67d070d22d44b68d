//! An answer.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{ConditionJson, Lookup, PrerequisiteJson, SourceJson, TargetJson};
use crate::ask::{Also, Answer, Hit, Mend, Procedure, RuledOut, Step, Why};
use crate::model::{Intent, Linker, Prerequisite, Target, Unreadable};

/// What `ask` answers.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerJson<'a> {
    query: &'a str,
    intent: &'a Intent,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    read_as: Vec<MendJson<'a>>,
    outcome: &'static str,
    confidence: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<&'a str>,
    hits: Vec<HitJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<ProcedureJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ruled_out: Option<Vec<RuledOutJson<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<AlsoJson<'a>>,
}

/// A word that was read otherwise than it was written.
#[derive(Clone, Debug, Serialize)]
struct MendJson<'a> {
    written: &'a str,
    read: &'a str,
}

/// Another question in the one that was asked.
#[derive(Clone, Debug, Serialize)]
struct AlsoJson<'a> {
    query: &'a str,
    outcome: &'static str,
    confidence: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    hit: Option<HitJson<'a>>,
}

/// How much of an answer is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// What it is and why.
    Brief,
    /// What each signal gave, too, and what was ruled out and why.
    Explained,
}

/// A unit that does not answer, and why.
#[derive(Clone, Debug, Serialize)]
struct RuledOutJson<'a> {
    unit: &'a str,
    header: &'a str,
    path: &'a [String],
    score: f64,
    rule: &'static str,
    matched: &'a str,
    source: SourceJson,
}

/// What one signal gave to a score.
#[derive(Clone, Debug, Serialize)]
struct SignalJson {
    signal: &'static str,
    weight: f64,
}

/// A unit that fits, and why.
#[derive(Clone, Debug, Serialize)]
pub struct HitJson<'a> {
    unit: &'a str,
    kind: &'static str,
    header: &'a str,
    path: &'a [String],
    score: f64,
    why: Vec<WhyJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signals: Option<Vec<SignalJson>>,
    source: SourceJson,
}

/// One reason for a hit.
#[derive(Clone, Debug, Serialize)]
struct WhyJson<'a> {
    rule: &'static str,
    matched: &'a str,
    weight: f64,
}

/// A procedure in one piece.
#[derive(Clone, Debug, Serialize)]
pub struct ProcedureJson<'a> {
    unit: &'a str,
    kind: &'static str,
    header: &'a str,
    path: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<&'a str>,
    body: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    inserts: &'a BTreeMap<String, String>,
    prerequisites: Vec<PrerequisiteJson<'a>>,
    steps: Vec<StepJson<'a>>,
    follow_ups: Vec<LeadJson<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cut: bool,
    source: SourceJson,
}

/// A step of a procedure.
#[derive(Clone, Debug, Serialize)]
struct StepJson<'a> {
    unit: &'a str,
    kind: &'static str,
    number: &'a str,
    depth: usize,
    condition: Option<ConditionJson<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    option: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    first_way: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cases: bool,
    header: &'a str,
    body: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    inserts: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    prerequisites: Vec<PrerequisiteJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    goes: Vec<LeadJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    told: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    same_as: Option<&'a str>,
    source: SourceJson,
}

/// Where something leads, with the header of what is there.
#[derive(Clone, Debug, Serialize)]
pub struct LeadJson<'a> {
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) condition: Option<ConditionJson<'a>>,
    pub(super) target: TargetJson<'a>,
    pub(super) header: String,
    pub(super) source: SourceJson,
}

impl Lookup<'_> {
    /// An answer with all its hits.
    ///
    /// # Errors
    /// The set cannot be read.
    pub fn answer<'u>(
        &self,
        answer: &'u Answer,
        detail: Detail,
    ) -> Result<AnswerJson<'u>, Unreadable> {
        let explained = detail == Detail::Explained;
        let ruled_out = answer.ruled_out.iter().map(|r| self.ruled_out(r));
        Ok(AnswerJson {
            query: &answer.query,
            intent: &answer.intent,
            read_as: answer.mends.iter().map(MendJson::from).collect(),
            outcome: answer.outcome.name(),
            confidence: rounded(answer.confidence),
            question: answer.question.as_deref(),
            hits: answer
                .hits
                .iter()
                .map(|h| self.hit(h, detail))
                .collect::<Result<_, _>>()?,
            answer: answer
                .procedure
                .as_ref()
                .map(|p| self.procedure(p))
                .transpose()?,
            ruled_out: match explained {
                true => Some(ruled_out.collect::<Result<_, _>>()?),
                false => None,
            },
            also: answer
                .also
                .iter()
                .map(|also| self.also(also))
                .collect::<Result<_, _>>()?,
        })
    }

    fn also<'u>(&self, also: &'u Also) -> Result<AlsoJson<'u>, Unreadable> {
        let hit = also.hit.as_ref();
        Ok(AlsoJson {
            query: &also.query,
            outcome: also.outcome.name(),
            confidence: rounded(also.confidence),
            hit: hit.map(|h| self.hit(h, Detail::Brief)).transpose()?,
        })
    }

    fn ruled_out<'u>(&self, out: &'u RuledOut) -> Result<RuledOutJson<'u>, Unreadable> {
        Ok(RuledOutJson {
            unit: &out.unit.id.0,
            header: &out.unit.header,
            path: &out.unit.path,
            score: rounded(out.score),
            rule: out.rule,
            matched: &out.matched,
            source: self.source(out.unit.span)?,
        })
    }

    fn hit<'u>(&self, hit: &'u Hit, detail: Detail) -> Result<HitJson<'u>, Unreadable> {
        let signals = hit.signals.iter().map(|s| SignalJson {
            signal: s.name,
            weight: rounded(s.gave),
        });
        Ok(HitJson {
            unit: &hit.unit.id.0,
            kind: hit.unit.kind.name(),
            header: &hit.unit.header,
            path: &hit.unit.path,
            score: rounded(hit.score),
            why: hit.why.iter().map(WhyJson::from).collect(),
            signals: (detail == Detail::Explained).then(|| signals.collect()),
            source: self.source(hit.unit.span)?,
        })
    }

    /// A procedure in one piece.
    ///
    /// # Errors
    /// The set cannot be read.
    pub fn procedure<'u>(&self, procedure: &'u Procedure) -> Result<ProcedureJson<'u>, Unreadable> {
        let unit = &procedure.unit;
        Ok(ProcedureJson {
            unit: &unit.id.0,
            kind: unit.kind.name(),
            header: &unit.header,
            path: &unit.path,
            asked: procedure.asked().map(|step| step.unit.id.0.as_str()),
            body: &unit.body,
            inserts: &unit.inserts,
            prerequisites: self.prerequisites(&procedure.prerequisites)?,
            steps: procedure
                .steps
                .iter()
                .map(|s| self.step(s))
                .collect::<Result<_, _>>()?,
            follow_ups: self.leads(&procedure.follow_ups)?,
            cut: procedure.cut,
            source: self.source(unit.span)?,
        })
    }

    fn prerequisites<'u>(
        &self,
        all: &'u [Prerequisite<Target>],
    ) -> Result<Vec<PrerequisiteJson<'u>>, Unreadable> {
        all.iter().map(|p| self.prerequisite(p)).collect()
    }

    fn step<'u>(&self, step: &'u Step) -> Result<StepJson<'u>, Unreadable> {
        Ok(StepJson {
            unit: &step.unit.id.0,
            kind: step.unit.kind.name(),
            number: &step.number,
            depth: step.depth,
            condition: step.condition.as_ref().map(Into::into),
            option: step.option,
            first_way: step.first,
            cases: step.cases,
            header: &step.unit.header,
            body: &step.unit.body,
            inserts: &step.unit.inserts,
            prerequisites: self.prerequisites(step.prerequisites())?,
            goes: self.leads(&step.goes)?,
            ends: step.unit.ends.map(|e| e.name()),
            told: step.unit.told,
            same_as: step.same_as.as_deref(),
            source: self.source(step.unit.span)?,
        })
    }

    /// Linkers with the headers of their targets.
    ///
    /// # Errors
    /// The set cannot be read.
    pub fn leads<'u>(
        &self,
        linkers: &'u [Linker<Target>],
    ) -> Result<Vec<LeadJson<'u>>, Unreadable> {
        linkers.iter().map(|l| self.lead(l)).collect()
    }

    fn lead<'u>(&self, linker: &'u Linker<Target>) -> Result<LeadJson<'u>, Unreadable> {
        Ok(LeadJson {
            kind: linker.kind.name(),
            condition: linker.condition.as_deref().map(Into::into),
            target: self.target(&linker.target)?,
            header: self.header(&linker.target)?,
            source: self.source(linker.span)?,
        })
    }
}

impl<'a> From<&'a Mend> for MendJson<'a> {
    fn from(mend: &'a Mend) -> Self {
        MendJson {
            written: &mend.written,
            read: &mend.read,
        }
    }
}

impl<'a> From<&'a Why> for WhyJson<'a> {
    fn from(why: &'a Why) -> Self {
        WhyJson {
            rule: why.rule,
            matched: &why.matched,
            weight: rounded(why.weight),
        }
    }
}

/// Four decimals are more than a score means.
pub(super) fn rounded(x: f64) -> f64 {
    (x * 10_000.0).round() / 10_000.0
}
