//! JSON that stands as text where the value itself belongs.

use super::types::Types;
use portolan_source::{Diagnostics, Node, Sources, Span, Value, read};

/// The object or the array that a text is the JSON of. All of it stands at `span`.
pub(super) fn read_json(types: &Types<'_>, text: &str, span: Span) -> Option<Node> {
    if !text.trim_start().starts_with(['{', '[']) || !types.may_read(text.len()) {
        return None;
    }
    let mut sources = Sources::new();
    sources.insert("value.json", text);
    let source = sources.open("value.json".as_ref()).ok()?;
    let mut node = read(&sources, source, &mut Diagnostics::new()).ok()?;
    put(&mut node, span);
    Some(node)
}

fn put(node: &mut Node, span: Span) {
    node.span = span;
    match &mut node.value {
        Value::Array(items) => items.iter_mut().for_each(|item| put(item, span)),
        Value::Object(members) => {
            for member in members {
                member.key_span = span;
                put(&mut member.node, span);
            }
        }
        _ => {}
    }
}
