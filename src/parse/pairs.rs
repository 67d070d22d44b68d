//! Which tags belong together, and which of them stand on lines of their own.
//!
//! A tag is a marker between blocks only if the tag that ends it, or that it ends, is one too:
//! `{% ifversion x %}` in the middle of a sentence opens no container, wherever it is closed.

use rustc_hash::FxHashMap;

use super::markers::What;
use super::survey::{Line, LineKind, Tagged};

/// Rounds after which tags that share a line with text are all taken for text.
const ROUNDS: usize = 4;

/// Takes the meaning from tags that have no partner between blocks; lines on which none is left are
/// text.
pub(super) fn settle(lines: &mut [Line]) {
    let mut pairs = Pairs::of(lines);
    for round in 0.. {
        let changed = pairs.unsettle(lines, round >= ROUNDS);
        if !changed {
            break;
        }
    }
    let mut flat = 0;
    for line in lines.iter_mut() {
        let LineKind::Tagged(tagged) = &mut line.kind else {
            continue;
        };
        for (_, what) in &mut tagged.tags {
            if what.is_structure() && !pairs.holds(flat) {
                let old = std::mem::replace(what, What::Skip);
                *what = old.unpaired();
            }
            flat += 1;
        }
        if !tagged.whole && tagged.lead + tagged.trail == 0 {
            line.kind = LineKind::Text;
        }
    }
}

/// The tags of all lines, counted through.
struct Pairs {
    /// The other end; for what begins the next alternative, the beginning of the first.
    partner: Vec<Option<usize>>,
    /// Does it stand between blocks?
    apart: Vec<bool>,
}

impl Pairs {
    fn of(lines: &[Line]) -> Self {
        let mut matching = Matching::default();
        let mut apart = Vec::new();
        for tagged in lines.iter().filter_map(tagged) {
            let n = tagged.tags.len();
            for (i, (_, what)) in tagged.tags.iter().enumerate() {
                matching.take(what);
                apart.push(tagged.whole || i < tagged.lead || i + tagged.trail >= n);
            }
        }
        Pairs {
            partner: matching.partner,
            apart,
        }
    }

    fn holds(&self, i: usize) -> bool {
        let whole = |p: usize| self.apart[p] && self.partner[p].is_some_and(|q| self.apart[q]);
        self.apart[i] && self.partner[i].is_some_and(whole)
    }

    /// Tags at the ends of a line of text whose partners are no markers are text themselves.
    fn unsettle(&mut self, lines: &mut [Line], all: bool) -> bool {
        let mut changed = false;
        let mut flat = 0;
        for line in lines.iter_mut() {
            let LineKind::Tagged(tagged) = &mut line.kind else {
                continue;
            };
            let n = tagged.tags.len();
            if !tagged.whole {
                let lead = flat..flat + tagged.lead;
                let trail = flat + n - tagged.trail..flat + n;
                if !lead.is_empty() && (all || tagged.item || !lead.clone().all(|i| self.holds(i)))
                {
                    self.apart[lead].fill(false);
                    tagged.lead = 0;
                    changed = true;
                }
                if !trail.is_empty() && (all || !trail.clone().all(|i| self.holds(i))) {
                    self.apart[trail].fill(false);
                    tagged.trail = 0;
                    changed = true;
                }
            }
            flat += n;
        }
        changed
    }
}

fn tagged(line: &Line) -> Option<&Tagged> {
    match &line.kind {
        LineKind::Tagged(tagged) => Some(tagged),
        _ => None,
    }
}

/// Matches opening and closing tags.
#[derive(Default)]
struct Matching {
    partner: Vec<Option<usize>>,
    open: Vec<(usize, String)>,
    /// How many of each name are open.
    counts: FxHashMap<String, usize>,
}

impl Matching {
    fn take(&mut self, what: &What) {
        let i = self.partner.len();
        self.partner.push(None);
        match what {
            What::Open { name, .. } => {
                *self.counts.entry(name.clone()).or_default() += 1;
                self.open.push((i, name.clone()));
            }
            What::Another { name, .. } => {
                self.close_inner(name);
                self.partner[i] = self
                    .open
                    .last()
                    .map(|(at, _)| *at)
                    .filter(|_| self.is_open(name));
            }
            What::Close(name) if self.is_open(name) => {
                self.close_inner(name);
                if let Some((at, _)) = self.pop() {
                    (self.partner[i], self.partner[at]) = (Some(at), Some(i));
                }
            }
            _ => {}
        }
    }

    fn is_open(&self, name: &str) -> bool {
        self.counts.get(name).is_some_and(|n| *n > 0)
    }

    /// Gives up what was opened inside of the innermost container of this name.
    fn close_inner(&mut self, name: &str) {
        while self.is_open(name) && self.open.last().is_some_and(|(_, n)| n != name) {
            self.pop();
        }
    }

    fn pop(&mut self) -> Option<(usize, String)> {
        let (at, name) = self.open.pop()?;
        if let Some(n) = self.counts.get_mut(&name) {
            *n -= 1;
        }
        Some((at, name))
    }
}
