//! Targets named in words: "step 5", "Path 2.1", "the Recover Username flow", "the next step".

use super::addresses::NO_ANCHOR;
use super::numbers::{Numbers, ordinal};
use super::{Found, Place, Set};
use crate::extract::Extracted;
use crate::model::{
    Diagnostic, Kind, Mention, Name, Offset, Role, Severity, Stands, Target, Unit, UnitNo,
};

impl Set<'_> {
    pub(super) fn named(
        &self,
        name: &Name,
        at: &Place<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Found {
        let found = match (&name.number, &name.title) {
            (Some(number), _) => match &name.within {
                Some(address) => self.numbered_within(address, &name.label, number, at),
                None => self.numbered(name, number, at),
            },
            (None, Some(title)) => self.titled(title, name, at),
            (None, None) => None,
        };
        if let Some(unit) = found {
            return Found::Target(Target::Unit(unit));
        }
        let Some(number) = name.number.as_deref().filter(|_| name.stated) else {
            return Found::Guess;
        };
        let (label, page) = (&name.label, &self.surroundings.names[at.page]);
        diagnostics.push(Diagnostic::at(
            NO_ANCHOR,
            Severity::Warning,
            at.span,
            format!("there is no {label} {number} in `{page}`"),
            "name a number that the procedure or a heading of the page has; until then the walk goes on in the order of the text",
        ));
        Found::Nothing
    }

    /// The item or heading with this number: a heading that is named as it is titled, else in the lists
    /// that a section's own text introduces, then in those around the mention, innermost first, then
    /// among the labelled headings of the page.
    fn numbered(&self, name: &Name, number: &str, at: &Place<'_>) -> Option<UnitNo> {
        let label = name.label.as_str();
        let Extracted {
            units,
            containers: holders,
            titled,
            ..
        } = &self.pages[at.page];
        let numbers = self.numbers(at.page);
        let first = |all: &[usize]| all.iter().copied().find(|i| labelled(&units[*i], label));
        // "Go to Step 4" names a heading where there is one.
        if name.capital
            && let Some(heading) = first(numbers.titled(number))
        {
            return Some(self.global(at.page, heading));
        }
        let mut child = at.unit;
        let mut around = match titled[at.unit] {
            true => Some(UnitNo(at.unit as u32)),
            false => holders[at.unit],
        };
        while let Some(container) = around.filter(|_| name.stands == Stands::Anywhere) {
            if let Some(item) = self.item(at.page, container, child, (label, number)) {
                return Some(self.global(at.page, item));
            }
            child = container.index();
            around = holders[child];
        }
        let heading = first(numbers.anywhere(number))
            .or_else(|| self.written(number, at))
            .or_else(|| numbers.headed(number));
        let heading = heading.map(|i| self.global(at.page, i));
        heading.or_else(|| self.part(name, number, at))
    }

    /// The step whose number is written in full, `5.1.2`; else, of the steps around the mention, the one
    /// whose number ends so.
    fn written(&self, number: &str, at: &Place<'_>) -> Option<usize> {
        let numbers = self.numbers(at.page);
        let whole = numbers.anywhere(number).first().copied();
        let holder = self.pages[at.page].containers[at.unit];
        let beside = || numbers.ending(holder, number);
        whole.filter(|_| number.contains('.')).or_else(beside)
    }

    fn numbers(&self, page: usize) -> &Numbers<'_> {
        self.numbers[page].get_or_init(|| Numbers::of(&self.pages[page]))
    }

    /// "Step 4.2": what is 2 within 4.
    fn part(&self, name: &Name, number: &str, at: &Place<'_>) -> Option<UnitNo> {
        let (outer, inner) = number.rsplit_once('.')?;
        let (page, unit) = self.locate(self.numbered(name, outer, at)?);
        let holder = Some(UnitNo(unit as u32));
        let mut inside = self.numbers(page).within(holder, inner).iter();
        inside
            .find(|i| self.is_numbered(page, **i, &name.label, inner))
            .map(|i| self.global(page, *i))
    }

    /// The item with this number in a container, seen from a child of it: in the child's own list,
    /// else the first behind it, else the last before it.
    fn item(
        &self,
        page: usize,
        container: UnitNo,
        child: usize,
        (label, number): (&str, &str),
    ) -> Option<usize> {
        let Extracted {
            units,
            containers: holders,
            ..
        } = &self.pages[page];
        let numbers = self.numbers(page);
        let found = numbers.within(Some(container), number);
        let is = |i: &&usize| self.is_numbered(page, **i, label, number);
        let listed = holders[child] == Some(container) && ordinal(&units[child]).is_some();
        let beside = || {
            let own = numbers.list(child);
            let from = found.partition_point(|i| numbers.list(*i) < own);
            let mut own = found[from..]
                .iter()
                .take_while(|i| numbers.list(**i) == own);
            own.find(is)
        };
        let beside = listed.then(beside).flatten();
        let behind = || {
            let from = found.partition_point(|i| *i <= child);
            found[from..].iter().find(is)
        };
        let nearest = beside.or_else(behind);
        nearest.or_else(|| found.iter().rev().find(is)).copied()
    }

    /// The item or heading with this number in what an address leads to.
    fn numbered_within(
        &self,
        address: &str,
        label: &str,
        number: &str,
        at: &Place<'_>,
    ) -> Option<UnitNo> {
        // The link itself is reported where it stands.
        let mut told = Vec::new();
        let Found::Target(Target::Unit(outer)) = self.address(address, at, &mut told) else {
            return None;
        };
        let (page, unit) = self.locate(outer);
        let outer = &self.pages[page].units[unit];
        let units = self.pages[page].units.iter().enumerate().skip(unit + 1);
        let mut inside = units.take_while(|(_, u)| u.span.start < outer.span.end);
        inside
            .find(|(i, _)| self.is_numbered(page, *i, label, number))
            .map(|(i, _)| self.global(page, i))
    }

    /// The unit with this title: on the page, else the only one of the set. A bare name, which nothing calls
    /// that of a text, may lack what stands in brackets behind a title.
    fn titled(&self, title: &str, name: &Name, at: &Place<'_>) -> Option<UnitNo> {
        let base = self.bases[at.page];
        let here = base..base + self.pages[at.page].units.len() as u32;
        let [whole, shortened] = self.titles.titled(title);
        let bare = name.label.is_empty();
        let titled = [whole, if bare { shortened } else { &[] }];
        let near = |all: &[UnitNo]| all.iter().find(|no| here.contains(&no.0)).copied();
        let far = |all: &[UnitNo]| {
            let mut there = all.iter().filter(|no| self.sees(at, **no));
            let first = there.next();
            first.filter(|_| there.next().is_none()).copied()
        };
        let found = titled.into_iter().find_map(near);
        let far = || titled.into_iter().find_map(far);
        found.or_else(|| far().filter(|_| name.stands != Stands::OnPage))
    }

    pub(super) fn term(&self, key: &str, at: &Place<'_>) -> Found {
        let entries = self.titles.terms(key);
        match entries.iter().find(|no| self.sees(at, **no)) {
            Some(unit) => Found::Target(Target::Unit(*unit)),
            None => Found::Guess,
        }
    }

    /// The only glossary entry of what is spelled out.
    pub(super) fn spelled(&self, name: &str, at: &Place<'_>) -> Found {
        let entries = self.titles.spelled(name).iter();
        let mut there = entries.filter(|no| self.sees(at, **no));
        match (there.next(), there.next()) {
            (Some(unit), None) => Found::Target(Target::Unit(*unit)),
            _ => Found::Guess,
        }
    }

    /// The step before or after the one that says so: of the outermost steps around it that are a
    /// sequence, since "skip the next step" under step 3 means step 4.
    pub(super) fn relative(&self, offset: Offset, at: &Place<'_>) -> Found {
        let step = self.outermost_step(at.page, at.unit);
        let units = &self.pages[at.page].units;
        let holder = self.pages[at.page].containers[step];
        let numbers = || self.numbers(at.page);
        let placed = |i: &&usize| self.is_placed(at.page, **i);
        let found = match offset {
            Offset::Next => self.after(at.page, step),
            Offset::Previous => {
                let (before, _) = numbers().around(holder, step);
                before.iter().rev().find(placed).copied()
            }
            Offset::Start => numbers().children(holder).iter().find(placed).copied(),
            Offset::This => self.nearest(at, |i| {
                units[i].kind == Kind::Step || self.pages[at.page].titled[i]
            }),
            Offset::Section => self.nearest(at, |i| self.pages[at.page].titled[i]),
            Offset::Last => self.last_step(at),
        };
        found.map_or(Found::Guess, |i| {
            Found::Target(Target::Unit(self.global(at.page, i)))
        })
    }

    /// What comes after a unit: in its container, else behind that.
    pub(super) fn behind(&self, no: UnitNo) -> Found {
        let (page, mut unit) = self.locate(no);
        loop {
            if let Some(next) = self.after(page, unit) {
                return Found::Target(Target::Unit(self.global(page, next)));
            }
            match self.pages[page].containers[unit] {
                Some(container) => unit = container.index(),
                None => return Found::Guess,
            }
        }
    }

    /// The last step of the list around a mention, or of the first list of the section that makes it.
    fn last_step(&self, at: &Place<'_>) -> Option<usize> {
        let Extracted {
            units,
            containers: holders,
            titled,
            ..
        } = &self.pages[at.page];
        let section = self.nearest(at, |i| titled[i])?;
        let mut step = at.unit;
        while step != section && holders[step].map(UnitNo::index) != Some(section) {
            step = holders[step]?.index();
        }
        let listed = |i: &usize| units[*i].kind == Kind::Step && !titled[*i];
        let all = self.numbers(at.page).children(Some(UnitNo(section as u32)));
        let from = all.partition_point(|i| *i < step);
        let steps = all[from..].iter().copied();
        let mut steps = steps.skip_while(|i| !listed(i)).take_while(listed);
        let mut last = steps.next()?;
        for next in steps {
            let goes_on = match (ordinal(&units[last]), ordinal(&units[next])) {
                (Some(a), Some(b)) => b > a,
                (a, b) => a.is_some() == b.is_some(),
            };
            if !goes_on {
                break;
            }
            last = next;
        }
        Some(last)
    }

    /// The nearest unit that is so: the one that says it, or what holds it.
    fn nearest(&self, at: &Place<'_>, is: impl Fn(usize) -> bool) -> Option<usize> {
        let holders = &self.pages[at.page].containers;
        let mut unit = at.unit;
        while !is(unit) {
            unit = holders[unit]?.index();
        }
        Some(unit)
    }

    /// The unit after this one in its container, under a condition or not.
    fn after(&self, page: usize, unit: usize) -> Option<usize> {
        let holder = self.pages[page].containers[unit];
        let (_, behind) = self.numbers(page).around(holder, unit);
        let mut behind = behind.iter().copied();
        behind.find(|i| self.is_placed(page, *i))
    }

    /// Does a unit stand in a sequence, or under its decisions?
    fn is_placed(&self, page: usize, unit: usize) -> bool {
        let role = self.pages[page].units[unit].place.role;
        matches!(role, Role::Part | Role::Choice(_))
    }

    fn outermost_step(&self, page: usize, unit: usize) -> usize {
        let units = &self.pages[page].units;
        let holders = &self.pages[page].containers;
        let mut step = unit;
        while let Some(container) = holders[step]
            && units[container.index()].kind == Kind::Step
        {
            step = container.index();
        }
        step
    }

    /// Is this a list item with the number, or a heading with label and number?
    fn is_numbered(&self, page: usize, unit: usize, label: &str, number: &str) -> bool {
        let page = &self.pages[page];
        let here = &page.units[unit];
        // A list item has no label of its own: "step 5" and "item 5" both mean it.
        let item = here.kind == Kind::Step && !page.titled[unit];
        here.number.as_deref() == Some(number) && (item || labelled(here, label))
    }

    fn global(&self, page: usize, unit: usize) -> UnitNo {
        UnitNo(self.bases[page] + unit as u32)
    }
}

/// Does the unit's header begin with the label, in singular or plural?
fn labelled(unit: &Unit<Mention>, label: &str) -> bool {
    let word: String = unit
        .header
        .trim_start_matches(['(', '['])
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '-')
        .collect();
    let word = word.to_lowercase();
    !word.is_empty()
        && (label.starts_with(&word) || word.starts_with(label))
        && word.len().abs_diff(label.len()) <= 2
}
