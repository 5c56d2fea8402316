//! The way through a tree when many ways lead through the same large objects.

use super::locate::step;
use portolan_source::{Member, Node};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// Smaller objects are looked through.
const LARGE: usize = 48;

/// Remembers where the keys of large objects stand. It may outlive changes of the tree: what it remembers is looked up
/// before it is believed.
#[derive(Default)]
pub(crate) struct Lookup {
    /// By the place in memory and the number of members.
    objects: HashMap<(usize, usize), Places>,
    hasher: RandomState,
    changes: usize,
}

struct Places {
    /// Hash of a key -> index of a member with such a key.
    places: HashMap<u64, u32>,
    /// The changes when it was made: that a key is absent is only believed while there are no more.
    changes: usize,
}

impl Lookup {
    /// To be called when the tree may have been changed.
    pub(crate) fn changed(&mut self) {
        self.changes += 1;
    }

    /// The node that tokens lead to.
    pub(crate) fn node<'a>(&mut self, root: &'a Node, tokens: &[Box<str>]) -> Option<&'a Node> {
        tokens.iter().try_fold(root, |node, token| {
            let members = node.members();
            if members.len() < LARGE {
                return step(node, token);
            }
            let place = self.place(members, token)?;
            Some(&members[place].node)
        })
    }

    fn place(&mut self, members: &[Member], key: &str) -> Option<usize> {
        let (hasher, changes) = (&self.hasher, self.changes);
        let known = self
            .objects
            .entry((members.as_ptr().addr(), members.len()))
            .or_insert_with(|| Places {
                places: members
                    .iter()
                    .enumerate()
                    .map(|(index, member)| {
                        let index = u32::try_from(index).unwrap_or(u32::MAX);
                        (hasher.hash_one(&*member.key), index)
                    })
                    .collect(),
                changes,
            });
        match known.places.get(&hasher.hash_one(key)) {
            Some(place) if *members.get(*place as usize)?.key == *key => Some(*place as usize),
            None if known.changes == changes => None,
            _ => members.iter().position(|member| *member.key == *key),
        }
    }
}
