//! What must hold of a document and its units.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use stepwell::model::{CompiledSet, Span, Target, Unit};

use super::page::Written;

type Truth = Result<(), TestCaseError>;

/// Every word that a reader sees is in the header or the body of a unit.
pub(crate) fn words_are_kept(page: &Written, set: &CompiledSet) -> Truth {
    let mut kept = BTreeSet::new();
    for unit in &set.units {
        for text in [&unit.header, &unit.body] {
            kept.extend(text.split(|c: char| !c.is_alphanumeric()));
        }
    }
    for word in &page.words {
        prop_assert!(
            kept.contains(word.as_str()),
            "{} is lost ({})\n{}",
            word,
            page.dialect,
            page.text
        );
    }
    Ok(())
}

/// Every block of code is in a body, its lines in order and without a change but for what stands
/// before all of them alike: the indentation of lists, the signs of quotes.
pub(crate) fn code_is_kept(page: &Written, set: &CompiledSet) -> Truth {
    for code in &page.codes {
        let holds = |u: &Unit<Target>| {
            let lines: Vec<&str> = u.body.lines().collect();
            lines.windows(code.len()).any(|w| is_code(w, code))
        };
        prop_assert!(
            set.units.iter().any(holds),
            "changed ({}): {:?}\n{}",
            page.dialect,
            code,
            page.text
        );
    }
    Ok(())
}

fn is_code(lines: &[&str], code: &[String]) -> bool {
    let before = lines[0].strip_suffix(code[0].as_str());
    let Some(before) = before.filter(|b| b.chars().all(|c| " \t>".contains(c))) else {
        return false;
    };
    lines
        .iter()
        .zip(code)
        .all(|(line, code)| line.strip_prefix(before) == Some(code))
}

/// Every range lies in the file and between characters, and a body is found in its unit's range.
pub(crate) fn ranges_are_true(text: &str, set: &CompiledSet) -> Truth {
    let within = |span: Span| text.get(span.range()).is_some();
    for unit in &set.units {
        prop_assert!(within(unit.span), "{} {:?}\n{}", unit.id, unit.span, text);
        for linker in &unit.linkers {
            prop_assert!(within(linker.span), "{} {:?}\n{}", unit.id, linker, text);
        }
        for prerequisite in &unit.prerequisites {
            let span = prerequisite.span;
            prop_assert!(within(span), "{} {:?}\n{}", unit.id, prerequisite, text);
        }
        let range = text.get(unit.span.range()).unwrap_or_default();
        prop_assert!(
            stands_in(&unit.body, range),
            "{}: {:?} is not in {:?}\n{}",
            unit.id,
            unit.body,
            range,
            text
        );
    }
    for diagnostic in &set.diagnostics {
        prop_assert!(diagnostic.span.is_none_or(within), "{:?}", diagnostic);
    }
    Ok(())
}

/// Is the body in the range, line by line, whatever its lines are indented by?
fn stands_in(body: &str, range: &str) -> bool {
    let lines: BTreeSet<&str> = range.lines().map(str::trim).collect();
    body.lines()
        .map(str::trim)
        .all(|line| line.is_empty() || lines.contains(line) || range.contains(line))
}

/// The ids of the units of every section but `edited` are the same before and after.
pub(crate) fn other_ids_stay(
    before: &Written,
    after: &Written,
    edited: usize,
    old: &CompiledSet,
    new: &CompiledSet,
) -> Truth {
    for i in (0..before.sections.len()).filter(|i| *i != edited) {
        let (a, b) = (ids_in(before, i, old), ids_in(after, i, new));
        prop_assert_eq!(
            a,
            b,
            "section {}\n{}\n=====\n{}",
            i,
            before.text,
            after.text
        );
    }
    Ok(())
}

fn ids_in<'s>(page: &Written, section: usize, set: &'s CompiledSet) -> Vec<&'s str> {
    let range = &page.sections[section];
    let inside = |u: &&Unit<Target>| range.contains(&(u.span.start as usize));
    let units = set.units.iter().skip(1).filter(inside);
    units.map(|u| u.id.0.as_str()).collect()
}
