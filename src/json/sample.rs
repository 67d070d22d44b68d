//! A small set, made by hand, and the smallest library that can hold it.

use std::sync::Arc;

use crate::model::{
    CompiledSet, Condition, FileId, Intent, Kind, Library, Linker, LinkerKind, Op, Place, Polarity,
    Prerequisite, PrerequisiteKind, Source, SourceFile, Sources, Span, Target, Test, Unit, UnitId,
    UnitNo, Unreadable, Via,
};

/// A library over a set in memory.
pub(crate) struct InMemory {
    units: Vec<Arc<Unit<Target>>>,
    sources: Sources,
}

impl InMemory {
    pub(crate) fn new(set: CompiledSet) -> Self {
        InMemory {
            units: set.units.into_iter().map(Arc::new).collect(),
            sources: Sources::new(set.files),
        }
    }
}

impl Library for InMemory {
    fn len(&self) -> u32 {
        self.units.len() as u32
    }

    fn unit(&self, no: UnitNo) -> Result<Arc<Unit<Target>>, Unreadable> {
        let unit = self.units.get(no.index()).cloned();
        unit.ok_or_else(|| Unreadable {
            place: "memory".into(),
            problem: format!("there is no unit {}", no.0),
            help: "compile again".into(),
        })
    }

    fn find(&self, id: &UnitId) -> Result<Option<UnitNo>, Unreadable> {
        let at = self.units.iter().position(|u| u.id == *id);
        Ok(at.map(|i| UnitNo(i as u32)))
    }

    fn source(&self, span: Span) -> Result<Source, Unreadable> {
        Ok(self.sources.source(span))
    }

    fn file_count(&self) -> u32 {
        self.sources.len() as u32
    }

    fn file(&self, id: FileId) -> Result<Arc<SourceFile>, Unreadable> {
        Ok(Arc::new(self.sources.file(id).clone()))
    }
}

/// A unit with nothing but a name, a header and a place.
pub(crate) fn unit(id: &str, kind: Kind, header: &str, span: Span) -> Unit<Target> {
    Unit {
        id: UnitId(id.to_owned()),
        kind,
        header: header.to_owned(),
        intent: Intent::default(),
        summary: String::new(),
        prerequisites: Vec::new(),
        body: format!("{header}\n"),
        inserts: Default::default(),
        linkers: Vec::new(),
        ends: None,
        told: false,
        abbreviations: Vec::new(),
        path: vec![header.to_owned()],
        labels: Vec::new(),
        applies: Default::default(),
        language: "en".to_owned(),
        page: span.file,
        span,
        place: Place::default(),
        number: None,
    }
}

/// A linker that always holds.
pub(crate) fn linker(kind: LinkerKind, target: Target, span: Span) -> Linker<Target> {
    Linker {
        kind,
        target,
        via: Via::Order,
        condition: None,
        decision: None,
        span,
    }
}

pub(crate) fn span(file: u32, start: u32, end: u32) -> Span {
    Span {
        file: FileId(file),
        start,
        end,
    }
}

fn to(no: u32) -> Target {
    Target::Unit(UnitNo(no))
}

/// Two pages: draining a node, in three steps with a decision, and the page it requires.
///
/// ```text
/// 0 drain ─part→ 1 ─next→ 2 ─branch→ 3
///   └─requires→ 4 setup ─part→ 5
/// 6 term, which nothing links to
/// ```
pub(crate) fn drain() -> CompiledSet {
    let text = "# Drain a node\n\n1. Cordon the node\n2. Look\n3. Evict\n";
    let files = vec![
        SourceFile::new("ops/drain.md".into(), text.as_bytes()),
        SourceFile::new(
            "setup.md".into(),
            b"# Set up\n\n1. Install\n\nA pod is one.\n",
        ),
    ];
    let mut units = vec![
        unit(
            "ops/drain.md#drain-a-node",
            Kind::Procedure,
            "Drain a node",
            span(0, 0, 52),
        ),
        unit(
            "ops/drain.md#drain-a-node/1",
            Kind::Step,
            "Cordon the node",
            span(0, 16, 35),
        ),
        unit(
            "ops/drain.md#drain-a-node/2",
            Kind::Step,
            "Look",
            span(0, 35, 43),
        ),
        unit(
            "ops/drain.md#drain-a-node/3",
            Kind::Step,
            "Evict",
            span(0, 43, 52),
        ),
        unit("setup.md#set-up", Kind::Procedure, "Set up", span(1, 0, 21)),
        unit("setup.md#set-up/1", Kind::Step, "Install", span(1, 10, 21)),
        unit("setup.md#pod", Kind::Term, "pod", span(1, 22, 36)),
    ];
    connect(&mut units);
    CompiledSet {
        files,
        units,
        ..CompiledSet::default()
    }
}

fn connect(units: &mut [Unit<Target>]) {
    units[0].intent.action = "drain".into();
    units[0].intent.object = "node".into();
    units[0].prerequisites.push(Prerequisite {
        text: "Kubernetes 1.29 or later, set up".into(),
        kind: PrerequisiteKind::Done,
        constraint: Some(Test {
            key: "kubernetes".into(),
            op: Op::Ge,
            value: "1.29".into(),
        }),
        target: Some(to(4)),
        remark: false,
        condition: None,
        one_of: None,
        span: span(0, 0, 14),
    });
    let mut requires = linker(LinkerKind::Requires, to(4), span(0, 0, 14));
    requires.via = Via::Section;
    units[0].linkers = vec![
        linker(LinkerKind::Part, to(1), span(0, 16, 35)),
        requires,
        linker(
            LinkerKind::See,
            Target::Url("https://k8s.example/drain".into()),
            span(0, 0, 14),
        ),
    ];
    units[1].linkers = vec![linker(LinkerKind::Next, to(2), span(0, 35, 43))];
    let mut branch = linker(LinkerKind::Branch, to(3), span(0, 35, 43));
    branch.decision = Some(0);
    branch.condition = Some(Box::new(Condition {
        polarity: Polarity::No,
        ..Condition::yes("the node is \"empty\"")
    }));
    let mut rest = linker(
        LinkerKind::Branch,
        Target::Query("Stop there".into()),
        span(0, 35, 43),
    );
    rest.decision = Some(0);
    rest.condition = Some(Box::new(Condition {
        text: "otherwise".into(),
        polarity: Polarity::No,
        otherwise: true,
        of: vec!["the node is \"empty\"".into()],
        test: None,
    }));
    units[2].linkers = vec![branch, rest];
    units[4].linkers = vec![linker(LinkerKind::Part, to(5), span(1, 10, 21))];
}
