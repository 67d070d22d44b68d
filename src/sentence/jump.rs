//! Jumps: "Go to step 5.", "Skip the next step.", "Repeat steps 2-4."

use std::ops::Range;

use super::call::is_command;
use super::name::{behind_articles, closing, named, numbered, set_off, strong};
use super::title::{on_page, titled};
use crate::address;
use crate::grammar::{Cursor, Role, TokenKind, at_end};
use crate::model::{Inline, Link, Name, Offset, Stands};

/// "Continue with"
const GO: Role = Role::named("jump.go");
const CUES: [(Role, JumpKind); 4] = [
    (GO, JumpKind::Go),
    (Role::named("jump.skip"), JumpKind::Go),
    (Role::named("jump.skip_over"), JumpKind::Over),
    (Role::named("jump.repeat"), JumpKind::Repeat),
];
/// Cues that stand behind their target: "mit Schritt 5 fortfahren", "Schritt 4 überspringen".
const CUES_BEHIND: [(Role, JumpKind); 3] = [
    (Role::named("jump.go_behind"), JumpKind::Go),
    (Role::named("jump.over_behind"), JumpKind::Over),
    (Role::named("jump.repeat_behind"), JumpKind::Repeat),
];
/// What may stand before such a target, which is no article: "mit", "zu".
const TOWARDS: Role = Role::named("jump.towards");
/// Between the first and the last of several steps: "2 bis 4".
const THROUGH: Role = Role::named("jump.through");
const OFFSETS: [(Role, Offset); 7] = [
    (Role::named("jump.next"), Offset::Next),
    (Role::named("jump.previous"), Offset::Previous),
    (Role::named("jump.start"), Offset::Start),
    (Role::named("jump.this"), Offset::This),
    (WHOLE, Offset::Section),
    (REMAINDER, Offset::Section),
    (Role::named("jump.rest"), Offset::Last),
];
/// "This section"
const WHOLE: Role = Role::named("jump.whole");
/// "The rest of this section", which a step of it can skip without a condition.
const REMAINDER: Role = Role::named("jump.remainder");
/// "The next section": what is left of this one is skipped.
const BEHIND: Role = Role::named("jump.behind");
const OF: Role = Role::named("jump.of");
/// "For each role": what is repeated is done several times where it stands.
const EACH: Role = Role::named("jump.each");
const NOT: Role = Role::named("negation.not");
const SEE: Role = Role::named("call.see");
const UNTIL: Role = Role::named("condition.until");
const IF: Role = Role::named("condition.if");
/// "In your browser": what is gone to there is no text.
const SCREEN: Role = Role::named("jump.screen");
/// "Your": what is the reader's is no text either.
const OWN: Role = Role::named("jump.own");
/// "From", before the step of another text to begin at
const FROM: Role = Role::named("qualifier.from");

/// So many tokens at most are a label, a number and what closes them.
const MAX_NAMED: usize = 6;
/// The most letters before the digits of a number: "A2".
const MAX_LETTERS: usize = 2;
/// The words between two jumps of which one is on the way of the other: ", and then".
const MAX_BETWEEN: usize = 3;
/// The longest title without a label, in words.
const MAX_TITLE: usize = 8;

/// A place where the text says how to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jump {
    /// What kind.
    pub kind: JumpKind,
    /// Where to.
    pub to: Destination,
    /// Does only a condition tell where it is taken? To skip what one is at is no way to go on.
    pub conditional: bool,
    /// The range of the cue and its target in the text.
    pub bytes: Range<usize>,
}

impl Jump {
    /// Does it leave out the step after the one that says so?
    pub fn skips_next(&self) -> bool {
        self.kind == JumpKind::Over && self.to == Destination::Offset(Offset::Next)
    }
}

/// What a jump does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JumpKind {
    /// Goes on at the target.
    Go,
    /// Goes on behind the target.
    Over,
    /// Goes back to the target.
    Repeat,
}

/// Where a jump or a call leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Named in words.
    Name(Name),
    /// A hyperlink.
    Link(Link),
    /// Told from here.
    Offset(Offset),
}

/// The jumps that a sentence states.
pub fn jumps(sentence: Cursor<'_>, inline: &Inline) -> Vec<Jump> {
    let mut found = Vec::new();
    let behind = CUES_BEHIND.map(|(role, _)| role);
    let behind = sentence.places(behind).next().is_some();
    // Where cues stand behind it, a target can be anywhere.
    let anywhere = if behind { sentence.range() } else { 0..0 };
    let cues = sentence.places(CUES.map(|(role, _)| role));
    let mut from = sentence.at;
    for at in anywhere.chain(cues) {
        if at < from {
            continue;
        }
        let here = Cursor { at, ..sentence };
        let jump = jump_at(here, sentence, inline);
        from = at + 1;
        if let Some((jump, end)) =
            jump.or_else(|| behind.then(|| jump_before(here, inline)).flatten())
        {
            if found
                .last()
                .is_some_and(|last| goes_further(last, &jump, inline))
            {
                found.pop();
            }
            found.push(jump);
            from = end;
        }
    }
    found
}

/// "Skip these steps and go to the tasting": where to go on is said, and what is left out is on the way.
fn goes_further(last: &Jump, next: &Jump, inline: &Inline) -> bool {
    let skips = last.kind == JumpKind::Over && next.kind == JumpKind::Go;
    let between = inline.text.get(last.bytes.end..next.bytes.start);
    skips
        && between.is_some_and(|between| {
            let plain = |c: char| c.is_alphabetic() || c.is_whitespace() || c == ',';
            between.chars().all(plain) && between.split_whitespace().count() <= MAX_BETWEEN
        })
}

/// Does a text say nothing but to go on: "Otherwise, continue with the next step."?
pub fn only_continues(said: Cursor<'_>) -> bool {
    said.find(GO).is_some_and(|(m, _)| {
        let rest = said.behind(m);
        let next = rest
            .find(OFFSETS[0].0)
            .map_or(rest.at, |(m, _)| m.end as usize);
        at_end(rest.skip(next - rest.at)).is_ok()
    })
}

/// Where one goes on in a case where all that is said is its number: "Yes → Step 3.", "Red -> Path B".
pub fn only_named(said: Cursor<'_>) -> Option<Jump> {
    let at = behind_arrow(said);
    let (name, end) = numbered(behind_articles(at)).or_else(|| lettered(at))?;
    at_end(at.skip(end - at.at)).is_ok().then(|| Jump {
        kind: JumpKind::Go,
        to: Destination::Name(name),
        conditional: false,
        bytes: at.tokens.bytes(at.at..end),
    })
}

/// The same where all that is said is a name in strong letters: "Yes → **Reseat the card**".
pub fn only_strong(said: Cursor<'_>, inline: &Inline) -> Option<Jump> {
    let at = behind_arrow(said);
    let pointed = at.at > said.at || pointed_at(said);
    let name = strong(at, inline).filter(|_| pointed)?;
    let name = Name {
        stands: Stands::Step,
        ..name
    };
    Some(Jump {
        kind: JumpKind::Go,
        to: Destination::Name(name),
        conditional: false,
        bytes: at.tokens.bytes(at.range()),
    })
}

/// Does an arrow stand before a text?
fn pointed_at(said: Cursor<'_>) -> bool {
    let before = said.at.checked_sub(1);
    before.is_some_and(|i| is_arrow(Cursor { at: 0, ..said }, i))
}

/// Does an arrow of a text end with this token: "→", "->"?
fn is_arrow(text: Cursor<'_>, end: usize) -> bool {
    let sign = |i: usize| text.tokens.tokens[i].kind;
    let shaft = end > text.at && matches!(sign(end - 1), TokenKind::Punct('-' | '='));
    sign(end) == TokenKind::Punct('→') || sign(end) == TokenKind::Punct('>') && shaft
}

/// Behind the last arrow, where a name could stand between it and the end.
fn behind_arrow(said: Cursor<'_>) -> Cursor<'_> {
    let mut near = said.range().rev().take(MAX_NAMED);
    match near.find(|i| is_arrow(said, *i)) {
        Some(i) => said.skip(i + 1 - said.at),
        None => said,
    }
}

fn jump_at(here: Cursor<'_>, sentence: Cursor<'_>, inline: &Inline) -> Option<(Jump, usize)> {
    let (kind, end, cue) = CUES
        .iter()
        .filter_map(|(role, kind)| {
            here.find(*role)
                .map(|(m, cue)| (*kind, m.end as usize, cue))
        })
        .max_by_key(|(_, end, _)| *end)?;
    let negated = here.at > sentence.at
        && (sentence.at..here.at)
            .rev()
            .take(2)
            .any(|i| Cursor { at: i, ..here }.find(NOT).is_some());
    if negated {
        return None;
    }
    let target = here.skip(end - here.at);
    if let Some((m, _)) = target.find(BEHIND).filter(|_| kind == JumpKind::Go) {
        let over = Jump {
            kind: JumpKind::Over,
            to: Destination::Offset(Offset::Section),
            conditional: true,
            bytes: here.tokens.bytes(here.at..m.end as usize),
        };
        return Some((over, m.end as usize));
    }
    let commands = || here.at == sentence.at || is_command(here);
    let titled = || {
        let read = kind != JumpKind::Over
            && commands()
            && !cue.says("link", "none")
            && sentence.seek(SCREEN).is_none();
        let shortest = if cue.says("title", "word") { 1 } else { 2 };
        read.then(|| title(target, shortest)).flatten()
    };
    // "Go to 5.", where what is told is where to go.
    let numbered = || {
        let goes = kind == JumpKind::Go && commands();
        let numbered = || counted(target, 1..2).or_else(|| lettered(target));
        let (name, end) = goes.then(numbered).flatten()?;
        Some((Destination::Name(name), end))
    };
    let told = destination(target, inline).or_else(numbered);
    let (to, after) = told.or_else(titled)?;
    let own = matches!(
        to,
        Destination::Offset(Offset::Start | Offset::This | Offset::Section | Offset::Last)
    );
    // "The client will start from the beginning" sends nobody anywhere.
    if own && here.at > sentence.at && !is_command(here) {
        return None;
    }
    // "The file returns to the folder [X]" sends nobody there; "the nurse returns to 3.2" does.
    let others = cue.says("told", "others");
    let place = matches!(&to, Destination::Name(name) if name.number.is_some());
    if !fits(kind, &to)
        || others && !place
        || kind == JumpKind::Repeat && here.skip(after - here.at).find(EACH).is_some()
    {
        return None;
    }
    let linked = matches!(to, Destination::Link(_));
    if linked
        && (kind != JumpKind::Go
            || cue.says("link", "none")
            || !leads(here, target, sentence, inline))
    {
        return None;
    }
    // "Überspringen Sie Schritt 4 nicht": where verbs stand last, so does what denies them.
    let denied = here.tokens.lexicon.verb_last()
        && Cursor {
            at: after,
            ..sentence
        }
        .find(NOT)
        .is_some();
    (!denied).then(|| (jump(kind, to, target, here.at..after), after))
}

/// Does a link behind a cue lead to a text to go on with? "See [what goes on]" and "[Go from 1 to
/// 2](page.md)" name one, "In your browser, go to [the page](#page)" leads to a screen.
fn leads(here: Cursor<'_>, target: Cursor<'_>, sentence: Cursor<'_>, inline: &Inline) -> bool {
    if [SEE, SCREEN].iter().any(|r| sentence.seek(*r).is_some()) || target.find(OWN).is_some() {
        return false;
    }
    let Some((cue, next)) = here.peek().zip(target.peek()) else {
        return false;
    };
    let around = inline.link_around(cue.start);
    let lexicon = here.tokens.lexicon;
    around.filter(|m| cue.end <= m.end).is_none_or(|m| {
        let names = lexicon.is_article(next.sym) || !lexicon.is_function(next.sym);
        m.start == cue.start && names
    })
}

/// Can one go there in that way? Nobody goes to the step that he is at.
fn fits(kind: JumpKind, to: &Destination) -> bool {
    match to {
        Destination::Offset(Offset::Section | Offset::Last) => kind == JumpKind::Over,
        Destination::Offset(Offset::This) => kind != JumpKind::Go,
        _ => true,
    }
}

fn jump(kind: JumpKind, to: Destination, target: Cursor<'_>, tokens: Range<usize>) -> Jump {
    let itself = matches!(to, Destination::Offset(Offset::This | Offset::Section));
    Jump {
        kind,
        conditional: kind == JumpKind::Over && itself && target.find(REMAINDER).is_none(),
        to,
        bytes: target.tokens.bytes(tokens),
    }
}

/// A target with its cue behind it.
fn jump_before(here: Cursor<'_>, inline: &Inline) -> Option<(Jump, usize)> {
    let target = match here.find(TOWARDS) {
        Some((m, _)) => here.behind(m),
        None => here,
    };
    let (to, end) = destination(target, inline)?;
    let mut rest = here.skip(end - here.at);
    if let Some((m, _)) = rest.find(THROUGH) {
        rest = rest.skip((m.end - m.start) as usize + 1);
    }
    let (kind, end) = CUES_BEHIND
        .iter()
        .find_map(|(role, kind)| rest.find(*role).map(|(m, _)| (*kind, m.end as usize)))?;
    fits(kind, &to).then(|| (jump(kind, to, target, here.at..end), end))
}

/// The target at the cursor, and the token behind it.
pub(super) fn destination(at: Cursor<'_>, inline: &Inline) -> Option<(Destination, usize)> {
    if let Some((offset, end)) = offset(at) {
        // "The beginning of this section"
        let of = at.skip(end - at.at);
        let of = of.find(OF).map(|(m, _)| of.behind(m));
        let whole = of
            .and_then(|of| of.find(WHOLE))
            .filter(|_| offset == Offset::Start);
        if let Some((m, _)) = whole {
            return Some((Destination::Offset(Offset::Top), m.end as usize));
        }
        // "The top of this page" is not the first of these steps, nor "this step of the other page" this.
        let own = matches!(offset, Offset::Start | Offset::This);
        let other = own && at.skip(end - at.at).find(OF).is_some();
        return (!other).then_some((Destination::Offset(offset), end));
    }
    if let Some((link, end)) = link_at(at, inline) {
        // "Repeat [the drain](#drain) from step 3."
        let behind = at.skip(end - at.at);
        let from = behind.find(FROM).map(|(m, _)| behind.behind(m));
        if let Some((name, end)) = from
            .and_then(named)
            .filter(|(name, _)| name.number.is_some())
        {
            let within = Some(link.address);
            return Some((Destination::Name(Name { within, ..name }), end));
        }
        return Some((Destination::Link(link), end));
    }
    named_in(at, inline)
        .or_else(|| bare(at))
        .map(|(name, end)| (Destination::Name(name), end))
}

/// A number without a label, of several parts and with nothing behind it: "go to 4.2."
pub(super) fn bare(at: Cursor<'_>) -> Option<(Name, usize)> {
    counted(at, 2..4)
}

/// A number behind a letter, with nothing behind it: "continue with A2."
fn lettered(at: Cursor<'_>) -> Option<(Name, usize)> {
    let number = at.tokens.spelling(at.peek().map(|_| at.at)?);
    let digits = number.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = number.len() - digits.len();
    let counts = digits.starts_with(|c: char| c.is_ascii_digit());
    let plain = digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    ((1..=MAX_LETTERS).contains(&letters) && counts && plain).then(|| alone(at, number))?
}

/// A number without a label, of so many parts and with nothing behind it.
fn counted(at: Cursor<'_>, of: Range<usize>) -> Option<(Name, usize)> {
    at.peek().filter(|t| t.kind == TokenKind::Number)?;
    let number = at.tokens.spelling(at.at).trim_end_matches('.');
    let parts = number.split('.').count();
    of.contains(&parts).then(|| alone(at, number))?
}

/// A number at the cursor, if nothing stands behind it.
fn alone(at: Cursor<'_>, number: &str) -> Option<(Name, usize)> {
    let closes = at.skip(1).peek().is_none_or(|t| {
        let apart = matches!(t.kind, TokenKind::Punct(',' | '.' | ';' | ')'));
        apart || at.skip(1).find_any(&[UNTIL, IF]).is_some()
    });
    let name = Name {
        label: String::new(),
        number: Some(number.to_owned()),
        stated: false,
        ..Name::default()
    };
    (closes && !number.is_empty()).then_some((name, at.at + 1))
}

/// A title of at least so many words that the clause ends with: "go to Fill in oil."
fn title(at: Cursor<'_>, shortest: usize) -> Option<(Destination, usize)> {
    let at = behind_articles(at);
    let quote = match at.peek()?.kind {
        TokenKind::Punct(c) => Some(closing(c)?),
        _ => None,
    };
    let at = at.skip(usize::from(quote.is_some()));
    let is_word = |i: &usize| match at.tokens.tokens[*i].kind {
        TokenKind::Punct(c) => quote.is_none() && matches!(c, '-' | '&' | '\'' | '’'),
        _ => true,
    };
    let words = at.range().take(MAX_TITLE + 1).take_while(is_word).count();
    let behind = at.skip(words);
    let behind = behind.skip(usize::from(quote.is_some()));
    let closes = behind
        .peek()
        .is_none_or(|t| matches!(t.kind, TokenKind::Punct(',' | '.' | ';' | ')')));
    let title = at.until(at.at + words).rest().trim();
    let capital = title.starts_with(char::is_uppercase);
    let name = Name {
        title: Some(title.to_owned()),
        stands: Stands::OnPage,
        ..Name::default()
    };
    let names = closes && capital && (shortest..=MAX_TITLE).contains(&words);
    names.then_some((Destination::Name(name), behind.at))
}

/// A target that is named, with the link to what it is in: "step 4 of [Restart it](#restart-it)".
pub(super) fn named_in(at: Cursor<'_>, inline: &Inline) -> Option<(Name, usize)> {
    let (mut name, end) = named(at).or_else(|| set_off(at, inline))?;
    let after = at.skip(end - at.at);
    if let Some((m, _)) = after.find(OF)
        && let Some((link, end)) = link_at(after.behind(m), inline)
    {
        name.within = Some(link.address);
        return Some((name, end));
    }
    // "step 3 of "Lighting the stove""
    let of = after.find(OF).map(|(m, _)| after.behind(m));
    if let Some((title, end)) = of.and_then(|of| titled(of).or_else(|| on_page(of, inline)))
        && name.number.is_some()
    {
        name.within = title
            .title
            .map(|title| format!("#{}", address::slug(&title)));
        return Some((name, end));
    }
    Some((name, end))
}

fn offset(at: Cursor<'_>) -> Option<(Offset, usize)> {
    // "Go to next" names the next step, "go to next parcel" does not.
    let names = |end: usize| {
        let behind = at.skip(end - at.at).peek().filter(|_| end == at.at + 1);
        behind.is_none_or(|t| t.kind != TokenKind::Word || at.tokens.lexicon.is_function(t.sym))
    };
    at.longest(&OFFSETS).filter(|(_, end)| names(*end))
}

/// The link that begins at the cursor, articles aside.
pub(super) fn link_at(mut at: Cursor<'_>, inline: &Inline) -> Option<(Link, usize)> {
    loop {
        let token = at.peek()?;
        if let Some(mark) = inline.link_around(token.start) {
            let end = at
                .range()
                .find(|i| at.tokens.tokens[*i].start >= mark.end)
                .unwrap_or(at.end);
            return inline.link(mark).map(|link| (link, end));
        }
        let skippable = at.tokens.lexicon.is_article(token.sym)
            || matches!(token.kind, TokenKind::Punct('"' | '\'' | '“' | '„' | '*'));
        if !skippable {
            return None;
        }
        at = at.skip(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Tokens;
    use crate::grammar::testing::english;

    #[test]
    fn jumps_have_a_kind_and_a_target() {
        let read = |text: &str| {
            let tokens = Tokens::plain(text, english());
            let all = Cursor::whole(&tokens);
            let jumps = jumps(all, &Inline::default());
            jumps
                .into_iter()
                .map(|j| format!("{:?} {}", j.kind, &text[j.bytes]))
                .collect::<Vec<_>>()
        };
        assert_eq!(read("Go to step 5."), ["Go Go to step 5"]);
        assert_eq!(
            read("If it fails, proceed to Step 1.2."),
            ["Go proceed to Step 1.2"]
        );
        assert_eq!(read("Go to Fill in oil."), ["Go Go to Fill in oil"]);
        assert_eq!(read("Go to Settings."), Vec::<String>::new());
        assert_eq!(read("Go to Valves > Main valve."), Vec::<String>::new());
        assert_eq!(read("Skip the next step."), ["Over Skip the next step"]);
        assert_eq!(
            read("If it is new, you can skip this step."),
            ["Over skip this step"]
        );
        assert_eq!(
            read("Skip the rest of this section."),
            ["Over Skip the rest of this section"]
        );
        assert_eq!(
            read("Repeat this step until it works."),
            ["Repeat Repeat this step"]
        );
        assert_eq!(
            read("If it is new, it will skip this step."),
            Vec::<String>::new()
        );
        assert_eq!(read("Go to this step."), Vec::<String>::new());
        assert_eq!(
            read("Repeat steps 2-4 until it works."),
            ["Repeat Repeat steps 2-4"]
        );
        assert_eq!(read("Do not go to step 5."), Vec::<String>::new());
        assert_eq!(read("The logs go to stdout."), Vec::<String>::new());
    }

    #[test]
    fn a_number_alone_says_where_to_go_on() {
        let read = |text: &str| {
            let tokens = Tokens::plain(text, english());
            let jump = only_named(Cursor::whole(&tokens))?;
            Some(text[jump.bytes].to_owned())
        };
        assert_eq!(read("Step 3."), Some("Step 3".to_owned()));
        assert_eq!(read("Red -> Path B"), Some("Path B".to_owned()));
        assert_eq!(read("Red ➜ step 2"), Some("step 2".to_owned()));
        for text in [
            "Step 3 failed.",
            "Red → Step by step",
            "Red → it takes 3 steps",
            ">",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
