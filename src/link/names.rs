//! Targets named in words: "step 5", "Path 2.1", "the Recover Username flow", "the next step".

use super::addresses::NO_ANCHOR;
use super::numbers::{Numbers, ordinal};
use super::{Found, Place, Set};
use crate::extract::Extracted;
use crate::model::{
    Diagnostic, Kind, Linker, Mention, Name, Offset, Role, Severity, Stands, Target, UnitNo,
};

impl<'a> Set<'a> {
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

    /// The item or heading with this number. "Step 4.2" can be what is 2 within 4.
    fn numbered(&self, name: &Name, number: &str, at: &Place<'_>) -> Option<UnitNo> {
        let (mut whole, mut parts) = (number, Vec::new());
        let mut found = loop {
            if let Some(found) = self.whole(name, whole, at) {
                break found;
            }
            let (outer, part) = whole.rsplit_once('.')?;
            parts.push(part);
            whole = outer;
        };
        for number in parts.into_iter().rev() {
            found = self.part(found, &name.label, number)?;
        }
        Some(found)
    }

    /// The item or heading with a whole number: a heading that is named as it is titled, else in the lists
    /// that a section's own text introduces, then in those around the mention, innermost first, then
    /// among the labelled headings of the page.
    fn whole(&self, name: &Name, number: &str, at: &Place<'_>) -> Option<UnitNo> {
        let label = name.label.as_str();
        let Extracted {
            containers: holders,
            titled,
            ..
        } = &self.pages[at.page];
        let numbers = self.numbers(at.page);
        // "Go to Step 4" names a heading where there is one, and so does "section 4".
        let in_title = name.stands == Stands::InTitle;
        let labelled = || numbers.titled(label, number);
        let headed = || numbers.headed(number).filter(|_| in_title);
        let heading = (name.capital || in_title).then(labelled).flatten();
        if let Some(heading) = heading.or_else(headed) {
            return Some(self.global(at.page, heading));
        }
        let in_lists = in_title || name.stands == Stands::Anywhere;
        let mut child = at.unit;
        let mut around = match titled[at.unit] {
            true => Some(UnitNo(at.unit as u32)),
            false => holders[at.unit],
        };
        while let Some(container) = around.filter(|_| in_lists) {
            if let Some(item) = self.item(at.page, container, child, (label, number)) {
                return Some(self.global(at.page, item));
            }
            child = container.index();
            around = holders[child];
        }
        // "Go to 5." means no step of another list.
        let heading = match label.is_empty() && !number.contains('.') {
            true => numbers.headed(number),
            false => numbers
                .labelled(label, number)
                .or_else(|| self.written(number, at))
                .or_else(|| numbers.headed(number))
                .or_else(|| numbers.lettered(label, number)),
        };
        heading.map(|i| self.global(at.page, i))
    }

    /// The step whose number is written in full, `5.1.2`; else, of the steps around the mention, the one
    /// whose number ends so.
    fn written(&self, number: &str, at: &Place<'_>) -> Option<usize> {
        let numbers = self.numbers(at.page);
        let whole = numbers.anywhere(number);
        let holder = self.pages[at.page].containers[at.unit];
        let beside = || numbers.ending(holder, number);
        whole.filter(|_| number.contains('.')).or_else(beside)
    }

    fn numbers(&self, page: usize) -> &Numbers<'a> {
        self.numbers[page].get_or_init(|| Numbers::of(&self.pages[page]))
    }

    /// The item or heading with this number that a unit holds.
    fn part(&self, whole: UnitNo, label: &str, number: &str) -> Option<UnitNo> {
        let (page, unit) = self.locate(whole);
        let holder = Some(UnitNo(unit as u32));
        let inside = self.numbers(page).within(holder, number)?;
        let part = inside.first_behind(unit, label);
        part.map(|i| self.global(page, i))
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
        let found = numbers.within(Some(container), number)?;
        let listed = holders[child] == Some(container) && ordinal(&units[child]).is_some();
        let beside = || {
            let own = numbers.list(child);
            let first = |row: &[usize]| {
                let from = row.partition_point(|i| numbers.list(*i) < own);
                row.get(from).copied().filter(|i| numbers.list(*i) == own)
            };
            found.rows(label).filter_map(first).min()
        };
        let beside = listed.then(beside).flatten();
        let nearest = beside.or_else(|| found.first_behind(child, label));
        let last = || {
            found
                .rows(label)
                .filter_map(|row| row.last())
                .max()
                .copied()
        };
        nearest.or_else(last)
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
        let inside = self.numbers(page).inside(unit, (label, number));
        inside.map(|i| self.global(page, i))
    }

    /// The unit with this title: on the page, else the only one of the set. A bare name, which nothing calls
    /// that of a text, may lack what stands in brackets behind a title; what is called a text may on its page
    /// have a title that says so, too: the "Drain it" subflow is "Subflow: Drain it".
    fn titled(&self, title: &str, name: &Name, at: &Place<'_>) -> Option<UnitNo> {
        let base = self.bases[at.page];
        let here = base..base + self.pages[at.page].units.len() as u32;
        let [whole, shortened, labelled] = self.titles.titled(title);
        let bare = name.label.is_empty();
        // "The Drain it flow" can be "Drain it flow". A page or a section may be one of another site.
        let [full, numbered, _] = match bare || name.stands == Stands::InTitle {
            true => [&[][..]; 3],
            false => self.titles.titled(&format!("{title} {}", name.label)),
        };
        let titled = [whole, full, if bare { shortened } else { &[] }];
        let other = if bare { shortened } else { labelled };
        let called = [whole, full, other, numbered];
        let near = |all: &[UnitNo]| {
            let from = all.partition_point(|no| no.0 < here.start);
            all.get(from).copied().filter(|no| here.contains(&no.0))
        };
        let far = |all: &[UnitNo]| {
            let mut there = all.iter().filter(|no| self.sees(at, **no));
            let first = there.next();
            first.filter(|_| there.next().is_none()).copied()
        };
        let found = called.into_iter().find_map(near);
        let far = || titled.into_iter().find_map(far);
        let near_only = matches!(name.stands, Stands::OnPage | Stands::Step);
        let step = || {
            let step = self.numbers(at.page).step_called(title)?;
            Some(self.global(at.page, step))
        };
        found
            .or_else(|| step().filter(|_| name.stands == Stands::Step))
            .or_else(|| far().filter(|_| !near_only))
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
        let found = match offset {
            Offset::Next => self.after(at.page, step),
            Offset::Previous => {
                let (before, _) = numbers().around(holder, step);
                before.last().copied()
            }
            Offset::Start => numbers().placed(holder).first().copied(),
            Offset::This => self.nearest(at, |i| {
                units[i].kind == Kind::Step || self.pages[at.page].titled[i]
            }),
            Offset::Section | Offset::Top => self.nearest(at, |i| self.pages[at.page].titled[i]),
            Offset::Last => self.last_step(at),
        };
        found.map_or(Found::Guess, |i| {
            Found::Target(Target::Unit(self.global(at.page, i)))
        })
    }

    /// The section beside the one of a mention, of the same choice, that is called by the case in which this one is
    /// skipped.
    pub(super) fn other_way(&self, linker: &Linker<Mention>, at: &Place<'_>) -> Option<Target> {
        let condition = linker.condition.as_ref()?;
        let skips = matches!(linker.target, Mention::Behind(_));
        let Extracted {
            units, containers, ..
        } = &self.pages[at.page];
        let own = units[at.unit].place;
        if !skips || !matches!(own.role, Role::Choice(_)) {
            return None;
        }
        let case = condition.text.to_lowercase();
        let (_, behind) = self.numbers(at.page).around(containers[at.unit], at.unit);
        let named = |i: &&usize| {
            let unit = &units[**i];
            unit.place == own && unit.header.to_lowercase().contains(&case)
        };
        let other = behind.iter().find(named)?;
        Some(Target::Unit(self.global(at.page, *other)))
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
            containers: holders,
            titled,
            ..
        } = &self.pages[at.page];
        let section = self.nearest(at, |i| titled[i])?;
        let numbers = self.numbers(at.page);
        if at.unit == section {
            return numbers.end_of_first_list(Some(UnitNo(section as u32)));
        }
        let mut step = at.unit;
        while holders[step].map(UnitNo::index) != Some(section) {
            step = holders[step]?.index();
        }
        numbers.end_of_list(step)
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

    /// The unit after this one in its container, under a condition or not. Who has taken one of several sections
    /// goes on behind all of them.
    fn after(&self, page: usize, unit: usize) -> Option<usize> {
        let Extracted {
            units,
            containers,
            titled,
            ..
        } = &self.pages[page];
        let (_, behind) = self.numbers(page).around(containers[unit], unit);
        let own = units[unit].place;
        let chosen = titled[unit] && matches!(own.role, Role::Choice(_));
        let other = |i: &&usize| !(chosen && units[**i].place == own);
        behind.iter().find(other).copied()
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

    fn global(&self, page: usize, unit: usize) -> UnitNo {
        UnitNo(self.bases[page] + unit as u32)
    }
}
