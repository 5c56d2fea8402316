//! What was made lately, up to a weight: what was asked for longest ago goes first.

use indexmap::IndexMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A cache that many may ask at once.
#[derive(Debug)]
pub(crate) struct Recent<K, V> {
    state: Mutex<State<K, V>>,
    most: usize,
}

#[derive(Debug)]
struct State<K, V> {
    /// With their weights; the one that was asked for last is the last.
    items: IndexMap<K, (V, usize)>,
    weight: usize,
}

impl<K: Hash + Eq, V: Clone> Recent<K, V> {
    /// Holds things of a weight of `most` together.
    pub(crate) fn new(most: usize) -> Recent<K, V> {
        Recent {
            state: Mutex::new(State {
                items: IndexMap::new(),
                weight: 0,
            }),
            most,
        }
    }

    pub(crate) fn get(&self, key: &K) -> Option<V> {
        let mut state = self.state();
        let at = state.items.get_index_of(key)?;
        let last = state.items.len() - 1;
        state.items.move_index(at, last);
        state
            .items
            .get_index(last)
            .map(|(_, (value, _))| value.clone())
    }

    /// Keeps a value, unless it alone is too heavy.
    pub(crate) fn put(&self, key: K, value: V, weight: usize) {
        if weight > self.most {
            return;
        }
        let mut state = self.state();
        if let Some((_, before)) = state.items.shift_remove(&key) {
            state.weight -= before;
        }
        while state.weight + weight > self.most {
            let Some((_, (_, gone))) = state.items.shift_remove_index(0) else {
                break;
            };
            state.weight -= gone;
        }
        state.weight += weight;
        state.items.insert(key, (value, weight));
    }

    /// Forgets what `gone` says.
    pub(crate) fn forget(&self, gone: impl Fn(&K) -> bool) {
        let mut state = self.state();
        let mut freed = 0;
        state.items.retain(|key, (_, weight)| {
            let goes = gone(key);
            freed += if goes { *weight } else { 0 };
            !goes
        });
        state.weight -= freed;
    }

    fn state(&self) -> MutexGuard<'_, State<K, V>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_longest_ago_makes_room() {
        let recent = Recent::new(10);
        recent.put("a", 1, 4);
        recent.put("b", 2, 4);
        assert_eq!(recent.get(&"a"), Some(1));
        recent.put("c", 3, 4);
        assert_eq!(
            ["a", "b", "c"].map(|key| recent.get(&key)),
            [Some(1), None, Some(3)]
        );
        recent.put("d", 4, 11);
        assert_eq!(recent.get(&"d"), None, "too heavy");
        recent.put("a", 5, 6);
        assert_eq!(["a", "c"].map(|key| recent.get(&key)), [Some(5), Some(3)]);
        recent.forget(|key| *key == "a");
        recent.put("e", 6, 6);
        assert_eq!(
            ["a", "c", "e"].map(|key| recent.get(&key)),
            [None, Some(3), Some(6)]
        );
    }
}
