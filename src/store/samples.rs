//! Sets for tests.

use std::collections::BTreeMap;

use crate::model::{
    Abbreviation, Code, CompiledSet, Condition, Diagnostic, FileId, Intent, Kind, Linker,
    LinkerKind, Place, Prerequisite, PrerequisiteKind, Role, Severity, SourceFile, Span, Target,
    Unit, UnitId, UnitNo, Via,
};

/// Units a page.
const PAGE: u32 = 20;

/// A set of `len` units, twenty a page, in which every kind of value occurs.
pub(super) fn set(len: u32) -> CompiledSet {
    CompiledSet {
        files: (0..len.div_ceil(PAGE)).map(file).collect(),
        units: (0..len).map(|no| unit(no, len)).collect(),
        diagnostics: (0..len.div_ceil(PAGE)).map(diagnostic).collect(),
        leads: BTreeMap::new(),
    }
}

fn file(n: u32) -> SourceFile {
    let text = format!("# Page {n}\n\n").repeat(PAGE as usize);
    SourceFile::new(format!("ops/page-{n}.md"), text.as_bytes())
}

fn span(no: u32) -> Span {
    Span {
        file: FileId(no / PAGE),
        start: no % PAGE * 9,
        end: no % PAGE * 9 + 8,
    }
}

fn diagnostic(n: u32) -> Diagnostic {
    let message = format!("the link to missing-{n}.md leads nowhere");
    let help = "correct the address";
    Diagnostic::at(Code(101), Severity::Warning, span(n * PAGE), message, help)
}

fn unit(no: u32, len: u32) -> Unit<Target> {
    Unit {
        id: UnitId(format!("ops/page-{}.md#task/{no}", no / PAGE)),
        kind: Kind::ALL[no as usize % Kind::ALL.len()],
        header: format!("Drain node {no}"),
        intent: Intent {
            action: "drain".into(),
            object: format!("node {no}"),
            qualifiers: BTreeMap::from([("with".into(), "kubectl".into())]),
        },
        summary: String::new(),
        prerequisites: vec![Prerequisite {
            text: "The node is cordoned".into(),
            kind: PrerequisiteKind::State,
            constraint: None,
            target: Some(Target::Unit(UnitNo(no / 2))),
            remark: no % 2 == 1,
            condition: (no % 3 == 1).then(|| Box::new(Condition::yes("the node is new"))),
            one_of: (no % 3 == 2).then_some(1),
            span: span(no),
        }],
        body: format!("Drain it:\n\n```sh\nkubectl drain node-{no}\n```\n"),
        inserts: BTreeMap::from([("names/node.md".into(), "the node".into())]),
        linkers: linkers(no, len),
        ends: None,
        told: no % 4 == 3,
        path: vec![format!("Page {}", no / PAGE), format!("Drain node {no}")],
        abbreviations: vec![Abbreviation {
            short: "PDB".into(),
            long: "pod disruption budget".into(),
        }],
        labels: vec![],
        applies: BTreeMap::from([("os".into(), vec!["linux".into()])]),
        language: "en".into(),
        page: FileId(no / PAGE),
        span: span(no),
        place: Place {
            parent: Some(UnitNo(no / PAGE * PAGE)),
            role: Role::Choice(1),
        },
        number: Some((no % PAGE).to_string()),
    }
}

fn linkers(no: u32, len: u32) -> Vec<Linker<Target>> {
    let targets = [
        Target::Unit(UnitNo((no + 1) % len)),
        Target::Query("drain the next node".into()),
        Target::Url("https://example.org/drain".into()),
    ];
    targets
        .into_iter()
        .map(|target| Linker {
            kind: LinkerKind::Branch,
            target,
            via: Via::Phrase,
            condition: Some(Box::new(Condition::yes("the node is drained"))),
            decision: Some(0),
            span: span(no),
        })
        .collect()
}
