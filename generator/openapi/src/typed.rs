//! OpenAPI's objects, each read on its own through openapiv3's structs.
//!
//! Only the members that are not objects of their own are handed over: an operation without its parameters, a response
//! without its content. So a failure is one diagnostic at its own place and costs one object; nothing is buffered twice;
//! and whatever is nested is walked by us, references and places intact. Schemas are read by
//! [`normalize::schema`](crate::normalize::schema), which says why.

use portolan_model::ExternalDocs;
use portolan_source::{Diagnostics, Member, Node, Span, Value, deserialize_members};
use serde::Deserialize;

/// Reads `T` from those members of `node` that `keys` names.
pub(crate) fn read<'a, T: Deserialize<'a>>(
    node: &'a Node,
    keys: &'a [&'a str],
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    deserialize_members(node, keys, diagnostics).ok()
}

/// `externalDocs` of any object.
pub(crate) fn external_docs(node: &Node) -> Option<ExternalDocs> {
    external_docs_at(node.get("externalDocs")?)
}

/// The object under `externalDocs`.
pub(crate) fn external_docs_at(node: &Node) -> Option<ExternalDocs> {
    let read: openapiv3::ExternalDocumentation =
        read(node, &["url", "description"], &mut Diagnostics::new())?;
    Some(ExternalDocs {
        url: read.url,
        description: read.description,
    })
}

/// A member that is text.
pub(crate) fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(Node::as_str).map(str::to_owned)
}

/// A member that is true.
pub(crate) fn flag(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}

/// An object without its nested members and with empty ones in their place, for structs that demand them.
pub(crate) fn with_empty(node: &Node, keys: &[&str], empty: &[&str]) -> Node {
    let kept = node
        .members()
        .iter()
        .filter(|member| keys.contains(&&*member.key))
        .cloned();
    let added = empty.iter().map(|key| Member {
        key: (*key).into(),
        key_span: Span::default(),
        node: Node {
            span: node.span,
            value: Value::Object(Vec::new()),
        },
    });
    Node {
        span: node.span,
        value: Value::Object(kept.chain(added).collect()),
    }
}

/// Sets a member to text.
pub(crate) fn set(node: &mut Node, key: &str, text: &str) {
    let span = node.span;
    if let Value::Object(members) = &mut node.value {
        members.retain(|member| &*member.key != key);
        members.push(Member {
            key: key.into(),
            key_span: span,
            node: Node {
                span,
                value: Value::String(text.into()),
            },
        });
    }
}
