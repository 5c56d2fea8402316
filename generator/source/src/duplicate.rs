//! Keys that an object has twice, or would have.

use crate::{Diagnostic, Diagnostics, Member};
use std::collections::{HashMap, HashSet};

/// Below this many members, comparing each with each is quicker than hashing.
const FEW: usize = 12;

/// Reports every key that stands twice and removes the later one, so that an object has each key once.
///
/// Twice the same value has a plain meaning and is only a warning.
pub(crate) fn refuse(members: &mut Vec<Member>, diagnostics: &mut Diagnostics) {
    let mut repeated: Vec<(usize, usize)> = Vec::new();
    if members.len() <= FEW {
        for later in 1..members.len() {
            if let Some(first) = (0..later).find(|first| members[*first].key == members[later].key)
            {
                repeated.push((first, later));
            }
        }
    } else {
        let mut seen: HashMap<&str, usize> = HashMap::with_capacity(members.len());
        for (index, member) in members.iter().enumerate() {
            match seen.entry(&member.key) {
                std::collections::hash_map::Entry::Occupied(first) => {
                    repeated.push((*first.get(), index));
                }
                std::collections::hash_map::Entry::Vacant(place) => {
                    place.insert(index);
                }
            }
        }
    }
    for (first, later) in repeated.iter().rev() {
        let (first, later) = (&members[*first], &members[*later]);
        let key = &first.key;
        let diagnostic = if first.node.same_data(&later.node) {
            Diagnostic::warning(
                "duplicate-key",
                format!("the key `{key}` stands twice, with the same value"),
            )
            .help("remove one of them")
        } else {
            Diagnostic::error("duplicate-key", format!("the key `{key}` stands twice"))
                .help("an object holds each key once; remove or rename one of them")
        };
        diagnostics.push(
            diagnostic
                .label(later.key_span, "again here")
                .label(first.key_span, "first here"),
        );
    }
    if !repeated.is_empty() {
        let mut index = 0;
        let mut later = repeated.iter().map(|(_, later)| *later).peekable();
        members.retain(|_| {
            let removed = later.next_if_eq(&index).is_some();
            index += 1;
            !removed
        });
    }
}

/// Adds those of `more` whose keys are not there yet.
pub(crate) fn add_missing(members: &mut Vec<Member>, mut more: Vec<Member>) {
    if members.len() > FEW {
        let known: HashSet<&str> = members.iter().map(|member| &*member.key).collect();
        more.retain(|member| !known.contains(&*member.key));
    } else {
        more.retain(|member| members.iter().all(|known| known.key != member.key));
    }
    members.append(&mut more);
}
