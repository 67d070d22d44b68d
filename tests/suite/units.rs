//! The units of a set as text.
//!
//! A unit begins with its id at the margin; below it stand its fields, its body behind bars, and its
//! linkers, one a line. Fields that say nothing are left out.

use std::fmt::Write;

use stepwell::model::{
    Abbreviation, CompiledSet, Condition, Linker, Place, Polarity, Prerequisite, PrerequisiteKind,
    Role, Sources, Target, Test, Unit, UnitNo, Via,
};

use super::blocks::finding;
use super::case::Case;
use super::quote::{barred, quoted};
use crate::compiled::{compile, dialect_of};

/// The units of a case and what was found in it.
pub(crate) fn show(case: &Case) -> String {
    let set = compile(&case.texts, &case.config);
    let mut out = String::new();
    for text in &case.texts {
        let dialect = &dialect_of(&text.text, &case.config).name;
        writeln!(out, "file {} {dialect}", text.path).expect("a string takes all");
    }
    let mut list = List {
        sources: Sources::new(set.files.clone()),
        set: &set,
        out,
    };
    for unit in &set.units {
        list.unit(unit);
    }
    for (i, diagnostic) in set.diagnostics.iter().enumerate() {
        let gap = if i == 0 { "\n" } else { "" };
        let line = finding(diagnostic, &list.sources);
        write!(list.out, "{gap}{line}").expect("a string takes all");
    }
    list.out
}

struct List<'a> {
    set: &'a CompiledSet,
    sources: Sources,
    out: String,
}

impl List<'_> {
    fn line(&mut self, text: &str) {
        writeln!(self.out, "  {text}").expect("a string takes all");
    }

    fn unit(&mut self, unit: &Unit<Target>) {
        writeln!(self.out, "\n{}", unit.id).expect("a string takes all");
        let source = self.sources.source(unit.span);
        let [first, last] = source.lines;
        let (kind, header) = (unit.kind.name(), quoted(&unit.header));
        self.line(&format!("{kind} {header} lines {first}-{last}"));
        self.line(&format!("path {}", joined(&unit.path, " > ")));
        self.line(&self.place(unit.place));
        if let Some(number) = &unit.number {
            self.line(&format!("number {number}"));
        }
        if unit.page != unit.span.file {
            self.line(&format!("from {}", source.file));
        }
        self.qualities(unit);
        for prerequisite in &unit.prerequisites {
            self.line(&self.prerequisite(prerequisite));
        }
        if let Some(ends) = unit.ends {
            self.line(&format!("ends {}", ends.name()));
        }
        barred(&mut self.out, 1, &unit.body);
        for linker in &unit.linkers {
            self.line(&self.linker(linker));
        }
    }

    /// Whom and what a unit is for.
    fn qualities(&mut self, unit: &Unit<Target>) {
        if unit.language != "en" {
            self.line(&format!("language {}", unit.language));
        }
        if !unit.labels.is_empty() {
            self.line(&format!("labels {}", unit.labels.join(", ")));
        }
        for Abbreviation { short, long } in &unit.abbreviations {
            self.line(&format!("short {short} {}", quoted(long)));
        }
        for (key, values) in &unit.applies {
            self.line(&format!("applies {key} = {}", values.join(", ")));
        }
    }

    fn place(&self, place: Place) -> String {
        let Some(parent) = place.parent else {
            return "root".to_owned();
        };
        let role = match place.role {
            Role::Root => "root beside".to_owned(),
            Role::Part => "part of".to_owned(),
            Role::Choice(n) => format!("choice {n} of"),
            Role::Aside => "aside of".to_owned(),
        };
        format!("{role} {}", self.id(parent))
    }

    fn id(&self, no: UnitNo) -> &str {
        &self.set.units[no.index()].id.0
    }

    fn prerequisite(&self, p: &Prerequisite<Target>) -> String {
        let kind = match p.kind {
            PrerequisiteKind::Done => "done",
            PrerequisiteKind::Tool => "tool",
            PrerequisiteKind::Access => "access",
            PrerequisiteKind::State => "state",
            PrerequisiteKind::Knowledge => "knowledge",
        };
        let mut line = format!("needs {kind} {}", quoted(&p.text));
        if let Some(constraint) = &p.constraint {
            line.push_str(&comparison(constraint));
        }
        if let Some(target) = &p.target {
            line.push_str(&format!(" -> {}", self.target(target)));
        }
        if let Some(condition) = &p.condition {
            line.push_str(&when(condition));
        }
        if let Some(choice) = p.one_of {
            line.push_str(&format!(" (one of {choice})"));
        }
        if p.remark {
            line.push_str(" (a remark)");
        }
        line
    }

    fn linker(&self, linker: &Linker<Target>) -> String {
        let (kind, via) = (linker.kind.name(), linker.via.name());
        let mut line = format!("{kind} {via} -> {}", self.target(&linker.target));
        if let Some(condition) = &linker.condition {
            line.push_str(&when(condition));
        }
        if let Some(decision) = linker.decision {
            line.push_str(&format!(" (decision {decision})"));
        }
        if linker.via == Via::Remark {
            line.push_str(" (a remark)");
        }
        line
    }

    fn target(&self, target: &Target) -> String {
        match target {
            Target::Unit(no) => self.id(*no).to_owned(),
            Target::Query(text) => format!("query {}", quoted(text)),
            Target::Url(address) => format!("url {address}"),
        }
    }
}

fn when(condition: &Condition) -> String {
    let mut said = match (condition.otherwise, condition.polarity) {
        (true, _) => format!(" else of {}", joined(&condition.of, "; ")),
        (false, Polarity::Yes) => format!(" if {}", quoted(&condition.text)),
        (false, Polarity::No) => format!(" if not {}", quoted(&condition.text)),
    };
    if let Some(test) = &condition.test {
        said.push_str(&comparison(test));
    }
    said
}

fn comparison(test: &Test) -> String {
    format!(" [{} {} {}]", test.key, test.op.sign(), test.value)
}

fn joined(texts: &[String], by: &str) -> String {
    texts.iter().map(|t| quoted(t)).collect::<Vec<_>>().join(by)
}
