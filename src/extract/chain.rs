//! The sequence of a container: how its units follow each other, and what is decided on the way.

use super::builder::Builder;
use crate::model::{Condition, Linker, LinkerKind, Mention, Polarity, Role, Span, UnitNo, Via};
use crate::sentence::{Conditional, Cue, continues, exclude, goal, is_question, leading, trailing};

/// The units of one container in their order.
pub(super) struct Chain {
    /// The container.
    pub(super) owner: UnitNo,
    /// The last unit that the sequence leads to.
    pub(super) last: Option<UnitNo>,
    /// How many numbered units the container has.
    pub(super) ordinal: u32,
    /// The unit that was added last, where it is reached under a condition.
    pub(super) branched: Option<UnitNo>,
    decision: Option<Decision>,
    /// Do the next conditions tell cases of one thing apart?
    apart: bool,
}

/// A decision that the next condition may belong to.
struct Decision {
    decider: UnitNo,
    number: u16,
    conditions: Vec<Condition>,
    /// What its conditions say, but for an "otherwise", which says no more than what it is the rest of.
    stated: Vec<String>,
}

/// How conditions stand beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Numbered items: each is asked when its turn comes.
    Numbered,
    /// Bullets, or blocks under a bold line.
    Listed,
    /// Rows of a table: one of them is looked up.
    Tabled,
}

impl Chain {
    pub(super) fn new(owner: UnitNo) -> Self {
        Chain {
            owner,
            last: None,
            ordinal: 0,
            branched: None,
            decision: None,
            apart: false,
        }
    }

    /// The unit that decides what comes next: the last one of the sequence, else the container.
    pub(super) fn decider(&self) -> UnitNo {
        self.last.unwrap_or(self.owner)
    }

    /// Adds a unit to the sequence.
    pub(super) fn part(&mut self, builder: &mut Builder<'_>, unit: UnitNo) {
        let span = builder.units[unit.index()].span;
        self.part_at(builder, unit, span);
    }

    /// Adds a unit to the sequence whose place there is not where its text stands: what is included.
    pub(super) fn part_at(&mut self, builder: &mut Builder<'_>, unit: UnitNo, span: Span) {
        builder.place(unit, self.owner, Role::Part);
        builder.link(self.owner, order(LinkerKind::Part, unit, span));
        if let Some(last) = self.last {
            builder.link(last, order(LinkerKind::Next, unit, span));
        }
        self.last = Some(unit);
        self.ask_anew();
    }

    /// Is there a decision that the next condition may belong to?
    pub(super) fn is_open(&self) -> bool {
        let decider = self.decider();
        self.decision.as_ref().is_some_and(|d| d.decider == decider)
    }

    /// Can the next unit be under this condition? "For any other plan" is what other conditions leave.
    pub(super) fn takes(&self, conditional: &Conditional) -> bool {
        conditional.cue != Cue::Other || self.is_open()
    }

    /// Adds a unit that is reached where a condition holds.
    pub(super) fn branch(
        &mut self,
        builder: &mut Builder<'_>,
        unit: UnitNo,
        conditional: &Conditional,
        layout: Layout,
    ) {
        let span = builder.units[unit.index()].span;
        let linker = Linker {
            span,
            ..order(LinkerKind::Branch, unit, span)
        };
        let number = self.decide(builder, linker, conditional, layout);
        builder.place(unit, self.decider(), Role::Choice(number));
        self.branched = Some(unit);
    }

    /// Adds a linker under a condition to the deciding unit, and tells the number of its decision.
    fn decide(
        &mut self,
        builder: &mut Builder<'_>,
        linker: Linker<Mention>,
        conditional: &Conditional,
        layout: Layout,
    ) -> u16 {
        let decider = self.decider();
        let condition = self.complete(builder, conditional);
        let lexicon = builder.lexicon;
        // "… is on but not working" is asked after what was done about "… is off".
        let later = builder.tells_outcome(&condition.text);
        let joins = |d: &Decision| {
            condition.otherwise
                || layout == Layout::Tabled
                || self.apart
                || matches!(conditional.cue, Cue::Other | Cue::ElseIf)
                || !later
                    && (layout == Layout::Listed || conditional.cue == Cue::No)
                    && d.conditions.iter().any(|c| exclude(c, &condition, lexicon))
        };
        let open = self
            .decision
            .take()
            .filter(|d| d.decider == decider)
            .filter(joins);
        let mut decision = open.unwrap_or_else(|| Decision {
            decider,
            number: builder.decision_of(decider, &condition),
            conditions: Vec::new(),
            stated: Vec::new(),
        });
        let number = decision.number;
        if !condition.otherwise {
            decision.stated.push(condition.text.clone());
        }
        decision.conditions.push(condition.clone());
        self.decision = Some(decision);
        builder.link(
            decider,
            Linker {
                condition: Some(Box::new(condition)),
                decision: Some(number),
                ..linker
            },
        );
        number
    }

    /// Fills in what a condition says only by its place: the question before a "yes", the rest of
    /// what an "otherwise" follows.
    fn complete(&self, builder: &Builder<'_>, conditional: &Conditional) -> Condition {
        let mut condition = conditional.condition.clone();
        let before = self
            .decision
            .as_ref()
            .filter(|d| d.decider == self.decider());
        match conditional.cue {
            Cue::If | Cue::Unless | Cue::Other | Cue::ElseIf => {}
            Cue::Yes | Cue::No => {
                condition.text = before
                    .and_then(|d| d.conditions.last())
                    .filter(|c| !c.otherwise)
                    .map_or_else(|| builder.question_of(self.decider()), |c| c.text.clone());
            }
            Cue::Else => {
                let of = before.map(|d| d.stated.clone());
                condition.of = of.unwrap_or_else(|| vec![builder.question_of(self.decider())]);
                condition.of.retain(|t| !t.is_empty());
                condition.text = condition.of.join("; ");
            }
        }
        condition
    }

    /// Adds one of several ways to do the same; `choice` is the number of the choice among them.
    pub(super) fn option(&mut self, builder: &mut Builder<'_>, unit: UnitNo, choice: Choice) {
        let span = builder.units[unit.index()].span;
        builder.place(unit, choice.decider, Role::Choice(choice.number));
        let linker = Linker {
            via: choice.via,
            decision: Some(choice.number),
            ..order(LinkerKind::Option, unit, span)
        };
        builder.link(choice.decider, linker);
        self.ask_anew();
    }

    /// The option that was added last is one only where a condition holds.
    pub(super) fn hold_option(&self, builder: &mut Builder<'_>, condition: Condition) {
        let decider = self.decider().index();
        if let Some(option) = builder.units[decider].linkers.last_mut() {
            option.condition = Some(Box::new(condition));
        }
    }

    /// The next condition begins a decision of its own.
    pub(super) fn ask_anew(&mut self) {
        self.decision = None;
        self.branched = None;
        self.apart = false;
    }

    /// The next conditions are those of one decision: "Depending on the colour of the lamp:".
    pub(super) fn ask_together(&mut self) {
        self.ask_anew();
        self.apart = true;
    }

    /// Opens a choice between options.
    pub(super) fn choice(&mut self, builder: &Builder<'_>, via: Via) -> Choice {
        let decider = self.decider();
        Choice {
            decider,
            number: builder.next_decision(decider),
            via,
        }
    }
}

/// A choice between options that is being built.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    decider: UnitNo,
    number: u16,
    via: Via,
}

/// A linker that document order gives.
pub(super) fn order(kind: LinkerKind, target: UnitNo, span: Span) -> Linker<Mention> {
    Linker {
        kind,
        target: Mention::Local(target),
        via: Via::Order,
        condition: None,
        decision: None,
        span,
    }
}

impl Builder<'_> {
    /// The number that the next decision of a unit gets.
    pub(super) fn next_decision(&self, unit: UnitNo) -> u16 {
        let last = self.notes[unit.index()].ways.last_decision();
        last.map_or(0, |n| n.saturating_add(1))
    }

    /// The number of the decision that a condition is of: an "otherwise" joins what the text of the unit
    /// says of the other side, "If it is red, go to step 5."
    fn decision_of(&self, unit: UnitNo, condition: &Condition) -> u16 {
        let decided = self.notes[unit.index()].ways.decided;
        let last = decided.map(|i| &self.units[unit.index()].linkers[i]);
        let other_side = last.filter(|last| {
            let stated = last.condition.as_ref().map(|c| &c.text);
            condition.otherwise && stated.is_some_and(|text| condition.of == [text.as_str()])
        });
        let joined = other_side.and_then(|last| last.decision);
        joined.unwrap_or_else(|| self.next_decision(unit))
    }

    /// Does a condition look at what came of something that was tried?
    pub(super) fn tells_outcome(&self, text: &str) -> bool {
        use crate::grammar::{Cursor, Tokens};
        let tokens = Tokens::plain(text, self.lexicon);
        crate::sentence::is_outcome(Cursor::whole(&tokens))
    }

    /// What a "yes" after this unit answers: its question, or what it tells to look at.
    pub(super) fn question_of(&self, unit: UnitNo) -> String {
        use crate::grammar::{Cursor, Tokens};
        let text = self.notes[unit.index()].last_text.as_str();
        let text = if text.is_empty() {
            self.units[unit.index()].header.as_str()
        } else {
            text
        };
        let tokens = Tokens::plain(text, self.lexicon);
        let Some(last) = tokens.sentences.last() else {
            return String::new();
        };
        let sentence = Cursor::over(&tokens, last.clone());
        // "If it is red, check whether it runs. If it does, …"
        let told = leading(sentence).map(|c| sentence.within(c.consequence));
        if let Some(asked) = told.and_then(crate::sentence::looked_at) {
            return asked.to_owned();
        }
        // "Use it only when A. Otherwise, …"
        let stated = leading(sentence).filter(|c| !c.condition.text.is_empty());
        if let Some(stated) = stated.or_else(|| trailing(sentence)) {
            return stated.condition.text;
        }
        let asked = goal(sentence).or_else(|| crate::sentence::looked_at(sentence));
        // "If the pump has a tank, it is filled. It holds 2 litres." What is asked was said before.
        if asked.is_none() && !is_question(sentence) {
            let header = Tokens::plain(&self.units[unit.index()].header, self.lexicon);
            let all = Cursor::over(&header, 0..header.tokens.len());
            if let Some(stated) = leading(all).filter(|c| !c.condition.text.is_empty()) {
                return stated.condition.text;
            }
        }
        // "which should print a line like this:" asks nothing.
        let header = self.units[unit.index()].header.as_str();
        let asked = asked.unwrap_or(match continues(sentence) {
            true => header,
            false => sentence.rest(),
        });
        said_aloud(asked)
            .trim_end_matches(['?', '.', ':', ' '])
            .to_owned()
    }
}

/// The words in quotes that a sentence ends with: "Is it red?" of "Ask: "Is it red?""
fn said_aloud(sentence: &str) -> &str {
    let quotes = [('"', '"'), ('“', '”')];
    let inner = |(open, close): (char, char)| {
        let inner = sentence.trim_end().strip_suffix(close)?;
        Some(&inner[inner.find(open)? + open.len_utf8()..])
    };
    quotes.into_iter().find_map(inner).unwrap_or(sentence)
}

/// A condition for the side of a goal check that goes on: the goal is not there, or the problem is.
pub(super) fn not_yet(text: &str, polarity: Polarity) -> Condition {
    Condition {
        polarity,
        ..Condition::yes(text)
    }
}
