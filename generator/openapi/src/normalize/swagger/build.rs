//! Nodes that the conversion makes, each at the place of what it was made from.

use portolan_source::{Member, Node, Span, Value};

/// The place just before `span`: that of something which is not written there. A key at such a place is ours.
pub(super) fn made_at(span: Span) -> Span {
    Span {
        end: span.start,
        ..span
    }
}

/// Whether a key stands in the author's file.
pub(super) fn is_written(member: &Member) -> bool {
    member.key_span.start != member.key_span.end
}

pub(super) fn text(text: impl Into<Box<str>>, span: Span) -> Node {
    Node {
        span,
        value: Value::String(text.into()),
    }
}

pub(super) fn flag(value: bool, span: Span) -> Node {
    Node {
        span,
        value: Value::Bool(value),
    }
}

pub(super) fn object(members: Vec<Member>, span: Span) -> Node {
    Node {
        span,
        value: Value::Object(members),
    }
}

pub(super) fn array(items: Vec<Node>, span: Span) -> Node {
    Node {
        span,
        value: Value::Array(items),
    }
}

/// A member whose key is ours.
pub(super) fn member(key: &str, node: Node) -> Member {
    Member {
        key: key.into(),
        key_span: made_at(node.span),
        node,
    }
}

/// The members of an object, to change them.
pub(super) fn members_mut(node: &mut Node) -> Option<&mut Vec<Member>> {
    match &mut node.value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

/// Takes the member `key` out.
pub(super) fn take(members: &mut Vec<Member>, key: &str) -> Option<Member> {
    let index = members.iter().position(|member| &*member.key == key)?;
    Some(members.remove(index))
}

/// The member `key` under a new name; its key stays where the author wrote it, and is ours.
pub(super) fn renamed(mut member: Member, key: &str) -> Member {
    member.key = key.into();
    member.key_span = made_at(member.key_span);
    member
}

/// Puts members into the object `key`, which is made when it is not there; members that are there already win.
pub(super) fn put_into(members: &mut Vec<Member>, key: &str, more: Vec<Member>, span: Span) {
    if more.is_empty() {
        return;
    }
    if !members.iter().any(|member| &*member.key == key) {
        members.push(member(key, object(Vec::new(), span)));
    }
    let held = members.iter_mut().find(|member| &*member.key == key);
    if let Some(held) = held.and_then(|member| members_mut(&mut member.node)) {
        for member in more {
            if !held.iter().any(|known| known.key == member.key) {
                held.push(member);
            }
        }
    }
}

/// How many values a node consists of.
pub(super) fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.iter().map(|member| size(&member.node)).sum(),
        _ => 0,
    }
}
