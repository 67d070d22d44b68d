//! Telling things once of which there may be many.

use rustc_hash::FxHashMap;

/// So few are compared one by one.
const FEW: usize = 64;

/// Tells whether there is one like another among some that grow: few are compared one by one, and of many
/// only those with its hash.
#[derive(Debug, Default)]
pub(crate) struct Alike {
    /// The first with each hash, of as many as `hashed`.
    places: FxHashMap<u64, usize>,
    hashed: usize,
}

impl Alike {
    /// Is there one among `all` that is the same? What is the same has the same hash. `all` has only grown
    /// since it was asked last.
    pub(crate) fn has<T>(
        &mut self,
        all: &[T],
        one: &T,
        same: impl Fn(&T, &T) -> bool,
        hash: impl Fn(&T) -> u64,
    ) -> bool {
        let among = || all.iter().any(|other| same(other, one));
        if all.len() <= FEW {
            return among();
        }
        for (place, other) in all.iter().enumerate().skip(self.hashed) {
            self.places.entry(hash(other)).or_insert(place);
        }
        self.hashed = all.len();
        let met = self.places.get(&hash(one));
        met.is_some_and(|place| same(&all[*place], one) || among())
    }
}
