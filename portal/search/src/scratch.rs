//! What a query adds up, one place per entry: kept between queries, since an index may have a million entries.

use std::sync::{Mutex, PoisonError};

/// What was found in an entry.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sum {
    pub(crate) value: u32,
    /// What the wanted tokens cover, and what the words cover that stand for several of them: one does not add to the other.
    pub(crate) title: [u16; 2],
    pub(crate) id: [u16; 2],
    /// The wanted tokens that were found, and those that stand exactly in the title and in the id.
    pub(crate) mask: u16,
    pub(crate) in_title: u16,
    pub(crate) in_id: u16,
    pub(crate) whole: bool,
}

/// The best that one token has found in an entry.
#[derive(Debug, Clone, Copy, Default)]
struct Best {
    value: u32,
    title: u16,
    id: u16,
    whole: bool,
}

/// Places for all entries; empty but while a query is answered.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) sums: Vec<Sum>,
    /// The entries that were found, in no order.
    pub(crate) found: Vec<u32>,
    best: Vec<Best>,
    offered: Vec<u32>,
}

impl Scratch {
    /// A token is found in an entry.
    #[inline]
    pub(crate) fn offer(&mut self, entry: u32, value: u32, title: u16, id: u16, whole: bool) {
        let best = &mut self.best[entry as usize];
        if best.value == 0 {
            self.offered.push(entry);
        }
        best.value = best.value.max(value);
        best.title = best.title.max(title);
        best.id = best.id.max(id);
        best.whole |= whole;
    }

    /// Adds what a token has found; `several` when it stands for several of the wanted ones.
    pub(crate) fn take_in(&mut self, mask: u16, several: bool) {
        let exact = crate::lexicon::SYNONYM as u16;
        for entry in self.offered.drain(..) {
            let best = std::mem::take(&mut self.best[entry as usize]);
            let sum = &mut self.sums[entry as usize];
            if sum.mask == 0 {
                self.found.push(entry);
            }
            sum.mask |= mask;
            sum.value += best.value;
            let covers = |sum: &mut [u16; 2], more: u16| {
                let place = &mut sum[usize::from(several)];
                *place = place.saturating_add(more);
            };
            covers(&mut sum.title, best.title);
            covers(&mut sum.id, best.id);
            sum.in_title |= if best.title >= exact { mask } else { 0 };
            sum.in_id |= if best.id >= exact { mask } else { 0 };
            sum.whole |= best.whole;
        }
    }

    /// Forgets the entries that `keep` refuses.
    pub(crate) fn retain(&mut self, keep: impl Fn(u32) -> bool) {
        let sums = &mut self.sums;
        self.found.retain(|entry| {
            let kept = keep(*entry);
            if !kept {
                sums[*entry as usize] = Sum::default();
            }
            kept
        });
    }

    /// The most wanted tokens that an entry has.
    pub(crate) fn most(&self) -> u32 {
        let counts = self
            .found
            .iter()
            .map(|entry| u32::from(self.sums[*entry as usize].mask));
        counts.map(u32::count_ones).max().unwrap_or(0)
    }

    fn clear(&mut self) {
        for entry in self.found.drain(..) {
            self.sums[entry as usize] = Sum::default();
        }
    }
}

/// Scratches that wait for the next query.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    entries: usize,
    free: Mutex<Vec<Scratch>>,
}

impl Pool {
    pub(crate) fn of(entries: usize) -> Pool {
        Pool {
            entries,
            free: Mutex::default(),
        }
    }

    /// Lends a scratch, and clears it afterwards.
    pub(crate) fn lend<T>(&self, work: impl FnOnce(&mut Scratch) -> T) -> T {
        let free = || self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scratch = free().pop().unwrap_or_else(|| Scratch {
            sums: vec![Sum::default(); self.entries],
            best: vec![Best::default(); self.entries],
            ..Scratch::default()
        });
        let result = work(&mut scratch);
        scratch.clear();
        free().push(scratch);
        result
    }
}
