//! One step down from a value.

use portolan_source::{Node, Value};

/// How many members or items a value has.
pub(super) fn length(node: &Node) -> usize {
    match &node.value {
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        _ => 0,
    }
}

/// A member or item that is known to be there.
pub(super) fn child(node: &Node, index: usize) -> &Node {
    match &node.value {
        Value::Object(members) => &members[index].node,
        _ => &node.items()[index],
    }
}

/// The item that an index means; a negative one counts from the end.
pub(super) fn item(node: &Node, index: i64) -> Option<usize> {
    let length = node.items().len();
    let index = match usize::try_from(index) {
        Ok(index) => index,
        Err(_) => length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?)?,
    };
    (index < length).then_some(index)
}

/// The items that a slice means, in its order (RFC 9535, 2.3.4.2.2).
pub(super) fn slice(length: usize, start: Option<i64>, end: Option<i64>, step: i64) -> Vec<usize> {
    let Ok(length) = i64::try_from(length) else {
        return Vec::new();
    };
    let bound = |index: i64| if index >= 0 { index } else { length + index };
    let steps = match step {
        0 => return Vec::new(),
        1.. => {
            let from = bound(start.unwrap_or(0)).clamp(0, length);
            let to = bound(end.unwrap_or(length)).clamp(0, length);
            (from, to - 1)
        }
        _ => {
            let from = start.map_or(length - 1, bound).clamp(-1, length - 1);
            let to = end.map_or(-1, bound).clamp(-1, length - 1);
            (to + 1, from)
        }
    };
    let size = usize::try_from(step.unsigned_abs()).unwrap_or(usize::MAX);
    let range = (steps.0..=steps.1).filter_map(|index| usize::try_from(index).ok());
    if step > 0 {
        range.step_by(size).collect()
    } else {
        range.rev().step_by(size).collect()
    }
}

pub(super) fn small(index: usize) -> u32 {
    u32::try_from(index).expect("a file of 256 MiB has fewer values")
}
