//! What a person types.

use crate::model::{Fact, Library, Linker, Target, UnitId, Unreadable};
use crate::walk::{Input, PrerequisiteState, Reason, Stop};

/// What a typed line means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Typed {
    /// It goes to the walk.
    Walk(Input),
    /// Another question, where nothing answered the last one.
    Ask(String),
    /// What can be typed?
    Help,
    /// The last stop once more.
    Again,
    /// Nothing that could be done; what to tell the person.
    Problem(String),
}

/// Where a line is typed.
pub(super) struct Moment<'a> {
    /// The units.
    pub(super) library: &'a dyn Library,
    /// Where the walk is or was.
    pub(super) stop: Option<&'a Stop>,
    /// How it ended, if it has.
    pub(super) ended: Option<Reason>,
    /// What was suggested at its end.
    pub(super) follow_ups: &'a [Linker<Target>],
}

/// What can be typed.
pub(super) const HELP: &str = "\
Enter        done here, go on; at a decision: none of these
1, 2 …       take this choice
b            one step back
r            show this again
m            all that is listed before you begin is so; m 2: the second is
f KEY=VALUE  a fact: os=linux, kubernetes>=1.29
g UNIT       go to a unit
q            quit
Anything else is read as what you see or do, or as a question beside the walk.";

/// Reads a line.
///
/// # Errors
/// The set cannot be read.
pub(super) fn read(line: &str, at: &Moment<'_>) -> Result<Typed, Unreadable> {
    let line = line.trim();
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    Ok(match (word, rest.trim()) {
        ("?" | "h" | "help", "") => Typed::Help,
        ("r" | "again", "") => Typed::Again,
        ("" | "n" | "next", "") => at.next(),
        ("b" | "back", "") => Typed::Walk(Input::Back),
        ("q" | "quit" | "exit", "") => Typed::Walk(Input::Quit),
        ("g" | "goto", id) if !id.is_empty() => at.goto(id)?,
        ("f" | "given", fact) if !fact.is_empty() => given(fact),
        ("m" | "met", which) => at.met(which),
        _ => match line.parse::<usize>() {
            Ok(n) => at.choose(n),
            Err(_) if at.ended == Some(Reason::NoMatch) => Typed::Ask(line.to_owned()),
            Err(_) => Typed::Walk(Input::Say(line.to_owned())),
        },
    })
}

fn given(fact: &str) -> Typed {
    match fact.parse::<Fact>() {
        Ok(fact) => Typed::Walk(Input::Given(vec![fact])),
        Err(problem) => Typed::Problem(problem.to_string()),
    }
}

impl Moment<'_> {
    /// Enter. Behind the end there is nothing to go on to.
    fn next(&self) -> Typed {
        match self.ended {
            Some(_) => Typed::Walk(Input::Quit),
            None => Typed::Walk(Input::Next),
        }
    }

    /// A number: a choice, or behind the end, what the author suggests.
    fn choose(&self, n: usize) -> Typed {
        if self.ended.is_none() {
            return Typed::Walk(Input::Choose(n));
        }
        match n.checked_sub(1).and_then(|i| self.follow_ups.get(i)) {
            Some(lead) => match &lead.target {
                Target::Unit(no) => Typed::Walk(Input::Goto(*no)),
                Target::Url(there) | Target::Query(there) => Typed::Problem(format!(
                    "this is outside of the compiled documents: {there}"
                )),
            },
            None => Typed::Problem("the walk is over: b goes back, Enter leaves".to_owned()),
        }
    }

    fn goto(&self, id: &str) -> Result<Typed, Unreadable> {
        Ok(match self.library.find(&UnitId(id.to_owned()))? {
            Some(no) => Typed::Walk(Input::Goto(no)),
            None => Typed::Problem(format!(
                "there is no unit {id:?}; `stepwell list` shows all of them"
            )),
        })
    }

    /// Prerequisites that are met: one by its number or its words, or all.
    fn met(&self, which: &str) -> Typed {
        let listed = self.stop.map_or(&[][..], |stop| &stop.prerequisites);
        let text = |i: usize| listed.get(i).map(|(p, _)| p.text.clone());
        let met = match which.parse::<usize>() {
            Ok(n) => n.checked_sub(1).and_then(text).into_iter().collect(),
            Err(_) if which.is_empty() => listed
                .iter()
                .filter(|(_, state)| *state != PrerequisiteState::Met)
                .map(|(p, _)| p.text.clone())
                .collect(),
            Err(_) => vec![which.to_owned()],
        };
        match (met.is_empty(), listed.len()) {
            (false, _) => Typed::Walk(Input::Met(met)),
            (true, 0) => Typed::Problem("nothing has to be so first here".to_owned()),
            (true, n) if which.is_empty() => Typed::Problem(format!("all {n} are met already")),
            (true, n) => Typed::Problem(format!("there is no {which}: name one of 1 to {n}")),
        }
    }
}
